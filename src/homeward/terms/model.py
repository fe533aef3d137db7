"""The agreement as data (schema `exchange-terms/1`): what `homeward.terms.load` returns and every other room reads.

Everything here is immutable and already validated. The text that the parties sign stays beside it, byte for byte, in
`Terms.source`; the hash of those bytes names the exchange.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from homeward.terms.expression import Expression
from homeward.terms.facts import NamedDay

#: When a clause counts: at the end, in each stage, after each stage (cumulative), after each but the last, or one stage's id.
#: "each stage" counts the people of that stage alone; "after every stage" counts everybody gone so far.
Over = str

#: How far a part of the agreement may travel.
Grade = Literal["public", "parties", "sealed"]


@dataclass(frozen=True, slots=True)
class Side:
    """A stream of people: handed over by `holder`, received by `receiver` (codes of parties or blocs)."""

    id: str
    holder: str
    receiver: str
    #: Whether living people or the remains of the dead move in this stream.
    carries: Literal["people", "remains"] = "people"


@dataclass(frozen=True, slots=True)
class Stage:
    id: str
    date: date | None = None
    #: The id of the `[[places]]` entry at which it happens.
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """One `[[terms]]` entry. `line` is its line in the file; fields that its kind does not use stay at their defaults."""

    id: str
    kind: Literal["count", "parity", "ratio", "all", "named", "together"]
    line: int
    text: str = ""
    group: str = "all"
    #: For parity: each group is balanced apart. Empty means `group` alone.
    groups: tuple[str, ...] = ()
    #: Each element is one side's id, or several joined by "+" when the clause counts them together.
    sides: tuple[str, ...] = ()
    #: For all and named: the stage by whose close it must be done ("end": by the close of the last).
    over: Over = "end"
    equals: int | None = None
    min: int | None = None
    max: int | None = None
    tolerance: int = 0
    weights: str | None = None
    #: For ratio: how many of `against` on the second side go for one person of each group on the first.
    key: Mapping[str, Fraction] = field(default_factory=dict)
    against: str = "all"
    #: For named: ids that must go, and for named-for-named the ids that go in return, in the same stage as `people`.
    people: tuple[str, ...] = ()
    in_return: tuple[str, ...] = ()
    #: For together: the fact whose equal values must go in one stage.
    by: str = ""
    per_holder: Mapping[str, int | None] = field(default_factory=dict)
    per_receiver: Mapping[str, int | None] = field(default_factory=dict)
    #: Who may read it: everybody, the parties alone, or only those named in the signing.
    grade: Grade = "parties"
    #: The text in each language, where the parties gave it in several.
    texts: Mapping[str, str] = field(default_factory=dict)

    def said(self, language: str) -> str:
        """The parties' own words in a language, or as they are when they were given in one language only."""
        return self.texts.get(language, self.text)


@dataclass(frozen=True, slots=True)
class Priority:
    """Earlier priorities count more. Either the people of `group` first, or the highest `score` first."""

    group: str | None = None
    score: str | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    method: Literal["sha256-draw"] = "sha256-draw"
    #: A seed fixed in the terms; None means the seed that both lists' commitments make together.
    seed: str | None = None


@dataclass(frozen=True, slots=True)
class Reserve:
    """Stand-ins are sized so that a stage runs short with probability `risk` when each person drops out with `no_show`."""

    no_show: float = 0.0
    risk: float = 0.001


@dataclass(frozen=True, slots=True)
class Weights:
    """A table of equivalents: what one person counts for, by the value of one field."""

    id: str
    field: str
    values: Mapping[str, Fraction]
    default: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Agreement:
    """When and where it was agreed, when it lapses, and whether signing recognises anybody (it does not, unless said)."""

    signed: date | None = None
    place: str = ""
    lapses: date | None = None
    without_prejudice: bool = True


@dataclass(frozen=True, slots=True)
class Neutral:
    """A third party by its code: what it is called and what it does here."""

    id: str
    name: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit: a fixed `date`, or `amount` hours, days or weeks after or before an event (`anchor`)."""

    id: str
    date: date | None = None
    amount: int = 0
    unit: Literal["hours", "days", "weeks"] = "days"
    relation: Literal["after", "before"] = "after"
    anchor: str = ""

    @property
    def hours(self) -> int:
        """The length in hours; 0 for a fixed date."""
        return self.amount * {"hours": 1, "days": 24, "weeks": 168}[self.unit]


@dataclass(frozen=True, slots=True)
class Gate:
    """What must be true before a stage may open. `before` is a stage's id or "every stage"."""

    id: str
    before: str
    needs: str
    text: str = ""
    grade: Grade = "parties"


