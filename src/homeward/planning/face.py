"""One level of the priorities as a small linear program, and the set of plans that are best in it.

All plans that are equally good so far form a **face**: for each class and stage a range `low <= X <= high`, and the rows that are
tight. In such a range the units differ only by the levels to come, so each level needs only the pieces of its own gain there.
A score can have thousands of values; they are first taken in blocks with their mean gain. A block is cut finer when the price
of its cell falls within it. When no price falls within a block, prices and plan together satisfy the optimality conditions of
the program with every value apart, so the result is exact and not an approximation.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from homeward.planning.goals import Goal, NoPlan
from homeward.planning.highs import INFINITY, Float, highs_lp, solver
from homeward.planning.people import Int
from homeward.planning.program import Program

_ZERO = 1e-7
#: Into how many blocks the pieces of one cell are first taken, and a block is cut later.
_BLOCKS = 24
_CUTS = 32
#: From so many cells on, a level that looks at few of the stages is degenerate enough for the interior point method to win.
_LARGE = 10_000
_MOST_ROUNDS = 60
_STATES = {int(state): state for state in highspy.HighsBasisStatus.__members__.values()}
_BASIC, _AT_LOWER, _AT_UPPER = (
    int(state) for state in (highspy.HighsBasisStatus.kBasic, highspy.HighsBasisStatus.kLower, highspy.HighsBasisStatus.kUpper)
)
_PRIMAL_SIMPLEX = 4
_SETTLED = (
    highspy.HighsModelStatus.kOptimal,
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
    highspy.HighsModelStatus.kSolutionLimit,
)


@dataclass
class Face:
    """The plans that are equally good so far: ranges of `X` (classes x stages) and the bounds of the rows."""

    low: Int
    high: Int
    #: Bounds of `X[c, s + 1] - X[c, s]` (classes x stages less one) and of the clause lines.
    rise_upper: Float
    line_lower: Float
    line_upper: Float

    @classmethod
    def whole(cls, program: Program) -> Face:
        """Before any level: everything that keeps the clauses."""
        size = np.repeat(program.crowd.class_size, program.stages).reshape(-1, program.stages)
        return cls(
            np.zeros_like(size),
            size,
            np.full((len(size), program.stages - 1), INFINITY),
            np.array([-INFINITY if line.lower is None else float(line.lower) for line in program.lines]),
            np.array([INFINITY if line.upper is None else float(line.upper) for line in program.lines]),
        )


@dataclass(frozen=True)
class Pieces:
    """Pieces of a concave gain: sorted by cell, then from the highest gain down. `size` units gain `gain` each."""

    cell: Int
    gain: Float
    size: Float


@dataclass(frozen=True)
class Basis:
    """Where the simplex method stopped: the state of the columns of `X`, of the blocks and of the rows, and the blocks' values."""

    cells: list[highspy.HighsBasisStatus]
    blocks: Int
    values: Float
    rows: list[highspy.HighsBasisStatus]
    #: Whether an interior point solution was the first: then the primal simplex method goes on best, else the dual one.
    interior: bool


@dataclass(frozen=True)
class Level:
    """A solved level: `X`, the objective over the pieces, and prices."""

    totals: Float
    objective: float
    piece_excess: Float
    cell_price: Float
    rise_price: Float
    line_price: Float
    basis: Basis | None = None


def pieces_of(program: Program, face: Face, goal: Goal) -> Pieces:
    """What one more unit gains in this level, within the face, equal gains joined. Gains are scaled to at most 1."""
    crowd = program.crowd
    scale = float(goal.gain.max())
    cells: list[Int] = []
    gains: list[Float] = []
    sizes: list[Float] = []
    for stage in goal.stages:
        low, high = face.low[crowd.type_class, stage], face.high[crowd.type_class, stage]
        part = np.minimum(program.offsets + crowd.type_size, high) - np.maximum(program.offsets, low)
        used = np.flatnonzero(part > 0)
        if not len(used):
            continue
        cell = crowd.type_class[used] * program.stages + stage
        gain = goal.gain[used]
        start = np.flatnonzero(np.concatenate([[True], (np.diff(cell) != 0) | (np.diff(gain) != 0)]))
        cells.append(cell[start])
        gains.append(gain[start] / scale)
        sizes.append(np.add.reduceat(part[used], start).astype(float))
    if not cells:
        return Pieces(np.zeros(0, np.int64), np.zeros(0), np.zeros(0))
    cell, gain_, size = np.concatenate(cells), np.concatenate(gains), np.concatenate(sizes)
    order = np.lexsort((-gain_, cell))
    return Pieces(cell[order], gain_[order], size[order])


