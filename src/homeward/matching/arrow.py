"""Matching Arrow tables: a table in, a table of pairs out, with the pairs that the same cells in a file would give.

A table passes through the reader that reads files of people, so headings, dates and ranks are understood as there, in Ukrainian,
Russian and English. Needs the extra `arrow` (pyarrow, Apache-2.0); whatever has `to_arrow` or `__arrow_c_stream__` (Polars, pandas 3,
DuckDB) is an Arrow table after `pyarrow.table(...)`.

    found = match_arrow(pyarrow.parquet.read_table("register.parquet"), pyarrow.csv.read_csv("answer.csv"), at_least=0.9)

The result has the columns `left_id`, `right_id`, `probability`, `bits`, then one of bits for each kind of evidence, which add up to
`bits`, in the order that `match` gives.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from homeward.matching.choosing import Settled
from homeward.matching.evidence import KINDS
from homeward.matching.match import match, match_self
from homeward.matching.model import Progress, Proposal
from homeward.matching.rounds import Engine
from homeward.people.grid import Cell, Sheet
from homeward.people.person import Person
from homeward.people.reader import choose_sheet
from homeward.people.rows import RowReader

#: The columns of bits, in their order.
BARS = ("prior", *(kind.name for kind in KINDS), "others")


class ArrowError(Exception):
    """What keeps a table from being matched, in one line with the remedy."""


def match_arrow(
    left: Any,
    right: Any = None,
    *,
    one_to_one: bool = True,
    at_least: float = 0.5,
    top: int = 1,
    progress: Progress | None = None,
    settled: Settled | None = None,
    engine: Engine | None = None,
) -> Any:
    """The proposals of `match` for two `pyarrow.Table`s, or of `match_self` without `right`, as a `pyarrow.Table`.

    Raises `ArrowError` without pyarrow, `PeopleFileError` for a table with no column of names, and the errors of `match`.
    """
    mine = people_of(left, "left")
    if right is None:
        found = match_self(mine, at_least=at_least, progress=progress, settled=settled, engine=engine)
    else:
        found = match(
            mine, people_of(right, "right"), one_to_one=one_to_one, at_least=at_least, top=top, progress=progress,
            settled=settled, engine=engine,
        )  # fmt: skip
    return pairs_table(found)


def people_of(table: Any, name: str = "table") -> list[Person]:
    """The people of an Arrow table. Rows without an `id` column are numbered as in a file, from r2 under the header."""
    pa = _library()
    columns: list[list[Cell]] = []
    for heading, column in zip(table.column_names, table.columns, strict=True):
        plain = column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
        columns.append([heading, *map(_cell, plain.to_pylist())])
    sheet = Sheet("", [list(row) for row in zip(*columns, strict=True)] or [[]])
    chosen, header, _ = choose_sheet([sheet], name, {})
    return [row.person for row in RowReader(chosen, header, name, {}).read(None) if row.person is not None]


def pairs_table(found: Sequence[Proposal]) -> Any:
    """Proposals as an Arrow table."""
    pa = _library()
    bars = {name: [sum(bar.bits for bar in each.evidence if bar.kind == name) for each in found] for name in BARS}
    return pa.table(
        {
            "left_id": pa.array([each.left_id for each in found], pa.string()),
            "right_id": pa.array([each.right_id for each in found], pa.string()),
            "probability": pa.array([each.probability for each in found], pa.float64()),
            "bits": pa.array([each.bits for each in found], pa.float64()),
        }
        | {name: pa.array(bits, pa.float64()) for name, bits in bars.items()}
    )


def _cell(value: object) -> Cell:
    """A value as the reader of files takes it; what no spreadsheet holds becomes its text."""
    if isinstance(value, datetime):
        return value.date() if value.time() == datetime.min.time() else str(value)
    if value is None or isinstance(value, str | int | float | bool | date):
        return value
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _library() -> Any:
    try:
        return importlib.import_module("pyarrow")
    except ImportError as error:
        raise ArrowError("Arrow tables need pyarrow; install it with: pip install 'homeward[arrow]'") from error
