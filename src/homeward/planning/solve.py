"""The best plan by priorities in order, with the proof that it is the best.

Level by level: solve the linear program, then fix what every best solution of that level has in common (columns with a
reduced cost, rows with a price). What is left free is exactly the set of plans that are equally good so far. Each priority
has two levels: how many go at all, then how early. Where all priorities leave a choice between classes, the sum of the
public draws decides.

The linear program is almost always whole; if not, a small whole-number program looks around its solution, and if that
cannot reach the bound, the complete whole-number program decides. **Proof**: for each level the exact objective of the plan
(integer arithmetic) equals the whole part of the linear bound, which no plan can exceed given the levels before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import floor

import highspy
import numpy as np

from homeward.planning.people import Int
from homeward.planning.program import INFINITY, Float, Program, solver

_ZERO = 1e-7
_WHOLE = 1e-5
#: How far from the linear solution the small whole-number program looks, first and second try; then everywhere.
_WINDOWS = (1, 4)
#: Nodes, not seconds, limit the search, so that the same input gives the same answer on every machine.
_MOST_NODES = 20_000

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
        return self.reached >= floor(self.bound + 1e-9 * abs(self.bound) + 1e-6)


@dataclass(frozen=True)
class Solution:
    """Units gone of each class by each stage (classes x stages), and the steps of the proof."""

    totals: Int
    steps: tuple[Step, ...]
    method: str


@dataclass(frozen=True, slots=True)
class _Goal:
    name: str
    early: bool
    #: The worth of one unit of each type, and the stages whose ends count.
    gain: Int
    stages: tuple[int, ...]


def goals_of(program: Program) -> list[_Goal]:
    """The levels in order. A level that repeats an earlier one, or that nobody counts for, is left out."""
    crowd = program.crowd
    goals: list[_Goal] = []
    seen: set[bytes] = set()
    for place, level in enumerate(crowd.levels):
        gain = crowd.type_gain[:, place]
        if not gain.any() or gain.tobytes() in seen:
            continue
        seen.add(gain.tobytes())
        goals.append(_Goal(level.name, early=False, gain=gain, stages=(program.stages - 1,)))
        if program.stages > 1:
            goals.append(_Goal(level.name, early=True, gain=gain, stages=tuple(range(program.stages - 1))))
    return goals


def worth(program: Program, goal: _Goal, totals: Int) -> int:
    """What these totals reach in one level, exactly."""
    taken = program.taken(totals)
    return sum(int(goal.gain @ taken[:, stage]) for stage in goal.stages)


def solve(program: Program, draws: Draws) -> Solution:
    """The best whole numbers. Raises `NoPlan`."""
    goals = goals_of(program)
    values, bounds = _linear(program, goals, draws)
    totals = np.rint(values).astype(np.int64)
    if np.abs(values - totals).max(initial=0.0) <= _WHOLE and program.keeps(totals):
        reached = [worth(program, goal, totals) for goal in goals]
        steps = _steps(goals, bounds, reached)
        if all(step.proven for step in steps):
            return Solution(totals, steps, "linear program")
    return _whole(program, goals, bounds, values)


def _steps(goals: list[_Goal], bounds: list[float], reached: list[int]) -> tuple[Step, ...]:
    return tuple(Step(goal.name, goal.early, bound, value) for goal, bound, value in zip(goals, bounds, reached, strict=True))


def _costs(program: Program, goal: _Goal) -> tuple[Float, float]:
    """The objective over all columns, scaled so that the largest entry is 1, and the scale."""
    costs = np.zeros((len(goal.gain), program.stages))
    scale = float(goal.gain.max())
    costs[:, list(goal.stages)] = (goal.gain / scale)[:, None]
    return np.concatenate([np.zeros(program.cells), costs.reshape(-1)]), scale


def _linear(program: Program, goals: list[_Goal], draws: Draws) -> tuple[Float, list[float]]:
    """`X` of the linear program after all levels and the draw, and the bound of each level."""
    lp = program.lp()
    highs = solver(lp)
    columns = np.arange(lp.num_col_, dtype=np.int32)
    lower, upper = np.array(lp.col_lower_), np.array(lp.col_upper_)
    row_lower, row_upper = np.array(lp.row_lower_), np.array(lp.row_upper_)
    bounds = []
    if not goals:
        _run(highs)
    for goal in goals:
        costs, scale = _costs(program, goal)
        highs.changeColsCost(len(columns), columns, costs)
        _run(highs)
        bounds.append(highs.getObjectiveValue() * scale)
        _keep_best(highs, lower, upper, row_lower, row_upper)
        # From the second level on the last solution is still allowed, which is where primal simplex starts best.
        highs.setOptionValue("simplex_strategy", 4)
    if goals:
        _draw(program, highs, draws, lower, upper)
    return np.array(highs.getSolution().col_value)[: program.cells].reshape(-1, program.stages), bounds


def _run(highs: highspy.Highs) -> None:
    highs.run()
    status = highs.getModelStatus()
    if status in {highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible}:
        raise NoPlan(_ray(highs))
    assert status == highspy.HighsModelStatus.kOptimal, f"HiGHS ended with {status}"


def _ray(highs: highspy.Highs) -> Float | None:
    """A Farkas ray: prices on the rows that add up to a contradiction. Presolve hides it, so solve once more without."""
    highs.setOptionValue("presolve", "off")
    highs.run()
    _, has_ray = highs.getDualRayExist()  # type: ignore[attr-defined]
    if not has_ray:
        return None
    _, _, ray = highs.getDualRay()  # type: ignore[attr-defined]
    return np.array(ray)


def _keep_best(highs: highspy.Highs, lower: Float, upper: Float, row_lower: Float, row_upper: Float) -> None:
    """Fix columns and rows whose price says that every best solution has them at the bound where they are now."""
    solution = highs.getSolution()
    value, price = np.array(solution.col_value), np.array(solution.col_dual)
    fixed = np.flatnonzero((np.abs(price) > _ZERO) & (lower < upper))
    at_upper = np.abs(value[fixed] - upper[fixed]) < np.abs(value[fixed] - lower[fixed])
    lower[fixed] = upper[fixed] = np.where(at_upper, upper[fixed], lower[fixed])
    if len(fixed):
        highs.changeColsBounds(len(fixed), fixed.astype(np.int32), lower[fixed], upper[fixed])
    value, price = np.array(solution.row_value), np.array(solution.row_dual)
    tight = np.flatnonzero((np.abs(price) > _ZERO) & (row_lower < row_upper))
    at_upper = np.abs(value[tight] - row_upper[tight]) < np.abs(value[tight] - row_lower[tight])
    row_lower[tight] = row_upper[tight] = np.where(at_upper, row_upper[tight], row_lower[tight])
    for row in tight.tolist():
        highs.changeRowBounds(row, row_lower[row], row_upper[row])


def _draw(program: Program, highs: highspy.Highs, draws: Draws, lower: Float, upper: Float) -> None:
    """Among plans that all priorities call equal, take the lowest sum of draws (in 256 steps for each type)."""
    stages = program.stages
    free = np.flatnonzero(lower[program.cells :] < upper[program.cells :])
    types = np.unique(free // stages)
    classes = program.crowd.type_class[types]
    if len(np.unique(classes)) < 2:
        return
    blocks = {int(kind): _blocks(fractions) for kind, fractions in zip(types.tolist(), draws(types), strict=True)}
    starts: list[int] = []
    index: list[int] = []
    cost: list[float] = []
    size: list[float] = []
    for segment in free.tolist():
        kind, stage = divmod(segment, stages)
        cell = int(program.crowd.type_class[kind]) * stages + stage
        for mean, count in blocks[kind]:
            starts.append(len(index))
            index.append(cell)
            cost.append(1.0 - mean)
            size.append(float(count))
    everything = np.arange(len(lower), dtype=np.int32)
    highs.changeColsCost(len(everything), everything, np.zeros(len(everything)))
    highs.addCols(
        len(cost), np.array(cost), np.zeros(len(cost)), np.array(size),
        len(index), np.array(starts, dtype=np.int32), np.array(index, dtype=np.int32), -np.ones(len(index)),
    )  # fmt: skip
    frozen = (program.cells + free).astype(np.int32)
    highs.changeColsBounds(len(frozen), frozen, np.zeros(len(frozen)), np.zeros(len(frozen)))
    # The segments that the blocks replace were part of the last basis, so this step starts afresh. Rows fixed at a bound
    # that came out of arithmetic can be off by a rounding error; then the choice of the last level stands.
    highs.clearSolver()
    highs.setOptionValue("simplex_strategy", 1)
    highs.run()
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal, "the draw found no plan where there was one"


def _blocks(fractions: Float) -> list[tuple[float, int]]:
    """Draws of equal leading byte, as (mean draw, how many)."""
    bins = np.minimum((fractions * 256).astype(np.int64), 255)
    sums = np.bincount(bins, weights=fractions, minlength=256)
    counts = np.bincount(bins, minlength=256)
    return [(float(sums[place] / counts[place]), int(counts[place])) for place in np.flatnonzero(counts).tolist()]


def _whole(program: Program, goals: list[_Goal], bounds: list[float], near: Float) -> Solution:
    """Whole numbers near the linear solution; if they miss the bound, whole numbers anywhere."""
    targets = [floor(bound + 1e-9 * abs(bound) + 1e-6) for bound in bounds]
    for window in _WINDOWS:
        search = _Search(program, goals, near, window)
        totals = search.reach(targets)
        if totals is not None:
            reached = [worth(program, goal, totals) for goal in goals]
            return Solution(totals, _steps(goals, bounds, reached), "linear program, then whole numbers near it")
    search = _Search(program, goals, near, None)
    steps = []
    totals = search.reach([])
    if totals is None:
        raise NoPlan(None)
    for place, goal in enumerate(goals):
        totals, bound = search.best(place, totals)
        steps.append(Step(goal.name, goal.early, bound, worth(program, goal, totals)))
        search.at_least(place, worth(program, goal, totals))
    return Solution(totals, tuple(steps), "whole-number program")


class _Search:
    """The whole-number program, within `window` units of the linear solution, or anywhere if it is None."""

    def __init__(self, program: Program, goals: list[_Goal], near: Float, window: int | None) -> None:
        self.program, self.goals = program, goals
        crowd, stages = program.crowd, program.stages
        lp = program.lp()
        size = np.repeat(crowd.class_size, stages).reshape(-1, stages)
        low = np.zeros_like(size) if window is None else np.maximum(np.floor(near + _WHOLE).astype(np.int64) - window, 0)
        high = size if window is None else np.minimum(np.ceil(near - _WHOLE).astype(np.int64) + window, size)
        lp.col_lower_ = np.concatenate([low.reshape(-1), program.taken(low).reshape(-1)]).astype(float)
        lp.col_upper_ = np.concatenate([high.reshape(-1), program.taken(high).reshape(-1)]).astype(float)
        kinds = highspy.HighsVarType
        lp.integrality_ = [kinds.kInteger] * program.cells + [kinds.kContinuous] * (len(lp.col_upper_) - program.cells)
        self.highs = solver(lp)
        self.highs.setOptionValue("mip_max_nodes", _MOST_NODES)
        self.columns = np.arange(lp.num_col_, dtype=np.int32)
        self.rows: dict[int, int] = {}

    def at_least(self, place: int, value: int) -> None:
        """Demand a value of one level."""
        costs, scale = _costs(self.program, self.goals[place])
        used = np.flatnonzero(costs).astype(np.int32)
        self.highs.addRow((value - 0.5) / scale, INFINITY, len(used), used, costs[used])

    def reach(self, targets: list[int]) -> Int | None:
        """Some whole numbers that reach these values exactly, or None."""
        for place, target in enumerate(targets):
            self.at_least(place, target)
        self.highs.run()
        totals = self._totals()
        if totals is None:
            return None
        reached = [worth(self.program, goal, totals) for goal, _ in zip(self.goals, targets, strict=False)]
        return totals if all(value >= target for value, target in zip(reached, targets, strict=True)) else None

    def best(self, place: int, fallback: Int) -> tuple[Int, float]:
        """The best whole numbers for one level given the demands so far, and the bound that the search proved."""
        costs, scale = _costs(self.program, self.goals[place])
        self.highs.changeColsCost(len(self.columns), self.columns, costs)
        self.highs.setOptionValue("mip_abs_gap", 0.5 / scale)
        self.highs.run()
        bound = float(self.highs.getInfo().mip_dual_bound) * scale
        totals = self._totals()
        return (fallback, bound) if totals is None else (totals, bound)

    def _totals(self) -> Int | None:
        if self.highs.getInfo().primal_solution_status != int(highspy.SolutionStatus.kSolutionStatusFeasible):
            return None
        values = np.array(self.highs.getSolution().col_value)[: self.program.cells].reshape(-1, self.program.stages)
        totals = np.rint(values).astype(np.int64)
        return totals if self.program.keeps(totals) else None
