"""How likely each record is to be free for each of its pairs, compiled: what `competition` does with arrays, in one pass after another.

The same operations in the same order, so the numbers are the same to the last bit. Import this module only where numba is installed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from homeward.matching.compiled.joining import compiled


@compiled
def free(record: Any, odds: Any, other: Any) -> Any:
    """For each pair how likely its record is to be free for it, when its other pairs have these odds times `other`."""
    count = 0
    for k in range(len(record)):
        count = max(count, record[k] + 1)
    largest, rest, tops = np.zeros(count), np.zeros(count), np.zeros(count)
    for k in range(len(record)):
        largest[record[k]] = max(largest[record[k]], odds[k] * other[k])
    for k in range(len(record)):
        taken = odds[k] * other[k]
        if taken == largest[record[k]]:
            tops[record[k]] += 1.0
        else:
            rest[record[k]] += taken
    out = np.empty(len(record))
    for k in range(len(record)):
        r, taken = record[k], odds[k] * other[k]
        whole = tops[r] * largest[r]
        others = rest[r] + (whole - taken) if taken == largest[r] else whole + (rest[r] - taken)
        out[k] = 1.0 / (1.0 + max(others, 0.0))
    return out
