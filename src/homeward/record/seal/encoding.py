"""The two text codes of age: base64 without padding (RFC 4648 section 4, canonical only) and Bech32 (BIP 173, any length).

Both refuse a text that is not the one that their own encoder writes. A code with two spellings for one value would let
somebody change a file without changing what it says.

>>> encode_base64(b"\\x00\\xff"), decode_base64("AP8")
('AP8', b'\\x00\\xff')
>>> decode_base64("AP9")  # the last two bits are thrown away: a second spelling of the same bytes
Traceback (most recent call last):
ValueError: not canonical base64
>>> encode_bech32("age", bytes(2))
'age1qqqqlpnwam'
>>> decode_bech32("age1qqqqlpnwam")
('age', b'\\x00\\x00')
"""

from __future__ import annotations

import binascii
import re

_BASE64 = re.compile(r"[A-Za-z0-9+/]*", re.ASCII)
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_VALUE = {letter: value for value, letter in enumerate(_BECH32)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def encode_base64(data: bytes) -> str:
    """Base64 without padding and without line breaks."""
    return binascii.b2a_base64(data, newline=False).rstrip(b"=").decode("ascii")


def decode_base64(text: str) -> bytes:
    """The bytes that `encode_base64` would write as `text`; `ValueError` for every other text."""
    if not _BASE64.fullmatch(text) or len(text) % 4 == 1:
        raise ValueError("not canonical base64")
    data = binascii.a2b_base64(text + "=" * (-len(text) % 4))
    if encode_base64(data) != text:
        raise ValueError("not canonical base64")
    return data


def encode_bech32(prefix: str, data: bytes) -> str:
    """Bech32 in lower case. `prefix` is lower case too; callers that need capitals raise the whole text."""
    values = _regroup(data, 8, 5)
    assert values is not None
    checksum = _polymod([*_expand(prefix), *values, *bytes(6)]) ^ 1
    values += bytes(checksum >> 5 * (5 - i) & 31 for i in range(6))
    return prefix + "1" + "".join(_BECH32[value] for value in values)


def decode_bech32(text: str) -> tuple[str, bytes]:
    """The prefix in lower case and the data; `ValueError` with the fault for a text that is not whole, canonical Bech32."""
    if text not in (text.lower(), text.upper()):
        raise ValueError("capital and small letters are mixed")
    prefix, one, coded = text.lower().rpartition("1")
    if not one or not prefix or len(coded) < 6 or not all(33 <= ord(letter) <= 126 for letter in prefix):
        raise ValueError("it has not the form of a key")
    if not all(letter in _BECH32_VALUE for letter in coded):
        raise ValueError("it has a letter that keys never have")
    values = bytes(_BECH32_VALUE[letter] for letter in coded)
    if _polymod([*_expand(prefix), *values]) != 1:
        raise ValueError("its checksum is wrong: a letter was copied wrongly or is missing")
    data = _regroup(values[:-6], 5, 8)
    if data is None:
        raise ValueError("it has not the form of a key")
    return prefix, data


def _expand(prefix: str) -> list[int]:
    return [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]


def _polymod(values: list[int]) -> int:
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate(_GENERATOR):
            if top >> i & 1:
                checksum ^= generator
    return checksum


def _regroup(values: bytes, size: int, new_size: int) -> bytes | None:
    """The same bits in groups of another size. From 8 to 5 zeros fill the end; from 5 to 8 a filled end must be zeros."""
    bits = length = 0
    groups = bytearray()
    for value in values:
        bits = (bits << size | value) & 0xFFFF
        length += size
        while length >= new_size:
            length -= new_size
            groups.append(bits >> length & (1 << new_size) - 1)
    rest = bits & (1 << length) - 1
    if new_size < size:
        if length:
            groups.append(rest << new_size - length)
    elif length >= size or rest:
        return None
    return bytes(groups)
