"""See `nacl`. There is no signing here."""

from __future__ import annotations

from homeward.record.plain.ed25519 import is_valid_point, verify
from nacl.exceptions import BadSignatureError


def crypto_sign_open(signed: bytes, public: bytes) -> bytes:
    if not verify(public, signed[64:], signed[:64]):
        raise BadSignatureError
    return signed[64:]


def crypto_core_ed25519_is_valid_point(public: bytes) -> bool:
    return is_valid_point(public)
