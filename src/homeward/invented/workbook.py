"""The smallest XLSX file that Excel, LibreOffice and this project's own reader open: one sheet of texts, numbers and dates.

Written by hand because a demo of 20,000 people writes two million cells, which takes the usual library half a minute, and
because invented files must be the same to the byte whatever version of it is installed. Parts and their names follow ECMA-376
part 1 (SpreadsheetML); texts stand in the cells themselves (`inlineStr`).

>>> from zipfile import ZipFile
>>> with ZipFile(BytesIO(workbook_bytes("List", [["Name", 7, date(2025, 5, 16)]]))) as book:
...     print(book.read("xl/worksheets/sheet1.xml").decode().partition('<row r="1">')[2].partition("</row>")[0])
<c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="B1"><v>7</v></c><c r="C1" s="1"><v>45793</v></c>
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

#: What a cell may hold; "" and None leave it out.
Cell = str | int | date | None

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
)
_ROOT = (
    f'<Relationships xmlns="{_RELATIONS}">'
    f'<Relationship Id="rId1" Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_BOOK_RELATIONS = (
    f'<Relationships xmlns="{_RELATIONS}">'
    f'<Relationship Id="rId1" Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_DOCUMENT}/styles" Target="styles.xml"/></Relationships>'
)
#: Style 0 is plain; style 1 shows a day number as a date (number format 14).
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
#: The day before day 1 of the 1900 system, one earlier because that system counts a 29 February 1900.
_EPOCH = date(1899, 12, 30).toordinal()


def serial(day: date) -> int:
    """The day number under which Excel stores a date from 1 March 1900 on."""
    return day.toordinal() - _EPOCH


def workbook_bytes(title: str, lines: Iterable[Sequence[Cell]], merged: Sequence[str] = ()) -> bytes:
    """A workbook with one sheet of these lines, at most 26 cells each; `merged` are areas such as "A1:F1"."""
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets>'
        f'<sheet name={quoteattr(title)} sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _ROOT,
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": _BOOK_RELATIONS,
        "xl/styles.xml": _STYLES,
        "xl/worksheets/sheet1.xml": _sheet(lines, merged),
    }
    out = BytesIO()
    with ZipFile(out, "w") as target:
        for name, text in parts.items():
            entry = ZipInfo(name, (2025, 5, 16, 12, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            target.writestr(entry, _XML + text, ZIP_DEFLATED, 6)
    return out.getvalue()


def _sheet(lines: Iterable[Sequence[Cell]], merged: Sequence[str]) -> str:
    out = [f'<worksheet xmlns="{_MAIN}"><sheetData>']
    for number, line in enumerate(lines, start=1):
        assert len(line) <= 26, "the letters of the columns end at Z here"
        out.append(f'<row r="{number}">')
        out += [_cell(f"{chr(65 + place)}{number}", value) for place, value in enumerate(line)]
        out.append("</row>")
    out.append("</sheetData>")
    if merged:
        areas = "".join(f"<mergeCell ref={quoteattr(area)}/>" for area in merged)
        out.append(f'<mergeCells count="{len(merged)}">{areas}</mergeCells>')
    return "".join((*out, "</worksheet>"))


def _cell(place: str, value: Cell) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    if isinstance(value, date):
        return f'<c r="{place}" s="1"><v>{serial(value)}</v></c>'
    return f'<c r="{place}"><v>{value}</v></c>'
