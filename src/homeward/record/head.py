"""The head: how long the record is and what it hashes to, signed by the log and cosigned by every party.

    homeward/<hash of the terms>
    18204
    <root, base64>

    — ICRC/log <signature, kind 0x01>
    — ICRC/witness <time and signature, kind 0x04>
    — RU/witness <…>
    — UA/witness <…>

This is a C2SP tlog-checkpoint without extension lines, cosigned as C2SP tlog-cosignature says. The log's line comes first,
then the parties in the order of the charter, for each its Ed25519 cosignature and then, on a closing head, its ML-DSA-44 one.
A cosignature means: I hold every line up to here, I recomputed the root from my own bytes, everything I handed in is in it.

>>> from homeward.record.note import COSIGNATURE, ED25519, Signer
>>> head = Head("homeward/" + "A" * 43, 2, bytes(32))
>>> log, witness = (Signer.from_seed(name, kind, bytes([kind]) * 32) for name, kind in (("N/log", 1), ("UA/witness", 4)))
>>> signed = SignedHead(head, (sign_head(head, log), cosign_head(head, witness, 1784885467)))
>>> parse_signed_head(signed.note) == signed
True
>>> check_signature(head, signed.signatures[0], log.verifier), check_signature(head, signed.signatures[1], witness.verifier)
(None, 1784885467)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from homeward.record.act import HASH_TEXT, MAX_INTEGER
from homeward.record.note import (
    COSIGNATURE,
    ED25519,
    MLDSA44,
    NoteError,
    Signature,
    Signer,
    Verifier,
    decode_base64,
    encode_base64,
    parse_signature_line,
)

_ORIGIN = "homeward/"
_SIZE = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)
_TIME_BYTES = 8
#: Years 2000 to 2200: a cosigner's clock outside of them is broken, and the text would not fit a calendar.
_TIMES = range(946_684_800, 7_258_118_400)


class HeadError(Exception):
    """A head, or a signature under a head, that is not what it claims to be."""


@dataclass(frozen=True, slots=True)
class Head:
    """Whose record (`origin`), how many lines, and the root over them (32 bytes)."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> bytes:
        """The note's text, three lines, each with its newline: what the log signs."""
        return f"{self.origin}\n{self.size}\n{encode_base64(self.root)}\n".encode("ascii")


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head with signature lines, in the order in which they stand."""

    head: Head
    signatures: tuple[Signature, ...]

    @property
    def note(self) -> bytes:
        """The signed note: text, empty line, signature lines."""
        lines = "".join(f"{signature.line}\n" for signature in self.signatures)
        return self.head.text + b"\n" + lines.encode("utf-8")


def parse_head(text: bytes) -> Head:
    """Read a head's three lines; mirrors `Head.text`. Raises `HeadError`."""
    try:
        origin, size, root, end = text.decode("ascii").split("\n")
        digest = decode_base64(root)
    except (ValueError, NoteError):
        raise HeadError("a head is three lines: the record's origin, its size, and its root in base64") from None
    if not origin.startswith(_ORIGIN) or HASH_TEXT.fullmatch(origin[len(_ORIGIN) :]) is None:
        raise HeadError("a head begins with homeward/ and the hash of the terms in 43 characters")
    if _SIZE.fullmatch(size) is None or int(size) > MAX_INTEGER:
        raise HeadError("the size of a head is a plain decimal number")
    if end or len(digest) != 32:
        raise HeadError("the root of a head is 32 bytes in base64")
    return Head(origin, int(size), digest)


def parse_signed_head(note: bytes) -> SignedHead:
    """Read a signed head; mirrors `SignedHead.note`. Every byte is accounted for, or `HeadError`."""
    text, blank, signed = note.partition(b"\n\n")
    if not blank or not signed.endswith(b"\n"):
        raise HeadError("a head is followed by an empty line and its signature lines")
    try:
        signatures = tuple([parse_signature_line(line) for line in signed.decode("utf-8")[:-1].split("\n")])
    except (UnicodeDecodeError, NoteError):
        raise HeadError("a signature line is an em dash, a space, the key's name, a space, and base64") from None
    if len(set(signatures)) != len(signatures):
        raise HeadError("a signature stands twice under one head")
    return SignedHead(parse_head(text + b"\n"), signatures)


def parse_heads(data: bytes) -> Iterator[SignedHead]:
    """Read heads that stand one after the other. `HeadError` says which one is wrong, counting from 1."""
    start = number = 0
    while start < len(data):
        number += 1
        # The next head begins where its first line does: a signature line begins with an em dash and never with this.
        following = data.find(b"\n" + _ORIGIN.encode("ascii"), start + 1)
        end = following + 1 if following >= 0 else len(data)
        try:
            yield parse_signed_head(data[start:end])
        except HeadError as error:
            raise HeadError(f"head {number} of the file: {error}") from None
        start = end


def sign_head(head: Head, log: Signer) -> Signature:
    """The log's own signature, over the head's text."""
    if log.verifier.kind != ED25519:
        raise ValueError("the log signs heads with a key of kind 0x01")
    return Signature(log.name, log.verifier.id, log.sign(head.text))


def cosign_head(head: Head, witness: Signer, time: int) -> Signature:
    """A cosigner's signature at `time`, seconds since 1970. Makes no check at all: `Store.cosign` does, and then calls this."""
    stamp = time.to_bytes(_TIME_BYTES)
    return Signature(witness.name, witness.verifier.id, stamp + witness.sign(_cosigned(head, witness.verifier, time)))


def signed_parts(head: Head, signature: Signature, key: Verifier) -> tuple[int | None, bytes, bytes]:
    """The time of a cosignature (None for the log's own signature), the bare signature, and what must have been signed."""
    if key.kind == ED25519:
        return None, signature.body, head.text
    time = int.from_bytes(signature.body[:_TIME_BYTES])
    return time, signature.body[_TIME_BYTES:], _cosigned(head, key, time)


def check_signature(head: Head, signature: Signature, key: Verifier, *, known_good: bool = False) -> int | None:
    """Raise `HeadError` unless `key` made this signature. The time of a cosignature; None for the log's own signature.

    `known_good`: the caller has checked the signature over `signed_parts` with this very key.
    """
    if not key.accepts(signature):
        raise ValueError("this is not the key that the signature names")
    time, body, message = signed_parts(head, signature, key)
    if not known_good and not key.verify(message, body):
        raise HeadError(f"the signature of {key.name} under the head at {head.size} is false")
    if time is not None and time not in _TIMES:
        raise HeadError(f"{key.name} cosigned the head at {head.size} at a time outside 2000 to 2200")
    return time


def _cosigned(head: Head, key: Verifier, time: int) -> bytes:
    """What a cosigner signs (C2SP tlog-cosignature): text for Ed25519, a packed structure for ML-DSA-44."""
    if key.kind == COSIGNATURE:
        return f"cosignature/v1\ntime {time}\n".encode("ascii") + head.text
    if key.kind != MLDSA44:
        raise ValueError("heads are cosigned with keys of kind 0x04 or 0x06")
    name, origin = key.name.encode("ascii"), head.origin.encode("ascii")
    first, end = (0).to_bytes(8), head.size.to_bytes(8)
    parts = [
        b"subtree/v1\n\x00",
        bytes([len(name)]),
        name,
        time.to_bytes(8),
        bytes([len(origin)]),
        origin,
        first,
        end,
        head.root,
    ]
    return b"".join(parts)
