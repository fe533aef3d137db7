"""One cell of one column, read into claims.

A column is a field, or one of the kinds that hold several fields (`columns.FULL_NAME` and its like). The cell's text is kept
in `Claim.written`; a real date of a spreadsheet has no text of its own and is written as ISO 8601, a whole number without
its `.0`. An empty cell makes no claim.

>>> cell_claims("sex", "жін.").claims
((<Field.SEX: 'sex'>, Claim(written='жін.', value='F')),)
>>> cell_claims("rank", "хорунжий").remarks
(Remark(code='word_not_known', field=<Field.RANK: 'rank'>, details=()),)
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from homeward.people.columns import FULL_NAME, FULL_NAME_GIVEN_FIRST, GIVEN_AND_PATRONYMIC
from homeward.people.grid import CELL_LIMIT, Cell
from homeward.people.names import clean_name, is_patronymic, split_full_name, split_given, take_rank, without_notes
from homeward.people.person import CODES, Absence, Claim, Field
from homeward.people.readdate import read_date
from homeward.people.remarks import Remark
from homeward.people.text import clean
from homeward.people.words import absence_of, code_of

DATES = frozenset({Field.BIRTH_DATE, Field.CAPTURED_ON, Field.STATE_SINCE})
NAMES = frozenset({Field.SURNAME, Field.GIVEN_NAMES, Field.PATRONYMIC, Field.FATHER_NAME, Field.MOTHER_MAIDEN_NAME})
ERROR_TEXTS = frozenset({
    "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA", "#Н/Д", "#ССЫЛКА!",
    "#ЗНАЧ!", "#ИМЯ?", "#ДЕЛ/0!", "#ПУСТО!", "#ЧИСЛО!", "#ПОСИЛАННЯ!", "#ІМ'Я?", "#ДІЛ/0!",
})  # fmt: skip


class Claims(NamedTuple):
    """What one cell says: claims in the order of its fields, and the remarks on them."""

    claims: tuple[tuple[Field, Claim], ...]
    remarks: tuple[Remark, ...]


_NOTHING = Claims((), ())


def written(cell: Cell) -> str:
    """The text of a cell. The mark before a text that a formula could be mistaken for (see `write_table`) is left out."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        if cell[:1] == "'" and cell[1:2] in {"=", "+", "-", "@", "\t", "\r"}:
            return cell[1:]
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e16:
        return str(int(cell))
    if isinstance(cell, datetime):
        whole_day = cell.time() == datetime.min.time()
        return cell.date().isoformat() if whole_day else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def is_blank(cell: Cell) -> bool:
    """Whether a cell shows nothing."""
    if not isinstance(cell, str):
        return cell is None
    return not cell or (not cell[0].isalnum() and (not cell.strip() or not clean(cell[:CELL_LIMIT])[0]))


def cell_claims(kind: str, cell: Cell, *, from_1904: bool = False, has_given_column: bool = True) -> Claims:
    """The claims of one cell under a column of this kind. `has_given_column` is False when a surname cell may hold a full name."""
    if is_blank(cell):
        return _NOTHING
    text = written(cell)
    early: tuple[str, ...] = ()
    if len(text) > CELL_LIMIT:
        text = text[:CELL_LIMIT]
        cell, early = text, ("cell_cut",)
    fields = _fields(kind)
    if isinstance(cell, bool) and fields[0] not in CODES:
        return _absent(fields, text, "boolean_cell")
    if text.strip() in ERROR_TEXTS:
        return _absent(fields, text, "error_cell")
    absence = absence_of(text)
    if absence is not None:
        return Claims(tuple((field, Claim(text, absence)) for field in fields), ())
    if len(fields) > 1 or (kind == Field.SURNAME and not has_given_column and _is_full(text)):
        found = _full(kind, text)
    elif fields[0] in DATES:
        reading = read_date(
            cell if not isinstance(cell, str) else text, birth=fields[0] is Field.BIRTH_DATE, from_1904=from_1904
        )
        found = _one(fields[0], Claim(text, reading.value), reading.remarks)
    elif fields[0] in CODES:
        code = code_of(fields[0], clean(text)[0])
        found = _one(fields[0], Claim(text, code or Absence.UNKNOWN), () if code else ("word_not_known",))
    elif fields[0] in NAMES:
        found = _name(fields[0], text)
    else:
        value, codes = clean(text)
        found = _one(fields[0], Claim(text, value), tuple(codes))
    return Claims(found.claims, (*(Remark(code, fields[0]) for code in early), *found.remarks)) if early else found


def _fields(kind: str) -> tuple[Field, ...]:
    if kind in {FULL_NAME, FULL_NAME_GIVEN_FIRST}:
        return (Field.SURNAME, Field.GIVEN_NAMES, Field.PATRONYMIC)
    if kind == GIVEN_AND_PATRONYMIC:
        return (Field.GIVEN_NAMES, Field.PATRONYMIC)
    return (Field(kind),)


def absent_cell(kind: str, text: str, code: str) -> Claims:
    """A cell that holds an error or a formula without a value: written as given, not known, with a remark."""
    return _absent(_fields(kind), text, code)


def _absent(fields: tuple[Field, ...], text: str, code: str) -> Claims:
    return Claims(tuple((field, Claim(text, Absence.UNKNOWN)) for field in fields), (Remark(code, fields[0]),))


def _one(field: Field, claim: Claim, codes: tuple[str, ...]) -> Claims:
    return Claims(((field, claim),), tuple(Remark(code, field) for code in codes))


def _name(field: Field, text: str) -> Claims:
    bare, rank = take_rank(clean(text)[0]) if field in {Field.SURNAME, Field.GIVEN_NAMES} else (text, "")
    value, codes = clean_name(bare if rank else text)
    claims: list[tuple[Field, Claim]] = [(field, Claim(text, value or Absence.UNKNOWN))]
    if rank:
        codes = [*codes, "rank_in_name"]
        claims.append((Field.RANK, Claim(rank, code_of(Field.RANK, rank) or Absence.UNKNOWN)))
    return Claims(tuple(claims), tuple(Remark(code, field) for code in codes))


def _is_full(text: str) -> bool:
    words = text.split()
    return len(words) == 3 and (is_patronymic(words[2]) or is_patronymic(words[1]))


def _full(kind: str, text: str) -> Claims:
    """Split first, then clean the parts, so that capitals and commas can still tell which word is the surname."""
    bare, codes = clean(text)
    bare, notes = without_notes(bare)
    codes += notes
    bare, rank = take_rank(bare)
    if rank:
        codes.append("rank_in_name")
    if kind == GIVEN_AND_PATRONYMIC:
        given, patronymic, more = split_given(bare)
        parts = [(Field.GIVEN_NAMES, given), (Field.PATRONYMIC, patronymic)]
    else:
        name, more = split_full_name(bare, given_first=kind == FULL_NAME_GIVEN_FIRST)
        if kind == Field.SURNAME:
            more = [*more, "full_name_in_surname"]
        parts = [(Field.SURNAME, name.surname), (Field.GIVEN_NAMES, name.given), (Field.PATRONYMIC, name.patronymic)]
    claims: list[tuple[Field, Claim]] = []
    for field, part in parts:
        if not part:
            continue
        value, of_part = clean_name(part)
        codes += [code for code in of_part if code not in codes]
        claims.append((field, Claim(text, value or Absence.UNKNOWN)))
    if rank:
        claims.append((Field.RANK, Claim(rank, code_of(Field.RANK, rank) or Absence.UNKNOWN)))
    about = parts[0][0]
    return Claims(tuple(claims), tuple(Remark(code, about) for code in [*codes, *more]))
