"""The sum of the spelling model compiled for this machine, where the optional package numba is installed.

It does what `spelling._forward` does, one pair after another and in the same order of operations, so both give the same
numbers; the compiled code is kept on disk beside the package or in the user's cache. Without numba nothing changes but time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from homeward.matching.names.folding import LONGEST_WORD

#: From this many pairs on, the compiled code is worth loading; once loaded it does all sums.
WORTH_LOADING = 100_000

Kernel = Callable[..., npt.NDArray[np.float32]]


def _forward_pairs(  # noqa: PLR0917 - compiled code is called with positions.
    sub: Any, ins: Any, dele: Any, move: Any, placed: Any, length_a: Any, plain: Any, length_b: Any, left: Any, right: Any,
    enough: Any,
) -> Any:  # fmt: skip
    """T(b | a) for each pair; 0 for a pair that falls below `enough` on the way. Plain loops, for the compiler."""
    out = np.zeros(len(left), np.float32)
    now = np.zeros(LONGEST_WORD + 1, np.float32)
    for k in range(len(left)):
        a, b = left[k], right[k]
        n, m = length_a[a], length_b[b]
        row = 0
        now[0] = np.float32(1.0)
        for j in range(m):
            now[j + 1] = now[j] * ins[0, plain[b, j]]
        given_up = False
        for i in range(n):
            go = move[row]
            row = placed[a, i]
            lost = go * dele[row]
            previous = now[0]
            now[0] = previous * lost
            whole = now[0]
            for j in range(m):
                letter = plain[b, j]
                here = now[j + 1]
                value = here * lost + previous * go * sub[row, letter]
                now[j + 1] = value + now[j] * ins[row, letter]
                previous = here
                whole += now[j + 1]
            if whole < enough[k]:
                given_up = True
                break
        if not given_up:
            out[k] = now[m] * move[row]
    return out


@lru_cache(maxsize=1)
def compiled_forward() -> Kernel | None:
    """The compiled sum, or None where numba is not installed."""
    try:
        import numba  # noqa: PLC0415 - an optional package.
    except ImportError:
        return None
    kernel: Kernel = numba.njit(cache=True, nogil=True)(_forward_pairs)
    return kernel


def kernel_for(pairs: int) -> Kernel | None:
    """The compiled sum where it is installed and worth it for so many pairs, else None."""
    return compiled_forward() if pairs >= WORTH_LOADING or compiled_forward.cache_info().currsize else None
