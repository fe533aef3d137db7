"""Invented people for the tests of the register."""

from __future__ import annotations

from datetime import date

from homeward.bureau.access.models import User
from homeward.bureau.register import services
from homeward.bureau.register.claims import Provenance
from homeward.bureau.register.models import Person
from homeward.people import Claim, Field, PartialDate

DAY = date(2026, 5, 3)
RECORDS = Provenance("own_records", "A2", DAY, "")


def claim(field: Field, text: str) -> Claim:
    """A claim as typed: dates as ISO, the rest as text."""
    dates = {Field.BIRTH_DATE, Field.CAPTURED_ON, Field.STATE_SINCE}
    return Claim(text, PartialDate.from_iso(text) if field in dates else text)


def claims(**fields: str) -> dict[Field, Claim]:
    return {Field(name): claim(Field(name), text) for name, text in fields.items()}


def enter(by: User | None = None, provenance: Provenance = RECORDS, **fields: str) -> Person:
    """Somebody with these fields, in the register."""
    return services.add_person(claims(**fields), provenance, by=by)


def koval(**more: str) -> Person:
    return enter(**{"surname": "Коваленчук", "given_names": "Остап", "birth_date": "1987-03-14", **more})