def solve_pieces(program: Program, face: Face, pieces: Pieces, *, whole: bool = False) -> Level:
    """The best `X` of the face for these pieces. Raises `NoPlan`. With `whole`, in whole numbers and without prices."""
    start = _first_blocks(pieces)
    basis: Basis | None = None
    for _ in range(_MOST_ROUNDS):
        level = _solve_blocks(program, face, pieces, start, whole=whole, basis=basis)
        if whole:
            return level
        finer = _cut(start, level.piece_excess)
        if len(finer) == len(start):
            return level
        basis = _finer_basis(level.basis, pieces, start, finer) if level.basis is not None else None
        start = finer
    return _solve_blocks(program, face, pieces, np.arange(len(pieces.cell)), whole=whole)


def best_of(face: Face, pieces: Pieces, level: Level) -> Face:
    """The part of the face that is best in this level: complementary slackness, piece by piece and row by row."""
    low, high = face.low.copy(), face.high.copy()
    cells = low.size
    full, free = level.piece_excess > _ZERO, np.abs(level.piece_excess) <= _ZERO
    filled = np.bincount(pieces.cell[full], weights=pieces.size[full], minlength=cells)
    loose = np.bincount(pieces.cell[free], weights=pieces.size[free], minlength=cells)
    touched = np.zeros(cells, dtype=bool)
    touched[pieces.cell] = True
    new_low = low.reshape(-1) + np.rint(filled).astype(np.int64)
    new_high = np.where(touched, new_low + np.rint(loose).astype(np.int64), high.reshape(-1))
    priced = np.abs(level.cell_price) > _ZERO
    value = np.where(level.cell_price > 0, high.reshape(-1), low.reshape(-1))
    new_low, new_high = np.where(priced, value, new_low), np.where(priced, value, new_high)
    line_lower, line_upper = face.line_lower.copy(), face.line_upper.copy()
    for place in np.flatnonzero(np.abs(level.line_price) > _ZERO).tolist():
        bound = line_upper[place] if level.line_price[place] > 0 else line_lower[place]
        line_lower[place] = line_upper[place] = bound
    rise_upper = np.where(np.abs(level.rise_price.reshape(face.rise_upper.shape)) > _ZERO, 0.0, face.rise_upper)
    return Face(new_low.reshape(low.shape), new_high.reshape(low.shape), rise_upper, line_lower, line_upper)


def _first_blocks(pieces: Pieces) -> Int:
    """Where blocks start: a few for each cell, of about as many pieces each."""
    if not len(pieces.cell):
        return np.zeros(0, np.int64)
    begin = np.flatnonzero(np.concatenate([[True], np.diff(pieces.cell) != 0]))
    count = np.diff(np.concatenate([begin, [len(pieces.cell)]]))
    place = np.arange(len(pieces.cell)) - np.repeat(begin, count)
    block = place * np.minimum(_BLOCKS, np.repeat(count, count)) // np.repeat(count, count)
    change = np.concatenate([[True], (np.diff(block) != 0) | (np.diff(pieces.cell) != 0)])
    return np.flatnonzero(change)


def _cut(start: Int, excess: Float) -> Int:
    """Cut every block whose pieces do not all lie on one side of the price, there and into a few parts."""
    side = np.where(excess > _ZERO, 1, np.where(excess < -_ZERO, -1, 0))
    count = np.diff(np.concatenate([start, [len(side)]]))
    block = np.repeat(np.arange(len(start)), count)
    same = (np.maximum.reduceat(side, start) == np.minimum.reduceat(side, start)) & (side[start] != 0) if len(start) else start
    straddling = ~same[block] & (count[block] > 1) if len(start) else np.zeros(0, bool)
    place = np.arange(len(side)) - start[block] if len(start) else np.zeros(0, np.int64)
    part = place * np.minimum(_CUTS, count[block]) // np.maximum(count[block], 1)
    begins = np.zeros(len(side), dtype=bool)
    begins[start] = True
    inner = straddling & ~begins
    begins |= inner & np.concatenate([[False], (np.diff(part) != 0) | (np.diff(side) != 0)])[: len(side)]
    return np.flatnonzero(begins)


def _finer_basis(basis: Basis, pieces: Pieces, start: Int, finer: Int) -> Basis:
    """The same solution told in finer blocks: what was taken of a block fills its parts from the best one down.

    One part of a block that was basic is basic again, so the basis stays one, and only the prices have to be mended.
    """
    parent = np.searchsorted(start, finer, "right") - 1
    size = np.add.reduceat(pieces.size, finer)
    before = np.cumsum(size) - size
    first = np.flatnonzero(np.concatenate([[True], np.diff(parent) != 0]))
    before -= before[first][parent]
    taken = np.clip(basis.values[parent] - before, 0.0, size)
    state = np.where(basis.blocks[parent] == _BASIC, np.where(taken >= size, _AT_UPPER, _AT_LOWER), basis.blocks[parent])
    basic = basis.blocks[parent] == _BASIC
    reached = basic & (before <= basis.values[parent] + _ZERO)
    last = np.flatnonzero(reached & np.concatenate([(parent[1:] != parent[:-1]) | ~reached[1:], [True]]))
    state[last] = _BASIC
    return Basis(basis.cells, state, taken, basis.rows, basis.interior)


