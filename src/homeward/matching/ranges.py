"""Comparing a long list run by run, each run of left rows on its own, with the numbers that comparing all at once would give.

What depends on a whole list is worked out once and goes along with every run: how common each word is (`LeftTables`), and which
keys are shared by so many records that they are left to more specific keys (`crowded_keys`). So runs may be compared in any
order, in one process or on many machines, and nothing in the result tells how many there were.

    tables, runs = cut(left, rows=50_000)
    index = RightIndex.of(right)
    first = [suspects(tables, run, index, len(runs)) for run in runs]              # pass 1, only where keys may be crowded
    suspected = together(first, index)
    counts = [counted(tables, run, suspected, index) for run in runs]              # pass 2
    crowded = crowded_keys(suspected, counts, index)
    found = [compare(tables, run, index, crowded, rule) for run in runs]           # pass 3: rows and bits
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from homeward.matching import compiled
from homeward.matching.columns import OF_ROWS, Columns
from homeward.matching.evidence.base import Floats, Ints
from homeward.matching.keys import KINDS, Keys, Kind, Rows, keys, most_pairs
from homeward.matching.names.comparison import Side, frequency, readings
from homeward.matching.scoring import BLOCK, Comparer
from homeward.matching.weights import Weights, weights
from homeward.people.person import Field

Numbers = npt.NDArray[np.int32]

#: So many pairs of one run are looked at together; it bounds the memory of a run.
_PAIRS = 4_000_000
_PLACES = (Field.BIRTH_PLACE, Field.CAPTURED_AT)
_ROLES = ("given", "patronymic")


@dataclass(frozen=True, slots=True)
class LeftTables:
    """What every run of a list needs of the whole: a list of the same words with no rows, and how long it is."""

    columns: Columns
    rows: int


@dataclass(frozen=True, slots=True)
class Rule:
    """How pairs are scored: the weights, the bits before looking, the least bits worth keeping; whether it is one list."""

    weights: Weights
    prior: float
    least: float
    one_list: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Some rows of a list, as arrays: the first row, and each column of `Columns` that has an entry for each person."""

    first: int
    names: dict[str, Ints]
    birth: Ints
    captured: Ints
    texts: dict[Field, Ints]
    rank: Ints
    sex: Ints

    def columns(self, tables: LeftTables) -> Columns:
        """The rows as a list of their own that knows the words of the whole."""
        return replace(
            tables.columns,
            ids=("",) * len(self.rank),
            names=self.names, birth=self.birth, captured=self.captured, texts=self.texts, rank=self.rank, sex=self.sex,
            derived=dict(tables.columns.derived),
        )  # fmt: skip


def cut(left: Columns, *, rows: int) -> tuple[LeftTables, list[Run]]:
    """A list as tables and runs of at most so many rows."""
    assert rows > 0, "a run has a row"
    # How common a word is depends on everybody, not on those of one run.
    frequency(left)
    for role in _ROLES:
        readings(left, role)
    # Comparing a row that names a place with itself has the tables of places worked out, which are kept with the list.
    for field in _PLACES:
        rows_there = np.flatnonzero(left.texts[field] >= 0)[:1]
        Comparer.of(left, left, weights()).score(rows_there, rows_there)
    # What is known of words and of texts holds for every run; what is known of rows is worked out anew from the words.
    known = {name: value for name, value in left.derived.items() if name not in OF_ROWS}
    runs = [_run(left, first, min(first + rows, len(left))) for first in range(0, len(left), rows)]
    nobody = _run(left, 0, 0)
    empty = replace(
        left, ids=(), names=nobody.names, birth=nobody.birth, captured=nobody.captured, texts=nobody.texts,
        rank=nobody.rank, sex=nobody.sex, derived=known,
    )  # fmt: skip
    return LeftTables(empty, len(left)), runs


def _run(left: Columns, first: int, last: int) -> Run:
    rows = slice(first, last)
    return Run(
        first,
        {role: column[rows] for role, column in left.names.items()},
        left.birth[rows],
        left.captured[rows],
        {field: column[rows] for field, column in left.texts.items()},
        left.rank[rows],
        left.sex[rows],
    )


