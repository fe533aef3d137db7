"""Three servers on this machine, started together and stopped together."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from homeward.bureau.demo.laying import SEED_FILE
from homeward.bureau.node.folder import NodeError
from homeward.people import Progress

_SEEDED = "seeded"
_PATIENCE = 60


def seed_all(nodes: Mapping[str, Path], ports: Mapping[str, int], progress: Progress) -> None:
    """Fill every node's database that was not filled yet, all nodes at the same time. Raises `NodeError`."""
    waiting = {code: folder for code, folder in nodes.items() if not (folder / _SEEDED).exists()}
    if not waiting:
        return
    progress("filling the nodes: officers, registers, review desks", 0, 0)
    started = {}
    for code, folder in waiting.items():
        # A cut-off filling starts again from nothing; the office's folder is older and stays.
        for path in folder.glob("node.sqlite3*"):
            path.unlink()
        words = [sys.executable, "-m", "homeward.bureau.demo.seeding", str(folder), json.dumps(dict(ports))]
        started[code] = subprocess.Popen(words, env=_environment(folder), stderr=subprocess.PIPE)  # noqa: S603 - our own program.
    for code, process in started.items():
        _, told = process.communicate()
        if process.returncode:
            last = told.decode("utf-8", "replace").strip().rpartition("\n")[2]
            raise NodeError(f"{nodes[code]}: the demo node could not be filled ({last}); remove the folder and try again")
        (nodes[code] / _SEEDED).touch()
        (nodes[code] / SEED_FILE).unlink(missing_ok=True)


@contextmanager
def serving(nodes: Mapping[str, Path], ports: Mapping[str, int]) -> Iterator[dict[str, str]]:
    """The nodes' servers while the block lasts. Gives party → address, once all of them answer. Raises `NodeError`."""
    started: list[subprocess.Popen[bytes]] = []
    try:
        for code, folder in nodes.items():
            words = [sys.executable, "-m", "homeward", "serve", str(folder), "--port", str(ports[code]), "--json"]
            started.append(
                subprocess.Popen(words, env=_environment(folder), stdout=subprocess.DEVNULL)  # noqa: S603 - our own program.
            )
        for code, process in zip(nodes, started, strict=True):
            _wait_for(ports[code], process)
        yield {code: f"http://localhost:{ports[code]}/" for code in nodes}
    finally:
        for process in started:
            process.send_signal(signal.SIGTERM)
        for process in started:
            process.wait()


def wait_for_the_end() -> None:
    """Until somebody stops the program with Ctrl-C."""
    try:
        signal.pause()
    except KeyboardInterrupt:
        return


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise NodeError(f"the server for port {port} ended at once; is the port taken? Choose others with --port")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise NodeError(f"the server at port {port} does not answer")


def _environment(folder: Path) -> dict[str, str]:
    """The program's own surroundings, with this node and no other database."""
    kept = {
        name: value for name, value in os.environ.items() if name not in {"HOMEWARD_DATABASE", "HOMEWARD_TLS", "HOMEWARD_HOSTS"}
    }
    return {**kept, "HOMEWARD_NODE": str(folder.absolute())}
