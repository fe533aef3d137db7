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

from homeward.planning.cycles import cycle_rows, with_cycles
from homeward.planning.families import Kinds, distinct_rows, families, joined
from homeward.planning.people import NO, OPEN, SERIOUS, YES, Int, People, fold
from homeward.planning.rows import CIRCULATION, FAIR, Counter, Row, joins, rows_of
from homeward.terms.model import Clause, Terms

#: The first level of every plan, named after its source: the seriously wounded and ill are never held back.
SERIOUS_FIRST = "GC III 109"


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
    #: The cycles of parties that the last classes stand for, where the terms cap their length.
    cycles: tuple[tuple[str, ...], ...] = ()

    @property
    def classes(self) -> int:
        return len(self.class_size)


def levels_of(terms: Terms) -> tuple[Level, ...]:
    """The order of priorities: the seriously wounded and ill, then as agreed, then as many people as possible."""
    agreed = [Level(priority.group or priority.score or "", priority.group, priority.score) for priority in terms.priorities]
    levels = [Level(SERIOUS_FIRST, None, None), *agreed]
    if not any(level.group == "all" for level in levels):
        levels.append(Level("all", "all", None))
    return tuple(levels)


def crowd_for(terms: Terms, people: People, clauses: Sequence[Clause]) -> Crowd:
    """The crowd as these clauses of the terms see it."""
    rows = [row for clause in clauses for row in rows_of(terms, clause)]
    if any(clause.id == CIRCULATION for clause in clauses):
        rows += cycle_rows(terms, people)
    rows += _fair_rows(terms, people)
    return crowd_of(terms, people, rows, [clause for clause in clauses if joins(clause)])


def _fair_rows(terms: Terms, people: People) -> list[Row]:
    """One free row for each side and region, over everybody gone by the end."""
    if terms.fair_between is None:
        return []
    column = people.columns[terms.fair_between]
    values = sorted({str(value) for value in column.values if value is not None})
    return [
        Row(
            FAIR,
            ((1, Counter((side,), fact=(terms.fair_between, value))),),
            stage=len(terms.stages) - 1,
            cumulative=True,
            lower=None,
            upper=None,
        )
        for side in terms.sides
        for value in values
    ]


def crowd_of(terms: Terms, people: People, rows: Sequence[Row], together: Sequence[Clause]) -> Crowd:
    """Put people into units, classes and types, as seen by these rows and by the priorities."""
    counters = tuple(dict.fromkeys(counter for row in rows for _, counter in row.parts))
    levels = levels_of(terms)
    count = len(people)
    visible, kinds = fold(_visible(terms, people, counters), count)
    least, most = _counts(terms, people, counters, kinds)
    heads = np.zeros((len(kinds), len(people.sides)), dtype=np.int64)
    heads[np.arange(len(kinds)), people.side[kinds]] = 1
    seen, alike = distinct_rows(np.concatenate([heads, least, most], axis=1))
    gains = [_distinct(*_gains(people, level)) for level in levels]
    kind, first = fold([alike[visible] if count else visible, *(codes for _, codes in gains)], count)
    gain = np.stack([values[codes[first]] for values, codes in gains], axis=1)
    kinds_of_people = Kinds(seen, alike[visible[first]] if count else visible, gain)
    unit_of = families(terms, people, together)
    unit_kind, kinds_of_units = joined(unit_of, kind, kinds_of_people)
    found = _sorted(people, tuple(rows), levels, counters, unit_of=unit_of, unit_kind=unit_kind, kinds=kinds_of_units)
    return with_cycles(terms, found)


def _visible(terms: Terms, people: People, counters: Sequence[Counter]) -> list[NDArray[np.int32]]:
    """The columns that clauses can see, each once."""
    columns = {"side": people.side}
    for counter in counters:
        if counter.arc is not None:
            continue
        if counter.group != "all":
            columns["group " + counter.group] = people.member[counter.group]
        if counter.holder is not None:
            columns["holder"] = people.columns["holder"].codes
        if counter.receiver is not None:
            columns["receiver"] = people.columns["receiver"].codes
        if counter.weights is not None:
            column = people.columns[terms.weights[counter.weights].field]
            columns["weights " + counter.weights] = column.codes
        if counter.fact is not None:
            columns["fact " + counter.fact[0]] = people.columns[counter.fact[0]].codes
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
        if counter.arc is not None:
            continue
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
        if counter.fact is not None:
            column = people.columns[counter.fact[0]]
            here &= np.array([str(value) == counter.fact[1] for value in column.values], dtype=bool)[column.codes[rows]]
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


def _sorted(
    people: People,
    rows: tuple[Row, ...],
    levels: tuple[Level, ...],
    counters: tuple[Counter, ...],
    *,
    unit_of: Int,
    unit_kind: Int,
    kinds: Kinds,
) -> Crowd:
    """Number classes by what they count, types by class and then best first, so that row order leaves no trace."""
    used = np.flatnonzero(np.bincount(unit_kind, minlength=len(kinds.sight)))
    looks, look = np.unique(kinds.sight[used], return_inverse=True)
    classes, class_of_look = distinct_rows(kinds.seen[looks])
    class_of_kind = class_of_look[look.reshape(-1)]
    renumber = np.zeros(len(kinds.sight), dtype=np.int64)
    keys = np.concatenate([class_of_kind[:, None], -kinds.gain[used]], axis=1)
    types, renumber[used] = distinct_rows(keys)
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
