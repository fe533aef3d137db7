"""Joining the sorted keys of two lists, compiled: which buckets of right rows each left row meets.

Does what `candidates` does with arrays, one pass over both lists. Import this module only where numba is installed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from mmap import mmap
from tempfile import TemporaryFile
from typing import Any, NamedTuple, TypeVar

import numba
import numpy as np

_Function = TypeVar("_Function", bound=Callable[..., Any])

_OPTIONS: dict[str, Any] = {"cache": True, "nogil": True}
compiled: Callable[[_Function], _Function] = numba.njit(**_OPTIONS)


class Met(NamedTuple):
    """Left row i meets by kind k the buckets `first[k, i]` up to `first[k, i + 1]`; each is `right[begin:end]`."""

    first: Any
    begin: Any
    end: Any
    right: Any

    @classmethod
    def of(cls, joined: list[tuple[Any, Any, Any, Any]]) -> Met:
        """Several kinds, one behind the other; `joined` is used up."""
        parts = [list(part) for part in zip(*joined, strict=True)]
        joined.clear()
        slots, rows = 0, 0
        for first, begin, end, right in zip(*parts, strict=True):
            for numbers, before in ((first, slots), (begin, rows), (end, rows)):
                np.add(numbers, before, out=numbers)
            slots, rows = slots + len(begin), rows + len(right)
        assert max(slots, rows) < 2**31, "a place is a number of 32 bits"
        # One field after the other, and its pieces are given up before the next.
        first = np.stack(parts.pop(0))
        begin, end, right = (np.concatenate(parts.pop(0)) for _ in range(3))
        return cls(first, begin, end, right)

    @classmethod
    def on_disk(cls, joined: Iterable[tuple[Any, Any, Any, Any]]) -> Met:
        """The same in files without a name, taken one kind after the other; what is not in use gives its memory back."""
        slots = rows = kinds = 0
        with ExitStack() as stack:
            files = [stack.enter_context(TemporaryFile(prefix="homeward-")) for _ in cls._fields]
            for first, begin, end, right in joined:
                for file, part in zip(files, (first + slots, begin + rows, end + rows, right), strict=True):
                    part.astype(np.int32, copy=False).tofile(file)
                slots, rows, kinds = slots + len(begin), rows + len(right), kinds + 1
                assert max(slots, rows) < 2**31, "a place is a number of 32 bits"
            first, begin, end, right = (_mapped(file) for file in files)
        return cls(first.reshape(kinds, -1), begin, end, right)


def _mapped(file: Any) -> Any:
    """The numbers in a file, read when they are looked at. Closing the file leaves them there."""
    file.flush()
    if not file.tell():
        return np.zeros(0, np.int32)
    return np.frombuffer(mmap(file.fileno(), 0), np.int32)


@compiled
def join(packed_a: Any, packed_b: Any, bits: int, rows: int, largest: int) -> Any:
    """The arrays of a `Met` for sorted keys with the row in their last `bits`; buckets of over `largest` pairs are left out.

    Right rows of no bucket that is met are left out as well.
    """
    shift = np.uint64(bits)
    low = (np.uint64(1) << shift) - np.uint64(1)
    row: Any = 0
    first = np.zeros(rows + 1, np.int32)
    begin, end, right = np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.int32)
    for fill in range(2):
        a = b = taken = 0
        while a < len(packed_a) and b < len(packed_b):
            key, other = packed_a[a] >> shift, packed_b[b] >> shift
            if key < other:
                a += 1
                continue
            if key > other:
                b += 1
                continue
            after_a, after_b = a, b
            while after_a < len(packed_a) and packed_a[after_a] >> shift == key:
                after_a += 1
            while after_b < len(packed_b) and packed_b[after_b] >> shift == key:
                after_b += 1
            if (after_a - a) * (after_b - b) <= largest:
                for k in range(a, after_a):
                    row = np.int64(packed_a[k] & low)
                    if fill:
                        begin[first[row]], end[first[row]] = taken, taken + after_b - b
                    first[row + (0 if fill else 1)] += 1
                if fill:
                    for k in range(b, after_b):
                        right[taken + k - b] = packed_b[k] & low
                taken += after_b - b
            a, b = after_a, after_b
        if not fill:
            for row in range(rows):
                first[row + 1] += first[row]
            begin, end, right = np.empty(first[rows], np.int32), np.empty(first[rows], np.int32), np.empty(taken, np.int32)
    # Filling moved each beginning to the next row's; move them back.
    for row in range(rows, 0, -1):
        first[row] = first[row - 1]
    first[0] = 0
    return first, begin, end, right


def met(packed_a: Any, packed_b: Any, bits: int, rows: int, largest: int) -> tuple[Any, Any, Any, Any]:
    """One kind of key: the parts of a `Met`, from keys as `candidates.packed` makes them."""
    first, begin, end, right = join(packed_a, packed_b, bits, rows, largest)
    return first, begin, end, right
