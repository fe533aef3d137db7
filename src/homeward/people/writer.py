"""Tables that officers open, print, fill in and send back: XLSX or CSV, by the ending of the file's name.

Nothing in a table is ever executed. A list comes from the other side, and a cell that begins with `=`, `+`, `-` or `@` (or a
tab or line feed before it) would be run as a formula by the officer's spreadsheet program: it can send the list away or start
a program. In XLSX such a text is stored as text; in CSV, which has no types, an apostrophe is put before it, which
`read_people` leaves out again.

The same content gives the same bytes, so that a table can be hashed and signed.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     path = Path(folder) / "answers.csv"
...     write_table(path, ["id", "answer"], [["p-0417", "=1+1"], ["p-0418", Absence.WITHHELD]])
...     path.read_text("utf-8-sig").splitlines()
['id;answer', "p-0417;'=1+1", 'p-0418;withheld']
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from os import PathLike
from pathlib import Path
from typing import cast

from openpyxl import Workbook
from openpyxl.cell import Cell as XlsxCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from homeward.people.atomic import write_whole
from homeward.people.dates import PartialDate
from homeward.people.person import Absence
from homeward.people.progress import Progress
from homeward.people.xlsxfile import put_text, safe_text, same_bytes
from homeward.people.xlsxrows import SAMPLES, Plain, looks_of, with_rows

#: What a cell of a written table may hold. A partial date is written as ISO 8601 text, an absence as its word.
Writable = str | int | float | bool | date | PartialDate | Absence | None

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "'=", "'+", "'-", "'@", "'\t", "'\r", "＝", "＋", "－", "＠")
_HEAD_FILL = PatternFill("solid", fgColor="FFD9E2EC")
_LINE = Side(style="thin", color="FFB0B8C0")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TOP = Alignment(vertical="top", wrap_text=True)
_HEAD_ALIGN = Alignment(vertical="center", wrap_text=True)
#: Excel keeps the words of a drop-down list in a formula of at most this many characters.
_CHOICES_LIMIT = 255


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a written table. `width` counts characters (None: by content); `choices` make a drop-down list in XLSX.

    `strict` forbids other words than the choices; otherwise Excel only warns.
    """

    heading: str
    width: float | None = None
    choices: Sequence[str] = ()
    strict: bool = True


def write_table(
    path: str | PathLike[str],
    columns: Sequence[str | Column],
    rows: Iterable[Sequence[Writable]],
    *,
    sheet_title: str = "List",
    notes: Sequence[str] = (),
    notes_title: str = "Notes",
    widths: Mapping[str, float] | None = None,
    progress: Progress | None = None,
) -> None:
    """Write a table as XLSX, or as CSV (UTF-8 with a byte order mark, semicolons) if the name ends in `.csv`.

    `notes` go to a second sheet of an XLSX file and are left out of a CSV. `widths` gives widths by heading. A row shorter than
    the header is filled up; a longer one is our own mistake and raises `ValueError`, as does another ending of the name.
    Raises `PeopleFileError` when the file cannot be written; the old file then stays.
    """
    path = Path(path)
    if path.suffix.lower() not in {".csv", ".xlsx"}:
        raise ValueError("a table is written as .xlsx or .csv")
    data = table_bytes(
        path.suffix.lower(),
        columns,
        rows,
        sheet_title=sheet_title,
        notes=notes,
        notes_title=notes_title,
        widths=widths,
        progress=progress,
    )
    write_whole(path, data)


def table_bytes(
    ending: str,
    columns: Sequence[str | Column],
    rows: Iterable[Sequence[Writable]],
    *,
    sheet_title: str = "List",
    notes: Sequence[str] = (),
    notes_title: str = "Notes",
    widths: Mapping[str, float] | None = None,
    progress: Progress | None = None,
) -> bytes:
    """The bytes that `write_table` writes, for a table that goes out of the program without a file. `ending` is .csv or .xlsx."""
    given = [Column(column) if isinstance(column, str) else column for column in columns]
    if widths:
        given = [replace(column, width=widths.get(column.heading, column.width)) for column in given]
    table = []
    for row in rows:
        if len(row) > len(given):
            raise ValueError(f"a row of {len(row)} cells under {len(given)} headings")
        table.append([_plain(cell) for cell in row])
    if ending == ".csv":
        return _csv_bytes([column.heading for column in given], table)
    assert ending == ".xlsx", "a table is written as .xlsx or .csv"
    return _xlsx_bytes(given, table, title=sheet_title, notes=notes, notes_title=notes_title, progress=progress)


def _plain(cell: Writable) -> Plain:
    if isinstance(cell, PartialDate):
        return str(cell)
    if isinstance(cell, Absence):
        return cell.value
    return cell


