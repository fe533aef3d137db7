"""What surname, given names and patronymic share: from raw bits to a level that a sentence can name."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

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


def same_words(pairs: Pairs, a: Ints, b: Ints) -> npt.NDArray[np.bool_]:
    """Whether the words of the left list with numbers `a` are the words of the right list with numbers `b`."""
    if pairs.left is pairs.right:
        return np.asarray(a == b)
    place = {word: number for number, word in enumerate(pairs.right.words.text)}
    in_right = np.array([place.get(word, -2) for word in pairs.left.words.text] + [-2])
    return np.asarray(in_right[a] == b)


def judge_part(pairs: Pairs, role: str) -> Judged:
    a, b = word_pair(pairs, role)
    raw = pairs.raw[role]
    there = (a >= 0) & (b >= 0)
    initial = there & ((pairs.left.words.length[a] <= 1) | (pairs.right.words.length[b] <= 1))
    same = there & same_words(pairs, a, b)
    level = levels_of(
        len(pairs), (1, initial), (2, same), (3, there & (raw >= ALIKE)), (4, there & (raw >= PARTLY)), (5, there)
    )
    return Judged(level, np.where(there, raw, 0.0), pairs.rarity[role])