@dataclass(frozen=True, slots=True)
class RightIndex:
    """The whole right list with its keys in order; built once, sent along with every run."""

    columns: Columns
    searched: tuple[Kind, ...]
    #: For each kind of key searched: the keys in order, and where the rows of each begin and end in `rows`.
    kinds: tuple[tuple[Keys, Numbers], ...]
    rows: Numbers

    @classmethod
    def of(cls, right: Columns, searched: Sequence[Kind] = KINDS) -> RightIndex:
        kinds, rows, before = [], [np.zeros(0, np.int32)], 0
        for pieces in keys(right, searched):
            key, row = _distinct(pieces)
            starts = np.flatnonzero(np.append(True, key[1:] != key[:-1])[: len(key)])
            assert before + len(row) < 2**31, "a place is a number of 32 bits"
            kinds.append((key[starts], (np.append(starts, len(key)) + before).astype(np.int32)))
            rows.append(row.astype(np.int32))
            before += len(row)
        frequency(right)
        return cls(right, tuple(searched), tuple(kinds), np.concatenate(rows))

    def buckets(self, kind: int, key: Keys) -> tuple[Rows, Rows]:
        """Where the right rows with each key begin and end in `rows`."""
        known, starts = self.kinds[kind]
        if not len(known):
            return np.zeros(len(key), np.int64), np.zeros(len(key), np.int64)
        at = np.minimum(np.searchsorted(known, key), len(known) - 1)
        begin = starts[at].astype(np.int64)
        return begin, np.where(known[at] == key, starts[at + 1], begin)

    def most_pairs(self, kind: int) -> int:
        """How many pairs one key may make."""
        return most_pairs(self.searched[kind], len(self.columns))

    def count(self, kind: int, key: Keys) -> Rows:
        """How many right rows have each key."""
        begin, end = self.buckets(kind, key)
        return end - begin


def _distinct(pieces: list[tuple[Keys, Rows]]) -> tuple[Keys, Rows]:
    """Each key with each of its rows, once, in order."""
    key = np.concatenate([np.zeros(0, np.uint64), *(part for part, _ in pieces)])
    row = np.concatenate([np.zeros(0, np.int64), *(part for _, part in pieces)])
    order = np.lexsort((row, key))
    key, row = key[order], row[order]
    fresh = np.append(True, (key[1:] != key[:-1]) | (row[1:] != row[:-1]))[: len(key)]
    return key[fresh], row[fresh]


#: For each kind of key, some keys in order.
KeysByKind = Sequence[Keys]


def suspects(tables: LeftTables, run: Run, index: RightIndex, runs: int) -> KeysByKind:
    """The keys that this run alone gives reason to think crowded: a key over the cap is over its share of it in some run."""
    found = []
    for kind, pieces in enumerate(keys(run.columns(tables), index.searched)):
        key, count = np.unique(_distinct(pieces)[0], return_counts=True)
        found.append(key[count * index.count(kind, key) * runs > index.most_pairs(kind)])
    return found


def together(found: Iterable[KeysByKind], index: RightIndex) -> KeysByKind:
    """The keys of all runs, each once."""
    return [np.unique(np.concatenate([np.zeros(0, np.uint64), *kind])) for kind in zip(*found, strict=True)] or [
        np.zeros(0, np.uint64) for _ in index.searched
    ]


def counted(tables: LeftTables, run: Run, suspected: KeysByKind, index: RightIndex) -> Sequence[Rows]:
    """How many rows of this run have each of the suspected keys."""
    found = []
    for pieces, wanted in zip(keys(run.columns(tables), index.searched), suspected, strict=True):
        key, count = np.unique(_distinct(pieces)[0], return_counts=True)
        at = np.minimum(np.searchsorted(key, wanted), max(0, len(key) - 1))
        found.append(np.where(key[at] == wanted, count[at], 0) if len(key) else np.zeros(len(wanted), np.int64))
    return found


def crowded_keys(suspected: KeysByKind, counts: Sequence[Sequence[Rows]], index: RightIndex) -> KeysByKind:
    """The suspected keys that make more pairs, over all runs, than one key may."""
    crowded = []
    for kind, key in enumerate(suspected):
        whole = sum((count[kind] for count in counts), np.zeros(len(key), np.int64))
        crowded.append(key[whole * index.count(kind, key) > index.most_pairs(kind)])
    return crowded


