"""Many texts as one run of code points: what is asked of each letter of each text is then asked of all of them at once.

>>> some = Flat.of(["коваль", "", "ab"])
>>> some.size.tolist(), "".join(map(chr, some.point.tolist()))
([6, 0, 2], 'коваль\\n\\nab\\n')
>>> some.padded(3).tolist()
[[1082, 1086, 1074], [0, 0, 0], [97, 98, 0]]
>>> alphabetical(["b", "ab", "а", "a"]).tolist()
[3, 1, 0, 2]
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

#: Code points that have no entry of their own in tables are looked up as this one.
BEYOND = 0x700
#: Texts are put in order by so many numbers of 64 bits each at most.
_NUMBERS = 6
#: So many texts are worked on at once, so that the processor has them near.
_RUN = 20_000


class Flat:
    """The code points of texts, each text with a line break after it, and where these line breaks stand."""

    def __init__(self, point: npt.NDArray[Any], end: Ints) -> None:
        self.point, self.end = point, end

    @classmethod
    def of(cls, texts: Sequence[str]) -> Flat:
        """From texts, which may hold anything, line breaks too."""
        point = np.frombuffer("\n".join([*texts, ""]).encode("utf-32-le", "surrogatepass"), np.uint32)
        end = np.flatnonzero(point == ord("\n"))
        if len(end) != len(texts):
            end = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1) - 1
        return cls(point, end)

    @classmethod
    def joined(cls, parts: Sequence[Flat]) -> Flat:
        """Several runs, one behind the other; there is at least one."""
        if len(parts) == 1:
            return parts[0]
        before = np.cumsum([0, *(len(part.point) for part in parts)])[:-1]
        ends = [part.end + first for part, first in zip(parts, before.tolist(), strict=True)]
        return cls(np.concatenate([part.point for part in parts]), np.concatenate(ends))

    def only(self, first: int, last: int) -> Flat:
        """The texts from `first` up to `last`."""
        begins = int(self.end[first - 1]) + 1 if first else 0
        return Flat(self.point[begins : int(self.end[last - 1]) + 1 if last else 0], self.end[first:last] - begins)

    def texts(self) -> list[str]:
        """The texts; none may hold a line break."""
        return self.point.astype(np.uint32).tobytes().decode("utf-32-le", "surrogatepass").split("\n")[:-1]

    def __len__(self) -> int:
        return len(self.end)

    @cached_property
    def start(self) -> Ints:
        """Where each text begins."""
        return np.append(0, self.end + 1)[:-1]

    @cached_property
    def size(self) -> Ints:
        """How many letters each text has."""
        return self.end - self.start

    @cached_property
    def place(self) -> npt.NDArray[np.int32]:
        """For each code point its place in its text, from 0."""
        return np.arange(len(self.point), dtype=np.int32) - np.repeat(self.start.astype(np.int32), self.size + 1)

    def known(self, table: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """What a table of `BEYOND` + 1 entries says of each code point."""
        return np.asarray(table[np.minimum(self.point, BEYOND)])

    def each(self, how: np.ufunc, numbers: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """The numbers of all code points of each text, and of the line break after it, taken together."""
        return np.asarray(how.reduceat(numbers, self.start)) if len(self) else numbers[:0]

    def padded(self, width: int, numbers: npt.NDArray[Any] | None = None) -> npt.NDArray[Any]:
        """The numbers (else the code points) of the first letters of each text, and 0 after the last: (texts, width)."""
        numbers = self.point if numbers is None else numbers
        out = np.zeros((len(self), width), numbers.dtype)
        inside = np.flatnonzero(self.place < np.repeat(np.minimum(self.size, width), self.size + 1))
        row = np.repeat(np.arange(len(self)) * width, np.minimum(self.size, width))
        out.ravel()[row + self.place[inside]] = numbers[inside]
        return out


def alphabetical(texts: Sequence[str]) -> Ints:
    """The numbers of distinct texts in the order in which `sorted` puts them."""
    flat = Flat.of(texts)
    there = np.zeros(int(flat.point.max(initial=ord("\n"))) + 1, bool)
    there[flat.point] = True
    there[ord("\n")] = False
    rank = np.cumsum(there).astype(np.uint64)
    rank[ord("\n")] = 0
    # As many letters as there is room for make one number; shorter texts are filled up with 0.
    bits = int(rank.max(initial=1)).bit_length()
    together = 64 // bits
    longest = int(flat.size.max(initial=0))
    if longest > _NUMBERS * together or np.count_nonzero(flat.point == ord("\n")) > len(flat):
        return np.array(sorted(range(len(texts)), key=texts.__getitem__), np.int64)
    numbers = np.zeros((max(1, -(-longest // together)), len(flat)), np.uint64)
    shift = (bits * (together - 1 - np.arange(longest + 1) % together)).astype(np.uint64)
    for first in range(0, len(flat), _RUN):
        some = flat.only(first, min(first + _RUN, len(flat)))
        value = rank[some.point]
        value <<= shift[some.place]
        count = np.maximum(1, -(-some.size // together))
        which = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        row = np.repeat(np.arange(first, first + len(some)), count)
        numbers[which, row] = np.bitwise_or.reduceat(value, np.repeat(some.start, count) + which * together)
    return np.lexsort(numbers[::-1])
