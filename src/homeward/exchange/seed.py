"""The seed of the public draw: made by all holders together, known to nobody before all lists were bound.

Every holder hides a random number in the first line of its list and is bound to it by the list's commitment; the numbers come to
light with `lists-released`. The seed is the SHA-256, in hexadecimal, over these lines: a heading, the exchange's origin, and for
each list, in the order of their ids, its id, a space, and its number. Nobody could choose their number after seeing another's,
and one honest holder is enough to make the seed random. Terms that fix a seed of their own (`[tie] seed`) need none of this.

>>> import base64
>>> def disclosed(number):
...     return base64.urlsafe_b64encode(f'["c2FsdA","draw","{number}"]'.encode()).rstrip(b"=").decode()
>>> draw_seed("homeward/x", {"home-B": disclosed("02"), "home-A": disclosed("01")})
'4c0651aedc09d14f6d971bd950781bf30a1c4505bb202d53d36e9a2a2fa15809'
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping


def draw_seed(origin: str, draw: Mapping[str, str]) -> str:
    """The seed from the disclosures that the act `lists-released` carries (`ExchangeState.draw`)."""
    lines = ["homeward draw 1", origin, *(f"{name} {_number(draw[name])}" for name in sorted(draw))]
    return hashlib.sha256("".join(line + "\n" for line in lines).encode("ascii")).hexdigest()


def _number(disclosure: str) -> str:
    padded = disclosure + "=" * (-len(disclosure) % 4)
    _salt, _field, number = json.loads(base64.urlsafe_b64decode(padded))
    return str(number)
