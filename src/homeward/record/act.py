"""The line: one act, signed, as one line of text.

    {"act":"handed-over","at":"2026-07-24T09:31:07Z","by":"UA/officer-2","in":"…","n":17,…}⇥— UA/officer-2 …

JSON in its one canonical form, a TAB, a signature line, and, where two people must sign, a TAB and a second signature line by
another key of the same party. What is signed is the JSON and a newline; put a blank line in the TAB's place and it is a signed
note that any C2SP tool verifies. The leaf of the tree is the hash of the whole line, signatures included, newline excluded.

Canonical is RFC 8785 narrowed down: keys `a-z 0-9 - _`, sorted; no white space; no floats, no null; integers between -2^53 and
2^53, both excluded; strings in Unicode's form NFC, without control characters or marks that turn the direction of writing; at
most eight levels; at most 1 MiB per line. Six fields say who speaks and what they had seen; the rest belongs to the act:

| field | value |
|---|---|
| act | the kind of act, `a-z 0-9 -` |
| at | when its author says it was, UTC, `2026-07-24T09:31:07Z`; never used to put acts in order |
| by | the author's key, `PARTY/device` |
| in | the exchange: 22 characters, the first half of the hash of the signed terms |
| n | the author's own count of acts, from 1 |
| prev | the leaf hash of the author's act n-1, 43 characters; `-` when n is 1 |
| seen | `[size, root]` of the record as the author last checked it |

>>> from homeward.record.note import Signer, ED25519
>>> key = Signer.from_seed("UA/officer-2", ED25519, bytes(32))
>>> fields = envelope("handed-over", at="2026-07-24T09:31:07Z", by=key.name, exchange="A" * 22)
>>> line = sign_act({**fields, "person": "p-0417"}, key)
>>> act = parse_line(line)
>>> act.kind, act.n, act.fields["person"], act.seen[0]
('handed-over', 1, 'p-0417', 0)
>>> act.check_signature(0, key.verifier)
True
>>> parse_line(line.replace(b'"n":1', b'"n": 1'))
Traceback (most recent call last):
homeward.record.act.LineError: the text is not in its one canonical form (order of keys, spaces, escapes or repeated keys)
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from homeward.record.note import (
    NoteError,
    Signature,
    Signer,
    Verifier,
    check_name,
    encode_base64url,
    parse_signature_line,
)
from homeward.record.tree import EMPTY_ROOT, leaf_hash

MAX_LINE_BYTES = 1 << 20
MAX_INTEGER = (1 << 53) - 1
MAX_DEPTH = 8
NO_PREVIOUS = "-"
ENVELOPE = ("act", "at", "by", "in", "n", "prev", "seen")

#: Characters that show otherwise than they are stored: controls, marks of direction, invisible joiners and tags.
FORBIDDEN = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
HASH_TEXT = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]", re.ASCII)
EXCHANGE_TEXT = re.compile(r"[A-Za-z0-9_-]{21}[AQgw]", re.ASCII)

KEY_TEXT = re.compile(r"[a-z][a-z0-9_-]{0,63}", re.ASCII)
KIND_TEXT = re.compile(r"[a-z][a-z0-9-]{0,63}", re.ASCII)
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", re.ASCII)
_decoder = json.JSONDecoder()
_encoder = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, check_circular=False, allow_nan=False)


class LineError(Exception):
    """A line that does not have the form of an act. The text says what is wrong, never what the line says."""


class Act(NamedTuple):
    """A line taken apart. `line` is the whole line without newline; `text` the JSON in it, also without newline."""

    line: bytes
    text: bytes
    fields: Mapping[str, Any]
    signatures: tuple[Signature, ...]
    #: The hash of the whole line, as it stands in the tree.
    leaf: bytes

    @property
    def kind(self) -> str:
        return str(self.fields["act"])

    @property
    def at(self) -> str:
        return str(self.fields["at"])

    @property
    def by(self) -> str:
        return str(self.fields["by"])

    @property
    def party(self) -> str:
        return self.by.partition("/")[0]

    @property
    def exchange(self) -> str:
        return str(self.fields["in"])

    @property
    def n(self) -> int:
        return int(self.fields["n"])

    @property
    def prev(self) -> str:
        return str(self.fields["prev"])

    @property
    def seen(self) -> tuple[int, str]:
        """Size, and root as 43 characters."""
        size, root = self.fields["seen"]
        return size, root

    def check_signature(self, number: int, key: Verifier) -> bool:
        """Is signature 0 or 1 of this line made by `key`?"""
        signature = self.signatures[number]
        return key.accepts(signature) and key.verify(self.text + b"\n", signature.body)


def canonical(value: object) -> bytes:
    """The one canonical form of `value`. Raises `LineError` when it cannot have one (a float, a control character, …)."""
    _check_value(value, 0, plain=False)
    return _encoder.encode(value).encode("utf-8")


def parse_canonical(data: bytes) -> Any:
    """Read canonical JSON, and nothing else. Raises `LineError`."""
    try:
        text = data.decode("utf-8")
        value, end = _decoder.raw_decode(text)
        same = end == len(text) and _encoder.encode(value) == text
    except RecursionError:
        raise LineError(f"the text is nested more than {MAX_DEPTH} levels deep") from None
    except ValueError:
        # Bytes that are not UTF-8, no JSON at all, a lone surrogate, NaN or a number with thousands of digits.
        raise LineError("the text is not JSON in UTF-8") from None
    plain = text.isascii() and "\\" not in text and "\x7f" not in text
    if plain and type(value) is dict:
        _check_plain_object(value)
    else:
        _check_value(value, 0, plain=plain)
    if not same:
        raise LineError("the text is not in its one canonical form (order of keys, spaces, escapes or repeated keys)")
    return value


def _check_plain_object(value: dict[str, object]) -> None:
    """`_check_value` for what nearly every act is: a flat object of printable ASCII. Written out because it runs a million times."""
    for key, item in value.items():
        _check_key(key)
        kind = type(item)
        if kind is not str and (kind is not int or not -MAX_INTEGER <= item <= MAX_INTEGER):  # type: ignore[operator] # it is an int
            _check_value(item, 1, plain=True)


@lru_cache(maxsize=4096)
def _check_key(key: object) -> None:
    if not isinstance(key, str) or KEY_TEXT.fullmatch(key) is None:
        raise LineError("a key is written with a-z, 0-9, hyphen and underscore, and begins with a letter")


def _check_value(value: object, depth: int, *, plain: bool) -> None:
    """Refuse what canonical JSON may not hold. `plain`: every string is known to be printable ASCII."""
    kind = type(value)
    if kind is str:
        if not plain:
            _check_text(value)  # type: ignore[arg-type] # the line above has just said that it is a string
    elif kind is int:
        if not -MAX_INTEGER <= value <= MAX_INTEGER:  # type: ignore[operator] # the same
            raise LineError("a whole number lies beyond 2^53; write it as text")
    elif isinstance(value, Mapping):
        if depth >= MAX_DEPTH:
            raise LineError(f"the text is nested more than {MAX_DEPTH} levels deep")
        for key, item in value.items():
            _check_key(key)
            _check_value(item, depth + 1, plain=plain)
    elif isinstance(value, (list, tuple)):
        if depth >= MAX_DEPTH:
            raise LineError(f"the text is nested more than {MAX_DEPTH} levels deep")
        for item in value:
            _check_value(item, depth + 1, plain=plain)
    elif kind is not bool:
        raise LineError("only text, whole numbers, true, false, lists and objects may be in an act: no fractions, no null")


def _check_text(text: str) -> None:
    if FORBIDDEN.search(text):
        raise LineError("a text holds a control character or a mark that turns the direction of writing")
    if not unicodedata.is_normalized("NFC", text):
        raise LineError("a text is not in Unicode's form NFC: two spellings would look the same")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise LineError("a text holds half of a character") from None


def check_time(text: str) -> str:
    """Give `text` back if it is a time as acts write it; raise `LineError` if not."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        text = ""
    if _TIME.fullmatch(text) is None:
        raise LineError("a time is written 2026-07-24T09:31:07Z, in UTC")
    return text


