"""Measure `homeward.matching.search` on invented people.

    python bench/matching/search_time.py [PEOPLE]

Each query is the name of one of them as another clerk writes it (another script, slips, parts missing or exchanged), every second
one with the year of birth. Times are of the processor and of the clock, for one query after another.
"""

from __future__ import annotations

import resource
import sys
import time
from random import Random

import numpy as np
import synthetic

from homeward.matching.search import build_index

QUERIES = 300


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rng = Random(5)
    world = synthetic.World("uk", people // 3, rng)
    columns: dict[str, list[str]] = {name: [] for name in synthetic.COLUMNS[1:5]}
    queries = []
    for k in range(people):
        one = world.human()
        for column, cell in zip(columns.values(), synthetic.row(one, world, "left", rng), strict=False):
            column.append(cell)
        if k % max(1, people // QUERIES) == 0:
            asked = synthetic.row(one, world, "right", rng)
            queries.append((k, " ".join([cell for cell in asked[:3] if cell] + [asked[3][:4]] * (k % 2))))
    cpu, wall = time.process_time(), time.perf_counter()
    index = build_index(columns)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"index: {time.process_time() - cpu:.1f} s CPU, {time.perf_counter() - wall:.1f} s, {memory:.2f} GB")
    times, first, among = [], 0, 0
    for row, query in queries:
        cpu, wall = time.process_time(), time.perf_counter()
        rows = [found.row for found in index.search(query, limit=10)]
        times.append((1e3 * (time.process_time() - cpu), 1e3 * (time.perf_counter() - wall)))
        first, among = first + (rows[:1] == [row]), among + (row in rows)
    for name, values in zip(("CPU", "clock"), np.array(times).T, strict=True):
        print(f"{name}: median {np.median(values):.0f} ms, 99th percentile {np.percentile(values, 99):.0f} ms")
    print(f"{len(queries)} queries: first {first / len(queries):.3f}, among ten {among / len(queries):.3f}")


if __name__ == "__main__":
    main()
