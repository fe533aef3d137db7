"""The list in which a holder names the people it holds and offers: another clerk, another language, and the faults.

Pure: `held_list` gives the layout of the sheet and the truth about each of its rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from homeward.invented.cast import Part
from homeward.invented.chance import Weighted, stream
from homeward.invented.errors import Row, make_errors
from homeward.invented.person import InventedPerson, Nation
from homeward.invented.spelling import HABITS, write_name
from homeward.invented.tables import Layout
from homeward.invented.wording import CATEGORIES, HEADINGS, TITLES, TOTALS, word
from homeward.invented.workbook import Cell, serial

FIELDS = (
    "id", "surname", "given_names", "patronymic", "birth_date", "birth_place", "rank", "service_number", "status", "medical",
    "mobility", "sex", "family", "captured_on", "captured_at", "category", "note",
)  # fmt: skip

#: How often a holder's clerk has each habit: the language of the holder -> habit -> weight.
HABIT_WEIGHTS: Mapping[Nation, Mapping[str, float]] = {
    "ru": {
        "ru": 62, "ru-letters": 10, "ru-hard-letters": 6, "uk-2010": 8, "uk-2007": 3, "ru-1997": 3, "ru-icao": 3, "uk-de": 1,
        "uk-fr": 1, "uk-pl": 1, "uk-pl-plain": 1, "ru-de": 1,
    },
    "uk": {
        "uk": 62, "uk-letters": 17, "ru": 8, "ru-icao": 6, "ru-1997": 3, "ru-de": 1, "ru-fr": 1, "ru-pl": 1, "uk-2010": 1,
    },
}  # fmt: skip

#: How the dates of a row are written: as text of two kinds, as an Excel date, or as the bare day number of one.
_DATE_STYLES: Mapping[Nation, Weighted[str]] = {
    "uk": Weighted({"dotted": 35, "date": 50, "serial": 15}),
    "ru": Weighted({"dotted": 62, "date": 25, "iso": 13}),
}


#: Faults whose meaning hangs on the birth date: no chance error touches it there.
_DATED = frozenset({"namesake", "impossible_date"})


@dataclass(frozen=True, slots=True)
class HeldLine:
    """One row of the list before the sheet gives it a number: its cells, whose row it is, and what is wrong with it."""

    cells: Mapping[str, str | date]
    part: Part | None
    habit: str
    errors: tuple[str, ...]
    planted: tuple[str, ...]
    date_style: str = "dotted"


@dataclass(frozen=True, slots=True)
class HeldList:
    """The sheet, its lines in order with their ids, and the faults of the sheet."""

    layout: Layout
    lines: tuple[tuple[str, HeldLine], ...]
    sheet_faults: tuple[str, ...] = field(default=())


def held_list(parts: Sequence[Part], holder: str, language: Nation, *, seed: int | str, nobody: int, dirty: bool) -> HeldList:
    """The holder's list over the parts that are in it, with `nobody` rows that identify nobody."""
    rng = stream(seed, "held", holder)
    habits: Weighted[str] = Weighted(HABIT_WEIGHTS[language] if dirty else {language: 1})
    families: dict[str, str] = {}
    lines = []
    for part in parts:
        if part.in_list:
            lines.append(_line(rng, part, language, habits, families, dirty=dirty))
        if part.repeated:
            lines.append(_line(rng, part, language, habits, families, dirty=dirty, other_than=lines[-1].habit))
    lines += [_nobody(rng, i, parts, language) for i in range(nobody)]
    rng.shuffle(lines)
    width = max(4, len(str(len(lines))))
    numbered = tuple((f"{holder}-{number:0{width}}", line) for number, line in enumerate(lines, start=1))
    body = tuple(_cells(id_, line) for id_, line in numbered)
    if not dirty:
        return HeldList(Layout(_sheet_title(language), _header(language), body), numbered)
    return _with_sheet_faults(language, body, numbered)


