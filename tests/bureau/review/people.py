"""Invented people of the review desk's tests."""

from __future__ import annotations

from homeward.people import Claim, Field, PartialDate, Person


def person(number: str, surname: str, given: str, patronymic: str = "", born: str = "", **fields: str) -> Person:
    """A person with these claims; `fields` are named as in `Field`."""
    claims = {Field.SURNAME: Claim(surname, surname), Field.GIVEN_NAMES: Claim(given, given)}
    if patronymic:
        claims[Field.PATRONYMIC] = Claim(patronymic, patronymic)
    if born:
        claims[Field.BIRTH_DATE] = Claim(born, PartialDate.from_iso(born))
    claims |= {Field(name): Claim(value, value) for name, value in fields.items()}
    return Person(number, claims)


#: A released list in Latin letters: three people of the register, one repeat, one whom nobody knows.
LISTED = [
    person("p-0001", "SHCHERBOTENKO", "NIKOLAI", "IVANOVICH", "1987-03-14", unit="Military unit A0001"),
    person("p-0002", "VYHADANA", "OLENA", "PETRIVNA", "1990-01-30"),
    person("p-0003", "BEZIMENKO", "TARAS", "", "1979-11-02", medical="seriously_wounded"),
    person("p-0004", "SHCHERBOTENKO", "NIKOLAY", "IVANOVICH", "1987-03-14"),
    person("p-0005", "NEVIDOMYI", "ZAKHAR", "LUKYCH", "1966-06-06"),
]
REGISTER = [
    person("ua-1", "Щерботенко", "Микола", "Іванович", "1987-03-14", charge="Вигадана стаття", medical="sick"),
    person("ua-2", "Вигадана", "Олена", "Петрівна", "1990-01-30"),
    person("ua-3", "Безіменко", "Тарас", "Юхимович", "1979-11-02"),
    person("ua-4", "Щербаненко", "Олена", "Остапівна", "1987-02-02"),
]
