"""Why does this person not go, or not go earlier? One sentence, and what would have to change.

The codes, from the simplest reason to the most tangled:

- `going`: in the first stage; nothing to explain.
- `outside`: a clause lets nobody of a group go, and the person is known to be of that group.
- `unknown`: the same, but only because a fact is not known; knowing it may open the way.
- `behind`: others whom no clause can tell apart stand before this person by a priority.
- `draw`: the same, equal in all priorities, by the public draw.
- `blocked`: no plan at all could take anybody like this person (earlier) and keep the named clauses.
- `outweighed`: a plan could, but only by giving up something that a priority puts first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from homeward.planning import words
from homeward.planning.account import stages_of_people, totals_of
from homeward.planning.candidate import PoolError, Pools
from homeward.planning.crowd import crowd_for
from homeward.planning.goals import NoPlan
from homeward.planning.impossible import smallest_conflict
from homeward.planning.order import Order
from homeward.planning.people import NO, YES, Int, expression_of, gather
from homeward.planning.plan import Plan
from homeward.planning.program import Line, Program
from homeward.planning.rows import Row, clauses_of
from homeward.planning.solve import solve
from homeward.planning.words import Language
from homeward.terms.model import Clause, Terms

Code = Literal["going", "outside", "unknown", "behind", "draw", "blocked", "outweighed"]


@dataclass(frozen=True, slots=True)
class Reason:
    """The answer for one person. `stage` is where they go, or None; what does not belong to the code is empty."""

    person: str
    code: Code
    stage: str | None
    #: How many people stand before this one, by which priority, and how many of the others like them also wait before them.
    others: int = 0
    priority: str = ""
    waiting: int = 0
    #: The clauses that leave no place (more), and the facts that are not known.
    clauses: tuple[Clause, ...] = ()
    facts: tuple[str, ...] = ()
    group: str = ""
    #: For `outweighed`: how much of the priority would be lost.
    loss: int = 0

    def sentence(self, language: Language = "en") -> str:
        """The reason and what would have to change, in words."""
        return words.reason(self, language)


def why(terms: Terms, pools: Pools, plan: Plan, person_id: str) -> Reason:
    """Why this person does not go, or not earlier. Raises `PoolError` if no pool has them. For many people use `Explainer`."""
    return Explainer(terms, pools, plan).why(person_id)


class Explainer:
    """Answers about one plan; what all answers share is made once."""

    def __init__(self, terms: Terms, pools: Pools, plan: Plan) -> None:
        self.terms, self.plan = terms, plan
        self.people = gather(terms, pools)
        self.clauses = clauses_of(terms)
        self.crowd = crowd_for(terms, self.people, self.clauses)
        self.program = Program.of(self.crowd, len(terms.stages), self.crowd.rows)
        self.order = Order(self.crowd, plan.seed)
        self._row = {person: row for row, person in enumerate(self.people.ids)}
        self._class = self.crowd.type_class[self.crowd.unit_type]
        self._stage, self._totals = totals_of(self.crowd, stages_of_people(self.people, plan), len(terms.stages))
        self._by_class: dict[tuple[int, int], Reason] = {}

    def why(self, person_id: str) -> Reason:
        """Why this person does not go, or not earlier. Raises `PoolError` if no pool has them."""
        if person_id not in self._row:
            raise PoolError(f"{person_id} is in no pool; check the id against the lists")
        unit = int(self.crowd.unit_of[self._row[person_id]])
        stage = int(self._stage[unit])
        name = self.plan.stages[stage].id if stage < len(self.plan.stages) else None
        if stage == 0:
            return Reason(person_id, "going", name)
        shut = self._shut_out(person_id, stage)
        if shut is not None:
            return shut
        ahead = np.flatnonzero((self._class == self._class[unit]) & (self._stage < stage))
        if len(ahead):
            return self._behind(person_id, unit, ahead, name)
        key = (int(self._class[unit]), stage)
        if key not in self._by_class:
            self._by_class[key] = self._forced(int(self._class[unit]), stage - 1)
        found = self._by_class[key]
        return Reason(
            person_id, found.code, name, priority=found.priority, clauses=found.clauses, loss=found.loss, others=found.others
        )

    def _shut_out(self, person_id: str, stage: int) -> Reason | None:
        """A clause that lets nobody of a group go, over the whole exchange."""
        if stage < len(self.plan.stages):
            return None
        row = self._row[person_id]
        side = self.people.sides[int(self.people.side[row])]
        open_reason = None
        for clause in self.clauses:
            if clause.kind != "count" or clause.max != 0 or clause.over not in {"end", "each stage", "after every stage"}:
                continue
            if side not in self.terms.sides_of(clause) or clause.per_holder or clause.per_receiver:
                continue
            answer = YES if clause.group == "all" else int(self.people.member[clause.group][row])
            if answer == YES:
                return Reason(person_id, "outside", None, clauses=(clause,), group=clause.group)
            if answer != NO and open_reason is None:
                facts = self.people.facts(row)
                missing = tuple(sorted(f for f in expression_of(self.terms, clause.group).fields if facts.get(f) is None))
                missing = tuple(fact for fact in missing if not fact.endswith(("_from", "_to"))) or missing
                open_reason = Reason(person_id, "unknown", None, clauses=(clause,), group=clause.group, facts=missing)
        return open_reason

    def _behind(self, person_id: str, unit: int, ahead: Int, name: str | None) -> Reason:
        kind = int(self.crowd.unit_type[unit])
        own = self.crowd.type_gain[kind]
        last = int(self.crowd.unit_type[ahead].max())
        waiting = self._waiting_before(unit, kind)
        limits = self._limits(int(self._class[unit]), int(self._stage[unit]) - 1)
        better = np.flatnonzero(self.crowd.type_gain[last] > own)
        if last == kind or not len(better):
            equal = int((self.crowd.unit_type[ahead] == kind).sum())
            return Reason(person_id, "draw", name, others=equal, waiting=waiting, clauses=limits)
        level = int(better[0])
        others = int((self.crowd.type_gain[self.crowd.unit_type[ahead], level] > own[level]).sum())
        priority = self.crowd.levels[level].name
        return Reason(person_id, "behind", name, others=others, priority=priority, waiting=waiting, clauses=limits)

    def _waiting_before(self, unit: int, kind: int) -> int:
        """How many units of the class that go no earlier than this one stand before it."""
        same = (self._class == self._class[unit]) & (self._stage >= self._stage[unit])
        before = int((same & (self.crowd.unit_type < kind)).sum())
        equals = [other for other in self.order.sorted_units(kind).tolist() if same[other]]
        return before + equals.index(unit)

    def _limits(self, number: int, stage: int) -> tuple[Clause, ...]:
        """The clauses that one more unit of this class by this stage would break, everybody else staying as they are."""
        names = set()
        for line in self.program.lines:
            counted = line.stage >= stage and line.before < stage
            if not counted or not line.coefficient[number]:
                continue
            value = line.value(self._totals) + int(line.coefficient[number])
            if (line.upper is not None and value > line.upper) or (line.lower is not None and value < line.lower):
                names.add(line.row.clause)
        return tuple(clause for clause in self.clauses if clause.id in names)

    def _forced(self, number: int, stage: int) -> Reason:
        """Put one unit of a class in by a stage and solve again: impossible, or at the cost of which priority?"""
        wanted = np.zeros(self.crowd.classes, dtype=np.int64)
        wanted[number] = 1
        force = Line(Row("", (), stage, cumulative=True, lower=1, upper=None), wanted, stage, -1, 1, None)
        program = Program(self.crowd, len(self.terms.stages), (*self.program.lines, force), self.program.offsets)
        try:
            solution = solve(program, self.order.fractions)
        except NoPlan as none:
            return Reason("", "blocked", None, clauses=smallest_conflict(self.clauses, program, none.ray))
        for old, new in zip(self.plan.proof.steps, solution.steps, strict=False):
            if new.reached < old.reached:
                level = next(place for place, level in enumerate(self.crowd.levels) if level.name == old.name)
                gain = self.crowd.type_gain[self.crowd.unit_type, level]
                going = self._stage <= stage
                own = int(gain[self._class == number].max())
                others = int((going & (gain > own)).sum())
                return Reason("", "outweighed", None, priority=old.name, loss=old.reached - new.reached, others=others)
        return Reason("", "draw", None, clauses=self._limits(number, stage))
