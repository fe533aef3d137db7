"""The unit: written in many ways, so only agreement says much. Numbers in it count most (“36 окрема бригада”, “36th Brigade”)."""

from __future__ import annotations

import re

import numpy as np

from homeward.matching.evidence.base import Judged, Kind, Pairs
from homeward.people.person import Field

_NUMBER = re.compile("[0-9]+")


def _judge(pairs: Pairs) -> Judged:
    a, b = pairs.left.texts[Field.UNIT][pairs.i], pairs.right.texts[Field.UNIT][pairs.j]
    level = np.zeros(len(pairs), np.int64)
    for k in np.flatnonzero((a >= 0) & (b >= 0)):
        one, other = pairs.left.text[a[k]], pairs.right.text[b[k]]
        if one == other:
            level[k] = 1
            continue
        mine, theirs = set(_NUMBER.findall(one)), set(_NUMBER.findall(other))
        if mine and theirs:
            level[k] = 2 if mine & theirs else 4
        else:
            level[k] = 3 if set(one.split()) & set(other.split()) else 4
    return Judged(level)


KIND = Kind(
    "unit",
    ("missing", "same", "same_number", "common_word", "different"),
    _judge,
    {
        "same": ("Unit: written the same", "Підрозділ: написано однаково"),
        "same_number": ("Unit: the same number", "Підрозділ: той самий номер"),
        "common_word": ("Unit: words in common", "Підрозділ: є спільні слова"),
        "different": ("Unit: different", "Підрозділ: різний"),
    },
)
