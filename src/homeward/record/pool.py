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

from homeward.record.helpers import Helper
from homeward.record.note import ED25519, Verifier, verify_ed25519

#: Key, signed bytes, signature.
Job = tuple[Verifier, bytes, bytes]
_CHUNK = 256
#: From this many signatures on, copying a process costs less than it saves.
WORTH_A_PROCESS = 4096


def first_false(jobs: Sequence[Job]) -> int | None:
    """The number of the first job whose signature is false; None if all are good."""
    for number, (key, message, body) in enumerate(jobs):
        if not key.verify(message, body):
            return number
    return None


class Pool:
    """Takes jobs as they come and reports the lowest number of a false signature in the end."""

    def __init__(self, workers: int | None = None, expected: int = 0) -> None:
        count = workers or os.cpu_count() or 1
        copies = expected >= WORTH_A_PROCESS and count > 1 and sys.platform == "linux" and threading.active_count() == 1
        self._helpers: list[Helper] = []
        if copies:
            for _ in range(count):
                self._helpers.append(Helper(_false_number, self._helpers))
        # With one thread the caller checks by itself: starting a thread costs more than a few signatures.
        self._executor = ThreadPoolExecutor(count) if count > 1 and not copies else None
        self._pending: list[tuple[Future[int | None], list[int]]] = []
        self._jobs: list[Job] = []
        self._numbers: list[int] = []
        self._false: list[int] = []
        self._sent = 0

    def add(self, number: int, job: Job) -> None:
        """`number` is what the caller wants to hear if this signature is false."""
        self._jobs.append(job)
        self._numbers.append(number)
        if len(self._jobs) >= _CHUNK:
            self._send()

    def finish(self) -> int | None:
        """Wait for all. The lowest number whose signature is false, or None."""
        self._send()
        self._collect(0)
        self._false += [number for helper in self._helpers if (number := helper.finish()) is not None]
        return min(self._false, default=None)

    def close(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
        for helper in self._helpers:
            helper.close()

    def _send(self) -> None:
        if not self._jobs:
            return
        jobs, numbers = self._jobs, self._numbers
        self._jobs, self._numbers = [], []
        if self._helpers:
            plain = [(number, key.public, message, body) for number, (key, message, body) in zip(numbers, jobs, strict=True)]
            assert all(key.kind == ED25519 for key, _, _ in jobs), "acts are signed with Ed25519 alone"
            self._helpers[self._sent % len(self._helpers)].send(plain)
            self._sent += 1
        elif self._executor is None:
            self._note(first_false(jobs), numbers)
        else:
            self._pending.append((self._executor.submit(first_false, jobs), numbers))
            # Enough to keep every core busy; more would only hold the lines in memory.
            self._collect(64)

    def _collect(self, leave: int) -> None:
        while len(self._pending) > leave:
            future, numbers = self._pending.pop(0)
            self._note(future.result(), numbers)

    def _note(self, false: int | None, numbers: list[int]) -> None:
        if false is not None:
            self._false.append(numbers[false])


def _false_number(jobs: Sequence[tuple[int, bytes, bytes, bytes]]) -> int | None:
    """`first_false` for what can be sent to another process: number, public key, message, signature."""
    return next((number for number, public, message, body in jobs if not verify_ed25519(public, message, body)), None)


@contextmanager
def signature_pool(workers: int | None = None, expected: int = 0) -> Iterator[Pool]:
    """A `Pool` whose threads or processes end with the block. `expected`: about how many signatures will come."""
    pool = Pool(workers, expected)
    try:
        yield pool
    finally:
        pool.close()
