"""Which pairs are worth comparing: records that share a key (`homeward.matching.keys`), by any of several kinds of key.

A key that would make too many pairs is left to the more specific ones (with a date or a patronymic), so a million equal names
never meet each other. Pairs come in chunks of left rows: memory depends on the chunk, not on how many
pairs there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from homeward.matching import memory
from homeward.matching.columns import Columns
from homeward.matching.keys import KINDS, Keys, Kind, Rows, keys, most_pairs

#: About this many pairs, counted once for each key they share, make one chunk.
CHUNK = 2_000_000


@dataclass(frozen=True, slots=True)
class _Met:
    """One kind of key: for each left row with a key (in order of rows), where its bucket of right rows begins and how long."""

    row: npt.NDArray[np.int32]
    start: npt.NDArray[np.int32]
    count: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]

    def on_disk(self) -> _Met:
        """The same, in files."""
        return _Met(*(memory.on_disk([part]) for part in (self.row, self.start, self.count, self.right)))

    def pairs(self, first: int, last: int, width: int) -> Rows:
        """The pairs of the left rows from `first` up to `last` as left * width + right."""
        low, high = np.searchsorted(self.row, (first, last))
        count = self.count[low:high].astype(np.int64)
        ends = np.cumsum(count)
        total = int(ends[-1]) if len(ends) else 0
        at = np.arange(total) + np.repeat(self.start[low:high] - (ends - count), count)
        return np.asarray(np.repeat(self.row[low:high].astype(np.int64) * width, count) + self.right[at])


def candidate_chunks(
    left: Columns, right: Columns, *, kinds: Sequence[Kind] = KINDS, chunk: int = CHUNK
) -> Iterator[tuple[int, Rows, Rows]]:
    """Pairs that share a key of one of the kinds, each once: (left rows looked at so far, left rows, right rows).

    In order of left row, then right row. When both are one list, a pair comes once, the earlier row on the left.
    """
    width = max(1, len(right))
    joined = []
    for kind, mine, theirs in zip(kinds, keys(left, kinds), keys(right, kinds), strict=True):
        met = _meet(mine, theirs, len(left), len(right), most_pairs(kind, len(right)))
        joined.append(met.on_disk() if memory.too_long(len(left) + len(right)) else met)
    weight = np.zeros(len(left), np.int64)
    for met in joined:
        weight += np.bincount(met.row, met.count, minlength=len(left)).astype(np.int64)
    reached = np.cumsum(weight)
    first = 0
    while first < len(left):
        before = int(reached[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(reached, before + chunk, "right")))
        pairs = np.sort(np.concatenate([met.pairs(first, last, width) for met in joined]))
        pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]]
        i, j = pairs // width, pairs % width
        if right is left:
            i, j = i[i < j], j[i < j]
        yield last, i, j
        first = last


def candidate_pairs(left: Columns, right: Columns) -> tuple[Rows, Rows]:
    """All of `candidate_chunks` at once."""
    nothing = np.zeros(0, np.int64)
    chunks = list(candidate_chunks(left, right))
    i, j = ([nothing, *(chunk[side] for chunk in chunks)] for side in (1, 2))
    return np.concatenate(i), np.concatenate(j)


def _meet(mine: list[tuple[Keys, Rows]], theirs: list[tuple[Keys, Rows]], left: int, right: int, largest: int) -> _Met:
    """Join the keys of two lists, skipping keys that would make more than `largest` pairs."""
    bits = row_bits(left, right)
    low = np.uint64((1 << int(bits)) - 1)
    packed_a, packed_b = packed(mine, bits), packed(theirs, bits)
    starts_a, key_a = _buckets(packed_a >> bits)
    starts_b, key_b = _buckets(packed_b >> bits)
    count_a = np.diff(np.append(starts_a, len(packed_a)))
    count_b = np.diff(np.append(starts_b, len(packed_b)))
    at = np.minimum(np.searchsorted(key_b, key_a), max(0, len(key_b) - 1))
    shared = np.flatnonzero(key_b[at] == key_a) if len(key_b) else np.zeros(0, np.int64)
    shared = shared[count_a[shared] * count_b[at[shared]] <= largest]
    size = count_a[shared]
    place = np.repeat(starts_a[shared] - (np.cumsum(size) - size), size) + np.arange(size.sum())
    row = (packed_a[place] & low).astype(np.int32)
    start, count = np.repeat(starts_b[at[shared]], size), np.repeat(count_b[at[shared]], size)
    order = np.argsort(row, kind="stable")
    found = (packed_b & low).astype(np.int32)
    return _Met(row[order], start[order].astype(np.int32), count[order].astype(np.int32), found)


def row_bits(left: int, right: int) -> np.uint64:
    """How many bits hold the row number of the longer of two lists."""
    return np.uint64(max(left, right, 2).bit_length())


def packed(pieces: list[tuple[Keys, Rows]], bits: np.uint64) -> Keys:
    """The keys of one kind, sorted, each with its row in the last `bits`, because one array sorts faster than two.

    Two keys that differ only in the bits lost make a needless candidate, which is compared and dropped.
    """
    whole = np.concatenate([(keys_of >> bits << bits) | rows.astype(np.uint64) for keys_of, rows in pieces])
    whole.sort()
    return np.asarray(whole[np.append(True, whole[1:] != whole[:-1])[: len(whole)]])


def _buckets(sorted_keys: Keys) -> tuple[Rows, Keys]:
    """Where each distinct key begins, and the keys."""
    starts = np.flatnonzero(np.append(True, sorted_keys[1:] != sorted_keys[:-1])[: len(sorted_keys)])
    return starts, sorted_keys[starts]
