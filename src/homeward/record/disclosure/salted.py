"""One field of one person, hidden behind a salted digest (RFC 9901, sections 4.2.1, 4.2.3 and 4.2.5).

A disclosure is base64url of the JSON array [salt, field, value]; its digest is base64url of the SHA-256 of the
disclosure's ASCII letters. The salt has 128 random bits, so that nobody can try out names against a digest. A decoy is a
disclosure with a salt alone: its digest looks like every other one, and hides how many fields a person really has. RFC 9901
lets decoys be hashes of anything; ours can be opened, so that the recipient of a list can see that nothing is kept back.

The digest of RFC 9901's own example:

>>> digest("WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0")
'X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0'
>>> text = make("surname", "Möbius", bytes(16))
>>> read(text)
Opened(salt='AAAAAAAAAAAAAAAAAAAAAA', field='surname', value='Möbius')
"""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Final

from homeward.record.disclosure import canonical
from homeward.record.disclosure.errors import DisclosureError

Value = str | int

SALT: Final = 16
_BASE64URL = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_FIELD = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
# The last letter of 16 bytes carries two bits, that of 32 bytes four; letters with stray bits would be second spellings.
_SALT_TEXT = re.compile(r"[A-Za-z0-9_-]{21}[AQgw]", re.ASCII)
_DIGEST = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a disclosure says. A decoy has the field "" and the value ""."""

    salt: str
    field: str
    value: Value = ""

    @property
    def is_decoy(self) -> bool:
        return not self.field


def digest(disclosure: str) -> str:
    """43 letters: base64url of SHA-256 over the disclosure's letters (RFC 9901 section 4.2.3)."""
    return encode(hashlib.sha256(disclosure.encode("ascii")).digest())


def is_digest(text: object) -> bool:
    """Has `text` the form of a digest, in its one spelling?"""
    return isinstance(text, str) and _DIGEST.fullmatch(text) is not None


def make(field: str, value: Value, salt: bytes) -> str:
    """The disclosure of one field. `value` is text or a whole number; text is kept as it is written, letter for letter."""
    if not _FIELD.fullmatch(field):
        raise ValueError("a field is named in small letters, digits and underscores")
    if len(salt) != SALT:
        raise ValueError(f"a salt has {SALT} bytes")
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TypeError("a value is text or a whole number")
    if isinstance(value, int) and abs(value) > canonical.MAX_INTEGER:
        raise ValueError("a number has at most 53 bits")
    return encode(canonical.write([encode(salt), field, value]))


def make_decoy(salt: bytes) -> str:
    """A disclosure that discloses nothing."""
    if len(salt) != SALT:
        raise ValueError(f"a salt has {SALT} bytes")
    return encode(canonical.write([encode(salt)]))


def read(disclosure: str) -> Opened:
    """What a disclosure of ours says; `DisclosureError` if it is not exactly one that `make` or `make_decoy` wrote."""
    if not _BASE64URL.fullmatch(disclosure) or len(disclosure) % 4 == 1 or encode(data := _decode(disclosure)) != disclosure:
        raise _failure()
    try:
        parts = canonical.read(data)
    except ValueError:
        raise _failure() from None
    match parts:
        case [str(salt)] if _SALT_TEXT.fullmatch(salt):
            return Opened(salt, "")
        case [str(salt), str(name), str() | int() as value] if _SALT_TEXT.fullmatch(salt) and _FIELD.fullmatch(name):
            return Opened(salt, name, value)
    raise _failure()


def encode(data: bytes) -> str:
    """Base64url without padding (RFC 7515 appendix C)."""
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode(text: str, length: int) -> bytes:
    """`length` bytes from base64url without padding; `ValueError` for every other text."""
    if _BASE64URL.fullmatch(text) and len(text) % 4 != 1:
        data = _decode(text)
        if len(data) == length and encode(data) == text:
            return data
    raise ValueError("not canonical base64url")


def _decode(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _failure() -> DisclosureError:
    return DisclosureError("a disclosure is damaged: it is not a salt, a field and a value in their one form")
