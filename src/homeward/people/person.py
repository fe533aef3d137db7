"""One row of a file of people: what was written, and what we read from it.

A person is a set of claims. Each claim keeps the text exactly as its source wrote it (`written`) beside the value that the
reader took from it (`value`). `UNKNOWN` ("the source says it does not know") and `WITHHELD` ("the source knows and may not
say") are values of their own; a field with no claim is a third thing: the source is silent.

>>> row = Person("r7", {Field.SURNAME: Claim("ШЕВЧЕНКО", "Шевченко"), Field.BIRTH_DATE: Claim("03.1987", PartialDate(1987, 3))})
>>> row.text(Field.SURNAME), row.written(Field.SURNAME)
('Шевченко', 'ШЕВЧЕНКО')
>>> row.date(Field.BIRTH_DATE)
PartialDate(year=1987, month=3, day=None)
>>> row.text(Field.PATRONYMIC) is None
True
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum

from homeward.people.dates import PartialDate


class Field(StrEnum):
    """The fields a list may carry. The first block is what GC III art. 17 and 122(4) name; the rest is what terms ask about."""

    ID = "id"
    SURNAME = "surname"
    GIVEN_NAMES = "given_names"
    PATRONYMIC = "patronymic"
    FATHER_NAME = "father_name"
    MOTHER_MAIDEN_NAME = "mother_maiden_name"
    BIRTH_DATE = "birth_date"
    BIRTH_PLACE = "birth_place"
    SERVICE_NUMBER = "service_number"
    RANK = "rank"
    UNIT = "unit"
    NATIONALITY = "nationality"
    SEX = "sex"
    STATUS = "status"
    MEDICAL = "medical"
    MOBILITY = "mobility"
    CAPTURED_ON = "captured_on"
    CAPTURED_AT = "captured_at"
    SITE = "site"
    REGION = "region"
    FAMILY = "family"
    CHARGE = "charge"
    SENTENCE = "sentence"
    CATEGORY = "category"
    STATE = "state"
    STATE_SINCE = "state_since"
    NOTE = "note"


#: The closed vocabularies. A reader maps what lists say in Ukrainian, Russian and English onto these codes.
CODES: Mapping[Field, tuple[str, ...]] = {
    Field.SEX: ("F", "M"),
    Field.STATUS: ("military", "civilian", "retained"),
    Field.MEDICAL: ("well", "slightly_wounded", "sick", "convalescent", "seriously_wounded", "seriously_ill"),
    Field.MOBILITY: ("walking", "assisted", "stretcher"),
    # What a register knows of its own person (KnowledgeState), and whether he is already out of the other side's hands.
    Field.STATE: ("missing", "believed_held", "acknowledged", "confirmed", "released", "dead", "refused"),
    Field.RANK: (
        "private", "nco", "warrant", "lieutenant", "captain", "major", "lieutenant_colonel", "colonel",
        "brigadier_general", "major_general", "general",
    ),
}  # fmt: skip


class Absence(Enum):
    """Two ways in which a source says that there is no value to read."""

    UNKNOWN = "unknown"
    WITHHELD = "withheld"


#: Text for names and codes, a date for dates, a number for counts of days; or a stated absence.
Value = str | int | PartialDate | Absence


@dataclass(frozen=True, slots=True)
class Claim:
    """One cell: the text as written and the value read from it."""

    written: str
    value: Value


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row came from: the file's name, the sheet (empty for CSV) and the row number as Excel counts it (from 1)."""

    file: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Person:
    """One row of one file. `id` is the file's own `id` column, or `r<row number>` when it has none."""

    id: str
    claims: Mapping[Field, Claim]
    source: Source | None = None
    #: Columns that no heading table knows, by their heading, kept as written.
    other: Mapping[str, str] = field(default_factory=dict)

    def written(self, field: Field) -> str:
        """The text of the cell, or "" when the source is silent."""
        claim = self.claims.get(field)
        return claim.written if claim is not None else ""

    def value(self, field: Field) -> Value | None:
        """The value read, a stated `Absence`, or None when the source is silent."""
        claim = self.claims.get(field)
        return claim.value if claim is not None else None

    def text(self, field: Field) -> str | None:
        """The value as text, or None when it is absent for whatever reason."""
        value = self.value(field)
        return value if isinstance(value, str) else None

    def date(self, field: Field) -> PartialDate | None:
        """The value as a date, or None when it is absent for whatever reason."""
        value = self.value(field)
        return value if isinstance(value, PartialDate) else None
