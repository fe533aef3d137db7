"""The levels of a plan in order, what a plan is worth in each, and the proof that it is worth no less than it could be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import floor

import highspy
import numpy as np

from homeward.planning.highs import Float
from homeward.planning.people import Int
from homeward.planning.program import Program

#: For these types, the draws of their units in ascending order, as fractions of 1.
Draws = Callable[[Int], "list[Float]"]


class NoPlan(Exception):  # noqa: N818 - not an error of ours: the clauses contradict each other.
    """No whole numbers keep all clauses. `ray` holds the clause rows' prices that show it, where the linear program does."""

    def __init__(self, ray: Float | None) -> None:
        super().__init__("no plan keeps all clauses")
        self.ray = ray


@dataclass(frozen=True, slots=True)
class Step:
    """One level of the proof: what it counts, the bound that no plan exceeds, and what this plan reaches."""

    name: str
    early: bool
    bound: float
    reached: int

    @property
    def proven(self) -> bool:
        """The plan reaches the whole part of the bound."""
        return self.reached >= whole_part(self.bound)


def whole_part(bound: float) -> int:
    """The largest whole number not above a bound that may be off by a rounding error."""
    return floor(bound + 1e-12 * abs(bound) + 1e-6)


@dataclass(frozen=True)
class Solution:
    """Units gone of each class by each stage (classes x stages), and the steps of the proof."""

    totals: Int
    steps: tuple[Step, ...]
    method: str


@dataclass(frozen=True, slots=True)
class Goal:
    """One level as the solver sees it."""

    name: str
    early: bool
    #: The worth of one unit of each type, and the stages whose ends count.
    gain: Int
    stages: tuple[int, ...]


def goals_of(program: Program) -> list[Goal]:
    """The levels in order. A level that repeats an earlier one, or that nobody counts for, is left out."""
    crowd = program.crowd
    goals: list[Goal] = []
    seen: set[bytes] = set()
    for place, level in enumerate(crowd.levels):
        gain = crowd.type_gain[:, place]
        if not gain.any() or gain.tobytes() in seen:
            continue
        seen.add(gain.tobytes())
        goals.append(Goal(level.name, early=False, gain=gain, stages=(program.stages - 1,)))
        if program.stages > 1:
            goals.append(Goal(level.name, early=True, gain=gain, stages=tuple(range(program.stages - 1))))
    return goals


def worth(program: Program, goal: Goal, totals: Int) -> int:
    """What these totals reach in one level, exactly."""
    taken = program.taken(totals)
    return sum(int(goal.gain @ taken[:, stage]) for stage in goal.stages)


def steps_of(goals: list[Goal], bounds: list[float], reached: list[int]) -> tuple[Step, ...]:
    """The proof, level by level."""
    return tuple(Step(goal.name, goal.early, bound, value) for goal, bound, value in zip(goals, bounds, reached, strict=True))


def costs_of(program: Program, goal: Goal) -> tuple[Float, float]:
    """The objective over all columns, scaled so that the largest entry is 1, and the scale."""
    costs = np.zeros((len(goal.gain), program.stages))
    scale = float(goal.gain.max())
    costs[:, list(goal.stages)] = (goal.gain / scale)[:, None]
    return np.concatenate([np.zeros(program.cells), costs.reshape(-1)]), scale


def price_draws(program: Program, highs: highspy.Highs, draws: Draws, lower: Float, upper: Float) -> bool:
    """Make the lowest sum of draws the objective, among the columns that are still free; False if it decides nothing.

    Every free segment is split by the leading byte of the draw, and each part is priced with its mean draw. The order within
    a type is by draw anyway, so this decides between classes alone.
    """
    stages = program.stages
    free = np.flatnonzero(lower[program.cells : program.columns] < upper[program.cells : program.columns])
    # Cycles of parties are no people and draw nothing.
    free = free[free // stages < len(program.crowd.type_size) - len(program.crowd.cycles)]
    types = np.unique(free // stages)
    if len(np.unique(program.crowd.type_class[types])) < 2:
        return False
    blocks = {int(kind): draw_blocks(fractions) for kind, fractions in zip(types.tolist(), draws(types), strict=True)}
    first_row = highs.getNumRow()
    links = len(free)
    highs.addRows(
        links, np.zeros(links), np.zeros(links),
        links, np.arange(links, dtype=np.int32), (program.cells + free).astype(np.int32), np.ones(links),
    )  # fmt: skip
    parts = [(row, mean, count) for row, kind in enumerate((free // stages).tolist()) for mean, count in blocks[kind]]
    everything = np.arange(program.columns, dtype=np.int32)
    highs.changeColsCost(len(everything), everything, np.zeros(len(everything)))
    highs.addCols(
        len(parts),
        np.array([1.0 - mean for _, mean, _ in parts]),
        np.zeros(len(parts)),
        np.array([float(count) for _, _, count in parts]),
        len(parts),
        np.arange(len(parts), dtype=np.int32),
        np.array([first_row + row for row, _, _ in parts], dtype=np.int32),
        -np.ones(len(parts)),
    )
    return True


def draw_blocks(fractions: Float) -> list[tuple[float, int]]:
    """Draws of equal leading byte, as (mean draw, how many)."""
    bins = np.minimum((fractions * 256).astype(np.int64), 255)
    sums = np.bincount(bins, weights=fractions, minlength=256)
    counts = np.bincount(bins, minlength=256)
    return [(float(sums[place] / counts[place]), int(counts[place])) for place in np.flatnonzero(counts).tolist()]
