"""The rows of a written table as the text of an XLSX sheet, many times faster than one cell object at a time.

The workbook around them (columns, panes, styles, drop-down lists) is made by openpyxl with the heading and one row of samples, one
cell for each look that the table needs. `with_rows` then puts all rows in place of the samples, with the looks that the samples
got. The text is the one that openpyxl itself would write.

>>> looks_of([["Коваль", 3], ["=1+1", None]], 2)
['plain', 'kept']
>>> sheet = b'<sheetData><row r="1"></row><row r="2"><c r="A2" s="4" /><c r="B2" s="5" /></row></sheetData>'
>>> with_rows(sheet, [["a<b", 3], ["=1"]], 2, ["plain", "kept"]).decode().partition("</row>")[2]
'<row r="2"><c r="A2" s="4" t="inlineStr"><is><t>a&lt;b</t></is></c><c r="B2" s="4" t="n"><v>3</v></c></row>\
<row r="3"><c r="A3" s="5" t="inlineStr"><is><t>=1</t></is></c><c r="B3" s="4" t="n" /></row></sheetData>'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from xml.sax.saxutils import escape

from openpyxl.compat import safe_string
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from homeward.people.progress import Progress
from homeward.people.xlsxfile import begins_a_formula, safe_text

Plain = str | int | float | bool | date | None

#: Look → a value that has it: an ordinary cell, a text that is kept from being a formula, a day, a moment.
SAMPLES: dict[str, Plain] = {"plain": None, "kept": "=", "day": date(2020, 1, 1), "moment": datetime(2020, 1, 1)}  # noqa: DTZ001

_SAMPLE_ROW = re.compile(rb'<row r="2".*?</row>', re.DOTALL)
_LOOK = re.compile(rb'<c r="[A-Z]+2" s="(\d+)"')


def looks_of(table: Sequence[Sequence[Plain]], width: int) -> list[str]:
    """The looks that the cells of a table need, in the order in which they occur; cells that a row leaves out are plain."""
    found: dict[str, None] = {}
    for row in table:
        for value in row:
            found[_look(value)] = None
        if len(row) < width:
            found["plain"] = None
        if len(found) == len(SAMPLES):
            break
    return list(found)


def with_rows(
    sheet: bytes, table: Sequence[Sequence[Plain]], width: int, looks: Sequence[str], progress: Progress | None = None
) -> bytes:
    """The sheet with these rows in place of the row of samples, which has a cell for each of `looks` in their order."""
    found = _SAMPLE_ROW.search(sheet)
    assert found is not None, "a sheet is written with a row of samples under its heading"
    styles = dict(zip(looks, (number.decode() for number in _LOOK.findall(found[0])), strict=True))
    body = "".join(_rows(table, width, styles, progress)).encode("utf-8")
    return sheet[: found.start()] + body + sheet[found.end() :]


def _rows(table: Sequence[Sequence[Plain]], width: int, styles: dict[str, str], progress: Progress | None) -> Iterator[str]:
    letters = [get_column_letter(at + 1) for at in range(width)]
    for number, row in enumerate(table, start=2):
        cells = [_cell(f"{letter}{number}", value, styles) for letter, value in zip(letters, row, strict=False)]
        cells += [_cell(f"{letter}{number}", None, styles) for letter in letters[len(row) :]]
        yield f'<row r="{number}">{"".join(cells)}</row>'
        if progress and (number - 1) % 1000 == 0:
            progress("writing rows", number - 1, len(table))


def _look(value: Plain) -> str:
    if isinstance(value, str):
        return "kept" if begins_a_formula(value) else "plain"
    if isinstance(value, datetime):
        return "moment"
    return "day" if isinstance(value, date) else "plain"


def _cell(place: str, value: Plain, styles: dict[str, str]) -> str:
    start = f'<c r="{place}" s="{styles[_look(value)]}"'
    if isinstance(value, str):
        text = safe_text(value)
        if not text:
            return f'{start} t="inlineStr" />'
        kept = ' xml:space="preserve"' if text.strip() and text != text.strip() else ""
        return f'{start} t="inlineStr"><is><t{kept}>{escape(text)}</t></is></c>'
    if value is None:
        return f'{start} t="n" />'
    if isinstance(value, bool):
        return f'{start} t="b"><v>{int(value)}</v></c>'
    number = to_excel(value) if isinstance(value, date) else value  # type: ignore[no-untyped-call]
    return f'{start} t="n"><v>{safe_string(number)}</v></c>'
