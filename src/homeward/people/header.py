"""Where the table begins: the row of headings, what each column is, and rows further down that repeat or contradict it.

* The header is the first row, among the first 100 filled ones, with a recognised name column and one more recognised heading;
  if there is none, the first row with a name column alone.
* A header of two rows (a heading such as *Date* merged over *of birth* and *of capture*) is read together, when that tells
  more columns than one row alone.
* A row below that names the same columns in the same places is a repeated page header. One that names other columns, or the
  same ones in other places, is a second header, and the file is refused: two tables cannot be read as one.

>>> found = find_header(Sheet("", [["List no. 4"], [], ["№", "ПІБ", "Д.р."], [1, "Коваль Ірина", 1990]]))
>>> found.row, found.kinds
(3, {0: 'row_number', 1: 'full_name', 2: 'birth_date'})
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from homeward.people.columns import (
    FULL_NAME,
    FULL_NAME_GIVEN_FIRST,
    GIVEN_AND_PATRONYMIC,
    NAME_COLUMNS,
    OTHER,
    ROW_NUMBER,
    field_of,
    fold_heading,
    may_be_heading,
)
from homeward.people.grid import Cell, Sheet, column_letter
from homeward.people.person import Field
from homeward.people.text import clean
from homeward.people.values import is_blank, written

#: How many filled rows are looked at for the header.
SEARCHED = 100


@dataclass(frozen=True, slots=True)
class Header:
    """`row` is the last row of the header as Excel counts it. `kinds` tells what each recognised column is, by its position.

    `headings` holds the text over every column that has one; `repeated` the columns that were recognised but lost to an
    earlier one of the same field.
    """

    row: int
    kinds: dict[int, str]
    headings: dict[int, str]
    repeated: dict[int, str]

    def heading(self, column: int) -> str:
        """The heading of a column, or the letter that Excel shows over it."""
        return self.headings.get(column) or f"column {column_letter(column)}"


@dataclass(frozen=True, slots=True)
class NoHeader:
    """Why a sheet has no header: a code of `errors.PROBLEMS`, and the row at fault if there is one."""

    code: str
    row: int | None = None


def find_header(sheet: Sheet, mapping: Mapping[str, str] | None = None) -> Header | NoHeader:
    """Find the header of a sheet. `mapping` is folded."""
    weak: tuple[int, dict[int, str]] | None = None
    nameless: int | None = None
    filled = 0
    for at, row in enumerate(sheet.rows):
        if all(is_blank(cell) for cell in row):
            continue
        filled += 1
        if filled > SEARCHED:
            break
        texts = _texts(row)
        kinds = _kinds(texts, mapping)
        named = any(kind in NAME_COLUMNS for kind in kinds.values())
        if named and len(kinds) >= 2:
            return _best_of_pairs(sheet, at, texts, mapping)
        if named and weak is None:
            weak = (at, texts)
        elif len(kinds) >= 2 and nameless is None:
            nameless = at + 1
    if weak is not None:
        return _best_of_pairs(sheet, weak[0], weak[1], mapping)
    if nameless is not None:
        # A group heading may hide the name column: "Person" merged over "Surname" and "Given names" is caught above.
        return NoHeader("no_name_column", nameless)
    return NoHeader("no_header" if filled else "empty_sheet")


def is_second_header(row: Sequence[Cell], header: Header, mapping: Mapping[str, str] | None = None) -> bool | None:
    """None: a row of data. True: it repeats the header. False: it contradicts it."""
    kinds = _kinds(_texts(row), mapping)
    if len(kinds) < 2 and len(header.kinds) > 1:
        return None
    if not any(kind in NAME_COLUMNS for kind in kinds.values()):
        return None
    own = header.kinds | header.repeated
    return all(own.get(column) == kind or _as_given(kind, own.get(column)) for column, kind in kinds.items())


def may_be_header(row: Sequence[Cell], mapping: Mapping[str, str] | None = None) -> bool:
    """A quick look at the two first texts of a row: whether it is worth to compare all of it with the table of headings."""
    looked = 0
    for cell in row:
        if isinstance(cell, str) and cell:
            if len(cell) < 80 and may_be_heading(cell, mapping) and field_of(cell, mapping) is not None:
                return True
            looked += 1
            if looked == 2:
                break
    return False


def is_numbering(row: Sequence[Cell], header: Header) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3, 4 from left to right, the name column among them."""
    numbers = []
    for column, cell in enumerate(row):
        if is_blank(cell):
            continue
        text = written(cell).strip().strip("()")
        if not (text.isascii() and text.isdigit() and len(text) <= 3):
            return False
        numbers.append((column, int(text)))
    if len(numbers) < 2 or [number for _, number in numbers] != list(range(numbers[0][1], numbers[0][1] + len(numbers))):
        return False
    columns = {column for column, _ in numbers}
    return any(column in columns for column, kind in header.kinds.items() if kind in NAME_COLUMNS)


