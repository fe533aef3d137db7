"""What surname, given names and patronymic share: from raw bits to a level that a sentence can name."""

from __future__ import annotations

import numpy as np

from homeward.matching.evidence.base import Ints, Judged, Pairs, levels_of
from homeward.matching.names.comparison import ARRANGEMENTS

LEVELS = ("missing", "initial", "same", "alike", "unlike", "different")
#: Raw bits above which two words are spellings of one name, and above which they may be; below, the curves take bits away.
ALIKE, PARTLY = -4.0, -8.0
_PARTS = ("surname", "given", "patronymic")


def word_pair(pairs: Pairs, role: str) -> tuple[Ints, Ints]:
    """The first words that stand for `role` on the left and, in the pair's arrangement, on the right; -1 where there is none."""
    a = pairs.left.names[role][pairs.i, 0]
    if role not in _PARTS:
        return a, pairs.right.names[role][pairs.j, 0]
    order = np.array(list(ARRANGEMENTS.values()))[pairs.arrangement, _PARTS.index(role)]
    columns = np.stack([pairs.right.names[part][:, 0] for part in _PARTS])
    return a, columns[order, pairs.j]


def judge_part(pairs: Pairs, role: str) -> Judged:
    a, b = word_pair(pairs, role)
    raw = pairs.raw[role]
    there = (a >= 0) & (b >= 0)
    initial = there & ((pairs.left.words.length[a] <= 1) | (pairs.right.words.length[b] <= 1))
    same = there & (pairs.in_right[a] == b)
    level = levels_of(
        len(pairs), (1, initial), (2, same), (3, there & (raw >= ALIKE)), (4, there & (raw >= PARTLY)), (5, there)
    )
    return Judged(level, np.where(there, raw, 0.0), pairs.rarity[role])
