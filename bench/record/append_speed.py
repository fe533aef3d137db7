"""Durable appends per second, against a bare write and fdatasync of the same bytes, interleaved in one run.

    python bench/record/append_speed.py [APPENDS]

Three ways in turn: the bare file; the store with every check (form, keys, order, signature, tree); and the store as if the line
had been checked before, which is what durability alone costs. One of each in turn; on a busy machine the lower quartile says most.
"""

from __future__ import annotations

import importlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.record.world import grown_world

store_module = importlib.import_module("homeward.record.store")


def main() -> None:
    appends = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    real = store_module._require_signed
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        world = grown_world(Path(folder), rounds=1)
        with world.stores["SIDE-A"].batch():
            lines = iter([world.write("SIDE-A/officer-1", number=number) for number in range(2 * appends)])
        raw = os.open(Path(folder) / "raw", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

        def bare(line: bytes) -> None:
            os.write(raw, line + b"\n")
            os.fdatasync(raw)

        ways: dict[str, Callable[[bytes], object]] = {
            "bare write and fdatasync": bare,
            "append, with every check": world.log.append,
            "append, durability alone": world.log.append,
        }
        times: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(appends):
            for name, way in ways.items():
                # Only the length of the bytes matters to the bare file.
                line = b"x" * 420 if way is bare else next(lines)
                store_module._require_signed = (lambda *_: None) if name.endswith("durability alone") else real  # type: ignore[attr-defined]
                start = time.perf_counter()
                way(line)
                times[name].append(time.perf_counter() - start)
        floor = sorted(times["bare write and fdatasync"])
        quarter = len(floor) // 4
        for name, found in times.items():
            found.sort()
            ratios = [
                sum(floor) / sum(found),
                statistics.median(floor) / statistics.median(found),
                floor[quarter] / found[quarter],
            ]
            print(
                f"{name}: median {statistics.median(found) * 1e6:5.0f} µs; "
                f"rate against the bare file: all {ratios[0]:.2f}, median {ratios[1]:.2f}, lower quartile {ratios[2]:.2f}"
            )
        print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
