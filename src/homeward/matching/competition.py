"""What competition takes from a pair: each record is at most one person of the other list.

The odds of a pair before competition say how well the two records fit; the other candidates of either record fit, too. All ways
to pair the records off are weighed by the product of the odds of their pairs (a record may stay alone, odds 1), and a pair's
probability is the weight of all ways that have it over the weight of all ways. There are too many ways to count, so records tell
their candidates in turn how likely they are to be free for them, given everybody else (belief propagation; Pearl 1988, for
assignments Huang and Jebara 2009, "Approximating the permanent with belief propagation"). So a rival who himself has a surer
partner takes little. Where the candidates make no circle this is exact after as many rounds as the longest chain has pairs.

Two records that fit one third record equally well, with odds of 1,000 each: neither is sure. If the second of them has a partner of
his own, with odds of a million, the first one is.

>>> left, right = np.array([0, 1]), np.array([0, 0])
>>> lost(left, right, np.log2([1e3, 1e3])).round(2).tolist()
[-9.97, -9.97]
>>> left, right = np.array([0, 1, 1]), np.array([0, 0, 1])
>>> lost(left, right, np.log2([1e3, 1e3, 1e6])).round(2).tolist()
[-0.0, -29.9, -1.0]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import numpy as np

from homeward.matching import compiled
from homeward.matching.evidence.base import Floats, Ints
from homeward.matching.scoring import DIGITS

#: So often everybody tells everybody; from the eighth round on nothing changed that anybody would see (`docs/matching.md`).
ROUNDS = 8
#: Odds beyond 2 to this power change nothing, and could not be added to small ones.
_MOST = 60.0


def lost(i: Ints, j: Ints, total: Floats, *, rounds: int = ROUNDS) -> Floats:
    """The bits (0 or less) that competition takes from each pair of a left row and a right row with these bits before it.

    Rounds come out too high and too low in turn: after an odd number of them nobody is thought freer than he is.
    """
    odds = np.exp2(np.clip(total, -_MOST, _MOST))
    left_free, right_free = np.ones(len(odds)), np.ones(len(odds))
    free: Callable[[Ints, Floats, Floats], Floats] = _free
    each: Callable[..., Iterable[Floats]] = map
    with ExitStack() as stack:
        if len(odds) >= compiled.WORTH_LOADING and compiled.installed():
            free, each = _compiled(), stack.enter_context(ThreadPoolExecutor(2)).map
        for _ in range(rounds):
            left_free, right_free = each(free, (i, j), (odds, odds), (right_free, left_free))
    return np.asarray((np.log2(left_free) + np.log2(right_free)).round(DIGITS))


def _compiled() -> Callable[[Ints, Floats, Floats], Floats]:
    from homeward.matching.compiled.competing import free  # noqa: PLC0415 - needs numba, which is optional.

    return free


def _free(record: Ints, odds: Floats, other: Floats) -> Floats:
    """For each pair how likely its record is to be free for it, when its other pairs have these odds times `other`.

    The largest odds of a record are kept apart from the sum of the rest: to take them off a sum that they make up nearly alone would
    leave nothing but rounding, which depends on the order of the pairs.
    """
    taken = odds * other
    largest = np.zeros(int(record.max(initial=-1)) + 1)
    np.maximum.at(largest, record, taken)
    top = taken == largest[record]
    rest = np.bincount(record, np.where(top, 0.0, taken), minlength=len(largest))[record]
    tops = np.bincount(record, top, minlength=len(largest))[record] * largest[record]
    others = np.where(top, rest + (tops - taken), tops + (rest - taken))
    return np.asarray(1.0 / (1.0 + np.maximum(others, 0.0)))
