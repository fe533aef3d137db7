"""What the Spark engine costs for each record, at several sizes, and what that makes of 36 million cards against a million enquiries.

    python bench/matching/spark_slope.py [--sizes 50000,100000,...] [--spark]

Spark runs `homeward.matching.ranges` on its workers; this measures the same functions in this process, in seconds of the processor, on
invented people (`synthetic.py`): making columns (driver), the keys of the right list (each worker once), and for one run of left rows
the two passes over keys and the comparison. With `--spark` the smallest size is also run on Spark itself, `local[2]`, by the clock, for
what Spark adds; it needs pyspark and Java.

The cost of a left row against a right list of n people grows as n ** power, fitted to the sizes; the extrapolation uses that power.
"""

from __future__ import annotations

import argparse
import pickle
import time

import numpy as np
import synthetic

from homeward.matching import match_columns
from homeward.matching.cells import Cells
from homeward.matching.columns import Columns
from homeward.matching.ranges import RightIndex, Rule, compare, counted, crowded_keys, cut, suspects, together
from homeward.matching.rounds import HOPELESS
from homeward.matching.scoring import Comparer
from homeward.matching.weights import weights

CARDS, ENQUIRIES = 36_000_000, 1_000_000
RUN = 10_000


def lists(people: int) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    left, right, _ = synthetic.invent(people, "uk", 7)
    return tuple(dict(zip(synthetic.COLUMNS, map(list, zip(*rows, strict=True)), strict=True)) for rows in (left, right))  # type: ignore[return-value]


def measure(people: int) -> dict[str, float]:
    """Seconds of the processor and bytes, at one size."""
    left_table, right_table = lists(people)
    began = time.process_time()
    left, right = (Columns.of_cells(Cells.of_table(table)) for table in (left_table, right_table))
    columns = (time.process_time() - began) / (2 * people)
    tables, runs = cut(left, rows=RUN)
    began = time.process_time()
    index = RightIndex.of(right)
    indexed = (time.process_time() - began) / people
    comparer = Comparer.of(left, right, weights())
    rule = Rule(comparer.weights, comparer.prior, HOPELESS, one_list=False)
    began = time.process_time()
    suspected = together([suspects(tables, run, index, len(runs)) for run in runs], index)
    counts = [counted(tables, run, suspected, index) for run in runs]
    passes = (time.process_time() - began) / people
    crowded = crowded_keys(suspected, counts, index)
    compare(tables, runs[0], index, crowded, rule)  # Once to load what is loaded once.
    began = time.process_time()
    found = compare(tables, runs[1], index, crowded, rule)
    compared = (time.process_time() - began) / RUN
    return {
        "people": people, "columns us": 1e6 * columns, "index us": 1e6 * indexed, "keys us": 1e6 * passes,
        "compare us": 1e6 * compared, "hopeful pairs": len(found[0]) / RUN,
        "driver bytes": len(pickle.dumps(left, protocol=5)) / people, "worker bytes": len(pickle.dumps(index, protocol=5)) / people,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="50000,100000,200000,400000")
    parser.add_argument("--spark", action="store_true")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    rows = [measure(size) for size in sizes]
    print("| " + " | ".join(rows[0]) + " |\n|" + "---|" * len(rows[0]))
    for row in rows:
        print("| " + " | ".join(f"{value:,.1f}" for value in row.values()) + " |")
    power = float(np.polyfit(np.log([row["people"] for row in rows]), np.log([row["compare us"] for row in rows]), 1)[0])
    last = rows[-1]
    each = last["compare us"] * (ENQUIRIES / last["people"]) ** power
    print(f"comparing one left row grows as n ** {power:.2f}: {each:,.0f} us against {ENQUIRIES:,}")
    tasks = CARDS * (each + last["keys us"]) * 1e-6 / 3600
    driver = (CARDS + ENQUIRIES) * last["columns us"] * 1e-6 / 3600
    print(f"{CARDS:,} x {ENQUIRIES:,}: tasks {tasks:,.0f} core hours, driver {driver:,.1f} hours, each worker's index "
          f"{ENQUIRIES * last['index us'] * 1e-6 / 60:,.1f} min; driver {CARDS * last['driver bytes'] / 1e9:,.1f} GB of columns, "
          f"worker {ENQUIRIES * last['worker bytes'] / 1e9:,.2f} GB")  # fmt: skip
    if options.spark:
        from homeward.matching.engines.spark import spark  # noqa: PLC0415 - an extra.

        left, right = lists(sizes[0])
        spark_engine = spark("local[2]", rows=sizes[0] // 8)
        match_columns({key: column[:500] for key, column in left.items()}, right, engine=spark_engine)  # Starts Spark.
        for name, engine in (("spark local[2]", spark_engine), ("here", None)):
            began = time.perf_counter()
            found = match_columns(left, right, engine=engine)
            print(
                f"{name}: {time.perf_counter() - began:.1f} s by the clock, {len(found):,} pairs, {found.bits.sum():.6f} bits in all"
            )


if __name__ == "__main__":
    main()
