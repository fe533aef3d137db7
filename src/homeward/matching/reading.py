"""From tables to lists that are ready to be compared; two long ones are read at once (`at_once`).

>>> left, right = both({"id": ["u1"], "surname": ["Тестенко"]}, {"surname": ["TESTENKO"]})
>>> left.words.text[-1], list(right.ids)
('тестенко', ['r1'])
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from homeward.matching import compiled, memory
from homeward.matching.at_once import at_once
from homeward.matching.cells import Cells, Table, identifiers
from homeward.matching.columns import Columns
from homeward.matching.names.comparison import readings, suspicious
from homeward.matching.places import place_texts
from homeward.matching.scoring import Comparer
from homeward.matching.weights import weights
from homeward.people.person import Field

#: Lists from this length on are worth a child process.
LONG = 50_000


def both(left: Table, right: Table) -> tuple[Columns, Columns]:
    """Two tables as lists. Raises `ValueError` for columns of different lengths."""
    mine, theirs = _longest(left), _longest(right)
    # A child process makes copies of the cells that it reads; for the longest lists there is no room for those.
    if min(mine, theirs) < LONG or memory.too_long(mine + theirs):
        return read(left), read(right)
    # Identifiers stay where they are.
    one, other = at_once(lambda: _and_loops(made_ready(read(left))), lambda: replace(made_ready(read(right)), ids=()))
    return one, replace(other, ids=identifiers(right))


def read(table: Table) -> Columns:
    """One table as a list."""
    return Columns.of_cells(Cells.of_table(table))


def made_ready(columns: Columns) -> Columns:
    """The same list, with all that every comparison asks of its words and places worked out."""
    for role in ("given", "patronymic"):
        readings(columns, role)
    suspicious(columns)
    place_texts(columns, Field.BIRTH_PLACE)
    return columns


def _and_loops(columns: Columns) -> Columns:
    """The same list, laid out for the compiled loops, and these ready to run, if there are any.

    This process has the time, for the child takes longer.
    """
    if compiled.installed():
        from homeward.matching.compiled.competing import free  # noqa: PLC0415 - needs numba, which is optional.
        from homeward.matching.compiled.sieve import lay_out, survivors  # noqa: PLC0415

        few = read({"surname": ["Тестенко", "Testenko"]})
        comparer = Comparer.of(few, replace(few, derived={}), weights())
        for _, i, j in survivors(comparer, 0.0):
            free(i, comparer.score_all(i, j).total(), np.ones(len(i)))
        lay_out(columns)
    return columns


def _longest(table: Table) -> int:
    return max(map(len, table.values()), default=0)
