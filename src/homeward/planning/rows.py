"""Clauses as rows of arithmetic: what is counted, over which stages, and between which bounds.

Every clause except `together` becomes rows `lower <= sum of factor * count <= upper`. A `Counter` says how much one person
counts; a `Row` adds counters up over one stage (`cumulative` false) or over everybody gone by the end of a stage (true).

**Facts that are not known.** Whether a person of unknown age belongs to "under 25" is not known, so the person counts for
something between 0 and 1. The rule is that a plan must keep every clause *whatever the unknown facts turn out to be*: such a
person does not help to reach a minimum, and takes a place under a maximum. Nobody is obliged to go ("all", "named") by a fact
that is not known.

- `count`: `min <= count <= max` (or equals) for each element of `sides`. Sides joined by "+" are counted together; no side
  named means all sides together. With `per_holder` or `per_receiver`, for each of those parties apart.
- `parity`: for each group and each pair of elements of `sides`, the first less the second is within `tolerance`, in the units
  of `weights` if given.
- `ratio`: `key` times the people of each group on the first side, less the people of `against` on the second, is within
  `tolerance`.
- `all`: everybody known to be of the group has gone by then.
- `named`: everybody named has gone by then; with `in_return`, both lists are one unit that goes in one stage.
- `together`: no row, because a family is one unit from the start.

Two more parts of the terms bind a plan and are read here as clauses: each exclusion of a group (nobody of it goes), and
`circulation` (each party receives as many as it hands over; a cap on the length of cycles: `homeward.planning.cycles`). An
exclusion by a ground that no group describes is settled when the lists are answered; such people do not belong in a pool.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import lcm

from homeward.terms.model import Clause, Terms


@dataclass(frozen=True, slots=True)
class Counter:
    """How much one person counts: 1 (or a weight) if of these sides, this group, this holder, this receiver, these names."""

    sides: tuple[str, ...]
    group: str = "all"
    holder: str | None = None
    receiver: str | None = None
    #: A table of weights, and what its fractions are multiplied by to make whole numbers.
    weights: str | None = None
    scale: int = 1
    names: frozenset[str] | None = None
    #: A fact and the value it must have.
    fact: tuple[str, str] | None = None
    #: Not people but cycles of parties that use this arc (`homeward.planning.cycles`).
    arc: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """`lower <= sum(factor * counter) <= upper`, both bounds inclusive, None for no bound."""

    clause: str
    parts: tuple[tuple[int, Counter], ...]
    stage: int
    cumulative: bool
    lower: int | None
    upper: int | None
    #: True when the lower bound is the number of people whom the counter knows, whatever that is.
    everybody: bool = False
    #: What fractions in the clause were multiplied by: a bound of 6 at scale 2 is 3 in the clause's own unit.
    scale: int = 1


CIRCULATION = "circulation"
_BALANCED = {
    "en": "every party receives as many as it hands over",
    "uk": "кожна сторона отримує стільки, скільки передає",
}
#: The id of the rows that count a region's people; they bind nothing until `homeward.planning.fairness` works out the shares.
FAIR = "fair_between"


def clauses_of(terms: Terms) -> tuple[Clause, ...]:
    """All that binds a plan: the clauses, and the exclusions and the circulation read as clauses."""
    excluded = tuple(
        Clause(exclusion.id, "count", exclusion.line, exclusion.text, group=exclusion.group, max=0, texts=exclusion.texts)
        for exclusion in terms.exclusions
        if exclusion.group is not None
    )
    if terms.circulation is None:
        return terms.clauses + excluded
    balanced = Clause(CIRCULATION, "parity", 0, _BALANCED["en"], texts=_BALANCED)
    return (*terms.clauses, *excluded, balanced)


def joins(clause: Clause) -> bool:
    """Does this clause make several people one unit?"""
    return clause.kind == "together" or bool(clause.in_return)


def stages_of(terms: Terms, over: str) -> list[tuple[int, bool]]:
    """The (stage number, cumulative) pairs that an `over` means."""
    last = len(terms.stages) - 1
    if over == "end":
        return [(last, True)]
    if over == "each stage":
        return [(stage, False) for stage in range(last + 1)]
    if over == "after every stage":
        return [(stage, True) for stage in range(last + 1)]
    if over == "after every stage but the last":
        return [(stage, True) for stage in range(last)]
    for number, stage in enumerate(terms.stages):
        if stage.id == over:
            return [(number, False)]
    raise ValueError(f"no stage is called {over!r}")


def rows_of(terms: Terms, clause: Clause) -> list[Row]:
    """The rows of one clause."""
    if clause.id == CIRCULATION and clause.line == 0:
        return list(_circulation(terms, clause))
    makers = {"count": _count, "parity": _parity, "ratio": _ratio, "all": _all, "named": _named, "together": _together}
    return list(makers[clause.kind](terms, clause))


def sides_of(terms: Terms, element: str) -> tuple[str, ...]:
    """The sides that one element of a clause's `sides` means."""
    return tuple(sorted(part.strip() for part in element.split("+"))) if element else tuple(sorted(terms.sides))


