"""Places shared evenly between regions (or units, or whatever the terms name), where the terms ask for it.

The share of a region on a side is how many of its people go, of all that the pool has. Leximin: first the smallest share is as
large as it can be, then the smallest of those that can still grow, and so on. Each region is then owed the whole part of its
share, and the priorities decide who goes; so shares are as even as whole people allow, to within one person a region. The
seriously wounded and ill come before this, everything else after it. People whose region is not known have no share of their own.
"""

from __future__ import annotations

from dataclasses import replace
from math import floor

import highspy
import numpy as np

from homeward.planning.face import Face
from homeward.planning.highs import INFINITY, Float, highs_lp, solver
from homeward.planning.program import Program
from homeward.planning.rows import FAIR

_ZERO = 1e-7


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
    lines = list(program.lines)
    lower = face.line_lower.copy()
    for place, share in owed.items():
        least = floor(share * held[place] + 1e-6)
        lines[place] = replace(lines[place], lower=least)
        lower[place] = least
    return replace(program, lines=tuple(lines)), replace(face, line_lower=lower)


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
            lower[place] = owed[place] * held[place] - 1e-6
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
