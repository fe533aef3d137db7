"""Lodging a list with keepers, so that it is handed over only together with the other side's.

A side seals its list to a fresh key, the lodging key, and cuts that key into one share per keeper: the exclusive or of all
shares is the key, and any share less is pure noise. Each share is sealed to its keeper. The keepers bring their shares
together only when both sides have lodged, and then both lists are opened to their commitments before either is handed over.

    {"format":"homeward-lodging/1","keepers":{"host":"<hash>","icrc":"<hash>"},"key":"<hash>","list":"<hash>"}

This public text, the *lodging*, names the sealed list by the SHA-256 of its bytes, the lodging key by the SHA-256 of its
public text, and each keeper's share by the SHA-256 of the share's text, all written as acts write hashes (base64url, 43
letters). So a keeper sees at once whether the share received is the one that was lodged, and a share that was altered later
names the keeper who brought it.

With one keeper the share is the key: that keeper can read the list alone, at once, and nobody would see it. Terms that have
one keeper say so (`one_keeper=True`), and the record prints it.

>>> from homeward.record.seal import HybridIdentity
>>> icrc, host = HybridIdentity.make(), HybridIdentity.make()
>>> lodged = lodge(b"the opened list", {"icrc": icrc.recipient, "host": host.recipient})
>>> lodging = parse_lodging(lodged.lodging.to_bytes())
>>> shares = {
...     "icrc": open_share(lodging, "icrc", lodged.sealed_shares["icrc"], icrc),
...     "host": open_share(lodging, "host", lodged.sealed_shares["host"], host),
... }
>>> open_lodged(lodging, lodged.sealed_list, shares)
b'the opened list'
>>> open_lodged(lodging, lodged.sealed_list, {"icrc": shares["icrc"]})
Traceback (most recent call last):
homeward.record.shares.LodgingError: the share of host is missing; all keepers must bring theirs
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from homeward.record.disclosure import canonical
from homeward.record.disclosure.salted import is_digest
from homeward.record.entropy import Entropy, draw_bytes
from homeward.record.note import encode_base64url
from homeward.record.seal import (
    HybridIdentity,
    HybridRecipient,
    Identity,
    SealError,
    X25519Identity,
    X25519Recipient,
    seal,
    unseal,
)

FORMAT: Final = "homeward-lodging/1"
_SHARE_FORMAT: Final = "homeward-share/1"
_SECRET: Final = 32
_SHARE = re.compile(r"[0-9a-f]{64}", re.ASCII)
_KEEPER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}", re.ASCII)

#: The kinds of lodging keys by their name in a share.
_KINDS: Mapping[str, type[HybridIdentity] | type[X25519Identity]] = {
    HybridIdentity.kind: HybridIdentity,
    X25519Identity.kind: X25519Identity,
}


class LodgingError(Exception):
    """A lodging, a share or a sealed list that do not fit together. `keeper` is whose share it is about, if it is."""

    def __init__(self, message: str, keeper: str | None = None) -> None:
        super().__init__(message)
        self.keeper = keeper


@dataclass(frozen=True, slots=True)
class Lodging:
    """What everybody may know of a lodged list: hashes in base64url. `keepers` maps each keeper to their share's hash."""

    list_hash: str
    key_hash: str
    keepers: Mapping[str, str]

    @property
    def one_keeper(self) -> bool:
        """True if a single keeper can read the list alone."""
        return len(self.keepers) == 1

    def to_bytes(self) -> bytes:
        """One canonical line, without newline."""
        return canonical.write({"format": FORMAT, "keepers": {**self.keepers}, "key": self.key_hash, "list": self.list_hash})


@dataclass(frozen=True, slots=True)
class Lodged:
    """All that a side hands over: the lodging to all, the sealed list to all, each sealed share to its keeper."""

    lodging: Lodging
    sealed_list: bytes
    sealed_shares: Mapping[str, bytes]


def lodge(
    plaintext: bytes,
    keepers: Mapping[str, X25519Recipient | HybridRecipient],
    *,
    one_keeper: bool = False,
    entropy: Entropy = os.urandom,
) -> Lodged:
    """Seal `plaintext` to a fresh key and share that key among `keepers`.

    The lodging key is of the keepers' kind: hybrid in every real exchange, X25519 in a rehearsal that must repeat. Raises
    `ValueError` unless there are at least two keepers, or exactly one and `one_keeper` says that the terms want it so.
    """
    if len(keepers) < 2 and not (one_keeper and len(keepers) == 1):
        raise ValueError("a list is lodged with at least two keepers; a single keeper must be asked for with one_keeper")
    if one_keeper and len(keepers) > 1:
        raise ValueError("one_keeper was asked for and several keepers are named")
    if not all(_KEEPER.fullmatch(keeper) for keeper in keepers):
        raise ValueError("a keeper is named by a short word of letters, digits, points, slashes and hyphens")
    kinds = {recipient.kind for recipient in keepers.values()}
    if len(kinds) > 1:
        raise SealError("bad key", "the keepers have keys of two kinds; each must make a hybrid key (age1pq1…)")
    key = _KINDS[kinds.pop()](draw_bytes(entropy, _SECRET))
    sealed_list = seal(plaintext, [key.recipient], entropy=entropy)
    list_hash = _hash(sealed_list)
    names = sorted(keepers)
    shares = {
        keeper: _share_text(keeper, list_hash, key.kind, share)
        for keeper, share in zip(names, _split(key.secret, len(names), entropy), strict=True)
    }
    lodging = Lodging(list_hash, _key_hash(key), {keeper: _hash(text) for keeper, text in shares.items()})
    sealed_shares = {keeper: seal(text, [keepers[keeper]], entropy=entropy) for keeper, text in shares.items()}
    return Lodged(lodging, sealed_list, sealed_shares)


