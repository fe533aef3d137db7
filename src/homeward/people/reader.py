"""Read a file of people: every row comes back accepted, accepted with remarks, or refused with a reason.

What counts as a row: every row below the header that shows anything, except a row that holds nothing but its running number
(lists are often numbered ahead), and except the row right under the header that numbers the columns. So that nothing gets lost
in silence, page headers repeated further down, totals, titles inside the table and signatures are rows too: refused ones.
`PeopleFile.counts` always adds up to the number of rows.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     path = Path(folder) / "list.csv"
...     _ = path.write_text("ПІБ;Дата народж.;Звання\\nКоваль Ірина Петрівна;14.03.1987;солдат\\n;1990;\\n", "utf-8")
...     file = read_people(path)
>>> file.counts
Counts(accepted=1, remarked=0, refused=1, total=2)
>>> file.people[0].text(Field.GIVEN_NAMES), file.people[0].text(Field.RANK), file.rows[1].remarks[0].text()
('Ірина', 'private', 'The row names nobody: no surname, no given name and no service number.')
"""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path

from homeward.people.columns import FULL_NAME, FULL_NAME_GIVEN_FIRST, GIVEN_AND_PATRONYMIC, fold_mapping
from homeward.people.errors import PeopleFileError
from homeward.people.grid import Sheet, column_letter
from homeward.people.header import Header, NoHeader, find_header, unused_headings
from homeward.people.peoplefile import Counts, PeopleFile, Row
from homeward.people.person import Field
from homeward.people.progress import Progress
from homeward.people.remarks import Remark
from homeward.people.rows import RowReader
from homeward.people.workbook import read_sheets

__all__ = ["Counts", "PeopleFile", "Row", "read_people"]

_SEVERAL = {
    FULL_NAME: (Field.SURNAME, Field.GIVEN_NAMES, Field.PATRONYMIC),
    FULL_NAME_GIVEN_FIRST: (Field.SURNAME, Field.GIVEN_NAMES, Field.PATRONYMIC),
    GIVEN_AND_PATRONYMIC: (Field.GIVEN_NAMES, Field.PATRONYMIC),
}


def read_people(
    path: str | PathLike[str],
    *,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
    data: bytes | None = None,
    progress: Progress | None = None,
) -> PeopleFile:
    """Read XLSX, CSV, XLS, XLSB or ODS. Raises `PeopleFileError` when the file as a whole cannot be read, and nothing else.

    `mapping` says what headings mean where the table of headings does not know or is wrong (see `read_mapping`); a value that
    is no field raises `ValueError`. `sheet` chooses a sheet by its name; without it the only sheet with a header is read. With
    `data`, the bytes of the file, nothing is read from the disk, and the path only names the file.
    """
    path = Path(path)
    folded = fold_mapping(mapping)
    if progress:
        progress("opening", 0, 0)
    chosen, header, notes = choose_sheet(read_sheets(path, folded, sheet, data), path.name, folded)
    reader = RowReader(chosen, header, path.name, folded)
    rows = reader.read(progress)
    remarks = [*notes, *_notes(chosen, header, mapping or {}), *reader.notes()]
    columns: dict[Field, str] = {}
    for column, kind in header.kinds.items():
        for field in _SEVERAL.get(kind) or ((Field(kind),) if kind in set(Field) else ()):
            columns.setdefault(field, header.heading(column))
    return PeopleFile(path, chosen.name, header.row, columns, tuple(rows), tuple(remarks))


def choose_sheet(sheets: list[Sheet], file: str, mapping: Mapping[str, str]) -> tuple[Sheet, Header, list[Remark]]:
    """The only sheet with a header; visible sheets go before hidden ones. `mapping` is folded."""
    found = [(sheet, find_header(sheet, mapping)) for sheet in sheets]
    lists = [(sheet, header) for sheet, header in found if isinstance(header, Header)]
    shown = [pair for pair in lists if not pair[0].hidden]
    candidates = shown or lists
    if len(candidates) > 1:
        raise PeopleFileError("two_sheets", file, sheets=", ".join(f'"{sheet.name}"' for sheet, _ in candidates))
    if not candidates:
        failures = [(sheet, header) for sheet, header in found if isinstance(header, NoHeader)]
        order = ("no_name_column", "no_header", "empty_sheet")
        failures.sort(key=lambda pair: (order.index(pair[1].code), pair[0].hidden))
        if not failures:
            raise PeopleFileError("empty_sheet", file)
        raise PeopleFileError(failures[0][1].code, file, sheet=failures[0][0].name, row=failures[0][1].row)
    notes = []
    left = [sheet.name for sheet, _ in lists if sheet.hidden] if shown else []
    if left:
        notes.append(Remark("hidden_sheet_left", None, (("sheets", ", ".join(f'"{name}"' for name in left)),)))
    if candidates[0][0].hidden:
        notes.append(Remark("hidden_sheet_read"))
    return (*candidates[0], notes)


def _notes(sheet: Sheet, header: Header, mapping: Mapping[str, str]) -> list[Remark]:
    notes = []
    if sheet.encoding and not sheet.encoding.startswith("utf"):
        notes.append(Remark("encoding", None, (("encoding", sheet.encoding),)))
    if sheet.damaged:
        notes.append(Remark("bad_bytes", None, (("count", str(sheet.damaged)),)))
    hidden = [column for column in sheet.hidden_columns if column in header.headings]
    if hidden:
        notes.append(Remark("hidden_columns", None, (("columns", ", ".join(column_letter(column) for column in hidden)),)))
    repeated: dict[str, list[int]] = {}
    for column, kind in header.repeated.items():
        repeated.setdefault(kind, []).append(column)
    for kind, columns in repeated.items():
        field = (_SEVERAL.get(kind) or (Field(kind),))[0]
        notes.append(Remark("column_repeated", field, (("headings", ", ".join(header.heading(column) for column in columns)),)))
    unused = unused_headings(header, mapping)
    if unused:
        notes.append(Remark("mapping_unused", None, (("headings", ", ".join(unused)),)))
    return notes
