"""The cells of one list, column by column, before any word is read: from persons, or from a table of columns.

`Cells.of_people` reads the claims of persons, `Cells.of_columns` those of a long file that was read without persons;
`Cells.of_table` reads columns as CSV readers and Arrow tables give them (`table.to_pydict()`), headed by the names of `Field`.
What is absent for whatever reason (silent, unknown, withheld, None) is an empty text or a 0.

>>> one = Cells.of_table({"id": ["a7"], "surname": ["Тестенко"], "birth_date": ["1987-03"], "shoe_size": [42]})
>>> one.ids, one.text[Field.SURNAME], one.birth.tolist(), one.rank.tolist()
(('a7',), ['Тестенко'], [[1987, 3, 0]], [-1])
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

import numpy as np
import numpy.typing as npt

from homeward.people.dates import PartialDate
from homeward.people.person import CODES, Claim, Field, Person

if TYPE_CHECKING:
    from homeward.people.longlist import PeopleColumns

#: A list by columns, each headed by the name of a `Field` ("id", "surname", "birth_date" ...) and of one length.
Table = Mapping[str, Sequence[object]]

NAME_FIELDS = (Field.SURNAME, Field.GIVEN_NAMES, Field.PATRONYMIC, Field.FATHER_NAME, Field.MOTHER_MAIDEN_NAME)
TEXT_FIELDS = (Field.BIRTH_PLACE, Field.SERVICE_NUMBER, Field.UNIT, Field.CAPTURED_AT)
_TYPED_DATE = re.compile("([12][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)

#: The fields of which cells are made, besides identifiers.
FIELDS = (*NAME_FIELDS, *TEXT_FIELDS, Field.BIRTH_DATE, Field.CAPTURED_ON, Field.RANK, Field.SEX)

Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Texts and numbers of one list, one entry for each person. Dates are of shape (people, 3); a code not known is -1."""

    ids: Sequence[str]
    text: Mapping[Field, Sequence[str]]
    birth: Ints
    captured: Ints
    rank: Ints
    sex: Ints

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of_people(cls, people: Sequence[Person]) -> Cells:
        """Read the claims of each person."""
        count = len(people)
        text = {field: [""] * count for field in (*NAME_FIELDS, *TEXT_FIELDS)}
        days = {field: np.zeros((count, 3), np.int64) for field in (Field.BIRTH_DATE, Field.CAPTURED_ON)}
        codes = {field: np.full(count, -1, np.int64) for field in (Field.RANK, Field.SEX)}
        for row, person in enumerate(people):
            for field, claim in person.claims.items():
                value = claim.value
                if field in text:
                    if isinstance(value, str):
                        text[field][row] = value
                elif field in days:
                    days[field][row] = _day(claim)
                elif field in codes:
                    codes[field][row] = _code_of(field, claim)
        ids = tuple(person.id for person in people)
        return cls(ids, text, days[Field.BIRTH_DATE], days[Field.CAPTURED_ON], codes[Field.RANK], codes[Field.SEX])

    @classmethod
    def of_columns(cls, people: PeopleColumns) -> Cells:
        """Read the claims of people in columns (`people.longlist`), each distinct claim once."""

        def at(field: Field) -> Numbers:
            return people.fields[field].at

        def days(field: Field) -> Ints:
            read = [_day(claim) for claim in people.fields[field].claims]
            return np.array([*read, (0, 0, 0)], np.int64)[at(field)]

        def codes(field: Field) -> Ints:
            read = [_code_of(field, claim) for claim in people.fields[field].claims]
            return np.array([*read, -1], np.int64)[at(field)]

        text = {}
        for field in (*NAME_FIELDS, *TEXT_FIELDS):
            values = [claim.value if isinstance(claim.value, str) else "" for claim in people.fields[field].claims]
            text[field] = Numbered.of([*values, ""], at(field))
        return cls(people.ids, text, days(Field.BIRTH_DATE), days(Field.CAPTURED_ON), codes(Field.RANK), codes(Field.SEX))

    @classmethod
    def of_table(cls, table: Table) -> Cells:
        """Read columns; a list without ids is numbered from r1. Raises `ValueError` for columns of different lengths."""
        lengths = {len(column) for column in table.values()}
        if len(lengths) > 1:
            raise ValueError(f"columns of one table are of one length, these are of {sorted(lengths)}")
        count = lengths.pop() if lengths else 0

        def column(field: Field) -> Sequence[str]:
            cells = table.get(field.value)
            if cells is None:
                return Numbered([""], np.zeros(count, np.int32))
            return _texts(cells)

        def days(field: Field) -> Ints:
            at, distinct = numbered(column(field))
            return np.array([_typed_date(cell) for cell in distinct] or [(0, 0, 0)], np.int64)[at]

        def codes(field: Field) -> Ints:
            at, distinct = numbered(column(field))
            return np.array([_code(field, cell, cell) for cell in distinct] or [-1], np.int64)[at]

        text = {field: column(field) for field in (*NAME_FIELDS, *TEXT_FIELDS)}
        days_and_codes = days(Field.BIRTH_DATE), days(Field.CAPTURED_ON), codes(Field.RANK), codes(Field.SEX)
        return cls(identifiers(table), text, *days_and_codes)


