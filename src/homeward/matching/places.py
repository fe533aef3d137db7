"""Comparing names of places: the same text, two names of one place, two spellings of one name, or another place.

Places have old and new names and names in several languages (Катеринослав, Дніпро). A gazetteer made from GeoNames
(geonames.org, CC BY 4.0; `bench/matching/learn_places.py`) knows which written names mean one place; the spelling model
judges what it does not know.

>>> shared_place("катеринослав", "dnipropetrovsk"), shared_place("харків", "полтава")
(True, False)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from homeward.matching.columns import Columns
from homeward.matching.names.background import log2_letters
from homeward.matching.names.comparison import MARKS_APART
from homeward.matching.names.folding import in_lower_case, words
from homeward.matching.names.letters import Words, marks_apart
from homeward.matching.names.spelling import log2_spelling_pairs
from homeward.people.packed import PackedTexts
from homeward.people.person import Field

if TYPE_CHECKING:
    # Evidence is judged with the help of this module.
    from homeward.matching.evidence.base import Pairs

Ints = npt.NDArray[np.int64]

LEVELS = ("missing", "same", "same_common", "same_place", "alike", "partly", "different")
#: Bits of spelling evidence above which two names are spellings of one, and above which they may be.
ALIKE, PARTLY = 8.0, 3.0
#: A place that more than this share of a list names is common: to share it says less.
COMMON = 0.004


def place_key(text: str) -> str:
    """The name as one folded word, so that `Новий Розділ` and `Novyi-Rozdil` have one word each."""
    return "".join(words(text))


def place_number(key: str) -> int:
    """A 32-bit number for a key, the same on every machine (FNV-1a)."""
    value = 0x811C9DC5
    for byte in key.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def place_keys(texts: Sequence[str], used: npt.NDArray[np.bool_]) -> list[str]:
    """The keys of folded texts, of those that are used; "" for the others."""
    keys, plain = in_lower_case(texts)
    for row in np.flatnonzero(~used).tolist():
        keys[row] = ""
    for row in np.flatnonzero(used & ~plain).tolist():
        keys[row] = place_key(texts[row])
    return keys


def place_numbers(keys: Sequence[str]) -> Ints:
    """The numbers of many keys.

    >>> place_numbers(["харків", "lviv"]).tolist() == [place_number("харків"), place_number("lviv")]
    True
    """
    data = np.frombuffer("\n".join([*keys, ""]).encode(), np.uint8)
    end = np.flatnonzero(data == ord("\n"))
    start = np.append(0, end + 1)[:-1]
    longest_first = np.argsort(start - end, kind="stable")
    start, size = start[longest_first], (end - start)[longest_first]
    value = np.full(len(keys), 0x811C9DC5, np.uint32)
    for k in range(int(size.max(initial=0))):
        here = slice(0, int(np.searchsorted(-size, -k, "left")))
        value[here] = (value[here] ^ data[start[here] + k]) * np.uint32(0x01000193)
    out = np.zeros(len(keys), np.int64)
    out[longest_first] = value
    return out


@lru_cache(maxsize=1)
def _gazetteer() -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    with (files("homeward.matching") / "data" / "places.npz").open("rb") as file, np.load(file) as data:
        return np.cumsum(data["steps"].astype(np.int64)), data["place"].astype(np.int64)


def places_of(key: str) -> frozenset[int]:
    """The places that a key may mean, by their numbers in the gazetteer."""
    names, place = _gazetteer()
    number = place_number(key)
    first, last = np.searchsorted(names, number, "left"), np.searchsorted(names, number, "right")
    return frozenset(place[first:last].tolist())


def shared_place(one: str, other: str) -> bool:
    return bool(places_of(place_key(one)) & places_of(place_key(other)))


class PlaceTexts:
    """The texts of one field of one list: keys, codes for the spelling model, places, how common, how rarely so spelled."""

    def __init__(self, columns: Columns, field: Field) -> None:
        column = columns.texts[field]
        count = np.bincount(column[column >= 0], minlength=len(columns.text))
        used = count > 0
        self.keys: Sequence[str] = place_keys(columns.text, used)
        self.words = Words.of(self.keys)
        if isinstance(columns.text, PackedTexts):
            # Where the texts of a list are packed, so are their keys.
            self.keys = PackedTexts.of(self.keys)
            self.words = replace(self.words, text=self.keys)
        self.rarity = np.where(used, log2_letters(self.words, "surname"), 0.0)
        self.common = count > np.maximum(2.0, COMMON * (column >= 0).sum())
        self.places, self.known = [frozenset[int]()] * len(self.keys), np.zeros(len(self.keys), bool)
        names, place = _gazetteer()
        numbers = np.where(self.words.size > 0, place_numbers(self.keys), -1)
        first, last = np.searchsorted(names, numbers, "left"), np.searchsorted(names, numbers, "right")
        self.known[:] = last > first
        for text in np.flatnonzero(self.known).tolist():
            self.places[text] = frozenset(place[first[text] : last[text]].tolist())


def place_texts(columns: Columns, field: Field) -> PlaceTexts:
    """The texts of a field, worked out once for each list."""
    key = f"places {field}"
    if key not in columns.derived:
        columns.derived[key] = PlaceTexts(columns, field)
    found = columns.derived[key]
    assert isinstance(found, PlaceTexts)
    return found


def place_levels(pairs: Pairs, field: Field) -> Ints:
    """Level numbers (of `LEVELS`) for each pair of rows; each distinct pair of texts is compared once."""
    a, b = pairs.left.texts[field][pairs.i], pairs.right.texts[field][pairs.j]
    both = (a >= 0) & (b >= 0)
    out = np.zeros(len(pairs), np.int64)
    if not both.any():
        return out
    mine, theirs = place_texts(pairs.left, field), place_texts(pairs.right, field)
    width = max(1, len(pairs.right.text))
    distinct, back = np.unique(a[both].astype(np.int64) * width + b[both], return_inverse=True)
    one, other = distinct // width, distinct % width
    level = np.full(len(distinct), 6, np.int64)
    near = np.flatnonzero(marks_apart(mine.words.marks[one], theirs.words.marks[other]) <= MARKS_APART)
    rare = theirs.rarity[other[near]]
    bits = log2_spelling_pairs(mine.words, theirs.words, one[near], other[near], worst=rare + PARTLY - 0.01) - rare
    level[near[bits >= PARTLY]] = 5
    level[near[bits >= ALIKE]] = 4
    known = np.flatnonzero(mine.known[one] & theirs.known[other])
    shared = [bool(mine.places[x] & theirs.places[y]) for x, y in zip(one[known].tolist(), other[known].tolist(), strict=True)]
    level[known[np.array(shared, bool)]] = 3
    same = [mine.keys[x] == theirs.keys[y] for x, y in zip(one.tolist(), other.tolist(), strict=True)]
    level[np.array(same, bool)] = 1
    level[(level <= 4) & (mine.common[one] | theirs.common[other])] = 2
    out[both] = level[back]
    return out
