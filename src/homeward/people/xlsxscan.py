"""What the workbook reader does not tell about an XLSX sheet: hidden rows and columns, errors, formulas without a value, size.

The sheet's XML is searched with patterns instead of being parsed: only four kinds of element matter, and a list of 100,000
rows has millions of cells. Nothing here decides values; the workbook reader does.

>>> facts = scan_sheet(b'<row r="3" hidden="1"><c r="B3" t="e"><v>#N/A</v></c></row>')
>>> facts.hidden_rows, facts.errors, facts.last_row, facts.last_column
(frozenset({3}), {(3, 1): '#N/A'}, 3, 1)
"""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from typing import NamedTuple

from homeward.people.grid import column_number

# Every pattern stops at the next angle bracket, so that a file made to be slow costs no more than its length.
_ROW_HIDDEN = re.compile(rb'<(?:\w+:)?row\s(?=[^<>]*\bhidden="(?:1|true)")[^<>]*?\br="(\d{1,7})"')
_COLUMN_HIDDEN = re.compile(rb"<(?:\w+:)?col\s([^<>]*\bhidden=\"(?:1|true)\"[^<>]*)>")
_CELLS = re.compile(rb'<(?:\w+:)?c\s[^<>]*?\br="([A-Z]{1,3})(\d{1,7})"[^<>]*(?<!/)>(?!</)')
_ERROR_CELL = re.compile(
    rb'<(?:\w+:)?c\s(?=[^<>]*\bt="e")[^<>]*?\br="([A-Z]{1,3})(\d{1,7})"[^<>]*(?<!/)>\s*'
    rb"(?:<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*)?<(?:\w+:)?v>([^<]*)<"
)
_FORMULA_CELL = re.compile(
    rb'<(?:\w+:)?c\s[^<>]*?\br="([A-Z]{1,3})(\d{1,7})"[^<>]*(?<!/)>\s*<(?:\w+:)?f\b[^<>]*?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^<>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^<>]*)>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_1904 = re.compile(r"<(?:\w+:)?workbookPr\s[^<>]*\bdate1904\s*=\s*[\"'](?:1|true)[\"']")


class SheetFacts(NamedTuple):
    """Rows count from 1, columns from 0. `last_row` and `last_column` bound the cells that hold something (0, -1 if none)."""

    hidden_rows: frozenset[int]
    hidden_columns: tuple[int, ...]
    errors: dict[tuple[int, int], str]
    formulas: dict[tuple[int, int], str]
    last_row: int
    last_column: int


class WorkbookFacts(NamedTuple):
    """The path in the zip of every sheet, by its name, and whether days count from 1904."""

    parts: dict[str, str]
    from_1904: bool


def scan_sheet(xml: bytes) -> SheetFacts:
    """Search one sheet's XML."""
    hidden_columns: list[int] = []
    for match in _COLUMN_HIDDEN.finditer(xml):
        attributes = _attributes(match.group(1).decode("utf-8", "replace"))
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if first.isdigit() and last.isdigit():
            hidden_columns += range(int(first) - 1, min(int(last), 16_384))
    last_row, letters = 0, set()
    for column, row in _CELLS.findall(xml):
        letters.add(column)
        last_row = max(last_row, int(row))
    return SheetFacts(
        frozenset(int(match.group(1)) for match in _ROW_HIDDEN.finditer(xml)),
        tuple(hidden_columns),
        {_place(m): m.group(3).decode("utf-8", "replace") for m in _ERROR_CELL.finditer(xml)} if b't="e"' in xml else {},
        {_place(m): html.unescape((m.group(3) or b"").decode("utf-8", "replace")) for m in _FORMULA_CELL.finditer(xml)},
        last_row,
        max((column_number(column.decode("ascii")) for column in letters), default=-1),
    )


def scan_workbook(container: zipfile.ZipFile) -> WorkbookFacts:
    """Find the part of every sheet. A workbook built in an unusual way may give fewer sheets than it has."""
    try:
        book = container.read("xl/workbook.xml").decode("utf-8", "replace")
        relations = container.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except KeyError:
        return WorkbookFacts({}, from_1904=False)
    targets = {}
    for match in _RELATION.finditer(relations):
        attributes = _attributes(match.group(1))
        target = attributes.get("Target", "")
        targets[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    parts = {}
    for match in _SHEET.finditer(book):
        attributes = _attributes(match.group(1))
        relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        if relation in targets:
            parts[attributes.get("name", "")] = targets[relation]
    return WorkbookFacts(parts, _1904.search(book) is not None)


def _attributes(text: str) -> dict[str, str]:
    return {key: html.unescape(double or single) for key, double, single in _ATTRIBUTE.findall(text[:2000])}


def _place(match: re.Match[bytes]) -> tuple[int, int]:
    return int(match.group(2)), column_number(match.group(1).decode("ascii"))
