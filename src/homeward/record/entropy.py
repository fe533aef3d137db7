"""Where random bytes come from: always an argument, so that a rehearsal can repeat.

In a real exchange every source is `os.urandom`. A rehearsal gives a seeded source, and then the same calls in the same
order give the same keys, salts and ids. A seeded source protects nothing: whoever knows the seed knows every key.

>>> source = seeded("rehearsal 7")
>>> source(4).hex(), source(4).hex()
('40ec0449', '2b34aa1c')
>>> seeded("rehearsal 7")(4).hex()
'40ec0449'
>>> shuffled(["a", "b", "c", "d"], seeded("rehearsal 7"))
['c', 'a', 'd', 'b']
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TypeVar

_T = TypeVar("_T")

#: Gives as many random bytes as asked.
Entropy = Callable[[int], bytes]


def seeded(seed: str) -> Entropy:
    """For rehearsals and tests only: call number n of size k gives the first k bytes of SHAKE-256("seed", n)."""
    calls = 0

    def draw(size: int) -> bytes:
        nonlocal calls
        calls += 1
        return hashlib.shake_256(f"homeward rehearsal\n{calls}\n{seed}".encode()).digest(size)

    return draw


def draw_bytes(entropy: Entropy, size: int) -> bytes:
    """`size` bytes; a source that gives another number is our own bug."""
    data = entropy(size)
    assert len(data) == size, "a source of randomness gives as many bytes as asked"
    return data


def shuffled(items: Sequence[_T], entropy: Entropy) -> list[_T]:
    """The items in a random order, each order equally likely (Fisher and Yates; Knuth, volume 2, algorithm 3.4.2P)."""
    order = list(items)
    for last in range(len(order) - 1, 0, -1):
        other = _below(last + 1, entropy)
        order[last], order[other] = order[other], order[last]
    return order


def _below(bound: int, entropy: Entropy) -> int:
    """A number from 0 to `bound` - 1. Draws that would favour small numbers are thrown away."""
    limit = 2**64 - 2**64 % bound
    while True:
        number = int.from_bytes(draw_bytes(entropy, 8), "big")
        if number < limit:
            return number % bound
