"""The keys of a list: numbers that two records of one person almost always share in some combination.

A key joins the consonant skeleton of a name part, the line of the given name in the lexicon, the birth date as written, with
day and month exchanged, or its year, the skeleton of the birth place, the rank. Records whose parts may stand in each other's
columns have the keys of the other arrangements too. Keys are 64-bit numbers, the same on every machine.

A key that many records share says little, and would make many pairs: beyond the `largest` number of pairs of its kind a key is
left to the others. Kinds and numbers were chosen so that at a million people each record meets about fifty others and 97.6 % of
the true pairs meet (`bench/matching/choose_keys.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from homeward.matching.columns import Columns
from homeward.matching.names.comparison import readings, suspicious
from homeward.matching.names.neighbours import LOSABLE, SkeletonNumbers
from homeward.matching.places import place_texts
from homeward.people.person import Field

Keys = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.signedinteger[Any]]
Marked = npt.NDArray[np.bool_]


class Kind(NamedTuple):
    """One kind of key: the recipes of which one must agree, and how many pairs one key may make in long lists."""

    recipes: tuple[tuple[str, ...], ...]
    largest: int
    #: Whether few strangers share such a key for each true pair that does, so that long lists are looked through by it first.
    narrow: bool = False


#: "lost" is a surname of which one mark of the skeleton is left out, "turned" a date with day and month exchanged, "day" the day
#: of the year.
KINDS: tuple[Kind, ...] = (
    Kind((("surname", "given"), ("lost", "given")), 64),
    Kind((("surname", "given", "father"), ("lost", "given", "father")), 1024),
    Kind((("surname", "day"), ("lost", "day")), 64),
    Kind((("surname", "place"), ("lost", "place")), 64),
    Kind((("surname", "given_initial"),), 2048),
    Kind(
        (
            ("surname", "given_initial", "father"), ("surname", "given_initial", "year"), ("surname", "given_initial", "place"),
        ),
        2048,
    ),
    Kind((("surname", "given", "rank"),), 4096, narrow=True),
    Kind((("surname", "year"), ("lost", "year")), 32, narrow=True),
    Kind((("given", "father"),), 32),
    Kind((("surname", "date"), ("surname", "turned")), 4096, narrow=True),
    Kind((("given", "date"), ("given", "turned")), 512),
    Kind((("given", "day"),), 128),
    Kind((("given", "father", "year"),), 32, narrow=True),
    Kind((("given", "father", "place"),), 1024, narrow=True),
    Kind((("given", "year", "place"),), 1024),
    Kind((("date", "surname_initial"), ("date", "given_initial"), ("date",)), 32),
    Kind((("date", "given"), ("date", "father"), ("date", "place"), ("date", "rank")), 16, narrow=True),
    Kind((("number",),), 4096, narrow=True),
)  # fmt: skip


NARROW = tuple(kind for kind in KINDS if kind.narrow)

#: Against more people than this there is no time to look at everybody whom a key brings.
LONG = 50_000


def most_pairs(kind: Kind, right: int) -> int:
    """How many pairs one key may make against a list of so many people: a shorter list leaves time for more.

    >>> most_pairs(KINDS[0], 20_000), most_pairs(KINDS[0], 1_000_000)
    (1024, 64)
    """
    return kind.largest * (16 if right <= LONG else 1)


#: The base of the polynomial and the multiplier of the last step.
STEP, MULTIPLY = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9


def _mix(*parts: Keys) -> Keys:
    """One key from several numbers: a polynomial in an odd base, then one step of splitmix64."""
    with np.errstate(over="ignore"):
        total = parts[0] * np.uint64(STEP)
        for part in parts[1:]:
            total = total + part
            total *= np.uint64(STEP)
        total ^= total >> np.uint64(31)
        total *= np.uint64(MULTIPLY)
        total ^= total >> np.uint64(29)
    return total


def _numbers(text: Sequence[str]) -> Keys:
    """A 64-bit number for each text (BLAKE2b)."""
    data = b"".join(hashlib.blake2b(one.encode(), digest_size=8).digest() for one in text)
    return np.frombuffer(data, "<u8").astype(np.uint64)


class _Marks:
    """Numbers of the words of one list: skeleton, skeletons with one mark lost, closed-class line, initial."""

    def __init__(self, columns: Columns) -> None:
        numbers = SkeletonNumbers.of(columns.words.skeleton)  # The last entry is "no word", reached as -1.
        self.skeleton, self.lost, self.lost_usable = numbers.whole, numbers.lost, numbers.lost_usable
        self.usable = (numbers.size >= 1) & np.append(columns.words.size > 1, False)
        self.initial, self.has_initial = numbers.first, numbers.size > 0
        self.line = {}
        for role in ("given", "patronymic"):
            line, read = self.skeleton.copy(), readings(columns, role).line[:, 0]
            line[:-1][read >= 0] = (read[read >= 0] + 1).astype(np.uint64)
            self.line[role] = line


def keys(columns: Columns, kinds: Sequence[Kind] = KINDS) -> Iterator[list[tuple[Keys, Rows]]]:
    """For each kind: pieces of keys with the rows that have them."""
    of_kind = maker(columns)
    return (of_kind(kind) for kind in kinds)


def maker(columns: Columns) -> Maker:
    """What makes the keys of one kind; several kinds may be made at the same time."""
    marks, every = _Marks(columns), np.arange(len(columns), dtype=np.int32)
    odd = np.flatnonzero(suspicious(columns)).astype(np.int32)
    s, g, p = (np.ascontiguousarray(columns.names[role][:, 0]) for role in ("surname", "given", "patronymic"))
    second = columns.names["surname"][:, 1]
    double = np.flatnonzero(second >= 0).astype(np.int32)
    beside = _beside_names(columns)
    # As written, by the second surname, and with columns exchanged.
    arranged = [Arranged(every, "sgp", _parts(marks, s, g, p) | beside)]
    others = [(double, "2gp", second[double], g[double], p[double])]
    column = {"s": s, "g": g, "p": p}
    for order in ("gsp", "spg", "psg", "gps", "pgs"):
        surname, given, father = (column[name][odd] for name in order)
        others.append((odd, order, surname, given, father))
    for rows, order, *words in others:
        part = _parts(marks, *words) | {name: part.of(rows) for name, part in beside.items()}
        arranged.append(Arranged(rows, order, part))
    return Maker(arranged)


class Arranged(NamedTuple):
    """Rows whose names may be so arranged, with their ingredients."""

    rows: Numbers
    #: The columns that stand for surname, given name and patronymic.
    order: str
    parts: dict[str, Part]

    def column(self, ingredient: str) -> str:
        """The column that an ingredient of names is made of."""
        return self.order[_PLACE[ingredient]] if ingredient in _PLACE else ""


_PLACE = {"surname": 0, "lost": 0, "surname_initial": 0, "given": 1, "given_initial": 1, "father": 2}


class Maker:
    """The keys of one list."""

    def __init__(self, arranged: list[Arranged]) -> None:
        self.arranged = arranged

    def recipes(self, kind: Kind) -> Iterator[tuple[Numbers, dict[str, Part], tuple[str, ...]]]:
        """For each recipe of a kind the rows that it is for, and their ingredients; no key comes out twice for one row."""
        seen = set()
        for some in self.arranged:
            for recipe in kind.recipes:
                made_of = tuple((name, some.column(name)) for name in recipe)
                if made_of not in seen:
                    seen.add(made_of)
                    yield some.rows, some.parts, recipe

    def __call__(self, kind: Kind) -> list[tuple[Keys, Rows]]:
        """Pieces of keys of one kind with the rows that have them."""
        pieces = []
        for rows, part, recipe in self.recipes(kind):
            there = np.flatnonzero(np.logical_and.reduce([part[name].there() for name in recipe if name != "lost"], axis=0))
            if recipe[0] != "lost":
                pieces.append((_mix(*(part[name].value(there) for name in recipe)), rows[there].astype(np.int64)))
                continue
            rest = [part[name].value(there) for name in recipe[1:]]
            lost, word = part["lost"], part["lost"].at[there]
            for k in range(LOSABLE):
                here = np.flatnonzero(lost.usable[word, k])
                key = _mix(lost.number[word[here], k], *(value[here] for value in rest))
                pieces.append((key, rows[there[here]].astype(np.int64)))
        return pieces


class Part(NamedTuple):
    """One ingredient of keys: of each word, date or text whether it is usable and its number, and which of them each row has.

    The last one is "none", reached as -1. So a long list holds no numbers for each row but these.
    """

    usable: Marked
    number: Keys
    at: Numbers

    def of(self, rows: Numbers) -> Part:
        return Part(self.usable, self.number, self.at[rows])

    def there(self) -> Marked:
        """Which rows have it."""
        return np.asarray(self.usable[self.at])

    def value(self, rows: Rows) -> Keys:
        """Its number in these rows."""
        return np.asarray(self.number[self.at[rows]])


def _parts(marks: _Marks, surname: Numbers, given: Numbers, father: Numbers) -> dict[str, Part]:
    """The ingredients of names."""
    return {
        "surname": Part(marks.usable, marks.skeleton, surname),
        "lost": Part(marks.lost_usable, marks.lost, surname),
        "surname_initial": Part(marks.has_initial, marks.initial, surname),
        "given": Part(marks.usable, marks.line["given"], given),
        "given_initial": Part(marks.has_initial, marks.initial, given),
        "father": Part(marks.usable, marks.line["patronymic"], father),
    }


def _beside_names(columns: Columns) -> dict[str, Part]:
    """The ingredients that stand in no name."""
    texts = columns.texts[Field.SERVICE_NUMBER]
    named = SkeletonNumbers.of(place_texts(columns, Field.BIRTH_PLACE).words.skeleton)
    numbers = np.zeros(len(columns.text) + 1, np.uint64)
    used = np.flatnonzero(np.bincount(texts[texts >= 0], minlength=len(columns.text)))
    numbers[used] = _numbers([columns.text[number] for number in used.tolist()])
    ranks = np.arange(1, columns.rank.max(initial=-1) + 3).astype(np.uint64)
    return _dates(columns) | {
        "place": Part(named.size > 1, named.whole, columns.texts[Field.BIRTH_PLACE]),
        "rank": Part(np.arange(len(ranks)) < len(ranks) - 1, ranks, columns.rank),
        "number": Part(np.arange(len(numbers)) < len(numbers) - 1, numbers, texts),
    }


def _dates(columns: Columns) -> dict[str, Part]:
    """The ingredients of the birth date."""
    packed = columns.birth.astype(np.int32) @ np.array([1 << 14, 1 << 7, 1], np.int32)
    distinct, at = np.unique(packed, return_inverse=True)
    at = at.astype(np.int32)
    year, month, day = distinct >> 14, distinct >> 7 & 127, distinct & 127
    whole = day > 0
    return {
        "date": Part(whole, (year * 10000 + month * 100 + day).astype(np.uint64), at),
        "turned": Part(whole & (day <= 12) & (day != month), (year * 10000 + day * 100 + month).astype(np.uint64), at),
        "day": Part(whole, (month * 100 + day).astype(np.uint64), at),
        "year": Part(year > 0, year.astype(np.uint64), at),
    }
