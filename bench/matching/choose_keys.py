"""What each kind of key (`homeward.matching.keys.KINDS`) finds and costs on labelled lists, for every number of pairs allowed.

    python bench/matching/choose_keys.py DIR [--limit 60]

`DIR` holds left.csv, right.csv and truth.csv (`synthetic.py`). Prints for each kind the share of the true pairs it finds and the
pairs it makes for each left record, by the number of pairs that one key may make; then the best numbers for all kinds together
when each left record may meet `--limit` others: the number is raised where it finds most true pairs for the pairs it costs.
Needs numba. A kind that is to be tried is added to `KINDS` first.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from measure import read_table, read_truth

from homeward.matching.candidates import packed, row_bits
from homeward.matching.cells import Cells
from homeward.matching.columns import Columns
from homeward.matching.compiled.joining import met
from homeward.matching.keys import KINDS, maker

#: Powers of two up to this are tried as the number of pairs that one key may make.
POWERS = 16


def counts(left: Columns, right: Columns, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each kind and power of two: pairs made; and for each kind and true pair: the power from which on it is found."""
    bits = row_bits(len(left), len(right))
    made, found = np.zeros((len(KINDS), POWERS)), np.full((len(KINDS), len(truth)), 99, np.int8)
    mine, theirs = maker(left), maker(right)
    for number, kind in enumerate(KINDS):
        a, b = packed(mine(kind), bits), packed(theirs(kind), bits)
        for power in range(POWERS):
            first, begin, end, met_rows = met(a, b, int(bits), len(left), 1 << power)
            made[number, power] = (end - begin).astype(np.int64).sum()
            for pair in np.flatnonzero(found[number] == 99).tolist():
                i, j = truth[pair]
                slots = range(first[i], first[i + 1])
                if any(j in met_rows[begin[slot] : end[slot]] for slot in slots):
                    found[number, pair] = power
    return made, found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=float, default=60.0)
    parser.add_argument("--sample", type=int, default=20_000, help="look for so many true pairs")
    options = parser.parse_args()
    left, right = (Columns.of_cells(Cells.of_table(read_table(options.folder / f"{side}.csv"))) for side in ("left", "right"))
    row_a, row_b = ({one: row for row, one in enumerate(side.ids)} for side in (left, right))
    truth = np.array(sorted((row_a[a], row_b[b]) for a, b in read_truth(options.folder / "truth.csv")))
    truth = truth[:: max(1, len(truth) // options.sample)]
    made, found = counts(left, right, truth)
    made /= max(1, len(left))
    for number, kind in enumerate(KINDS):
        print(kind.recipes)
        for power in range(0, POWERS, 2):
            print(f"    {1 << power:6} pairs: {(found[number] <= power).mean():.4f} found, {made[number, power]:.1f} met")
    chosen, covered, total = [-1] * len(KINDS), np.zeros(len(truth), bool), 0.0
    while True:
        steps = []
        for number in range(len(KINDS)):
            before = made[number, chosen[number]] if chosen[number] >= 0 else 0.0
            for power in range(chosen[number] + 1, POWERS):
                more = int(((found[number] <= power) & ~covered).sum())
                cost = made[number, power] - before
                if more and cost > 0:
                    steps.append((more / cost, number, power, cost))
        if not steps or total + max(steps)[3] > options.limit:
            break
        _, number, power, cost = max(steps)
        chosen[number], total = power, total + cost
        covered |= found[number] <= power
    print(f"{covered.mean():.4f} of the true pairs, {total:.1f} met by each left record:")
    for power, kind in zip(chosen, KINDS, strict=True):
        print(f"    {1 << power if power >= 0 else 0:6} {kind.recipes}")


if __name__ == "__main__":
    main()
