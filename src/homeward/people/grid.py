"""A sheet as the reader sees it, whatever the file format: rows of cells from row 1, column A, and what is hidden or merged.

>>> sheet = Sheet("Sheet1", [["Surname"], ["Kovalenko"]])
>>> sheet.rows[1][0], column_letter(27)
('Kovalenko', 'AB')
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta

#: What a cell may hold. A `datetime` is a `date`; an empty cell is None or "".
Cell = str | int | float | bool | date | time | timedelta | None

#: Excel itself holds no more characters in a cell.
CELL_LIMIT = 32_767


@dataclass(frozen=True, slots=True)
class Sheet:
    """Positions are pairs (row, column); rows count from 1 as Excel shows them, columns from 0."""

    name: str
    rows: list[list[Cell]]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[int, ...] = ()
    #: Merged areas: first row, first column, last row, last column, both ends included.
    merged: tuple[tuple[int, int, int, int], ...] = ()
    #: Cells that hold a spreadsheet error such as #N/A, and formulas whose value was never stored.
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    #: Days are counted from 1 January 1904 instead of 1900.
    from_1904: bool = False
    #: For text files: the encoding, and how many characters were damaged.
    encoding: str = ""
    damaged: int = 0


def column_letter(column: int) -> str:
    """The letters Excel shows over a column, which is counted from 0 here."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The column, from 0, for the letters Excel shows."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
