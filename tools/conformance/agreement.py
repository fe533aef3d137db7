"""Terms that do not say who may sign, or that are no agreement."""

from __future__ import annotations

from dataclasses import replace

from conformance.case import BAD, Case, case, unreadable
from conformance.world import TERMS, Draft, agreed, key, terms
from homeward.record import COSIGNATURE, MLDSA44, Record
from homeward.record.note import LOW_ORDER, Verifier


def _terms(change: bytes, to: bytes) -> Record:
    """A record whose terms differ in one place; everything else is that of the unchanged terms."""
    good = agreed().record()
    assert good.terms.count(change) >= 1, "there is something to change"
    return replace(good, terms=good.terms.replace(change, to, 1))


def _bad_terms(change: bytes, to: bytes, says: str) -> Case:
    return unreadable(_terms(change, to), says, "terms")


@case(BAD)
def terms_one_letter_changed() -> Case:
    return Case(
        _terms(b"equals = 2", b"equals = 3"),
        "somebody changed a number in the terms: the acts belong to other terms",
        "changed", "changed", "acts", 0, "exchange",
    )  # fmt: skip


@case(BAD)
def terms_no_signing_section() -> Case:
    return unreadable(replace(agreed().record(), terms=TERMS.encode()), "the terms do not say who may sign", "terms")


@case(BAD)
def terms_two_signing_sections() -> Case:
    return _bad_terms(b"[parties]", b"[signing]\n[parties]", "the line [signing] stands twice")


@case(BAD)
def terms_not_utf8() -> Case:
    return _bad_terms(b"Alpha", b"\xc3\x28", "the terms are not UTF-8")


@case(BAD)
def terms_windows_lines() -> Case:
    return _bad_terms(b"[parties]\n", b"[parties]\r\n", "a line of the terms ends with CR LF")


@case(BAD)
def terms_bidi() -> Case:
    return _bad_terms(b"Alpha", "Al\u202epha".encode(), "a mark in the terms turns the direction of writing")


@case(BAD)
def terms_more_behind() -> Case:
    good = agreed().record()
    return unreadable(replace(good, terms=good.terms + b"# a note\n"), "a line stands behind the signing section", "terms")


@case(BAD)
def terms_quorum() -> Case:
    return _bad_terms(b'quorum = "all"', b'quorum = "two"', "two of three would be enough for a head")


@case(BAD)
def terms_party_order() -> Case:
    good = agreed().record().terms
    start, a, b, n = good.split(b"\n[signing.party.")
    whole = b"\n[signing.party.".join((start, b, a, n))
    return unreadable(replace(agreed().record(), terms=whole), "the parties are not in the order of their codes", "terms")


@case(BAD)
def terms_keeper_unknown() -> Case:
    return _bad_terms(b'quorum = "all"\n', b'quorum = "all"\nkeepers = ["C"]\n', "a keeper is no party")


@case(BAD)
def terms_key_id() -> Case:
    verifier = key("A/root").verifier
    other = f"{int(verifier.id.hex(), 16) ^ 1:08x}"
    return _bad_terms(verifier.id.hex().encode(), other.encode(), "the id in a key is not that key's")


@case(BAD)
def terms_key_twice() -> Case:
    root, witness = key("A/root").verifier, key("A/witness", COSIGNATURE).verifier
    same = Verifier(witness.name, COSIGNATURE, root.public)
    return _bad_terms(witness.text.encode(), same.text.encode(), "one key has two uses")


@case(BAD)
def terms_key_of_low_order() -> Case:
    root = key("A/root").verifier
    weak = Verifier(root.name, root.kind, min(LOW_ORDER - {bytes([1]) + bytes(31), bytes(32)}))
    return _bad_terms(root.text.encode(), weak.text.encode(), "a root key is a point of low order")


@case(BAD)
def terms_key_off_the_curve() -> Case:
    root = key("A/root").verifier
    wrong = Verifier(root.name, root.kind, bytes([2]) + bytes(31))
    return _bad_terms(root.text.encode(), wrong.text.encode(), "a root key is no point of the curve")


@case(BAD)
def terms_key_not_canonical() -> Case:
    """2^255 - 16 stands for the same point as 3, which is on the curve: a second spelling."""
    root = key("A/root").verifier
    wrong = Verifier(root.name, root.kind, (2**255 - 16).to_bytes(32, "little"))
    return _bad_terms(root.text.encode(), wrong.text.encode(), "a root key is written in a second spelling")


@case(BAD)
def terms_witness_of_wrong_kind() -> Case:
    witness = key("A/witness", COSIGNATURE).verifier
    wrong = Verifier(witness.name, 1, witness.public)
    return _bad_terms(witness.text.encode(), wrong.text.encode(), "a witness has a key that signs acts")


@case(BAD)
def terms_without_sides() -> Case:
    body = TERMS.partition("[sides")[0] + '[[stages]]\nid = "day1"\n'
    return _terms_for_exchange(body, "the terms name no stream of people")


@case(BAD)
def terms_not_toml() -> Case:
    """`attach` refuses to write such terms, so the section is moved under them by hand."""
    whole = terms()
    body = TERMS.replace("equals = 2", "equals = two").encode()
    return _exchange_unreadable(body + whole[len(TERMS) :], "the agreement itself is not TOML; its signing section is good")


def _terms_for_exchange(body: str, says: str) -> Case:
    return _exchange_unreadable(terms(body), says)


def _exchange_unreadable(whole: bytes, says: str) -> Case:
    return Case(agreed(Draft(whole)).record(), says, "unchanged", "unreadable")


@case(BAD)
def terms_broken_afterwards() -> Case:
    return Case(
        _terms(b"equals = 2", b"equals = two"),
        "somebody changed the terms to what is no TOML: they are changed before they are unreadable",
        "changed", "changed", "acts", 0, "exchange",
    )  # fmt: skip


@case(BAD)
def terms_closing_key_of_wrong_length() -> Case:
    closing = key("A/closing", MLDSA44).verifier
    good = terms(closing=True)
    wrong = good.replace(closing.text.encode(), closing.text[:-4].encode())
    return unreadable(replace(agreed().record(), terms=wrong), "an ML-DSA-44 key is three bytes short", "terms")
