"""A long file of people as columns: for each field its distinct claims, and for each person which of them; no `Person`.

The rows, the identifiers and the claims are those of `read_people`, read by the same pieces (tested against it); only the remarks
are left out. A cell is read once however often it stands in a column, and a text table is cut into rows some at a time, so a
list of millions takes a few dozen bytes a row beside its distinct cells.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     path = Path(folder) / "list.csv"
...     _ = path.write_text("id;Прізвище;Звання\\nu1;Коваль;солдат\\n;;солдат\\nu3;Коваль;\\n", "utf-8")
...     some = read_columns(path, (Field.SURNAME, Field.RANK), whole={"u3"})
>>> list(some.ids), [some.fields[Field.SURNAME].claims[place].value for place in some.fields[Field.SURNAME].at]
(['u1', 'u3'], ['Коваль', 'Коваль'])
>>> some.fields[Field.RANK].at.tolist(), some.people["u3"].text(Field.SURNAME)
([1, -1], 'Коваль')
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from homeward.people.columns import field_of, fold_mapping, may_be_heading
from homeward.people.grid import Cell
from homeward.people.packed import PackedTexts
from homeward.people.person import Claim, Field, Person
from homeward.people.progress import Progress
from homeward.people.reader import choose_sheet
from homeward.people.rows import NAMING, RowReader, stand_in
from homeward.people.values import written
from homeward.people.words import is_closing, is_total, may_end_a_table
from homeward.people.workbook import read_blocks

Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class FieldColumn:
    """One field: the claims that were made, and for each person the place of theirs, -1 where the source is silent."""

    claims: Sequence[Claim]
    at: Numbers


@dataclass(frozen=True, slots=True)
class PeopleColumns:
    """The people of a file in its order: identifiers, the fields that were asked for, and the few read whole."""

    ids: Sequence[str]
    fields: Mapping[Field, FieldColumn]
    people: Mapping[str, Person]

    def __len__(self) -> int:
        return len(self.ids)


def read_columns(
    path: str | PathLike[str],
    fields: Collection[Field],
    *,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
    whole: Collection[str] = (),
    progress: Progress | None = None,
) -> PeopleColumns:
    """Read these fields of everybody, and those people whole whose identifier is asked for. Errors as of `read_people`.

    A text table may have more bytes here than `read_people` takes.
    """
    path = Path(path)
    folded = fold_mapping(mapping)
    if progress:
        progress("opening", 0, 0)
    sheets, more, total = read_blocks(path, folded, sheet)
    chosen, header, _ = choose_sheet(sheets, path.name, folded)
    table = _Table(RowReader(chosen, header, path.name, folded), folded, frozenset(fields), frozenset(whole))
    done = header.row
    first: list[list[Cell]] = chosen.rows[header.row :]
    for rows in _some_at_a_time(first, more):
        table.take(done + 1, rows)
        done += len(rows)
        if progress:
            progress("reading rows", done - header.row, max(total or len(chosen.rows), done) - header.row)
    return table.finish()


#: So many rows are taken at once.
_ROWS = 50_000
#: Rows with more cells than this are read by themselves.
_WIDEST = 1_000


def _some_at_a_time(first: list[list[Cell]], more: Iterator[list[list[Cell]]]) -> Iterator[list[list[Cell]]]:
    for start in range(0, len(first), _ROWS):
        yield first[start : start + _ROWS]
    yield from more


class _Memory(dict[Any, int]):
    """The number of each distinct cell of a column, given out as they come; what is new is told to `learn`."""

    def __init__(self, learn: Callable[[Cell], None]) -> None:
        super().__init__()
        self._learn = learn

    def __missing__(self, key: Any) -> int:
        self[key] = number = len(self)
        # Equal numbers, dates and truth values of different types would share one place; they come with their type.
        self._learn(key[1] if type(key) is tuple else key)
        return number


class _Growing:
    """Small numbers that come one by one and are looked up many at a time."""

    def __init__(self) -> None:
        self._held, self._size = np.empty(1024, np.int32), 0
        self._new: list[int] = []

    def put(self, place: int, value: int) -> None:
        """Put a number at a place behind all others; between them -1."""
        self._new += [-1] * (place - self._size - len(self._new))
        self._new.append(value)

    def array(self, count: int) -> Numbers:
        """The first so many."""
        size = self._size + len(self._new)
        if max(size, count) > len(self._held):
            self._held = np.concatenate([self._held[: self._size], np.empty(max(size, count) * 2 - self._size, np.int32)])
        self._held[self._size : size], self._new, self._size = self._new, [], size
        self._held[size:count] = -1
        self._size = max(size, count)
        return self._held[:count]


class _Column:
    """One column of the sheet: what each distinct cell claims, and whether it is part of the page rather than of a person."""

    def __init__(self, kind: str | None, table: _Table) -> None:
        self._kind, self._table = kind, table
        self._page = _Growing()
        #: For each field that the column ever claimed: for each distinct cell the place of its claim, or -1.
        self.claimed: dict[Field, _Growing] = {}
        self._numbers = _Memory(self._learn)

    def _learn(self, cell: Cell) -> None:
        place = len(self._numbers) - 1
        self._page.put(place, may_be_of_the_page(cell, self._table.mapping))
        if self._kind is not None:
            for field, claim in self._table.reader.cell_claims(self._kind, cell).claims:
                self.claimed.setdefault(field, _Growing()).put(place, self._table.place_of(field, claim))

    def read(self, cells: Sequence[Cell]) -> tuple[Numbers, npt.NDArray[np.bool_]]:
        """The number of each cell, and which are part of the page."""
        plain = set(map(type, cells)) <= {str}
        keys = cells if plain else [cell if type(cell) is str else (type(cell), cell) for cell in cells]
        number = np.fromiter(map(self._numbers.__getitem__, keys), np.int32, len(cells))
        page = self._page.array(len(self._numbers))[number] == 1
        if self._kind is None:
            # What is not read is not remembered: notes and addresses are all different.
            self._page, self._numbers = _Growing(), _Memory(self._learn)
        return number, page

    def forget(self) -> None:
        """Give up what was remembered of the cells, once all are read."""
        self._page, self._numbers = _Growing(), _Memory(_nothing)
        self.claimed.clear()

    def claims(self, field: Field, number: Numbers) -> Numbers:
        """The place of the claim that each cell makes about a field."""
        return self.claimed[field].array(len(self._numbers))[number]


def _nothing(_: Cell) -> None:
    """What is learned of a cell after the last row."""


class _Table:
    """The columns of a file as its rows come in."""

    def __init__(self, reader: RowReader, mapping: Mapping[str, str], fields: frozenset[Field], whole: frozenset[str]) -> None:
        self.reader, self.mapping = reader, mapping
        self._fields, self._whole = fields, whole
        self._used = fields | {*NAMING, Field.RANK}
        self._id_column = next((column for column, kind in reader.columns if kind == Field.ID), None)
        self._kinds = {column: kind for column, kind in reader.columns if kind != Field.ID}
        self._width = max(column for column, _ in reader.columns) + 1
        self._columns: dict[int, _Column] = {}
        self._claims: dict[Field, list[Claim]] = {field: [] for field in fields}
        self._texts = {field: _Growing() for field in NAMING}
        self._blocks: list[tuple[PackedTexts, Numbers, dict[Field, Numbers]]] = []
        self._taken: set[str] = set()
        self._wanted: list[tuple[int, list[Cell]]] = []

    def place_of(self, field: Field, claim: Claim) -> int:
        """The place that a new claim gets. Of a field that nobody asked for only whether it is a text is kept: 0, else -2."""
        if field not in self._fields:
            return 0 if isinstance(claim.value, str) else -2
        if field in NAMING:
            self._texts[field].put(len(self._claims[field]), isinstance(claim.value, str))
        self._claims[field].append(claim)
        return len(self._claims[field]) - 1

    def take(self, first: int, rows: list[list[Cell]]) -> None:
        """Read the rows from this number on."""
        width = max(self._width, min(max(map(len, rows), default=0), _WIDEST))
        columns = list(zip(*(row if len(row) == width else _even(row, width) for row in rows), strict=True)) or [()] * width
        page = np.fromiter(map(self.reader.needs_a_look, range(first, first + len(rows))), bool, len(rows))
        page |= np.fromiter((len(row) > width for row in rows), bool, len(rows))
        number: dict[int, Numbers] = {}
        for column, cells in enumerate(columns):
            if column == self._id_column:
                page |= np.fromiter((may_be_of_the_page(cell, self.mapping) for cell in cells), bool, len(cells))
                continue
            if column not in self._columns:
                self._columns[column] = _Column(self._kinds.get(column), self)
            number[column], on_page = self._columns[column].read(cells)
            page |= on_page
        found = self._claimed(number, len(rows))
        named = np.zeros(len(rows), bool)
        for field in NAMING:
            named |= self._is_text(field, found[field])
        for row in np.flatnonzero(page).tolist():
            named[row] = self._one_by_one(first + row, rows[row], row, found)
        kept = np.flatnonzero(named)
        written_ids = columns[self._id_column] if self._id_column is not None else (None,) * len(rows)
        self._taken.update(text for cell in written_ids if like_a_stand_in(text := written(cell).strip()))
        ids = [self._identifier(written_ids[row]) for row in kept.tolist()]
        if self._whole:
            told = ((row, name or f"r{first + row}") for row, name in zip(kept.tolist(), ids, strict=True))
            self._wanted += [(first + row, rows[row]) for row, name in told if name in self._whole or like_a_stand_in(name)]
        at = {field: found[field][kept] for field in self._fields if self._claims[field]}
        self._blocks.append((PackedTexts.of(ids), (first + kept).astype(np.int32), at))

    def _claimed(self, number: Mapping[int, Numbers], rows: int) -> dict[Field, Numbers]:
        """The place of each row's claim by field; of several columns the later one has the last word, but for ranks in names."""
        found = {field: np.full(rows, -1, np.int32) for field in self._used}
        beside = np.full(rows, -1, np.int32)
        for column, kind in self.reader.columns:
            if column not in number:
                continue
            for field in self._columns[column].claimed.keys() & self._used:
                place = self._columns[column].claims(field, number[column])
                if field is Field.RANK and kind != Field.RANK:
                    beside = np.where(place == -1, beside, place)
                else:
                    found[field] = np.where(place == -1, found[field], place)
        found[Field.RANK] = np.where(found[Field.RANK] == -1, beside, found[Field.RANK])
        return found

    def _is_text(self, field: Field, place: Numbers) -> npt.NDArray[np.bool_]:
        """Which claims hold a text."""
        if field not in self._fields:
            return np.asarray(place == 0)
        here = np.flatnonzero(place >= 0)
        text = np.zeros(len(place), bool)
        text[here] = self._texts[field].array(len(self._claims[field]))[place[here]] == 1
        return text

    def _one_by_one(self, number: int, cells: list[Cell], row: int, found: dict[Field, Numbers]) -> bool:
        """Read a row that may be more than its cells; whether it is of a person who is named."""
        if self.reader.is_no_row(number, cells) or self.reader.not_a_person(number, cells) is not None:
            return False
        claims, _ = self.reader.claims(number, cells)
        for field in self._used:
            found[field][row] = self.place_of(field, claims[field]) if field in claims else -1
        return any(isinstance(claims[field].value, str) for field in NAMING if field in claims)

    def _identifier(self, cell: Cell) -> str:
        """The identifier in a cell, or "" where there is none."""
        if cell is None or (type(cell) is str and reads_as_itself(cell)):
            return cell or ""
        claims = self.reader.cell_claims(Field.ID.value, cell).claims
        value = claims[0][1].value if claims else None
        return value if isinstance(value, str) else ""

    def finish(self) -> PeopleColumns:
        """Everybody, once the last row is in."""
        blocks, self._blocks = self._blocks, []
        for column in self._columns.values():
            column.forget()
        number = np.concatenate([np.zeros(0, np.int32), *(block[1] for block in blocks)])
        ids = PackedTexts.joined([self._with_stand_ins(block[0], block[1]) for block in blocks])
        again = ids.repeated()
        kept = np.delete(np.arange(len(number)), again)
        fields = {}
        for field in self._fields:
            if not self._claims[field]:
                # Nobody says anything; one number stands for all.
                fields[field] = FieldColumn((), np.broadcast_to(np.int32(-1), len(kept)))
                continue
            parts = (block[2].pop(field) if field in block[2] else np.full(len(block[1]), -1, np.int32) for block in blocks)
            at = np.concatenate([np.zeros(0, np.int32), *parts])
            fields[field] = FieldColumn(self._claims[field], at[kept] if len(again) else at)
        if len(again):
            ids, number = ids.only(kept), number[kept]
        people = {}
        for row_number, cells in self._wanted:
            row = int(np.searchsorted(number, row_number))
            if row < len(number) and number[row] == row_number and ids[row] in self._whole:
                people[ids[row]] = self.reader.person(row_number, cells, ids[row])
        return PeopleColumns(ids, fields, people)

    def _with_stand_ins(self, ids: PackedTexts, number: Numbers) -> PackedTexts:
        empty = ids.empty.tolist()
        if not empty:
            return ids
        texts = list(ids)
        for row in empty:
            texts[row] = stand_in(int(number[row]), self._taken)
        return PackedTexts.of(texts)


