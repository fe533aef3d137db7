"""Progress on a terminal: one line per step, with a clock while it runs. In a pipe nothing is printed.

Everything goes to standard error, so that standard output holds the result alone. Steps and counts are shown, never names.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.status import Status


class Steps:
    """Say `steps("matching", 10, 200)` now and then: a new step name ends the one before and prints its line."""

    def __init__(self, console: Console, *, shown: bool) -> None:
        self._console = console
        self._shown = shown
        self._status: Status | None = None
        self._step = ""
        self._total = 0
        self._began = time.monotonic()

    def __call__(self, step: str, done: int, total: int) -> None:
        if not self._shown:
            return
        if step != self._step:
            self._end_line()
            self._step, self._began = step, time.monotonic()
        self._total = max(total, done)
        of = f"  {done:,} of {total:,}" if total else ""
        if self._status is None:
            self._status = self._console.status("")
            self._status.start()
        self._status.update(f"{step}{of}")

    def _end_line(self) -> None:
        if self._status is not None:
            self._status.stop()
            self._status = None
        if self._step:
            count = f"{self._total:>10,}" if self._total else " " * 10
            self._console.print(
                f"  [green]✓[/green] {self._step:<44}{count}  {time.monotonic() - self._began:6.1f} s", highlight=False
            )
        self._step, self._total = "", 0

    def end(self, *, well: bool) -> None:
        """Close the last line; when the work failed it is not ticked off."""
        if not well and self._status is not None:
            self._status.stop()
            self._status, self._step = None, ""
        self._end_line()


@contextmanager
def steps_on_terminal(*, quiet: bool = False) -> Iterator[Steps]:
    """Steps for the length of a `with` block."""
    console = Console(stderr=True)
    steps = Steps(console, shown=console.is_terminal and not quiet)
    well = False
    try:
        yield steps
        well = True
    finally:
        steps.end(well=well)
