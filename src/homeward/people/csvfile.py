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
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice

from homeward.people.columns import field_of
from homeward.people.encoding import Decoded, decode
from homeward.people.errors import PeopleFileError
from homeward.people.grid import Cell, Sheet

_SEPARATORS = (";", ",", "\t", "|")
_SEP_LINE = re.compile(r"\A\ufeff?\"?sep=(.)\"?\r?(?:\n|\Z|\r)", re.IGNORECASE)
_END = "\x1e"
_SAMPLE = 100_000
#: About so many characters are cut into rows at a time, and of a table with quotation marks so many rows.
_PIECE = 4_000_000
_ROWS = 50_000
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


def csv_sheet(data: bytes, file: str, mapping: Mapping[str, str] | None = None) -> Sheet:
    """Read a text table. `mapping` (folded) helps to tell the separator. Raises `PeopleFileError`."""
    decoded = text_table(data, file)
    rows: list[list[Cell]] = [list(row) for row in rows_of(decoded.text, file, mapping)]
    return Sheet("", rows, encoding=decoded.encoding, damaged=decoded.damaged)


def text_table(data: bytes, file: str) -> Decoded:
    """The text of a table and its encoding. Raises `PeopleFileError` for what is no text."""
    decoded = decode(data)
    if decoded is None:
        raise PeopleFileError("encoding", file)
    text = decoded.text.replace("\x00", "").replace("\x1e", "")
    if len(_CONTROL.findall(text[:_SAMPLE])) * 20 > len(text[:_SAMPLE]):
        raise PeopleFileError("binary", file)
    return decoded._replace(text=text)


def rows_of(text: str, file: str, mapping: Mapping[str, str] | None = None) -> list[list[str]]:
    """The rows of a text table. Raises `PeopleFileError` where a quotation mark never closes."""
    return list(chain.from_iterable(blocks_of(text, file, mapping)))


def blocks_of(text: str, file: str, mapping: Mapping[str, str] | None = None) -> Iterator[list[list[str]]]:
    """The same rows, some at a time, so that a long table is never held as rows. Same error, after the last row."""
    text = text.removeprefix("\ufeff")
    match = _SEP_LINE.match(text)
    if match:
        text, separator = text[match.end() :], match.group(1)
        separator = separator if separator not in '"\r\n' else ";"
    else:
        separator = tell_separator(text, mapping)
    if '"' not in text:
        for piece in _pieces(text):
            lines = piece.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
            yield [line.split(separator) if line else [] for line in lines]
        return
    _allow_cells_of(len(text))
    # The mark at the end comes back as a row of its own, unless an open quotation mark has swallowed the rest of the file.
    end = [f"{_END}\n"] if text.endswith("\n") else ["\n", f"{_END}\n"]
    if text[-1:] == "\r":
        text, end = text[:-1], ["\r\n", f"{_END}\n"]
    rows = csv.reader(_lines(chain(_pieces(text), end)), delimiter=separator)
    before: list[list[str]] = []
    count = 0
    while block := list(islice(rows, _ROWS)):
        if before:
            yield before
        before, count = block, count + len(block)
    if before[-1] != [_END]:
        raise PeopleFileError("open_quote", file, row=count)
    yield before[:-1]


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces that end with a line feed, the last one as it ends."""
    start = 0
    while start < len(text) or not start:
        end = text.find("\n", start + _PIECE) + 1 or len(text)
        yield text[start:end]
        start = max(end, 1)


def _lines(pieces: Iterable[str]) -> Iterator[str]:
    """Lines with their ends; a piece that does not end a line is joined with the next."""
    rest = ""
    for piece in pieces:
        text, rest = rest + piece, ""
        for line in io.StringIO(text, newline=""):
            if line.endswith(("\n", "\r")):
                yield line
            else:
                rest = line
    if rest:
        yield rest


def _allow_cells_of(size: int) -> None:
    # The limit is one for the whole process; it is only ever raised, so that two readers at once cannot disturb each other.
    if csv.field_size_limit() <= size:
        csv.field_size_limit(size + 1)


def _parse(text: str, separator: str) -> list[list[str]]:
    _allow_cells_of(len(text))
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
