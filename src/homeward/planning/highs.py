"""Handing a program to HiGHS: triplets in, a silent and repeatable solver out. Nothing here knows about people."""

from __future__ import annotations

import highspy
import numpy as np
from numpy.typing import NDArray

Int = NDArray[np.int64]
Float = NDArray[np.float64]
INFINITY = float(highspy.kHighsInf)


def highs_lp(
    upper: Float, cost: Float, row_lower: Float, row_upper: Float, *, rows: Int, columns: Int, values: Float
) -> highspy.HighsLp:
    """A maximising program from triplets; columns start at 0. Zero rows or columns are allowed."""
    order = np.lexsort((columns, rows))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(upper), len(row_lower)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, np.zeros(len(upper)), upper
    lp.row_lower_, lp.row_upper_ = row_lower, row_upper
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(row_lower)))]).astype(np.int32)
    lp.a_matrix_.index_ = columns[order].astype(np.int32)
    lp.a_matrix_.value_ = values[order].astype(float)
    return lp


def solver(lp: highspy.HighsLp) -> highspy.Highs:
    """A silent solver that answers the same on every run of the same program."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.silent()
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", 0)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", 0.5)
    status = highs.passModel(lp)
    assert status != highspy.HighsStatus.kError, "HiGHS does not take our own program"
    return highs