def _elements(terms: Terms, clause: Clause) -> list[tuple[str, ...]]:
    return [sides_of(terms, element) for element in clause.sides] or [sides_of(terms, "")]


def _count(terms: Terms, clause: Clause) -> Iterator[Row]:
    counters: list[tuple[Counter, int | None]] = []
    for sides in _elements(terms, clause):
        if clause.per_holder or clause.per_receiver:
            counters += [(Counter(sides, clause.group, holder=party), n) for party, n in clause.per_holder.items()]
            counters += [(Counter(sides, clause.group, receiver=party), n) for party, n in clause.per_receiver.items()]
        else:
            counters.append((Counter(sides, clause.group), None))
    for counter, own in counters:
        equals = own if own is not None else clause.equals
        lower, upper = (clause.min, clause.max) if equals is None else (equals, equals)
        for stage, cumulative in stages_of(terms, clause.over):
            yield Row(clause.id, ((1, counter),), stage, cumulative, lower, upper)


def _parity(terms: Terms, clause: Clause) -> Iterator[Row]:
    scale = 1
    if clause.weights is not None:
        table = terms.weights[clause.weights]
        scale = lcm(table.default.denominator, *(weight.denominator for weight in table.values.values()))
    for group in clause.groups or (clause.group,):
        for one, other in combinations(_elements(terms, clause), 2):
            parts = (
                (1, Counter(one, group, weights=clause.weights, scale=scale)),
                (-1, Counter(other, group, weights=clause.weights, scale=scale)),
            )
            allowed = clause.tolerance * scale
            for stage, cumulative in stages_of(terms, clause.over):
                yield Row(clause.id, parts, stage, cumulative, -allowed, allowed, scale=scale)


def _ratio(terms: Terms, clause: Clause) -> Iterator[Row]:
    first, second = _elements(terms, clause)
    key = {group: Fraction(number) for group, number in clause.key.items()}
    scale = lcm(*(number.denominator for number in key.values()))
    parts = (
        *((int(number * scale), Counter(first, group)) for group, number in key.items()),
        (-scale, Counter(second, clause.against)),
    )
    allowed = clause.tolerance * scale
    for stage, cumulative in stages_of(terms, clause.over):
        yield Row(clause.id, parts, stage, cumulative, -allowed, allowed, scale=scale)


def _all(terms: Terms, clause: Clause) -> Iterator[Row]:
    for sides in _elements(terms, clause):
        for stage, cumulative in _by_close(terms, clause.over):
            yield Row(clause.id, ((1, Counter(sides, clause.group)),), stage, cumulative, None, None, everybody=True)


def _named(terms: Terms, clause: Clause) -> Iterator[Row]:
    names = frozenset(clause.people + clause.in_return)
    counter = Counter(sides_of(terms, ""), names=names)
    for stage, cumulative in _by_close(terms, clause.over):
        yield Row(clause.id, ((1, counter),), stage, cumulative, len(names), None)


def _circulation(terms: Terms, clause: Clause) -> Iterator[Row]:
    everywhere = sides_of(terms, "")
    for party in terms.parties:
        parts = ((1, Counter(everywhere, holder=party)), (-1, Counter(everywhere, receiver=party)))
        yield Row(clause.id, parts, len(terms.stages) - 1, cumulative=True, lower=0, upper=0)


def _by_close(terms: Terms, over: str) -> list[tuple[int, bool]]:
    """For what must be done by the close of a stage, everybody gone so far counts."""
    return [(stage, True) for stage, _ in stages_of(terms, over)]


def _together(terms: Terms, clause: Clause) -> Iterator[Row]:  # noqa: ARG001 - the makers share one signature.
    yield from ()
