"""How long a durable append takes, against a bare write and fdatasync of as many bytes, interleaved in one run.

    python bench/record/append_speed.py [APPENDS]

Ways, in turn:

    bare file      write and fdatasync, to a file that grows
    bare SQLite    one INSERT of the same bytes into a table of two columns, in WAL mode with synchronous=FULL: what the database costs
    durable        the store as if the line had been checked before: form, order, tree and disk, but no signature
    append         the store with every check

First in blocks of 100 of each in turn, as a keeper of the log would append; then one of each in turn, where every way finds the
disk and the core's memory as the others have left them. On a busy machine the lower quartile says most. At last, what acts cost that
come by the parcel, 100 in one transaction, as all of ours do.
"""

from __future__ import annotations

import importlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.record.world import grown_world

from homeward.record import Store
from homeward.record.tables import connect

growth = importlib.import_module("homeward.record.growth")
BLOCK = 100
FLOOR = "bare file"


def ways_of(folder: Path, log: Store, lines: Iterator[bytes]) -> dict[str, Callable[[], object]]:
    """The four ways; each call appends one line."""
    raw = os.open(folder / "raw", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    plain = connect(folder / "plain.sqlite")
    plain.execute("CREATE TABLE line (i INTEGER PRIMARY KEY, line BLOB NOT NULL)")
    real = growth._require_signed
    # Only the length of the bytes matters to the bare ones.
    some = b"x" * 420

    def bare() -> None:
        os.write(raw, some + b"\n")
        os.fdatasync(raw)

    def durable() -> None:
        growth._require_signed = lambda *_: None  # type: ignore[attr-defined]
        log.append(next(lines))
        growth._require_signed = real  # type: ignore[attr-defined]

    return {
        FLOOR: bare,
        "bare SQLite": lambda: plain.execute("INSERT INTO line (line) VALUES (?)", (some,)),
        "durable": durable,
        "append": lambda: log.append(next(lines)),
    }


def measure(ways: dict[str, Callable[[], object]], appends: int, block: int) -> None:
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(appends // block):
        for name, way in ways.items():
            for _ in range(block):
                start = time.perf_counter()
                way()
                times[name].append(time.perf_counter() - start)
    print(f"{appends // block} times {block} of each in turn; rate against the bare file:")
    floor = sorted(times[FLOOR])
    quarter = len(floor) // 4
    for name, found in times.items():
        found.sort()
        print(
            f"  {name:12} median {statistics.median(found) * 1e6:5.0f} µs; all {sum(floor) / sum(found):.2f}, "
            f"median {statistics.median(floor) / statistics.median(found):.2f}, lower quartile {floor[quarter] / found[quarter]:.2f}"
        )


def main() -> None:
    appends = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        world = grown_world(Path(folder), rounds=1)
        with world.stores["SIDE-A"].batch():
            lines = iter([world.write("SIDE-A/officer-1", number=number) for number in range(5 * appends)])
        ways = ways_of(Path(folder), world.log, lines)
        measure(ways, appends, BLOCK)
        measure(ways, appends, 1)
        found, bare = [], []
        for _ in range(max(1, appends // BLOCK)):
            parcel = [next(lines) for _ in range(BLOCK)]
            start = time.perf_counter()
            added, fault = world.log.extend(parcel)
            found.append(time.perf_counter() - start)
            assert (added, fault) == (BLOCK, None)
            start = time.perf_counter()
            for _ in range(BLOCK):
                ways[FLOOR]()
            bare.append(time.perf_counter() - start)
        ratio = statistics.median([one / other for one, other in zip(bare, found, strict=True)])
        each = statistics.median(found) / BLOCK * 1e6
        print(
            f"a parcel of {BLOCK}, each act checked, on disk at once: {each:.0f} µs an act; rate against the bare file {ratio:.2f}"
        )
        print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
