"""One list seen through the terms: who belongs to which group, who is available, and what the rows leave open.

Also the form of an answer: `ClauseResult`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from homeward.people.person import Absence, Field, Person
from homeward.terms.conditions import Facts
from homeward.terms.facts import Openness
from homeward.terms.membership import facts_under, open_facts
from homeward.terms.model import Terms
from homeward.terms.sentences import say, say_absences

Verdict = Literal["pass", "fail", "undecided"]
#: Facts that the rows themselves do not carry, by person id: for example who of a bloc holds the person.
More = Mapping[str, Mapping[str, str | int | None]]

#: States in which a living person is not there to be exchanged.
GONE = ("released", "dead", "refused")


@dataclass(frozen=True, slots=True)
class ClauseResult:
    """What the list does to one clause, or to one general rule (`clause` is then a plain word such as "covered")."""

    clause: str
    verdict: Verdict
    #: The ids of the rows that break it or leave it open; empty when it is a matter of numbers.
    people: tuple[str, ...] = ()
    code: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)
    #: Which facts are left open in those rows, and how: unknown, withheld, a part missing, or not given.
    open_facts: Mapping[tuple[str, Openness], int] = field(default_factory=dict)

    def sentence(self, language: str = "en") -> str:
        """The verdict in words ("en" or "uk"), with numbers and without names."""
        return say(self.code, language, absences=say_absences(self.open_facts, language), **self.values)


class ListView:
    """The rows of one list under these terms. Memberships are computed once per group, in the order of the list."""

    def __init__(self, terms: Terms, side: str, people: Sequence[Person], *, on: date | None, more: More, final: bool) -> None:
        self.terms = terms
        self.side = side
        self.people = people
        self.on = on
        self.final = final
        self.facts: list[Facts] = [facts_under(terms, person, side, on=on, **more.get(person.id, {})) for person in people]
        gone = GONE if terms.sides[side].carries == "people" else ()
        self.gone = frozenset(row for row, facts in enumerate(self.facts) if facts["state"] in gone)
        self._members: dict[str, tuple[list[int], list[int]]] = {}

    def members(self, group: str) -> tuple[list[int], list[int]]:
        """The rows available that belong to the group for certain, and those that may."""
        if group not in self._members:
            sure: list[int] = []
            perhaps: list[int] = []
            expression = self.terms.groups[group]
            for row, facts in enumerate(self.facts):
                if row in self.gone:
                    continue
                answer = expression.holds(facts)
                if answer is not False:
                    (sure if answer else perhaps).append(row)
            self._members[group] = sure, perhaps
        return self._members[group]

    def ids(self, rows: Iterable[int]) -> tuple[str, ...]:
        return tuple(self.people[row].id for row in rows)

    def left_open(self, rows: Iterable[int], groups: Iterable[str]) -> Mapping[tuple[str, Openness], int]:
        """How many of these rows leave which fact open, by the facts that the groups ask, in a fixed order."""
        wanted = tuple(groups)
        counts: Counter[tuple[str, Openness]] = Counter()
        for row in rows:
            counts.update(open_facts(self.terms, self.people[row], wanted).items())
        order: Mapping[Openness, int] = {Absence.UNKNOWN: 0, Absence.WITHHELD: 1, "partial": 2, None: 3}
        return {key: counts[key] for key in sorted(counts, key=lambda key: (key[0], order[key[1]]))}

    def state(self, value: str) -> list[int]:
        return [row for row, person in enumerate(self.people) if person.text(Field.STATE) == value]