def envelope(
    kind: str,
    *,
    at: str,
    by: str,
    exchange: str,
    n: int = 1,
    prev: str = NO_PREVIOUS,
    seen: tuple[int, str] = (0, encode_base64url(EMPTY_ROOT)),
) -> dict[str, Any]:
    """The fields that every act has; add the act's own and give the whole to `sign_act`."""
    return {"act": kind, "at": at, "by": by, "in": exchange, "n": n, "prev": prev, "seen": [*seen]}


def sign_act(fields: Mapping[str, Any], *signers: Signer) -> bytes:
    """The signed line, without newline. The first key is the author's; a second, of the same party, is the second person's.

    Raises `LineError` when the line would not be one that `parse_line` reads.
    """
    text = canonical(fields)
    line = b"\t".join([text, *(signer.sign_line(text + b"\n").encode("utf-8") for signer in signers)])
    parse_line(line)
    return line


def parse_line(line: bytes) -> Act:
    """Take a line apart; mirrors `sign_act`. Checks the form alone: no key, no order. Raises `LineError`."""
    if len(line) > MAX_LINE_BYTES:
        raise LineError(f"the line is longer than {MAX_LINE_BYTES} bytes")
    text, *signed = line.split(b"\t")
    if len(signed) not in {1, 2}:
        raise LineError("a line is JSON and then one or two signatures, each after a TAB")
    fields = parse_canonical(text)
    try:
        signatures = tuple([parse_signature_line(part.decode("utf-8")) for part in signed])
    except (UnicodeDecodeError, NoteError):
        raise LineError("a signature is written as an em dash, a space, the key's name, a space, and base64") from None
    _check_envelope(fields)
    _check_signers(fields["by"], signatures)
    return Act(line, text, fields, signatures, leaf_hash(line))


