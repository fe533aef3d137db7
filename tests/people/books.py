"""Nasty spreadsheets for the tests, built on the spot. Every person in them is invented."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADER = ["Прізвище", "Ім'я", "По батькові", "Дата народження"]
KOVAL = ["Коваль", "Ірина", "Петрівна", "14.03.1987"]
BONDAR = ["Бондар", "Олег", "Іванович", "01.02.1990"]


def csv_file(folder: Path, text: str, *, name: str = "list.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def table(folder: Path, rows: Sequence[Sequence[object]], *, change: Callable[[Worksheet], None] | None = None) -> Path:
    """An XLSX with one sheet; `change` may merge, hide or set what it likes."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for at, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            if cell is not None:
                sheet.cell(at, column).value = cell  # type: ignore[assignment]
    if change:
        change(sheet)
    path = folder / "list.xlsx"
    book.save(path)
    return path


def sheets(folder: Path, **named: Sequence[Sequence[object]]) -> Path:
    """An XLSX with several sheets; a name that begins with `hidden` is hidden."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in named.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if name.startswith("hidden"):
            sheet.sheet_state = "hidden"
    path = folder / "list.xlsx"
    book.save(path)
    return path


def with_part(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The same workbook with one part of the zip changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            data = source.read(info)
            target.writestr(info.filename, change(data) if info.filename == part else data)
    path.write_bytes(packed.getvalue())
    return path


def with_cell(path: Path, place: str, xml: str) -> Path:
    """The same workbook with the XML of one cell of the first sheet replaced."""
    pattern = re.compile(rf'<c r="{place}"[^>]*?(?:/>|>.*?</c>)'.encode())

    def change(data: bytes) -> bytes:
        assert pattern.search(data), place
        return pattern.sub(xml.encode(), data, count=1)

    return with_part(path, "xl/worksheets/sheet1.xml", change)
