"""A plan on disk: one folder with everything that it takes to read, check, explain and change the plan, and no names.

What lies in the folder:

| file | what it is |
|---|---|
| `plan.json` | the whole plan: lists and their hashes, seed, who goes in which stage, reserves, who stays, proof |
| `people.json` | for every person who could go, the facts that the terms ask about, in columns |
| `terms.toml` | the terms, byte for byte |
| `stage-ID.xlsx`, `stage-ID.json` | one stage: who goes, with seats in vehicles of the usual size |
| `reserves.xlsx` | who stands in, in the order in which they are called |
| `reasons.xlsx` | for everybody who does not go, or not in the first stage: why, in English and Ukrainian |
| `plan.html` | the charts: stages, priorities, limits, proof; numbers only |
| `changes.xlsx` | after a change on the day, in its place: whose stage is another now |
| `proof.txt` | what was solved, and that no plan is better |

`plan.json` counts; the workbooks are for people. `homeward plan check` says so when they differ.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from homeward.cli.plan_input import Input, ListUsed, fields_kept
from homeward.lists import ListError
from homeward.people.atomic import write_whole
from homeward.planning import Candidate, Change, Incident, Plan, Proof, Shortfall, StagePlan, Table, pools_after
from homeward.planning.candidate import Column
from homeward.planning.goals import Step
from homeward.terms import Terms, TermsError, parse

SCHEMA = "homeward-plan/1"
PEOPLE_SCHEMA = "homeward-plan-people/1"


@dataclass(frozen=True, slots=True)
class HappenedInStage:
    """One incident and the stage at whose opening it was reported."""

    stage: str
    incident: Incident


@dataclass(frozen=True, slots=True)
class PlanFolder:
    """A plan with what it was made from. `changes`, `shortfalls` (sentences) and `remains` are those of the last change on the day."""

    terms: Terms
    made_from: Input
    on: date | None
    plan: Plan
    incidents: tuple[HappenedInStage, ...] = ()
    changes: tuple[Change, ...] = ()
    shortfalls: tuple[Mapping[str, Any], ...] = ()
    #: Of the last change: person who does not go → the remains that are handed over instead.
    remains: Mapping[str, str] = field(default_factory=dict)
    #: Stage → side → how many could travel, where vehicles were short; and person → the stage in which there was no seat.
    seats: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    unseated: Mapping[str, str] = field(default_factory=dict)

    @property
    def pools(self) -> Mapping[str, Sequence[Candidate]]:
        """Who can still go: everybody but those who are out of the exchange since."""
        return self.pools_without(lambda _stage: True)

    def pools_without(self, stages: Callable[[str], bool]) -> Mapping[str, Sequence[Candidate]]:
        """The pools without those who fell out for good in one of these stages (a function of the stage's id)."""
        gone = [each.incident for each in self.incidents if stages(each.stage)]
        return {side: list(pool) for side, pool in pools_after(self.made_from.pools, gone).items()}

    def id_of(self, person: str) -> str:
        """The id in the plan of a person named on the command line; the side before it may be left out where it is plain.

        Raises `ListError` for somebody whom the plan does not know, or who could be two people.
        """
        everybody = {each.id for pool in self.made_from.pools.values() for each in pool} | set(self.made_from.excluded)
        if person in everybody:
            return person
        found = sorted(each for each in everybody if each.endswith(f":{person}"))
        if len(found) == 1:
            return found[0]
        if found:
            raise ListError("", f"the id {person} stands in several lists", remedy=f"say which: {', '.join(found)}")
        raise ListError("", f"the plan knows nobody with the id {person}", remedy="look it up in the lists")


def shortfall_dict(shortfall: Shortfall) -> dict[str, Any]:
    """A clause that cannot be kept any more, as data with its sentences."""
    return {
        "clause": shortfall.clause.id,
        "stage": shortfall.stage,
        "units": shortfall.units,
        "en": shortfall.sentence("en"),
        "uk": shortfall.sentence("uk"),
    }


def as_dict(folder: PlanFolder) -> dict[str, Any]:
    """What `plan.json` says."""
    terms, plan, made_from = folder.terms, folder.plan, folder.made_from
    dates = {stage.id: stage.date for stage in terms.stages}
    return {
        "schema": SCHEMA,
        "terms": {"title": terms.title, "sha256": hashlib.sha256(terms.source).hexdigest()},
        "lists": [asdict(used) for used in made_from.lists],
        "people_sha256": hashlib.sha256(_people_bytes(folder)).hexdigest(),
        "excluded": dict(made_from.excluded),
        "on": folder.on.isoformat() if folder.on else None,
        "seed": plan.seed,
        "stages": [
            {
                "id": stage.id,
                "date": each.isoformat() if (each := dates[stage.id]) else None,
                "going": {side: list(ids) for side, ids in stage.going.items()},
                "reserves": {side: list(ids) for side, ids in stage.reserves.items()},
                "reserves_wanted": dict(stage.reserves_wanted),
            }
            for stage in plan.stages
        ],
        "left_out": {side: list(ids) for side, ids in plan.left_out.items()},
        "proof": {**asdict(plan.proof), "optimal": plan.proof.optimal},
        "incidents": [
            {"stage": each.stage, "person": each.incident.person, "kind": each.incident.kind} for each in folder.incidents
        ],
        "changes": [asdict(change) for change in folder.changes],
        "shortfalls": list(folder.shortfalls),
        "remains": dict(folder.remains),
        "seats": {stage: dict(limits) for stage, limits in folder.seats.items()},
        "unseated": dict(folder.unseated),
    }


def write_json(path: Path, value: object) -> None:
    """JSON with two spaces and a line feed at the end: the same plan gives the same bytes."""
    write_whole(path, _json_bytes(value))


def write_data(folder: PlanFolder, place: Path) -> None:
    """Write the three files that `read_plan` needs into a folder that is there."""
    write_whole(place / "terms.toml", folder.terms.source)
    write_whole(place / "people.json", _people_bytes(folder))
    write_json(place / "plan.json", as_dict(folder))


def _json_bytes(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=False) + "\n").encode("utf-8", "surrogatepass")


