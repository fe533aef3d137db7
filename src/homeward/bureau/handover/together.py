"""Writing what several threads bring at the same time in one transaction: one wait for the disk instead of one for each.

SQLite lets one transaction write at a time, and who finds it taken sleeps and looks again, longer every time; fifty tablets would
mostly sleep. Here whoever comes first writes for all who came meanwhile; the others wait for exactly that and no longer.

>>> together = Together(lambda group: [len(group)] * len(group))
>>> together.write("a tick")
1
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass
class _Waiting(Generic[T, R]):
    """What one thread has brought, and what came of it."""

    item: T
    result: R | None = None
    error: BaseException | None = None
    done: bool = False


class Together(Generic[T, R]):
    """`write_all` writes a group, all or none, and gives one result for each. It runs in the thread of one of those who wait."""

    def __init__(self, write_all: Callable[[Sequence[T]], Sequence[R]]) -> None:
        self._write_all = write_all
        self._brought: list[_Waiting[T, R]] = []
        self._bringing = threading.Lock()
        self._writing = threading.Lock()

    def write(self, item: T) -> R:
        """Write this item, together with what others have brought. Raises what writing it alone raises."""
        mine: _Waiting[T, R] = _Waiting(item)
        with self._bringing:
            self._brought.append(mine)
        with self._writing:
            # Whoever wrote before may have taken this item along.
            if not mine.done:
                with self._bringing:
                    group, self._brought = self._brought, []
                self._write(group)
        if mine.error is not None:
            raise mine.error
        assert mine.done, "what was brought was written"
        return mine.result  # type: ignore[return-value] # Set together with `done`.

    def _write(self, group: list[_Waiting[T, R]]) -> None:
        try:
            results = self._write_all([each.item for each in group])
        except BaseException as error:
            if len(group) == 1:
                group[0].error, group[0].done = error, True
                return
            # One of them cannot be written; the others must not suffer for it.
            for each in group:
                self._write([each])
            return
        for each, result in zip(group, results, strict=True):
            each.result, each.done = result, True
