"""Files in, sheets out: the only module of the reader that touches the disk.

Text tables give one sheet without a name; workbooks (XLSX, XLSB, XLS, ODS) give all their sheets. Everything that can be
wrong with a file raises `PeopleFileError`, and nothing else does.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from homeward.people.csvfile import blocks_of, csv_sheet, text_table
from homeward.people.errors import PeopleFileError
from homeward.people.filekind import FILE_LIMIT, TEXT_LIMIT, kind_of, kind_of_ole, kind_of_zip
from homeward.people.grid import Cell, Sheet
from homeward.people.header import SEARCHED
from homeward.people.values import is_blank
from homeward.people.xlsxscan import SheetFacts, scan_sheet, scan_workbook

#: A sheet is a full rectangle in memory: more cells than this are a stray cell far away, or a trap.
CELLS_LIMIT = 20_000_000
_NO_FACTS = SheetFacts(frozenset(), (), {}, {}, 0, -1)


def read_bytes(path: Path, *, long_texts: bool = False) -> bytes:
    """The whole file; with `long_texts` a text may be as long as memory bears. Raises `PeopleFileError`."""
    file = path.name
    try:
        if path.is_dir():
            raise PeopleFileError("directory", file)
        size = path.stat().st_size
        limit = FILE_LIMIT
        if long_texts and size > limit:
            with path.open("rb") as opened:
                limit = TEXT_LIMIT if kind_of(opened.read(4096)) == "text" else limit
        if size > limit:
            raise PeopleFileError("too_big", file, size=size // 2**20, limit=limit // 2**20)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise PeopleFileError("no_file", file) from error
    except (OSError, ValueError) as error:
        raise PeopleFileError("not_readable", file) from error
    return _not_empty(data, file)


def _not_empty(data: bytes, file: str) -> bytes:
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise PeopleFileError("empty_file", file)
    return data


def kind_of_file(data: bytes, file: str) -> str:
    """`text`, `xlsx`, `xlsb`, `ods` or `xls`; anything else raises `PeopleFileError`."""
    kind = kind_of(data)
    if kind == "zip":
        return kind_of_zip(data, file)
    if kind == "ole":
        kind = kind_of_ole(data)
    if kind not in {"text", "xls"}:
        raise PeopleFileError(kind, file)
    return kind


def read_sheets(
    path: Path, mapping: Mapping[str, str] | None = None, only: str | None = None, data: bytes | None = None
) -> list[Sheet]:
    """The sheets of a file in their order, or the one called `only`. `mapping` (folded) helps to tell a CSV's separator.

    With `data` nothing is read from the disk, and the path only names the file.
    """
    file = path.name
    data = read_bytes(path) if data is None else _not_empty(data, file)
    kind = kind_of_file(data, file)
    if kind == "text":
        if only:
            raise PeopleFileError("sheet_of_csv", file)
        return [csv_sheet(data, file, mapping)]
    return _workbook_sheets(data, kind, file, only)


def read_blocks(
    path: Path, mapping: Mapping[str, str] | None = None, only: str | None = None
) -> tuple[list[Sheet], Iterator[list[list[Cell]]], int]:
    """The same for long files: sheets whose first rows are there, the rows of a text table that follow, and about how many rows.

    The rows that are there are enough to find the header.
    """
    file = path.name
    data = _not_empty(read_bytes(path, long_texts=True), file)
    kind = kind_of_file(data, file)
    if kind != "text":
        return _workbook_sheets(data, kind, file, only), iter(()), 0
    if only:
        raise PeopleFileError("sheet_of_csv", file)
    text, encoding, damaged = text_table(data, file)
    del data
    total = text.count("\n")
    # Cells of text are cells; a list of them has to be told so.
    blocks = cast("Iterator[list[list[Cell]]]", blocks_of(text, file, mapping))
    rows: list[list[Cell]] = []
    for block in blocks:
        rows += block
        if sum(any(map(_shows, row)) for row in rows) > SEARCHED:
            break
    return [Sheet("", rows, encoding=encoding, damaged=damaged)], blocks, total


def _shows(cell: Cell) -> bool:
    return not is_blank(cell)


def _workbook_sheets(data: bytes, kind: str, file: str, only: str | None) -> list[Sheet]:
    facts: dict[str, SheetFacts] = {}
    from_1904 = False
    if kind == "xlsx":
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as container:
                parts, from_1904 = scan_workbook(container)
                facts = {name: scan_sheet(container.read(part)) for name, part in parts.items() if part in container.NameToInfo}
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise PeopleFileError("damaged", file) from error
    for name, fact in facts.items():
        _check_size(fact.last_row, fact.last_column + 1, file, name)
    sheets = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        known = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
        _check_name(only, [meta.name for meta in known], file)
        for meta in known:
            if only is not None and meta.name != only:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            _check_size(sheet.total_height, sheet.total_width, file, meta.name)
            fact = facts.get(meta.name, _NO_FACTS)
            rows: list[list[Cell]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
            sheets.append(
                Sheet(
                    meta.name,
                    rows,
                    hidden=meta.visible != SheetVisibleEnum.Visible,
                    hidden_rows=fact.hidden_rows,
                    hidden_columns=fact.hidden_columns,
                    merged=tuple((r1 + 1, c1, r2 + 1, c2) for (r1, c1), (r2, c2) in sheet.merged_cell_ranges or ()),
                    errors=fact.errors,
                    formulas=fact.formulas,
                    from_1904=from_1904,
                )
            )
    except PeopleFileError:
        raise
    except PasswordError as error:
        raise PeopleFileError("encrypted", file) from error
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        # The workbook reader is compiled code: what it cannot read it raises as errors of many kinds, a panic among them,
        # and a panic is no `Exception`.
        raise PeopleFileError("damaged", file) from error
    return sheets


def _check_name(only: str | None, names: list[str], file: str) -> None:
    if only is not None and only not in names:
        raise PeopleFileError("no_sheet", file, sheets=", ".join(f'"{name}"' for name in names))


def _check_size(rows: int, columns: int, file: str, sheet: str) -> None:
    if rows * columns > CELLS_LIMIT:
        raise PeopleFileError("too_wide", file, sheet=sheet, rows=rows, columns=columns)
