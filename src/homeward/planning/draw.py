"""The public draw: where the terms leave two people equal, their order comes from a hash that anybody can recompute.

The draw of a person is SHA-256 over the seed, a zero byte and the person's id, both in UTF-8. The lowest draw goes first.
The zero byte keeps a seed and an id apart: ("a", "bc") and ("ab", "c") draw differently. The seed is fixed in the terms, or
made of both lists' commitments, so that nobody can choose it after seeing the names.

>>> draw("istanbul-2025", "p-0417").hex()[:16]
'28d4e49a039e2ea8'
>>> in_draw_order("istanbul-2025", ["p-1", "p-2", "p-3"])
['p-2', 'p-3', 'p-1']

The same from a shell: `printf 'istanbul-2025\\0p-0417' | sha256sum`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def draw(seed: str, person_id: str) -> bytes:
    """The 32 bytes that order this person among equals."""
    return hashlib.sha256(seed.encode() + b"\0" + person_id.encode()).digest()


def draws(seed: str, person_ids: Iterable[str]) -> list[bytes]:
    """The draw of each of these people, in their order."""
    start = hashlib.sha256(seed.encode() + b"\0")
    found = []
    for person_id in person_ids:
        state = start.copy()
        state.update(person_id.encode())
        found.append(state.digest())
    return found


def in_draw_order(seed: str, person_ids: Iterable[str]) -> list[str]:
    """These people, lowest draw first."""
    ids = list(person_ids)
    return [person_id for _, person_id in sorted(zip(draws(seed, ids), ids, strict=True))]
