"""Can whole people keep these lines, and if some clauses may bend, by how little? The tests behind every contradiction.

A small program over classes, without priorities. Fractions of people come first, because they are quick and mostly whole. If
they are not, whole numbers are sought within one step of the fractions; whatever is found there and costs no more than the
fractions, rounded up, is the cheapest. Only if nothing is found there, branch and bound looks everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from math import ceil

import highspy
import numpy as np

from homeward.planning.highs import INFINITY, Float, highs_lp, solver
from homeward.planning.program import Line, Program

_WHOLE = 1e-6
_CONTINUOUS, _INTEGER = (int(kind) for kind in (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger))
_NONE = frozenset({highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible})


class Elastic:
    """A whole-number program over classes in which the clauses of `price` can be bent; built once, asked several times."""

    def __init__(self, program: Program, price: dict[str, int]) -> None:
        self.bent = tuple(sorted(price))
        self.first = program.cells
        lp = _lp(program, price, self.bent)
        self.lower, self.upper = np.zeros(lp.num_col_), np.array(lp.col_upper_)
        self.highs = solver(lp)
        # Without presolve the next question starts from the answer to the last one.
        self.highs.setOptionValue("presolve", "off")
        self._basis: highspy.HighsBasis | None = None

    def at_least_one_of(self, clauses: Iterable[str]) -> None:
        """Demand a bend of one of these clauses: they are known to contradict each other, which fractions may not show."""
        columns = np.array([self.first + self.bent.index(clause) for clause in clauses if clause in self.bent], dtype=np.int32)
        self.highs.addRow(1.0, INFINITY, len(columns), columns, np.ones(len(columns)))

    def cheapest(self, free: Collection[str]) -> dict[str, int] | None:
        """By how many units to bend each of these clauses, the others not at all; None if that is not enough."""
        self.upper[self.first :] = [INFINITY if clause in free else 0.0 for clause in self.bent]
        values = self.settle()
        if values is None:
            return None
        return dict(zip(self.bent, np.rint(values[self.first :]).astype(int).tolist(), strict=True))

    def settle(self) -> Float | None:
        """The cheapest whole numbers, or None if there are none."""
        self._within(self.lower, self.upper)
        self._kind(_CONTINUOUS)
        if self._basis is not None:
            self.highs.setBasis(self._basis)
        near = self._run()
        if near is None:
            return None
        if self.bent:
            self._basis = _copy(self.highs.getBasis())
        if np.abs(near - np.rint(near)).max(initial=0.0) <= _WHOLE:
            return near
        bound = ceil(-self.highs.getObjectiveValue() - _WHOLE)
        self._kind(_INTEGER)
        self._within(np.floor(near + _WHOLE), np.ceil(near - _WHOLE))
        found = self._run()
        if found is not None and -self.highs.getObjectiveValue() <= bound + _WHOLE:
            return found
        self._within(self.lower, self.upper)
        return self._run()

    def _within(self, lower: Float, upper: Float) -> None:
        columns = np.arange(len(lower), dtype=np.int32)
        self.highs.changeColsBounds(len(columns), columns, lower, upper)

    def _kind(self, kind: int) -> None:
        columns = np.arange(len(self.lower), dtype=np.int32)
        self.highs.changeColsIntegrality(len(columns), columns, np.full(len(columns), kind, np.uint8))

    def _run(self) -> Float | None:
        self.highs.run()
        status = self.highs.getModelStatus()
        if status in _NONE:
            return None
        assert status == highspy.HighsModelStatus.kOptimal, f"HiGHS ended with {status}"
        return np.array(self.highs.getSolution().col_value)


def _copy(basis: highspy.HighsBasis) -> highspy.HighsBasis:
    """A basis of our own: the solver's changes with every run."""
    copy = highspy.HighsBasis()
    copy.col_status, copy.row_status = list(basis.col_status), list(basis.row_status)
    return copy


def has_plan(program: Program) -> bool:
    """Whether whole people can keep the lines of this program."""
    return Elastic(program, {}).settle() is not None


def _lp(program: Program, price: dict[str, int], bent: tuple[str, ...]) -> highspy.HighsLp:
    """Classes by stages (no segments, no priorities), then a column for each clause that bends, all rows of one by the same units."""
    stages, cells = program.stages, program.cells
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    lower: list[float] = []
    upper: list[float] = []

    def add(parts: Iterable[tuple[int, float]], low: float, high: float) -> None:
        for column, value in parts:
            rows.append(len(lower))
            columns.append(column)
            values.append(value)
        lower.append(low)
        upper.append(high)

    for cell in range(cells):
        if cell % stages != stages - 1:
            add([(cell, -1.0), (cell + 1, 1.0)], 0.0, INFINITY)
    for line in program.lines:
        parts = _parts(line, stages)
        slack = [(cells + bent.index(line.row.clause), float(line.row.scale))] if line.row.clause in price else []
        low = -INFINITY if line.lower is None else float(line.lower)
        high = INFINITY if line.upper is None else float(line.upper)
        if not slack:
            add(parts, low, high)
            continue
        if line.lower is not None:
            add([*parts, *slack], low, INFINITY)
        if line.upper is not None:
            add([*parts, *((column, -value) for column, value in slack)], -INFINITY, high)
    sizes = np.concatenate([np.repeat(program.crowd.class_size, stages).astype(float), np.full(len(bent), INFINITY)])
    cost = np.concatenate([np.zeros(cells), [-float(price[clause]) for clause in bent]])
    entries = np.array(rows, np.int64), np.array(columns, np.int64), np.array(values)
    return highs_lp(sizes, cost, np.array(lower), np.array(upper), rows=entries[0], columns=entries[1], values=entries[2])


def _parts(line: Line, stages: int) -> list[tuple[int, float]]:
    used = np.flatnonzero(line.coefficient).tolist()
    parts = [(number * stages + line.stage, float(line.coefficient[number])) for number in used]
    if line.before >= 0:
        parts += [(number * stages + line.before, -float(line.coefficient[number])) for number in used]
    return parts
