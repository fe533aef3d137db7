"""The table of error kinds: what goes wrong in a row of a list, and how often in a thousand rows.

The rates are ours: no public count of errors in lists of prisoners exists. They keep the order of size that is reported
(domain research, section 3.2: "many name and birth-date errors"), and matching benches of this project use the same kinds.
A row takes at most two errors that can hide a person ("hides"); habits such as capitals do not count.

>>> ERRORS["year_off_by_one"].per_thousand, ERRORS["capitals"].effect
(20, 'mild')
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Literal

from homeward.invented.person import InventedPerson
from homeward.invented.places import Place
from homeward.invented.spelling import HABITS, SLIPS, Habit, write_name
from homeward.invented.wording import SHORT_RANKS


@dataclass(slots=True)
class Row:
    """One row while a clerk writes it: field -> what will stand in the cell. A `date` is written in the file's own way."""

    cells: dict[str, str | date]
    person: InventedPerson
    habit: Habit
    #: The language of the bureau that writes the file.
    language: str

    def text(self, field: str) -> str:
        value = self.cells.get(field, "")
        return value if isinstance(value, str) else ""

    def born(self) -> date | None:
        value = self.cells.get("birth_date")
        return value if isinstance(value, date) else None


#: Changes the row and says whether it could: an error that needs a woman, or a short day, does nothing to other rows.
Apply = Callable[[Row, Random], bool]


@dataclass(frozen=True, slots=True)
class ErrorKind:
    code: str
    per_thousand: int
    #: "hides" can keep the row from being recognised (at most two such errors fall on one row), "mild" hardly ever does.
    effect: Literal["hides", "mild"]
    meaning: str
    apply: Apply


def _slip(name: str, *fields: str) -> Apply:
    def apply(row: Row, rng: Random) -> bool:
        field = rng.choice(fields)
        before = row.text(field)
        row.cells[field] = SLIPS[name](before, rng)
        return row.cells[field] != before

    return apply


def _slip_everywhere(name: str, *fields: str) -> Apply:
    def apply(row: Row, rng: Random) -> bool:
        before = [row.text(field) for field in fields]
        for field in fields:
            row.cells[field] = SLIPS[name](row.text(field), rng)
        return before != [row.text(field) for field in fields]

    return apply


def _patronymic_missing(row: Row, _rng: Random) -> bool:
    row.cells["patronymic"] = ""
    return True


def _patronymic_initial(row: Row, _rng: Random) -> bool:
    if row.text("patronymic"):
        row.cells["patronymic"] = row.text("patronymic")[0] + "."
    return True


def _patronymic_other_language(row: Row, _rng: Random) -> bool:
    other = "ru" if row.habit.language == "uk" else "uk"
    if not row.text("patronymic") or row.habit.scheme:
        return False
    row.cells["patronymic"] = row.person.names[other].patronymic
    return True


def _given_by_letters(row: Row, _rng: Random) -> bool:
    if row.habit.scheme or row.habit.language == row.person.nation:
        return False
    written = write_name(row.person.names, row.person.nation, HABITS[f"{row.habit.language}-letters"])
    changed = written.given != row.text("given_names")
    row.cells["given_names"] = written.given
    return changed


def _day_month_swapped(row: Row, _rng: Random) -> bool:
    born = row.born()
    if born is None or born.day > 12 or born.day == born.month:
        return False
    row.cells["birth_date"] = date(born.year, born.day, born.month)
    return True


def _year_off(row: Row, rng: Random) -> bool:
    return _moved_year(row, rng.choice((-1, 1)))


def _decade_off(row: Row, rng: Random) -> bool:
    return _moved_year(row, rng.choice((-10, 10)))


def _moved_year(row: Row, years: int) -> bool:
    born = row.born()
    if born is None or born.year + years > 2008:
        return False
    row.cells["birth_date"] = date(born.year + years, born.month, min(born.day, 28))
    return True


def _year_only(row: Row, _rng: Random) -> bool:
    born = row.born()
    if born is None:
        return False
    row.cells["birth_date"] = str(born.year)
    return True


def _birth_date_missing(row: Row, _rng: Random) -> bool:
    row.cells["birth_date"] = ""
    return True


def _columns_swapped(row: Row, _rng: Random) -> bool:
    row.cells["surname"], row.cells["given_names"] = row.text("given_names"), row.text("surname")
    return True


def _maiden_name(row: Row, _rng: Random) -> bool:
    maiden = write_name(row.person.names, row.person.nation, row.habit).maiden
    if not maiden:
        return False
    row.cells["surname"] = maiden
    return True


