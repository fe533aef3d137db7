"""Tags of the register's pages: `{% load register %}`.

{{ field|field_name }}          Surname · Прізвище
{{ claim|said_value:field }}    what was read, codes and stated absences in words
{{ "B3"|grade_words }}          usually reliable, possibly true
{{ "family"|source_title }}     the family
"""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from homeward.bureau.pages import spoken
from homeward.bureau.register.claims import Said
from homeward.bureau.register.emergencies import GROUNDS
from homeward.bureau.register.grades import SOURCES, grade_in_words
from homeward.bureau.register.models import Emergency
from homeward.bureau.register.models import Person as PersonRow
from homeward.bureau.register.views.words import place_titles
from homeward.matching import Evidence, Proposal
from homeward.people import CODES, Absence, Claim, Field, Person
from homeward.terms.conditionwords import VALUE_WORDS

register = template.Library()


@register.filter
def field_name(field: Field | str) -> str:
    """What a field is called."""
    return spoken.field_name(Field(field))


def code_words(code: str) -> str:
    """What a code of the closed vocabularies is called."""
    return spoken.told(VALUE_WORDS[code]) if code in VALUE_WORDS else code


@register.filter
def said_value(claim: Claim | str | None, field: Field | str) -> str:
    """The value of a claim as pages show it."""
    if not isinstance(claim, Claim):
        # A template gives an empty text for what is not there.
        return "–"
    if claim.value is Absence.UNKNOWN:
        return _("unknown")
    if claim.value is Absence.WITHHELD:
        return _("withheld")
    return code_words(str(claim.value)) if Field(field) in CODES else str(claim.value) or claim.written


@register.filter
def unlike_written(claim: Claim | str | None, field: Field | str) -> str:
    """What was written, where it is not what the page shows as the value."""
    if not isinstance(claim, Claim):
        return ""
    return claim.written if claim.written.strip() not in {said_value(claim, field), str(claim.value)} else ""


@register.filter
def grade_words(grade: str) -> str:
    """Both halves of a grade in words."""
    return grade_in_words(grade)


@register.filter
def source_title(kind: str) -> str:
    """What a kind of source is called."""
    return str(SOURCES[kind].title)


@register.filter
def script_name(code: str) -> str:
    """What a script is called."""
    return {
        "Cyrl": _("Cyrillic"), "Latn": _("Latin"), "Arab": _("Arabic"), "Grek": _("Greek"), "Geor": _("Georgian"),
    }.get(code, code)  # fmt: skip


@register.filter
def full_name(person: Person | None) -> str:
    """Surname, given names and patronymic as far as they are there; empty when they are not."""
    if person is None:
        return ""
    parts = (person.text(name) for name in (Field.SURNAME, Field.GIVEN_NAMES, Field.PATRONYMIC))
    return " ".join(part for part in parts if part)


@register.filter
def claim_of(person: Person | None, field: str) -> Claim | None:
    """The claim of a field."""
    return person.claims.get(Field(field)) if person is not None else None


@register.filter
def percent(chance: float) -> str:
    """A probability in whole per cent, never a round 100 for what is not certain."""
    return f"{min(99, round(100 * chance))} %"


@register.filter
def code_title(code: str) -> str:
    """What a code is called."""
    return code_words(code)


@register.filter
def current_of(person: Person, name: str) -> str:
    """What the register holds now on the field of an input; empty for inputs that are no field of a person."""
    field = Field(name) if name in set(Field) else None
    claim = person.claims.get(field) if field is not None else None
    return said_value(claim, field) if claim is not None and field is not None else ""


@register.filter
def correct_url(said: Said, row: PersonRow) -> str:
    """The address where this claim is corrected."""
    statement, place = said.ref.split(".")
    return reverse("register:correct", args=[row.number, int(statement), int(place)])


@register.filter
def place_title(place: str) -> str:
    """Where somebody was read, in words."""
    return place_titles().get(place, place)


@register.filter
def main_bars(proposal: Proposal) -> list[Evidence]:
    """The reasons of a proposal that weigh most, for and against."""
    bars = [bar for bar in proposal.evidence if bar.kind not in {"prior", "others"} and abs(bar.bits) >= 1]
    return sorted(bars, key=lambda bar: -abs(bar.bits))[:4]


@register.filter
def bar_sentence(bar: Evidence) -> str:
    """One reason in words."""
    return bar.sentence(spoken.language())


@register.filter
def ground_title(emergency: Emergency) -> str:
    """For what the glass was broken."""
    return str(GROUNDS[emergency.kind].title)
