"""Classes, stages and rows as a linear program, and the arrays that HiGHS wants.

Columns: `X[c, s]`, how many units of class `c` have gone by the end of stage `s`; then `seg[t, s]`, how many of them are of
type `t`. Rows: `X[c, s] = sum of its segments`; `X[c, s] <= X[c, s + 1]`; then the clauses. Segments need no rows of their own
between stages: types of one class differ in value only, so the best ones fill first at every stage.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from homeward.planning.crowd import Crowd
from homeward.planning.highs import INFINITY, Float, highs_lp
from homeward.planning.people import Int
from homeward.planning.rows import Row


@dataclass(frozen=True)
class Line:
    """One inequality over classes: `lower <= coefficient . (X[., stage] - X[., before]) <= upper`; before is -1 for none."""

    row: Row
    coefficient: Int
    stage: int
    before: int
    lower: int | None
    upper: int | None

    def value(self, totals: Int) -> int:
        """What these whole numbers (classes x stages) make of the sum."""
        value = int(self.coefficient @ totals[:, self.stage])
        return value - int(self.coefficient @ totals[:, self.before]) if self.before >= 0 else value


def lines_of(crowd: Crowd, rows: Iterable[Row]) -> list[Line]:
    """The inequalities of these rows. Where facts are unknown, the upper and the lower bound count people differently."""
    number = {counter: place for place, counter in enumerate(crowd.counters)}
    lines = []
    for row in rows:
        low = np.zeros(crowd.classes, dtype=np.int64)
        high = np.zeros(crowd.classes, dtype=np.int64)
        for factor, counter in row.parts:
            least, most = crowd.least[:, number[counter]], crowd.most[:, number[counter]]
            low += factor * (least if factor > 0 else most)
            high += factor * (most if factor > 0 else least)
        lower = int(low @ crowd.class_size) if row.everybody else row.lower
        before = -1 if row.cumulative else row.stage - 1
        if (low == high).all():
            lines.append(Line(row, low, row.stage, before, lower, row.upper))
        else:
            if lower is not None:
                lines.append(Line(row, low, row.stage, before, lower, None))
            if row.upper is not None:
                lines.append(Line(row, high, row.stage, before, None, row.upper))
    return lines


@dataclass(frozen=True)
class Program:
    """The linear program of one crowd. `lines` are its clause rows, in the order of the rows of the matrix after the others."""

    crowd: Crowd
    stages: int
    lines: tuple[Line, ...]
    #: For each type, how many units of its class come before it.
    offsets: Int

    @classmethod
    def of(cls, crowd: Crowd, stages: int, rows: Sequence[Row]) -> Program:
        """The program with these of the crowd's rows."""
        before = np.concatenate([[0], np.cumsum(crowd.type_size)])[:-1]
        class_start = np.concatenate([[0], np.cumsum(crowd.class_size)])[:-1]
        offsets = before - class_start[crowd.type_class] if len(before) else before
        return cls(crowd, stages, tuple(lines_of(crowd, rows)), offsets.astype(np.int64))

    @property
    def cells(self) -> int:
        """How many columns `X` has."""
        return self.crowd.classes * self.stages

    @property
    def columns(self) -> int:
        """How many columns there are: `X`, then the segments."""
        return self.cells + len(self.crowd.type_size) * self.stages

    @property
    def first_line(self) -> int:
        """The number of the first clause row in the matrix."""
        return self.cells + self.crowd.classes * (self.stages - 1)

    def lp(self) -> highspy.HighsLp:
        """The whole program without an objective."""
        crowd, stages = self.crowd, self.stages
        cells, types = self.cells, len(crowd.type_size)
        rows: list[Int] = []
        columns: list[Int] = []
        values: list[Float] = []
        everything = np.arange(cells)
        segments = np.arange(types * stages)
        segment_cell = np.repeat(crowd.type_class, stages) * stages + np.tile(np.arange(stages), types)
        rows += [everything, segment_cell]
        columns += [everything, cells + segments]
        values += [np.ones(cells), -np.ones(len(segments))]
        rising = everything[everything % stages != stages - 1] if stages > 1 else everything[:0]
        rising_rows = cells + np.arange(len(rising))
        rows += [rising_rows, rising_rows]
        columns += [rising, rising + 1]
        values += [-np.ones(len(rising)), np.ones(len(rising))]
        for place, line in enumerate(self.lines):
            used = np.flatnonzero(line.coefficient)
            for stage, sign in ((line.stage, 1), (line.before, -1)):
                if stage >= 0:
                    rows.append(np.full(len(used), self.first_line + place))
                    columns.append(used * stages + stage)
                    values.append((sign * line.coefficient[used]).astype(float))
        lower = np.concatenate([np.zeros(cells), np.zeros(len(rising)), [_floor(line.lower) for line in self.lines]])
        upper = np.concatenate([np.zeros(cells), np.full(len(rising), INFINITY), [_ceiling(line.upper) for line in self.lines]])
        sizes = np.concatenate([np.repeat(crowd.class_size, stages), np.repeat(crowd.type_size, stages)]).astype(float)
        return highs_lp(
            sizes,
            np.zeros(len(sizes)),
            lower,
            upper,
            rows=np.concatenate(rows),
            columns=np.concatenate(columns),
            values=np.concatenate(values),
        )

    def keeps(self, totals: Int) -> bool:
        """Do these whole numbers (classes x stages) keep every row exactly? Integer arithmetic, no tolerance."""
        if (totals < 0).any() or (totals > self.crowd.class_size[:, None]).any() or (np.diff(totals, axis=1) < 0).any():
            return False
        for line in self.lines:
            value = line.value(totals)
            if (line.lower is not None and value < line.lower) or (line.upper is not None and value > line.upper):
                return False
        return True

    def taken(self, totals: Int) -> Int:
        """How many of each type have gone by each stage (types x stages), best types first."""
        crowd = self.crowd
        taken: Int = np.clip(totals[crowd.type_class] - self.offsets[:, None], 0, crowd.type_size[:, None])
        return taken


def _floor(bound: int | None) -> float:
    return -INFINITY if bound is None else float(bound)


def _ceiling(bound: int | None) -> float:
    return INFINITY if bound is None else float(bound)
