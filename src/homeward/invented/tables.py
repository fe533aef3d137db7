"""Sheets and text tables as bureaux send them, to the byte the same for the same rows.

`people.write_table` writes clean tables; this module exists because invented lists need what that one refuses to write: titles
above the header, merged cells, dates as bare day numbers, another encoding.

>>> sheet = Layout("People", above=(("LIST",),), header=("Id",), under=((1,),), body=(("a",), ("b",)))
>>> sheet.row_number(0), sheet.row_number(1)  # as Excel counts: title, header, numbering row, then the first person
(4, 5)
>>> csv_bytes(Layout("", header=("Имя", "Пол"), body=(("Анна", "ж"),)), encoding="windows-1251").decode("windows-1251")
'Имя;Пол\\r\\nАнна;ж\\r\\n'
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from homeward.invented.workbook import Cell, workbook_bytes

Line = Sequence[Cell]


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


def xlsx_bytes(layout: Layout) -> bytes:
    """The table as an XLSX file with one sheet."""
    return workbook_bytes(layout.title, layout.lines, layout.merged)


def csv_bytes(layout: Layout, *, encoding: str = "utf-8", delimiter: str = ";") -> bytes:
    """The table as text. Dates are written as 14.03.1987. A character that the encoding lacks raises `UnicodeEncodeError`."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    for line in layout.lines:
        writer.writerow([f"{cell:%d.%m.%Y}" if isinstance(cell, date) else cell for cell in line])
    return text.getvalue().encode(encoding)
