"""Who a file is sealed to: the three recipient kinds of age that we write, and the identities that open them.

| kind | recipient | identity | used for |
|---|---|---|---|
| `mlkem768x25519` | `age1pq1…` | `AGE-SECRET-KEY-PQ-1…` | every real exchange: safe if either ML-KEM-768 or X25519 is |
| `X25519` | `age1…` | `AGE-SECRET-KEY-1…` | rehearsals, whose files must repeat byte for byte |
| `scrypt` | a passphrase | the same passphrase | private key files at rest |

A list of names stays dangerous for decades, so real exchanges seal to the hybrid kind. Its encapsulation takes its
randomness inside OpenSSL and cannot be given any, so a hybrid stanza never repeats, whatever `entropy` says.

An identity answers a stanza with the file key, or with None when the stanza is for somebody else. Stanzas of these kinds
that are malformed are refused for every reader alike (`check_stanzas`), not only for those whom they concern.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from homeward.record.entropy import Entropy, draw_bytes
from homeward.record.seal.encoding import decode_base64, decode_bech32, encode_base64, encode_bech32
from homeward.record.seal.errors import SealError
from homeward.record.seal.header import Stanza, derive

FILE_KEY: Final = 16
_WRAPPED = FILE_KEY + 16
_ZERO_NONCE = bytes(12)
_X25519_INFO = b"age-encryption.org/v1/X25519"
_HYBRID_INFO = b"age-encryption.org/mlkem768x25519"
_SCRYPT_SALT = b"age-encryption.org/v1/scrypt"
_HYBRID_PUBLIC = 1184 + 32
_HYBRID_SHARE = 1088 + 32
_WORK_FACTOR = re.compile(r"[1-9][0-9]*", re.ASCII)
#: 2^20 needs 1 GiB of memory. A file that asks for more would stop an office computer, so it is refused unread.
MAX_WORK_FACTOR: Final = 20

_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


@dataclass(frozen=True)
class X25519Recipient:
    """A Curve25519 public key of 32 bytes."""

    public: bytes
    kind: ClassVar[str] = "X25519"

    def __post_init__(self) -> None:
        if len(self.public) != 32:
            raise ValueError("an X25519 public key has 32 bytes")
        # A key of low order would give the same shared secret, zero, to everybody.
        if _agree(X25519PrivateKey.from_private_bytes(bytes(range(32))), self.public) is None:
            raise SealError("bad key", "this public key is one of the few that protect nothing; ask its owner for a new one")

    def __str__(self) -> str:
        return encode_bech32("age", self.public)

    def wrap(self, file_key: bytes, entropy: Entropy) -> Stanza:
        ephemeral = X25519PrivateKey.from_private_bytes(draw_bytes(entropy, 32))
        share = ephemeral.public_key().public_bytes_raw()
        shared = _agree(ephemeral, self.public)
        assert shared is not None, "low-order recipients are refused above"
        return Stanza(("X25519", encode_base64(share)), _wrap(derive(shared, share + self.public, _X25519_INFO), file_key))


@dataclass(frozen=True)
class X25519Identity:
    """A Curve25519 private key of 32 bytes."""

    secret: bytes = field(repr=False)
    kind: ClassVar[str] = "X25519"

    def __post_init__(self) -> None:
        if len(self.secret) != 32:
            raise ValueError("an X25519 identity has 32 bytes")

    @classmethod
    def make(cls, *, entropy: Entropy = os.urandom) -> X25519Identity:
        return cls(draw_bytes(entropy, 32))

    @cached_property
    def recipient(self) -> X25519Recipient:
        return X25519Recipient(self._private.public_key().public_bytes_raw())

    @property
    def private_text(self) -> str:
        """The `AGE-SECRET-KEY-1…` text. Whoever reads it can open every file sealed to this key."""
        return encode_bech32("age-secret-key-", self.secret).upper()

    def unwrap(self, stanza: Stanza) -> bytes | None:
        if stanza.arguments[0] != "X25519":
            return None
        share = decode_base64(stanza.arguments[1])
        shared = _agree(self._private, share)
        if shared is None:
            raise _malformed("a recipient's key share is one of the few that protect nothing")
        return _unwrap(derive(shared, share + self.recipient.public, _X25519_INFO), stanza.body)

    @cached_property
    def _private(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self.secret)


@dataclass(frozen=True)
class HybridRecipient:
    """An ML-KEM-768 encapsulation key and a Curve25519 public key, together 1216 bytes."""

    public: bytes
    kind: ClassVar[str] = "mlkem768x25519"

    def __post_init__(self) -> None:
        if len(self.public) != _HYBRID_PUBLIC:
            raise ValueError(f"a hybrid public key has {_HYBRID_PUBLIC} bytes")
        X25519Recipient(self.public[1184:])
        try:
            _ = self._key
        except ValueError:
            raise SealError("bad key", "this public key is not an ML-KEM-768 key; ask its owner to send it again") from None

    def __str__(self) -> str:
        return encode_bech32("age1pq", self.public)

    def wrap(self, file_key: bytes, _entropy: Entropy) -> Stanza:
        sealed = _SUITE.encrypt(file_key, self._key, _HYBRID_INFO)
        return Stanza((self.kind, encode_base64(sealed[:_HYBRID_SHARE])), sealed[_HYBRID_SHARE:])

    @cached_property
    def _key(self) -> MLKEM768X25519PublicKey:
        return MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(self.public[:1184]), X25519PublicKey.from_public_bytes(self.public[1184:])
        )


@dataclass(frozen=True)
class HybridIdentity:
    """The 32-byte seed of an X-Wing key pair (ML-KEM-768 with X25519)."""

    secret: bytes = field(repr=False)
    kind: ClassVar[str] = "mlkem768x25519"

    def __post_init__(self) -> None:
        if len(self.secret) != 32:
            raise ValueError("a hybrid identity has 32 bytes")

    @classmethod
    def make(cls, *, entropy: Entropy = os.urandom) -> HybridIdentity:
        return cls(draw_bytes(entropy, 32))

    @cached_property
    def recipient(self) -> HybridRecipient:
        lattice, curve = self._parts
        return HybridRecipient(lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw())

    @property
    def private_text(self) -> str:
        """The `AGE-SECRET-KEY-PQ-1…` text. Whoever reads it can open every file sealed to this key."""
        return encode_bech32("age-secret-key-pq-", self.secret).upper()

    def unwrap(self, stanza: Stanza) -> bytes | None:
        if stanza.arguments[0] != self.kind:
            return None
        share = decode_base64(stanza.arguments[1])
        lattice, curve = self._parts
        # HPKE would report a low-order share like any other failure; the test files tell them apart, and so do we.
        if _agree(curve, share[1088:]) is None:
            raise _malformed("a recipient's key share is one of the few that protect nothing")
        try:
            return _SUITE.decrypt(share + stanza.body, MLKEM768X25519PrivateKey(lattice, curve), _HYBRID_INFO)
        except InvalidTag:
            return None

    @cached_property
    def _parts(self) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
        expanded = hashlib.shake_256(self.secret).digest(96)
        return MLKEM768PrivateKey.from_seed_bytes(expanded[:64]), X25519PrivateKey.from_private_bytes(expanded[64:])


@dataclass(frozen=True)
class Passphrase:
    """A passphrase, recipient and identity in one. Sealing costs 2^`work_factor` steps of scrypt; 18 takes about a second."""

    text: str = field(repr=False)
    work_factor: int = 18
    kind: ClassVar[str] = "scrypt"

    def __post_init__(self) -> None:
        if not self.text or any("\ud800" <= letter <= "\udfff" for letter in self.text):
            raise SealError("bad key", "this passphrase is empty or has letters that cannot be typed again; choose another")
        if not 1 <= self.work_factor <= MAX_WORK_FACTOR:
            raise ValueError(f"a work factor is a number from 1 to {MAX_WORK_FACTOR}")

    def wrap(self, file_key: bytes, entropy: Entropy) -> Stanza:
        salt = draw_bytes(entropy, 16)
        body = _wrap(self._key(salt, self.work_factor), file_key)
        return Stanza(("scrypt", encode_base64(salt), str(self.work_factor)), body)

    def unwrap(self, stanza: Stanza) -> bytes | None:
        if stanza.arguments[0] != "scrypt":
            return None
        return _unwrap(self._key(decode_base64(stanza.arguments[1]), int(stanza.arguments[2])), stanza.body)

    def _key(self, salt: bytes, work_factor: int) -> bytes:
        return Scrypt(_SCRYPT_SALT + salt, 32, 2**work_factor, 8, 1).derive(self.text.encode("utf-8"))


Recipient = X25519Recipient | HybridRecipient | Passphrase
Identity = X25519Identity | HybridIdentity | Passphrase


def parse_recipient(text: str) -> X25519Recipient | HybridRecipient:
    """Read `age1…` or `age1pq1…`; `SealError("bad key")` with the fault otherwise."""
    prefix, data = _read_key(text, "public key for sealing", text.lower())
    match prefix, len(data):
        case "age", 32:
            return X25519Recipient(data)
        case "age1pq", 1216:
            return HybridRecipient(data)
    raise _bad_key("public key for sealing", "those begin with age1 and this is another kind of text")


def parse_identity(text: str) -> X25519Identity | HybridIdentity:
    """Read `AGE-SECRET-KEY-1…` or `AGE-SECRET-KEY-PQ-1…`; `SealError("bad key")` with the fault otherwise."""
    prefix, data = _read_key(text, "private key for opening", text.upper())
    match prefix, len(data):
        case "age-secret-key-", 32:
            return X25519Identity(data)
        case "age-secret-key-pq-", 32:
            return HybridIdentity(data)
    raise _bad_key("private key for opening", "those begin with AGE-SECRET-KEY and this is another kind of text")


def _read_key(text: str, what: str, canonical: str) -> tuple[str, bytes]:
    if text != canonical:
        raise _bad_key(what, "capital and small letters were changed")
    try:
        return decode_bech32(text)
    except ValueError as error:
        raise _bad_key(what, str(error)) from None


def _bad_key(what: str, fault: str) -> SealError:
    return SealError("bad key", f"this is not a {what}: {fault}; copy it again, whole")


def check_stanzas(stanzas: Sequence[Stanza]) -> None:
    """Raise `SealError("header failure")` if a stanza of a kind that we know is malformed, or a passphrase is not alone."""
    for stanza in stanzas:
        match stanza.arguments[0]:
            case "X25519":
                _check(stanza, words=2, length=32)
            case "mlkem768x25519":
                _check(stanza, words=2, length=_HYBRID_SHARE)
            case "scrypt":
                _check(stanza, words=3, length=16)
                if len(stanzas) > 1:
                    raise _malformed("a passphrase must be the only way to open it, and this one has others")
                factor = stanza.arguments[2]
                if not _WORK_FACTOR.fullmatch(factor):
                    raise _malformed("the work factor of its passphrase is not a plain number")
                if len(factor) > 2 or int(factor) > MAX_WORK_FACTOR:
                    raise _malformed(f"its passphrase asks for more than 2^{MAX_WORK_FACTOR} steps; no honest sealer does")
            case _:
                pass  # Another program's kind, or noise that keeps parsers honest: not ours to judge.


def _check(stanza: Stanza, *, words: int, length: int) -> None:
    if len(stanza.arguments) != words:
        raise _malformed(f"a recipient's line has {len(stanza.arguments)} words instead of {words}")
    try:
        value = decode_base64(stanza.arguments[1])
    except ValueError:
        raise _malformed("its base64 is not canonical") from None
    # A body of another length could be made to open under several keys at once (partitioning oracle).
    if len(value) != length or len(stanza.body) != _WRAPPED:
        raise _malformed("a recipient's line has another length than its kind")


def _agree(private: X25519PrivateKey, public: bytes) -> bytes | None:
    """The shared secret, or None when it is zero because `public` is of low order."""
    try:
        return private.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:
        return None


def _wrap(key: bytes, file_key: bytes) -> bytes:
    return ChaCha20Poly1305(key).encrypt(_ZERO_NONCE, file_key, None)


def _unwrap(key: bytes, body: bytes) -> bytes | None:
    try:
        return ChaCha20Poly1305(key).decrypt(_ZERO_NONCE, body, None)
    except InvalidTag:
        return None


def _malformed(what: str) -> SealError:
    return SealError("header failure", f"the header of this sealed file cannot be read: {what}; ask for a new copy")
