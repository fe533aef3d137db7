"""XLSX files with the same bytes for the same content: no clock, no order of a dictionary, no writer's whim in them.

The library that writes workbooks stamps the time into the zip entries and into the document's properties. `same_bytes` packs
the workbook anew with fixed times. `safe_text` and `put` keep every text a text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from openpyxl import Workbook
from openpyxl.cell import Cell as XlsxCell
from openpyxl.cell import MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from homeward.people.grid import CELL_LIMIT

_MOMENT = (2020, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
#: Excel reads `_x0041_` in a text as the letter A; the underscore is written so that it stays what it is.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

#: Halves of characters and the two codes that no XML file may hold.
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")


def safe_text(text: str) -> str:
    """Text that an XLSX cell can hold: no control characters, line breaks as LF, no longer than Excel allows."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _UNWRITABLE.sub("\ufffd", text)
    text = _ESCAPE.sub("_x005F_", text)
    return text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - 1] + "…"


def put_text(cell: XlsxCell | MergedCell, text: str) -> None:
    """Store a text as a text, whatever it begins with.

    In a workbook a cell is a formula only if its type says so. The type is set to text here, and the `quotePrefix` mark tells
    Excel to keep it one even after somebody edits the cell.
    """
    assert not isinstance(cell, MergedCell), "a cell inside a merged area holds nothing of its own"
    cell.value = safe_text(text)
    cell.data_type = "s"
    if begins_a_formula(text):
        cell.quotePrefix = True


def begins_a_formula(text: str) -> bool:
    """Whether Excel would take a text for a formula once somebody edits it."""
    return text[:1] in {"=", "+", "-", "@", "\t", "\r"}


def same_bytes(book: Workbook, first_sheet: Callable[[bytes], bytes] | None = None) -> bytes:
    """The workbook as bytes that depend on its content alone. `first_sheet` may change the text of the first sheet."""
    raw = io.BytesIO()
    book.save(raw)
    packed = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == "docProps/core.xml":
                data = _STAMP.sub(rb"\g<1>2020-01-01T00:00:00Z\g<3>", data)
            if first_sheet is not None and info.filename == "xl/worksheets/sheet1.xml":
                data = first_sheet(data)
            entry = zipfile.ZipInfo(info.filename, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            target.writestr(entry, data)
    return packed.getvalue()