def _line(
    rng: Random,
    part: Part,
    language: Nation,
    habits: Weighted[str],
    families: dict[str, str],
    *,
    dirty: bool,
    other_than: str = "",
) -> HeldLine:
    person = part.person
    habit = habits.draw(rng)
    while habit == other_than:
        habit = habits.draw(rng)
    name = write_name(person.names, person.nation, HABITS[habit])
    soldier = person.status == "military" or "civilian_as_soldier" in part.planted
    claim = "soldier" if soldier else "civilian"
    if person.serious or "wrong_category" in part.planted:
        claim = "serious"
    cells: dict[str, str | date] = {
        "surname": name.surname,
        "given_names": name.given,
        "patronymic": name.patronymic,
        "birth_date": person.birth_date,
        "birth_place": person.birth_place.in_language(language),
        "rank": word(language, "rank", person.rank or ("private" if soldier else ""), person.sex),
        "service_number": person.service_number if rng.random() < 0.35 else "",
        "status": word(language, "status", "military" if soldier else "civilian", person.sex),
        "medical": word(language, "medical", person.medical, person.sex),
        "mobility": word(language, "mobility", person.mobility, person.sex),
        "sex": word(language, "sex", person.sex),
        "family": _family(person, families, language),
        "captured_on": person.captured_on,
        "captured_at": person.captured_at.in_language(language),
        "category": CATEGORIES[language][claim],
        "note": "",
    }
    errors: tuple[str, ...] = ()
    if dirty:
        row = Row(cells, person, HABITS[habit], language)
        errors = make_errors(row, rng, keep_date=not _DATED.isdisjoint(part.planted))
        if "impossible_date" in part.planted:
            cells["birth_date"] = _impossible(rng, person.birth_date)
    planted = part.planted + (("repeat",) if other_than else ())
    style = _DATE_STYLES[language].draw(rng) if dirty else "date"
    return HeldLine(cells, part, habit, errors, planted, style)


def _family(person: InventedPerson, families: dict[str, str], language: Nation) -> str:
    """The holder numbers families in its own way."""
    if not person.family:
        return ""
    return families.setdefault(person.family, f"{'С' if language == 'ru' else 'Р'}-{len(families) + 1:03}")


def _impossible(rng: Random, born: date) -> str:
    """A day that no calendar has, or a year that lost nine centuries."""
    if rng.random() < 0.5:
        return f"{rng.choice(('31.02', '30.02', '31.04', '31.06', '31.11'))}.{born.year}"
    return f"{born:%d.%m}.10{born.year % 100:02}"


def _nobody(rng: Random, place: int, parts: Sequence[Part], language: Nation) -> HeldLine:
    """A row without anything by which one person could be told from another."""
    given = write_name(rng.choice(parts).person.names, parts[0].person.nation, HABITS[language]).given
    cells: dict[str, str | date] = dict.fromkeys(FIELDS[1:], "")
    if place % 3 == 0:
        cells |= {"given_names": given, "note": "ранее не установлен" if language == "ru" else "раніше не встановлений"}
    elif place % 3 == 1:
        cells |= {"surname": given[0] + ".", "given_names": given, "rank": word(language, "rank", "private")}
    else:
        cells |= {"note": "неизвестный" if language == "ru" else "невідомий", "status": word(language, "status", "military")}
    return HeldLine(cells, None, language, (), ("nobody",))


def _cells(id_: str, line: HeldLine) -> list[Cell]:
    return [id_, *(_cell(line.cells[name], line.date_style) for name in FIELDS[1:])]


def _cell(value: str | date, style: str) -> Cell:
    if not isinstance(value, date):
        return value
    match style:
        case "dotted":
            return f"{value:%d.%m.%Y}"
        case "iso":
            return value.isoformat()
        case "serial":
            return serial(value)
        case _:
            return value


def _header(language: Nation) -> list[Cell]:
    return [HEADINGS[language][name] for name in FIELDS]


def _sheet_title(language: Nation) -> str:
    return {"uk": "Список", "ru": "Список"}[language]


def _with_sheet_faults(language: Nation, body: Sequence[list[Cell]], lines: tuple[tuple[str, HeldLine], ...]) -> HeldList:
    """Titles in merged cells above the header; the Ukrainian bureau also numbers its columns and adds a total."""
    title, subtitle = TITLES[language]
    last = chr(ord("A") + len(FIELDS) - 1)
    above: list[list[Cell]] = [[title], [subtitle], []]
    merged = (f"A1:{last}1", f"A2:{last}2")
    faults = ["title_rows", "merged_cells", "mixed_dates"]
    under: list[list[Cell]] = []
    end: list[list[Cell]] = []
    if language == "uk":
        under = [list(range(1, len(FIELDS) + 1))]
        end = [[], [TOTALS[language].format(count=len(body))]]
        faults += ["numbering_row", "total_row"]
    layout = Layout(_sheet_title(language), _header(language), body, above, under, end, merged)
    return HeldList(layout, lines, tuple(faults))