# The same few words and roots stand in a great many lines.
@lru_cache(maxsize=4096)
def _is_kind(text: str) -> bool:
    return KIND_TEXT.fullmatch(text) is not None


@lru_cache(maxsize=64)
def _is_exchange(text: str) -> bool:
    return EXCHANGE_TEXT.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def _is_seen_root(text: str) -> bool:
    return HASH_TEXT.fullmatch(text) is not None


def _check_envelope(fields: object) -> None:
    if not isinstance(fields, dict):
        raise LineError("an act is a JSON object")
    try:
        kind, at, by, exchange, n, prev, seen = [fields[key] for key in ENVELOPE]
    except KeyError as missing:
        raise LineError(f"the field {missing.args[0]} is missing") from None
    if not (isinstance(kind, str) and _is_kind(kind)):
        raise LineError("the field act is a word of a-z, 0-9 and hyphens")
    check_time(at if isinstance(at, str) else "")
    if not (isinstance(exchange, str) and _is_exchange(exchange)):
        raise LineError("the field in is the exchange's mark of 22 characters")
    if type(n) is not int or n < 1:
        raise LineError("the field n counts the author's acts from 1")
    if not isinstance(prev, str) or (prev != NO_PREVIOUS if n == 1 else HASH_TEXT.fullmatch(prev) is None):
        raise LineError("the field prev is the hash of the author's previous act in 43 characters, or - in the first act")
    if not (
        isinstance(seen, list)
        and len(seen) == 2
        and type(seen[0]) is int
        and seen[0] >= 0
        and isinstance(seen[1], str)
        and _is_seen_root(seen[1])
    ):
        raise LineError("the field seen is the size of the record and its root in 43 characters")
    try:
        check_name(by if isinstance(by, str) else "")
    except NoteError as error:
        raise LineError(f"the field by: {error}") from None


def _check_signers(by: str, signatures: Sequence[Signature]) -> None:
    if signatures[0].name != by:
        raise LineError("the first signature is not by the key that the act names as its author")
    for signature in signatures:
        if len(signature.body) != 64:
            raise LineError("a signature of an act has 64 bytes")
    if len(signatures) == 2:
        first, second = (signature.name for signature in signatures)
        if second == first or second.partition("/")[0] != first.partition("/")[0]:
            raise LineError("the second signature must be by another key of the same party")
