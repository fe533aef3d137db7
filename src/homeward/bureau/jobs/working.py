"""Doing jobs: take one, do it while a second thread renews its lease, say how it ended, take the next.

see_to(READ)     after asking: done at once, inside the request, where nobody keeps workers; otherwise nothing
work_off(READ)   do all that wait of this kind
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import Error as DatabaseFault
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import override

from homeward.bureau.access.models import User
from homeward.bureau.access.policy import may
from homeward.bureau.jobs import services
from homeward.bureau.jobs.kinds import KINDS
from homeward.bureau.jobs.models import Job
from homeward.bureau.jobs.services import JobError, NotOursError
from homeward.people import Progress

log = logging.getLogger(__name__)

#: Progress is written no more often than this, in seconds.
_OFTEN = 0.5

#: Whether this process, or one that it keeps, does the jobs. Without workers they are done inside the request.
_kept = threading.Event()


@dataclass
class Work:
    """One job in a worker's hands, as the code of its kind sees it."""

    job: Job
    _told: float = field(default=0.0, repr=False)

    @property
    def by(self) -> User:
        """Who asked."""
        return self.job.by

    @property
    def asked(self) -> Mapping[str, Any]:
        """What was asked for."""
        found: Mapping[str, Any] = self.job.asked
        return found

    def step(self, name: str) -> Progress:
        """Progress of one step, whatever the code below calls its own. Raises `NotOursError` when the job is another's by now."""
        services.tell(self.job, name, 0, 0)

        def tell(step: str, done: int, total: int) -> None:  # noqa: ARG001 - the inner step's name gives way.
            if time.monotonic() - self._told >= _OFTEN:
                self._told = time.monotonic()
                services.tell(self.job, name, done, total)

        return tell

    def so_far(self, name: str, rows: int, total: int) -> None:
        """Say how far it is, in the transaction of what was done: that is undone when the job is another's by now."""
        services.tell(self.job, name, rows, total)

    def done(self, about: str) -> None:
        """The job is done, in the transaction of its last writing: that is undone when the job is another's by now."""
        services.settle(self.job, about)


def keep_workers() -> None:
    """From now on somebody else does this process's jobs."""
    _kept.set()


def see_to(kind: str) -> None:
    """After asking: do it now, where nobody keeps workers."""
    if not _kept.is_set():
        work_off(kind)


def work_off(kind: str, token: str | None = None, *, beating: bool = False, stop: Callable[[], bool] = lambda: False) -> int:
    """Do every job of this kind that waits; gives how many. `beating`: renew leases by a thread of their own."""
    count = 0
    while not stop() and services.waits(kind):
        job = services.claim(kind, token or secrets.token_hex(16))
        if job is None:
            break
        with _beating(job) if beating else _still():
            _do(job)
        count += 1
    return count


def _do(job: Job) -> None:
    """Do one job; whatever goes wrong with it is told in its row."""
    kind = KINDS[job.kind]
    try:
        with override(job.language):
            if not any(may(job.by, each) for each in kind.permissions):
                _fail(job, _("Your role no longer lets you do this. Ask the administrator, then ask again."))
                return
            try:
                kind.do(Work(job))
            except JobError as error:
                _fail(job, str(error))
    except NotOursError:
        log.warning("a job was taken by another worker")  # What this one was writing is undone.
    except DatabaseFault:
        # The database went away or was locked too long: the lease runs out, and the job is begun again.
        log.exception("a job was cut off by the database")
        services.release(job.holder)
    except Exception:
        log.exception("a job failed by a fault of the program")
        with override(job.language):
            why = _(
                "The program has failed at this. Nothing half-done was kept. Give the administrator the number of this job: "
                "the node's log says what happened at this time."
            )
        _fail(job, why)


def _fail(job: Job, why: str) -> None:
    try:
        services.fail(job, why)
    except NotOursError:
        log.warning("a job was taken by another worker")


@contextmanager
def _still() -> Iterator[None]:
    yield


@contextmanager
def _beating(job: Job) -> Iterator[None]:
    """Renew the lease while the block lasts."""
    over = threading.Event()

    def beat() -> None:
        try:
            while not over.wait(services.BEAT):
                try:
                    if not services.beat(job):
                        return
                except DatabaseFault:
                    # Locked for a moment: the lease is five beats long.
                    log.warning("a lease could not be renewed")
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
