"""What an expression may ask about a person: the table of facts, and the facts of one row.

>>> from homeward.people.dates import PartialDate
>>> from homeward.people.person import Claim, Field, Person
>>> row = Person("r2", {Field.BIRTH_DATE: Claim("1987", PartialDate(1987)), Field.SEX: Claim("ж", "F")})
>>> facts = facts_of(row, date(2025, 5, 16), holder="RU")
>>> facts["sex"], facts["holder"], facts["age"], facts["age_from"], facts["age_to"]
('F', 'RU', None, 37, 38)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from homeward.people.dates import PartialDate
from homeward.people.person import CODES, Absence, Field, Person

#: A day named by what happens on it: the day of capture, or the day of handover (each stage's own).
NamedDay = Literal["capture", "handover"]

#: How a row leaves a fact open: stated as unknown, stated as withheld, a date with a part missing, or (None) not mentioned.
Openness = Absence | Literal["partial"] | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the table: the name used in expressions, the kind of value, what it means, and its codes if it has any."""

    name: str
    kind: Literal["code", "rank", "text", "number", "date"]
    meaning: str
    field: Field | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        return CODES.get(self.field, ()) if self.field is not None else ()


#: Every fact, in the order in which the documentation lists them.
FACTS: Mapping[str, Fact] = {
    fact.name: fact
    for fact in (
        Fact("status", "code", "soldier, civilian, or medical and religious staff", Field.STATUS),
        Fact("medical", "code", "state of health", Field.MEDICAL),
        Fact("mobility", "code", "how the person can travel", Field.MOBILITY),
        Fact("sex", "code", "sex", Field.SEX),
        Fact("age", "number", "age in whole years on the reference day"),
        Fact("birth_date", "date", "date of birth, a part of which may be missing", Field.BIRTH_DATE),
        Fact("rank", "rank", "military rank; ranks compare by seniority", Field.RANK),
        Fact("days_held", "number", "days from capture to the reference day"),
        Fact("captured_on", "date", "day of capture, a part of which may be missing", Field.CAPTURED_ON),
        Fact("family", "text", "mark shared by the members of one family", Field.FAMILY),
        Fact("charge", "text", "what the person is charged with, or was convicted of", Field.CHARGE),
        Fact("sentence", "text", "sentence, for example 'life'", Field.SENTENCE),
        Fact("site", "text", "place of detention", Field.SITE),
        Fact("region", "text", "home region", Field.REGION),
        Fact("unit", "text", "unit", Field.UNIT),
        Fact("nationality", "text", "nationality", Field.NATIONALITY),
        Fact("state", "code", "what is known of the person's whereabouts", Field.STATE),
        Fact("category", "text", "the category that the list itself claims", Field.CATEGORY),
        Fact("holder", "text", "code of the party that holds the person"),
        Fact("receiver", "text", "code of the party that receives the person"),
        Fact("id", "text", "the person's id in the list"),
    )
}


def facts_of(
    person: Person, on: date | None, *, days: Iterable[date | NamedDay] = (), **more: str | int | None
) -> dict[str, str | int | None]:
    """What expressions may ask about this row; None where it is not known (unknown, withheld, or silent).

    `on` is the day on which age and days held are reckoned; with None both stay unknown. For every day in `days`, the same
    are given under the names `age@<day>` and `days_held@<day>`. Where the missing part of a date leaves a span of ages, `age`
    is None and `age_from` and `age_to` bound it. `more` adds facts that are not in the row, such as `holder` and `receiver`.
    """
    facts = _SILENT.copy()
    facts["id"] = person.id
    born = captured = None
    for field, claim in person.claims.items():
        name, value = _NAME_OF.get(field), claim.value
        if name is None or isinstance(value, Absence):
            continue
        if isinstance(value, PartialDate):
            if field is Field.BIRTH_DATE:
                born = value
            elif field is Field.CAPTURED_ON:
                captured = value
            facts[name] = _iso(value)
        else:
            facts[name] = value
    _reckon(facts, "", born, captured, (on, on) if on is not None else None)
    for day in days:
        span: tuple[date, date] | None
        if isinstance(day, date):
            span = (day, day)
        elif day == "capture":
            span = (captured.earliest(), captured.latest()) if captured is not None else None
        else:
            span = (on, on) if on is not None else None
        _reckon(facts, f"@{day}", born, captured, span)
    facts.update(more)
    return facts


def absences_of(person: Person, names: Iterable[str]) -> dict[str, Openness]:
    """Which of these facts the row leaves open, and how."""
    found: dict[str, Openness] = {}
    for name in names:
        base = name.split("@", maxsplit=1)[0].removesuffix("_from").removesuffix("_to")
        for field in _FIELDS_BEHIND.get(base, (FACTS[base].field,) if base in FACTS else ()):
            if field is None:
                continue
            value = person.value(field)
            if value is None or isinstance(value, Absence):
                found[base] = value
            elif isinstance(value, PartialDate) and not value.complete:
                found[base] = "partial"
    return found


_FIELDS_BEHIND: Mapping[str, tuple[Field, ...]] = {"age": (Field.BIRTH_DATE,), "days_held": (Field.CAPTURED_ON,)}


#: What is known of a row that says nothing.
_SILENT: dict[str, str | int | None] = dict.fromkeys(FACTS)
_NAME_OF: Mapping[Field, str] = {fact.field: fact.name for fact in FACTS.values() if fact.field is not None}


# Lists repeat their dates: remembering the last few thousand makes a list of a million rows several times quicker to read.
@lru_cache(maxsize=65_536)
def _iso(day: PartialDate) -> str:
    return str(day)


@lru_cache(maxsize=65_536)
def _age(born: PartialDate, first: date, last: date) -> tuple[int, int]:
    """The youngest and the oldest that somebody can be within a span of days, not below 0."""
    return max(born.age_range_on(first)[0], 0), max(born.age_range_on(last)[1], 0)


@lru_cache(maxsize=65_536)
def _held(captured: PartialDate, first: date, last: date) -> tuple[int, int]:
    """The fewest and the most days from capture to a day within the span, not below 0."""
    return max((first - captured.latest()).days, 0), max((last - captured.earliest()).days, 0)


def _reckon(
    facts: dict[str, str | int | None],
    suffix: str,
    born: PartialDate | None,
    captured: PartialDate | None,
    span: tuple[date, date] | None,
) -> None:
    """Write the age and the days held within a span of days (mostly one day), each as a number or as the bounds of it."""
    age = _age(born, *span) if span is not None and born is not None else (None, None)
    held = _held(captured, *span) if span is not None and captured is not None else (None, None)
    for name, (low, high) in (("age" + suffix, age), ("days_held" + suffix, held)):
        facts[name] = low if low == high else None
        facts[name + "_from"], facts[name + "_to"] = low, high
