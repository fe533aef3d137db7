"""The keys of a list: numbers that two records of one person almost always share in some combination.

A key joins the consonant skeleton of a name part, the line of the given name in the lexicon, the birth date as written, with
day and month exchanged, or its year. Records whose parts may stand in each other's columns have the keys of the other
arrangements too. Keys are 64-bit numbers, the same on every machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from homeward.matching.columns import Columns
from homeward.matching.names.comparison import readings, suspicious
from homeward.matching.names.neighbours import LOSABLE, SkeletonNumbers
from homeward.people.person import Field

Keys = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int64]
Marked = npt.NDArray[np.bool_]

#: The kinds of key; each has one or more recipes, and two records meet when a key of the same kind agrees. "lost" is a
#: surname of which one mark of the skeleton is left out, "turned" a date with day and month exchanged, "day" the day of the year.
KINDS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("surname", "given"), ("lost", "given")),
    (("surname", "father"), ("lost", "father")),
    (("surname", "given_initial"),),
    (("given", "father"),),
    (("surname", "date"), ("surname", "turned")),
    (("surname", "year"), ("lost", "year")),
    (("surname", "day"), ("lost", "day")),
    (("given", "date"), ("given", "turned")),
    (("father", "date"), ("father", "turned")),
    (("given", "day"),),
    (("given", "year"),),
    (("father", "day"),),
    (("given", "father", "year"),),
    (("date", "surname_initial"), ("date", "given_initial"), ("date",)),
    (("number",),),
)


def _mix(*parts: Keys | int) -> Keys:
    """One key from several numbers (splitmix64 steps)."""
    total: Keys | np.uint64 = np.uint64(0x9E3779B97F4A7C15)
    with np.errstate(over="ignore"):
        for part in parts:
            value = np.asarray(part, np.uint64) + total
            value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            total = value ^ (value >> np.uint64(31))
    return np.asarray(total, np.uint64)


def _numbers(text: Sequence[str]) -> Keys:
    """A 64-bit number for each text (BLAKE2b)."""
    data = b"".join(hashlib.blake2b(one.encode(), digest_size=8).digest() for one in text)
    return np.frombuffer(data, "<u8").astype(np.uint64)


class _Marks:
    """Numbers of the words of one list: skeleton, skeletons with one mark lost, closed-class line, initial."""

    def __init__(self, columns: Columns) -> None:
        text = columns.words.text
        numbers = SkeletonNumbers.of([*text, ""])  # The last entry is "no word", reached as -1.
        self.skeleton, self.lost, self.lost_usable = numbers.whole, numbers.lost, numbers.lost_usable
        self.usable = (numbers.size >= 1) & np.array([*(len(word) > 1 for word in text), False])
        self.initial, self.has_initial = numbers.first, numbers.size > 0
        self.line = {}
        for role in ("given", "patronymic"):
            line, read = self.skeleton.copy(), readings(columns, role).line[:, 0]
            line[:-1][read >= 0] = (read[read >= 0] + 1).astype(np.uint64)
            self.line[role] = line


def keys(columns: Columns) -> Iterator[list[tuple[Keys, Rows]]]:
    """For each kind of `KINDS`: pieces of keys with the rows that have them."""
    marks, every = _Marks(columns), np.arange(len(columns))
    odd = np.flatnonzero(suspicious(columns))
    s, g, p = (columns.names[role][:, 0] for role in ("surname", "given", "patronymic"))
    double = np.flatnonzero(columns.names["surname"][:, 1] >= 0)
    # Rows with their words for surname, given name and patronymic: as written, by the second surname, with columns exchanged.
    arranged: list[tuple[Rows, Rows, Rows, Rows]] = [(every, s, g, p)]
    arranged.append((double, columns.names["surname"][double, 1], g[double], p[double]))
    for first, then, last in ((g, s, p), (s, p, g), (p, s, g), (g, p, s), (p, g, s)):
        arranged.append((odd, first[odd], then[odd], last[odd]))
    dates = _dates(columns)
    parts = [(rows, _parts(marks, *words) | {name: part.of(rows) for name, part in dates.items()}) for rows, *words in arranged]
    for kind in KINDS:
        pieces = []
        for rows, part in parts:
            for recipe in kind:
                there = np.logical_and.reduce([part[name].there for name in recipe if name != "lost"], axis=0)
                if "lost" not in recipe:
                    pieces.append((_mix(*(part[name].value[there] for name in recipe)), rows[there]))
                    continue
                for k in range(LOSABLE):
                    here = there & part["lost"].there[:, k]
                    lost = part["lost"].value[here, k]
                    pieces.append((_mix(*(lost if name == "lost" else part[name].value[here] for name in recipe)), rows[here]))
        yield pieces


class _Part(NamedTuple):
    """One ingredient of keys for some rows: which rows have it, and its number."""

    there: Marked
    value: Keys

    def of(self, rows: Rows) -> _Part:
        return _Part(self.there[rows], self.value[rows])


def _parts(marks: _Marks, surname: Rows, given: Rows, father: Rows) -> dict[str, _Part]:
    """The ingredients of names."""
    return {
        "surname": _Part(marks.usable, marks.skeleton).of(surname),
        "lost": _Part(marks.lost_usable, marks.lost).of(surname),
        "surname_initial": _Part(marks.has_initial, marks.initial).of(surname),
        "given": _Part(marks.usable, marks.line["given"]).of(given),
        "given_initial": _Part(marks.has_initial, marks.initial).of(given),
        "father": _Part(marks.usable, marks.line["patronymic"]).of(father),
    }


def _dates(columns: Columns) -> dict[str, _Part]:
    """The ingredients that stand in no name."""
    year, month, day = columns.birth.T
    whole = day > 0
    texts = columns.texts[Field.SERVICE_NUMBER]
    return {
        "date": _Part(whole, (year * 10000 + month * 100 + day).astype(np.uint64)),
        "turned": _Part(whole & (day <= 12) & (day != month), (year * 10000 + day * 100 + month).astype(np.uint64)),
        "day": _Part(whole, (month * 100 + day).astype(np.uint64)),
        "year": _Part(year > 0, year.astype(np.uint64)),
        "number": _Part(texts >= 0, np.append(_numbers(columns.text), np.uint64(0))[texts]),
    }
