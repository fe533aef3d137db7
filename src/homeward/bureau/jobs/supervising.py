"""Keeping workers beside a server: one process for each kind of job, started when one waits, ended by itself when none came for long.

    with workers(folder):
        …                # the server runs; its requests only ask

A process and no thread, because Python computes in one thread at a time: a comparison of 20,000 people beside the handover desk would
make every tick wait for it. And memory: what a long job took goes back to the machine when its worker ends.
"""

from __future__ import annotations

import logging
import os
import secrets
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import Error as DatabaseFault
from django.db import connection

from homeward.bureau.jobs import services
from homeward.bureau.jobs.kinds import KINDS
from homeward.bureau.jobs.working import keep_workers

log = logging.getLogger(__name__)

#: Seconds between two looks for jobs that wait.
LOOK = 0.5
#: A kind whose worker could not even start is not tried again at every look.
_PAUSE_AFTER_A_FALL = 5.0
_STOPPING = 5.0


@dataclass
class _Worker:
    """A process and the token by which it holds jobs."""

    process: subprocess.Popen[bytes]
    token: str


@dataclass
class _Keeper:
    """The thread that keeps the workers."""

    folder: Path
    over: threading.Event = field(default_factory=threading.Event)
    workers: dict[str, _Worker] = field(default_factory=dict)

    def run(self) -> None:
        pause = 0.0
        while not self.over.wait(max(LOOK, pause)):
            pause = 0.0
            try:
                fallen = [kind for kind in KINDS if not self._look(kind)]
                pause = _PAUSE_AFTER_A_FALL if fallen else 0.0
            except DatabaseFault:
                log.exception("jobs cannot be looked for")
                pause = _PAUSE_AFTER_A_FALL
        connection.close()

    def _look(self, kind: str) -> bool:
        """Start a worker where one is wanted. False when the last one fell."""
        worker = self.workers.get(kind)
        ended = worker.process.poll() if worker is not None else None
        if worker is not None and ended is None:
            return True
        if worker is not None:
            del self.workers[kind]
            if ended:
                log.warning("a worker of jobs has fallen")
                services.release(worker.token)
                return False
        if services.waits(kind):
            self.workers[kind] = _started(self.folder, kind)
        return True

    def stop(self) -> None:
        for worker in self.workers.values():
            assert worker.process.stdin is not None, "opened as a pipe"
            worker.process.stdin.close()
        for worker in self.workers.values():
            try:
                worker.process.wait(_STOPPING)
            except subprocess.TimeoutExpired:
                worker.process.kill()
                worker.process.wait()
            # The next start need not wait for the lease to run out.
            services.release(worker.token)


@contextmanager
def workers(folder: Path) -> Iterator[None]:
    """Keep workers for the node in this folder while the block lasts."""
    keep_workers()
    keeper = _Keeper(folder)
    thread = threading.Thread(target=keeper.run, name="jobs", daemon=True)
    thread.start()
    try:
        yield
    finally:
        keeper.over.set()
        thread.join(_STOPPING)
        keeper.stop()


def _started(folder: Path, kind: str) -> _Worker:
    token = secrets.token_hex(16)
    process = subprocess.Popen(  # noqa: S603 - our own program.
        [sys.executable, "-m", "homeward.bureau.jobs.worker", kind, token],
        stdin=subprocess.PIPE,
        env={**os.environ, "HOMEWARD_NODE": str(folder.absolute()), "DJANGO_SETTINGS_MODULE": "homeward.bureau.node.settings"},
    )
    return _Worker(process, token)
