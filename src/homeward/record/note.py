"""Keys, and signature lines as C2SP signed-note has them.

A key has a name, `<party>/<device>` in ASCII, and a kind, one byte:

| kind | what it signs | scheme |
|---|---|---|
| 0x01 | act lines and heads as the log | Ed25519, RFC 8032 |
| 0x04 | heads as a cosigner, with a time | Ed25519 over `cosignature/v1` (C2SP tlog-cosignature) |
| 0x06 | closing heads as a cosigner, with a time | ML-DSA-44, FIPS 204 (C2SP tlog-cosignature) |

The key id is the first four bytes of SHA-256(name, newline, kind, public key). It helps to find the key; it is no security.
The public text is `name+id+base64(kind, public key)`; the private text begins with `PRIVATE+KEY+`, so that nobody mistakes one
for the other. A signature line is an em dash, a space, the name, a space, base64(key id, signature).

Two libraries may disagree about what a valid Ed25519 signature is. Here it is RFC 8032, and neither the public key nor the
point R of the signature is one of the 14 encodings of a point of low order. A key that enters a record must, besides, be a
canonical point of the prime-order group, and its owner must have signed with it (proof of possession).

>>> key = Signer.from_seed("UA/officer-1", ED25519, bytes(32))
>>> key.verifier.text
'UA/officer-1+a9ec5300+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop'
>>> line = key.sign_line(b"one line\\n")
>>> signature = parse_signature_line(line)
>>> signature.name, key.verifier.accepts(signature), key.verifier.verify(b"one line\\n", signature.body)
('UA/officer-1', True, True)
>>> key.verifier.verify(b"another line\\n", signature.body)
False
>>> parse_verifier(key.verifier.text) == key.verifier
True
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from binascii import Error as Base64Error
from binascii import a2b_base64, b2a_base64
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

import nacl.bindings
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey
from nacl.exceptions import BadSignatureError

ED25519 = 0x01
COSIGNATURE = 0x04
MLDSA44 = 0x06

_PUBLIC_BYTES = {ED25519: 32, COSIGNATURE: 32, MLDSA44: 1312}
_SIGNATURE_BYTES = {ED25519: 64, COSIGNATURE: 64, MLDSA44: 2420}
_SEED_BYTES = 32

_NAME = re.compile(r"([A-Za-z][A-Za-z0-9_-]{0,31})/([a-z0-9][a-z0-9-]{0,31})", re.ASCII)
_KEY_TEXT = re.compile(r"(PRIVATE\+KEY\+)?([A-Za-z0-9_/-]{3,65})\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})", re.ASCII)
_SIGNATURE_LINE = re.compile(r"\u2014 ([A-Za-z0-9_/-]{3,65}) ([A-Za-z0-9+/]+={0,2})", re.ASCII)
_PRIVATE = "PRIVATE+KEY+"

#: The 14 encodings, canonical or not, of the eight points whose order divides 8 (RFC 8032 section 5.1.3 decoding).
LOW_ORDER = frozenset(
    bytes.fromhex(text)
    for text in (
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    )
)


class NoteError(Exception):
    """A key text or a signature line that does not have the one form it may have."""


TO_URL = bytes.maketrans(b"+/", b"-_")


def encode_base64(data: bytes) -> str:
    """Standard alphabet with padding, as C2SP notes use it."""
    return b2a_base64(data, newline=False).decode("ascii")


def decode_base64(text: str) -> bytes:
    """The inverse of `encode_base64`, and of nothing else: stray bits and missing padding raise `NoteError`."""
    try:
        data = a2b_base64(text, strict_mode=True)
    except (Base64Error, ValueError):
        data = b""
    if encode_base64(data) != text:
        raise NoteError("this is not base64 in its one canonical form")
    return data


def encode_base64url(data: bytes) -> str:
    """URL alphabet without padding: 43 characters for a SHA-256 hash, 22 for its first half."""
    return b2a_base64(data, newline=False).translate(TO_URL, b"=").decode("ascii")


def decode_base64url(text: str) -> bytes:
    """The inverse of `encode_base64url`, and of nothing else."""
    try:
        data = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (Base64Error, ValueError):
        data = b""
    if encode_base64url(data) != text:
        raise NoteError("this is not base64url in its one canonical form")
    return data


@lru_cache(maxsize=4096)
def check_name(name: str) -> str:
    """Give `name` back if it is `<party>/<device>`: letters, digits and hyphens; raise `NoteError` if not."""
    if _NAME.fullmatch(name) is None:
        raise NoteError("a key's name is PARTY/device: ASCII letters, digits and hyphens, the device in lower case")
    return name


def party_of(name: str) -> str:
    """The party of a key's name: `UA` of `UA/officer-1`."""
    return name.partition("/")[0]


