"""A person as plain JSON values and back, with nothing lost: for storing people, sealed, where no table has columns for them.

A claim is `[written, value]`; a date is `{"date": "1987-03"}`, a stated absence `{"absence": "WITHHELD"}`.

>>> from homeward.people.dates import PartialDate
>>> row = Person("r7", {Field.SURNAME: Claim("КОВАЛЬ", "Коваль"), Field.BIRTH_DATE: Claim("03.87", PartialDate(1987, 3))})
>>> to_plain(row)["claims"]
{'birth_date': ['03.87', {'date': '1987-03'}], 'surname': ['КОВАЛЬ', 'Коваль']}
>>> from_plain(to_plain(row)) == row
True
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from homeward.people.dates import PartialDate
from homeward.people.person import Absence, Claim, Field, Person, Source, Value


def to_plain(person: Person) -> dict[str, Any]:
    """The person as objects, lists, text and numbers."""
    plain: dict[str, Any] = {
        "id": person.id,
        "claims": {field.value: [claim.written, value_to_plain(claim.value)] for field, claim in sorted(person.claims.items())},
    }
    if person.source is not None:
        plain["source"] = [person.source.file, person.source.sheet, person.source.row]
    if person.other:
        plain["other"] = dict(person.other)
    return plain


def from_plain(plain: Mapping[str, Any]) -> Person:
    """The person that `to_plain` made this of. Raises `KeyError` or `ValueError` for anything else."""
    claims = {Field(name): Claim(written, value_from_plain(value)) for name, (written, value) in plain["claims"].items()}
    source = Source(*plain["source"]) if "source" in plain else None
    return Person(plain["id"], claims, source, dict(plain.get("other", {})))


def value_to_plain(value: Value) -> Any:
    """One value of a claim as text, a number or an object."""
    if isinstance(value, PartialDate):
        return {"date": str(value)}
    return {"absence": value.name} if isinstance(value, Absence) else value


def value_from_plain(value: Any) -> Value:
    """The value that `value_to_plain` made this of. Raises `KeyError` or `ValueError` for anything else."""
    if isinstance(value, Mapping):
        return Absence[value["absence"]] if "absence" in value else PartialDate.from_iso(value["date"])
    if isinstance(value, str | int):
        return value
    raise ValueError("this is not the value of a claim")
