"""The check of a plan's folder: against its terms, its own workbooks, the lists, and, if asked, against the plan made again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from homeward.cli.plan_folder import PlanFolder
from homeward.cli.plan_input import read_input
from homeward.cli.plan_tables import ids_in_workbook, stage_file
from homeward.people import Progress
from homeward.planning import check_order, check_plan, make_plan

#: How many people a sentence names.
_NAMED = 8


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: `where` is the clause's id, the file or the list; `stage` is empty for the whole plan."""

    where: str
    stage: str
    sentence: str

    def as_dict(self) -> dict[str, str]:
        return {"where": self.where, "stage": self.stage, "sentence": self.sentence}


def problems_of(
    folder: PlanFolder,
    place: Path,
    lists: Mapping[str, Path],
    *,
    recompute: bool,
    mapping: Path | None,
    sheet: str | None,
    progress: Progress,
) -> list[Problem]:
    """Everything that is wrong with a plan's folder. `lists` may be empty: then the facts are those of the folder."""
    progress("checking the clauses", 0, 0)
    found = [Problem(each.clause, each.stage, each.sentence) for each in check_plan(folder.terms, folder.pools, folder.plan)]
    if not folder.plan.proof.replanned:
        # On the day the rule of substitution goes before the order of the priorities.
        ordered = check_order(folder.terms, folder.pools, folder.plan)
        found += [Problem(each.clause, each.stage, each.sentence) for each in ordered]
    found += _files(folder, place)
    if lists:
        found += _lists(folder, lists, mapping, sheet, progress)
    if recompute and not folder.plan.proof.replanned:
        progress("making the plan again", 0, 0)
        again = make_plan(folder.terms, folder.pools, seed=folder.plan.seed)
        found += [
            Problem("", one.id, f"stage {one.id}: the plan made again has other people on side {side}")
            for one, other in zip(folder.plan.stages, again.stages, strict=False)
            for side, ids in other.going.items()
            if set(ids) != set(one.going.get(side, ()))
        ]
    return found


def _files(folder: PlanFolder, place: Path) -> Iterator[Problem]:
    """The files of each stage must say what plan.json says."""
    for stage in folder.plan.stages:
        going = {person for ids in stage.going.values() for person in ids}
        for ending in (".xlsx", ".json"):
            path = place / stage_file(stage.id, ending)
            if not path.exists():
                yield Problem(path.name, stage.id, f"{path.name} is missing")
                continue
            said = ids_in_workbook(path) if ending == ".xlsx" else _ids_in_json(path)
            if said is None:
                yield Problem(path.name, stage.id, f"{path.name} is not what homeward plan writes")
            elif sorted(said) != sorted(going):
                extra, missing = sorted(set(said) - going), sorted(going - set(said))
                told = [f"has {_some(extra)} in excess"] if extra else []
                told += [f"lacks {_some(missing)}"] if missing else []
                yield Problem(path.name, stage.id, f"{path.name} {' and '.join(told) or 'names somebody twice'}")


def _ids_in_json(path: Path) -> list[str] | None:
    try:
        return [str(each["id"]) for each in json.loads(path.read_bytes())["going"]]
    except (ValueError, KeyError, TypeError):
        return None


def _lists(
    folder: PlanFolder, lists: Mapping[str, Path], mapping: Path | None, sheet: str | None, progress: Progress
) -> Iterator[Problem]:
    """Everybody on the lists is in the plan's pools with the same facts, and nobody else is."""
    read = read_input(folder.terms, lists, (), on=folder.on, mapping=mapping, sheet=sheet, progress=progress)
    now = {person.id: (side, person.facts) for side, pool in read.pools.items() for person in pool}
    then = {person.id: (side, person.facts) for side, pool in folder.made_from.pools.items() for person in pool}
    excluded = set(folder.made_from.excluded)
    differences = (
        ("stand on the lists and not in the plan", sorted(set(now) - set(then) - excluded)),
        ("stand in the plan and not on the lists", sorted((set(then) | excluded) - set(now))),
        ("have other facts on the lists", sorted(person for person in set(now) & set(then) if now[person] != then[person])),
    )
    for what, people in differences:
        if people:
            yield Problem("lists", "", f"{len(people)} people {what}: {_some(people)}")


def _some(people: list[str]) -> str:
    rest = len(people) - _NAMED
    return ", ".join(people[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")
