"""Fifty tablets on one node with SQLite: every tick counts once, though the node is killed twice on the way; and how long a tick takes.

python bench/load/run.py                     the whole load, with times, a few minutes; exit 1 when a tick is lost or doubled
python bench/load/run.py --small             five tablets, one kill, correctness alone; this is what the tests run
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import sqlite3
import sys
import tempfile
import threading
import time
from importlib import import_module
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent))

from node import Server, make
from tablet import Measured, Tablet


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tablets", type=int, default=50)
    parser.add_argument("--people", type=int, default=43, help="people at each tablet's vehicle")
    parser.add_argument("--pace", type=float, default=5.0, help="seconds between two taps at one tablet, on average")
    parser.add_argument("--kills", type=int, default=2)
    parser.add_argument("--threads", type=int, default=8, help="threads of the server, as `homeward serve --threads`")
    parser.add_argument("--seed", default="load")
    parser.add_argument("--folder", type=Path, help="where to make the node; a temporary folder if not given")
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if given.small:
        given.tablets, given.people, given.pace, given.kills = 5, 12, 0.15, 1
    with tempfile.TemporaryDirectory(prefix="homeward-load-") as temporary:
        return _run(given, given.folder or Path(temporary) / "node")


def _run(given: argparse.Namespace, folder: Path) -> int:
    desks = make(folder, tablets=given.tablets, people=given.people)
    server = Server(folder, threads=given.threads)
    measured = Measured()
    peers = Peers(folder, server.port)
    try:
        starts = [server.start()]
        tablets = [
            Tablet(desk, server, pace=given.pace, seed=f"{given.seed} {number}", measured=measured)
            for number, desk in enumerate(desks)
        ]
        began = time.monotonic()
        for tablet in tablets:
            tablet.start()
        if not given.small:
            peers.start()
        cpu = _kill_on_the_way(server, tablets, given, starts)
        for tablet in tablets:
            tablet.join(600)
            if tablet.error is not None:
                raise tablet.error
            assert not tablet.is_alive(), "a tablet has not come to its end within ten minutes"
        took = time.monotonic() - began
        peers.stop()
        cpu += server.cpu_seconds()
    finally:
        server.stop()
    problems: list[str] = import_module("checking").check(tablets)
    report = _report(given, measured, peers, starts=starts, took=took, cpu=cpu, ticks=sum(len(each.sent) for each in tablets))
    print(json.dumps({**report, "problems": problems}, indent=1) if given.json else _text(report, problems, small=given.small))
    return 1 if problems else 0


def _kill_on_the_way(server: Server, tablets: list[Tablet], given: argparse.Namespace, starts: list[float]) -> float:
    """Kill the node when a third (and two thirds) of the ticks are answered, and start it again. Gives the CPU time it had used."""
    all_ticks = given.tablets * given.people
    used = 0.0
    for number in range(1, given.kills + 1):
        while sum(len(tablet.verdicts) for tablet in tablets) < all_ticks * number / (given.kills + 1):
            dead = [tablet.error for tablet in tablets if tablet.error is not None]
            if dead:
                raise dead[0]
            time.sleep(0.01)
        used += server.cpu_seconds()
        server.kill()
        starts.append(server.start())
    return used


class Peers(threading.Thread):
    """Measured in the same run, beside the load: a bare SQLite insert committed to the same disk, and a view that does next to nothing."""

    def __init__(self, folder: Path, port: int) -> None:
        super().__init__(daemon=True)
        self.folder, self.port = folder, port
        self.inserts: list[float] = []
        self.views: list[float] = []
        self._ended = threading.Event()

    def run(self) -> None:
        database = sqlite3.connect(self.folder / "peer.sqlite3", isolation_level=None)
        database.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE tick (key BLOB UNIQUE, at TEXT);"
        )
        while not self._ended.wait(0.2):
            began = time.monotonic()
            database.execute("INSERT INTO tick VALUES (?, datetime('now'))", (os.urandom(16),))
            self.inserts.append(time.monotonic() - began)
            self._view()
        database.close()

    def _view(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.connect()
            began = time.monotonic()
            connection.request("GET", "/health")
            answer = connection.getresponse()
            answer.read()
            if answer.status == 200:
                self.views.append(time.monotonic() - began)
        except (OSError, http.client.HTTPException):
            pass  # The node is down at times, on purpose.
        finally:
            connection.close()

    def stop(self) -> None:
        self._ended.set()
        if self.is_alive():
            self.join(10)


def _report(
    given: argparse.Namespace, measured: Measured, peers: Peers, *, starts: list[float], took: float, cpu: float, ticks: int
) -> dict[str, float | int]:
    report: dict[str, float | int] = {
        "tablets": given.tablets,
        "ticks": ticks,
        "seconds": round(took, 1),
        "ticks_per_second": round(ticks / took, 1),
        "kills": given.kills,
        "longest_start_s": round(max(starts), 1),
        "requests_failed": measured.failed,
        "ticks_sent_again_without_reading_the_answer": measured.resent,
        "server_cpu_ms_per_tick": round(cpu / ticks * 1000, 1),
    }
    for name, found in (
        ("request", measured.requests),
        ("tap", measured.taps),
        ("insert", peers.inserts),
        ("view", peers.views),
    ):
        if found:
            report |= {
                f"{name}_p50_ms": _ms(median(found)),
                f"{name}_p99_ms": _ms(_at(found, 0.99)),
                f"{name}_max_ms": _ms(max(found)),
            }
    for name, found in (("insert", peers.inserts), ("view", peers.views)):
        if found:
            report[f"request_to_{name}_p50"] = round(median(measured.requests) / median(found), 2)
    return report


def _at(found: list[float], share: float) -> float:
    """The value that this share of the values does not exceed."""
    return sorted(found)[min(len(found) - 1, int(len(found) * share))]


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


def _text(report: dict[str, float | int], problems: list[str], *, small: bool) -> str:
    hidden = ("_ms", "_p50", "seconds", "_s", "per_second") if small else ()
    rows = [
        f"{name.replace('_', ' '):<48}{value:>12}"
        for name, value in report.items()
        if not name.endswith(tuple(hidden) or ("\0",))
    ]
    told = (
        [f"{len(problems)} problems", *problems[:20]] if problems else ["none lost, none doubled, everybody stands as ticked"]
    )
    return "\n".join([*rows, *told])


if __name__ == "__main__":
    raise SystemExit(main())
