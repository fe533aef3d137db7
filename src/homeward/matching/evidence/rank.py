"""The rank: people are promoted between two lists, rarely by more than a step, and seldom demoted."""

from __future__ import annotations

import numpy as np

from homeward.matching.evidence.base import Judged, Kind, Pairs, levels_of

LEVELS = ("missing", "same", "one_step", "two_steps", "far")


def _judge(pairs: Pairs) -> Judged:
    a, b = pairs.left.rank[pairs.i], pairs.right.rank[pairs.j]
    gap = np.abs(a - b)
    return Judged(levels_of(len(pairs), (0, (a < 0) | (b < 0)), (1, gap == 0), (2, gap == 1), (3, gap == 2), (4, gap > 2)))


KIND = Kind(
    "rank",
    LEVELS,
    _judge,
    {
        "same": ("Rank: the same", "Звання: однакове"),
        "one_step": ("Rank: one step apart, as after a promotion", "Звання: різниця в один ступінь, як після підвищення"),
        "two_steps": ("Rank: two steps apart", "Звання: різниця у два ступені"),
        "far": ("Rank: far apart", "Звання: велика різниця"),
    },
)
