"""The keys of the node's database fields: a ring in `secrets/at-rest.keys`, newest last; old ones still open what they sealed.

A sealed value is one byte of version, one byte with the key's number, a nonce of 12 bytes, then AES-256-GCM's ciphertext and tag
(NIST SP 800-38D). What the value is for (table and column) goes in as associated data, so that a value moved to another column
does not open. With random nonces one key is good for 2^32 values; `homeward node new-key` adds a key long before that.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from homeward.bureau.node.folder import node_folder
from homeward.people.atomic import replace_file

_VERSION = 1
_NONCE = 12
#: The key's number is one byte.
_MOST = 256


class VaultError(Exception):
    """A sealed value that these keys do not open: the key file is another node's, or the value was changed."""


class KeyRing:
    """The keys, by number from 0. `seal` uses the newest."""

    def __init__(self, keys: list[bytes]) -> None:
        assert keys, "a ring has a key"
        assert all(len(key) == 32 for key in keys), "keys of AES-256 have 32 bytes"
        self._keys = keys
        self._ciphers = [AESGCM(key) for key in keys]

    def seal(self, plain: bytes, purpose: bytes) -> bytes:
        """Encrypt for the purpose. The same text sealed twice gives different bytes."""
        number = self.newest
        nonce = os.urandom(_NONCE)
        return bytes((_VERSION, number)) + nonce + self._ciphers[number].encrypt(nonce, plain, purpose)

    @property
    def newest(self) -> int:
        """The number of the key that seals now."""
        return len(self._keys) - 1

    def open(self, sealed: bytes, purpose: bytes) -> bytes:
        """Decrypt what was sealed for the purpose. Raises `VaultError`."""
        if len(sealed) < 2 + _NONCE + 16 or sealed[0] != _VERSION or sealed[1] >= len(self._keys):
            raise VaultError("a sealed field is not of a kind that this node's keys open; restore secrets/at-rest.keys")
        nonce = sealed[2 : 2 + _NONCE]
        try:
            return self._ciphers[sealed[1]].decrypt(nonce, sealed[2 + _NONCE :], purpose)
        except InvalidTag:
            raise VaultError("a sealed field does not open: wrong key, or the database was changed") from None

    def mark(self, text: str, purpose: bytes) -> bytes:
        """A keyed mark by which an exact value can be found again without being stored: HMAC-SHA-256 under the first key."""
        return hmac.digest(hashlib.sha256(b"mark" + self._keys[0]).digest(), purpose + b"\0" + text.encode(), "sha256")[:16]


def key_file(folder: Path) -> Path:
    """Where the ring of a node lies."""
    return folder / "secrets" / "at-rest.keys"


def add_key(folder: Path) -> int:
    """Make one more key, the newest from now on. Gives how many there are. Raises `VaultError` when the ring is full."""
    path = key_file(folder)
    lines = path.read_text("ascii").split() if path.exists() else []
    if len(lines) == _MOST:
        raise VaultError(f"{path.name} holds {_MOST} keys, which is as many as a sealed value can name")
    lines.append(base64.b64encode(os.urandom(32)).decode("ascii"))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace_file(path, ("\n".join(lines) + "\n").encode("ascii"), mode=0o600)
    return len(lines)


def key_ring() -> KeyRing:
    """The ring of this process's node; made when the node has none. Raises `VaultError` for a damaged file.

    A key that another process has added is seen at the next call: the file is looked at by its time, which costs two microseconds.
    """
    path = key_file(node_folder())
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        add_key(node_folder())
        changed = path.stat().st_mtime_ns
    return _ring(path, changed)


@lru_cache(maxsize=4)
def _ring(path: Path, _changed: int) -> KeyRing:
    try:
        keys = [base64.b64decode(line, validate=True) for line in path.read_text("ascii").split()]
    except ValueError:
        raise VaultError(f"{path.name} is damaged; restore it from the copy that you keep apart from the database") from None
    if not keys or any(len(key) != 32 for key in keys):
        raise VaultError(f"{path.name} is damaged; restore it from the copy that you keep apart from the database")
    return KeyRing(keys)
