"""Words whose consonant skeletons are equal, or equal but for one mark lost, added or exchanged.

>>> near = Neighbours.of_words(("щербаненко", "щерботенко", "shcherbotenko", "вигаданий"))
>>> sorted(near.of("щерботенко").tolist())
[0, 1, 2]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from homeward.matching.names.flat import Flat
from homeward.matching.names.skeleton import skeletons

Keys = npt.NDArray[np.uint64]

#: A skeleton is read to this length; so many of its marks may be the lost one.
LONGEST, LOSABLE = 16, 7
#: So many skeletons are numbered at once, which bounds memory.
_RUN = 100_000
#: The odd base of the polynomial that makes a number of a skeleton, and its inverse modulo 2 ** 64.
_BASE = 0x9E3779B97F4A7C15
_INVERSE = np.uint64(pow(_BASE, -1, 1 << 64))


@dataclass(frozen=True, slots=True)
class SkeletonNumbers:
    """Numbers of the skeletons of words: whole, without their k-th mark, and the first mark; how many marks there are."""

    whole: Keys
    lost: Keys
    first: Keys
    size: npt.NDArray[np.int64]

    @classmethod
    def of(cls, marks: Flat) -> SkeletonNumbers:
        """The numbers of some skeletons, and last those of an empty one."""
        runs = range(0, max(1, len(marks)), _RUN)
        parts = [cls._some(marks.only(start, min(start + _RUN, len(marks)))) for start in runs]
        parts.append(cls._some(Flat.of([""])))
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("whole", "lost", "first", "size")))

    @classmethod
    def _some(cls, marks: Flat) -> SkeletonNumbers:
        point = np.ascontiguousarray(marks.padded(LONGEST).T).astype(np.uint64)
        up_to = np.zeros((LONGEST + 1, len(marks)), np.uint64)
        power = np.uint64(1)
        with np.errstate(over="ignore"):
            for k in range(LONGEST):
                power = power * np.uint64(_BASE)
                np.multiply(point[k], power, out=up_to[k + 1])
                up_to[k + 1] += up_to[k]
            whole = up_to[-1]
            # Without its k-th mark, what stands behind it moves up by one place.
            lost = np.stack([up_to[k] + (whole - up_to[k + 1]) * _INVERSE for k in range(LOSABLE)], axis=1)
        return cls(whole.copy(), lost, point[0].copy(), marks.size)

    @property
    def lost_usable(self) -> npt.NDArray[np.bool_]:
        """Which of the lost marks there are; short skeletons may not lose any."""
        return np.asarray((self.size[:, None] >= 4) & (np.arange(LOSABLE) < self.size[:, None]))


@dataclass(frozen=True, slots=True)
class Neighbours:
    """An index of words by the numbers of their skeletons."""

    key: Keys
    word: npt.NDArray[np.int32]

    @classmethod
    def of_words(cls, text: Sequence[str]) -> Neighbours:
        key, word = _keys(text)
        order = np.argsort(key, kind="stable")
        return cls(key[order], word[order])

    def of(self, word: str) -> npt.NDArray[np.int64]:
        """The numbers of the words near a word, each once."""
        asked = np.unique(_keys((word,))[0])
        low, high = np.searchsorted(self.key, asked, "left"), np.searchsorted(self.key, asked, "right")
        parts = [self.word[a:b] for a, b in zip(low.tolist(), high.tolist(), strict=True)]
        return np.unique(np.concatenate(parts)).astype(np.int64)


def _keys(text: Sequence[str]) -> tuple[Keys, npt.NDArray[np.int32]]:
    """All keys of all words, whole and with a mark lost, each with the number of its word."""
    numbers = SkeletonNumbers.of(skeletons(text))  # One more than there are words, without any mark.
    row, k = np.nonzero(numbers.lost_usable)
    whole = np.flatnonzero(numbers.size > 0)
    return np.concatenate([numbers.whole[whole], numbers.lost[row, k]]), np.concatenate([whole, row]).astype(np.int32)
