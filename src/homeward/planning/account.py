"""A plan in numbers: for each level of each priority how many go in which stage, and how much of each limit is used.

Counts only, no ids: this is what charts and tables of a plan are drawn from. Members of a group whose membership is not known
are counted apart, as "not known"; so are people whose score is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from homeward.planning.candidate import Pools
from homeward.planning.crowd import Crowd, Level, crowd_for, levels_of
from homeward.planning.cycles import count_cycles
from homeward.planning.people import OPEN, SERIOUS, YES, Int, People, gather
from homeward.planning.plan import Plan
from homeward.planning.program import Program
from homeward.planning.rows import clauses_of
from homeward.terms.model import Clause, Terms

#: For each side, how many go in each stage, and last how many stay.
Counts = Mapping[str, tuple[int, ...]]
#: Into how many bands of about as many people a score is cut.
_BANDS = 4


@dataclass(frozen=True, slots=True)
class Band:
    """People at one level of a priority: members of its group, a band of its score (`low` to `high`), or of whom it is not known."""

    kind: Literal["members", "score", "not known"]
    counts: Counts
    low: int = 0
    high: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """One priority, by its name (a group, a score, or `GC III 109`), and everybody whom it speaks of."""

    name: str
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """How much of a clause's upper limit a plan uses, in one stage or, if `so_far`, by its close."""

    clause: Clause
    stage: str
    sides: tuple[str, ...]
    used: int
    limit: int
    so_far: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """A whole plan in numbers. `reserves` has for each stage and side how many are named and how many were wanted."""

    sides: tuple[str, ...]
    stages: tuple[str, ...]
    dates: tuple[str | None, ...]
    counts: Counts
    reserves: Mapping[str, tuple[tuple[int, int], ...]]
    standings: tuple[Standing, ...]
    uses: tuple[Use, ...]


def account_of(terms: Terms, pools: Pools, plan: Plan) -> Account:
    """The numbers of a plan that was made from these pools."""
    people = gather(terms, pools)
    stage_of = stages_of_people(people, plan)
    crowd = crowd_for(terms, people, clauses_of(terms))
    return Account(
        sides=people.sides,
        stages=tuple(stage.id for stage in terms.stages),
        dates=tuple(stage.date.isoformat() if stage.date is not None else None for stage in terms.stages),
        counts=_counts(people, stage_of, len(terms.stages), np.ones(len(people), dtype=bool)),
        reserves={
            side: tuple((len(stage.reserves.get(side, ())), stage.reserves_wanted.get(side, 0)) for stage in plan.stages)
            for side in people.sides
        },
        standings=tuple(_standing(people, stage_of, len(terms.stages), level) for level in levels_of(terms)),
        uses=_uses(terms, crowd, stage_of),
    )


def stages_of_people(people: People, plan: Plan) -> Int:
    """The number of each person's stage; the number of stages for those who stay."""
    number = {person: at for at, stage in enumerate(plan.stages) for ids in stage.going.values() for person in ids}
    stays = len(plan.stages)
    return np.array([number.get(person, stays) for person in people.ids], dtype=np.int64)


def totals_of(crowd: Crowd, stage_of: Int, stages: int) -> tuple[Int, Int]:
    """The stage of each unit, and how many units of each class have gone by the end of each stage (classes x stages)."""
    unit_stage = np.full(len(crowd.unit_type), stages, dtype=np.int64)
    unit_stage[crowd.unit_of] = stage_of
    own = crowd.type_class[crowd.unit_type]
    gone = [np.bincount(own[unit_stage <= stage], minlength=crowd.classes) for stage in range(stages)]
    return unit_stage, count_cycles(crowd, np.stack(gone, axis=1).astype(np.int64))


def _counts(people: People, stage_of: Int, stages: int, chosen: NDArray[np.bool_]) -> dict[str, tuple[int, ...]]:
    codes = people.side.astype(np.int64) * (stages + 1) + stage_of
    found = np.bincount(codes[chosen], minlength=len(people.sides) * (stages + 1)).reshape(-1, stages + 1)
    return {side: tuple(found[number].tolist()) for number, side in enumerate(people.sides)}


def _standing(people: People, stage_of: Int, stages: int, level: Level) -> Standing:
    def counts(chosen: NDArray[np.bool_]) -> dict[str, tuple[int, ...]]:
        return _counts(people, stage_of, stages, chosen)

    if level.score is not None:
        return Standing(level.name, tuple(_score_bands(people, level.score, counts)))
    if level.group == "all":
        return Standing(level.name, (Band("members", counts(np.ones(len(people), dtype=bool))),))
    if level.group is None:
        medical = people.columns["medical"]
        serious = np.array([value in SERIOUS for value in medical.values] or [False])[medical.codes]
        unknown = np.array([value is None for value in medical.values] or [False])[medical.codes]
    else:
        serious, unknown = people.member[level.group] == YES, people.member[level.group] == OPEN
    bands = [Band("members", counts(serious))]
    if unknown.any():
        bands.append(Band("not known", counts(unknown)))
    return Standing(level.name, tuple(bands))


def _score_bands(people: People, score: str, counts: Callable[[NDArray[np.bool_]], Counts]) -> list[Band]:
    """The highest score first, in bands of about as many people."""
    column = people.columns[score]
    known = np.array([isinstance(value, int) for value in column.values] or [False])[column.codes]
    values = np.array([value if isinstance(value, int) else 0 for value in column.values] or [0], dtype=np.int64)[column.codes]
    bands: list[Band] = []
    if known.any():
        quarters = np.quantile(values[known], np.arange(1, _BANDS) / _BANDS, method="higher").astype(np.int64)
        starts = np.unique(np.concatenate([[values[known].min()], quarters]))
        ends = np.concatenate([starts[1:] - 1, [values[known].max()]])
        for low, high in zip(starts.tolist()[::-1], ends.tolist()[::-1], strict=True):
            bands.append(Band("score", counts(known & (values >= low) & (values <= high)), low, high))
    if not known.all():
        bands.append(Band("not known", counts(~known)))
    return bands


def _uses(terms: Terms, crowd: Crowd, stage_of: Int) -> tuple[Use, ...]:
    """The limits that count clauses set, in the order of the terms. A clause that lets nobody go is no capacity."""
    stages = len(terms.stages)
    _, totals = totals_of(crowd, stage_of, stages)
    by_id = {clause.id: clause for clause in clauses_of(terms) if clause.kind == "count"}
    found = []
    for line in Program.of(crowd, stages, crowd.rows).lines:
        clause = by_id.get(line.row.clause)
        if clause is None or not line.upper:
            continue
        sides = tuple(dict.fromkeys(side for _, counter in line.row.parts for side in counter.sides))
        used = line.value(totals) // line.row.scale
        cumulative = line.row.cumulative and line.stage > 0
        found.append(Use(clause, terms.stages[line.stage].id, sides, used, line.upper // line.row.scale, cumulative))
    return tuple(found)
