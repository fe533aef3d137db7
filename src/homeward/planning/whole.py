"""Whole numbers where the linear program gives fractions of people.

Level by level: the linear bound given what the levels before have reached; a small whole-number program near the linear
solution; and only if that misses the bound, a complete one, whose own bound then is the proof. Whatever one level reaches is
a row for the next ones. The draw comes last, as in the linear program.
"""

from __future__ import annotations

from math import isfinite

import highspy
import numpy as np

from homeward.planning.goals import Draws, Goal, NoPlan, Solution, Step, costs_of, price_draws, whole_part, worth
from homeward.planning.highs import INFINITY, Float, solver
from homeward.planning.people import Int
from homeward.planning.program import Program

_WHOLE = 1e-5
#: How far from the linear solution the small whole-number program looks, first and second try; then everywhere.
_WINDOWS = (1, 4)
#: Nodes, not seconds, limit the search, so that the same input gives the same answer on every machine.
_MOST_NODES = 20_000
#: Up to so many units, the draw is decided among all plans; beyond, among those near the plan that the levels gave.
_DRAW_EVERYWHERE = 2_000


def solve_whole(program: Program, goals: list[Goal], draws: Draws) -> Solution:
    """The best whole numbers. Raises `NoPlan`."""
    everywhere = _Search(program, goals, np.zeros((program.crowd.classes, program.stages)), None)
    totals = everywhere.run()
    if totals is None:
        raise NoPlan(None)
    linear = solver(program.lp())
    steps: list[Step] = []
    reached: list[int] = []
    for place, goal in enumerate(goals):
        costs, scale = costs_of(program, goal)
        columns = np.arange(program.columns, dtype=np.int32)
        linear.changeColsCost(len(columns), columns, costs)
        linear.run()
        bound = linear.getObjectiveValue() * scale if _optimal(linear) else INFINITY
        best = worth(program, goal, totals)
        if _optimal(linear) and best < whole_part(bound):
            near = np.array(linear.getSolution().col_value)[: program.cells].reshape(-1, program.stages)
            for window in _WINDOWS:
                search = _Search(program, goals, near, window)
                for earlier, value in enumerate(reached):
                    search.at_least(earlier, value)
                totals = _better(program, goals, reached, search.best(place), totals)
                best = worth(program, goal, totals)
                if best >= whole_part(bound):
                    break
        if best < whole_part(bound):
            everywhere.start(totals)
            totals = _better(program, goals, reached, everywhere.best(place), totals)
            best = worth(program, goal, totals)
            if isfinite(everywhere.bound):
                bound = min(bound, everywhere.bound)
        steps.append(Step(goal.name, goal.early, bound, best))
        reached.append(best)
        everywhere.at_least(place, best)
        used = np.flatnonzero(costs).astype(np.int32)
        linear.addRow(float(best), INFINITY, len(used), used, np.rint(costs[used] * scale))
    totals = _drawn(program, goals, reached, totals, draws)
    assert [worth(program, goal, totals) for goal in goals] == reached, "a later level has taken from an earlier one"
    return Solution(totals, tuple(steps), "whole-number program")


def _better(program: Program, goals: list[Goal], reached: list[int], found: Int | None, totals: Int) -> Int:
    """The found totals if they keep what the levels so far reached and are better in the next one."""
    goal = goals[len(reached)]
    if found is None:
        return totals
    kept = all(worth(program, earlier, found) >= value for earlier, value in zip(goals, reached, strict=False))
    return found if kept and worth(program, goal, found) > worth(program, goal, totals) else totals


def _drawn(program: Program, goals: list[Goal], reached: list[int], totals: Int, draws: Draws) -> Int:
    """Among whole numbers that all levels call equal, those with the lowest sum of draws."""
    small = len(program.crowd.unit_type) <= _DRAW_EVERYWHERE
    search = _Search(program, goals, totals.astype(float), None if small else max(_WINDOWS))
    for place, value in enumerate(reached):
        search.at_least(place, value)
    search.start(totals)
    if not price_draws(program, search.highs, draws, search.lower, search.upper):
        return totals
    search.highs.setOptionValue("mip_abs_gap", 1e-9)
    found = search.run()
    if found is None or [worth(program, goal, found) for goal in goals] != reached:
        return totals
    return found


def _optimal(highs: highspy.Highs) -> bool:
    return bool(highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)


class _Search:
    """The whole-number program, within `window` units of the given totals, or anywhere if it is None."""

    def __init__(self, program: Program, goals: list[Goal], near: Float, window: int | None) -> None:
        self.program, self.goals = program, goals
        crowd, stages = program.crowd, program.stages
        lp = program.lp()
        size = np.repeat(crowd.class_size, stages).reshape(-1, stages)
        low = np.zeros_like(size) if window is None else np.maximum(np.floor(near + _WHOLE).astype(np.int64) - window, 0)
        high = size if window is None else np.minimum(np.ceil(near - _WHOLE).astype(np.int64) + window, size)
        self.lower = np.concatenate([low.reshape(-1), program.taken(low).reshape(-1)]).astype(float)
        self.upper = np.concatenate([high.reshape(-1), program.taken(high).reshape(-1)]).astype(float)
        lp.col_lower_, lp.col_upper_ = self.lower, self.upper
        kinds = highspy.HighsVarType
        lp.integrality_ = [kinds.kInteger] * program.cells + [kinds.kContinuous] * (program.columns - program.cells)
        self.highs = solver(lp)
        self.highs.setOptionValue("mip_max_nodes", _MOST_NODES)
        self.bound = INFINITY

    def at_least(self, place: int, value: int) -> None:
        """Demand a value of one level: exactly, because a fraction given away here would be spent on lower levels."""
        costs, scale = costs_of(self.program, self.goals[place])
        used = np.flatnonzero(costs).astype(np.int32)
        self.highs.addRow(float(value), INFINITY, len(used), used, np.rint(costs[used] * scale))

    def best(self, place: int) -> Int | None:
        """The best whole numbers for one level given the demands so far; `bound` is then what the search proved."""
        costs, scale = costs_of(self.program, self.goals[place])
        columns = np.arange(self.program.columns, dtype=np.int32)
        self.highs.changeColsCost(len(columns), columns, costs)
        self.highs.setOptionValue("mip_abs_gap", 0.5 / scale)
        totals = self.run()
        self.bound = float(self.highs.getInfo().mip_dual_bound) * scale if totals is not None else INFINITY
        return totals

    def start(self, totals: Int) -> None:
        """Tell the search a solution that it need not look for."""
        values = np.concatenate([totals.reshape(-1), self.program.taken(totals).reshape(-1)]).astype(float)
        solution = highspy.HighsSolution()
        solution.col_value = values.tolist()
        self.highs.setSolution(solution)

    def run(self) -> Int | None:
        """Solve; the totals found, or None."""
        self.highs.run()
        if self.highs.getInfo().primal_solution_status != int(highspy.SolutionStatus.kSolutionStatusFeasible):
            return None
        values = np.array(self.highs.getSolution().col_value)[: self.program.cells].reshape(-1, self.program.stages)
        totals = np.rint(values).astype(np.int64)
        return totals if self.program.keeps(totals) else None
