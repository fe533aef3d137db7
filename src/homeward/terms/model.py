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

#: When a clause counts: at the end, in each stage, after each stage (cumulative), after each but the last, or one stage's id.
#: "each stage" counts the people of that stage alone; "after every stage" counts everybody gone so far.
Over = str


@dataclass(frozen=True, slots=True)
class Side:
    """A stream of people: handed over by `holder`, received by `receiver` (codes of parties or blocs)."""

    id: str
    holder: str
    receiver: str


@dataclass(frozen=True, slots=True)
class Stage:
    id: str
    date: date | None = None


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
    over: Over = "end"
    equals: int | None = None
    min: int | None = None
    max: int | None = None
    tolerance: int = 0
    weights: str | None = None
    #: For ratio: how many of `against` on the second side go for one person of each group on the first.
    key: Mapping[str, Fraction] = field(default_factory=dict)
    against: str = "all"
    #: For named: ids that must go; a named-for-named clause pairs two lists of ids.
    people: tuple[str, ...] = ()
    #: For together: the field whose equal values must go in one stage.
    by: str = ""
    per_holder: Mapping[str, int | None] = field(default_factory=dict)
    per_receiver: Mapping[str, int | None] = field(default_factory=dict)


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
