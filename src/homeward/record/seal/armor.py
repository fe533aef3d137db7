"""Armour: a sealed file as letters that survive mail and chat (RFC 7468, strict, label AGE ENCRYPTED FILE).

Acts mention the SHA-256 of the *binary* file, so opening never guesses: `dearmor` first, then `unseal`. Lines may end in
LF or CRLF, and white space may stand before and after the block; every other deviation is refused.

>>> text = armor(b"age-encryption.org/v1 ...")
>>> print(text.decode(), end="")
-----BEGIN AGE ENCRYPTED FILE-----
YWdlLWVuY3J5cHRpb24ub3JnL3YxIC4uLg==
-----END AGE ENCRYPTED FILE-----
>>> dearmor(text)
b'age-encryption.org/v1 ...'
"""

from __future__ import annotations

import binascii
import re

from homeward.record.seal.errors import SealError

_BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
_END = b"-----END AGE ENCRYPTED FILE-----"
_COLUMNS = 64
_LINE = re.compile(rb"[A-Za-z0-9+/]+={0,2}")


def armor(file: bytes) -> bytes:
    """The binary file as text with LF line endings."""
    coded = binascii.b2a_base64(file, newline=False)
    lines = [coded[i : i + _COLUMNS] for i in range(0, len(coded), _COLUMNS)]
    return b"\n".join([_BEGIN, *lines, _END, b""])


def dearmor(text: bytes) -> bytes:
    """The binary file inside; `SealError("armor failure")` for a text that `armor` would not have written."""
    body = text.strip(b" \t\r\n")
    # A stripped carriage return would hide that the END line had none; it is white space after the block, which is allowed.
    lines = [line.removesuffix(b"\r") for line in body.split(b"\n")]
    if lines[0] != _BEGIN:
        raise _failure("it does not begin with its BEGIN line")
    if len(lines) < 2 or lines[-1] != _END:
        raise _failure("its END line is missing or changed")
    lines = lines[1:-1]
    for number, line in enumerate(lines, start=2):
        if not _LINE.fullmatch(line):
            raise _failure(f"line {number} has a letter or a gap that does not belong there")
        if len(line) > _COLUMNS or (len(line) < _COLUMNS and number <= len(lines)):
            raise _failure(f"line {number} is not 64 letters long")
    coded = b"".join(lines)
    try:
        file = binascii.a2b_base64(coded, strict_mode=True)
    except binascii.Error:
        raise _failure("its letters are not base64") from None
    if binascii.b2a_base64(file, newline=False) != coded:
        raise _failure("its base64 is not canonical")
    return file


def _failure(what: str) -> SealError:
    return SealError("armor failure", f"this is not the text of a sealed file: {what}; copy it again, whole")