def _people_bytes(folder: PlanFolder) -> bytes:
    sides = {}
    for side, pool in folder.made_from.pools.items():
        table = Table.of(pool, fields_kept(folder.terms))
        facts = {name: [column.values[code] for code in column.codes.tolist()] for name, column in table.columns.items()}
        sides[side] = {"ids": list(table.ids), "facts": facts}
    text = json.dumps({"schema": PEOPLE_SCHEMA, "sides": sides}, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass") + b"\n"


def read_plan(place: Path) -> PlanFolder:
    """Read a folder that `homeward plan` wrote. Raises `ListError` for anything else, and for files that were changed by hand."""
    try:
        terms = parse((place / "terms.toml").read_bytes(), str(place / "terms.toml"))
    except OSError as error:
        raise _not_a_plan(place, "terms.toml is missing") from error
    except TermsError as error:
        raise _not_a_plan(place, f"terms.toml was changed: {error.problems[0]}") from error
    said, stored = _object(place, "plan.json", SCHEMA), _object(place, "people.json", PEOPLE_SCHEMA)
    if said.get("terms", {}).get("sha256") != hashlib.sha256(terms.source).hexdigest():
        raise _not_a_plan(place, "terms.toml is not the file that the plan was made from")
    if said.get("people_sha256") != hashlib.sha256((place / "people.json").read_bytes()).hexdigest():
        raise _not_a_plan(place, "people.json is not the file that the plan was made from")
    try:
        return PlanFolder(
            terms,
            Input(_pools(stored), tuple(_list_used(each) for each in said["lists"]), dict(said["excluded"])),
            date.fromisoformat(said["on"]) if said["on"] else None,
            _plan(said),
            tuple(HappenedInStage(each["stage"], Incident(each["person"], each["kind"])) for each in said["incidents"]),
            tuple(Change(**each) for each in said["changes"]),
            tuple(said["shortfalls"]),
            dict(said.get("remains", {})),
            {stage: dict(limits) for stage, limits in said.get("seats", {}).items()},
            dict(said.get("unseated", {})),
        )
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise _not_a_plan(place, "plan.json is not complete") from error


def _not_a_plan(place: Path, why: str) -> ListError:
    return ListError(place.name or str(place), f"is no plan as homeward writes it ({why})", remedy="make the plan again")


def _object(place: Path, name: str, schema: str) -> dict[str, Any]:
    try:
        found = json.loads((place / name).read_bytes().decode("utf-8"))
    except OSError as error:
        raise _not_a_plan(place, f"{name} is missing") from error
    except (ValueError, RecursionError) as error:
        raise _not_a_plan(place, f"{name} is not JSON") from error
    if not isinstance(found, dict) or found.get("schema") != schema:
        raise _not_a_plan(place, f"{name} is not of the kind {schema}")
    return found


def _pools(stored: Mapping[str, Any]) -> dict[str, list[Candidate]]:
    pools = {}
    for side, table in stored["sides"].items():
        facts = {name: Column.of(values) for name, values in table["facts"].items()}
        columns = {name: column.values for name, column in facts.items()}
        codes = {name: column.codes.tolist() for name, column in facts.items()}
        pools[side] = [
            Candidate(person, {name: value for name in columns if (value := columns[name][codes[name][row]]) is not None})
            for row, person in enumerate(table["ids"])
        ]
    return pools


def _list_used(said: Mapping[str, Any]) -> ListUsed:
    used = ListUsed(**said)
    return replace(used, refused_rows=tuple(used.refused_rows))


def _plan(said: Mapping[str, Any]) -> Plan:
    stages = tuple(
        StagePlan(stage["id"], _ids(stage["going"]), _ids(stage["reserves"]), dict(stage["reserves_wanted"]))
        for stage in said["stages"]
    )
    proof = {name: _frozen(value) for name, value in said["proof"].items() if name not in {"optimal", "steps"}}
    steps = tuple(Step(**step) for step in said["proof"]["steps"])
    return Plan(stages, _ids(said["left_out"]), Proof(**proof, steps=steps), said["seed"])


def _frozen(value: Any) -> Any:
    """JSON's lists as the tuples that they were."""
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value


def _ids(table: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {side: tuple(ids) for side, ids in table.items()}
