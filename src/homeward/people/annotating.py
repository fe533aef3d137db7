"""A copy of a list with remarks beside its rows: what a list officer sends back, or works through with a pencil.

An XLSX keeps its sheets, formats and widths. Formulas are replaced by the values which the file stored for them, so that
nothing from the other side is executed and the copy shows what was read. Other files become a new workbook with the same
cells in the same rows.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell import MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from homeward.people.atomic import write_whole
from homeward.people.columns import fold_mapping
from homeward.people.grid import Sheet
from homeward.people.reader import choose_sheet
from homeward.people.values import is_blank, written
from homeward.people.workbook import kind_of_file, read_bytes, read_sheets
from homeward.people.writer import sheet_name
from homeward.people.xlsxfile import put_text, same_bytes

_MARKED = PatternFill("solid", fgColor="FFFFF2CC")
_WRAPPED = Alignment(vertical="top", wrap_text=True)


def annotate(
    path_in: str | PathLike[str],
    path_out: str | PathLike[str],
    remarks_by_row: Mapping[int, str | Sequence[str]],
    *,
    heading: str,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
) -> None:
    """Write an XLSX copy of a list with one more column at the right, `heading`, that holds the remarks.

    `remarks_by_row` counts rows as Excel does; several remarks of a row stand under each other. Remarked cells are coloured.
    A row above the first or a name that does not end in `.xlsx` raises `ValueError`; `PeopleFileError` as in `read_people`.
    """
    source, target = Path(path_in), Path(path_out)
    if target.suffix.lower() != ".xlsx":
        raise ValueError("the copy is an .xlsx file")
    if any(row < 1 for row in remarks_by_row):
        raise ValueError("rows count from 1")
    folded = fold_mapping(mapping)
    chosen, header, _ = choose_sheet(read_sheets(source, folded, sheet), source.name, folded)
    width = max((at + 1 for row in chosen.rows for at, cell in enumerate(row) if not is_blank(cell)), default=0)
    data = read_bytes(source)
    book = _copy_of(data, chosen) if kind_of_file(data, source.name) == "xlsx" else None
    if book is None:
        book = _built_from(chosen)
    page = book[chosen.name] if chosen.name in book.sheetnames else book.worksheets[0]
    column = width + 1
    put_text(page.cell(header.row, column), heading)
    page.cell(header.row, column).font = Font(bold=True)
    page.cell(header.row, column).alignment = _WRAPPED
    page.column_dimensions[get_column_letter(column)].width = 60
    for row in sorted(remarks_by_row):
        remarks = remarks_by_row[row]
        text = remarks if isinstance(remarks, str) else "\n".join(remarks)
        cell = page.cell(row, column)
        if not text or isinstance(cell, MergedCell):
            continue
        put_text(cell, text)
        cell.fill = _MARKED
        cell.alignment = _WRAPPED
    write_whole(target, same_bytes(book))


def _copy_of(data: bytes, chosen: Sheet) -> Workbook | None:
    """The workbook with its formats, or None where the format library cannot read what the reader could."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except Exception:
        # Broken styles, pictures of unknown kinds, unknown extensions: all kinds of errors, one way out.
        return None
    page = book[chosen.name] if chosen.name in book.sheetnames else None
    return book if isinstance(page, Worksheet) else None


def _built_from(sheet: Sheet) -> Workbook:
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = sheet_name(sheet.name or "List")
    for number, row in enumerate(sheet.rows, start=1):
        for at, cell in enumerate(row, start=1):
            if isinstance(cell, str):
                if cell:
                    put_text(page.cell(number, at), written(cell))
            elif cell is not None:
                page.cell(number, at).value = cell
    return book
