"""The best plan by priorities in order, with the proof that it is the best.

Level by level the set of best plans shrinks (`homeward.planning.face`). Each priority has two levels: how many go at all, then
how early. Where all priorities leave a choice between classes, the lowest sum of public draws decides.

The linear program is almost always whole. If not, whole numbers are sought on the last face; any of them is as good as the
bound. Only if there are none, `homeward.planning.whole` gives up fractions level by level. **Proof**: for each level the exact
objective of the plan (integer arithmetic) equals the whole part of the bound, which no plan can exceed given the levels before.
"""

from __future__ import annotations

import numpy as np

from homeward.planning.crowd import SERIOUS_FIRST
from homeward.planning.elastic import has_plan
from homeward.planning.face import Face, Level, Pieces, best_of, pieces_of, solve_pieces
from homeward.planning.fairness import share_evenly, shares_of, widened
from homeward.planning.goals import Draws, Goal, NoPlan, Solution, draw_blocks, goals_of, steps_of, worth
from homeward.planning.highs import Float
from homeward.planning.people import Int
from homeward.planning.program import Program
from homeward.planning.rows import FAIR
from homeward.planning.whole import solve_whole

_WHOLE = 1e-5


def solve(program: Program, draws: Draws) -> Solution:
    """The best whole numbers. Raises `NoPlan`."""
    if _by_weights(program) and not has_plan(program):
        raise NoPlan(None)
    goals, bare = goals_of(program), program
    face = Face.whole(program)
    bounds: list[float] = []
    level: Level | None = None
    fair = any(line.row.clause == FAIR for line in program.lines)
    for goal in goals:
        if fair and goal.name != SERIOUS_FIRST:
            program, face = share_evenly(program, face)
            fair = False
        pieces = pieces_of(program, face, goal)
        try:
            level = solve_pieces(program, face, pieces)
        except NoPlan:
            if program is bare:
                raise
            return _whole(bare, program, goals, draws)
        bounds.append(worth(program, goal, face.low) + level.objective * float(goal.gain.max()))
        face = best_of(face, pieces, level)
    pieces = _draw_pieces(program, face, draws)
    if level is None or len(pieces.cell):
        level = solve_pieces(program, face, pieces)
    found = _proven(program, goals, bounds, level.totals)
    if found is not None:
        return Solution(found, steps_of(goals, bounds, [worth(program, goal, found) for goal in goals]), "linear program")
    try:
        totals = solve_pieces(program, face, pieces, whole=True).totals
    except NoPlan:
        return _whole(bare, program, goals, draws)
    found = _proven(program, goals, bounds, totals)
    if found is None:
        return _whole(bare, program, goals, draws)
    steps = steps_of(goals, bounds, [worth(program, goal, found) for goal in goals])
    return Solution(found, steps, "linear program, then whole numbers among its best solutions")


def _by_weights(program: Program) -> bool:
    """Whether a key or a table of equivalents counts some people several times.

    There fractions of people often keep what whole people cannot, and it takes long to find that out at the last level.
    """
    return any(abs(factor) > 1 or counter.weights is not None for line in program.lines for factor, counter in line.row.parts)


def _whole(bare: Program, shared: Program, goals: list[Goal], draws: Draws) -> Solution:
    """Whole numbers level by level. Even shares give way where whole people cannot keep them; `bare` has none."""
    if not shares_of(shared):
        return solve_whole(shared, goals, draws)
    first = next((goal for goal in goals[:1] if goal.name == SERIOUS_FIRST), None)
    reached = solve_whole(bare, goals[:1], draws).steps[0].reached if first is not None else 0
    if first is None:
        solve_whole(bare, [], draws)
    return solve_whole(widened(shared, first, reached), goals, draws)


def _proven(program: Program, goals: list[Goal], bounds: list[float], values: Float) -> Int | None:
    """These totals as whole numbers, if they are whole, keep all clauses, and reach every bound."""
    totals: Int = np.rint(values).astype(np.int64)
    if np.abs(values - totals).max(initial=0.0) > _WHOLE or not program.keeps(totals):
        return None
    steps = steps_of(goals, bounds, [worth(program, goal, totals) for goal in goals])
    return totals if all(step.proven for step in steps) else None


def _draw_pieces(program: Program, face: Face, draws: Draws) -> Pieces:
    """One piece for each leading byte of the draw, for the units that the levels leave undecided. The lowest draw gains most.

    If only one class is undecided, there is no choice between classes and nothing to draw.
    """
    crowd, stages = program.crowd, program.stages
    cells: list[int] = []
    gains: list[float] = []
    sizes: list[float] = []
    undecided = np.flatnonzero((face.low < face.high).any(axis=1))
    if len(undecided) > 1:
        starts = np.searchsorted(crowd.type_class, undecided)
        ends = np.searchsorted(crowd.type_class, undecided, "right")
        for number, start, end in zip(undecided.tolist(), starts.tolist(), ends.tolist(), strict=True):
            for stage in range(stages):
                low, high = int(face.low[number, stage]), int(face.high[number, stage])
                for kind in range(start, end) if low < high else ():
                    offset = int(program.offsets[kind])
                    first, last = max(low - offset, 0), min(high - offset, int(crowd.type_size[kind]))
                    if first < last:
                        fractions = draws(np.array([kind]))[0][first:last]
                        for mean, count in draw_blocks(fractions):
                            cells.append(number * stages + stage)
                            gains.append(1.0 - mean)
                            sizes.append(float(count))
    order = np.lexsort((-np.array(gains), np.array(cells, np.int64))) if cells else np.zeros(0, np.int64)
    return Pieces(np.array(cells, np.int64)[order], np.array(gains)[order], np.array(sizes)[order])