def parse_lodging(data: bytes) -> Lodging:
    """Read what `Lodging.to_bytes` wrote; `LodgingError` for all other bytes."""
    try:
        match canonical.read(data):
            case {"format": "homeward-lodging/1", "keepers": dict(keepers), "key": str(key), "list": str(sealed), **more} if (
                not more and keepers
            ):
                pairs = {keeper: str(text) for keeper, text in keepers.items()}
                if all(map(_KEEPER.fullmatch, pairs)) and all(map(is_digest, [key, sealed, *pairs.values()])):
                    return Lodging(sealed, key, pairs)
    except ValueError:
        pass
    raise LodgingError(f"this is not the text of a lodging ({FORMAT}); ask the side that lodged its list to send it again")


def open_share(lodging: Lodging, keeper: str, sealed_share: bytes, identity: Identity) -> bytes:
    """A keeper opens their own share and sees that it is the one that was lodged. Keep the result secret until release."""
    try:
        share = unseal(sealed_share, [identity])
    except SealError as error:
        raise LodgingError(f"the share of {keeper} cannot be opened: {error}", keeper) from None
    check_share(lodging, keeper, share)
    return share


def check_share(lodging: Lodging, keeper: str, share: bytes) -> None:
    """Raise `LodgingError` unless `share` is the very share that was lodged with `keeper`."""
    expected = lodging.keepers.get(keeper)
    if expected is None:
        raise LodgingError(
            f"{keeper} is not a keeper of this list; its keepers are {', '.join(sorted(lodging.keepers))}", keeper
        )
    if _hash(share) != expected:
        raise LodgingError(f"the share of {keeper} is not the one that was lodged; {keeper} must bring the right file", keeper)


def open_lodged(lodging: Lodging, sealed_list: bytes, shares: Mapping[str, bytes]) -> bytes:
    """Join the keepers' opened shares and open the sealed list. `LodgingError` says whose share, or that the list, is wrong."""
    if _hash(sealed_list) != lodging.list_hash:
        raise LodgingError("the sealed list is not the one that was lodged; take the file whose SHA-256 the act names")
    try:
        return unseal(sealed_list, [join(lodging, shares)])
    except SealError as error:
        raise LodgingError(f"the lodged list does not open: {error}; neither side's list is released") from None


def join(lodging: Lodging, shares: Mapping[str, bytes]) -> HybridIdentity | X25519Identity:
    """The lodging key from all keepers' opened shares."""
    missing = sorted(set(lodging.keepers) - set(shares))
    if missing:
        raise LodgingError(f"the share of {' and of '.join(missing)} is missing; all keepers must bring theirs", missing[0])
    secret = bytes(_SECRET)
    kinds: set[str] = set()
    for keeper in sorted(shares):
        check_share(lodging, keeper, shares[keeper])
        kind, share = _parse_share(keeper, shares[keeper], lodging)
        kinds.add(kind)
        secret = _xor(secret, share)
    # From here on every share is the lodged one, so what fails now was lodged wrong by the side itself.
    key = _KINDS[kinds.pop()](secret)
    if kinds or _key_hash(key) != lodging.key_hash:
        raise LodgingError("the shares do not make the key that was announced: the side lodged garbage; release neither list")
    return key


def _split(secret: bytes, count: int, entropy: Entropy) -> list[bytes]:
    shares = [draw_bytes(entropy, _SECRET) for _ in range(count - 1)]
    rest = secret
    for share in shares:
        rest = _xor(rest, share)
    return [*shares, rest]


def _share_text(keeper: str, list_hash: str, kind: str, share: bytes) -> bytes:
    return canonical.write({"format": _SHARE_FORMAT, "keeper": keeper, "kind": kind, "list": list_hash, "share": share.hex()})


def _parse_share(keeper: str, text: bytes, lodging: Lodging) -> tuple[str, bytes]:
    try:
        match canonical.read(text):
            case {
                "format": "homeward-share/1",
                "keeper": str(name),
                "kind": str(kind),
                "list": str(sealed),
                "share": str(share),
                **more,
            } if not more and name == keeper and sealed == lodging.list_hash and kind in _KINDS and _SHARE.fullmatch(share):
                return kind, bytes.fromhex(share)
    except ValueError:
        pass
    raise LodgingError(f"the share of {keeper} was lodged damaged or for another list; release neither list", keeper)


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))


def _hash(text: bytes) -> str:
    return encode_base64url(hashlib.sha256(text).digest())


def _key_hash(key: HybridIdentity | X25519Identity) -> str:
    return _hash(str(key.recipient).encode("ascii"))
