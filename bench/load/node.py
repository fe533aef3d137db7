"""A node with a stage's manifest, officers who are signed in, and nothing else: made in a fresh folder, served by `homeward serve`."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from homeward.bureau.node.folder import Identity
from homeward.bureau.node.starting import lay_folder, set_up


@dataclass
class Desk:
    """What one tablet needs: its session, its vehicle, its people in the order of their seats."""

    cookie: str
    manifest: int
    place: int
    people: list[str] = field(default_factory=list)


def make(folder: Path, *, tablets: int, people: int) -> list[Desk]:
    """Make the node: one vehicle of so many people for each tablet, and one officer at each."""
    lay_folder(folder, Identity("UA", "Load", demo=True))
    set_up(folder)
    desks: list[Desk] = import_module("filling").fill(folder, tablets=tablets, people=people)
    return desks


class Server:
    """`homeward serve` on this folder, which can be killed as a power cut would, and started again at the same port."""

    def __init__(self, folder: Path, *, threads: int) -> None:
        with socket.create_server(("127.0.0.1", 0)) as held:
            self.port = int(held.getsockname()[1])
        asked = ["--port", str(self.port), "--threads", str(threads), "--json"]
        self._command = [sys.executable, "-m", "homeward", "serve", str(folder), *asked]
        self._log = (folder / "server.log").open("ab")
        self._process: subprocess.Popen[bytes] | None = None
        #: Set while the node answers.
        self.up = threading.Event()

    def start(self) -> float:
        """Start it and wait until it answers. Gives the seconds that took."""
        began = time.monotonic()
        self._process = subprocess.Popen(self._command, stdout=self._log, stderr=self._log)
        while not self._answers():
            assert self._process.poll() is None, "the server did not start; see server.log in the node's folder"
            assert time.monotonic() - began < 120, "the server did not answer within two minutes"
            time.sleep(0.05)
        self.up.set()
        return time.monotonic() - began

    def kill(self) -> None:
        """SIGKILL: nothing is finished, flushed or closed."""
        assert self._process is not None, "started before"
        self.up.clear()
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """SIGTERM."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(20)
        self._log.close()

    def cpu_seconds(self) -> float:
        """CPU time of the running server so far."""
        assert self._process is not None, "started before"
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=1) as answer:
                return all(json.load(answer).values())
        except OSError:
            return False
