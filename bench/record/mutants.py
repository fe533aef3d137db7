"""A hundred thousand falsified records: how many are found, and how many at their very line.

    python bench/record/mutants.py [HOW_MANY] [PROCESSES]

Every mutant comes from a seed, so that a miss can be made again. The kinds are those of `tests/record/tampering.py`. Each mutant is
checked twice: with the leaf file of the good record, and with one that was made to fit the falsified lines. The check of a signature,
which depends on nothing but its bytes, is done once for the same bytes; all else is done anew for every mutant.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.record.tampering import KINDS, Sample, put_in_an_act_with_the_real_key
from tests.record.test_tampering import make_sample

from homeward.record import leaf_hash, note, pool, verify

COLUMNS = ("made", "found", "located", "found without leaf file")


@lru_cache
def good_sample() -> Sample:
    """The record that is falsified, made once in each process."""
    # Under every name that it is called by: for heads and for acts.
    note.verify_signed = pool.verify_signed = lru_cache(maxsize=1 << 16)(note.verify_signed)  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as folder:
        return make_sample(Path(folder))


def check(numbers: range) -> dict[str, Counter[str]]:
    """Make and check the mutants of these numbers."""
    counts: dict[str, Counter[str]] = {column: Counter() for column in COLUMNS}
    sample = good_sample()
    for number in numbers:
        kind = KINDS[number % len(KINDS)]
        name = kind.__name__
        lines, place = kind(sample, Random(f"bench {name} {number}"))
        record = sample.with_lines(lines)
        verdict = verify(record, workers=1)
        fitted = replace(record, leaves=b"".join(map(leaf_hash, lines)))
        # A true act by its true author behind all others is no falsification; it is just not cosigned yet.
        genuine = kind is put_in_an_act_with_the_real_key and place == len(sample.lines)
        counts["made"][name] += 1
        counts["found"][name] += verdict.kind == "changed"
        counts["located"][name] += verdict.index == place
        counts["found without leaf file"][name] += verify(fitted, workers=1).kind == ("incomplete" if genuine else "changed")
    return counts


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    processes = int(sys.argv[2]) if len(sys.argv) > 2 else os.cpu_count() or 1
    start = time.perf_counter()
    totals: dict[str, Counter[str]] = {column: Counter() for column in COLUMNS}
    parts = [range(first, min(first + 1000, wanted)) for first in range(0, wanted, 1000)]
    with ProcessPoolExecutor(processes) as executor:
        for done, counts in enumerate(executor.map(check, parts), 1):
            for column in COLUMNS:
                totals[column].update(counts[column])
            print(f"{done} of {len(parts)} thousands", file=sys.stderr)
    print(f"{'kind':45}" + "".join(f"{column:>25}" for column in COLUMNS))
    for name in [kind.__name__ for kind in KINDS]:
        print(f"{name:45}" + "".join(f"{totals[column][name]:25}" for column in COLUMNS))
    print(f"{'all':45}" + "".join(f"{totals[column].total():25}" for column in COLUMNS))
    print(f"{time.perf_counter() - start:.0f} s in {processes} processes")
    sys.exit(0 if all(totals[column] == totals["made"] for column in COLUMNS) else 1)


if __name__ == "__main__":
    main()
