"""Small invented people, files and terms for the tests of this room."""

from __future__ import annotations

from pathlib import Path

from homeward.lists import Decision, Pair, Ruling
from homeward.people import Absence, Claim, Field, PartialDate, PeopleFile, Person, Row
from homeward.terms import Terms, parse

_DATES = frozenset({Field.BIRTH_DATE, Field.CAPTURED_ON, Field.STATE_SINCE})


def claim(field: Field, written: str) -> Claim:
    if written in {"unknown", "withheld"}:
        return Claim(written, Absence(written))
    return Claim(written, PartialDate.from_iso(written) if field in _DATES else written)


def person(id_: str, *, own_id: bool = True, **fields: str) -> Person:
    """A person from keyword fields; dates are ISO text, "unknown" and "withheld" are stated absences."""
    claims = {Field(name): claim(Field(name), written) for name, written in fields.items()}
    if own_id:
        claims[Field.ID] = Claim(id_, id_)
    return Person(id_, claims)


def full(id_: str, number: int, **fields: str) -> Person:
    """A person with everything that the treaties ask for, different from every other number."""
    surname = "".join("абвгдежзик"[int(digit)] for digit in f"{number:04}").capitalize() + "енко"
    usual = {
        "surname": surname, "given_names": "Остап", "patronymic": "Юрійович",
        "birth_date": f"{1970 + number % 30}-{1 + number % 12:02}-{1 + number % 28:02}",
        "rank": "private", "service_number": f"К-{100000 + number}", "status": "military",
    }  # fmt: skip
    return person(id_, **{**usual, **fields})


def file_of(*people: Person, name: str = "held.xlsx", first_row: int = 2) -> PeopleFile:
    rows = tuple(Row(number, "accepted", one) for number, one in enumerate(people, start=first_row))
    return PeopleFile(Path(name), "Sheet1", first_row - 1, {}, rows)


def decide(pair: Pair, first: Ruling, second: Ruling | None = None) -> Decision:
    return Decision(
        pair.id, pair.question, pair.left.id, pair.right_id, pair.fingerprint,
        first, "Officer A", second or first, "Officer B", "2025-05-18",
    )  # fmt: skip


TERMS = b"""
schema = "exchange-terms/1"
title = "Two for two"

[reference]
date = 2025-05-23

[parties]
UA = "Ukraine"
RU = "Russia"

[sides.home-UA]
from = "RU"
to = "UA"
[sides.home-RU]
from = "UA"
to = "RU"

[[stages]]
id = "day1"
date = 2025-05-23

[groups]
young = "age < 25"
soldier = "status == 'military'"
woman = "sex == 'F'"

[[terms]]
id = "T1"
kind = "count"
group = "soldier"
sides = ["home-UA"]
over = "end"
equals = 2
"""


def terms(source: bytes = TERMS) -> Terms:
    return parse(source)
