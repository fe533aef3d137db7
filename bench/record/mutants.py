"""A hundred thousand falsified records: how many are found, and how many at their very line.

    python bench/record/mutants.py [HOW_MANY]

Every mutant comes from a seed, so that a miss can be made again. The kinds are those of `tests/record/tampering.py`.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.record.tampering import KINDS, put_in_an_act_with_the_real_key
from tests.record.test_tampering import make_sample

from homeward.record import leaf_hash, verify


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        sample = make_sample(Path(folder))
        found: Counter[str] = Counter()
        located: Counter[str] = Counter()
        without_leaves: Counter[str] = Counter()
        made: Counter[str] = Counter()
        for number in range(wanted):
            kind = KINDS[number % len(KINDS)]
            lines, place = kind(sample, Random(f"bench {kind.__name__} {number}"))
            record = sample.with_lines(lines)
            verdict = verify(record, workers=1)
            made[kind.__name__] += 1
            found[kind.__name__] += verdict.kind == "changed"
            located[kind.__name__] += verdict.index == place
            fitted = replace(record, leaves=b"".join(leaf_hash(line) for line in lines))
            again = verify(fitted, workers=1)
            # A true act by its true author behind all others is no falsification; it is just not cosigned yet.
            genuine = kind is put_in_an_act_with_the_real_key and place == len(sample.lines)
            without_leaves[kind.__name__] += again.kind == ("incomplete" if genuine else "changed")
    print(f"{'kind':45} {'made':>7} {'found':>7} {'located':>8} {'found, leaf file made to fit':>29}")
    for name, count in made.items():
        print(f"{name:45} {count:7} {found[name]:7} {located[name]:8} {without_leaves[name]:29}")
    print(f"{'all':45} {made.total():7} {found.total():7} {located.total():8} {without_leaves.total():29}")
    print(f"{time.perf_counter() - start:.0f} s")
    sys.exit(0 if made == found == located == without_leaves else 1)


if __name__ == "__main__":
    main()
