"""A plan: who goes in which stage, who stands in, who stays, and the proof that no plan is better.

`make_plan` is the way in. It raises `Impossible` when the clauses contradict each other, and `PoolError` when the pools
themselves are wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from homeward.planning.candidate import Pools
from homeward.planning.crowd import Crowd, crowd_for
from homeward.planning.goals import NoPlan, Step
from homeward.planning.impossible import explain
from homeward.planning.netting import net
from homeward.planning.order import Order
from homeward.planning.people import Int, People, between_parties, gather
from homeward.planning.program import Program
from homeward.planning.reserves import Reserves, reserves_of
from homeward.planning.rows import clauses_of
from homeward.planning.solve import solve
from homeward.terms.model import Terms

#: Counts only: the step's name, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]
_STEPS = ("gather", "classes", "solve", "people", "reserves")


@dataclass(frozen=True, slots=True)
class StagePlan:
    """One stage. Ids are in alphabetical order in `going`, and in the order in which they are called in `reserves`."""

    id: str
    going: Mapping[str, tuple[str, ...]]
    reserves: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: How many stand-ins the agreed risk asks for; more than there are means that the stage runs a greater risk.
    reserves_wanted: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proof:
    """What was solved, and for each level of the priorities the bound and what the plan reaches."""

    people: int
    units: int
    types: int
    classes: int
    clauses: int
    steps: tuple[Step, ...]
    method: str
    #: Where the terms cap the length of cycles: the cycles of parties around which people go, and how many times each.
    cycles: Sequence[tuple[Sequence[str], int]] = ()
    #: True after a change on the day, which keeps the terms but no longer seeks the best.
    replanned: bool = False

    @property
    def optimal(self) -> bool:
        """Every level reaches its bound: no plan within the terms is better."""
        return not self.replanned and all(step.proven for step in self.steps)


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole plan. `left_out` are the people of each side who go in no stage, in alphabetical order of ids."""

    stages: tuple[StagePlan, ...]
    left_out: Mapping[str, tuple[str, ...]]
    proof: Proof
    seed: str

    def stage_of(self, person_id: str) -> str | None:
        """The stage in which this person goes, or None. For many people, build a dictionary from `stages` instead."""
        for stage in self.stages:
            if any(person_id in ids for ids in stage.going.values()):
                return stage.id
        return None


def make_plan(terms: Terms, pools: Pools, *, seed: str | None = None, progress: Progress | None = None) -> Plan:
    """The best plan within the terms.

    `pools` gives the candidates of each side. `seed` orders equals by public draw; the terms' own seed is used if it is None,
    and a different one than theirs is a `ValueError`. `progress` hears counts only, never names or ids.
    """
    seed = seed_of(terms, seed)
    report = progress or (lambda _step, _done, _total: None)

    def step(number: int) -> None:
        report(_STEPS[number], number, len(_STEPS))

    step(0)
    people = gather(terms, pools)
    step(1)
    crowd = crowd_for(terms, people, clauses_of(terms))
    program = Program.of(crowd, len(terms.stages), crowd.rows)
    step(2)
    order = Order(crowd, seed)
    try:
        solution = solve(program, order.fractions)
    except NoPlan as none:
        raise explain(terms, people, program, none.ray) from None
    step(3)
    stage_of_unit = order.stages(program.taken(solution.totals))
    step(4)
    reserves = reserves_of(terms.reserve, crowd, order, stage_of_unit, len(terms.stages))
    proof = Proof(
        people=len(people),
        units=len(crowd.unit_type),
        types=len(crowd.type_size) - len(crowd.cycles),
        classes=crowd.classes - len(crowd.cycles),
        clauses=len(clauses_of(terms)),
        steps=solution.steps,
        method=solution.method,
    )
    return written(terms, crowd, stage_of_unit, reserves=reserves, proof=proof, seed=seed)


def seed_of(terms: Terms, seed: str | None) -> str:
    """The seed of the draw: the one fixed in the terms, else the one given."""
    if terms.tie.seed is not None and seed not in {None, terms.tie.seed}:
        raise ValueError("the terms fix another seed for the draw")
    chosen = terms.tie.seed if terms.tie.seed is not None else seed
    if chosen is None:
        raise ValueError("the terms fix no seed for the draw, so one must be given")
    return chosen


def written(terms: Terms, crowd: Crowd, stage_of_unit: Int, *, reserves: Sequence[Reserves], proof: Proof, seed: str) -> Plan:
    """The plan in ids, from the stage of each unit (-1 for nobody's stage)."""
    people = crowd.people
    stage_of = stage_of_unit[crowd.unit_of]
    going: list[dict[str, tuple[str, ...]]] = [{} for _ in range(len(terms.stages) + 1)]
    for number, side in enumerate(people.sides):
        here = people.side == number
        for stage in range(-1, len(terms.stages)):
            rows = np.flatnonzero(here & (stage_of == stage)).tolist()
            going[stage][side] = tuple(sorted([people.ids[row] for row in rows]))
    stages = tuple(
        StagePlan(stage.id, going[number], reserves[number].called, reserves[number].wanted)
        for number, stage in enumerate(terms.stages)
    )
    return Plan(stages, going[-1], replace(proof, cycles=_cycles(terms, people, stage_of)), seed)


def _cycles(terms: Terms, people: People, stage_of: Int) -> tuple[tuple[tuple[str, ...], int], ...]:
    """The exchange as short cycles of parties, where the terms cap their length."""
    if terms.circulation is None or terms.circulation.longest_cycle is None:
        return ()
    flow = between_parties(people, stage_of >= 0)
    return tuple(net(flow, longest_cycle=terms.circulation.longest_cycle).cycles.items())
