"""Words or texts numbered as they come, and at last in alphabetical order.

>>> some = Vocabulary()
>>> some.words_of(["Коваль", "де Коваль", ""]).tolist()  # the first three words of each cell, and how many there are
[[0, -1, -1, 1], [1, 0, -1, 2], [-1, -1, -1, 0]]
>>> texts, place = some.in_order()
>>> texts, place.tolist()  # the last place is that of "none"
(['де', 'коваль'], [1, 0, -1])
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from homeward.matching.names.flat import alphabetical
from homeward.matching.names.folding import fold, in_lower_case, words

Numbers = npt.NDArray[np.int32]

#: How many words of one cell are read; a whole name in one cell has three.
READ = 3


class Vocabulary:
    """Distinct texts in the order in which they came."""

    def __init__(self) -> None:
        # A text that is looked up for the first time gets the next number.
        self._number: defaultdict[str, int] = defaultdict(itertools.count().__next__)

    def __len__(self) -> int:
        return len(self._number)

    def __getitem__(self, text: str) -> int:
        return self._number[text]

    def __iter__(self) -> Iterator[str]:
        return iter(self._number)

    def numbers(self, texts: Iterable[str], count: int) -> Numbers:
        """The numbers of so many texts."""
        return np.fromiter(map(self._number.__getitem__, texts), np.int32, count)

    def words_of(self, cells: Sequence[str]) -> Numbers:
        """For each cell the numbers of its first `READ` words, -1 where there is none, and how many words it has."""
        out = np.full((max(1, len(cells)), READ + 1), -1, np.int32)
        out[: len(cells), READ] = 0
        small, plain = in_lower_case(cells)
        here = np.flatnonzero(plain)
        out[here, 0], out[here, READ] = self.numbers(itertools.compress(small, plain.tolist()), len(here)), 1
        for row in np.flatnonzero(~plain).tolist():
            numbers = [self._number[word] for word in words(cells[row])]
            out[row, : min(READ, len(numbers))], out[row, READ] = numbers[:READ], len(numbers)
        return out

    def folded(self, cells: Sequence[str], *, spaces: bool = True) -> Numbers:
        """For each cell the number of the folded text, with or without spaces; -1 for one of which nothing is left."""
        small, plain = in_lower_case(cells)
        for row in np.flatnonzero(~plain).tolist():
            text = fold(cells[row])
            small[row] = text if spaces else text.replace(" ", "")
        there = np.fromiter(map(bool, small), bool, len(small))
        out = np.full(max(1, len(cells)), -1, np.int32)
        out[np.flatnonzero(there)] = self.numbers(filter(None, small), int(there.sum()))
        return out

    def in_order(self) -> tuple[list[str], Numbers]:
        """The texts in alphabetical order; for each number the place of its text there, and -1 at last for "none"."""
        texts = list(self._number)
        order = alphabetical(texts)
        place = np.full(len(texts) + 1, -1, np.int32)
        place[order] = np.arange(len(order))
        return list(map(texts.__getitem__, order.tolist())), place
