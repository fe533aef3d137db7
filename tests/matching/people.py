"""Invented people in a line of text: `surname | given | patronymic | birth date | place | rank`, plus fields by name."""

from __future__ import annotations

import csv
from pathlib import Path

from homeward.people.dates import PartialDate
from homeward.people.person import Absence, Claim, Field, Person

_DATES = frozenset({Field.BIRTH_DATE, Field.CAPTURED_ON})
_ORDER = (Field.SURNAME, Field.GIVEN_NAMES, Field.PATRONYMIC, Field.BIRTH_DATE, Field.BIRTH_PLACE, Field.RANK)


def person(ident: str, line: str = "", **more: str) -> Person:
    cells = dict(zip(_ORDER, (cell.strip() for cell in line.split("|")), strict=False))
    cells |= {Field(name): text for name, text in more.items()}
    return Person(ident, {field: claim(field, text) for field, text in cells.items() if text})


def claim(field: Field, text: str) -> Claim:
    if field not in _DATES:
        return Claim(text, text)
    try:
        return Claim(text, PartialDate.from_iso(text))
    except ValueError:
        return Claim(text, Absence.UNKNOWN)


def read_csv(path: Path) -> list[Person]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Person(row["id"], {Field(name): claim(Field(name), text) for name, text in row.items() if name != "id" and text})
            for row in csv.DictReader(file)
        ]