def key_id(name: str, kind: int, public: bytes) -> bytes:
    """C2SP signed-note: the first 4 bytes of SHA-256(name, 0x0A, kind, public key)."""
    return hashlib.sha256(name.encode("ascii") + b"\n" + bytes([kind]) + public).digest()[:4]


def verify_ed25519(public: bytes, message: bytes, signature: bytes) -> bool:
    """RFC 8032 verification with the rule of the 14 low-order encodings. True only for a valid signature of 64 bytes."""
    return len(signature) == 64 and verify_signed(public, signature + message)


def verify_signed(public: bytes, signed: bytes) -> bool:
    """`verify_ed25519` for a signature of 64 bytes with the message behind it, as libsodium takes it."""
    if signed[:32] in LOW_ORDER or public in LOW_ORDER:
        return False
    try:
        nacl.bindings.crypto_sign_open(signed, public)
    except (BadSignatureError, ValueError):
        return False
    return True


def verify_mldsa44(public: bytes, message: bytes, signature: bytes) -> bool:
    """FIPS 204 ML-DSA-44 with an empty context. True only for a valid signature of 2,420 bytes."""
    try:
        MLDSA44PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


class Signature(NamedTuple):
    """A signature line taken apart. `body` is the signature, led by eight bytes of time when a cosigner made it."""

    name: str
    id: bytes
    body: bytes

    @property
    def line(self) -> str:
        return f"\u2014 {self.name} {encode_base64(self.id + self.body)}"


def parse_signature_line(line: str) -> Signature:
    """Read `— name base64`, without the newline. Every byte is accounted for, or `NoteError`."""
    match = _SIGNATURE_LINE.fullmatch(line)
    if match is None:
        raise NoteError("a signature line is an em dash, a space, the key's name, a space, and base64")
    data = decode_base64(match[2])
    if len(data) < 5:
        raise NoteError("a signature line holds a key id of 4 bytes and then the signature")
    return Signature(check_name(match[1]), data[:4], data[4:])


@dataclass(frozen=True)
class Verifier:
    """A public key: who signs (`name`), how (`kind`), and the key itself. Two are equal when all three are."""

    name: str
    kind: int
    public: bytes
    id: bytes = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        check_name(self.name)
        if self.kind not in _PUBLIC_BYTES:
            raise NoteError(f"there is no kind of key with the number {self.kind}")
        if len(self.public) != _PUBLIC_BYTES[self.kind]:
            raise NoteError(f"a public key of kind {self.kind} has {_PUBLIC_BYTES[self.kind]} bytes, not {len(self.public)}")
        object.__setattr__(self, "id", key_id(self.name, self.kind, self.public))

    @property
    def party(self) -> str:
        return party_of(self.name)

    @cached_property
    def text(self) -> str:
        """`name+id+base64(kind, public key)`."""
        return f"{self.name}+{self.id.hex()}+{encode_base64(bytes([self.kind]) + self.public)}"

    def accepts(self, signature: Signature) -> bool:
        """Does the signature line name this very key? Says nothing yet about the signature itself."""
        return signature.name == self.name and signature.id == self.id

    def verify(self, message: bytes, body: bytes) -> bool:
        """Is `body` this key's bare signature (64 bytes, or 2,420 for ML-DSA-44) over `message`?"""
        if self.kind == MLDSA44:
            return verify_mldsa44(self.public, message, body)
        return verify_ed25519(self.public, message, body)


def parse_verifier(text: str) -> Verifier:
    """Read a public key's text; the id in it must be the key's own. Raises `NoteError`."""
    match = _KEY_TEXT.fullmatch(text)
    if match is None or match[1] is not None:
        if text.startswith(_PRIVATE):
            raise NoteError("this is a private key; it must never be handed out. Give the public text instead")
        raise NoteError("a public key is written name+id+base64, with an id of 8 hexadecimal digits")
    data = decode_base64(match[4])
    verifier = Verifier(match[2], data[0], data[1:])
    if verifier.id.hex() != match[3]:
        raise NoteError(f"the id in the key of {verifier.name} does not belong to it: the text was damaged or altered")
    return verifier


