"""The best plan by priorities in order, with the proof that it is the best.

Level by level: solve the linear program, then fix what every best solution of that level has in common (columns with a
reduced cost, rows with a price). What is left free is exactly the set of plans that are equally good so far. Each priority
has two levels: how many go at all, then how early. Where all priorities leave a choice between classes, the sum of the
public draws decides.

The linear program is almost always whole; if not, `homeward.planning.whole` takes over. **Proof**: for each level the exact
objective of the plan (integer arithmetic) equals the whole part of the bound, which no plan can exceed given the levels before.
"""

from __future__ import annotations

import highspy
import numpy as np

from homeward.planning.goals import Draws, Goal, NoPlan, Solution, costs_of, goals_of, price_draws, steps_of, worth
from homeward.planning.program import Float, Program, solver
from homeward.planning.whole import solve_whole

_ZERO = 1e-7
_WHOLE = 1e-5


def solve(program: Program, draws: Draws) -> Solution:
    """The best whole numbers. Raises `NoPlan`."""
    goals = goals_of(program)
    values, bounds = _linear(program, goals, draws)
    totals = np.rint(values).astype(np.int64)
    if np.abs(values - totals).max(initial=0.0) <= _WHOLE and program.keeps(totals):
        reached = [worth(program, goal, totals) for goal in goals]
        steps = steps_of(goals, bounds, reached)
        if all(step.proven for step in steps):
            return Solution(totals, steps, "linear program")
    return solve_whole(program, goals, bounds, values, draws)


def _linear(program: Program, goals: list[Goal], draws: Draws) -> tuple[Float, list[float]]:
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
        costs, scale = costs_of(program, goal)
        highs.changeColsCost(len(columns), columns, costs)
        _run(highs)
        bounds.append(highs.getObjectiveValue() * scale)
        _keep_best(highs, lower, upper, row_lower, row_upper)
        # From the second level on the last solution is still allowed, which is where primal simplex starts best.
        highs.setOptionValue("simplex_strategy", 4)
    if goals and price_draws(program, highs, draws, lower, upper):
        highs.clearSolver()
        highs.setOptionValue("simplex_strategy", 1)
        _run(highs)
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
