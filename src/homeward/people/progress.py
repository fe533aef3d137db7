"""How long work tells its caller how far it is: step, done, total. Counts only; a person's name never passes through here.

>>> def show(step: str, done: int, total: int) -> None:
...     print(f"{step}: {done} of {total}")
>>> report: Progress = show
>>> report("reading rows", 1000, 2400)
reading rows: 1000 of 2400
"""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called now and then with the name of the step, the number of units done and their total (0 when it is not known)."""

    def __call__(self, step: str, done: int, total: int) -> None: ...


def one_step(progress: Progress, name: str) -> Progress:
    """Tell everything under one step's name, for a caller who knows better what the work is for.

    >>> one_step(lambda step, done, total: print(step, done, total), "reading UA/held.xlsx")("rows", 5, 9)
    reading UA/held.xlsx 5 9
    """

    def tell(step: str, done: int, total: int) -> None:  # noqa: ARG001 - the inner step's name gives way.
        progress(name, done, total)

    return tell
