"""What happens to people on the day, and what a changed plan says: the words that `homeward.planning.day` takes and gives.

>>> Shortfall(Clause("P", "parity", 7), "day1", 2).sentence()
'After stage day1, clause P is missed by 2.'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from homeward.planning import words
from homeward.planning.candidate import Candidate, Pools, candidates_of
from homeward.planning.plan import Plan
from homeward.planning.words import Language
from homeward.terms.model import Clause, Remedy

Kind = Literal["refused", "dead", "misidentified", "absent", "unfit"]

#: Whether each kind of incident takes the person out of the exchange, or out of the current stage only.
FOR_GOOD: Mapping[Kind, bool] = {"refused": True, "dead": True, "misidentified": True, "absent": False, "unfit": False}


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened to one person on the day."""

    person: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Change:
    """One person whose stage is another now; None is no stage."""

    person: str
    side: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A clause that cannot be kept any more: in which stage, and by how many of its units."""

    clause: Clause
    stage: str
    units: int
    #: For how many of the people of its sides remains are handed over instead, as the terms agree.
    remains: int = 0

    def sentence(self, language: Language = "en") -> str:
        """The shortfall in words."""
        return words.shortfall(self.clause, self.stage, self.units, self.remains, language)


@dataclass(frozen=True, slots=True)
class Replan:
    """The new plan, what changed, what cannot be kept, and the places that stay empty under each remedy."""

    plan: Plan
    changes: tuple[Change, ...]
    shortfalls: tuple[Shortfall, ...]
    empty: Mapping[Remedy, int]
    #: Whose remains are handed over for whom: the id of the person who does not go, and the id in the stream of remains.
    remains: Mapping[str, str] = field(default_factory=dict)
    #: Who had a place in this stage and finds no seat, in alphabetical order.
    unseated: tuple[str, ...] = ()


def pools_after(pools: Pools, incidents: Iterable[Incident]) -> dict[str, Sequence[Candidate]]:
    """The pools without those who are out of the exchange; what `check_plan` needs for the new plan."""
    gone = {incident.person for incident in incidents if FOR_GOOD[incident.kind]}
    return {side: [person for person in candidates_of(pool) if person.id not in gone] for side, pool in pools.items()}
