"""People as the record's lists carry them: from a row of a file to the fields of a committed entry, and back on the other side.

A field's value goes under the field's own name: text as read, a date in ISO form, a count as a number, `UNKNOWN` and `WITHHELD` as
these words. Where the source's text does not hold the value (but for capital letters), what it wrote goes along as
`<field>_written`, because the other side's officers compare what was written.

>>> from homeward.people import Claim, Field, PartialDate, Person
>>> row = Person("r7", {Field.SURNAME: Claim("ШЕВЧЕНКО", "Шевченко"), Field.BIRTH_DATE: Claim("31.02.1990", Absence.UNKNOWN)})
>>> to_fields(row)
{'birth_date': 'UNKNOWN', 'birth_date_written': '31.02.1990', 'surname': 'Шевченко'}
>>> to_person("p-0417", to_fields(row)).value(Field.BIRTH_DATE)
<Absence.UNKNOWN: 'unknown'>
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from homeward.people import Absence, Claim, Field, PartialDate, Person, Value

_WRITTEN = "_written"
_DATES = frozenset({Field.BIRTH_DATE, Field.CAPTURED_ON, Field.STATE_SINCE})

#: The holder's own row id and remarks are its own business; `id` would tie entries of two lists together.
_KEPT_BACK = frozenset({Field.ID, Field.NOTE})


def to_fields(person: Person) -> dict[str, str | int]:
    """The fields of a committed entry. Text is in Unicode's form NFC and free of control characters, as the record demands."""
    fields: dict[str, str | int] = {}
    for field in sorted(person.claims, key=str):
        claim = person.claims[field]
        written = _clean(claim.written)
        if field in _KEPT_BACK or (not written and not isinstance(claim.value, int)):
            continue
        value = _to_text(claim.value)
        fields[field.value] = value
        if _loses(claim.value, value, written):
            fields[field.value + _WRITTEN] = written
    return dict(sorted(fields.items()))


def to_person(person_id: str, fields: Mapping[str, str | int]) -> Person:
    """The entry as a person again. Fields that this version does not know are kept under `other`. Raises `ValueError`."""
    claims: dict[Field, Claim] = {}
    other: dict[str, str] = {}
    for name, value in fields.items():
        if name.endswith(_WRITTEN):
            continue
        try:
            field = Field(name)
        except ValueError:
            other[name] = str(value)
            continue
        claims[field] = Claim(str(fields.get(name + _WRITTEN, value)), _from_text(field, value))
    return Person(person_id, claims, None, other)


def _to_text(value: Value) -> str | int:
    if isinstance(value, Absence):
        return value.name
    return value if isinstance(value, int) else _clean(str(value))


def _from_text(field: Field, value: str | int) -> Value:
    if isinstance(value, int):
        return value
    if value in Absence.__members__:
        return Absence[value]
    return PartialDate.from_iso(value) if field in _DATES else value


def _loses(value: Value, text: str | int, written: str) -> bool:
    if isinstance(value, PartialDate):
        return False
    return str(text).casefold() not in written.casefold()


def _clean(text: str) -> str:
    """The text without what the record refuses: controls, invisible marks, marks of direction."""
    kept = "".join(
        each for each in unicodedata.normalize("NFC", text) if unicodedata.category(each) not in {"Cc", "Cf", "Zl", "Zp"}
    )
    return " ".join(kept.split())
