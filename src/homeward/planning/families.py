"""Units: people who go together or not at all, and what a family counts for.

A family's mark belongs to its side: two lists may use the same mark for different families. People named for each other
(`in_return`) are one unit across sides. Somebody who is in two such bonds joins both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from homeward.planning.people import Int, People
from homeward.terms.model import Clause, Terms


@dataclass(frozen=True)
class Kinds:
    """Kinds of people or units: which row of `seen` clauses see (`sight`), and the gain in each level (kinds x levels)."""

    seen: Int
    sight: Int
    gain: Int


def families(terms: Terms, people: People, together: Sequence[Clause]) -> Int:
    """The unit of each person, numbered without gaps."""
    count = len(people)
    head = np.arange(count)
    for clause in together:
        for bond in _bonds(terms, people, clause):
            for row in bond[1:]:
                _join(head, row, bond[0])
    if (head == np.arange(count)).all():
        return head
    root = np.array([_root(head, row) for row in range(count)])
    return np.unique(root, return_inverse=True)[1].reshape(-1).astype(np.int64)


def _bonds(terms: Terms, people: People, clause: Clause) -> list[list[int]]:
    """The rows that one clause binds together."""
    if clause.in_return:
        named = frozenset(clause.people + clause.in_return)
        return [[row for row, person in enumerate(people.ids) if person in named]]
    column = people.columns[clause.by]
    nobody = [code for code, value in enumerate(column.values) if value is None]
    covered = ~np.isin(column.codes, nobody) & np.isin(people.side, [people.sides.index(s) for s in terms.sides_of(clause)])
    rows = np.flatnonzero(covered)
    marks = people.side[rows].astype(np.int64) * max(len(column.values), 1) + column.codes[rows]
    found: dict[int, list[int]] = {}
    for row, mark in zip(rows.tolist(), marks.tolist(), strict=True):
        found.setdefault(mark, []).append(row)
    return [bond for bond in found.values() if len(bond) > 1]


def joined(unit_of: Int, kind: Int, kinds: Kinds) -> tuple[Int, Kinds]:
    """The kind of each unit; families get kinds of their own, which count for the sum of their members."""
    sizes = np.bincount(unit_of) if len(unit_of) else np.zeros(0, np.int64)
    if len(sizes) == len(unit_of):
        return kind, kinds
    unit_kind = np.zeros(len(sizes), dtype=np.int64)
    unit_kind[unit_of] = kind
    members: dict[int, list[int]] = {}
    for row in np.flatnonzero(sizes[unit_of] > 1).tolist():
        members.setdefault(int(unit_of[row]), []).append(int(kind[row]))
    seen: list[Int] = []
    gain: list[Int] = []
    number: dict[bytes, int] = {}
    for unit, of_kinds in members.items():
        sum_seen, sum_gain = kinds.seen[kinds.sight[of_kinds]].sum(axis=0), kinds.gain[of_kinds].sum(axis=0)
        mark = sum_seen.tobytes() + sum_gain.tobytes()
        if mark not in number:
            number[mark] = len(kinds.sight) + len(number)
            seen.append(sum_seen)
            gain.append(sum_gain)
        unit_kind[unit] = number[mark]
    sight = np.concatenate([kinds.sight, len(kinds.seen) + np.arange(len(seen))])
    return unit_kind, Kinds(np.concatenate([kinds.seen, np.stack(seen)]), sight, np.concatenate([kinds.gain, np.stack(gain)]))


def distinct_rows(matrix: Int) -> tuple[Int, Int]:
    """The different rows in ascending order, and which of them each row is. (`numpy.unique` with an axis is far slower.)"""
    if not matrix.size:
        return matrix[: min(len(matrix), 1)], np.zeros(len(matrix), dtype=np.int64)
    order = np.lexsort(matrix.T[::-1])
    ordered = matrix[order]
    new = np.concatenate([[True], (ordered[1:] != ordered[:-1]).any(axis=1)])
    number = np.empty(len(matrix), dtype=np.int64)
    number[order] = np.cumsum(new) - 1
    return ordered[new], number


def _root(head: Int, row: int) -> int:
    while head[row] != row:
        head[row] = head[head[row]]
        row = int(head[row])
    return row


def _join(head: Int, one: int, other: int) -> None:
    """Union of two trees by the lower row."""
    low, high = sorted((_root(head, one), _root(head, other)))
    head[high] = low
