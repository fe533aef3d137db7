"""Equal people made one: units, classes and types.

- A **unit** goes whole or not at all: one person, or the members of one family where the terms keep families together.
- A **class** is all units that no clause can tell apart: they count the same in every row.
- A **type** is all units of a class that no priority can tell apart.

A plan is then a number for each class and stage, because within a class the order is fixed: higher priorities first, and
among equals the public draw. A family's mark belongs to its side: two lists may use the same mark for different families.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from homeward.planning.people import NO, OPEN, SERIOUS, YES, Int, People, fold
from homeward.planning.rows import Counter, Row, joins, rows_of
from homeward.terms.model import Clause, Terms


@dataclass(frozen=True, slots=True)
class Level:
    """One step of the order of priorities: `name` as the terms write it; `column` numbers the values of a unit."""

    name: str
    group: str | None
    score: str | None


@dataclass(frozen=True)
class Crowd:
    """Classes and types in an order that does not depend on the order of the rows in any file."""

    people: People
    rows: tuple[Row, ...]
    levels: tuple[Level, ...]
    #: For each class, what one unit counts at least and at most in each counter (classes x counters).
    counters: tuple[Counter, ...]
    least: Int
    most: Int
    #: For each class: how many units, and how many people of each side one unit has (classes x sides).
    class_size: Int
    class_heads: Int
    #: For each type: its class, how many units, and its values by level (types x levels); best first within a class.
    type_class: Int
    type_size: Int
    type_gain: Int
    #: For each unit its type, for each person the unit.
    unit_type: Int
    unit_of: Int

    @property
    def classes(self) -> int:
        return len(self.class_size)


def levels_of(terms: Terms) -> tuple[Level, ...]:
    """The order of priorities: the seriously wounded and ill, then as agreed, then as many people as possible."""
    agreed = [Level(priority.group or priority.score or "", priority.group, priority.score) for priority in terms.priorities]
    levels = [Level("GC III 109", None, None), *agreed]
    if not any(level.group == "all" for level in levels):
        levels.append(Level("all", "all", None))
    return tuple(levels)


def crowd_for(terms: Terms, people: People, clauses: Sequence[Clause]) -> Crowd:
    """The crowd as these clauses of the terms see it."""
    rows = [row for clause in clauses for row in rows_of(terms, clause)]
    return crowd_of(terms, people, rows, [clause for clause in clauses if joins(clause)])


def crowd_of(terms: Terms, people: People, rows: Sequence[Row], together: Sequence[Clause]) -> Crowd:
    """Put people into units, classes and types, as seen by these rows and by the priorities."""
    counters = tuple(dict.fromkeys(counter for row in rows for _, counter in row.parts))
    levels = levels_of(terms)
    count = len(people)
    visible, kinds = fold(_visible(terms, people, counters), count)
    least, most = _counts(terms, people, counters, kinds)
    heads = np.zeros((len(kinds), len(people.sides)), dtype=np.int64)
    heads[np.arange(len(kinds)), people.side[kinds]] = 1
    gains = [_distinct(*_gains(people, level)) for level in levels]
    kind, first = fold([visible, *(codes for _, codes in gains)], count)
    gain = np.stack([values[codes[first]] for values, codes in gains], axis=1)
    seen = np.concatenate([heads, least, most], axis=1)[visible[first]] if count else np.zeros((0, heads.shape[1]), np.int64)
    unit_of, kind, seen, gain = _bundle(terms, people, together, kind=kind, seen=seen, gain=gain)
    return _sorted(people, tuple(rows), levels, counters, unit_of=unit_of, unit_kind=kind, seen=seen, gain=gain)


def _visible(terms: Terms, people: People, counters: Sequence[Counter]) -> list[NDArray[np.int32]]:
    """The columns that clauses can see, each once."""
    columns = {"side": people.side}
    for counter in counters:
        if counter.group != "all":
            columns["group " + counter.group] = people.member[counter.group]
        if counter.holder is not None:
            columns["holder"] = people.columns["holder"].codes
        if counter.receiver is not None:
            columns["receiver"] = people.columns["receiver"].codes
        if counter.weights is not None:
            column = people.columns[terms.weights[counter.weights].field]
            columns["weights " + counter.weights] = column.codes
        if counter.names is not None:
            columns["names " + ",".join(sorted(counter.names))] = _named(people, counter.names)
    return list(columns.values())


def _named(people: People, names: frozenset[str]) -> NDArray[np.int32]:
    return np.fromiter((person in names for person in people.ids), dtype=np.int32, count=len(people))


def _counts(terms: Terms, people: People, counters: Sequence[Counter], rows: Int) -> tuple[Int, Int]:
    """What the person in each of these rows counts at least and at most (rows x counters)."""
    least = np.zeros((len(rows), len(counters)), dtype=np.int64)
    most = np.zeros_like(least)
    for number, counter in enumerate(counters):
        wanted = [people.sides.index(side) for side in counter.sides]
        here = np.isin(people.side[rows], wanted)
        sure = np.ones(len(rows), dtype=bool)
        for name, party in (("holder", counter.holder), ("receiver", counter.receiver)):
            if party is not None:
                column = people.columns[name]
                of_party = np.array([_within(terms, value, party) for value in column.values] or [NO])[column.codes[rows]]
                here &= of_party != NO
                sure &= of_party == YES
                # A side between blocs does not say which member; but it can only be a member of that bloc.
                blocs = [terms.people_of(getattr(terms.sides[side], name)) for side in people.sides]
                here &= (of_party == YES) | np.array([party in bloc for bloc in blocs])[people.side[rows]]
        if counter.names is not None:
            here &= np.array([people.ids[row] in counter.names for row in rows.tolist()], dtype=bool)
        low, high = np.ones(len(rows), dtype=np.int64), np.ones(len(rows), dtype=np.int64)
        if counter.weights is not None:
            table = terms.weights[counter.weights]
            column = people.columns[table.field]
            known = [table.values.get(value, table.default) if isinstance(value, str) else None for value in column.values]
            span = [*table.values.values(), table.default]
            low = _scaled([min(span) if weight is None else weight for weight in known], counter.scale)[column.codes[rows]]
            high = _scaled([max(span) if weight is None else weight for weight in known], counter.scale)[column.codes[rows]]
        if counter.group == "all":
            least[:, number], most[:, number] = low * (here & sure), high * here
        else:
            answer = people.member[counter.group][rows]
            least[:, number], most[:, number] = low * (here & sure & (answer == YES)), high * (here & (answer != NO))
    return least, most


def _within(terms: Terms, value: object, party: str) -> int:
    """Is this party the one meant, or a member of the bloc meant?"""
    return OPEN if value is None else YES if value == party or value in terms.blocs.get(party, ()) else NO


def _scaled(weights: list[Fraction], scale: int) -> Int:
    return np.array([int(weight * scale) for weight in weights] or [0], dtype=np.int64)


def _gains(people: People, level: Level) -> tuple[Int, NDArray[np.int32]]:
    """What each value counts for, and which value each person has. Only what is known puts anybody first."""
    if level.score is not None:
        return people.score(level.score)
    if level.group == "all":
        return np.ones(1, dtype=np.int64), np.zeros(len(people), dtype=np.int32)
    if level.group is not None:
        return np.array([0, 0, 1], dtype=np.int64), people.member[level.group]
    medical = people.columns["medical"]
    return np.array([value in SERIOUS for value in medical.values] or [False], dtype=np.int64), medical.codes


def _distinct(values: Int, codes: NDArray[np.int32]) -> tuple[Int, NDArray[np.int32]]:
    """The same with equal values under one code, which keeps the number of combinations small."""
    distinct, renumber = np.unique(values, return_inverse=True)
    return distinct, renumber.reshape(-1).astype(np.int32)[codes]


def _bundle(
    terms: Terms, people: People, together: Sequence[Clause], *, kind: Int, seen: Int, gain: Int
) -> tuple[Int, Int, Int, Int]:
    """Join the members of a family into one unit that counts for their sum: (unit of each person, kind of each unit, …)."""
    count = len(people)
    if not together or not count:
        return np.arange(count), kind, seen, gain
    head = np.arange(count)
    for clause in together:
        if clause.in_return:
            named = frozenset(clause.people + clause.in_return)
            rows = np.array([row for row, person in enumerate(people.ids) if person in named], dtype=np.int64)
            for row in rows[1:].tolist():
                _join(head, row, int(rows[0]))
            continue
        column = people.columns[clause.by]
        nobody = [code for code, value in enumerate(column.values) if value is None]
        key = people.side.astype(np.int64) * max(len(column.values), 1) + column.codes
        covered = ~np.isin(column.codes, nobody)
        if clause.sides:
            covered &= np.isin(people.side, [people.sides.index(side) for side in terms.sides_of(clause)])
        rows = np.flatnonzero(covered)
        values, position, sizes = np.unique(key[rows], return_inverse=True, return_counts=True)
        joined = sizes[position] > 1
        first = np.full(len(values), -1, dtype=np.int64)
        for row, family in zip(rows[joined].tolist(), position[joined].tolist(), strict=True):
            if first[family] < 0:
                first[family] = row
            else:
                _join(head, row, int(first[family]))
    root = np.array([_root(head, row) for row in range(count)]) if (head != np.arange(count)).any() else head
    heads, unit_of, sizes = np.unique(root, return_inverse=True, return_counts=True)
    unit_of = unit_of.reshape(-1)
    unit_kind = kind[heads].copy()
    extra_seen: list[Int] = []
    extra_gain: list[Int] = []
    made: dict[bytes, int] = {}
    family_rows: dict[int, list[int]] = {}
    large = sizes > 1
    for row in np.flatnonzero(large[unit_of]).tolist():
        family_rows.setdefault(int(unit_of[row]), []).append(int(kind[row]))
    for unit, kinds in family_rows.items():
        total_seen, total_gain = seen[kinds].sum(axis=0), gain[kinds].sum(axis=0)
        mark = total_seen.tobytes() + total_gain.tobytes()
        if mark not in made:
            made[mark] = len(seen) + len(extra_seen)
            extra_seen.append(total_seen)
            extra_gain.append(total_gain)
        unit_kind[unit] = made[mark]
    if extra_seen:
        seen = np.concatenate([seen, np.stack(extra_seen)])
        gain = np.concatenate([gain, np.stack(extra_gain)])
    return unit_of, unit_kind, seen, gain


def _root(head: Int, row: int) -> int:
    while head[row] != row:
        head[row] = head[head[row]]
        row = int(head[row])
    return row


def _join(head: Int, one: int, other: int) -> None:
    """Union of two trees, by the lower row, for a person who is in two kinds of family at once."""
    low, high = sorted((_root(head, one), _root(head, other)))
    head[high] = low


def _distinct_rows(matrix: Int) -> tuple[Int, Int]:
    """The different rows in ascending order, and which of them each row is. (`numpy.unique` with an axis is far slower.)"""
    if not matrix.size:
        return matrix[: min(len(matrix), 1)], np.zeros(len(matrix), dtype=np.int64)
    order = np.lexsort(matrix.T[::-1])
    ordered = matrix[order]
    new = np.concatenate([[True], (ordered[1:] != ordered[:-1]).any(axis=1)])
    number = np.empty(len(matrix), dtype=np.int64)
    number[order] = np.cumsum(new) - 1
    return ordered[new], number


def _sorted(
    people: People,
    rows: tuple[Row, ...],
    levels: tuple[Level, ...],
    counters: tuple[Counter, ...],
    *,
    unit_of: Int,
    unit_kind: Int,
    seen: Int,
    gain: Int,
) -> Crowd:
    """Number classes by what they count, types by class and then best first, so that row order leaves no trace."""
    used = np.flatnonzero(np.bincount(unit_kind, minlength=len(seen)))
    renumber = np.zeros(len(seen), dtype=np.int64)
    classes, class_of_kind = _distinct_rows(seen[used])
    keys = np.concatenate([class_of_kind[:, None], -gain[used]], axis=1)
    types, renumber[used] = _distinct_rows(keys)
    unit_type = renumber[unit_kind]
    type_class = types[:, 0].copy()
    type_size = np.bincount(unit_type, minlength=len(types)).astype(np.int64)
    sides, many = len(people.sides), len(counters)
    return Crowd(
        people=people,
        rows=rows,
        levels=levels,
        counters=counters,
        least=classes[:, sides : sides + many],
        most=classes[:, sides + many :],
        class_size=np.bincount(type_class, weights=type_size, minlength=len(classes)).astype(np.int64),
        class_heads=classes[:, :sides],
        type_class=type_class,
        type_size=type_size,
        type_gain=-types[:, 1:],
        unit_type=unit_type,
        unit_of=unit_of,
    )
