"""Sheets and text tables as bureaux send them, to the byte the same for the same rows.

`people.write_table` writes clean tables; this module exists because invented lists need what that one refuses to write: titles
above the header, merged cells, dates as bare day numbers, another encoding. The content is pure (`xlsx_bytes`, `csv_bytes`);
`write_whole` puts it on the disk.

>>> sheet = Layout("People", above=(("LIST",),), header=("Id",), under=((1,),), body=(("a",), ("b",)))
>>> sheet.row_number(0), sheet.row_number(1)  # as Excel counts: title, header, numbering row, then the first person
(4, 5)
>>> csv_bytes(Layout("", header=("Имя", "Пол"), body=(("Анна", "ж"),)), encoding="windows-1251").decode("windows-1251")
'Имя;Пол\\r\\nАнна;ж\\r\\n'
"""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook

Cell = str | int | date | None
Line = Sequence[Cell]

_EPOCH = date(1899, 12, 30)
#: Every file says that it was written at this moment, so that the same rows give the same bytes.
_WRITTEN = datetime(2025, 5, 16, 12, 0, 0)  # noqa: DTZ001 - a ZIP entry and an XLSX property carry no time zone.


@dataclass(frozen=True, slots=True)
class Layout:
    """One table: lines above the header, the header, lines under it, the people, lines at the end; `merged` as "A1:F1"."""

    title: str
    header: Line
    body: Sequence[Line]
    above: Sequence[Line] = ()
    under: Sequence[Line] = ()
    end: Sequence[Line] = ()
    merged: tuple[str, ...] = ()

    @property
    def lines(self) -> list[Line]:
        return [*self.above, self.header, *self.under, *self.body, *self.end]

    def row_number(self, place: int) -> int:
        """The number that Excel shows beside the body's line `place`, which counts from 0."""
        return len(self.above) + 1 + len(self.under) + place + 1


def serial(day: date) -> int:
    """The day number under which Excel stores a date (1900 system)."""
    return (day - _EPOCH).days


def xlsx_bytes(layout: Layout) -> bytes:
    """The table as an XLSX file with one sheet."""
    book = Workbook(write_only=True)
    book.properties.creator = "invented"
    book.properties.created = _WRITTEN
    sheet = book.create_sheet(layout.title)
    for line in layout.lines:
        sheet.append(line)
    for area in layout.merged:
        sheet.merged_cells.add(area)
    raw = io.BytesIO()
    book.save(raw)
    return _without_clock(raw)


def _without_clock(raw: io.BytesIO) -> bytes:
    """The same ZIP with the clock's traces taken out: entry times and the property `modified`."""
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + _WRITTEN.isoformat().encode() + b"Z", content)
            entry = zipfile.ZipInfo(info.filename, _WRITTEN.timetuple()[:6])
            entry.external_attr = 0o600 << 16
            target.writestr(entry, content, zipfile.ZIP_DEFLATED, 6)
    return out.getvalue()


def csv_bytes(layout: Layout, *, encoding: str = "utf-8", delimiter: str = ";") -> bytes:
    """The table as text. Dates are written as 14.03.1987. A character that the encoding lacks raises `UnicodeEncodeError`."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    for line in layout.lines:
        writer.writerow([f"{cell:%d.%m.%Y}" if isinstance(cell, date) else cell for cell in line])
    return text.getvalue().encode(encoding)


def write_whole(path: Path, content: bytes) -> None:
    """Write the file whole or not at all: a temporary file beside it, flushed to the disk, then renamed."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
