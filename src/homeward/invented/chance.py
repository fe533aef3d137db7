"""Repeatable chance: every random choice of this room comes from a stream that is named by the seed and by what it decides.

A stream of its own for each purpose keeps the rest of the files unchanged when one part of the generator changes.

>>> stream(1, "people", "uk").randrange(1000) == stream(1, "people", "uk").randrange(1000)
True
>>> Weighted({"a": 1, "b": 0}).draw(stream(1, "x"))
'a'
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


def stream(seed: int | str, *purpose: str) -> Random:
    """A generator of random numbers that depends on nothing but its arguments (text seeds are hashed with SHA-512)."""
    return Random("/".join((str(seed), *purpose)))  # noqa: S311 - invented data must repeat; nothing here is secret.


class Weighted(Generic[T]):
    """A fixed table of values with weights, in the table's own order."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self._values = tuple(weights)
        self._sums = tuple(accumulate(weights.values()))
        if not self._values or self._sums[-1] <= 0:
            raise ValueError("a table of weights needs at least one value that can be drawn")

    def draw(self, rng: Random) -> T:
        return self._values[bisect_right(self._sums, rng.random() * self._sums[-1], hi=len(self._values) - 1)]


def share(count: int, per_thousand: float, *, at_least: int = 0) -> int:
    """`per_thousand` of `count`, rounded half up, and at least `at_least`.

    >>> share(1000, 3.5), share(10, 3.5, at_least=1)
    (4, 1)
    """
    return max(at_least, int(count * per_thousand / 1000 + 0.5))
