"""The workbook of a review sheet, written row by row.

The library for workbooks makes everything around the rows (styles, drop-down lists, widths, the frozen heading); the rows
themselves, thousands of cells with marked letters in them, are written here as the XML they become, ten times as fast. Every
cell is an inline string (ECMA-376 part 1, 18.3.1.53), so no text can be taken for a formula.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from homeward.people.xlsxfile import safe_text, same_bytes

_RED = '<rPr><b/><color rgb="00C00000"/></rPr>'
_SHEET = "xl/worksheets/sheet1.xml"
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Marked:
    """Letters to be shown in red."""

    text: str


#: What a cell shows: plain text, or pieces of which some are marked.
Shown = str | Sequence[str | Marked]


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: heading, width in characters, the words that a drop-down offers, and what may be done with it."""

    heading: str
    width: float
    offered: tuple[str, ...] = ()
    to_fill_in: bool = False
    hidden: bool = False


def sheet_bytes(title: str, columns: Sequence[SheetColumn], rows: Iterable[Sequence[Shown]], count: int) -> bytes:
    """The workbook as bytes; the same content gives the same bytes. `count` is how many rows there will be."""
    frame, styles = _frame(title, columns, count)
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(frame)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == _SHEET:
                head, mark, tail = data.partition(b"</sheetData>")
                assert mark, "a sheet without rows has no place for them"
                head = head[: head.index(b'<row r="2"')]
                data = b"".join((head, "".join(_rows(columns, rows, styles)).encode(), mark, tail))
            target.writestr(info, data, compress_type=zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _frame(title: str, columns: Sequence[SheetColumn], count: int) -> tuple[bytes, Mapping[str, str]]:
    """A workbook with the heading and one row that shows every style; and the number of each style."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None, "a new workbook has a sheet"
    sheet.title = title
    sheet.freeze_panes = "A2"
    top = Alignment(wrap_text=True, vertical="top")
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        sheet.column_dimensions[letter].hidden = column.hidden
        heading = sheet.cell(1, number, column.heading)
        heading.font, heading.alignment = Font(bold=True), top
        if column.offered:
            words = DataValidation(
                type="list", formula1=f'"{",".join(column.offered)}"', allow_blank=True, showErrorMessage=True
            )
            words.errorStyle = "warning"  # A word of another language is allowed, too.
            words.error = " / ".join(column.offered)
            words.add(f"{letter}2:{letter}{max(count, 1) + 1}")
            sheet.data_validations.append(words)
    for number, name in enumerate(_STYLES, start=1):
        cell = sheet.cell(2, number, "x")
        cell.alignment = top
        if name.startswith("fill"):
            cell.fill, cell.protection = PatternFill("solid", fgColor="00FFF6D6"), Protection(locked=False)
        if name.endswith("text"):
            # The mark tells a spreadsheet program to keep a text a text even after somebody edits the cell.
            cell.quotePrefix = True
    data = same_bytes(book)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        numbers = re.findall(r'<c r="[A-Z]+2" s="([0-9]+)"', archive.read(_SHEET).decode())
    return data, dict(zip(_STYLES, numbers, strict=True))


_STYLES = ("shown", "fill", "shown text", "fill text")


def _rows(columns: Sequence[SheetColumn], rows: Iterable[Sequence[Shown]], styles: Mapping[str, str]) -> Iterable[str]:
    letters = [get_column_letter(number) for number in range(1, len(columns) + 1)]
    kinds = ["fill" if column.to_fill_in else "shown" for column in columns]
    for number, row in enumerate(rows, start=2):
        cells = []
        for letter, kind, shown in zip(letters, kinds, row, strict=True):
            pieces = (shown,) if isinstance(shown, str) else shown
            first = next((piece if isinstance(piece, str) else piece.text for piece in pieces), "")
            style = styles[f"{kind} text" if first.startswith(_FORMULA_SIGNS) else kind]
            place = f'<c r="{letter}{number}" s="{style}"'
            cells.append(f'{place} t="inlineStr"><is>{_inline(shown)}</is></c>' if first else f"{place}/>")
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _inline(shown: Shown) -> str:
    if isinstance(shown, str):
        return _text(shown)
    return "".join(
        f"<r>{_RED}{_text(piece.text)}</r>" if isinstance(piece, Marked) else f"<r>{_text(piece)}</r>" for piece in shown
    )


def _text(text: str) -> str:
    return f'<t xml:space="preserve">{escape(safe_text(text))}</t>'
