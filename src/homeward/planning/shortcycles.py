"""Most people in cycles of two or three parties when every party gives at most one: the clearing problem of kidney exchange.

(Abraham, Blum and Sandholm 2007.) There is a column for each short cycle, and a row for each party. All cycles stand in one
table of numbers, but the linear program starts with few of them and takes in those whose price says that they could help (column
generation); when none could, its value is a bound for all. Whole numbers are then sought among a few of the columns at hand, then
among all of these. Only if they miss the bound, every cycle is taken in that a better choice could use: one whose reduced cost is
no worse than the gap.

>>> cycles = cycle_table([(0, 1), (1, 0), (1, 2), (2, 0)], 3, longest=3)
>>> [table.tolist() for table in cycles]
[[[0, 1]], [[0, 1, 2]]]
>>> chosen, bound = best_cycles(cycles, 3)
>>> chosen, bound
([(0, 1, 2)], 3)
"""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

import highspy
import numpy as np
from numpy.typing import NDArray

from homeward.planning.highs import INFINITY, Float, highs_lp, solver

Cycles = NDArray[np.int32]

_ZERO = 1e-7
#: How many columns a round of the linear program takes in at most.
_COLUMNS = 4_000
#: How many columns beyond those of the linear program the first search for whole numbers looks at, about.
_FEW = 800


def cycle_table(arcs: Sequence[tuple[int, int]], parties: int, *, longest: int) -> list[Cycles]:
    """Every simple cycle of 2 … `longest` parties, one table for each length; a cycle starts at its lowest number."""
    linked = np.zeros((parties, parties), dtype=bool)
    ends = np.array(arcs, dtype=np.int64).reshape(-1, 2)
    linked[ends[:, 0], ends[:, 1]] = True
    giver, getter = np.nonzero(linked)
    key = giver * parties + getter
    end = np.searchsorted(giver, np.arange(parties), "right")
    paths = np.arange(parties, dtype=np.int32)[:, None]
    found = []
    for _ in range(longest - 1):
        last = paths[:, -1].astype(np.int64)
        # Only parties after the first of the path: the others start cycles of their own.
        start = np.searchsorted(key, last * parties + paths[:, 0], "right")
        count = end[last] - start
        row = np.repeat(np.arange(len(paths)), count)
        place = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count) + start[row]
        following = getter[place].astype(np.int32)
        fits = (paths[row, 1:] != following[:, None]).all(axis=1)
        paths = np.concatenate([paths[row[fits]], following[fits][:, None]], axis=1)
        found.append(paths[linked[paths[:, -1], paths[:, 0]]])
    return found


def best_cycles(cycles: Sequence[Cycles], parties: int) -> tuple[list[tuple[int, ...]], int]:
    """Cycles that share no party and take in most of them, and the whole part of the bound that proves it."""
    longest = max((table.shape[1] for table in cycles), default=2)
    # Shorter cycles are filled up with a party that does not exist and costs nothing.
    filled = [np.pad(table, ((0, 0), (0, longest - table.shape[1])), constant_values=parties) for table in cycles]
    every = np.concatenate(filled) if filled else np.zeros((0, longest), np.int32)
    length = (every < parties).sum(axis=1).astype(float)
    if not len(every):
        return [], 0
    chosen = np.zeros(len(every), dtype=bool)
    chosen[: len(cycles[0])] = True
    chosen[:: max(len(every) // _COLUMNS, 1)] = True
    columns = np.flatnonzero(chosen)
    master = _master(every[columns], length[columns], parties)
    while True:
        master.run()
        price = np.append(np.maximum(np.array(master.getSolution().row_dual), 0.0), 0.0)
        gain = length - price[every].sum(axis=1)
        helpful = np.flatnonzero((gain > _ZERO) & ~chosen)
        if not len(helpful):
            break
        if len(helpful) > _COLUMNS:
            helpful = np.sort(helpful[np.argsort(-gain[helpful], kind="stable")[:_COLUMNS]])
        chosen[helpful] = True
        columns = np.concatenate([columns, helpful])
        _add(master, every[helpful], length[helpful], parties)
    # With these prices no cycle gains anything, so their sum is a bound whatever the solver's rounding.
    value = float(price.sum() + np.maximum(gain, 0.0).sum())
    bound = floor(value + 1e-6)
    used, free = _promising(master, gain, columns)
    taken, reached = _whole(every, length, np.concatenate([used, free]), parties)
    if reached < bound:
        taken, reached = _whole(every, length, columns, parties)
    if reached < bound:
        # A better choice uses no cycle whose price is further off than what separates that choice from the bound.
        wide = np.flatnonzero(gain >= reached + 1 - value - _ZERO)
        taken, bound = _whole(every, length, np.union1d(wide, taken), parties)
    return [tuple(int(party) for party in every[row] if party < parties) for row in taken.tolist()], bound


def _promising(master: highspy.Highs, gain: Float, columns: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The columns that the linear program uses, and a few of those that it could use as well at no loss."""
    value = np.array(master.getSolution().col_value)
    used = columns[value > _ZERO]
    free = columns[(value <= _ZERO) & (np.abs(gain[columns]) <= _ZERO)]
    return used, free[:: max(len(free) // _FEW, 1)]


def _entries(cycles: Cycles, parties: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    column, place = np.nonzero(cycles < parties)
    return cycles[column, place].astype(np.int64), column.astype(np.int64)


def _master(cycles: Cycles, length: Float, parties: int) -> highspy.Highs:
    rows, columns = _entries(cycles, parties)
    lp = highs_lp(
        np.full(len(cycles), INFINITY), length, np.full(parties, -INFINITY), np.ones(parties),
        rows=rows, columns=columns, values=np.ones(len(rows)),
    )  # fmt: skip
    return solver(lp)


def _add(master: highspy.Highs, cycles: Cycles, length: Float, parties: int) -> None:
    rows, columns = _entries(cycles, parties)
    starts = np.searchsorted(columns, np.arange(len(cycles))).astype(np.int32)
    master.addCols(
        len(cycles), length, np.zeros(len(cycles)), np.full(len(cycles), INFINITY),
        len(rows), starts, rows.astype(np.int32), np.ones(len(rows)),
    )  # fmt: skip


def _whole(every: Cycles, length: Float, columns: NDArray[np.int64], parties: int) -> tuple[NDArray[np.int64], int]:
    """The best whole choice among these columns, and how many parties it takes in."""
    columns = np.unique(columns)
    highs = _master(every[columns], length[columns], parties)
    numbers = np.arange(len(columns), dtype=np.int32)
    highs.changeColsIntegrality(len(numbers), numbers, np.full(len(numbers), int(highspy.HighsVarType.kInteger), np.uint8))
    highs.setOptionValue("mip_abs_gap", 0.999)
    highs.run()
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal, f"HiGHS ended with {highs.getModelStatus()}"
    taken = columns[np.array(highs.getSolution().col_value) > 0.5]
    return taken, int(length[taken].sum())
