"""How long a durable append takes, against a bare write and fdatasync of as many bytes, interleaved in one run.

    python bench/record/append_speed.py [APPENDS]

Ways, in turn:

    bare file      write and fdatasync, to a file that grows
    bare SQLite    one INSERT of the same bytes into a table of two columns, in WAL mode with synchronous=FULL: what the database costs
    durable        the store as if the line had been checked before: form, order, tree and disk, but no signature
    append         the store with every check

First in blocks of 100 of each in turn, as a keeper of the log would append; then one of each in turn, where every way finds the
disk and the core's memory as the others have left them. On a busy machine the lower quartile says most. Then what acts cost that
come by the parcel, in one transaction, as all of ours do: parcels of 1 to 100.

    python bench/record/append_speed.py --exchange [PEOPLE]

rehearses a whole exchange (`homeward demo`), and times every parcel that the keeper of the log appends, of whatever size it comes,
against a bare write and fdatasync for each of the same lines, made at once afterwards.
"""

from __future__ import annotations

import importlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.record.world import World, grown_world

from homeward.record import LineError, RefusedActError, Store
from homeward.record.tables import connect
from homeward.rehearsal import demo

growth = importlib.import_module("homeward.record.growth")
BLOCK = 100
PARCELS = (1, 2, 3, 5, 10, 100)
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


def parcels(world: World, ways: dict[str, Callable[[], object]], lines: Iterator[bytes], appends: int) -> None:
    for size in PARCELS:
        found, bare = [], []
        for _ in range(max(1, appends // (size * len(PARCELS)))):
            parcel = [next(lines) for _ in range(size)]
            start = time.perf_counter()
            added, fault = world.log.extend(parcel)
            found.append(time.perf_counter() - start)
            assert (added, fault) == (size, None)
            start = time.perf_counter()
            for _ in range(size):
                ways[FLOOR]()
            bare.append(time.perf_counter() - start)
        ratio = statistics.median([one / other for one, other in zip(bare, found, strict=True)])
        each = statistics.median(found) / size * 1e6
        print(
            f"a parcel of {size}, each act checked, on disk at once: {each:.0f} us an act; rate against the bare file {ratio:.2f}"
        )


def exchange(people: int) -> None:
    """Every parcel of a rehearsed exchange, timed where the log appends it."""
    taken: list[tuple[int, float, float]] = []
    extend = Store.extend
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        raw = os.open(Path(folder) / "raw", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

        def timed(self: Any, lines: Sequence[bytes]) -> tuple[int, LineError | RefusedActError | None]:
            start = time.perf_counter()
            added, fault = extend(self, lines)
            appended = time.perf_counter()
            for line in lines[:added]:
                os.write(raw, line)
                os.fdatasync(raw)
            taken.append((added, appended - start, time.perf_counter() - appended))
            return added, fault

        Store.extend = timed  # type: ignore[method-assign]
        demo(Path(folder) / "demo", people=people, progress=lambda *_: None)
        Store.extend = extend  # type: ignore[method-assign]
        os.close(raw)
    for least, most in ((0, 1), (2, 9), (10, 10**9), (0, 10**9)):
        some = [each for each in taken if least <= each[0] <= most]
        acts, found, bare = (sum(column) for column in zip(*some, strict=True))
        name = "all" if (least, most) == (0, 10**9) else f"of {least} to {most}" if most < 10**9 else f"of {least} and more"
        print(f"parcels {name}: {len(some)} with {acts} acts, {found:.3f} s; rate against the bare file {bare / found:.2f}")


def main() -> None:
    if "--exchange" in sys.argv:
        exchange(int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
        print(f"load {os.getloadavg()[0]:.1f}")
        return
    appends = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        world = grown_world(Path(folder), rounds=1)
        with world.stores["SIDE-A"].batch():
            lines = iter([world.write("SIDE-A/officer-1", number=number) for number in range(5 * appends)])
        ways = ways_of(Path(folder), world.log, lines)
        measure(ways, appends, BLOCK)
        measure(ways, appends, 1)
        parcels(world, ways, lines, appends)
        print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
