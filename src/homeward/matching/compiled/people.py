"""The people of one list as the compiled sieve reads them: one line of numbers each, and what there is more of a few."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from homeward.matching import memory
from homeward.matching.compiled import arrays
from homeward.matching.names.comparison import Side, suspicious
from homeward.matching.places import place_texts
from homeward.people.person import Field

Numbers = npt.NDArray[np.int32]

_ROLES = ("surname", "given", "patronymic")
#: So many people are written down at once, which bounds memory.
_RUN = 1 << 18


def rows_of(side: Side, *, read_once: bool = False) -> tuple[Numbers, Numbers]:
    """`row` and `more` of `arrays.Side`. What is `read_once`, from front to back, is on disk where the list is too long."""
    people, tables, more = len(side.columns), _Tables.of(side), [np.zeros((0, arrays.MORE), np.int32)]

    def some() -> Iterator[Numbers]:
        before = 0
        for first in range(0, people, _RUN):
            row, further = _some_rows(side, tables, slice(first, min(first + _RUN, people)), before)
            more.append(further)
            before += len(further)
            yield row

    if read_once and memory.too_long(2 * people):
        rows = memory.on_disk(some()).reshape(people, arrays.ROW)
    else:
        rows = np.empty((people, arrays.ROW), np.int32)
        for number, part in enumerate(some()):
            rows[number * _RUN : number * _RUN + len(part)] = part
    return rows, np.concatenate(more)


@dataclass(frozen=True, slots=True)
class _Tables:
    """What a row says of its words and of its place, for each word and place; last for none, reached as -1."""

    mark: Numbers
    line: Numbers
    #: For each role: whether nothing but the word itself is compared, and its rarity in steps, 255 where that is not so.
    plain: npt.NDArray[np.bool_]
    rare: dict[str, npt.NDArray[np.uint8]]
    born_mark: Numbers
    born_line: Numbers

    @classmethod
    def of(cls, side: Side) -> _Tables:
        columns, texts = side.columns, place_texts(side.columns, Field.BIRTH_PLACE)
        rare = {}
        for role in _ROLES:
            steps = np.minimum(np.ceil(-side.frequency[role] * arrays.STEPS) + 1, 255)
            rare[role] = np.append(steps, 1).astype(np.uint8)
        return cls(
            np.append(columns.words.marks, 0),
            np.append(_set_of_32([side.readings[role].line for role in _ROLES[1:]]), 0),
            np.append(~side.single & (columns.masculine == np.arange(len(columns.words.text))), False),
            rare,
            np.append(texts.words.marks, 0),
            np.append(_places_as_sets(texts.places, texts.known), 0),
        )


def _some_rows(side: Side, tables: _Tables, some: slice, before: int) -> tuple[Numbers, Numbers]:
    """These people, and of whom there is more; `before` of those came before."""
    columns = side.columns
    people = some.stop - some.start
    row = np.full((people, arrays.ROW), -1, np.int32)
    codes = (columns.rank[some] + 1) | (columns.sex[some] + 1) << arrays.SEX
    several, rare = np.zeros(people, bool), np.zeros(people, np.int64)
    for place, role in enumerate(_ROLES):
        words = columns.names[role][some]
        word = words[:, 0]
        row[:, arrays.WORD + place] = word
        row[:, arrays.MARK + place] = tables.mark[word]
        row[:, arrays.LINE + place] = tables.line[word]
        one = (words[:, 1:] < 0).all(axis=1)
        several |= ~one
        # Another word than the first may be compared where there are several, an initial, or another form of a surname.
        plain = one & tables.plain[word]
        codes |= np.where(plain, arrays.PLAIN << place, 0)
        rare |= np.where(plain, tables.rare[role][word], 255).astype(np.int64) << 8 * place
    for bit, there in (
        (arrays.ODD, suspicious(columns)[some]), (arrays.NUMBER, columns.texts[Field.SERVICE_NUMBER][some] >= 0),
        (arrays.UNIT, columns.texts[Field.UNIT][some] >= 0), (arrays.CAPTURED_AT, columns.texts[Field.CAPTURED_AT][some] >= 0),
        (arrays.MOTHER, columns.names["mother"][some, 0] >= 0),
    ):  # fmt: skip
        codes |= np.where(there, bit, 0)
    row[:, arrays.RARE], row[:, arrays.CODES] = rare, codes
    row[:, arrays.BIRTH] = _packed_dates(columns.birth[some])
    born_at = columns.texts[Field.BIRTH_PLACE][some]
    row[:, arrays.BORN_AT], row[:, arrays.BORN_MARK] = born_at, tables.born_mark[born_at]
    row[:, arrays.BORN_LINE] = tables.born_line[born_at]
    captured = _packed_dates(columns.captured[some])
    more = np.flatnonzero(several | (captured > 0))
    row[more, arrays.FURTHER] = np.arange(before, before + len(more))
    parts = [columns.names[role][some][more, 1:] for role in _ROLES]
    return row, np.column_stack([*parts, captured[more]]).astype(np.int32)


def _places_as_sets(places: list[frozenset[int]], known: npt.NDArray[np.bool_]) -> Numbers:
    """For each text the places that it may mean, as `_set_of_32` has them."""
    out = np.zeros(len(places), np.int32)
    here = np.flatnonzero(known)
    some = [sorted(places[text]) for text in here.tolist()]
    numbers = np.full((len(some), max(map(len, some), default=1)), -1, np.int32)
    for row, one in enumerate(some):
        numbers[row, : len(one)] = one
    out[here] = _set_of_32([numbers])
    return out


def _set_of_32(numbers: list[Numbers]) -> Numbers:
    """For each row the numbers (-1 for none) of several tables as a set of 32 bits: no bit in common, no number in common."""
    out = np.zeros(len(numbers[0]), np.uint32)
    for place, some in enumerate(numbers):
        for number in some.T:
            bit = np.uint32(1) << ((number * len(numbers) + place) % 32).astype(np.uint32)
            out |= np.where(number >= 0, bit, np.uint32(0))
    return out.view(np.int32)


def _packed_dates(dates: npt.NDArray[Any]) -> npt.NDArray[Any]:
    year, month, day = dates.T
    return np.asarray(year << 9 | month << 5 | day)
