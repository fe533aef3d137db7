"""The workbooks of a plan: one per stage, the reserves, the reasons, the changes of a day. Ids and facts, no names.

Seats are a proposal for vehicles of the usual size (`homeward.planning.vehicles_for`); what drives on the day, the parties agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from homeward.cli.plan_folder import PlanFolder, write_json
from homeward.cli.plan_input import fields_kept
from homeward.cli.words import say
from homeward.people import Column, Progress, write_table
from homeward.planning import Explainer, ManifestLine, StagePlan, manifests, vehicles_for
from homeward.planning.candidate import Fact
from homeward.terms.conditionwords import FACT_WORDS, VALUE_WORDS

STAGE_SCHEMA = "homeward-plan-stage/1"

#: Headings in English and Ukrainian. The first column of every workbook is the id, under either of its two headings.
HEADINGS: Mapping[str, tuple[str, str]] = {
    "id": ("Id", "Id"),
    "side": ("Side", "Напрям"),
    "vehicle": ("Vehicle", "Транспорт"),
    "seat": ("Seat", "Місце"),
    "stage": ("Stage", "Етап"),
    "call": ("Called as number", "Черга виклику"),
    "before": ("Stage before", "Етап раніше"),
    "after": ("Stage now", "Етап тепер"),
    "why": ("Why", "Чому"),
    "code": ("Kind of reason", "Вид причини"),
    "en": ("Reason", "Reason"),
    "uk": ("Причина", "Причина"),
}


def stage_file(stage: str, ending: str) -> str:
    """The name of a stage's file. What has no place in file names is written as a number, so that no two stages share a file.

    >>> stage_file("day/1", ".xlsx"), stage_file("День1", ".json")
    ('stage-day%2F1.xlsx', 'stage-День1.json')
    """
    plain = "".join(letter if letter.isalnum() or letter in "-_." else f"%{ord(letter):02X}" for letter in stage)
    return f"stage-{plain}{ending}"


def write_stage(folder: PlanFolder, stage: StagePlan, place: Path, language: str) -> None:
    """The workbook and the JSON of one stage: by side, vehicle and seat."""
    facts = {person.id: person.facts for pool in folder.made_from.pools.values() for person in pool}
    lines = list(seats(folder, stage, facts))
    names = shown_facts(folder)
    rows = [[line.person, line.side, line.vehicle, line.seat, *_cells(facts[line.person], names, language)] for line in lines]
    headings = _headings(("id", "side", "vehicle", "seat"), names, language)
    write_table(place / stage_file(stage.id, ".xlsx"), headings, rows, sheet_title=stage.id)
    write_json(place / stage_file(stage.id, ".json"), stage_dict(stage, lines))


def stage_dict(stage: StagePlan, lines: Sequence[ManifestLine]) -> dict[str, Any]:
    """What a stage's JSON says. A person for whom no vehicle has room has neither vehicle nor seat."""
    return {
        "schema": STAGE_SCHEMA,
        "stage": stage.id,
        "going": [
            {"id": line.person, "side": line.side, "vehicle": line.vehicle or None, "seat": line.seat or None} for line in lines
        ],
        "reserves": {side: list(ids) for side, ids in stage.reserves.items()},
    }


def seats(folder: PlanFolder, stage: StagePlan, facts: Mapping[str, Mapping[str, Fact]]) -> Iterator[ManifestLine]:
    """Everybody of a stage, in the order of sides, vehicles and seats; remains and people without a place have none."""
    living = {side: ids for side, ids in stage.going.items() if folder.terms.sides[side].carries == "people"}
    fleet = {side: vehicles_for(ids, facts) for side, ids in living.items()}
    made = manifests(living, facts, vehicles=fleet)
    yield from made.lines
    without = {*made.unplaced, *(person for side, ids in stage.going.items() if side not in living for person in ids)}
    for side, ids in stage.going.items():
        yield from (ManifestLine("", "", person, side) for person in ids if person in without)


def write_reserves(folder: PlanFolder, place: Path, language: str) -> None:
    """Who stands in for whom: by stage and side, in the order in which they are called."""
    facts = {person.id: person.facts for pool in folder.made_from.pools.values() for person in pool}
    names = shown_facts(folder)
    rows: list[list[str | int | None]] = [
        [person, side, stage.id, number, *_cells(facts[person], names, language)]
        for stage in folder.plan.stages
        for side, ids in stage.reserves.items()
        for number, person in enumerate(ids, start=1)
    ]
    headings = _headings(("id", "side", "stage", "call"), names, language)
    write_table(place / "reserves.xlsx", headings, rows, sheet_title="Резерв" if language == "uk" else "Reserves")