@dataclass(frozen=True, slots=True)
class Place:
    id: str
    name: str
    kind: str = "point"
    host: str = ""
    grade: Grade = "parties"


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Who is kept out of the exchange, and on what ground. Either the people of `group` or those to whom `ground` applies."""

    id: str
    ground: str
    line: int
    group: str | None = None
    text: str = ""
    #: The text in each language, where the parties gave it in several.
    texts: Mapping[str, str] = field(default_factory=dict)


#: What happens when somebody falls out: the next in reserve (of the same groups, or any), both sides go down by as many,
#: the person is owed, remains are handed over instead, or the place stays empty.
Remedy = Literal["reserve-same-groups", "reserve", "reduce-both", "owed", "remains", "none"]


@dataclass(frozen=True, slots=True)
class Substitution:
    """The remedy for each incident, and for a stream that runs short when nobody is in reserve."""

    refused: Remedy = "reserve-same-groups"
    dead: Remedy = "reserve-same-groups"
    absent: Remedy = "reserve-same-groups"
    unfit: Remedy = "reserve-same-groups"
    misidentified: Remedy = "reserve-same-groups"
    shortfall: Remedy = "owed"
    #: How many hours before the stage a stand-in must be named; 0 leaves it to the day.
    notice_hours: int = 0


@dataclass(frozen=True, slots=True)
class Obligation:
    """What somebody owes after the release. `by` is a party, a bloc, a neutral, or "all"."""

    id: str
    kind: str
    by: str = "all"
    group: str | None = None
    until: date | None = None
    text: str = ""
    grade: Grade = "parties"


@dataclass(frozen=True, slots=True)
class Consideration:
    """Something that is not a person and is given for persons: maps of minefields, remains to be searched for, papers."""

    id: str
    giver: str
    receiver: str
    text: str
    over: Over = "end"
    grade: Grade = "parties"


@dataclass(frozen=True, slots=True)
class Pool:
    """A list that must hold at least `at_least` people, of whom the plan takes fewer."""

    side: str
    at_least: int
    published: bool = False
    objections_until: date | None = None


@dataclass(frozen=True, slots=True)
class Circulation:
    """Every party receives as many as it hands over, around cycles of at most `longest_cycle` parties (None: any length)."""

    longest_cycle: int | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    title: str
    parties: Mapping[str, str]
    blocs: Mapping[str, tuple[str, ...]]
    sides: Mapping[str, Side]
    stages: tuple[Stage, ...]
    #: Named groups of people; "all" is always there.
    groups: Mapping[str, Expression]
    clauses: tuple[Clause, ...]
    priorities: tuple[Priority, ...]
    weights: Mapping[str, Weights]
    tie: Tie
    reserve: Reserve
    relax_cost: Mapping[str, int]
    relax_never: frozenset[str]
    #: The day on which ages and days held are reckoned; None leaves it to each stage's own date.
    reference_date: date | None
    source: bytes
    file: str
    #: The remaining parts have defaults: terms that are silent on them say nothing about them.
    agreement: Agreement = Agreement()
    #: Which day ages are reckoned on when `reference_date` is None: the day of capture, or of handover.
    reference_day: NamedDay = "handover"
    neutrals: Mapping[str, Neutral] = field(default_factory=dict)
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    gates: tuple[Gate, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    exclusions: tuple[Exclusion, ...] = ()
    substitution: Substitution = Substitution()
    obligations: tuple[Obligation, ...] = ()
    considerations: tuple[Consideration, ...] = ()
    pools: Mapping[str, Pool] = field(default_factory=dict)
    circulation: Circulation | None = None
    #: The fact between whose values the places are shared as evenly as possible (for example "region"); None: no such rule.
    fair_between: str | None = None
    #: Groups that the parties describe in words of their own.
    group_texts: Mapping[str, str] = field(default_factory=dict)
    #: Texts given in several languages, by their place in the file: `translations["terms.T1.text"]["uk"]`.
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def people_of(self, party: str) -> tuple[str, ...]:
        """The parties that a code stands for: a bloc's members, or the party itself."""
        return self.blocs.get(party, (party,))

    def sides_of(self, clause: Clause) -> tuple[str, ...]:
        """The ids of the sides that a clause speaks of, joined ones apart; all of them when it names none."""
        if not clause.sides:
            return tuple(self.sides)
        return tuple(side for joined in clause.sides for side in joined.split("+"))

    def said(self, text: str, place: str, language: str) -> str:
        """The text at this place of the file in a language, or as it is when it was given in one language only."""
        return self.translations.get(place, {}).get(language, text)