def identifiers(table: Table) -> tuple[str, ...]:
    """The identifiers of a table; one without is numbered from r1.

    >>> identifiers({"id": ["u1", None]}), identifiers({"surname": ["Тестенко"]})
    (('u1', ''), ('r1',))
    """
    if Field.ID.value in table:
        return tuple(_texts(table[Field.ID.value]))
    return tuple(f"r{row + 1}" for row in range(max(map(len, table.values()), default=0)))


def _texts(cells: Sequence[object]) -> Sequence[str]:
    """The cells of one column as texts."""
    if isinstance(cells, list) and set(map(type, cells)) == {str}:
        return cells
    return [cell if type(cell) is str else "" if cell is None else str(cell) for cell in cells]


def numbered(column: Sequence[str]) -> tuple[Ints, list[str]]:
    """The distinct cells of a column in order of appearance, and for each row the number of its cell.

    >>> numbered(["b", "a", "b"])
    (array([0, 1, 0]), ['b', 'a'])
    """
    if isinstance(column, Numbered):
        return column.at.astype(np.int64), column.distinct
    # A cell that is looked up for the first time gets the next number.
    number: defaultdict[str, int] = defaultdict(itertools.count().__next__)
    at = np.fromiter(map(number.__getitem__, column), np.int64, len(column))
    return at, list(number)


class Numbered(Sequence[str]):
    """A column that is known by its distinct cells and, for each row, the number of its cell."""

    def __init__(self, distinct: list[str], at: Numbers) -> None:
        self.distinct, self.at = distinct, at

    @classmethod
    def of(cls, cells: list[str], at: Numbers) -> Numbered:
        """From cells that may be equal; -1 is the last one."""
        number, distinct = numbered(cells)
        return cls(distinct, number.astype(np.int32)[at])

    def __len__(self) -> int:
        return len(self.at)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        if isinstance(index, slice):
            return Numbered(self.distinct, self.at[index])
        return self.distinct[int(self.at[index])]


def _day(claim: Claim) -> tuple[int, int, int]:
    value = claim.value
    return (
        (value.year, value.month or 0, value.day or 0) if isinstance(value, PartialDate) else _typed_whole_date(claim.written)
    )


def _code_of(field: Field, claim: Claim) -> int:
    return _code(field, claim.value if isinstance(claim.value, str) else "", claim.written)


def _typed_date(text: str) -> tuple[int, int, int]:
    typed = _TYPED_DATE.fullmatch(text.strip())
    if typed is None:
        return 0, 0, 0
    year, month, day = typed.groups(default="0")
    return int(year), int(month), int(day)


def _typed_whole_date(text: str) -> tuple[int, int, int]:
    """A date that the reader refused: no such day exists, but a slip of one digit in a true date still points to it."""
    day = _typed_date(text[:20])
    return day if day[2] else (0, 0, 0)


def _code(field: Field, value: str, written: str) -> int:
    """The place of a code in its vocabulary; a list that numbers its ranks is read by its numbers."""
    if value in CODES[field]:
        return CODES[field].index(value)
    written = written.strip()
    return int(written) if field is Field.RANK and written.isascii() and written.isdigit() and len(written) <= 2 else -1
