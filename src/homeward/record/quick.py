"""Reading the plain line quickly: `act.parse_line` for the form that nearly every line has.

A record of a million acts is verified in little more time than its signatures take only if all else costs a few millionths of
a second per line. So a line that is plain (printable ASCII without escapes, one level deep, one signature) is read here: a fast
JSON library reads it and writes it again, key names are judged once per combination of keys, and the signature is cut out at
its fixed place. Whatever is not plain, or wrong in any way, is left to `parse_line`, which alone knows the reasons. So both
must agree on every line; a property test holds them to it.

>>> from homeward.record.act import envelope, sign_act
>>> from homeward.record.note import ED25519, Signer
>>> key = Signer.from_seed("UA/officer-2", ED25519, bytes(32))
>>> line = sign_act(envelope("noted", at="2026-07-24T09:31:07Z", by=key.name, exchange="A" * 22), key)
>>> read_line(line) == read_plain(line) == parse_line(line)
True
>>> read_plain(line.replace(b"noted", b'no"ted')) is None
True
"""

from __future__ import annotations

from binascii import Error as Base64Error
from binascii import a2b_base64
from functools import lru_cache
from operator import itemgetter

from homeward.record.act import (
    ENVELOPE,
    EXCHANGE_TEXT,
    HASH_TEXT,
    KEY_TEXT,
    KIND_TEXT,
    MAX_INTEGER,
    MAX_LINE_BYTES,
    NO_PREVIOUS,
    Act,
    LineError,
    check_time,
    parse_line,
)
from homeward.record.note import NoteError, Signature, check_name
from homeward.record.tree import leaf_hash

try:
    from orjson import OPT_SORT_KEYS, dumps, loads
except ImportError:
    # The verifier that is one file installs nothing: there every line takes the long way.
    HERE = False
else:
    HERE = True

_envelope = itemgetter(*ENVELOPE)
#: A key id and a signature, 68 bytes, are 92 characters: the last is padding, and the one before holds only four bits.
CODE_CHARACTERS = 92
CODE_ENDS = frozenset(letter + b"=" for letter in (b"AEIMQUYcgkosw048"[at : at + 1] for at in range(16)))
SECONDS = frozenset(f":{second:02}Z" for second in range(60))


def read_line(line: bytes) -> Act:
    """`act.parse_line`, by the short way where there is one. Raises `LineError`."""
    return read_plain(line) or parse_line(line)


def read_plain(line: bytes) -> Act | None:
    """The act, if the line is plain and good; None says nothing about the line but that `parse_line` must judge it."""
    text, _, signed = line.partition(b"\t")
    if not HERE or len(line) > MAX_LINE_BYTES or not text.isascii() or b"\\" in text or b"\x7f" in text:
        return None
    try:
        fields = loads(text)
        if type(fields) is not dict or dumps(fields, option=OPT_SORT_KEYS) != text or not is_shape(tuple(fields)):
            return None
        kind, at, by, exchange, n, prev, seen = _envelope(fields)
        for value in fields.values():
            if type(value) is not str and value is not seen and not is_plain(value):
                return None
        size, root = seen
        if not (type(n) is type(size) is int and n > 0 and 0 <= size <= MAX_INTEGER and type(seen) is list):
            return None
        if at[16:] not in SECONDS or not is_minute(at[:16]):
            return None
        if prev != NO_PREVIOUS if n == 1 else HASH_TEXT.fullmatch(prev) is None:
            return None
        if not (is_kind(kind) and _is_exchange(exchange) and _is_root(root)):
            return None
        before = _before_the_code(by)
        code = signed[len(before) :]
        if len(code) != CODE_CHARACTERS or code[-2:] not in CODE_ENDS or not signed.startswith(before):
            return None
        data = a2b_base64(code, strict_mode=True)
    except (ValueError, TypeError, KeyError, NoteError, LineError, Base64Error):
        return None
    return Act(line, text, fields, (Signature(by, data[:4], data[4:]),), leaf_hash(line))


def is_plain(value: object) -> bool:
    """A whole number that acts may hold, true, false, or a flat list of such and of texts."""
    if type(value) is int:
        return -MAX_INTEGER <= value <= MAX_INTEGER
    if type(value) is list:
        return all(type(item) is str or (type(item) is not list and is_plain(item)) for item in value)
    return type(value) is bool


# The same few combinations of keys, names, roots and minutes stand in a great many lines.
@lru_cache(maxsize=4096)
def is_shape(keys: tuple[str, ...]) -> bool:
    return all(map(KEY_TEXT.fullmatch, keys))


@lru_cache(maxsize=4096)
def is_minute(text: str) -> bool:
    return bool(check_time(f"{text}:00Z"))


@lru_cache(maxsize=4096)
def is_kind(text: str) -> bool:
    return KIND_TEXT.fullmatch(text) is not None


@lru_cache(maxsize=64)
def _is_exchange(text: str) -> bool:
    return EXCHANGE_TEXT.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def _is_root(text: str) -> bool:
    return HASH_TEXT.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def _before_the_code(name: str) -> bytes:
    return f"\u2014 {check_name(name)} ".encode()
