"""Durable appends per second, against a bare write and fdatasync of the same bytes, interleaved in one run.

python bench/record/append_speed.py [APPENDS] [ROUNDS]
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.record.world import grown_world


def main() -> None:
    appends = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        world = grown_world(Path(folder), rounds=1)
        lines = [world.write("SIDE-A/officer-1", number=number) for number in range(appends * rounds)]
        raw = os.open(Path(folder) / "raw", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        bare, ours = [], []
        for number in range(rounds):
            part = lines[number * appends : (number + 1) * appends]
            start = time.perf_counter()
            for line in part:
                os.write(raw, line + b"\n")
                os.fdatasync(raw)
            bare.append(appends / (time.perf_counter() - start))
            start = time.perf_counter()
            for line in part:
                world.log.append(line)
            ours.append(appends / (time.perf_counter() - start))
        print(f"bare write and fdatasync: median {statistics.median(bare):.0f} a second")
        print(f"append, with every check: median {statistics.median(ours):.0f} a second")
        print(f"ratio: median {statistics.median(one / other for one, other in zip(ours, bare, strict=True)):.2f}")


if __name__ == "__main__":
    main()
