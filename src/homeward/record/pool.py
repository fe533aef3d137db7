"""Checking many signatures on all cores.

Each signature is checked alone; checking in batches would accept other signatures than the format's rule does.

Up to a few thousand signatures, threads suffice: libsodium works outside Python's lock. In a long record the lines are read at the
same time, in Python, and threads would wait for that lock after every signature. So there, where the system can copy a process
(Linux, one thread), copies of this process check; see `helpers`.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from operator import attrgetter

from homeward.record.helpers import Helper
from homeward.record.note import ED25519, Verifier, verify_signed

#: A number of the caller's, an Ed25519 public key, and the signature with the signed bytes behind it.
Job = tuple[int, bytes, bytes]
CHUNK = 64
#: How many bytes may wait for each helper. About 20 ms of work: long enough that none runs dry while the lines are read, and so
#: short that all end together, though one of them shares its core with the reading.
_AHEAD = 1 << 17
#: From this many signatures on, copying a process costs less than it saves.
WORTH_A_PROCESS = 4096
_WORTH_ONE_COPY = 256
_waiting = attrgetter("waiting")


def first_false(jobs: Sequence[Job]) -> int | None:
    """The number of the first job whose signature is false; None if all are good."""
    for number, public, signed in jobs:
        if not verify_signed(public, signed):
            return number
    return None


def can_copy() -> bool:
    """Whether this process may be copied: where the system can, and where no other thread is left behind in the copy."""
    return sys.platform == "linux" and threading.active_count() == 1


class Aside:
    """Signatures that are checked in one copy of this process while it does something else, where that can be."""

    def __init__(self, jobs: list[Job]) -> None:
        self._jobs = jobs
        self._helper: Helper | None = None
        if len(jobs) >= _WORTH_ONE_COPY and (os.cpu_count() or 1) > 1 and can_copy():
            self._helper = Helper(first_false)
            for start in range(0, len(jobs), CHUNK):
                self._helper.send(jobs[start : start + CHUNK])

    def all_good(self) -> bool:
        """Wait, and say whether every one of them is good."""
        if self._helper is None:
            return first_false(self._jobs) is None
        try:
            return self._helper.finish() is None
        finally:
            self.close()

    def close(self) -> None:
        if self._helper is not None:
            self._helper.close()


class Pool:
    """Takes jobs as they come and reports the lowest number of a false signature in the end."""

    def __init__(self, workers: int | None = None, expected: int = 0) -> None:
        count = workers or os.cpu_count() or 1
        copies = expected >= WORTH_A_PROCESS and count > 1 and can_copy()
        self._helpers: list[Helper] = []
        if copies:
            for _ in range(count):
                self._helpers.append(Helper(first_false, self._helpers, _AHEAD))
        # With one thread the caller checks by itself: starting a thread costs more than a few signatures.
        self._executor = ThreadPoolExecutor(count) if count > 1 and not copies else None
        self._pending: list[Future[int | None]] = []
        #: What waits to be sent; whoever adds to it directly calls `flush` when there are `CHUNK`.
        self.jobs: list[Job] = []
        self._false: list[int] = []

    def add(self, number: int, key: Verifier, message: bytes, body: bytes) -> None:
        """`number` is what the caller wants to hear if `body` is not the signature of `key` over `message`."""
        assert key.kind == ED25519, "acts are signed with Ed25519 alone"
        assert len(body) == 64, "a line whose signature has another length is no act"
        self.jobs.append((number, key.public, body + message))
        if len(self.jobs) >= CHUNK:
            self.flush()

    def add_all(self, jobs: Sequence[Job]) -> None:
        """Many at once, each with the 64 bytes of its signature before what was signed; nothing at all is no signature."""
        self.flush()
        for start in range(0, len(jobs), CHUNK):
            self.jobs = list(jobs[start : start + CHUNK])
            self.flush()

    def finish(self) -> int | None:
        """Wait for all. The lowest number whose signature is false, or None."""
        self.flush()
        self._collect(0)
        self._false += [number for helper in self._helpers if (number := helper.finish()) is not None]
        return min(self._false, default=None)

    def close(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
        for helper in self._helpers:
            helper.close()

    def flush(self) -> None:
        """Check what waits now, or as soon as there is time."""
        jobs, self.jobs = self.jobs, []
        if not jobs:
            return
        if self._helpers:
            min(self._helpers, key=_waiting).send(jobs)
        elif self._executor is None:
            self._note(first_false(jobs))
        else:
            self._pending.append(self._executor.submit(first_false, jobs))
            # Enough to keep every core busy; more would only hold the lines in memory.
            self._collect(64)

    def _collect(self, leave: int) -> None:
        while len(self._pending) > leave:
            self._note(self._pending.pop(0).result())

    def _note(self, false: int | None) -> None:
        if false is not None:
            self._false.append(false)


@contextmanager
def signature_pool(workers: int | None = None, expected: int = 0) -> Iterator[Pool]:
    """A `Pool` whose threads or processes end with the block. `expected`: about how many signatures will come."""
    pool = Pool(workers, expected)
    try:
        yield pool
    finally:
        pool.close()
