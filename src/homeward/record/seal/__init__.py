"""Sealed files: age version 1 (c2sp.org/age), so that any `age` program can open them without this software.

    age-encryption.org/v1                                                              header: one arrow per recipient
    -> mlkem768x25519 <share>
    <file key, wrapped>
    --- <HMAC of the header>
    <nonce, then chunks of 64 KiB under ChaCha20-Poly1305>                             payload

A sealed file hides its contents and shows if it was changed. It does not say who made it: acts do that, by naming the
SHA-256 of the sealed file under a signature.

>>> north, south = HybridIdentity.make(), HybridIdentity.make()
>>> sealed = seal(b"p-0417 ...", [north.recipient, south.recipient])
>>> unseal(sealed, [south])
b'p-0417 ...'
>>> unseal(sealed, [HybridIdentity.make()])
Traceback (most recent call last):
homeward.record.seal.errors.SealError: this file is sealed to other keys than yours; send the sender your public key

With X25519 recipients and a seeded `entropy` the same call gives the same bytes, which rehearsals need. Hybrid recipients
never repeat (see `keys`), and real exchanges use only them.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from homeward.record.entropy import Entropy, draw_bytes
from homeward.record.seal.armor import armor, dearmor
from homeward.record.seal.errors import Reason, SealError
from homeward.record.seal.header import format_header, parse_header
from homeward.record.seal.keys import (
    FILE_KEY,
    HybridIdentity,
    HybridRecipient,
    Identity,
    Passphrase,
    Recipient,
    X25519Identity,
    X25519Recipient,
    check_stanzas,
    parse_identity,
    parse_recipient,
)
from homeward.record.seal.stream import NONCE, open_chunks, seal_payload

__all__ = [
    "HybridIdentity",
    "HybridRecipient",
    "Identity",
    "Passphrase",
    "Reason",
    "Recipient",
    "SealError",
    "X25519Identity",
    "X25519Recipient",
    "armor",
    "dearmor",
    "parse_identity",
    "parse_recipient",
    "seal",
    "unseal",
]


def seal(plaintext: bytes, recipients: Sequence[Recipient], *, entropy: Entropy = os.urandom) -> bytes:
    """Encrypt `plaintext` so that each of `recipients` alone can open it. The result is a binary age file.

    Raises `SealError("bad key")` for recipients that do not belong together: a passphrase stays alone, and a hybrid
    recipient beside an X25519 one would be no safer than X25519.
    """
    if not recipients:
        raise ValueError("a file is sealed to at least one recipient")
    if len({recipient.kind for recipient in recipients}) > 1:
        raise SealError("bad key", "keys of two kinds cannot open one file; make hybrid keys (age1pq1…) for all")
    if isinstance(recipients[0], Passphrase) and len(recipients) > 1:
        raise SealError("bad key", "a file is sealed to one passphrase at most")
    file_key, nonce = draw_bytes(entropy, FILE_KEY), draw_bytes(entropy, NONCE)
    header = format_header(tuple(recipient.wrap(file_key, entropy) for recipient in recipients), file_key)
    return header + seal_payload(plaintext, file_key, nonce)


def unseal(ciphertext: bytes, identities: Sequence[Identity]) -> bytes:
    """Open a binary age file with the first of `identities` that fits. All or nothing: a damaged file gives no plaintext.

    Raises `SealError`; its `reason` is the age test kit's word for the fault.
    """
    header, at = parse_header(ciphertext)
    check_stanzas(header.stanzas)
    for identity in identities:
        for stanza in header.stanzas:
            file_key = identity.unwrap(stanza)
            if file_key is not None:
                header.check(file_key)
                return b"".join(open_chunks(ciphertext[at:], file_key))
    if any(stanza.arguments[0] == "scrypt" for stanza in header.stanzas):
        raise SealError("no match", "the passphrase does not open this file; type it again")
    raise SealError("no match", "this file is sealed to other keys than yours; send the sender your public key")