def _texts(row: Sequence[Cell]) -> dict[int, str]:
    return {
        at: clean(cell)[0]
        for at, cell in enumerate(row[:1000])
        if isinstance(cell, str) and 0 < len(cell) <= 200 and cell.strip()
    }


def _kinds(texts: Mapping[int, str], mapping: Mapping[str, str] | None) -> dict[int, str]:
    return {at: kind for at, text in texts.items() if (kind := field_of(text, mapping)) is not None}


def _as_given(kind: str, own: str | None) -> bool:
    return kind == FULL_NAME_GIVEN_FIRST and own == Field.GIVEN_NAMES


def _best_of_pairs(sheet: Sheet, at: int, texts: dict[int, str], mapping: Mapping[str, str] | None) -> Header:
    best_kinds, best_texts, best_at = _kinds(texts, mapping), texts, at
    for top in (at - 1, at):
        joined = _joined(sheet, top)
        if joined is None:
            continue
        options = _kinds(joined, mapping)
        below = _kinds(_texts(sheet.rows[top + 1]), mapping)
        for column, kind in below.items():
            options.setdefault(column, kind)
        if len(options) > len(best_kinds):
            best_kinds, best_texts, best_at = options, joined, top + 1
    return _resolve(best_at + 1, best_kinds, best_texts)


def _joined(sheet: Sheet, top: int) -> dict[int, str] | None:
    """The headings of two rows read together, if cells of the upper one are merged sideways."""
    if top < 0 or top + 1 >= len(sheet.rows):
        return None
    groups = [(c1, min(c2, 1000)) for r1, c1, r2, c2 in sheet.merged if r1 == r2 == top + 1 and c2 > c1]
    if not groups:
        return None
    upper, lower = _texts(sheet.rows[top]), _texts(sheet.rows[top + 1])
    grouped = dict(upper)
    for c1, c2 in groups:
        if c1 in upper:
            grouped |= dict.fromkeys(range(c1, c2 + 1), upper[c1])
    inside = {column for c1, c2 in groups for column in range(c1, c2 + 1)}
    if not any(column in inside for column in lower):
        return None
    return {
        column: f"{grouped.get(column, '')} {lower.get(column, '')}".strip()
        for column in sorted(grouped.keys() | lower.keys())
        if column in lower or column in upper
    }


def _resolve(row: int, kinds: dict[int, str], headings: dict[int, str]) -> Header:
    """Settle what clashes: `Name` beside a surname is the given name; of two columns of one field the first is read."""
    present = set(kinds.values())
    first: dict[int, str] = {}
    repeated: dict[int, str] = {}
    for column, kind in sorted(kinds.items()):
        settled = kind
        if (
            kind == FULL_NAME_GIVEN_FIRST
            and Field.SURNAME in present
            and not present & {Field.GIVEN_NAMES, GIVEN_AND_PATRONYMIC}
        ):
            settled = Field.GIVEN_NAMES.value
        beaten = (
            (settled in {FULL_NAME, FULL_NAME_GIVEN_FIRST} and Field.SURNAME in present)
            or (settled == FULL_NAME_GIVEN_FIRST and FULL_NAME in present)
            or (settled == GIVEN_AND_PATRONYMIC and Field.GIVEN_NAMES in present)
        )
        if settled not in {OTHER, ROW_NUMBER} and (beaten or settled in first.values()):
            repeated[column] = settled
        else:
            first[column] = settled
    return Header(row, first, headings, repeated)


def unused_headings(header: Header, mapping: Mapping[str, str]) -> list[str]:
    """Headings of the caller's mapping (not folded) that no column has."""
    have = {fold_heading(text) for text in header.headings.values()}
    return [heading for heading in mapping if fold_heading(heading) not in have]
