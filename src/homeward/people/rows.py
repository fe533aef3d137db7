"""The rows below a header, read one by one into people.

Merged cells: a value merged over several rows (a family, a unit) holds for each of them. Only what tells people apart is not
spread: identifier, names, date of birth, service number. So a name merged over two rows gives one person and one refused row,
and never the same person twice.

>>> from homeward.people.header import find_header
>>> sheet = Sheet("", [["Surname", "Unit"], ["Kovalenko", "A-17"], ["Bondar", ""]], merged=((2, 1, 3, 1),))
>>> header = find_header(sheet)
>>> rows = RowReader(sheet, header, "list.xlsx").read()
>>> rows[1].person.text(Field.UNIT), rows[1].remarks[0].code
('A-17', 'merged_value')
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence

from homeward.people.columns import FULL_NAME, FULL_NAME_GIVEN_FIRST, GIVEN_AND_PATRONYMIC, NAME_COLUMNS, OTHER, ROW_NUMBER
from homeward.people.dates import PartialDate
from homeward.people.errors import PeopleFileError
from homeward.people.grid import Cell, Sheet
from homeward.people.header import Header, is_numbering, is_second_header, may_be_header
from homeward.people.peoplefile import Row
from homeward.people.person import Claim, Field, Person, Source
from homeward.people.progress import Progress
from homeward.people.remarks import Remark
from homeward.people.text import same_looks
from homeward.people.values import Claims, absent_cell, cell_claims, is_blank, written
from homeward.people.words import is_closing, is_total

_TELLING_APART = NAME_COLUMNS | {
    Field.ID.value,
    Field.PATRONYMIC.value,
    Field.BIRTH_DATE.value,
    Field.SERVICE_NUMBER.value,
    ROW_NUMBER,
}
#: A row names somebody by one of these.
NAMING = (Field.SURNAME, Field.GIVEN_NAMES, Field.SERVICE_NUMBER)
_HAS_GIVEN = {Field.GIVEN_NAMES.value, GIVEN_AND_PATRONYMIC, FULL_NAME, FULL_NAME_GIVEN_FIRST}
#: Merged areas are spread over no more cells than this; a list has a few hundred.
_SPREAD_LIMIT = 1_000_000


def stand_in(number: int, taken: Container[str]) -> str:
    """The identifier of a row that has none of its own; never one that stands in the file.

    >>> stand_in(7, {"r7"})
    'r7.'
    """
    identifier = f"r{number}"
    while identifier in taken:
        identifier += "."
    return identifier


class RowReader:
    """Reads the rows of one sheet. `mapping` is folded."""

    def __init__(self, sheet: Sheet, header: Header, file: str, mapping: Mapping[str, str] | None = None) -> None:
        self._sheet = sheet
        self._header = header
        self._file = file
        self._mapping = mapping
        self._columns = [(c, k) for c, k in sorted(header.kinds.items()) if k not in {OTHER, ROW_NUMBER}]
        # A full name is read first, so that a column of its own for one part of the name has the last word.
        self._columns.sort(key=lambda pair: (pair[1] not in {FULL_NAME, FULL_NAME_GIVEN_FIRST, GIVEN_AND_PATRONYMIC}, pair[0]))
        self._read_columns = frozenset(column for column, _ in self._columns)
        self._numbers = frozenset(column for column, kind in header.kinds.items() if kind == ROW_NUMBER)
        self._has_given = any(kind in _HAS_GIVEN for kind in header.kinds.values())
        self._id_column = next((column for column, kind in self._columns if kind == Field.ID), None)
        self._memory: dict[int, dict[str, Claims]] = {column: {} for column, _ in self._columns}
        self._other_headings: dict[int, str] = {}
        self._numbering: int | None = None
        self._orders: Counter[tuple[Field | None, str]] = Counter()
        self._spread = self._spread_merged()
        self._special_rows = {row for row, _ in sheet.errors} | {row for row, _ in sheet.formulas}
        names = {column for column, kind in header.kinds.items() if kind in NAME_COLUMNS}
        self._titles = {r1 for r1, c1, _, c2 in sheet.merged if c2 - c1 >= 2 and any(c1 <= column <= c2 for column in names)}
        self._unusual = self._special_rows | self._titles | {row for row, _ in self._spread}

    def read(self, progress: Progress | None = None) -> list[Row]:
        """All rows below the header. Raises `PeopleFileError` if a second header contradicts the first."""
        total = max(len(self._sheet.rows) - self._header.row, 0)
        taken = self._written_ids()
        seen: dict[str, int] = {}
        looks: dict[str, int] = {}
        rows: list[Row] = []
        for number in range(self._header.row + 1, len(self._sheet.rows) + 1):
            if progress and (number - self._header.row) % 1000 == 0:
                progress("reading rows", number - self._header.row, total)
            cells = self._sheet.rows[number - 1]
            if self.is_no_row(number, cells):
                continue
            reason = self.not_a_person(number, cells)
            if reason is None:
                rows.append(self._person(number, cells, taken, seen, looks))
            else:
                rows.append(Row(number, "refused", None, (Remark(reason),)))
        if progress:
            progress("reading rows", total, total)
        return rows

    def notes(self) -> list[Remark]:
        """Remarks on the file that only its rows could tell; call after `read`."""
        notes = []
        if self._numbering is not None:
            notes.append(Remark("numbering_row", None, (("row", str(self._numbering)),)))
        unknown = {
            column: heading for column, heading in self._header.headings.items()
            if column not in self._header.kinds and column not in self._header.repeated
        }  # fmt: skip
        unknown |= {
            c: h for c, h in self._other_headings.items() if c not in self._header.kinds and c not in self._header.repeated
        }
        if unknown:
            notes.append(Remark("unknown_columns", None, (("headings", ", ".join(unknown[c] for c in sorted(unknown))),)))
        for field in sorted({field for field, _ in self._orders if field is not None}):
            either = self._orders[field, "day_first"]
            if either and self._orders[field, "month_first"]:
                notes.append(Remark("mixed_date_order", field, (("count", str(either)),)))
        return notes

    def _spread_merged(self) -> dict[tuple[int, int], tuple[int, int]]:
        spread: dict[tuple[int, int], tuple[int, int]] = {}
        for r1, c1, r2, _ in self._sheet.merged:
            if r1 <= self._header.row or r2 == r1 or self._header.kinds.get(c1) in _TELLING_APART:
                continue
            for row in range(r1 + 1, min(r2, len(self._sheet.rows)) + 1):
                if len(spread) < _SPREAD_LIMIT:
                    spread[row, c1] = (r1, c1)
        return spread

    def _cell(self, row: int, column: int) -> Cell:
        cells = self._sheet.rows[row - 1]
        return cells[column] if column < len(cells) else None

    @property
    def columns(self) -> Sequence[tuple[int, str]]:
        """The columns that are read and what each is, in the order in which a later one has the last word."""
        return self._columns

    def needs_a_look(self, number: int) -> bool:
        """Whether a row may be more than its cells: numbering, merged, a title, with errors or formulas."""
        return number == self._header.row + 1 or number in self._unusual

    def is_no_row(self, number: int, cells: list[Cell]) -> bool:
        """Whether a row shows nothing but its running number, or numbers the columns."""
        if number not in self._special_rows and all(
            is_blank(cell) or column in self._numbers for column, cell in enumerate(cells)
        ):
            return True
        if number == self._header.row + 1 and is_numbering(cells, self._header):
            self._numbering = number
            return True
        return False

    def not_a_person(self, number: int, cells: list[Cell]) -> str | None:
        """The code of the reason why a row is part of the page and not a person, or None."""
        if may_be_header(cells, self._mapping):
            second = is_second_header(cells, self._header, self._mapping)
            if second is False:
                raise PeopleFileError("two_headers", self._file, sheet=self._sheet.name, row=number, first=self._header.row)
            if second:
                return "repeated_header"
        first = next((cell for cell in cells if isinstance(cell, str) and cell and not is_blank(cell)), None)
        if first is not None and len(first) <= 200:
            filled = sum(1 for cell in cells if not is_blank(cell))
            if is_total(first) and filled <= max(3, len(cells) // 2):
                return "total_row"
            if filled <= 2 and is_closing(first):
                return "footer_row"
            if filled == 1 and number in self._titles:
                return "section_row"
        return None

    def _written_ids(self) -> frozenset[str]:
        """Identifiers that stand in the file, so that a stand-in for an empty one never takes one of them."""
        if self._id_column is None:
            return frozenset()
        rows = range(self._header.row + 1, len(self._sheet.rows) + 1)
        return frozenset(written(self._cell(row, self._id_column)).strip() for row in rows)

    def cell_claims(self, kind: str, cell: Cell) -> Claims:
        """What a cell says under a column of this kind."""
        return cell_claims(kind, cell, from_1904=self._sheet.from_1904, has_given_column=self._has_given)

    def _claims_of(self, number: int, column: int, kind: str, cell: Cell) -> Claims:
        if number in self._special_rows and is_blank(cell):
            if (number, column) in self._sheet.errors:
                return absent_cell(kind, self._sheet.errors[number, column], "error_cell")
            if (number, column) in self._sheet.formulas:
                return absent_cell(kind, f"={self._sheet.formulas[number, column]}", "formula_without_value")
        if type(cell) is not str:
            # Equal numbers, dates and truth values of different types would share one place in the memory.
            return self.cell_claims(kind, cell)
        memory = self._memory[column]
        found = memory.get(cell)
        if found is None:
            found = self.cell_claims(kind, cell)
            memory[cell] = found
        return found

    def claims(self, number: int, cells: list[Cell]) -> tuple[dict[Field, Claim], list[Remark]]:
        """What a row says of a person, with the remarks on it."""
        claims: dict[Field, Claim] = {}
        remarks: list[Remark] = [Remark("hidden_row")] if number in self._sheet.hidden_rows else []
        rank_beside_name: Claim | None = None
        for column, kind in self._columns:
            cell = cells[column] if column < len(cells) else None
            if self._spread and (number, column) in self._spread and is_blank(cell):
                cell = self._cell(*self._spread[number, column])
                if not is_blank(cell):
                    remarks.append(Remark("merged_value", Field(kind)))
            found = self._claims_of(number, column, kind, cell)
            for field, claim in found.claims:
                if field is Field.RANK and kind != Field.RANK:
                    rank_beside_name = claim
                else:
                    claims[field] = claim
            remarks += found.remarks
        if rank_beside_name is not None:
            claims.setdefault(Field.RANK, rank_beside_name)
        return claims, remarks

    def person(self, number: int, cells: list[Cell], identifier: str) -> Person:
        """The person of a row that is known to name somebody, by that identifier."""
        return Person(
            identifier, self.claims(number, cells)[0], Source(self._file, self._sheet.name, number), self._other(number, cells)
        )

    def _person(
        self, number: int, cells: list[Cell], taken: frozenset[str], seen: dict[str, int], looks: dict[str, int]
    ) -> Row:
        claims, remarks = self.claims(number, cells)
        if not any(isinstance(claims[field].value, str) for field in NAMING if field in claims):
            return Row(number, "refused", None, (Remark("nobody"), *remarks))
        identifier = self._identifier(number, claims, taken, remarks)
        if identifier in seen:
            return Row(number, "refused", None, (Remark("duplicate_id", Field.ID, (("row", str(seen[identifier])),)), *remarks))
        seen[identifier] = number
        if Field.ID in claims:
            twin = looks.setdefault(same_looks(identifier), number)
            if twin != number:
                remarks.append(Remark("id_lookalike", Field.ID, (("row", str(twin)),)))
        self._check_dates(claims, remarks)
        person = Person(identifier, claims, Source(self._file, self._sheet.name, number), self._other(number, cells))
        return Row(number, "remarked" if remarks else "accepted", person, tuple(remarks))

    def _identifier(self, number: int, claims: dict[Field, Claim], taken: frozenset[str], remarks: list[Remark]) -> str:
        claim = claims.get(Field.ID)
        if claim is not None and isinstance(claim.value, str) and claim.value:
            return claim.value
        if self._id_column is not None:
            remarks.append(Remark("no_id", Field.ID))
        return stand_in(number, taken)

    def _check_dates(self, claims: dict[Field, Claim], remarks: list[Remark]) -> None:
        for remark in remarks:
            if remark.code in {"day_first", "month_first"}:
                self._orders[remark.field, remark.code] += 1
        born, captured = (claims[f].value if f in claims else None for f in (Field.BIRTH_DATE, Field.CAPTURED_ON))
        if isinstance(born, PartialDate) and isinstance(captured, PartialDate) and captured.latest() < born.earliest():
            remarks.append(Remark("captured_before_birth", Field.CAPTURED_ON))

    def _other(self, number: int, cells: list[Cell]) -> dict[str, str]:
        other: dict[str, str] = {}
        for column, raw in enumerate(cells):
            if column in self._read_columns:
                continue
            cell = raw
            if is_blank(cell):
                if (number, column) not in self._spread:
                    continue
                cell = self._cell(*self._spread[number, column])
                if is_blank(cell):
                    continue
            heading = self._other_headings.get(column)
            if heading is None:
                heading = self._header.heading(column)
                used = set(self._other_headings.values())
                count = 2
                while heading in used:
                    heading, count = f"{self._header.heading(column)} ({count})", count + 1
                self._other_headings[column] = heading
            other[heading] = written(cell)
        return other
