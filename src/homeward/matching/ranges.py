"""Comparing a long list run by run, each run of left rows on its own, with the numbers that comparing all at once would give.

What depends on a whole list is worked out once and goes along with every run: how common each word is (`LeftTables`), and which
keys are shared by so many records that they are left to more specific keys (`crowded_keys`). So runs may be compared in any
order, in one process or on many machines, and nothing in the result tells how many there were.

    tables, runs = cut(left, rows=50_000)
    index = RightIndex.of(right)
    first = [suspects(tables, run, index, len(runs)) for run in runs]              # pass 1, only where keys may be crowded
    counts = [counted(tables, run, together(first)) for run in runs]               # pass 2
    crowded = crowded_keys(together(first), counts, index)
    found = [compare(tables, run, index, crowded, rule) for run in runs]           # pass 3: rows and bits
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from homeward.matching.columns import Columns
from homeward.matching.evidence.base import Floats, Ints
from homeward.matching.keys import KINDS as KEY_KINDS
from homeward.matching.keys import Keys, Rows, keys, most_pairs
from homeward.matching.names.comparison import Side, readings
from homeward.matching.scoring import BLOCK, Comparer
from homeward.matching.weights import Weights, weights
from homeward.people.person import Field

#: So many pairs of one run are looked at together; it bounds the memory of a run.
_PAIRS = 4_000_000
_PLACES = (Field.BIRTH_PLACE, Field.CAPTURED_AT)
_ROLES = ("given", "patronymic")


@dataclass(frozen=True, slots=True)
class LeftTables:
    """What every run of a list needs of the whole: a list of the same words with no rows, how common the words are, how long."""

    columns: Columns
    frequency: dict[str, Floats]
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
    side = Side(left)
    for role in _ROLES:
        readings(left, role)
    # Comparing a row that names a place with itself has the tables of places worked out, which are kept with the list.
    for field in _PLACES:
        rows_there = np.flatnonzero(left.texts[field] >= 0)[:1]
        Comparer.of(left, left, weights()).score(rows_there, rows_there)
    # What is known of words and of texts holds for every run; what is known of rows is worked out anew from the words.
    known = {name: value for name, value in left.derived.items() if name != "suspicious"}
    runs = [_run(left, first, min(first + rows, len(left))) for first in range(0, len(left), rows)]
    nobody = _run(left, 0, 0)
    empty = replace(
        left, ids=(), names=nobody.names, birth=nobody.birth, captured=nobody.captured, texts=nobody.texts,
        rank=nobody.rank, sex=nobody.sex, derived=known,
    )  # fmt: skip
    return LeftTables(empty, side.frequency, len(left)), runs


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
    #: For each kind of key: the keys in order, where the rows of each begin and end, and the rows.
    kinds: tuple[tuple[Keys, Rows, Rows], ...]

    @classmethod
    def of(cls, right: Columns) -> RightIndex:
        kinds = []
        for pieces in keys(right):
            key, row = _distinct(pieces)
            starts = np.flatnonzero(np.append(True, key[1:] != key[:-1])[: len(key)])
            kinds.append((key[starts], np.append(starts, len(key)), row))
        return cls(right, tuple(kinds))

    def count(self, kind: int, key: Keys) -> Rows:
        """How many right rows have each key."""
        known, starts, _ = self.kinds[kind]
        at = np.searchsorted(known, key)
        at = np.minimum(at, max(0, len(known) - 1))
        there = known[at] == key if len(known) else np.zeros(len(key), bool)
        return np.where(there, (starts[at + 1] - starts[at]) if len(known) else 0, 0)


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
    for kind, pieces in enumerate(keys(run.columns(tables))):
        key, count = np.unique(_distinct(pieces)[0], return_counts=True)
        found.append(key[count * index.count(kind, key) * runs > most_pairs(KEY_KINDS[kind], len(index.columns))])
    return found


def together(found: Iterable[KeysByKind]) -> KeysByKind:
    """The keys of all runs, each once."""
    return [np.unique(np.concatenate([np.zeros(0, np.uint64), *kind])) for kind in zip(*found, strict=True)] or [
        np.zeros(0, np.uint64) for _ in KEY_KINDS
    ]


def counted(tables: LeftTables, run: Run, suspected: KeysByKind) -> Sequence[Rows]:
    """How many rows of this run have each of the suspected keys."""
    found = []
    for pieces, wanted in zip(keys(run.columns(tables)), suspected, strict=True):
        key, count = np.unique(_distinct(pieces)[0], return_counts=True)
        at = np.minimum(np.searchsorted(key, wanted), max(0, len(key) - 1))
        found.append(np.where(key[at] == wanted, count[at], 0) if len(key) else np.zeros(len(wanted), np.int64))
    return found


def crowded_keys(suspected: KeysByKind, counts: Sequence[Sequence[Rows]], index: RightIndex) -> KeysByKind:
    """The suspected keys that make more pairs, over all runs, than one key may."""
    crowded = []
    for kind, key in enumerate(suspected):
        whole = sum((count[kind] for count in counts), np.zeros(len(key), np.int64))
        crowded.append(key[whole * index.count(kind, key) > most_pairs(KEY_KINDS[kind], len(index.columns))])
    return crowded


def compare(tables: LeftTables, run: Run, index: RightIndex, crowded: KeysByKind, rule: Rule) -> tuple[Ints, Ints, Floats]:
    """The pairs of a run with the least bits or more, before competition: left rows of the whole list, right rows, bits."""
    left = run.columns(tables)
    mine = Side(left)
    # The list's own frequencies, not those of this run: how common a word is depends on everybody.
    mine.__dict__["frequency"] = tables.frequency
    comparer = Comparer(mine, Side(index.columns), rule.weights, rule.prior)
    found: list[tuple[Ints, Ints, Floats]] = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))]
    for every_i, every_j in _candidates(left, index, crowded):
        wanted = every_i + run.first < every_j if rule.one_list else np.ones(len(every_i), bool)
        i, j = every_i[wanted], every_j[wanted]
        for start in range(0, len(i), BLOCK):
            block = comparer.score(i[start : start + BLOCK], j[start : start + BLOCK], hopeless=rule.least)
            found.append((block.i + run.first, block.j, block.total()))
    i, j, bits = (np.concatenate(part) for part in zip(*found, strict=True))
    return i, j, bits


def _candidates(left: Columns, index: RightIndex, crowded: KeysByKind) -> list[tuple[Ints, Ints]]:
    """Pairs that share a key which is not crowded, each once, in order of left row, then right row, some rows at a time."""
    met = []
    for kind, pieces in enumerate(keys(left)):
        key, row = _distinct(pieces)
        open_ = ~np.isin(key, crowded[kind]) & (index.count(kind, key) > 0)
        key, row = key[open_], row[open_]
        known, starts, right = index.kinds[kind]
        at = np.searchsorted(known, key)
        order = np.argsort(row, kind="stable")
        met.append((row[order], starts[at][order] if len(at) else at, starts[at + 1][order] if len(at) else at, right))
    weight = np.zeros(len(left), np.int64)
    for row, start, end, _ in met:
        weight += np.bincount(row, end - start, minlength=len(left)).astype(np.int64)
    reached, width, first, chunks = np.cumsum(weight), max(1, len(index.columns)), 0, []
    while first < len(left):
        before = int(reached[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(reached, before + _PAIRS, "right")))
        pairs = [np.zeros(0, np.int64)]
        for row, start, end, right in met:
            low, high = np.searchsorted(row, (first, last))
            count = (end - start)[low:high]
            offset = np.cumsum(count) - count
            place = np.arange(int(count.sum())) + np.repeat(start[low:high] - offset, count)
            pairs.append(np.repeat(row[low:high] * width, count) + right[place])
        every = np.unique(np.concatenate(pairs))
        chunks.append((every // width, every % width))
        first = last
    return chunks
