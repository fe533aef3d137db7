"""ML-DSA-44 verification in plain Python (FIPS 204, algorithms 3 and 8), with an empty context.

A record carries a handful of these, under its closing head. A wrong length or a malformed hint makes a signature false.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import pairwise

_Q = 8_380_417
_N = 256
_ROWS = _COLUMNS = 4
_DROPPED = 13
_ONES = 39
_GAMMA_1 = 1 << 17
_GAMMA_2 = (_Q - 1) // 88
_BETA = _ONES * 2
_MOST_HINTS = 80
_CHALLENGE = 32
PUBLIC_BYTES = 1312
SIGNATURE_BYTES = 2420

_Polynomial = list[int]


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Is this signature of 2,420 bytes over `message` by the key with these 1,312 bytes?"""
    if len(public) != PUBLIC_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    seed, packed = public[:32], public[32:]
    challenge, rest = signature[:_CHALLENGE], signature[_CHALLENGE:]
    hints = _unpack_hints(rest[_COLUMNS * 576 :])
    z = [[_GAMMA_1 - value for value in _unpack(rest[at : at + 576], 18)] for at in range(0, _COLUMNS * 576, 576)]
    if hints is None or any(abs(value) >= _GAMMA_1 - _BETA for row in z for value in row):
        return False
    mu = _shake256(_shake256(public, 64) + b"\0\0" + message, 64)
    c = _ntt(_sample_in_ball(challenge))
    z_hat = [_ntt([value % _Q for value in row]) for row in z]
    encoded = b""
    for row in range(_ROWS):
        high = _ntt([value << _DROPPED for value in _unpack(packed[320 * row : 320 * (row + 1)], 10)])
        total = [-a * b for a, b in zip(c, high, strict=True)]
        for column in range(_COLUMNS):
            entry = _expand(seed + bytes([column, row]))
            total = [sum_ + a * b for sum_, a, b in zip(total, entry, z_hat[column], strict=True)]
        approximate = _inverse_ntt([value % _Q for value in total])
        encoded += _pack([_use_hint(place in hints[row], value) for place, value in enumerate(approximate)], 6)
    return _shake256(mu + encoded, _CHALLENGE) == challenge


def _shake256(data: bytes, size: int) -> bytes:
    return hashlib.shake_256(data).digest(size)


def _unpack(data: bytes, bits: int) -> list[int]:
    """Algorithm 18: 256 numbers of `bits` bits, the lowest bits first."""
    number, mask = int.from_bytes(data, "little"), (1 << bits) - 1
    return [number >> bits * place & mask for place in range(_N)]


def _pack(values: Sequence[int], bits: int) -> bytes:
    """Algorithm 16."""
    return sum(value << bits * place for place, value in enumerate(values)).to_bytes(_N * bits // 8, "little")


def _unpack_hints(data: bytes) -> list[set[int]] | None:
    """Algorithm 21: the places of the ones, rising within each row, and zeros after the last; None if it has another form."""
    rows: list[set[int]] = []
    start = 0
    for end in data[_MOST_HINTS:]:
        if not start <= end <= _MOST_HINTS:
            return None
        places = data[start:end]
        if any(one >= other for one, other in pairwise(places)):
            return None
        rows.append(set(places))
        start = end
    return None if any(data[start:_MOST_HINTS]) else rows


def _sample_in_ball(seed: bytes) -> _Polynomial:
    """Algorithm 29: 39 coefficients of 1 or -1, the rest 0."""
    stream = _shake256(seed, 8 + 8 * _N)
    signs, at = int.from_bytes(stream[:8], "little"), 8
    found = [0] * _N
    for place in range(_N - _ONES, _N):
        while stream[at] > place:
            at += 1
        other = stream[at]
        at += 1
        found[place] = found[other]
        found[other] = _Q - 1 if signs & 1 else 1
        signs >>= 1
    return found


def _expand(seed: bytes) -> _Polynomial:
    """Algorithm 30: one entry of the matrix, already transformed."""
    found: _Polynomial = []
    size = 3 * 320
    while len(found) < _N:
        stream = hashlib.shake_128(seed).digest(size)
        values = (int.from_bytes(stream[at : at + 3], "little") & 0x7FFFFF for at in range(0, size, 3))
        found = [value for value in values if value < _Q][:_N]
        size *= 2
    return found


def _use_hint(hint: bool, value: int) -> int:
    """Algorithms 36 and 40: the high part of a coefficient, moved by one where the hint says so."""
    low = value % (2 * _GAMMA_2)
    if low > _GAMMA_2:
        low -= 2 * _GAMMA_2
    if value - low == _Q - 1:
        high, low = 0, low - 1
    else:
        high = (value - low) // (2 * _GAMMA_2)
    if not hint:
        return high
    return (high + 1 if low > 0 else high - 1) % 44


#: Powers of 1753, a 512th root of one, in bit-reversed order (FIPS 204, appendix B).
_ZETAS = [pow(1753, int(f"{place:08b}"[::-1], 2), _Q) for place in range(_N)]


def _ntt(values: _Polynomial) -> _Polynomial:
    """Algorithm 41."""
    found, place, length = list(values), 0, 128
    while length >= 1:
        for start in range(0, _N, 2 * length):
            place += 1
            zeta = _ZETAS[place]
            for at in range(start, start + length):
                turned = zeta * found[at + length] % _Q
                found[at + length] = (found[at] - turned) % _Q
                found[at] = (found[at] + turned) % _Q
        length //= 2
    return found


def _inverse_ntt(values: _Polynomial) -> _Polynomial:
    """Algorithm 42."""
    found, place, length = list(values), _N, 1
    while length < _N:
        for start in range(0, _N, 2 * length):
            place -= 1
            zeta = -_ZETAS[place]
            for at in range(start, start + length):
                one, other = found[at], found[at + length]
                found[at] = (one + other) % _Q
                found[at + length] = zeta * (one - other) % _Q
        length *= 2
    scale = pow(_N, -1, _Q)
    return [value * scale % _Q for value in found]
