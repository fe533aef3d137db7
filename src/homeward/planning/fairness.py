"""Places shared evenly between regions (or units, or whatever the terms name), where the terms ask for it.

The share of a region on a side is how many of its people go, of all that the pool has. Leximin: first the smallest share is as
large as it can be, then the smallest of those that can still grow, and so on. This gives each region one share, and with it a
number of people that is rarely whole: 4.3 of 10. A region is then owed 4 or 5, and the priorities decide which; so shares are as
even as whole people allow, to within one person a region. The seriously wounded and ill come before this, everything else after
it. People whose region is not known have no share of their own.

Where no whole people fit between these bounds (weights and keys count several at once), the bounds are widened by as few people
as possible; even shares alone never make a plan impossible.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import ceil, floor

import highspy
import numpy as np

from homeward.planning.face import Face
from homeward.planning.goals import Goal, costs_of
from homeward.planning.highs import INFINITY, Float, highs_lp, solver
from homeward.planning.program import Program
from homeward.planning.rows import FAIR

_ZERO = 1e-7
#: What a share times the people held may be off by when it is a whole number.
_ROUNDING = 1e-6
#: What holding the shares so far, each to within the solver's tolerance, may leave over for the next ones.
_LEFT_OVER = 1e-4


def share_evenly(program: Program, face: Face) -> tuple[Program, Face]:
    """The program and the face with each region's share as a lower bound."""
    crowd = program.crowd
    held = {
        place: int(line.coefficient @ crowd.class_size)
        for place, line in enumerate(program.lines)
        if line.row.clause == FAIR and (line.coefficient @ crowd.class_size) > 0
    }
    owed: dict[int, float] = {}
    while len(owed) < len(held):
        growing = [place for place in held if place not in owed]
        share, blocked = _smallest_share(program, face, growing, owed, held)
        for place in blocked or growing:
            owed[place] = share
    bounds = {
        place: (floor(share * held[place] + _ROUNDING), ceil(share * held[place] - _LEFT_OVER)) for place, share in owed.items()
    }
    return with_shares(program, bounds), _face_with(face, bounds)


def with_shares(program: Program, bounds: Mapping[int, tuple[int, int]]) -> Program:
    """The program with these bounds on the lines that count regions."""
    lines = list(program.lines)
    for place, (least, most) in bounds.items():
        lines[place] = replace(lines[place], lower=least, upper=most)
    return replace(program, lines=tuple(lines))


def shares_of(program: Program) -> dict[int, tuple[int, int]]:
    """The bounds on the lines that count regions, as `share_evenly` has set them."""
    return {
        place: (line.lower, line.upper)
        for place, line in enumerate(program.lines)
        if line.row.clause == FAIR and line.lower is not None and line.upper is not None
    }


def _face_with(face: Face, bounds: Mapping[int, tuple[int, int]]) -> Face:
    lower, upper = face.line_lower.copy(), face.line_upper.copy()
    for place, (least, most) in bounds.items():
        lower[place], upper[place] = least, most
    return replace(face, line_lower=lower, line_upper=upper)


def widened(program: Program, first: Goal | None, reached: int) -> Program:
    """The program with the bounds of the regions widened by as few people as it takes for whole people to fit.

    `first` is the level that comes before even shares, if there is one, and what it has to reach.
    """
    bounds = shares_of(program)
    lp = with_shares(program, dict.fromkeys(bounds, (0, int(program.crowd.class_size.sum())))).lp()
    kinds = highspy.HighsVarType
    lp.integrality_ = [kinds.kInteger] * program.cells + [kinds.kContinuous] * (program.columns - program.cells)
    highs = solver(lp)
    if first is not None:
        costs, scale = costs_of(program, first)
        used = np.flatnonzero(costs).astype(np.int32)
        highs.addRow(float(reached), INFINITY, len(used), used, np.rint(costs[used] * scale))
    for place, (least, most) in bounds.items():
        line = program.lines[place]
        cells = (np.flatnonzero(line.coefficient) * program.stages + line.stage).astype(np.int32)
        for sign, bound in ((1.0, least), (-1.0, most)):
            column = highs.getNumCol()
            highs.addVar(0.0, INFINITY)
            highs.changeColCost(column, -1.0)
            entries = np.append(cells, np.int32(column)).astype(np.int32)
            values = np.append(sign * line.coefficient[cells // program.stages].astype(float), 1.0)
            highs.addRow(sign * bound, INFINITY, len(entries), entries, values)
    highs.run()
    assert highs.getInfo().primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible), "shares never bind"
    found = np.array(highs.getSolution().col_value)[: program.cells]
    totals = np.rint(found).astype(np.int64).reshape(-1, program.stages)
    reach = {place: program.lines[place].value(totals) for place in bounds}
    return with_shares(
        program, {place: (min(least, reach[place]), max(most, reach[place])) for place, (least, most) in bounds.items()}
    )


def _smallest_share(
    program: Program, face: Face, growing: list[int], owed: dict[int, float], held: dict[int, int]
) -> tuple[float, list[int]]:
    """The largest smallest share of those that can still grow, and which of them stop there."""
    stages, cells = program.stages, program.cells
    rises = np.arange(cells).reshape(-1, stages)[:, :-1].reshape(-1)
    rows = [np.arange(len(rises)), np.arange(len(rises))]
    columns = [rises, rises + 1]
    values: list[Float] = [-np.ones(len(rises)), np.ones(len(rises))]
    lower, upper = face.line_lower.copy(), face.line_upper.copy()
    for place, line in enumerate(program.lines):
        used = np.flatnonzero(line.coefficient)
        for stage, sign in ((line.stage, 1.0), (line.before, -1.0)):
            if stage >= 0:
                rows.append(np.full(len(used), len(rises) + place))
                columns.append(used * stages + stage)
                values.append((sign * line.coefficient[used]).astype(float))
        if place in owed:
            lower[place] = owed[place] * held[place] - _ROUNDING
    for place in growing:
        rows.append(np.array([len(rises) + place]))
        columns.append(np.array([cells]))
        values.append(np.array([-float(held[place])]))
        lower[place], upper[place] = 0.0, INFINITY
    lp = highs_lp(
        np.concatenate([face.high.reshape(-1).astype(float), [1.0]]),
        np.concatenate([np.zeros(cells), [1.0]]),
        np.concatenate([np.zeros(len(rises)), lower]),
        np.concatenate([face.rise_upper.reshape(-1), upper]),
        rows=np.concatenate(rows),
        columns=np.concatenate(columns),
        values=np.concatenate(values),
    )
    lp.col_lower_ = np.concatenate([face.low.reshape(-1).astype(float), [0.0]])
    highs = solver(lp)
    highs.run()
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal, "the plans so far all have some smallest share"
    price = np.array(highs.getSolution().row_dual)[len(rises) :]
    return float(highs.getObjectiveValue()), [place for place in growing if abs(price[place]) * held[place] > _ZERO]
