"""Outcomes of private interviews beside a plan: nobody is on a manifest without one, or without the recorded reason for none.

The file is the one of a rehearsal (`interviews.csv`, see docs/the-way-of-an-exchange.md): CSV in UTF-8 with the columns `id` and
`outcome`, and where they are needed `reason` and `party`. Only the outcome leaves an interview, never what was said.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from homeward.cli.plan_input import Input, side_of
from homeward.exchange import INTERVIEW_OUTCOMES, MAY_GO
from homeward.lists import ListError
from homeward.planning import Plan
from homeward.terms import Terms, manifest_findings

#: What stands for an outcome that says nothing: none was held, and no reason was recorded.
NOTHING = ""


def read_outcomes(path: Path, terms: Terms, known: frozenset[str]) -> dict[str, str]:
    """Id in the plan → outcome. `known` are the ids of everybody. Raises `ListError` with the line and the remedy."""
    try:
        reader = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig")), strict=True)
        rows = [{(name or "").strip(): (value or "").strip() for name, value in row.items() if name} for row in reader]
    except UnicodeDecodeError:
        raise ListError(path.name, "is not text in UTF-8", remedy="save it as CSV UTF-8") from None
    except csv.Error as error:
        raise ListError(path.name, f"is no CSV file ({error})", remedy="save it as CSV UTF-8") from None
    found: dict[str, str] = {}
    for line, row in enumerate(rows, start=2):
        if "id" not in row or "outcome" not in row:
            raise ListError(path.name, "has no columns id and outcome", row=1, remedy="name them in the first line")
        if row["outcome"] not in INTERVIEW_OUTCOMES:
            raise ListError(
                path.name,
                "this is no outcome of an interview",
                row=line,
                remedy=f"write one of {', '.join(INTERVIEW_OUTCOMES)}",
            )
        person = _id_in_plan(row, terms, known)
        if person is None:
            raise ListError(
                path.name, f"nobody on the lists has the id {row['id']}", row=line, remedy="correct it or take it out"
            )
        if person in found:
            raise ListError(path.name, f"the id {row['id']} stands here twice", row=line, remedy="keep one line")
        found[person] = NOTHING if row["outcome"] == "not_held" and not row.get("reason") else row["outcome"]
    return found


def with_outcomes(made_from: Input, outcomes: Mapping[str, str], file: str) -> Input:
    """Only those may be planned whose interview lets them go; the others are left out, with the reason."""
    out = dict(made_from.excluded)
    pools = {}
    for side, pool in made_from.pools.items():
        pools[side] = [person for person in pool if outcomes.get(person.id, NOTHING) in MAY_GO]
        kept = {person.id for person in pools[side]}
        for person in pool:
            if person.id not in kept:
                out[person.id] = f"{file}: {outcomes.get(person.id) or 'no outcome of a private interview'}"
    return replace(made_from, pools=pools, excluded=dict(sorted(out.items())))


def not_ready(plan: Plan, outcomes: Mapping[str, str]) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """(stage, English, Ukrainian, ids) for everybody on a manifest who may not be there."""
    for stage in plan.stages:
        going = [person for ids in stage.going.values() for person in ids]
        for remark in manifest_findings(going, outcomes):
            yield stage.id, remark.sentence("en"), remark.sentence("uk"), remark.people
        against = tuple(person for person in going if outcomes.get(person, NOTHING) not in {*MAY_GO, NOTHING})
        if against:
            count = len(against)
            english = f"GC III 109: on the manifest, and the interview does not let them go: {count}"
            yield stage.id, english, f"GC III 109: у відомості, хоча результат співбесіди цього не дозволяє: {count}", against


def _id_in_plan(row: Mapping[str, str], terms: Terms, known: frozenset[str]) -> str | None:
    """The id as the plan has it: as it stands, or with the side of the party before it."""
    if row.get("party"):
        with_side = f"{side_of(terms, row['party'])[0]}:{row['id']}"
        if with_side in known:
            return with_side
    return row["id"] if row["id"] in known else None