def _even(row: list[Cell], width: int) -> list[Cell]:
    return row[:width] + [None] * (width - len(row))


def like_a_stand_in(identifier: str) -> bool:
    """A quick look: whether an identifier may be one that is given to a row without one."""
    return identifier[:1] == "r" and identifier[1:2].isdigit()


def reads_as_itself(identifier: str) -> bool:
    """A quick look: an identifier of Latin letters and digits that ends in a digit says what is written.

    >>> reads_as_itself("UA-17"), reads_as_itself("UA17")
    (False, True)
    """
    return identifier.isascii() and identifier.isalnum() and identifier[-1].isdigit() and len(identifier) <= 200


def may_be_of_the_page(cell: Cell, mapping: Mapping[str, str]) -> bool:
    """Whether a cell may belong to a repeated header, a total or a closing line; then its row is read by itself."""
    if type(cell) is not str or not cell:
        return False
    # No heading of the table ends in a digit, but for what stands in brackets.
    if (mapping or not cell[-1].isdigit() or "(" in cell or "[" in cell) and (
        len(cell) < 80 and may_be_heading(cell, mapping) and field_of(cell, mapping) is not None
    ):
        return True
    return len(cell) <= 200 and may_end_a_table(cell) and (is_total(cell) or is_closing(cell))
