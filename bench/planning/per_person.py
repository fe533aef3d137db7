"""One variable for each person and stage: the model that ours is compared with, for HiGHS and for OR-Tools CP-SAT.

`x[i, s] = 1` if person `i` has gone by the end of stage `s`; it never falls from stage to stage; each clause is a sum over people.
Nothing of Homeward is imported here, and each solver only in its own function: the libraries of OR-Tools and HiGHS do not load
into one process, so `compare.py` gives each method a process of its own, and the model as arrays in a file.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Int = NDArray[np.int64]
#: Stands for a bound that is not there.
OPEN = int(np.iinfo(np.int64).max)


@dataclass(frozen=True)
class Model:
    """What each person gains by each stage; for each clause row its stages, its bounds, and what each person counts for in it."""

    gain: Int
    stages: int
    #: Of each row: the sum over everybody gone by the end of `stage`, without those gone by the end of `before` (-1 for nobody).
    stage: Int
    before: Int
    lower: Int
    upper: Int
    #: Rows x people.
    counts: Int

    def save(self, path: Path) -> None:
        """Write it as arrays."""
        np.savez(path, **{field.name: getattr(self, field.name) for field in fields(self)})

    @classmethod
    def load(cls, path: Path) -> Model:
        """Read it back."""
        with np.load(path) as stored:
            found = {field.name: stored[field.name] for field in fields(cls)}
        return cls(**{**found, "stages": int(found["stages"])})


def by_highs(model: Model, limit: float, *, whole: bool) -> str:
    """HiGHS with its defaults (presolve on) and two threads: in whole numbers by branch and bound, or with fractions of people."""
    import highspy  # noqa: PLC0415 - does not load beside OR-Tools.

    count, stages, infinity = len(model.gain), model.stages, highspy.kHighsInf
    index = np.arange(count * stages).reshape(count, stages)
    rises = count * (stages - 1)
    rows, columns = [np.arange(rises), np.arange(rises)], [index[:, :-1].reshape(-1), index[:, 1:].reshape(-1)]
    values = [-np.ones(rises), np.ones(rises)]
    for place, counts in enumerate(model.counts):
        used = np.flatnonzero(counts)
        for stage, sign in ((int(model.stage[place]), 1.0), (int(model.before[place]), -1.0)):
            if stage >= 0:
                rows.append(np.full(len(used), rises + place))
                columns.append(index[used, stage])
                values.append(sign * counts[used].astype(float))
    row, column, value = np.concatenate(rows), np.concatenate(columns), np.concatenate(values)
    order = np.lexsort((column, row))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = count * stages, rises + len(model.stage)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = np.repeat(model.gain, stages).astype(float)
    lp.col_lower_, lp.col_upper_ = np.zeros(count * stages), np.ones(count * stages)
    lp.row_lower_ = np.concatenate([np.zeros(rises), np.where(model.lower == OPEN, -infinity, model.lower)])
    lp.row_upper_ = np.concatenate([np.full(rises, infinity), np.where(model.upper == OPEN, infinity, model.upper)])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.searchsorted(row[order], np.arange(lp.num_row_ + 1)).astype(np.int32)
    lp.a_matrix_.index_, lp.a_matrix_.value_ = column[order].astype(np.int32), value[order]
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * (count * stages)
    highs = highspy.Highs()
    highs.silent()
    highs.setOptionValue("time_limit", limit)
    highs.setOptionValue("threads", 2)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.passModel(lp)
    highs.run()
    info = highs.getInfo()
    found = f"objective {info.objective_function_value:.0f}" if info.primal_solution_status == 2 else "no plan found"
    bound = f", bound {info.mip_dual_bound:.0f}" if whole else ""
    return f"{highs.modelStatusToString(highs.getModelStatus())}, {found}{bound}"


def by_cp_sat(model: Model, limit: float) -> str:
    """OR-Tools CP-SAT with its defaults and two workers. The limit is for the search; the time also has the building of the model."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - optional, and does not load beside HiGHS.

    program = cp_model.CpModel()
    gone = [[program.new_bool_var("") for _ in range(model.stages)] for _ in model.gain]
    for person in gone:
        for one, other in pairwise(person):
            program.add_implication(one, other)
    for place, counts in enumerate(model.counts):
        used = np.flatnonzero(counts).tolist()
        variables = [gone[i][int(model.stage[place])] for i in used]
        weights = [int(counts[i]) for i in used]
        if model.before[place] >= 0:
            variables += [gone[i][int(model.before[place])] for i in used]
            weights += [-weight for weight in weights]
        total = cp_model.LinearExpr.weighted_sum(variables, weights)
        if model.lower[place] != OPEN:
            program.add(total >= int(model.lower[place]))
        if model.upper[place] != OPEN:
            program.add(total <= int(model.upper[place]))
    gains = np.repeat(model.gain, model.stages).tolist()
    program.maximize(cp_model.LinearExpr.weighted_sum([one for person in gone for one in person], gains))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limit
    solver.parameters.num_workers = 2
    status = solver.solve(program)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return f"{solver.status_name(status)}, no plan found"
    return f"{solver.status_name(status)}, objective {solver.objective_value:.0f}, bound {solver.best_objective_bound:.0f}"
