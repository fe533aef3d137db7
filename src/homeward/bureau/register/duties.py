"""What a bureau owes for each person, as one table: which days count, from when, until what is known.

GC III 70 gives every prisoner a capture card at the latest one week after arrival; GC III 122 has the bureaux forward it at once.
GC IV 136 has civilians notified who are held for more than two weeks. The register knows the day of capture, not of arrival in a
camp, so what it shows is the earliest day from which to ask. A clock flags; it orders nothing.

>>> from homeward.people import Claim, PartialDate
>>> captured = Claim("2026-05-01", PartialDate(2026, 5, 1))
>>> due = duty_of(Person("r-1", {Field.CAPTURED_ON: captured}), date(2026, 5, 11))
>>> due.duty.code, due.days, due.over, due.met
('capture_card', 10, 3, False)
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.lists.identity import missing_minimum
from homeward.people import Field, Person


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty: its article, whom it is for, after how many days, and by which states of knowledge it has been met."""

    code: str
    article: str
    title: Promise | str
    status: str
    days: int
    met_by: frozenset[str]


#: The side that holds the person has said so, or the person is not held any more.
_TOLD = frozenset({"acknowledged", "confirmed", "released", "dead", "refused"})

DUTIES: tuple[Duty, ...] = (
    Duty("capture_card", "GC III 70, 122", _("capture card"), "military", 7, _TOLD),
    Duty("civilian_notice", "GC IV 136", _("notice of a detained civilian"), "civilian", 14, _TOLD),
)


@dataclass(frozen=True, slots=True)
class Owed:
    """Where a duty stands for one person: days since capture (the fewest that a partial date allows), and days over (0: in time)."""

    duty: Duty
    days: int
    met: bool

    @property
    def over(self) -> int:
        return 0 if self.met else max(0, self.days - self.duty.days)


def duty_of(person: Person, today: date) -> Owed | None:
    """The duty that runs for this person, or None when no day of capture is known."""
    captured = person.date(Field.CAPTURED_ON)
    if captured is None or captured.latest() > today:
        return None
    status = "civilian" if person.text(Field.STATUS) == "civilian" else "military"
    duty = next(each for each in DUTIES if each.status == status)
    return Owed(duty, (today - captured.latest()).days, person.text(Field.STATE) in duty.met_by)


def missing_fields(person: Person, seen: Collection[Field]) -> tuple[Field, ...]:
    """What GC III 122(4) or GC IV 138 asks for and the register does not have, among the fields that an officer may see."""
    return tuple(field for field in missing_minimum(person) if field in seen)
