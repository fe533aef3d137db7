"""All pools as one set of numbered people in columns, and what each of them is to the groups, weights and scores of the terms.

Rows are numbered over the sides in the order of the terms. Each question about a person ("is he of this group?") is answered
once for every different combination of the facts that it looks at, not once for every person; that is what makes a million
people cheap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from homeward.planning.candidate import Codes, Column, Fact, PoolError, Pools, Table
from homeward.planning.rows import clauses_of
from homeward.terms.expression import Expression
from homeward.terms.model import Terms

Int = NDArray[np.int64]

#: Conditions that GC III art. 109 and 110 put before everything else (DESIGN rule 5).
SERIOUS = frozenset({"seriously_wounded", "seriously_ill"})
#: How a group's answer is stored: not a member, not known, a member.
NO, OPEN, YES = 0, 1, 2
#: Up to so many possible combinations they are looked up in a table; beyond, they are sorted.
_FOLD_LIMIT = 1 << 24


def fold(columns: Iterable[Codes | Int], count: int) -> tuple[Int, Int]:
    """Number the different combinations of these columns: (number of each row's combination, one row of each combination).

    The numbers follow no meaningful order. The row given for a combination is the last one that has it.
    """
    codes = np.zeros(count, dtype=np.int64)
    size = 1
    for column in columns:
        if not len(column):
            continue
        radix = int(column.max()) + 1
        if radix == 1:
            continue
        codes = codes * radix + column
        codes, size = _dense(codes, size * radix)
    representative = np.zeros(size, dtype=np.int64)
    representative[codes] = np.arange(count)
    return codes, representative[: size if count else 0]


def _dense(codes: Int, size: int) -> tuple[Int, int]:
    """Renumber 0 … size-1 without gaps."""
    if size > _FOLD_LIMIT:
        values, dense = np.unique(codes, return_inverse=True)
        return dense.reshape(-1).astype(np.int64), len(values)
    present = np.zeros(size, dtype=bool)
    present[codes] = True
    number = np.cumsum(present, dtype=np.int32) - 1
    return number[codes].astype(np.int64), int(number[-1]) + 1 if size else 0


def fields_needed(terms: Terms) -> list[str]:
    """The facts that these terms ask about, in alphabetical order."""
    names = {"holder", "receiver", "medical"}
    for group in groups_used(terms):
        names |= expression_of(terms, group).fields
    for clause in terms.clauses:
        if clause.kind == "together":
            names.add(clause.by)
        if clause.weights is not None:
            names.add(terms.weights[clause.weights].field)
    if terms.fair_between is not None:
        names.add(terms.fair_between)
    names |= {priority.score for priority in terms.priorities if priority.score is not None}
    return sorted(names)


def groups_used(terms: Terms) -> list[str]:
    """The groups that a clause or a priority mentions, "all" left out."""
    names: set[str] = set()
    for clause in clauses_of(terms):
        names |= {clause.group, clause.against, *clause.groups, *clause.key}
    names |= {priority.group for priority in terms.priorities if priority.group is not None}
    return sorted(names - {"all"})


def expression_of(terms: Terms, group: str) -> Expression:
    """The expression behind a group's name."""
    return terms.groups[group]


@dataclass(frozen=True)
class People:
    """Everybody in the pools. Arrays have one entry for each person."""

    ids: list[str]
    sides: tuple[str, ...]
    side: Codes
    columns: Mapping[str, Column]
    #: For each group used: NO, OPEN or YES.
    member: Mapping[str, Codes]

    def __len__(self) -> int:
        return len(self.ids)

    def facts(self, row: int) -> dict[str, Fact]:
        """The facts that were read of one person."""
        return {name: column.values[column.codes[row]] for name, column in self.columns.items()}

    def score(self, field: str) -> tuple[Int, Codes]:
        """The score of each value of this fact, and which value each person has. Unknown or below zero scores 0."""
        column = self.columns[field]
        scores = [max(value, 0) if isinstance(value, int) else 0 for value in column.values]
        return np.array(scores or [0], dtype=np.int64), column.codes


def gather(terms: Terms, pools: Pools) -> People:
    """Number everybody and answer every group. Raises `PoolError` for an unknown side or an id that occurs twice."""
    unknown = sorted(set(pools) - set(terms.sides))
    if unknown:
        raise PoolError(f"the terms know no side {unknown[0]!r}; their sides are {', '.join(terms.sides)}")
    names = fields_needed(terms)
    sides = tuple(terms.sides)
    ids: list[str] = []
    numbers: list[Codes] = []
    tables: list[Table] = []
    for number, name in enumerate(sides):
        pool = pools.get(name, ())
        table = pool if isinstance(pool, Table) else Table.of(pool, names)
        tables.append(table)
        ids += table.ids
        numbers.append(np.full(len(table), number, dtype=np.int32))
    if len(set(ids)) != len(ids):
        seen: set[str] = set()
        twice = next(person for person in ids if person in seen or seen.add(person))  # type: ignore[func-returns-value]
        raise PoolError(f"the id {twice} stands for two people; give each person one id of their own over all sides")
    columns = {name: _joined(name, tables) for name in names}
    for name in ("holder", "receiver"):
        defaults = [getattr(terms.sides[side], name) for side in sides]
        columns[name] = _with_default(columns[name], [None if code in terms.blocs else code for code in defaults], numbers)
    member = {group: _membership(expression_of(terms, group), columns, len(ids)) for group in groups_used(terms)}
    return People(ids, sides, np.concatenate(numbers) if numbers else np.zeros(0, np.int32), columns, member)


def between_parties(people: People, chosen: NDArray[np.bool_]) -> dict[tuple[str, str], int]:
    """How many of the chosen people go from each holder to each receiver, of those of whom both are known."""
    holder, receiver = people.columns["holder"], people.columns["receiver"]
    pairs = (holder.codes.astype(np.int64) * len(receiver.values) + receiver.codes)[chosen]
    codes, counts = np.unique(pairs, return_counts=True)
    arcs: dict[tuple[str, str], int] = {}
    for code, count in zip(codes.tolist(), counts.tolist(), strict=True):
        giver, getter = holder.values[code // len(receiver.values)], receiver.values[code % len(receiver.values)]
        if isinstance(giver, str) and isinstance(getter, str) and giver != getter:
            arcs[giver, getter] = count
    return arcs


def _joined(name: str, tables: list[Table]) -> Column:
    """One column over all pools; values are numbered anew."""
    seen: dict[Fact, int] = {}
    parts = []
    for table in tables:
        column = table.columns.get(name)
        if column is None:
            column = Column.of(table.ids) if name == "id" else Column(np.zeros(len(table), np.int32), (None,))
        renumber = np.fromiter((seen.setdefault(value, len(seen)) for value in column.values), dtype=np.int32)
        parts.append(renumber[column.codes] if len(column.codes) else column.codes)
    return Column(np.concatenate(parts) if parts else np.zeros(0, np.int32), tuple(seen))


def _with_default(column: Column, defaults: list[str | None], sides: list[Codes]) -> Column:
    """Where the party is not known, the party of the side; a bloc does not say which of its members."""
    if None not in column.values:
        return column
    seen = {value: code for code, value in enumerate(column.values)}
    by_side = np.array([seen.setdefault(default, len(seen)) for default in defaults], dtype=np.int32)
    side = np.concatenate(sides)
    codes = np.where(column.codes == column.values.index(None), by_side[side], column.codes).astype(np.int32)
    return Column(codes, tuple(seen))


def _membership(expression: Expression, columns: Mapping[str, Column], count: int) -> Codes:
    names = sorted(expression.fields)
    codes, rows = fold((columns[name].codes for name in names), count)
    answers = np.empty(max(len(rows), 1), dtype=np.int32)
    for number, row in enumerate(rows.tolist()):
        answer = expression.holds({name: columns[name].values[columns[name].codes[row]] for name in names})
        answers[number] = OPEN if answer is None else YES if answer else NO
    return answers[codes]
