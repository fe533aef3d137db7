"""The home register: what a party's bureau knows of its own people, in its own language, with few mistakes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from homeward.invented.cast import Part
from homeward.invented.chance import stream
from homeward.invented.person import Nation
from homeward.invented.spelling import SLIPS
from homeward.invented.tables import Layout
from homeward.invented.wording import HEADINGS, REGISTER_ID, word
from homeward.invented.workbook import Cell

FIELDS = (
    "id", "surname", "given_names", "patronymic", "birth_date", "birth_place", "rank", "service_number", "unit", "status",
    "sex", "family", "father_name", "mother_maiden_name", "captured_on", "captured_at", "state", "state_since", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Register:
    """The sheet and whose row each of its lines is, by the id that the register gives."""

    layout: Layout
    parts: tuple[tuple[str, Part], ...]


def home_register(parts: Sequence[Part], party: str, language: Nation, *, seed: int | str, dirty: bool) -> Register:
    """The register of `party` over the parts that are in it, ordered by name as registers are."""
    rng = stream(seed, "register", party)
    known = [part for part in parts if part.in_register]
    known.sort(key=lambda part: (_by_name(part, language), part.person.birth_date, part.person.key))
    width = max(5, len(str(len(known))))
    numbered = tuple((f"REG-{party}-{number:0{width}}", part) for number, part in enumerate(known, start=1))
    families: dict[str, str] = {}
    body = [_line(rng, id_, part, language, families, dirty=dirty) for id_, part in numbered]
    headings = {**HEADINGS[language], "id": REGISTER_ID[language]}
    title = {"uk": "Реєстр", "ru": "Реестр"}[language]
    return Register(Layout(title, [headings[name] for name in FIELDS], body), numbered)


def _by_name(part: Part, language: Nation) -> tuple[str, str, str]:
    name = part.person.names[language]
    return name.surname, name.given, name.patronymic


def _line(rng: Random, id_: str, part: Part, language: Nation, families: dict[str, str], *, dirty: bool) -> list[Cell]:
    person = part.person
    name = person.names[language]
    family = families.setdefault(person.family, f"F-{len(families) + 1:04}") if person.family else ""
    unit = f"А{1000 + person.unit}" if language == "uk" else f"{20000 + person.unit}"
    cells: dict[str, Cell] = {
        "id": id_,
        "surname": name.surname,
        "given_names": name.given,
        "patronymic": name.patronymic,
        "birth_date": person.birth_date,
        "birth_place": person.birth_place.in_language(language),
        "rank": word(language, "rank", person.rank, person.sex),
        "service_number": person.service_number,
        "unit": unit if person.unit else "",
        "status": word(language, "status", person.status, person.sex),
        "sex": word(language, "sex", person.sex),
        "family": family,
        "father_name": name.father,
        "mother_maiden_name": name.mother_maiden,
        "captured_on": person.captured_on,
        "captured_at": person.captured_at.in_language(language),
        "state": word(language, "state", part.state, person.sex),
        "state_since": part.state_since,
        "note": "",
    }
    if dirty:
        _imperfections(rng, cells, part)
    return [cells[name_] for name_ in FIELDS]


def _imperfections(rng: Random, cells: dict[str, Cell], part: Part) -> None:
    """What a careful bureau still does not know, or has typed wrongly."""
    for field, per_thousand in (("service_number", 100), ("mother_maiden_name", 250), ("birth_place", 50), ("patronymic", 15)):
        if rng.random() * 1000 < per_thousand:
            cells[field] = ""
    fate = rng.random()
    if fate < 0.2:
        cells["captured_on"] = ""
    elif fate < 0.5:
        # Families and units reckon from the last call; the holder from the day of its own papers.
        cells["captured_on"] = part.person.captured_on - timedelta(days=rng.randint(1, 9))
    if rng.random() < 0.01 and "namesake" not in part.planted:
        cells["birth_date"] = str(part.person.birth_date.year)
    if rng.random() < 0.01:
        cells["surname"] = SLIPS["neighbour_letter"](str(cells["surname"]), rng)
