"""The people to choose from: one by one (`Candidate`), or in columns (`Table`) when there are very many.

A pool is everybody whom one side's holder could hand over. Facts are what `homeward.terms.facts_of` gives: a text, a number,
or None when it is not known. The facts `holder` and `receiver` name the parties; where they are missing, the parties of the
side stand in.

>>> pool = [Candidate("p-1", {"sex": "F", "age": 24}), Candidate("p-2", {"sex": "M"})]
>>> table = Table.of(pool, ["age", "sex"])
>>> table.columns["sex"].values, table.columns["age"].codes.tolist(), table.columns["age"].values
(('F', 'M'), [0, 1], (24, None))
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Fact = str | int | None
Codes = NDArray[np.int32]


class PoolError(Exception):
    """The pools cannot be planned with: the text says which id or side is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person who could go. `id` is unique over all sides of the exchange."""

    id: str
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Column:
    """One fact of many people: `values[codes[i]]` is what is known of person `i`."""

    codes: Codes
    values: tuple[Fact, ...]

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> Column:
        """Number the values in the order in which they first appear."""
        seen: dict[Fact, int] = {}
        codes = np.fromiter((seen.setdefault(fact, len(seen)) for fact in facts), dtype=np.int32)
        return cls(codes, tuple(seen))


@dataclass(frozen=True, slots=True)
class Table:
    """A pool in columns. A fact with no column is not known of anybody."""

    ids: Sequence[str]
    columns: Mapping[str, Column]

    def __post_init__(self) -> None:
        for name, column in self.columns.items():
            if len(column.codes) != len(self.ids):
                raise ValueError(f"column {name} has {len(column.codes)} rows for {len(self.ids)} people")

    @classmethod
    def of(cls, pool: Sequence[Candidate], names: Iterable[str]) -> Table:
        """The named facts of these people; `id` is the candidate's own id."""
        ids = [person.id for person in pool]
        return cls(
            ids,
            {
                name: Column.of(ids) if name == "id" else Column.of([person.facts.get(name) for person in pool])
                for name in names
            },
        )

    def __len__(self) -> int:
        return len(self.ids)


#: For each side's id, its pool.
Pools = Mapping[str, "Sequence[Candidate] | Table"]


def candidates_of(pool: Sequence[Candidate] | Table) -> Sequence[Candidate]:
    """The people of a pool one by one, whichever way it is held."""
    if not isinstance(pool, Table):
        return pool
    return [
        Candidate(person, {name: column.values[column.codes[row]] for name, column in pool.columns.items()})
        for row, person in enumerate(pool.ids)
    ]
