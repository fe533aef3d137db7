"""Text tables: the separator, quotes, `sep=` lines, and rows numbered as Excel numbers them.

A record that spans several lines of the file (a quoted cell with line breaks in it) is one row, as in Excel; an empty line is
a row too; a first line `sep=;` is none.

>>> rows_of("sep=;\\nПрізвище;Примітка\\nКоваль;\\"дві\\nстрічки\\"\\n", "list.csv")
[['Прізвище', 'Примітка'], ['Коваль', 'дві\\nстрічки']]
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping

from homeward.people.columns import field_of
from homeward.people.encoding import decode
from homeward.people.errors import PeopleFileError
from homeward.people.grid import Cell, Sheet

_SEPARATORS = (";", ",", "\t", "|")
_SEP_LINE = re.compile(r"\A\ufeff?\"?sep=(.)\"?\r?(?:\n|\Z|\r)", re.IGNORECASE)
_END = "\x1e"
_SAMPLE = 100_000
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


def csv_sheet(data: bytes, file: str, mapping: Mapping[str, str] | None = None) -> Sheet:
    """Read a text table. `mapping` (folded) helps to tell the separator. Raises `PeopleFileError`."""
    decoded = decode(data)
    if decoded is None:
        raise PeopleFileError("encoding", file)
    text = decoded.text.replace("\x00", "").replace("\x1e", "")
    if len(_CONTROL.findall(text[:_SAMPLE])) * 20 > len(text[:_SAMPLE]):
        raise PeopleFileError("binary", file)
    rows: list[list[Cell]] = [list(row) for row in rows_of(text, file, mapping)]
    return Sheet("", rows, encoding=decoded.encoding, damaged=decoded.damaged)


def rows_of(text: str, file: str, mapping: Mapping[str, str] | None = None) -> list[list[str]]:
    """The rows of a text table. Raises `PeopleFileError` where a quotation mark never closes."""
    text = text.removeprefix("\ufeff")
    match = _SEP_LINE.match(text)
    if match:
        text, separator = text[match.end() :], match.group(1)
        separator = separator if separator not in '"\r\n' else ";"
    else:
        separator = tell_separator(text, mapping)
    if '"' not in text:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
        return [line.split(separator) if line else [] for line in lines]
    # The mark at the end comes back as a row of its own, unless an open quotation mark has swallowed the rest of the file.
    whole = text.removesuffix("\n")
    rows = _parse(f"{whole}\n{_END}\n", separator)
    if rows[-1] != [_END]:
        raise PeopleFileError("open_quote", file, row=len(rows))
    return rows[:-1]


def _parse(text: str, separator: str) -> list[list[str]]:
    # The limit is one for the whole process; it is only ever raised, so that two readers at once cannot disturb each other.
    if csv.field_size_limit() <= len(text):
        csv.field_size_limit(len(text) + 1)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def tell_separator(text: str, mapping: Mapping[str, str] | None = None) -> str:
    """The separator under which most headings are recognised and most rows have as many cells as the header."""
    sample = text[:_SAMPLE]
    best: tuple[float, float, int, str] | None = None
    for at, separator in enumerate(_SEPARATORS):
        if separator not in sample:
            continue
        rows = _parse(sample, separator)[:200]
        lengths = Counter(len(row) for row in rows if any(row))
        if not lengths:
            continue
        known, width = max((sum(field_of(cell, mapping) is not None for cell in row if cell), len(row)) for row in rows[:60])
        usual, count = max(lengths.items(), key=lambda item: (item[1], item[0]))
        total = sum(lengths.values())
        share = lengths.get(width, 0) / total if known else count / total
        score = (known * (0.2 + share), share * min(usual, 20), -at, separator)
        if best is None or score > best:
            best = score
    return best[3] if best else ";"
