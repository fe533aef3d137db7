"""The army, personal or serial number: strong when it agrees, moderately against when it does not (numbers are misread)."""

from __future__ import annotations

import numpy as np

from homeward.matching.evidence.base import Judged, Kind, Pairs, levels_of
from homeward.people.person import Field

LEVELS = ("missing", "same", "one_sign", "different")


def _one_sign_apart(a: str, b: str) -> bool:
    """Whether one replaced, lost or extra sign, or two neighbours exchanged, makes one number of the other."""
    if len(a) == len(b):
        apart = [k for k in range(len(a)) if a[k] != b[k]]
        turned = len(apart) == 2 and apart[1] == apart[0] + 1 and a[apart[0]] == b[apart[1]] and a[apart[1]] == b[apart[0]]
        return len(apart) == 1 or turned
    short, long = sorted((a, b), key=len)
    return len(long) == len(short) + 1 and any(long[:k] + long[k + 1 :] == short for k in range(len(long)))


def _judge(pairs: Pairs) -> Judged:
    a, b = pairs.left.texts[Field.SERVICE_NUMBER][pairs.i], pairs.right.texts[Field.SERVICE_NUMBER][pairs.j]
    level = np.zeros(len(pairs), np.int64)
    for k in np.flatnonzero((a >= 0) & (b >= 0)):
        one, other = pairs.left.text[a[k]], pairs.right.text[b[k]]
        level[k] = 1 if one == other else 2 if len(one) >= 4 and _one_sign_apart(one, other) else 3
    return Judged(levels_of(len(pairs), *((number, level == number) for number in (1, 2, 3))))


KIND = Kind(
    "service_number",
    LEVELS,
    _judge,
    {
        "same": ("Service number: the same", "Особистий номер: однаковий"),
        "one_sign": ("Service number: one sign differs", "Особистий номер: відрізняється один знак"),
        "different": ("Service number: different", "Особистий номер: різний"),
    },
)
