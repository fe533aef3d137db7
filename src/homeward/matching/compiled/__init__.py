"""Loops compiled for this machine where the optional package numba is installed; without it everything works, more slowly.

Compiled code here never decides a score. It makes, sorts and joins keys (`keying`, `joining`) and sieves candidates (`bounds`):
pairs that cannot reach the bits that matter are dropped, and what is left goes through the same evidence as without it. Competition
(`competing`) does the very operations of `matching.competition` in the same order. So both roads give the same pairs and the same
numbers. Compiled code is kept on disk beside the package or in the user's cache.

`sieve` turns two lists (their people by `people`) into the arrays that `arrays` describes and hands runs of rows to workers;
`bounds` is the loop over pairs; `beside`, `reach`, `spelled` and `worth` are what it asks: dates, codes and places, names by
their letters alone, names as the evidence compares them, and what raw bits are worth at most.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec

#: From this many records on (both lists together), compiled code is worth loading; the first time ever it has to be compiled,
#: which takes some ten seconds.
WORTH_LOADING = 20_000


@lru_cache(maxsize=1)
def installed() -> bool:
    """Whether numba is there."""
    return find_spec("numba") is not None
