"""Checking many signatures on all cores.

Threads suffice: libsodium works outside Python's lock, so two threads check two signatures at a time. Each signature is
checked alone; checking in batches would accept other signatures than the format's rule does.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from homeward.record.note import Verifier

#: Key, signed bytes, signature.
Job = tuple[Verifier, bytes, bytes]
_CHUNK = 256


def first_false(jobs: Sequence[Job]) -> int | None:
    """The number of the first job whose signature is false; None if all are good."""
    for number, (key, message, body) in enumerate(jobs):
        if not key.verify(message, body):
            return number
    return None


class Pool:
    """Takes jobs as they come and reports the lowest number of a false signature in the end."""

    def __init__(self, workers: int | None = None) -> None:
        threads = workers or os.cpu_count() or 1
        # With one thread the caller checks by itself: starting a thread costs more than a few signatures.
        self._executor = ThreadPoolExecutor(threads) if threads > 1 else None
        self._pending: list[tuple[Future[int | None], list[int]]] = []
        self._jobs: list[Job] = []
        self._numbers: list[int] = []
        self._false: list[int] = []

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
        return min(self._false, default=None)

    def close(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)

    def _send(self) -> None:
        if not self._jobs:
            return
        jobs, numbers = self._jobs, self._numbers
        self._jobs, self._numbers = [], []
        if self._executor is None:
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


@contextmanager
def signature_pool(workers: int | None = None) -> Iterator[Pool]:
    """A `Pool` whose threads end with the block."""
    pool = Pool(workers)
    try:
        yield pool
    finally:
        pool.close()