def _masculine_form(row: Row, _rng: Random) -> bool:
    """A woman's surname in the form that her father bears, as some clerks copy it from his papers."""
    surname = row.text("surname")
    if row.person.sex != "F" or row.habit.scheme or not surname.endswith(("ова", "ева", "єва", "іна", "ина")):
        return False
    row.cells["surname"] = surname[:-1]
    return True


def _place_other_language(row: Row, _rng: Random) -> bool:
    place: Place = row.person.birth_place
    other = place.in_language("ru" if row.language == "uk" else "uk")
    changed = other != row.text("birth_place")
    row.cells["birth_place"] = other
    return changed


def _place_missing(row: Row, _rng: Random) -> bool:
    row.cells["birth_place"] = ""
    return True


def _rank_short(row: Row, _rng: Random) -> bool:
    if not row.person.rank or not row.text("rank"):
        return False
    row.cells["rank"] = SHORT_RANKS[row.language][row.person.rank]
    return True


_NAMES = ("surname", "given_names", "patronymic")

_KINDS = (
    ErrorKind("rank_short", 300, "mild", "the rank is abbreviated", _rank_short),
    ErrorKind("place_other_language", 120, "mild", "the birth place is in the other language", _place_other_language),
    ErrorKind("place_missing", 120, "mild", "the birth place is missing", _place_missing),
    ErrorKind("without_yo", 600, "mild", "е is typed for ё", _slip_everywhere("without_yo", *_NAMES)),
    ErrorKind("without_apostrophe", 300, "mild", "the apostrophe is left out", _slip_everywhere("without_apostrophe", *_NAMES)),
    ErrorKind("given_by_letters", 60, "hides", "the given name is not translated but written by letters", _given_by_letters),
    ErrorKind("patronymic_missing", 120, "hides", "the patronymic is missing", _patronymic_missing),
    ErrorKind("patronymic_initial", 40, "hides", "the patronymic is an initial", _patronymic_initial),
    ErrorKind("patronymic_other_language", 40, "mild", "the patronymic is in the other language", _patronymic_other_language),
    ErrorKind("day_month_swapped", 40, "hides", "day and month are in each other's place", _day_month_swapped),
    ErrorKind("year_off_by_one", 20, "hides", "the birth year is one off", _year_off),
    ErrorKind("wrong_decade", 8, "hides", "the decade of the birth year is one off", _decade_off),
    ErrorKind("year_only", 12, "hides", "only the year of birth is given", _year_only),
    ErrorKind("birth_date_missing", 8, "hides", "there is no birth date", _birth_date_missing),
    ErrorKind("maiden_name", 40, "hides", "a woman under her surname at birth (of those who have another)", _maiden_name),
    ErrorKind("masculine_form", 40, "mild", "a woman's surname in the masculine form", _masculine_form),
    ErrorKind(
        "neighbour_letter",
        25,
        "hides",
        "a letter is replaced by its neighbour on the keyboard",
        _slip("neighbour_letter", *_NAMES),
    ),
    ErrorKind("doubled_letter", 12, "hides", "a letter is typed twice", _slip("doubled_letter", *_NAMES)),
    ErrorKind("dropped_letter", 18, "hides", "a letter is left out", _slip("dropped_letter", *_NAMES)),
    ErrorKind("swapped_letters", 10, "hides", "two letters are in each other's place", _slip("swapped_letters", *_NAMES)),
    ErrorKind("look_alike", 15, "mild", "Cyrillic letters are read as Latin ones", _slip("look_alike", *_NAMES)),
    ErrorKind("columns_swapped", 15, "hides", "surname and given name are in each other's column", _columns_swapped),
    ErrorKind("capitals", 80, "mild", "the names are in capitals", _slip_everywhere("capitals", *_NAMES)),
)

#: Every kind by its code, in the order in which they are applied.
ERRORS: Mapping[str, ErrorKind] = {kind.code: kind for kind in _KINDS}
_DATES = frozenset({"day_month_swapped", "year_off_by_one", "wrong_decade", "year_only", "birth_date_missing"})


def make_errors(row: Row, rng: Random, *, keep_date: bool = False) -> tuple[str, ...]:
    """Apply each kind at its rate; returns the codes of those that changed the row. `keep_date` leaves the birth date right."""
    made: list[str] = []
    hiding = 0
    for kind in ERRORS.values():
        wanted = rng.random() * 1000 < kind.per_thousand
        if not wanted or (kind.effect == "hides" and hiding >= 2) or (keep_date and kind.code in _DATES):
            continue
        if kind.apply(row, rng):
            made.append(kind.code)
            hiding += kind.effect == "hides"
    return tuple(made)