def write_reasons(folder: PlanFolder, place: Path, progress: Progress) -> int:
    """Why everybody who does not go in the first stage does not, in both languages. Gives how many that are."""
    explainer = Explainer(folder.terms, folder.made_from.pools, folder.plan)
    later = folder.plan.stages[1:]
    asked = [(person, side) for side, ids in folder.plan.left_out.items() for person in ids]
    asked += [(person, side) for stage in later for side, ids in stage.going.items() for person in ids]
    asked.sort(key=lambda pair: (list(folder.terms.sides).index(pair[1]), pair[0]))
    rows: list[list[str | None]] = []
    for number, (person, side) in enumerate(asked):
        if number % 500 == 0:
            progress("reasons", number, len(asked))
        reason = explainer.why(person)
        rows.append([person, side, reason.stage, reason.code, reason.sentence("en"), reason.sentence("uk")])
    for person, why in folder.made_from.excluded.items():
        rows.append([person, None, None, "excluded", *(say("excluded", at, person=person, why=why) for at in ("en", "uk"))])
    columns = [
        *(Column(" / ".join(dict.fromkeys(HEADINGS[key]))) for key in ("id", "side", "stage", "code")),
        Column(HEADINGS["en"][0], width=80),
        Column(HEADINGS["uk"][0], width=80),
    ]
    write_table(place / "reasons.xlsx", columns, rows, sheet_title="Reasons", progress=progress)
    return len(rows)


def write_changes(folder: PlanFolder, place: Path, language: str) -> None:
    """Whose stage is another now, and what happened to them, if anything."""
    at = 1 if language == "uk" else 0
    nowhere = say("no stage", language)
    why = {person: say("no seat", language) for person in folder.unseated}
    why |= {each.incident.person: say(each.incident.kind, language) for each in folder.incidents}
    why |= {given: say("remains for", language, person=one, remains=given) for one, given in folder.remains.items()}
    rows = [
        [change.person, change.side, change.before or nowhere, change.after or nowhere, why.get(change.person)]
        for change in folder.changes
    ]
    headings = _headings(("id", "side", "before", "after", "why"), (), language)
    write_table(place / "changes.xlsx", headings, rows, sheet_title="Зміни" if at else "Changes")


def ids_in_workbook(path: Path) -> list[str]:
    """The ids that a stage's workbook names, as somebody may have changed it since. Raises `PeopleFileError`."""
    from homeward.people.workbook import read_sheets

    rows = [row for sheet in read_sheets(path)[:1] for row in sheet.rows]
    return [str(row[0]).strip() for row in rows[1:] if row and row[0] not in {None, ""}]


def shown_facts(folder: PlanFolder) -> tuple[str, ...]:
    """The facts that the workbooks show: those that the terms ask about, ages and days held as one column each."""
    kept = {name.removesuffix("_from").removesuffix("_to") for name in fields_kept(folder.terms)} - {"holder", "receiver"}
    told = {name for pool in folder.made_from.pools.values() for person in pool for name in person.facts}
    bare = {name.removesuffix("_from").removesuffix("_to") for name in told}
    return tuple(sorted(kept & bare))


def _cells(facts: Mapping[str, Fact], names: Sequence[str], language: str) -> list[Fact]:
    """The facts of one person in words; where only bounds are known, both of them."""
    at = 1 if language == "uk" else 0
    cells: list[Fact] = []
    for name in names:
        low, high = facts.get(f"{name}_from"), facts.get(f"{name}_to")
        value = facts.get(name, None if low is None or high is None else f"{low}–{high}")
        cells.append(VALUE_WORDS[value][at] if isinstance(value, str) and value in VALUE_WORDS else value)
    return cells


def _headings(keys: Sequence[str], facts: Sequence[str], language: str) -> list[str]:
    """The headings of these columns, then of the facts; a fact reckoned on a day of its own says which."""
    at = 1 if language == "uk" else 0
    found = [HEADINGS[key][at] for key in keys]
    for name in facts:
        base, _, day = name.partition("@")
        words = FACT_WORDS.get(base, (base, base))[at]
        found.append(words[:1].upper() + words[1:] + (f" ({day})" if day else ""))
    return found
