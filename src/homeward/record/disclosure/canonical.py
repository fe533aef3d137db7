"""The one way to write a JSON object here: keys sorted, no spaces, UTF-8, no floats and no null.

What is read must be what would be written, byte for byte. That one comparison refuses repeated keys, white space, other
escapes and other spellings of numbers, so that nobody can give one list two faces.

>>> write({"b": 1, "a": ["é"]})
b'{"a":["\\xc3\\xa9"],"b":1}'
>>> read(b'{"b":1, "a":[]}')
Traceback (most recent call last):
ValueError: not in canonical form
"""

from __future__ import annotations

import json
from typing import Final, NoReturn, cast

#: Whole numbers beyond this are not exact in every programming language (RFC 8259 section 6).
MAX_INTEGER: Final = 2**53 - 1

Json = str | int | list["Json"] | dict[str, "Json"]


def write(value: Json) -> bytes:
    """The canonical bytes of `value`. `ValueError` if it holds text that is not Unicode (a lone surrogate)."""
    return _ENCODER.encode(value).encode("utf-8")


def read(data: bytes) -> Json:
    """The value whose canonical bytes are `data`; `ValueError` for all other bytes."""
    try:
        value = _DECODER.decode(data.decode("utf-8"))
        canonical = _plain(value) and write(value) == data
    except (ValueError, RecursionError):
        canonical = False
    if not canonical:
        raise ValueError("not in canonical form")
    return cast("Json", value)


def _refuse(_text: str) -> NoReturn:
    raise ValueError("not in canonical form")


def _plain(value: object) -> bool:
    if isinstance(value, str):
        return True
    if isinstance(value, list):
        return all(map(_plain, value))
    if isinstance(value, dict):
        return all(map(_plain, value.values()))
    return type(value) is int and abs(value) <= MAX_INTEGER


# Made once: `json.loads` and `json.dumps` with options make a new decoder or encoder for each of 300,000 small texts.
_ENCODER: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
_DECODER: Final = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse)
