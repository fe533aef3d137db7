"""What every kind of evidence is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from homeward.matching.columns import Columns

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of rows of two lists, and the raw bits of the parts of the name in the best arrangement of the columns."""

    left: Columns
    right: Columns
    i: Ints
    j: Ints
    arrangement: Ints
    raw: Mapping[str, Floats]
    #: How rare the words of each part are, in bits.
    rarity: Mapping[str, Floats]
    #: For each word of the left list the number of the same word of the right list, -2 where there is none.
    in_right: Ints

    def __len__(self) -> int:
        return len(self.i)

    def only(self, which: npt.NDArray[np.bool_]) -> Pairs:
        """The pairs marked true."""
        raw = {role: bits[which] for role, bits in self.raw.items()}
        rarity = {role: bits[which] for role, bits in self.rarity.items()}
        return Pairs(self.left, self.right, self.i[which], self.j[which], self.arrangement[which], raw, rarity, self.in_right)


@dataclass(frozen=True, slots=True)
class Judged:
    """For each pair a level (number in the kind's `levels`; level 0 is always "nothing to compare").

    For parts of the name also the raw bits and how rare the words are, in bits.
    """

    level: Ints
    raw: Floats | None = None
    rarity: Floats | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of evidence. `sentences` has, for each level but the first, the text in English and in Ukrainian."""

    name: str
    levels: tuple[str, ...]
    judge: Callable[[Pairs], Judged]
    sentences: Mapping[str, tuple[str, str]]


def levels_of(count: int, *rules: tuple[int, npt.NDArray[np.bool_]]) -> Ints:
    """Level numbers for `count` pairs: the first rule that holds decides, 0 where none does.

    >>> levels_of(3, (2, np.array([True, False, False])), (1, np.array([True, True, False])))
    array([2, 1, 0])
    """
    out = np.zeros(count, np.int64)
    for level, holds in reversed(rules):
        out[holds] = level
    return out