def csv_safe(text: str) -> str:
    """A text that no spreadsheet program takes for a formula: an apostrophe before what could begin one.

    >>> csv_safe("=HYPERLINK()"), csv_safe("Коваль")
    ("'=HYPERLINK()", 'Коваль')
    """
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def _csv_bytes(headings: Sequence[str], table: Sequence[Sequence[Plain]]) -> bytes:
    text = io.StringIO(newline="")
    out = csv.writer(text, delimiter=";", lineterminator="\r\n")
    out.writerow([csv_safe(heading) for heading in headings])
    for row in table:
        cells = [_csv_text(cell) for cell in row]
        out.writerow(cells + [""] * (len(headings) - len(cells)))
    return text.getvalue().encode("utf-8-sig", "replace")


def _csv_text(cell: Plain) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return csv_safe(cell.replace("\x00", ""))
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _xlsx_bytes(
    columns: Sequence[Column],
    table: Sequence[Sequence[Plain]],
    *,
    title: str,
    notes: Sequence[str],
    notes_title: str,
    progress: Progress | None,
) -> bytes:
    book = Workbook(write_only=True)
    # A sheet that is only written has the same settings as any other, which its type does not say.
    sheet = cast("Worksheet", book.create_sheet(sheet_name(title)))
    # Panes, widths and print settings stand before the rows in the file, so they are set first.
    sheet.freeze_panes = "A2"
    for at, column in enumerate(columns):
        width = column.width or _width(column, [row[at] for row in table[:500] if at < len(row)])
        sheet.column_dimensions[get_column_letter(at + 1)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    assert sheet.oddFooter is not None
    footer = sheet.oddFooter.center
    assert footer is not None
    footer.text = "&P / &N"
    last = get_column_letter(max(len(columns), 1))
    sheet.auto_filter.ref = f"A1:{last}{len(table) + 1}"
    for at, column in enumerate(columns):
        if column.choices and table:
            _add_choices(sheet, column, get_column_letter(at + 1), len(table))
    sheet.append([_head_cell(sheet, column.heading) for column in columns])
    looks = looks_of(table, len(columns))
    if table:
        sheet.append([_body_cell(sheet, SAMPLES[look]) for look in looks])
    if notes:
        page = cast("Worksheet", book.create_sheet(sheet_name(notes_title)))
        page.column_dimensions["A"].width = 110
        for note in notes:
            page.append([_body_cell(page, note)])
    if not table:
        return same_bytes(book)
    data = same_bytes(book, lambda text: with_rows(text, table, len(columns), looks, progress))
    if progress:
        progress("writing rows", len(table), len(table))
    return data


def sheet_name(title: str) -> str:
    """A title that Excel accepts as the name of a sheet.

    >>> sheet_name("Answers 3/4 [draft]")
    'Answers 3 4 draft'
    """
    kept = " ".join("".join(" " if letter in "[]:*?/\\'" else letter for letter in safe_text(title)).split())
    return kept[:31].strip() or "List"


def _head_cell(sheet: Worksheet, heading: str) -> XlsxCell:
    cell = WriteOnlyCell(sheet)
    put_text(cell, heading)
    cell.font = Font(bold=True)
    cell.fill = _HEAD_FILL
    cell.border = _BORDER
    cell.alignment = _HEAD_ALIGN
    return cell


def _body_cell(sheet: Worksheet, value: Plain) -> XlsxCell:
    cell = WriteOnlyCell(sheet)
    if isinstance(value, str):
        put_text(cell, value)
    elif value is not None:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd" if not isinstance(value, datetime) else "yyyy-mm-dd hh:mm:ss"
    cell.alignment = _TOP
    cell.border = _BORDER
    return cell


def _width(column: Column, cells: Sequence[Plain]) -> float:
    longest = max((len(line) for cell in cells if cell is not None for line in str(cell)[:200].split("\n")), default=0)
    return float(min(max(longest, len(column.heading) * 0.8, 6) + 2, 45))


def _add_choices(sheet: Worksheet, column: Column, letter: str, rows: int) -> None:
    joined = ",".join(column.choices)
    if any("," in choice or '"' in choice for choice in column.choices) or len(joined) > _CHOICES_LIMIT:
        raise ValueError("choices may hold no comma or quotation mark and at most 255 characters together")
    rule = DataValidation(type="list", formula1=f'"{joined}"', allow_blank=True, showErrorMessage=True)
    rule.errorStyle = "stop" if column.strict else "warning"
    rule.add(f"{letter}2:{letter}{rows + 1}")
    sheet.data_validations.append(rule)