def _solve_blocks(
    program: Program, face: Face, pieces: Pieces, start: Int, *, whole: bool, basis: Basis | None = None
) -> Level:
    stages, cells = program.stages, program.cells
    size = np.add.reduceat(pieces.size, start) if len(start) else np.zeros(0)
    gain = np.add.reduceat(pieces.size * pieces.gain, start) / size if len(start) else np.zeros(0)
    cell = pieces.cell[start]
    linked, link = np.unique(cell, return_inverse=True)
    link = link.reshape(-1)
    low, high = face.low.reshape(-1).astype(float), face.high.reshape(-1).astype(float)
    rises = np.arange(cells).reshape(-1, stages)[:, :-1].reshape(-1)
    first_rise, first_line = len(linked), len(linked) + len(rises)
    rows = [np.arange(len(linked)), link, first_rise + np.arange(len(rises)), first_rise + np.arange(len(rises))]
    columns = [linked, cells + np.arange(len(cell)), rises, rises + 1]
    values = [np.ones(len(linked)), -np.ones(len(cell)), -np.ones(len(rises)), np.ones(len(rises))]
    for place, line in enumerate(program.lines):
        used = np.flatnonzero(line.coefficient)
        for stage, sign in ((line.stage, 1.0), (line.before, -1.0)):
            if stage >= 0:
                rows.append(np.full(len(used), first_line + place))
                columns.append(used * stages + stage)
                values.append((sign * line.coefficient[used]).astype(float))
    lp = highs_lp(
        np.concatenate([high, size]),
        np.concatenate([np.zeros(cells), gain]),
        np.concatenate([low[linked], np.zeros(len(rises)), face.line_lower]),
        np.concatenate([low[linked], face.rise_upper.reshape(-1), face.line_upper]),
        rows=np.concatenate(rows),
        columns=np.concatenate(columns),
        values=np.concatenate(values),
    )
    lp.col_lower_ = np.concatenate([low, np.zeros(len(cell))])
    if whole:
        kinds = highspy.HighsVarType
        lp.integrality_ = [kinds.kInteger] * cells + [kinds.kContinuous] * len(cell)
    highs = solver(lp)
    if whole:
        highs.setOptionValue("mip_abs_gap", 1e-9)
        highs.setOptionValue("mip_max_nodes", 2_000)
    interior = not whole and cells >= _LARGE and 2 * len(linked) < cells and len(start) > _LARGE
    if basis is not None:
        interior = basis.interior
        ready = highspy.HighsBasis()
        ready.col_status = [*basis.cells, *(_STATES[state] for state in basis.blocks.tolist())]
        ready.row_status = basis.rows
        highs.setBasis(ready)
        if basis.interior:
            highs.setOptionValue("simplex_strategy", _PRIMAL_SIMPLEX)
    elif interior:
        highs.setOptionValue("solver", "ipm")
    highs.run()
    if highs.getModelStatus() not in _SETTLED:
        highs.setOptionValue("solver", "simplex")
        highs.run()
    status = highs.getModelStatus()
    if status in {highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible}:
        raise NoPlan(None if whole else _ray(highs, first_line))
    solution = highs.getSolution()
    if whole:
        if highs.getInfo().primal_solution_status != int(highspy.SolutionStatus.kSolutionStatusFeasible):
            raise NoPlan(None)
        nothing = np.zeros(0)
        totals = np.array(solution.col_value)[:cells].reshape(-1, stages)
        return Level(totals, highs.getObjectiveValue(), nothing, nothing, nothing, nothing)
    assert status == highspy.HighsModelStatus.kOptimal, f"HiGHS ended with {status}"
    row_price, column_price = np.array(solution.row_dual), np.array(solution.col_dual)
    price = np.zeros(cells)
    price[linked] = row_price[: len(linked)]
    return Level(
        np.array(solution.col_value)[:cells].reshape(-1, stages),
        highs.getObjectiveValue(),
        pieces.gain + price[pieces.cell],
        column_price[:cells],
        row_price[first_rise:first_line],
        row_price[first_line:],
        _basis_of(highs, cells, np.array(solution.col_value)[cells:], interior=interior),
    )


def _basis_of(highs: highspy.Highs, cells: int, values: Float, *, interior: bool) -> Basis | None:
    found = highs.getBasis()
    if not found.valid:
        return None
    columns = list(found.col_status)
    blocks = np.array([int(state) for state in columns[cells:]], dtype=np.int64)
    return Basis(columns[:cells], blocks, values, list(found.row_status), interior)


def _ray(highs: highspy.Highs, first_line: int) -> NDArray[np.float64] | None:
    """A Farkas ray: prices on the lines that add up to a contradiction. Presolve hides it, so solve once more without."""
    highs.setOptionValue("presolve", "off")
    highs.run()
    _, has_ray = highs.getDualRayExist()  # type: ignore[attr-defined]
    if not has_ray:
        return None
    _, _, ray = highs.getDualRay()  # type: ignore[attr-defined]
    return np.array(ray)[first_line:]
