"""What an entry must say to be somebody: the least that a list can be answered on, and what the treaties ask for.

>>> from homeward.people import Claim
>>> lone = Person("r2", {Field.SURNAME: Claim("Коваль", "Коваль")})
>>> [field.value for field in missing_to_identify(lone)], [field.value for field in missing_minimum(lone)]
(['given_names', 'birth_date'], ['given_names', 'birth_date', 'rank', 'service_number'])
"""

from __future__ import annotations

from homeward.people import Field, Person

#: GC III 17 and 122(4) for members of armed forces, GC IV 138 for civilians.
MINIMUM_MILITARY: tuple[Field, ...] = (Field.SURNAME, Field.GIVEN_NAMES, Field.BIRTH_DATE, Field.RANK, Field.SERVICE_NUMBER)
MINIMUM_CIVILIAN: tuple[Field, ...] = (Field.SURNAME, Field.GIVEN_NAMES, Field.BIRTH_DATE, Field.BIRTH_PLACE, Field.NATIONALITY)

#: What no list goes without; the rest of the minimum is often not known to anybody and is only noted.
FIRST_NEEDED: tuple[Field, ...] = (Field.SURNAME, Field.GIVEN_NAMES, Field.BIRTH_DATE)

#: Any of these tells two people of one name apart.
_TELLS_APART: tuple[Field, ...] = (
    Field.BIRTH_DATE, Field.PATRONYMIC, Field.FATHER_NAME, Field.MOTHER_MAIDEN_NAME, Field.BIRTH_PLACE, Field.UNIT,
)  # fmt: skip


def missing_to_identify(entry: Person) -> tuple[Field, ...]:
    """What keeps an entry from naming anybody; empty when it does.

    Somebody is named by a service number, or by a surname and a given name (or an initial) with one thing that tells people
    of one name apart: a birth date or a part of it, a parent's name, a birth place, a unit.
    """
    if _says(entry, Field.SERVICE_NUMBER):
        return ()
    missing = [field for field in (Field.SURNAME, Field.GIVEN_NAMES) if not _says(entry, field)]
    if not any(_says(entry, field) for field in _TELLS_APART):
        missing.append(Field.BIRTH_DATE)
    return tuple(missing)


def missing_minimum(entry: Person) -> tuple[Field, ...]:
    """What the treaties ask for and the entry neither gives nor states as unknown or withheld; a birth date must be whole."""
    civilian = entry.text(Field.STATUS) == "civilian"
    fields = MINIMUM_CIVILIAN if civilian else MINIMUM_MILITARY
    return tuple(field for field in fields if entry.value(field) in (None, "") or _not_whole(entry, field))


def _not_whole(entry: Person, field: Field) -> bool:
    born = entry.date(field) if field is Field.BIRTH_DATE else None
    return born is not None and not born.complete


def _says(entry: Person, field: Field) -> bool:
    """Whether the source gives a value (not silent, not "unknown", not "withheld")."""
    value = entry.value(field)
    if isinstance(value, str):
        return any(letter.isalnum() for letter in value)
    return entry.date(field) is not None
