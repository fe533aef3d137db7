"""Durable appends per second, against a bare write and fdatasync of the same bytes, interleaved in one run.

    python bench/record/append_speed.py [APPENDS] [ROUNDS]

Three ways in turn: the bare file; the store with every check (form, keys, order, signature, tree); and the store as if the line
had been checked before, which is what durability alone costs.
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
    appends = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 9
    real = store_module._require_signed
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        world = grown_world(Path(folder), rounds=1)
        lines = iter([world.write("SIDE-A/officer-1", number=number) for number in range(appends * rounds * 2)])
        raw = os.open(Path(folder) / "raw", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

        def bare(line: bytes) -> None:
            os.write(raw, line + b"\n")
            os.fdatasync(raw)

        ways: dict[str, Callable[[bytes], object]] = {
            "bare write and fdatasync": bare,
            "append, with every check": world.log.append,
            "append, durability alone": world.log.append,
        }
        rates: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(rounds):
            for name, way in ways.items():
                # The bare file takes the bytes of the round before: only their length matters to it.
                part = [next(lines) for _ in range(appends)] if way is not bare else [b"x" * 420] * appends
                store_module._require_signed = (lambda *_: None) if name.endswith("durability alone") else real  # type: ignore[attr-defined]
                start = time.perf_counter()
                for line in part:
                    way(line)
                rates[name].append(appends / (time.perf_counter() - start))
        floor = rates["bare write and fdatasync"]
        for name, found in rates.items():
            ratio = statistics.median(one / other for one, other in zip(found, floor, strict=True))
            print(f"{name}: median {statistics.median(found):6.0f} a second, ratio {ratio:.2f}")
        print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
