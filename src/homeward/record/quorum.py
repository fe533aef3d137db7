"""Who has signed a head, and who is missing.

A head is full when the log has signed it and every party with a witness has cosigned it. With that rule one honest party is
enough: nobody can make two different heads of one record both full. Any smaller quorum lets one dishonest party split it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from homeward.record.head import Head, HeadError, SignedHead, check_signature
from homeward.record.ledger import Ledger
from homeward.record.note import COSIGNATURE, MLDSA44, Signature, Verifier


@dataclass(frozen=True, slots=True)
class Standing:
    """What the signatures under one head amount to. Times are seconds since 1970, by the cosigners' own clocks."""

    head: Head
    #: Party code -> time of its Ed25519 cosignature.
    cosigned: Mapping[str, int]
    #: Party code -> time of its ML-DSA-44 cosignature.
    closing: Mapping[str, int]
    #: Codes of the parties that should have cosigned and have not.
    missing: tuple[str, ...]

    @property
    def full(self) -> bool:
        return not self.missing

    @property
    def sealed(self) -> bool:
        """Full, and cosigned with ML-DSA-44 by everybody as well."""
        return self.full and self.closing.keys() >= self.cosigned.keys()


#: A signature under a head, with the key that it was checked with.
Checked = tuple[Head, Signature, Verifier]


def standing(
    signed: SignedHead, ledger: Ledger, known_good: Container[Verifier] = (), checked: set[Checked] | None = None
) -> Standing:
    """Judge every signature under a head whose size the ledger has reached; those of keys in `known_good` were checked before.

    `checked` remembers the good ones from call to call: the same bytes under the same head by the same key are good again.

    Raises `HeadError` if one is false or by a key that does not count there, if the log's is missing, or if the lines are not
    in their one order. The root is the caller's to compare.
    """
    head = signed.head
    if head.origin != ledger.charter.origin:
        raise HeadError(f"the head at {head.size} belongs to another exchange")
    order = _order(ledger, head.size)
    times: dict[int, dict[str, int]] = {COSIGNATURE: {}, MLDSA44: {}}
    places = []
    for signature in signed.signatures:
        place, key = _place(order, signature, head)
        known = key in known_good or (checked is not None and (head, signature, key) in checked)
        time = check_signature(head, signature, key, known_good=known)
        if checked is not None and key not in known_good:
            checked.add((head, signature, key))
        places.append(place)
        if time is not None:
            times[key.kind].setdefault(key.party, time)
    if places != sorted(set(places)):
        raise HeadError(f"the signatures under the head at {head.size} are not in their order, or one key signed twice")
    if not places or places[0][0] != 0:
        raise HeadError(f"the head at {head.size} is not signed by the log")
    missing = tuple(code for code in ledger.charter.cosigners if code not in times[COSIGNATURE])
    return Standing(head, times[COSIGNATURE], times[MLDSA44], missing)


def assemble(head: Head, signatures: Iterable[Signature], ledger: Ledger) -> SignedHead:
    """The signed head with its signature lines in their one order, for each key the earliest.

    Two parties that hold the same signatures assemble the same bytes.
    """
    order = _order(ledger, head.size)
    chosen: dict[tuple[int, int, str], Signature] = {}
    for signature in sorted(signatures, key=lambda item: item.body):
        chosen.setdefault(_place(order, signature, head)[0], signature)
    return SignedHead(head, tuple(chosen[place] for place in sorted(chosen)))


def find_key(signature: Signature, head: Head, ledger: Ledger) -> Verifier:
    """The key that a signature line under this head names. Raises `HeadError` if none counts there."""
    return _place(_order(ledger, head.size), signature, head)[1]


_Order = Mapping[tuple[str, bytes], tuple[tuple[int, int, str], Verifier]]


def _order(ledger: Ledger, size: int) -> _Order:
    """Every key that may sign a head of this size, with its place: the log first, then the parties, Ed25519 before ML-DSA."""
    numbers = {party.code: number for number, party in enumerate(ledger.charter.signing.parties, 1)}
    places = {}
    for entry in ledger.keys.values():
        key = entry.key
        if "log" in entry.roles and entry.counts_at(size):
            places[key.name, key.id] = ((0, 0, key.name), key)
        elif "witness" in entry.roles and entry.counts_at(size):
            places[key.name, key.id] = ((numbers[key.party], key.kind, key.name), key)
    return places


def _place(order: _Order, signature: Signature, head: Head) -> tuple[tuple[int, int, str], Verifier]:
    place = order.get((signature.name, signature.id))
    if place is None:
        raise HeadError(f"the key {signature.name} may not sign the head at {head.size}")
    return place
