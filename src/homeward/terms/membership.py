"""Which groups a person belongs to under these terms: the facts with the right reference days, and the three answers.

Ages are reckoned on the terms' reference day; where the terms fix none, on the day of handover, which the caller gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from homeward.people.person import Person
from homeward.terms.conditions import Facts
from homeward.terms.facts import Openness, absences_of, facts_of
from homeward.terms.model import Terms


def facts_under(
    terms: Terms, person: Person, side: str, *, on: date | None = None, **more: str | int | None
) -> dict[str, str | int | None]:
    """The facts of one row as these terms reckon them; `on` is the day of handover, used where the terms fix no other day.

    `holder` and `receiver` are the side's parties; a bloc does not say which of its members holds a person, so the fact
    stays unknown unless `more` gives it. Raises `KeyError` for a side that the terms do not have.
    """
    stream = terms.sides[side]
    parties = {
        name: None if code in terms.blocs else code for name, code in (("holder", stream.holder), ("receiver", stream.receiver))
    }
    days = {expression.on for expression in terms.groups.values() if expression.on is not None}
    return facts_of(person, terms.reference_date or on, days=days, **{**parties, **more})


def groups_of(terms: Terms, facts: Facts) -> Mapping[str, bool | None]:
    """For every group: yes, no, or None when a fact that is not known decides."""
    return {name: expression.holds(facts) for name, expression in terms.groups.items()}


def open_facts(terms: Terms, person: Person, groups: Iterable[str]) -> Mapping[str, Openness]:
    """The facts that these groups ask and the row leaves open: unknown, withheld, a part missing, or not mentioned."""
    names = sorted({name for group in groups for name in terms.groups[group].fields})
    return absences_of(person, names)