@dataclass(frozen=True)
class Signer:
    """A private key. Its text and `repr` differ: printing the object never shows the seed."""

    verifier: Verifier
    seed: bytes = field(repr=False)

    @classmethod
    def from_seed(cls, name: str, kind: int, seed: bytes) -> Signer:
        """The key that 32 bytes of seed stand for (RFC 8032 section 5.1.5; FIPS 204 algorithm 6)."""
        if len(seed) != _SEED_BYTES:
            raise NoteError(f"a private key is {_SEED_BYTES} bytes of seed, not {len(seed)}")
        if kind == MLDSA44:
            public = MLDSA44PrivateKey.from_seed_bytes(seed).public_key().public_bytes_raw()
        elif kind in _PUBLIC_BYTES:
            public = nacl.bindings.crypto_sign_seed_keypair(seed)[0]
        else:
            raise NoteError(f"there is no kind of key with the number {kind}")
        return cls(Verifier(name, kind, public), seed)

    @classmethod
    def generate(cls, name: str, kind: int = ED25519) -> Signer:
        """A new key from the operating system's random numbers."""
        return cls.from_seed(name, kind, os.urandom(_SEED_BYTES))

    @property
    def name(self) -> str:
        return self.verifier.name

    @property
    def text(self) -> str:
        """`PRIVATE+KEY+name+id+base64(kind, seed)`: to be kept, never to be sent."""
        verifier = self.verifier
        return f"{_PRIVATE}{verifier.name}+{verifier.id.hex()}+{encode_base64(bytes([verifier.kind]) + self.seed)}"

    def sign(self, message: bytes) -> bytes:
        """The bare signature over `message`: 64 bytes, or 2,420 for ML-DSA-44."""
        if self.verifier.kind == MLDSA44:
            return MLDSA44PrivateKey.from_seed_bytes(self.seed).sign(message)
        secret = nacl.bindings.crypto_sign_seed_keypair(self.seed)[1]
        return nacl.bindings.crypto_sign(message, secret)[:64]

    def sign_line(self, message: bytes) -> str:
        """The signature line, without newline, over a note's text (kind 0x01 only; cosignatures are made in `head`)."""
        if self.verifier.kind != ED25519:
            raise NoteError(f"{self.name} is a cosigning key: it signs heads, nothing else")
        return Signature(self.name, self.verifier.id, self.sign(message)).line


def parse_signer(text: str) -> Signer:
    """Read a private key's text. Raises `NoteError`, which never repeats the text."""
    match = _KEY_TEXT.fullmatch(text)
    if match is None or match[1] is None:
        raise NoteError("a private key is written PRIVATE+KEY+name+id+base64")
    data = decode_base64(match[4])
    signer = Signer.from_seed(match[2], data[0], data[1:])
    if signer.verifier.id.hex() != match[3]:
        raise NoteError(f"the id in the private key of {signer.name} does not belong to it: the text was damaged or altered")
    return signer


def check_registrable(verifier: Verifier) -> Verifier:
    """Give the key back if it may enter a record: an Ed25519 key must be a canonical point of the prime-order group.

    Otherwise signatures under it could mean nothing, or mean different things to different programs; `NoteError` says so.
    """
    if verifier.kind != MLDSA44 and not nacl.bindings.crypto_core_ed25519_is_valid_point(verifier.public):
        raise NoteError(f"the key of {verifier.name} is not a sound Ed25519 key: whoever made it can sign anything; refuse it")
    return verifier


def possession_message(origin: str, verifier: Verifier) -> bytes:
    """What a new key signs to prove that its owner holds it: bound to one record and to the key's own name and kind."""
    return f"homeward key possession v1\n{origin}\n{verifier.text}\n".encode("ascii")


def prove_possession(origin: str, signer: Signer) -> str:
    """The proof in base64, for the field `proof` of the act `key-added`."""
    return encode_base64(signer.sign(possession_message(origin, signer.verifier)))


def check_possession(origin: str, verifier: Verifier, proof: str) -> bool:
    """Mirrors `prove_possession`."""
    try:
        body = decode_base64(proof)
    except NoteError:
        return False
    return len(body) == _SIGNATURE_BYTES[verifier.kind] and verifier.verify(possession_message(origin, verifier), body)
