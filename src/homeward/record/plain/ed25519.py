"""Ed25519 verification in plain Python (RFC 8032, section 5.1.7), with the same refusals as libsodium's.

Refused besides false signatures: S not below the group's order, public keys that are no canonical point or of low order, points R
of low order. The equation is checked without the cofactor: R must be, byte for byte, the encoding of [S]B - [h]A.

>>> key = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
>>> signature = bytes.fromhex(
...     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
... )
>>> verify(key, b"", signature), verify(key, b"x", signature)
(True, False)
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT_OF_MINUS_ONE = pow(2, (_P - 1) // 4, _P)
_Y_BITS = (1 << 255) - 1

#: The y of a point of order 8; the others of that order have the same y, or its negative.
_Y_OF_ORDER_8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826

#: The y of the eight points whose order divides 8.
_LOW_ORDER_Y = frozenset({0, 1, _P - 1, _Y_OF_ORDER_8, _P - _Y_OF_ORDER_8})

#: A point as (X, Y, Z, T), with x = X/Z, y = Y/Z, xy = T/Z; and one to add as (y + x, y - x, 2dxy).
_Point = tuple[int, int, int, int]
_Summand = tuple[int, int, int]
#: For each of 64 places of a number in base 16, the fifteen multiples of a point.
_Table = tuple[tuple[_Summand, ...], ...]

_IDENTITY: _Point = (0, 1, 1, 0)


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Is this 64-byte signature over `message` by the key with these 32 bytes?"""
    if len(public) != 32 or len(signature) != 64:
        return False
    s = int.from_bytes(signature[32:], "little")
    if s >= _ORDER or _is_low_order(signature[:32]):
        return False
    minus_key = _table_of_minus(public)
    if minus_key is None:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    point = _add_multiple(_IDENTITY, _base_table(), s)
    point = _add_multiple(point, minus_key, int.from_bytes(digest, "little") % _ORDER)
    return _encode(point) == signature[:32]


@lru_cache(maxsize=256)
def is_valid_point(public: bytes) -> bool:
    """Whether a key may be registered: a canonical point of the group of prime order."""
    table = _table_of_minus(public) if len(public) == 32 else None
    if table is None:
        return False
    x, y, z, _ = _add_multiple(_IDENTITY, table, _ORDER)
    return x == 0 and y == z


def _is_low_order(encoded: bytes) -> bool:
    return (int.from_bytes(encoded, "little") & _Y_BITS) % _P in _LOW_ORDER_Y


def _decode(encoded: bytes) -> tuple[int, int] | None:
    """RFC 8032, section 5.1.3, and no point of low order."""
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, number & _Y_BITS
    if y >= _P or y in _LOW_ORDER_Y:
        return None
    u, v = (y * y - 1) % _P, (_D * y * y + 1) % _P
    x = u * pow(v, 3, _P) * pow(u * pow(v, 7, _P), (_P - 5) // 8, _P) % _P
    if v * x * x % _P != u:
        x = x * _ROOT_OF_MINUS_ONE % _P
    if v * x * x % _P != u:
        return None
    return (x if x & 1 == sign else _P - x), y


def _encode(point: _Point) -> bytes:
    x, y, z, _ = point
    inverse = pow(z, -1, _P)
    return (y * inverse % _P | (x * inverse % _P & 1) << 255).to_bytes(32, "little")


def _add(point: _Point, summand: _Summand) -> _Point:
    x, y, z, t = point
    plus, minus, product = summand
    a, b, c, d = (y - x) * minus % _P, (y + x) * plus % _P, t * product % _P, z + z
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _add_multiple(point: _Point, table: _Table, number: int) -> _Point:
    """`point` and `number` times the table's point."""
    for row in table:
        digit = number & 15
        if digit:
            point = _add(point, row[digit - 1])
        number >>= 4
    return point


def _to_summands(points: list[_Point]) -> list[_Summand]:
    """Points made ready to be added, with one inversion for all of them (Montgomery's way)."""
    products = [1]
    for _, _, z, _ in points:
        products.append(products[-1] * z % _P)
    inverse = pow(products[-1], -1, _P)
    found: list[_Summand] = []
    for (x, y, z, _), before in zip(reversed(points), reversed(products[:-1]), strict=True):
        one = inverse * before % _P
        inverse = inverse * z % _P
        across, up = x * one % _P, y * one % _P
        found.append(((up + across) % _P, (up - across) % _P, 2 * _D * across * up % _P))
    return found[::-1]


def _make_table(x: int, y: int) -> _Table:
    # Row by row: sixteen times the first point of a row is the first of the next, which is how each row's end is made.
    firsts: list[_Point] = [(x, y, 1, x * y % _P)]
    while len(firsts) < 64:
        point = firsts[-1]
        for _ in range(4):
            point = _double(point)
        firsts.append(point)
    rows = []
    for first, summand in zip(firsts, _to_summands(firsts), strict=True):
        multiples = [first]
        while len(multiples) < 15:
            multiples.append(_add(multiples[-1], summand))
        rows.append(multiples)
    flat = _to_summands([point for row in rows for point in row])
    return tuple(tuple(flat[at : at + 15]) for at in range(0, len(flat), 15))


def _double(point: _Point) -> _Point:
    x, y, z, _ = point
    a, b, c = x * x % _P, y * y % _P, 2 * z * z % _P
    h = a + b
    e, g = h - (x + y) * (x + y) % _P, a - b
    f = c + g
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


@lru_cache(maxsize=1)
def _base_table() -> _Table:
    base = _decode((4 * pow(5, -1, _P) % _P).to_bytes(32, "little"))
    assert base is not None, "the base point is a point"
    return _make_table(*base)


@lru_cache(maxsize=256)
def _table_of_minus(public: bytes) -> _Table | None:
    """The table of the key's point turned negative; None for what is no sound point. A record has few keys and many signatures."""
    point = _decode(public)
    return None if point is None else _make_table(_P - point[0], point[1])
