"""Comparing names of places: the same text, two names of one place, two spellings of one name, or another place.

Places have old and new names and names in several languages (Катеринослав, Дніпро). A gazetteer made from GeoNames
(geonames.org, CC BY 4.0; `bench/matching/learn_places.py`) knows which written names mean one place; the spelling model
judges what it does not know.

>>> shared_place("катеринослав", "dnipropetrovsk"), shared_place("харків", "полтава")
(True, False)
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from homeward.matching.columns import Columns
from homeward.matching.evidence.base import Ints, Pairs
from homeward.matching.names.background import log2_letters
from homeward.matching.names.folding import words
from homeward.matching.names.letters import Words
from homeward.matching.names.spelling import log2_spelling_pairs
from homeward.people.person import Field

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


class _Texts:
    """The texts of one field of one list: keys, codes for the spelling model, places, how common, how rarely so spelled."""

    def __init__(self, columns: Columns, field: Field) -> None:
        column = columns.texts[field]
        count = np.bincount(column[column >= 0], minlength=len(columns.text))
        used = count > 0
        keys = [place_key(text) if use else "" for text, use in zip(columns.text, used, strict=True)]
        self.keys = np.array([*keys, ""])
        self.words = Words.of(keys)
        self.rarity = np.where(used, log2_letters(self.words, "surname"), 0.0)
        self.common = count > np.maximum(2.0, COMMON * (column >= 0).sum())
        self.places = [places_of(key) if key else frozenset[int]() for key in keys]


def _texts(columns: Columns, field: Field) -> _Texts:
    key = f"places {field}"
    if key not in columns.derived:
        columns.derived[key] = _Texts(columns, field)
    found = columns.derived[key]
    assert isinstance(found, _Texts)
    return found


def place_levels(pairs: Pairs, field: Field) -> Ints:
    """Level numbers (of `LEVELS`) for each pair of rows; each distinct pair of texts is compared once."""
    a, b = pairs.left.texts[field][pairs.i], pairs.right.texts[field][pairs.j]
    both = (a >= 0) & (b >= 0)
    out = np.zeros(len(pairs), np.int64)
    if not both.any():
        return out
    mine, theirs = _texts(pairs.left, field), _texts(pairs.right, field)
    width = max(1, len(pairs.right.text))
    distinct, back = np.unique(a[both] * width + b[both], return_inverse=True)
    one, other = distinct // width, distinct % width
    rare = theirs.rarity[other]
    bits = log2_spelling_pairs(mine.words, theirs.words, one, other, worst=rare + PARTLY - 0.01) - rare
    level = np.full(len(distinct), 6, np.int64)
    level[bits >= PARTLY] = 5
    level[bits >= ALIKE] = 4
    level[np.array([bool(mine.places[x] & theirs.places[y]) for x, y in zip(one, other, strict=True)], bool)] = 3
    level[mine.keys[one] == theirs.keys[other]] = 1
    level[(level <= 4) & (mine.common[one] | theirs.common[other])] = 2
    out[both] = level[back]
    return out
