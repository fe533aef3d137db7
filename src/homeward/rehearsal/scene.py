"""What a rehearsal is played on: the offices, the carrier between them, the clock, the plan as it stands, and the sources of chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from homeward.exchange import Entry
from homeward.office.desk import Office
from homeward.office.own_lists import rows_of
from homeward.people import Progress
from homeward.planning import Account, Candidate, Plan, Proof
from homeward.record.entropy import Entropy, seeded
from homeward.rehearsal.carrier import Carrier
from homeward.rehearsal.clock import RehearsalClock
from homeward.rehearsal.folder import Inputs
from homeward.terms import Terms

#: The code of the neutral where the terms name none.
NEUTRAL = "NEUTRAL"

#: How many days before the first stage each step is played.
DAYS_BEFORE = {"terms": 7, "commit": 6, "release": 5, "answers": 3, "freeze": 1}


def entropy_for(seed: str, *purpose: str) -> Entropy:
    """The source of random bytes for one purpose of a rehearsal."""
    return seeded("/".join((seed, *purpose)))


@dataclass(frozen=True, slots=True)
class Happened:
    """One incident as it befell somebody: who, on which list, and who stepped in."""

    stage: str
    kind: str
    list_id: str
    person: str
    reserve: str | None


@dataclass
class Scene:
    """The stage that a rehearsal is played on."""

    inputs: Inputs
    folder: Path
    seed: str
    post_quantum: bool
    progress: Progress
    clock: RehearsalClock = field(init=False)
    neutral: str = field(init=False)
    offices: dict[str, Office] = field(init=False, default_factory=dict)
    carrier: Carrier = field(init=False)
    pools: dict[str, list[Candidate]] = field(init=False, default_factory=dict)
    plan: Plan = field(init=False)
    #: Of the plan as it was made; a plan that was changed on a day is no longer the best, only the nearest.
    proof: Proof = field(init=False)
    planned: Account = field(init=False)
    happened: list[Happened] = field(init=False, default_factory=list)
    #: Every act of the finished record, for the account.
    acts: list[Entry] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        terms = self.inputs.terms
        self.clock = RehearsalClock(self.first_day - timedelta(days=DAYS_BEFORE["terms"]))
        self.neutral = next((code for code in terms.neutrals if code not in terms.parties), NEUTRAL)

    @property
    def terms(self) -> Terms:
        return self.inputs.terms

    @property
    def first_day(self) -> date:
        """The day of the first stage; an exchange without dates is played from the day its terms were signed, or in 2025."""
        stages = self.terms.stages
        if stages[0].date is not None:
            return stages[0].date
        return (self.terms.agreement.signed or date(2025, 1, 6)) + timedelta(days=7)

    @property
    def reckoning_day(self) -> date:
        """The day on which ages and days held are reckoned where the terms fix none."""
        return self.first_day

    def entropy(self, *purpose: str) -> Entropy:
        """A source of its own for every party and purpose, so that one more draw in one place changes nothing in another."""
        return entropy_for(self.seed, *purpose)

    def close(self) -> None:
        for office in self.offices.values():
            office.close()

    def move_to(self, step: str, hour: int) -> None:
        """Let it be the day on which this step is played."""
        self.clock.move_to(self.first_day - timedelta(days=DAYS_BEFORE[step]), hour)

    def parties(self) -> dict[str, Office]:
        """The offices of the parties, without the neutral's."""
        return {code: office for code, office in self.offices.items() if code != self.neutral}

    def rows(self, list_id: str) -> Mapping[str, str]:
        """Id in the exchange → row of the holder's file, which the holder alone has."""
        holder, _ = self.inputs.sides[list_id]
        return rows_of(self.offices[holder], list_id)

    def families(self) -> set[str]:
        """Everybody who travels with a family, by the lists."""
        return {candidate.id for pool in self.pools.values() for candidate in pool if candidate.facts.get("family")}

    def kinds(self) -> Mapping[str, tuple[str, frozenset[str]]]:
        """For everybody, what the clauses can tell of them: the list, and the groups that a clause counts by."""
        counted = {group for clause in self.terms.clauses for group in (clause.group, *clause.groups)}
        people = next(iter(self.parties().values())).state.people
        return {person.id: (person.list, person.groups & counted) for person in people.values()}
