"""The two optional files of a rehearsal's folder: what the neutral heard in private, and what goes wrong on the days.

`interviews.csv`: `party,id,outcome,reason`. `party` is the holder, `id` the row of its list, `outcome` one of wishes_to_go,
refuses, other_destination, undecided, not_held (then with a reason). Who is not in the file counts as not_held, with the reason
`no_interview_in_rehearsal`: an exchange needs the outcome of an interview, or a recorded reason why there was none.

`incidents.csv`: `stage,kind,party,id,vehicle,reserve,note`. `stage` is a stage of the terms, `kind` a deviation
(REFUSAL_AT_LINE, DEATH_IN_TRANSIT, NON_DELIVERY, SUBSTITUTION, ESCAPE), `party` the holder that hands over. `id` is the row of its
list, or empty for anybody who goes then; `vehicle` narrows that to the people of one vehicle. `reserve` is `no` when nobody may
step in; `note` is for the reader alone.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from homeward.exchange import DEVIATIONS, INTERVIEW_OUTCOMES
from homeward.rehearsal.errors import RehearsalError
from homeward.terms import Terms

NOT_HELD = ("not_held", "no_interview_in_rehearsal")

#: The kinds of deviation that take a person out of a stage; only these can happen to somebody on a day.
HAPPENINGS = tuple(kind for kind, deviation in DEVIATIONS.items() if deviation.then is not None)


@dataclass(frozen=True, slots=True)
class Incident:
    """One thing that goes wrong. `row` is "" for anybody; `vehicle` is None for any vehicle."""

    line: int
    stage: str
    kind: str
    party: str
    row: str
    vehicle: int | None
    reserve: bool


def read_interviews(folder: Path, terms: Terms) -> dict[tuple[str, str], tuple[str, str]]:
    """(holder, row id) → (outcome, reason code). Raises `RehearsalError` with the line."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for line, row in _rows(folder / "interviews.csv", ("party", "id", "outcome")):
        key = (_party(row, terms, "interviews.csv", line), row["id"])
        if row["outcome"] not in INTERVIEW_OUTCOMES:
            raise _error("interviews.csv", line, "outcome", ", ".join(INTERVIEW_OUTCOMES))
        if key in found:
            raise RehearsalError(f"interviews.csv, line {line}: this row of the list stands here twice; keep one line")
        reason = _code(row.get("reason", "")) or ("not_stated" if row["outcome"] == "not_held" else "")
        found[key] = (row["outcome"], reason)
    return found


def read_incidents(folder: Path, terms: Terms) -> list[Incident]:
    """The incidents, in the order of the file. Raises `RehearsalError` with the line."""
    stages = [stage.id for stage in terms.stages]
    found = []
    for line, row in _rows(folder / "incidents.csv", ("stage", "kind", "party")):
        if row["stage"] not in stages:
            raise _error("incidents.csv", line, "stage", ", ".join(stages))
        if row["kind"] not in HAPPENINGS:
            raise _error("incidents.csv", line, "kind", ", ".join(HAPPENINGS))
        vehicle = row.get("vehicle", "")
        if vehicle and not (vehicle.isascii() and vehicle.isdigit() and int(vehicle)):
            raise _error("incidents.csv", line, "vehicle", "a number from 1, or nothing")
        if row.get("reserve", "") not in {"", "yes", "no"}:
            raise _error("incidents.csv", line, "reserve", "yes, no, or nothing")
        party = _party(row, terms, "incidents.csv", line)
        number = int(vehicle) if vehicle else None
        found.append(Incident(line, row["stage"], row["kind"], party, row.get("id", ""), number, row.get("reserve") != "no"))
    return found


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, Mapping[str, str]]]:
    if not path.exists():
        return
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RehearsalError(f"{path.name}: this file is not UTF-8 text; save it as CSV UTF-8") from None
    try:
        reader = csv.DictReader(io.StringIO(text), strict=True)
        heading = [(name or "").strip() for name in reader.fieldnames or ()]
        missing = [name for name in needed if name not in heading]
        if missing:
            raise RehearsalError(
                f"{path.name}, line 1: the columns {', '.join(missing)} are missing; see docs/the-way-of-an-exchange.md"
            )
        reader.fieldnames = heading
        for row in reader:
            if None in row or None in row.values():
                raise RehearsalError(f"{path.name}, line {reader.line_num}: another number of cells than in the heading")
            yield reader.line_num, {name: value.strip() for name, value in row.items()}
    except csv.Error as error:
        raise RehearsalError(f"{path.name}: this is not a CSV file ({error}); save it as CSV UTF-8") from None


def _party(row: Mapping[str, str], terms: Terms, file: str, line: int) -> str:
    if row["party"] not in terms.parties:
        raise _error(file, line, "party", ", ".join(terms.parties))
    return row["party"]


def _error(file: str, line: int, column: str, allowed: str) -> RehearsalError:
    return RehearsalError(f"{file}, line {line}: {column} must be one of: {allowed}")


def _code(text: str) -> str:
    """A reason as acts carry it: a short code. What was said in words stays in the file."""
    kept = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in text.strip().lower())
    words = [word for word in kept.split("_") if word]
    code = "_".join(words)[:60].strip("_")
    return code if code[:1].isalpha() else (f"r_{code}" if code else "")
