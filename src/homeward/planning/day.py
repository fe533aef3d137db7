"""The day itself: people refuse, die, are not the person on the list, or do not reach the line. Who steps in?

`replan` changes as little as it can, within the substitution rule of the terms:

1. The place goes to the next of the same class, which no clause can tell apart, so parity holds. Those who go nowhere come
   before those of later stages; a place that becomes free in a later stage is filled in the same way.
2. Where the class has nobody left and the rule is `reserve`, the smallest set of changes that keeps the clauses is taken.
3. Where the rule is `reduce-both`, people of the other side stay, as many as parity asks for. Never otherwise.
4. Where the rule is `remains`, the remains of somebody are handed over for the person instead, from the stream of remains between
   the same parties, if the limits on it allow that. The clauses about the living stay missed, and the shortfall says for how many
   remains were given; where no remains are left, the person is owed.
5. Where a side has fewer seats than people who should go (`homeward.planning.seats`), the last by priority and draw wait; they
   get a place in a later stage where the clauses leave one, and else the rule for a shortfall holds.
6. What cannot be mended is named: which clause, in which stage, by how much.

Limits stay limits: no stand-in breaks a maximum. Stages before the current one are done and never change. Pass all incidents
of the current stage so far: somebody absent in an earlier call is still absent.

| incident | what it means | out for good |
|---|---|---|
| refused | does not wish to go, said in private | yes |
| dead | | yes |
| misidentified | not the person on the list | yes |
| absent | did not reach the line | this stage only |
| unfit | cannot travel now | this stage only |

A family that must stay together waits together when one of them is absent or unfit; when one refuses or has died, the others
go on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from homeward.planning.candidate import PoolError, Pools
from homeward.planning.crowd import Crowd, crowd_for, crowd_of
from homeward.planning.cycles import count_cycles
from homeward.planning.incidents import FOR_GOOD, Change, Incident, Kind, Replan, Shortfall, pools_after
from homeward.planning.mend import mend
from homeward.planning.order import Order
from homeward.planning.people import Int, gather
from homeward.planning.plan import Plan, written
from homeward.planning.program import Program
from homeward.planning.reserves import Reserves, reserves_of
from homeward.planning.rows import clauses_of
from homeward.planning.seats import Seats
from homeward.terms.model import Clause, Remedy, Terms


def replan(
    terms: Terms,
    pools: Pools,
    plan: Plan,
    incidents: Sequence[Incident],
    *,
    stage: str,
    seats: Mapping[str, int] | None = None,
) -> Replan:
    """The plan after these incidents at the opening of `stage`, changed as little as possible.

    `seats` says for a side how many of its people can travel in this stage, where vehicles are short. Raises `PoolError` for a
    person in no pool, and for one who was handed over in an earlier stage; `ValueError` for seats of a side that is not there.
    """
    return _Day(terms, pools, plan, incidents, stage=stage, seats=seats or {}).replanned()


@dataclass(frozen=True, slots=True)
class _Vacancy:
    kind: Kind
    like: int
    stage: int
    person: str


class _Day:
    def __init__(
        self,
        terms: Terms,
        pools: Pools,
        plan: Plan,
        incidents: Sequence[Incident],
        *,
        stage: str,
        seats: Mapping[str, int],
    ) -> None:
        self.terms, self.plan = terms, plan
        names = [one.id for one in terms.stages]
        if stage not in names:
            raise ValueError(f"no stage is called {stage!r}")
        self.now = names.index(stage)
        self.before = {person: number for number, one in enumerate(plan.stages) for ids in one.going.values() for person in ids}
        self.remains: dict[str, str] = {}
        self.remains_stage: dict[str, int] = {}
        everybody = gather(terms, pools)
        self.side_of = {
            person: everybody.sides[side] for person, side in zip(everybody.ids, everybody.side.tolist(), strict=True)
        }
        clauses = clauses_of(terms)
        rows = crowd_for(terms, everybody, clauses).rows
        # Who counts like whom, each person taken alone: this is what a stand-in has to be equal in.
        alone = crowd_of(terms, everybody, rows, [])
        self.like = dict(zip(everybody.ids, alone.type_class[alone.unit_type[alone.unit_of]].tolist(), strict=True))
        self.incidents = self._with_families(incidents, crowd_for(terms, everybody, clauses))
        self.people = gather(terms, pools_after(pools, self.incidents))
        self.crowd = crowd_for(terms, self.people, clauses)
        self.order = Order(self.crowd, plan.seed)
        self.program = Program.of(self.crowd, len(names), self.crowd.rows)
        self.seats = Seats(self.crowd, self.order, self.now, seats)
        self.waits = {incident.person for incident in self.incidents if not FOR_GOOD[incident.kind]}

    def _with_families(self, incidents: Sequence[Incident], crowd: Crowd) -> list[Incident]:
        """Everybody whom an incident concerns: the whole family waits for one who is absent or unfit."""
        row = {person: number for number, person in enumerate(crowd.people.ids)}
        order = Order(crowd, self.plan.seed)
        found: dict[str, Incident] = {}
        for incident in incidents:
            if incident.person not in row:
                raise PoolError(f"{incident.person} is in no pool; check the id against the manifest")
            if self.before.get(incident.person, self.now) < self.now:
                raise PoolError(
                    f"{incident.person} was handed over in an earlier stage; what happens now is no longer the plan's"
                )
            found[incident.person] = incident
        for incident in list(found.values()):
            if not FOR_GOOD[incident.kind]:
                for member in order.members(int(crowd.unit_of[row[incident.person]])):
                    found.setdefault(member, Incident(member, incident.kind))
        return list(found.values())

    def replanned(self) -> Replan:
        out = {incident.person for incident in self.incidents}
        stage_of = np.array(
            [-1 if person in out else self.before.get(person, -1) for person in self.people.ids], dtype=np.int64
        )
        stage_of_unit = np.full(len(self.crowd.unit_type), -1, dtype=np.int64)
        stage_of_unit[self.crowd.unit_of] = stage_of
        unseated = self.seats.cut(stage_of_unit)
        empty = self._step_in(stage_of_unit)
        self._seat_later(stage_of_unit, unseated, empty)
        for remedy, places in empty.items():
            if remedy in {"reserve", "reduce-both"} and places:
                self._mend(stage_of_unit, add=remedy == "reserve", remove=remedy == "reduce-both")
        reserves = self._reserves(stage_of_unit)
        proof = replace(self.plan.proof, steps=(), method="changed on the day, as little as possible", replanned=True)
        plan = written(self.terms, self.crowd, stage_of_unit, reserves=reserves, proof=proof, seed=self.plan.seed)
        names = tuple(sorted(person for unit in unseated for person in self.order.members(unit)))
        return Replan(plan, self._changes(plan), self._shortfalls(stage_of_unit), empty, self.remains, names)

    def _seat_later(self, stage_of_unit: Int, unseated: Sequence[int], empty: dict[Remedy, int]) -> None:
        """Give those without a seat a place in the first later stage where no clause is missed by more than it is already."""
        missed = self._missed(stage_of_unit)
        for unit in unseated:
            for stage in range(self.now + 1, len(self.terms.stages)):
                stage_of_unit[unit] = stage
                now = self._missed(stage_of_unit)
                if all(units <= missed.get(where, 0) for where, units in now.items()):
                    missed = now
                    break
                stage_of_unit[unit] = -1
        rule = self.terms.substitution.shortfall
        if unseated:
            # They are alive and wait: nobody's remains are given for them.
            remedy: Remedy = "owed" if rule == "remains" else rule
            heads = sum(len(self.order.members(unit)) for unit in unseated)
            empty[remedy] = empty.get(remedy, 0) + heads

    def _step_in(self, stage_of_unit: Int) -> dict[Remedy, int]:
        """Fill places from the same class; the places that stay empty, by the remedy that the terms give for that."""
        rule = self.terms.substitution
        single = np.bincount(self.crowd.unit_of, minlength=len(stage_of_unit)) == 1
        waiting: dict[int, list[int]] = {}
        for row, person in enumerate(self.people.ids):
            unit = int(self.crowd.unit_of[row])
            if single[unit] and (stage_of_unit[unit] == -1 or stage_of_unit[unit] > self.now):
                waiting.setdefault(self.like[person], []).append(unit)
        places: deque[_Vacancy] = deque()
        for incident in self.incidents:
            if incident.person in self.before:
                places.append(
                    _Vacancy(incident.kind, self.like[incident.person], self.before[incident.person], incident.person)
                )
        empty: dict[Remedy, int] = {}
        while places:
            place = places.popleft()
            remedy: Remedy = getattr(rule, place.kind)
            if remedy in {"reserve-same-groups", "reserve"}:
                chosen = self._next(waiting.get(place.like, []), stage_of_unit, place.stage)
                if chosen is not None:
                    if stage_of_unit[chosen] >= 0:
                        places.append(_Vacancy(place.kind, place.like, int(stage_of_unit[chosen]), place.person))
                    stage_of_unit[chosen] = place.stage
                    if place.stage == self.now:
                        self.seats.take(chosen)
                    continue
                remedy = "reserve" if remedy == "reserve" else rule.shortfall
            if remedy == "remains" and not self._give_remains(stage_of_unit, place):
                remedy = "owed"
            empty[remedy] = empty.get(remedy, 0) + 1
        return empty

    def _give_remains(self, stage_of_unit: Int, place: _Vacancy) -> bool:
        """Put the first of the remains of the same way into this place; False if there are none, or a limit forbids it."""
        lost = self.terms.sides[self.side_of[place.person]]
        ways = [
            side.id
            for side in self.terms.sides.values()
            if side.carries == "remains" and (side.holder, side.receiver) == (lost.holder, lost.receiver)
        ]
        units = {
            int(self.crowd.unit_of[row])
            for row, person in enumerate(self.people.ids)
            if self.side_of[person] in ways and stage_of_unit[self.crowd.unit_of[row]] == -1
        }
        broken = self._missed(stage_of_unit)
        for unit in sorted(units, key=self._standing):
            stage_of_unit[unit] = place.stage
            now = self._missed(stage_of_unit)
            if all(units_short <= broken.get(where, 0) for where, units_short in now.items()):
                self.remains[place.person] = self.order.members(unit)[0]
                self.remains_stage[place.person] = place.stage
                return True
            stage_of_unit[unit] = -1
            if len({int(self.crowd.type_class[self.crowd.unit_type[one]]) for one in units}) == 1:
                return False
        return False

    def _next(self, units: list[int], stage_of_unit: Int, stage: int) -> int | None:
        """The first of these who can take a place in this stage: those who go nowhere, then those who go later."""
        free = [unit for unit in units if self._can_go(unit, stage) and not 0 <= stage_of_unit[unit] <= stage]
        if not free:
            return None
        return min(free, key=lambda unit: (stage_of_unit[unit] >= 0, self._standing(unit)))

    def _standing(self, unit: int) -> tuple[int, bytes]:
        return int(self.crowd.unit_type[unit]), self.order.draw(unit)

    def _can_go(self, unit: int, stage: int) -> bool:
        if stage > self.now:
            return True
        return self.seats.free_for(unit) and not self.waits.intersection(self.order.members(unit))

    def _totals(self, stage_of_unit: Int) -> Int:
        """Units of each class gone by each stage."""
        of_class = self.crowd.type_class[self.crowd.unit_type]
        gone = [
            np.bincount(of_class[(stage_of_unit >= 0) & (stage_of_unit <= stage)], minlength=self.crowd.classes)
            for stage in range(len(self.terms.stages))
        ]
        return count_cycles(self.crowd, np.stack(gone, axis=1).astype(np.int64))

    def _mend(self, stage_of_unit: Int, *, add: bool, remove: bool) -> None:
        """Change the fewest people so that the clauses hold again as far as they can."""
        of_class = self.crowd.type_class[self.crowd.unit_type]
        free = np.array(
            [
                sum(
                    stage_of_unit[unit] == -1 and self._can_go(unit, self.now)
                    for unit in np.flatnonzero(of_class == number).tolist()
                )
                for number in range(self.crowd.classes)
            ],
            dtype=np.int64,
        )
        program = replace(self.program, lines=(*self.program.lines, *self.seats.lines()))
        totals = self._totals(stage_of_unit)
        if self.crowd.cycles:
            # Cycles are counted, not chosen: they follow the people in either direction.
            cycles = slice(-len(self.crowd.cycles), None)
            free[cycles] = self.crowd.class_size[cycles] - totals[cycles, -1]
        added, removed = mend(program, totals, free, self.now, add=add, remove=remove)
        added, removed = (change[: self.crowd.classes - len(self.crowd.cycles)] for change in (added, removed))
        for number, stage in zip(*(axis.tolist() for axis in np.nonzero(removed)), strict=True):
            units = np.flatnonzero((of_class == number) & (stage_of_unit == stage)).tolist()
            last = sorted(units, key=self._standing)[-int(removed[number, stage]) :]
            stage_of_unit[last] = -1
        for number, stage in zip(*(axis.tolist() for axis in np.nonzero(added)), strict=True):
            units = np.flatnonzero((of_class == number) & (stage_of_unit == -1)).tolist()
            fit = sorted((unit for unit in units if self._can_go(unit, stage)), key=self._standing)
            stage_of_unit[fit[: int(added[number, stage])]] = stage

    def _reserves(self, stage_of_unit: Int) -> list[Reserves]:
        """Stand-ins for what is still to come; those who wait do not stand in for the current stage."""
        found = reserves_of(self.terms.reserve, self.crowd, self.order, stage_of_unit, len(self.terms.stages))
        for number, one in enumerate(self.plan.stages[: self.now]):
            found[number] = Reserves(one.reserves, one.reserves_wanted)
        here = found[self.now]
        called = {side: tuple(person for person in ids if person not in self.waits) for side, ids in here.called.items()}
        found[self.now] = Reserves(called, here.wanted)
        for number in range(self.now):
            present = {side: tuple(p for p in ids if p in self.like) for side, ids in found[number].called.items()}
            found[number] = Reserves(present, found[number].wanted)
        return found

    def _changes(self, plan: Plan) -> tuple[Change, ...]:
        names: list[str] = [stage.id for stage in self.terms.stages]
        after = {person: number for number, one in enumerate(plan.stages) for ids in one.going.values() for person in ids}
        side_of = {
            person: side for one in (*self.plan.stages, *plan.stages) for side, ids in one.going.items() for person in ids
        }
        changed = sorted(person for person in {*self.before, *after} if self.before.get(person) != after.get(person))
        return tuple(
            Change(
                person,
                side_of[person],
                names[self.before[person]] if person in self.before else None,
                names[after[person]] if person in after else None,
            )
            for person in changed
        )

    def _shortfalls(self, stage_of_unit: Int) -> tuple[Shortfall, ...]:
        by_id = {clause.id: clause for clause in clauses_of(self.terms)}
        return tuple(
            Shortfall(by_id[clause], self.terms.stages[stage].id, units, self._remains_for(by_id[clause], stage))
            for (clause, stage), units in sorted(self._missed(stage_of_unit).items())
        )

    def _missed(self, stage_of_unit: Int) -> dict[tuple[str, int], int]:
        """By how many of its units each clause is missed at each stage."""
        totals = self._totals(stage_of_unit)
        worst: dict[tuple[str, int], int] = {}
        for line in self.program.lines:
            value = line.value(totals)
            short = max(
                0 if line.lower is None else line.lower - value,
                0 if line.upper is None else value - line.upper,
            )
            if short > 0:
                key = (line.row.clause, line.stage)
                worst[key] = max(worst.get(key, 0), -(-short // line.row.scale))
        return worst

    def _remains_for(self, clause: Clause, stage: int) -> int:
        """For how many people of the clause's sides remains are handed over by this stage."""
        sides = self.terms.sides_of(clause)
        return sum(self.side_of[person] in sides and at <= stage for person, at in self.remains_stage.items())
