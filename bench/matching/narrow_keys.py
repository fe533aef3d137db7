"""Which kinds of keys (`homeward.matching.keys.KINDS`) are narrow: many true pairs for few strangers, asked one after the other.

    python bench/matching/narrow_keys.py DIR [--sample 50000]

`DIR` holds left.csv, right.csv and truth.csv (`synthetic.py`). For a sample of left rows every right row that shares a key is counted
by the set of kinds that they share. Prints what each kind brings, then the kinds in the order in which each next one brings most
true pairs for the strangers that it adds: the first of them are `NARROW`. Needs numba.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numba
import numpy as np
from measure import read_table, read_truth

from homeward.matching.cells import Cells
from homeward.matching.columns import Columns
from homeward.matching.compiled.sieve import meet
from homeward.matching.keys import KINDS


@numba.njit
def counted(  # noqa: PLR0917 - compiled code is called with positions.
    rows: Any, first: Any, begin: Any, end: Any, right: Any, partner: Any, shared: Any
) -> Any:
    """Pairs, and true pairs, of these left rows by the set of kinds shared, as bits; `shared` has a 0 for each right row."""
    pairs, true = np.zeros(1 << len(first), np.int64), np.zeros(1 << len(first), np.int64)
    met = np.zeros(len(shared), np.int32)
    for i in rows:
        many = 0
        for kind in range(len(first)):
            for slot in range(first[kind, i], first[kind, i + 1]):
                for j in right[begin[slot] : end[slot]]:
                    if shared[j] == 0:
                        met[many] = j
                        many += 1
                    shared[j] |= 1 << kind
        for j in met[:many]:
            pairs[shared[j]] += 1
            true[shared[j]] += partner[i] == j
            shared[j] = 0
    return pairs, true


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, default=50_000, help="so many left rows")
    options = parser.parse_args()
    left, right = (Columns.of_cells(Cells.of_table(read_table(options.folder / f"{side}.csv"))) for side in ("left", "right"))
    row_a, row_b = ({one: row for row, one in enumerate(side.ids)} for side in (left, right))
    partner = np.full(len(left), -1, np.int64)
    for one, other in read_truth(options.folder / "truth.csv"):
        partner[row_a[one]] = row_b[other]
    rows = np.arange(0, len(left), max(1, len(left) // options.sample))
    with ThreadPoolExecutor() as pool:
        joined = meet(left, right, KINDS, pool)
    pairs, true = counted(rows, joined.first, joined.begin, joined.end, joined.right, partner, np.zeros(len(right), np.int32))
    sets = np.flatnonzero(pairs)
    met, found = pairs[sets] / len(rows), true[sets] / max(1, int((partner[rows] >= 0).sum()))
    print(f"all: {met.sum():.1f} met by each left row, {found.sum():.4f} of the true pairs")
    for number, kind in enumerate(KINDS):
        here, alone = sets >> number & 1 > 0, sets == 1 << number
        print(
            f"{met[here].sum():6.2f} met, {found[here].sum():.4f} found; alone {met[alone].sum():6.2f}, {found[alone].sum():.4f}; {kind}"
        )
    print("In order of what each adds:")
    asked, rest = 0, set(range(len(KINDS)))
    while rest:
        best = []
        for number in sorted(rest):
            more = (sets & asked == 0) & (sets >> number & 1 > 0)
            best.append((found[more].sum() / max(met[more].sum(), 1e-9), number))
        number = max(best)[1]
        asked |= 1 << number
        rest.remove(number)
        so_far = sets & asked > 0
        print(f"{met[so_far].sum():6.2f} met, {found[so_far].sum():.4f} found, with {KINDS[number].recipes}")


if __name__ == "__main__":
    main()
