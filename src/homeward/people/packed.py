"""Many short texts in little memory: one run of bytes, and where each text ends.

>>> ids = PackedTexts.of(["r2", "", "ua-7"])
>>> len(ids), ids[2], ids[-1], list(ids)
(3, 'ua-7', 'ua-7', ['r2', '', 'ua-7'])
>>> list(ids.only(np.array([2, 0])))
['ua-7', 'r2']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import overload

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
#: So many texts are unpacked at once.
_BLOCK = 100_000


class PackedTexts(Sequence[str]):
    """A sequence of texts that cannot be changed."""

    def __init__(self, data: bytes, ends: Ints) -> None:
        self._data, self._ends = data, ends

    @classmethod
    def of(cls, texts: Iterable[str]) -> PackedTexts:
        source, parts = iter(texts), [cls(b"", np.zeros(0, np.int64))]
        while data := [text.encode("utf-8", "surrogatepass") for text in islice(source, _BLOCK)]:
            parts.append(cls(b"".join(data), np.cumsum(np.fromiter(map(len, data), np.int64, len(data)))))
        return cls.joined(parts) if len(parts) != 2 else parts[1]

    @classmethod
    def joined(cls, parts: Sequence[PackedTexts]) -> PackedTexts:
        """Several sequences, one behind the other."""
        before = np.cumsum([0, *(len(part._data) for part in parts)])
        ends = [part._ends + start for part, start in zip(parts, before[:-1], strict=True)]
        return cls(b"".join(part._data for part in parts), np.concatenate([np.zeros(0, np.int64), *ends]))

    def only(self, rows: Ints) -> PackedTexts:
        """The texts of these places."""
        return PackedTexts.joined([PackedTexts.of(map(self._at, some.tolist())) for some in _cut(rows)])

    @property
    def empty(self) -> Ints:
        """The places of empty texts."""
        return np.flatnonzero(np.diff(self._ends, prepend=0) == 0)

    def repeated(self) -> Ints:
        """The places of texts that stood before."""
        # The hash only says where to look: whether two texts are equal, they say themselves.
        hashed = np.fromiter(map(hash, self), np.int64, len(self))
        order = np.argsort(hashed, kind="stable")
        same = hashed[order][1:] == hashed[order][:-1]
        doubtful = np.sort(order[np.append(same, False) | np.append(False, same)]) if len(same) else np.zeros(0, np.int64)
        seen: set[str] = set()
        found = []
        for row in doubtful.tolist():
            text = self._at(row)
            if text in seen:
                found.append(row)
            seen.add(text)
        return np.array(found, np.int64)

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(map(self._at, some.tolist()) for some in _cut(np.arange(len(self))))

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> PackedTexts: ...
    def __getitem__(self, index: int | slice) -> str | PackedTexts:
        rows = range(len(self))[index]
        return self._at(rows) if isinstance(rows, int) else self.only(np.array(rows, np.int64))

    def _at(self, row: int) -> str:
        start = int(self._ends[row - 1]) if row else 0
        return self._data[start : self._ends[row]].decode("utf-8", "surrogatepass")


def _cut(rows: Ints) -> list[Ints]:
    return [rows[start : start + _BLOCK] for start in range(0, len(rows), _BLOCK)]
