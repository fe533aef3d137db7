"""What an expression becomes once it is read: a tree of conditions that answer yes, no or "not known".

Logic with three values after Kleene (1938): an unknown part decides only where the known parts do not. `False and ?` is
False, `True and ?` is not known.

>>> young = Compare("age", "<=", 25)
>>> young.holds({"age": 25}), young.holds({"age": None}), young.holds({"age": None, "age_from": 37, "age_to": 38})
(True, None, False)
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from homeward.people.dates import PartialDate
from homeward.people.person import CODES, Field

#: What is known of one person: a value under each fact's name. None, or no entry, means that it is not known.
Facts = Mapping[str, str | int | None]
Operator = Literal["==", "!=", "<", "<=", ">", ">="]

_RANK_ORDER: Mapping[str, int] = {rank: place for place, rank in enumerate(CODES[Field.RANK])}


class Condition(ABC):
    """One node of the tree."""

    __slots__ = ()

    @abstractmethod
    def holds(self, facts: Facts) -> bool | None:
        """Yes, no, or None when a fact that is not known decides."""

    @abstractmethod
    def names(self) -> Iterator[str]:
        """The name of every fact that the answer may depend on."""


@dataclass(frozen=True, slots=True)
class Always(Condition):
    """`true` (everybody) or `false` (nobody)."""

    answer: bool

    def holds(self, facts: Facts) -> bool | None:  # noqa: ARG002 - the answer does not depend on the facts.
        return self.answer

    def names(self) -> Iterator[str]:
        return iter(())


@dataclass(frozen=True, slots=True)
class Compare(Condition):
    """A number with a number. When only a range is known (`age_from` … `age_to`), it answers if the whole range agrees."""

    name: str
    operator: Operator
    value: int

    def holds(self, facts: Facts) -> bool | None:
        known = facts.get(self.name)
        if known is not None:
            return _compare(_number(self.name, known), self.operator, self.value)
        low, high = facts.get(self.name + "_from"), facts.get(self.name + "_to")
        if low is None or high is None:
            return None
        return _compare_range(_number(self.name, low), _number(self.name, high), self.operator, self.value)

    def names(self) -> Iterator[str]:
        return iter((self.name, self.name + "_from", self.name + "_to"))


@dataclass(frozen=True, slots=True)
class CompareDate(Condition):
    """A date with a date. A date of which a part is missing stands for the whole time it can mean."""

    name: str
    operator: Operator
    value: date

    def holds(self, facts: Facts) -> bool | None:
        known = facts.get(self.name)
        if known is None:
            return None
        day = PartialDate.from_iso(str(known))
        return _compare_range(day.earliest().toordinal(), day.latest().toordinal(), self.operator, self.value.toordinal())

    def names(self) -> Iterator[str]:
        return iter((self.name,))


@dataclass(frozen=True, slots=True)
class CompareRank(Condition):
    """Ranks compared by seniority: `rank >= 'captain'`."""

    name: str
    operator: Operator
    value: str

    def holds(self, facts: Facts) -> bool | None:
        place = _RANK_ORDER.get(str(facts.get(self.name)))
        return None if place is None else _compare(place, self.operator, _RANK_ORDER[self.value])

    def names(self) -> Iterator[str]:
        return iter((self.name,))


@dataclass(frozen=True, slots=True)
class Among(Condition):
    """The fact is one of these values (`==` is a list of one), or with `negated` none of them."""

    name: str
    values: tuple[str | int, ...]
    negated: bool = False

    def holds(self, facts: Facts) -> bool | None:
        known = facts.get(self.name)
        return None if known is None else (known in self.values) is not self.negated

    def names(self) -> Iterator[str]:
        return iter((self.name,))


@dataclass(frozen=True, slots=True)
class Not(Condition):
    part: Condition

    def holds(self, facts: Facts) -> bool | None:
        answer = self.part.holds(facts)
        return None if answer is None else not answer

    def names(self) -> Iterator[str]:
        return self.part.names()


@dataclass(frozen=True, slots=True)
class All(Condition):
    """`and`: no as soon as one part says no."""

    parts: tuple[Condition, ...]

    def holds(self, facts: Facts) -> bool | None:
        answer: bool | None = True
        for part in self.parts:
            one = part.holds(facts)
            if one is False:
                return False
            if one is None:
                answer = None
        return answer

    def names(self) -> Iterator[str]:
        for part in self.parts:
            yield from part.names()


@dataclass(frozen=True, slots=True)
class Any(Condition):
    """`or`: yes as soon as one part says yes."""

    parts: tuple[Condition, ...]

    def holds(self, facts: Facts) -> bool | None:
        answer: bool | None = False
        for part in self.parts:
            one = part.holds(facts)
            if one is True:
                return True
            if one is None:
                answer = None
        return answer

    def names(self) -> Iterator[str]:
        for part in self.parts:
            yield from part.names()


def _number(name: str, known: str | int) -> int:
    if isinstance(known, str):
        raise ValueError(f"the fact {name} is a number, but text was given")  # noqa: TRY004 - a caller's mistake in a value.
    return known


def _compare(left: int, operator: Operator, right: int) -> bool:
    match operator:
        case "==":
            return left == right
        case "!=":
            return left != right
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case ">=":
            return left >= right


def _compare_range(low: int, high: int, operator: Operator, right: int) -> bool | None:
    """What holds of every number from `low` to `high`, or None when some agree and some do not."""
    if operator in {"==", "!="}:
        if low == high:
            return _compare(low, operator, right)
        return None if low <= right <= high else operator == "!="
    at_low, at_high = _compare(low, operator, right), _compare(high, operator, right)
    return at_low if at_low is at_high else None
