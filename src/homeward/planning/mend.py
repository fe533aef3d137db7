"""The smallest change of a plan that mends what an incident has broken.

A whole-number program over classes with three aims in order: balance between the sides is broken by as little as possible,
then minimum counts and obligations by as little as possible, then as few people as possible change. Limits are never broken
further than they already are.
"""

from __future__ import annotations

import highspy
import numpy as np

from homeward.planning.highs import INFINITY, highs_lp, solver
from homeward.planning.people import Int
from homeward.planning.program import Program

#: Clause rows with both bounds or a negative coefficient weigh one side against another.
_AIMS = ("balance", "minimum", "people")


def mend(program: Program, totals: Int, free: Int, now: int, *, add: bool, remove: bool) -> tuple[Int, Int]:
    """Units to add and to remove, by class and stage, from stage `now` on.

    `totals` are the units gone by each stage as things stand; `free` how many of each class go nowhere and could. Adding and
    removing have to be allowed by the substitution rule of the terms.
    """
    classes, stages = program.crowd.classes, program.stages
    each = np.diff(totals, axis=1, prepend=0)
    cells = classes * stages
    heads = program.crowd.class_heads.sum(axis=1).astype(float)
    open_stages = np.arange(stages) >= now
    most_added = np.where(open_stages & add, free[:, None], 0).astype(float)
    most_removed = np.where(open_stages & remove, each, 0).astype(float)
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    lower: list[float] = []
    upper: list[float] = []
    slack_aim: list[str] = []

    def put(column: int, value: float) -> None:
        rows.append(len(lower))
        columns.append(column)
        values.append(value)

    for number in range(classes):
        for stage in range(stages):
            put(number * stages + stage, 1.0)
        lower.append(0.0)
        upper.append(float(free[number]))
    for line in program.lines:
        value = line.value(totals)
        balance = bool((line.coefficient < 0).any())
        for bound, sign in ((line.lower, 1), (line.upper, -1)):
            if bound is None:
                continue
            for number in np.flatnonzero(line.coefficient).tolist():
                for stage in range(max(line.before + 1, now), line.stage + 1):
                    put(number * stages + stage, sign * float(line.coefficient[number]))
                    put(cells + number * stages + stage, -sign * float(line.coefficient[number]))
            gap = sign * (bound - value)
            if balance or sign == 1:
                put(2 * cells + len(slack_aim), 1.0)
                slack_aim.append("balance" if balance else "minimum")
                lower.append(float(gap))
            else:
                lower.append(float(min(gap, 0)))
            upper.append(INFINITY)
    sizes = np.concatenate([most_added.reshape(-1), most_removed.reshape(-1), np.full(len(slack_aim), INFINITY)])
    lp = highs_lp(
        sizes,
        np.zeros(len(sizes)),
        np.array(lower),
        np.array(upper),
        rows=np.array(rows, np.int64),
        columns=np.array(columns, np.int64),
        values=np.array(values),
    )
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(sizes)
    highs = solver(lp)
    everything = np.arange(len(sizes), dtype=np.int32)
    people = np.repeat(heads, stages)
    result = np.zeros(len(sizes))
    for aim in _AIMS:
        slack = np.array([float(other == aim) for other in slack_aim])
        change = np.concatenate([people, people]) if aim == "people" else np.zeros(2 * cells)
        cost = -np.concatenate([change, slack])
        highs.changeColsCost(len(everything), everything, cost)
        highs.run()
        assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal, "leaving everything as it is always is a solution"
        result = np.rint(np.array(highs.getSolution().col_value))
        used = np.flatnonzero(cost).astype(np.int32)
        highs.addRow(float(cost @ result), INFINITY, len(used), used, cost[used])
    whole = result.astype(np.int64)
    return whole[:cells].reshape(classes, stages), whole[cells : 2 * cells].reshape(classes, stages)
