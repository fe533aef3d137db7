"""The payload of an age file: STREAM over ChaCha20-Poly1305 in chunks of 64 KiB.

Each chunk's nonce is its number (11 bytes, big endian) and one byte that is 1 for the last chunk, so chunks can be neither
moved nor dropped, and a cut file is noticed. `open_chunks` yields each chunk only after its tag was checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from homeward.record.seal.errors import SealError
from homeward.record.seal.header import derive

CHUNK = 64 * 1024
NONCE = 16
_TAG = 16


def seal_payload(plaintext: bytes, file_key: bytes, nonce: bytes) -> bytes:
    """The nonce and the encrypted chunks. An empty plaintext has one empty chunk."""
    cipher = ChaCha20Poly1305(derive(file_key, nonce, b"payload"))
    count = max(1, -(-len(plaintext) // CHUNK))
    chunks = (
        cipher.encrypt(_chunk_nonce(i, last=i == count - 1), plaintext[i * CHUNK : (i + 1) * CHUNK], None) for i in range(count)
    )
    return nonce + b"".join(chunks)


def open_chunks(payload: bytes, file_key: bytes) -> Iterator[bytes]:
    """The plaintext, chunk by chunk; raises `SealError("payload failure")` at the first fault, also a missing end."""
    if len(payload) < NONCE:
        # The test kit counts the nonce to the header.
        raise SealError("header failure", "this sealed file ends before its contents begin; ask for a new copy")
    cipher = ChaCha20Poly1305(derive(file_key, payload[:NONCE], b"payload"))
    at, number, last = NONCE, 0, False
    while not last:
        chunk = payload[at : at + CHUNK + _TAG]
        at += len(chunk)
        full = len(chunk) == CHUNK + _TAG
        plaintext = _decrypt(cipher, number, chunk, last=False) if full else None
        if plaintext is None:
            # A full chunk may be the last one too; only its tag tells.
            plaintext = _decrypt(cipher, number, chunk, last=True)
            last = True
        if plaintext is None:
            raise _failure(f"part {number + 1} was changed, cut or moved")
        if not plaintext and number:
            raise _failure("it has an empty end that no sealing program writes")
        yield plaintext
        number += 1
    if at != len(payload):
        raise _failure("something was added behind its end")


def _chunk_nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _decrypt(cipher: ChaCha20Poly1305, number: int, chunk: bytes, *, last: bool) -> bytes | None:
    try:
        return cipher.decrypt(_chunk_nonce(number, last=last), chunk, None)
    except InvalidTag:
        return None


def _failure(what: str) -> SealError:
    return SealError("payload failure", f"the contents of this sealed file are damaged: {what}; ask for a new copy")
