"""A folder of files exactly like one that a user puts together for a rehearsal, and the truth behind it.

| file                 | what it is                                                                       |
|----------------------|----------------------------------------------------------------------------------|
| `terms.toml`         | the terms, schema `exchange-terms/1`                                             |
| `UA/register.xlsx`   | the first party's register of its own people, in Ukrainian                       |
| `UA/held.xlsx`       | the second party's people whom the first holds and offers, in Ukrainian          |
| `RU/register.csv`    | the second party's register, in Russian, Windows-1251, semicolons                |
| `RU/held.xlsx`       | the first party's people whom the second holds and offers, in Russian or Latin   |
| `interviews.csv`     | the neutral's interviews (see `days`)                                            |
| `incidents.csv`      | what goes wrong on the days (see `days`)                                         |

No file carries the truth; `build_exchange` returns it beside the files.

>>> exchange = build_exchange(people=20, seed=1)
>>> sorted(exchange.files)[:3], exchange.truth.counts()["repeat"]
(['RU/held.xlsx', 'RU/register.csv', 'UA/held.xlsx'], 2)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from homeward.invented.agreement import terms_text
from homeward.invented.cast import Part, cast_people
from homeward.invented.days import incidents, interviews
from homeward.invented.held import HeldList, held_list
from homeward.invented.person import Nation
from homeward.invented.planted import PLANTED
from homeward.invented.register import Register, home_register
from homeward.invented.tables import csv_bytes, xlsx_bytes
from homeward.invented.truth import HeldRow, Planted, RegisterRow, Truth
from homeward.people.atomic import write_whole

NATIONS: tuple[Nation, Nation] = ("uk", "ru")


@dataclass(frozen=True, slots=True)
class Exchange:
    """The files by their path inside the folder, and the truth about them."""

    files: Mapping[str, bytes]
    truth: Truth


def build_exchange(
    *,
    people: int = 1000,
    seed: int | str,
    parties: tuple[str, str] = ("UA", "RU"),
    dirty: bool = True,
    terms: str | None = None,
) -> Exchange:
    """Invent an exchange in which `people` go each way; at least 10. The same arguments give the same bytes.

    The first party's people bear Ukrainian names, the second's Russian ones. `dirty=False` leaves out every error and fault.
    `terms` is the text of a terms file; without it the pattern of May 2025 is scaled to `people`.
    """
    text = terms_text(people, parties) if terms is None else terms
    if people < 10:
        raise ValueError("an invented exchange has at least 10 people on each side")
    if len(set(parties)) != 2 or not all(party.isascii() and party.isalnum() for party in parties):
        raise ValueError("two parties are named by two different codes of letters and digits")
    nation_of = dict(zip(parties, NATIONS, strict=True))
    casts = {party: cast_people(people, seed=seed, nation=nation_of[party], dirty=dirty) for party in parties}
    registers = {party: home_register(casts[party], party, nation_of[party], seed=seed, dirty=dirty) for party in parties}
    nobody = PLANTED["nobody"].how_many(people) if dirty else 0
    lists: dict[str, HeldList] = {}
    for holder, home in (parties, parties[::-1]):
        lists[holder] = held_list(casts[home], holder, nation_of[holder], seed=seed, nobody=nobody, dirty=dirty)
    first, second = parties
    files = {
        "terms.toml": text.encode(),
        f"{first}/register.xlsx": xlsx_bytes(registers[first].layout),
        f"{first}/held.xlsx": xlsx_bytes(lists[first].layout),
        f"{second}/register.csv": csv_bytes(registers[second].layout, encoding="windows-1251"),
        f"{second}/held.xlsx": xlsx_bytes(lists[second].layout),
        "interviews.csv": csv_bytes(interviews(lists, people=people, seed=seed), delimiter=","),
        "incidents.csv": csv_bytes(incidents(text, parties), delimiter=","),
    }
    return Exchange(files, _truth(casts, registers, lists, people=people, seed=seed))


def write_exchange(
    folder: str | Path,
    *,
    people: int = 1000,
    seed: int | str,
    parties: tuple[str, str] = ("UA", "RU"),
    dirty: bool = True,
    terms: str | None = None,
) -> Truth:
    """Write the files of `build_exchange` into `folder`, made if need be, and return the truth. Files there are replaced."""
    exchange = build_exchange(people=people, seed=seed, parties=parties, dirty=dirty, terms=terms)
    for name, content in exchange.files.items():
        path = Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    return exchange.truth


def _truth(
    casts: Mapping[str, list[Part]],
    registers: Mapping[str, Register],
    lists: Mapping[str, HeldList],
    *,
    people: int,
    seed: int | str,
) -> Truth:
    first, second = registers
    register_rows: dict[str, tuple[RegisterRow, ...]] = {}
    register_ids: dict[str, str] = {}
    for party, register in registers.items():
        file = f"{party}/register.{'xlsx' if party == first else 'csv'}"
        register_rows[party] = tuple(
            RegisterRow(id_, file, register.layout.row_number(place), part.person.key, part.state)
            for place, (id_, part) in enumerate(register.parts)
        )
        register_ids.update({part.person.key: id_ for id_, part in register.parts})
    held_rows = {holder: _held_rows(holder, held, register_ids) for holder, held in lists.items()}
    planted = [fault for holder, held in lists.items() for fault in _planted(holder, held, held_rows[holder])]
    persons = {part.person.key: part.person for parts in casts.values() for part in parts}
    return Truth(str(seed), people, (first, second), persons, held_rows, register_rows, tuple(planted))


def _held_rows(holder: str, held: HeldList, register_ids: Mapping[str, str]) -> tuple[HeldRow, ...]:
    rows = []
    for place, (id_, line) in enumerate(held.lines):
        person = line.part.person.key if line.part is not None else None
        register_id = register_ids.get(person) if person is not None else None
        number = held.layout.row_number(place)
        rows.append(HeldRow(id_, f"{holder}/held.xlsx", number, person, register_id, line.habit, line.errors, line.planted))
    return tuple(rows)


def _planted(holder: str, held: HeldList, rows: tuple[HeldRow, ...]) -> list[Planted]:
    """Each planted fault with the rows that show it: both rows of a repeat, and of namesakes those that are in the list."""
    file = f"{holder}/held.xlsx"
    planted = [Planted(fault, file, ()) for fault in held.sheet_faults]
    by_person: dict[str, list[str]] = {}
    names: dict[tuple[str, str, str], list[str]] = {}
    for row, (_, line) in zip(rows, held.lines, strict=True):
        if row.person is not None:
            by_person.setdefault(row.person, []).append(row.id)
        if "namesake" in row.planted and line.part is not None:
            name = line.part.person.names[line.part.person.nation]
            names.setdefault((name.surname, name.given, name.patronymic), []).append(row.id)
    for row in rows:
        for kind in row.planted:
            if kind == "repeat" and row.person is not None:
                planted.append(Planted(kind, file, tuple(by_person[row.person])))
            elif kind != "namesake":
                planted.append(Planted(kind, file, (row.id,)))
    planted += [Planted("namesake", file, tuple(ids)) for ids in names.values()]
    return planted