def compare(tables: LeftTables, run: Run, index: RightIndex, crowded: KeysByKind, rule: Rule) -> tuple[Ints, Ints, Floats]:
    """The pairs of a run with the least bits or more, before competition: left rows of the whole list, right rows, bits.

    Where numba is installed and the lists are worth it, compiled loops drop hopeless pairs first; the pairs are the same.
    """
    left = run.columns(tables)
    mine = Side(left)
    kept = _kept(tables, index)
    comparer = Comparer(mine, kept.right, rule.weights, rule.prior)
    if kept.in_right is None:
        kept.in_right = comparer.in_right
    comparer.__dict__["in_right"] = kept.in_right
    met = [_meet(kind, pieces, index, crowded[kind]) for kind, pieces in enumerate(keys(left, index.searched))]
    survivors = _sieve() if tables.rows + len(index.columns) >= compiled.WORTH_LOADING else None
    chunks: Iterable[tuple[Ints, Ints]]
    if survivors is None:
        chunks = _candidates(met, len(left), index)
    else:
        found_by = survivors(comparer, rule.least, join=_joined(met, len(left), index), kept=kept.sieve, workers=1)
        chunks = ((i, j) for _, i, j in found_by)
    found: list[tuple[Ints, Ints, Floats]] = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))]
    for every_i, every_j in chunks:
        wanted = every_i + run.first < every_j if rule.one_list else np.ones(len(every_i), bool)
        i, j = every_i[wanted], every_j[wanted]
        for start in range(0, len(i), BLOCK):
            block = comparer.score(i[start : start + BLOCK], j[start : start + BLOCK], hopeless=rule.least)
            found.append((block.i + run.first, block.j, block.total()))
    i, j, bits = (np.concatenate(part) for part in zip(*found, strict=True))
    return i, j, bits


@dataclass(slots=True)
class _Kept:
    """What is the same for all runs of one list against another, worked out once in each process."""

    index: RightIndex
    right: Side
    in_right: Ints | None
    sieve: dict[str, Any]

    def __reduce__(self) -> tuple[type[None], tuple[()]]:
        # It stays in its process; another one works it out anew.
        return type(None), ()


def _kept(tables: LeftTables, index: RightIndex) -> _Kept:
    kept = tables.columns.derived.get("runs")
    if not isinstance(kept, _Kept) or kept.index is not index:
        kept = _Kept(index, Side(index.columns), None, {})
        tables.columns.derived["runs"] = kept
    return kept


def _sieve() -> Callable[..., Iterator[tuple[int, Ints, Ints]]] | None:
    """The compiled sieve, or None on a machine without numba, or where numba finds no folder for what it compiles."""
    if not compiled.installed():
        return None
    try:
        from homeward.matching.compiled.sieve import survivors  # noqa: PLC0415 - needs numba, which is optional.
    except (ImportError, RuntimeError):
        return None
    return survivors


#: For one kind of key: left rows in order, and where the right rows that each meets begin and end.
_Met = tuple[Rows, Rows, Rows]


def _meet(kind: int, pieces: list[tuple[Keys, Rows]], index: RightIndex, crowded: Keys) -> _Met:
    key, row = _distinct(pieces)
    begin, end = index.buckets(kind, key)
    open_ = np.flatnonzero(~np.isin(key, crowded) & (end > begin))
    order = open_[np.argsort(row[open_], kind="stable")]
    return row[order], begin[order], end[order]


def _joined(met: Sequence[_Met], rows: int, index: RightIndex) -> Any:
    """The same as the compiled sieve reads it."""
    from homeward.matching.compiled.joining import Met  # noqa: PLC0415 - needs numba, which is optional.

    first, before = [], 0
    for row, _, _ in met:
        first.append(before + np.append(0, np.cumsum(np.bincount(row, minlength=rows))))
        before += len(row)
    begin, end = (np.concatenate([one[side] for one in met]).astype(np.int32) for side in (1, 2))
    return Met(np.stack(first).astype(np.int32), begin, end, index.rows)


def _candidates(met: Sequence[_Met], rows: int, index: RightIndex) -> list[tuple[Ints, Ints]]:
    """Pairs that share a key which is not crowded, each once, in order of left row, then right row, some rows at a time."""
    weight = np.zeros(rows, np.int64)
    for row, begin, end in met:
        weight += np.bincount(row, end - begin, minlength=rows).astype(np.int64)
    reached, width, first, chunks = np.cumsum(weight), max(1, len(index.columns)), 0, []
    while first < rows:
        before = int(reached[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(reached, before + _PAIRS, "right")))
        pairs = [np.zeros(0, np.int64)]
        for row, begin, end in met:
            low, high = np.searchsorted(row, (first, last))
            count = (end - begin)[low:high]
            offset = np.cumsum(count) - count
            place = np.arange(int(count.sum())) + np.repeat(begin[low:high] - offset, count)
            pairs.append(np.repeat(row[low:high] * width, count) + index.rows[place])
        every = np.unique(np.concatenate(pairs))
        chunks.append((every // width, every % width))
        first = last
    return chunks
