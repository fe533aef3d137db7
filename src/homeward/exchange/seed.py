"""The seed of the public draw: made by all holders together, known to nobody before all lists were bound.

Every holder hides a random number in the first line of its list and is bound to it by the list's commitment; the numbers come to
light with `lists-released`. The seed is the SHA-256, in hexadecimal, over these lines: a heading, the exchange's origin, and for
each list, in the order of their ids, its id, a space, and its number. Nobody could choose their number after seeing another's,
and one honest holder is enough to make the seed random. Terms that fix a seed of their own (`[tie] seed`) need none of this.

>>> from homeward.record.disclosure.salted import make
>>> salt = bytes(16)
>>> draw_seed("homeward/x", {"home-B": make("draw", "02", salt), "home-A": make("draw", "01", salt)})
'4c0651aedc09d14f6d971bd950781bf30a1c4505bb202d53d36e9a2a2fa15809'
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from homeward.record.disclosure.salted import read


def draw_seed(origin: str, draw: Mapping[str, str]) -> str:
    """The seed from the disclosures that the act `lists-released` carries (`ExchangeState.draw`)."""
    lines = ["homeward draw 1", origin, *(f"{name} {read(draw[name]).value}" for name in sorted(draw))]
    return hashlib.sha256("".join(line + "\n" for line in lines).encode("ascii")).hexdigest()
