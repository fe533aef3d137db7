"""The check of a plan's folder: against its terms, its own workbooks, the lists, and, if asked, against the plan made again."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from homeward.cli.plan_folder import PlanFolder
from homeward.cli.plan_input import read_input
from homeward.cli.plan_tables import ids_in_workbook, stage_file
from homeward.cli.words import say
from homeward.people import Progress
from homeward.planning import check_order, check_plan, make_plan

#: How many people a sentence names.
_NAMED = 8


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: `where` is the clause's id, the file or the list; `stage` is empty for the whole plan."""

    where: str
    stage: str
    en: str
    uk: str

    def sentence(self, language: str = "en") -> str:
        return self.uk if language == "uk" else self.en

    def as_dict(self) -> dict[str, str]:
        return {"where": self.where, "stage": self.stage, "en": self.en, "uk": self.uk}


def _problem(where: str, stage: str, key: str, /, **values: object) -> Problem:
    """A problem in the words of `homeward.cli.words`."""
    return Problem(where, stage, say(key, "en", **values), say(key, "uk", **values))


def problems_of(
    folder: PlanFolder,
    place: Path,
    lists: Mapping[str, Path],
    *,
    recompute: bool,
    interviews: Path | None = None,
    mapping: Path | None,
    sheet: str | None,
    progress: Progress,
) -> list[Problem]:
    """Everything that is wrong with a plan's folder. `lists` may be empty: then the facts are those of the folder."""
    progress("checking the clauses", 0, 0)
    broken = check_plan(folder.terms, folder.pools, folder.plan)
    if not folder.plan.proof.replanned:
        # On the day the rule of substitution goes before the order of the priorities.
        broken += check_order(folder.terms, folder.pools, folder.plan)
    found = [Problem(each.clause, each.stage, each.said("en"), each.said("uk")) for each in broken]
    found += _files(folder, place)
    if interviews is not None:
        found += _interviews(folder, interviews)
    if lists:
        found += _lists(folder, lists, mapping, sheet, progress)
    if recompute and not folder.plan.proof.replanned:
        progress("making the plan again", 0, 0)
        again = make_plan(folder.terms, folder.pools, seed=folder.plan.seed)
        found += [
            _problem("", one.id, "made otherwise", stage=one.id, side=side)
            for one, other in zip(folder.plan.stages, again.stages, strict=False)
            for side, ids in other.going.items()
            if set(ids) != set(one.going.get(side, ()))
        ]
    return found


def _interviews(folder: PlanFolder, path: Path) -> Iterator[Problem]:
    """Everybody on a manifest has an outcome that lets them go, or the recorded reason why there was no interview."""
    from homeward.cli.plan_interviews import not_ready, read_outcomes

    known = frozenset(person.id for pool in folder.made_from.pools.values() for person in pool)
    outcomes = read_outcomes(path, folder.terms, known | frozenset(folder.made_from.excluded))
    for stage, english, ukrainian, people in not_ready(folder.plan, outcomes):
        ids = _some(sorted(people))
        yield Problem("interviews", stage, f"{stage}: {english} ({ids})", f"{stage}: {ukrainian} ({ids})")


def _files(folder: PlanFolder, place: Path) -> Iterator[Problem]:
    """The files of each stage must say what plan.json says."""
    for stage in folder.plan.stages:
        going = {person for ids in stage.going.values() for person in ids}
        for ending in (".xlsx", ".json"):
            path = place / stage_file(stage.id, ending)
            if not path.exists():
                yield _problem(path.name, stage.id, "file missing", file=path.name)
                continue
            said = ids_in_workbook(path) if ending == ".xlsx" else _ids_in_json(path)
            if said is None:
                yield _problem(path.name, stage.id, "file strange", file=path.name)
                continue
            for key, people in (
                ("in excess", sorted(set(said) - going)),
                ("lacking", sorted(going - set(said))),
                ("twice", sorted(person for person, times in Counter(said).items() if times > 1)),
            ):
                if people:
                    yield _problem(path.name, stage.id, key, file=path.name, ids=_some(people))


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
    differences = {
        "only on lists": sorted(set(now) - set(then) - excluded),
        "only in plan": sorted((set(then) | excluded) - set(now)),
        "other facts": sorted(person for person in set(now) & set(then) if now[person] != then[person]),
    }
    for key, people in differences.items():
        if people:
            yield _problem("lists", "", key, count=len(people), ids=_some(people))


def _some(people: list[str]) -> str:
    rest = len(people) - _NAMED
    return ", ".join(people[:_NAMED]) + (f" … (+{rest})" if rest > 0 else "")
