"""See `cryptography`. There is no signing here."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from homeward.record.plain.mldsa44 import verify


class MLDSA44PublicKey:
    def __init__(self, data: bytes) -> None:
        self._data = data

    @classmethod
    def from_public_bytes(cls, data: bytes) -> MLDSA44PublicKey:
        return cls(data)

    def verify(self, signature: bytes, message: bytes) -> None:
        if not verify(self._data, message, signature):
            raise InvalidSignature


class MLDSA44PrivateKey:
    """Only named, never used: a verifier holds no private key."""
