"""Heads: their form, who signed them, and whether the lines lead to them."""

from __future__ import annotations

from dataclasses import replace

from conformance.case import BAD, GOOD, Case, case, changed, unreadable
from conformance.world import Draft, agreed, begun, closed, key, lodged, released, terms
from homeward.record import COSIGNATURE, Head, Record, SignedHead
from homeward.record.head import cosign_head, sign_head
from homeward.record.note import Signature, encode_base64


def _last(draft: Draft, *signatures: Signature) -> Record:
    """The record with these signatures under its last head."""
    draft.heads[-1] = SignedHead(draft.heads[-1].head, signatures)
    return draft.record()


def _note(draft: Draft, change: bytes, to: bytes) -> Record:
    record = draft.record()
    assert change in record.heads, "there is something to change"
    before, _, after = record.heads.rpartition(change)
    return replace(record, heads=before + to + after)


@case(GOOD)
def no_head_yet() -> Case:
    draft = begun()
    draft.heads.clear()
    return Case(draft.record(), "acts, and no head", "incomplete", "incomplete", "heads", None, "no-head")


@case(GOOD)
def nothing_yet() -> Case:
    return Case(Draft().record(), "terms, no act and no head", "incomplete", "incomplete", "heads", None, "no-head")


@case(GOOD)
def head_over_nothing() -> Case:
    draft = Draft()
    draft.head()
    return Case(draft.record(), "a full head over no acts", "unchanged", "incomplete")


@case(GOOD)
def head_missing_cosigner() -> Case:
    draft = lodged()
    draft.heads.pop()
    draft.head("A", "N")
    return Case(
        draft.record(), "B has not cosigned the last head", "incomplete", "incomplete", "heads", 2, "cosigner"
    )  # fmt: skip


@case(GOOD)
def head_only_the_log() -> Case:
    draft = lodged()
    signed = draft.heads[-1]
    record = _last(draft, signed.signatures[0])
    return Case(record, "nobody but the log has signed the last head", "incomplete", "incomplete", "heads", 2, "cosigner")


@case(GOOD)
def acts_under_no_head() -> Case:
    draft = lodged()
    draft.release()
    return Case(
        draft.record(), "an act stands behind the last head", "incomplete", "incomplete", "acts", 10, "uncovered"
    )  # fmt: skip


@case(GOOD)
def head_cosigned_by_an_added_witness() -> Case:
    draft = begun()
    draft.add_key("A/witness-2", "witness", kind=COSIGNATURE)
    head = Head(draft.charter.origin, draft.size, draft.root(draft.size))
    names = ("A/witness-2", "B/witness", "N/witness")
    signatures = [cosign_head(head, key(name, COSIGNATURE), draft.clock) for name in names]
    draft.heads.append(SignedHead(head, (sign_head(head, key("N/log")), *signatures)))
    return Case(draft.record(), "A cosigns with a key that was added later", "unchanged", "incomplete")


@case(BAD)
def heads_not_notes() -> Case:
    return unreadable(replace(agreed().record(), heads=b"hello\n"), "the member heads holds something else", "heads")


@case(BAD)
def head_no_empty_line() -> Case:
    return unreadable(_note(agreed(), b"\n\n", b"\n"), "no empty line before the signatures", "heads")


@case(BAD)
def head_extension_line() -> Case:
    return unreadable(_note(agreed(), b"\n\n", b"\nextension\n\n"), "a head has a fourth line", "heads")


@case(BAD)
def head_size_leading_zero() -> Case:
    return unreadable(_note(agreed(), b"\n3\n", b"\n03\n"), "the size is written 03", "heads")


@case(BAD)
def head_root_not_canonical() -> Case:
    draft = agreed()
    text = encode_base64(draft.heads[-1].head.root)
    # The last letter before the padding carries two bits that must be zero.
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    other = text[:-2] + alphabet[alphabet.index(text[-2]) + 1] + "="
    return unreadable(_note(draft, text.encode(), other.encode()), "the root has a second spelling in base64", "heads")


@case(BAD)
def head_signature_twice() -> Case:
    draft = agreed()
    signatures = draft.heads[-1].signatures
    return unreadable(_last(draft, *signatures, signatures[-1]), "one signature line stands twice", "heads")


@case(BAD)
def head_last_line_cut() -> Case:
    record = agreed().record()
    return unreadable(replace(record, heads=record.heads[:-1]), "the last signature line has no newline", "heads")


@case(BAD)
def head_log_missing() -> Case:
    draft = lodged()
    record = _last(draft, *draft.heads[-1].signatures[1:])
    return changed(record, "the log has not signed the last head", "head", 2, "heads")


@case(BAD)
def head_log_false() -> Case:
    draft = lodged()
    log, *others = draft.heads[-1].signatures
    wrong = log._replace(body=draft.heads[0].signatures[0].body)
    return changed(_last(draft, wrong, *others), "the log's signature is that of another head", "head", 2, "heads")


@case(BAD)
def head_cosigner_false() -> Case:
    draft = lodged()
    log, a, b, n = draft.heads[-1].signatures
    wrong = b._replace(body=b.body[:-1] + bytes([b.body[-1] ^ 1]))
    return changed(_last(draft, log, a, wrong, n), "a bit of B's cosignature is turned", "head", 2, "heads")


@case(BAD)
def head_cosigner_time() -> Case:
    draft = lodged()
    log, a, b, n = draft.heads[-1].signatures
    wrong = b._replace(body=b.body[:7] + bytes([b.body[7] ^ 1]) + b.body[8:])
    return changed(_last(draft, log, a, wrong, n), "the time in B's cosignature is another", "head", 2, "heads")


@case(BAD)
def head_cosigner_in_1970() -> Case:
    draft = lodged()
    head = draft.heads[-1].head
    log, a, _, n = draft.heads[-1].signatures
    early = cosign_head(head, key("B/witness", COSIGNATURE), 1000)
    return changed(_last(draft, log, a, early, n), "B cosigned at a time that no clock should show", "head", 2, "heads")


@case(BAD)
def head_order_of_signatures() -> Case:
    draft = lodged()
    log, a, b, n = draft.heads[-1].signatures
    return changed(_last(draft, log, b, a, n), "the cosigners are not in the order of their codes", "head", 2, "heads")


@case(BAD)
def head_cosigned_twice() -> Case:
    draft = lodged()
    log, a, b, n = draft.heads[-1].signatures
    again = cosign_head(draft.heads[-1].head, key("A/witness", COSIGNATURE), draft.clock + 9)
    return changed(_last(draft, log, a, again, b, n), "A cosigned one head at two times", "head", 2, "heads")


@case(BAD)
def head_stranger() -> Case:
    draft = lodged()
    stranger = cosign_head(draft.heads[-1].head, key("N/witness-9", COSIGNATURE), draft.clock)
    record = _last(draft, *draft.heads[-1].signatures, stranger)
    return changed(record, "a key cosigned that the record does not know", "head", 2, "heads")


@case(BAD)
def head_retired_witness() -> Case:
    draft = begun()
    draft.add_key("B/witness-2", "witness", kind=COSIGNATURE)
    draft.say("key-retired", "B/root", key="B/witness")
    draft.say("receipt", "A/officer-1", list="home-A", what="list", digest="A" * 43, count=0)
    draft.head()
    return changed(draft.record(), "B cosigned with a witness that was retired", "head", 1, "heads")


@case(BAD)
def head_other_exchange() -> Case:
    draft = lodged()
    origin = "homeward/" + "A" * 43
    head = Head(origin, draft.size, draft.root(draft.size))
    witnesses = [cosign_head(head, key(f"{code}/witness", COSIGNATURE), draft.clock) for code in "ABN"]
    draft.heads[-1] = SignedHead(head, (sign_head(head, key("N/log")), *witnesses))
    return changed(draft.record(), "the last head belongs to another exchange", "head", 2, "heads")


@case(BAD)
def head_sizes_fall() -> Case:
    draft = lodged()
    draft.heads[1:] = reversed(draft.heads[1:])
    return changed(draft.record(), "the head over 8 acts stands behind that over 10", "head", 2, "heads")


@case(BAD)
def head_same_size_twice() -> Case:
    draft = lodged()
    draft.heads.append(draft.heads[-1])
    return changed(draft.record(), "one head stands twice", "head", 3, "heads")


@case(BAD)
def head_not_full_in_the_middle() -> Case:
    draft = lodged()
    draft.heads[1] = SignedHead(draft.heads[1].head, draft.heads[1].signatures[:2])
    return changed(draft.record(), "a head that is not the last lacks cosigners", "head", 2, "heads")


@case(BAD)
def head_size_too_large() -> Case:
    draft = lodged()
    draft.heads.pop()
    draft.head(size=12, root=bytes(32))
    return changed(draft.record(), "all cosigned twelve acts, and ten are here", "cut-off", 10)


@case(BAD)
def head_root_of_other_acts() -> Case:
    draft = lodged()
    draft.heads.pop()
    draft.head(root=bytes(range(32)))
    return changed(draft.record(), "all cosigned another root; the leaf file agrees with the acts", "root", 8)


@case(BAD)
def leaves_differ() -> Case:
    record = lodged().record()
    leaves = bytearray(record.leaves)
    leaves[32 * 3] ^= 1
    return changed(replace(record, leaves=bytes(leaves)), "a bit of the leaf file is turned", "leaves", 3, "leaves")


@case(BAD)
def leaves_too_few() -> Case:
    record = lodged().record()
    return changed(replace(record, leaves=record.leaves[:-32]), "the last leaf hash is missing", "leaves", 9, "leaves")


@case(BAD)
def leaves_too_many() -> Case:
    record = lodged().record()
    return changed(replace(record, leaves=record.leaves + bytes(32)), "there is a leaf hash too many", "leaves", 10, "leaves")


@case(BAD)
def leaves_half_a_hash() -> Case:
    record = lodged().record()
    return changed(replace(record, leaves=record.leaves + b"x"), "a byte stands behind the leaf hashes", "leaves", 10, "leaves")


@case(BAD)
def closing_head_false() -> Case:
    draft = released(Draft(terms(closing=True)))
    draft.heads.pop()
    draft.head(closing=True)
    log, a, a_closing, *others = draft.heads[-1].signatures
    assert len(a_closing.body) == 8 + 2420, "this is the ML-DSA-44 cosignature"
    wrong = a_closing._replace(body=a_closing.body[:-1] + bytes([a_closing.body[-1] ^ 1]))
    record = _last(draft, log, a, wrong, *others)
    return changed(record, "a bit of A's ML-DSA-44 cosignature is turned", "head", 3, "heads", without_ml_dsa=False)


@case(BAD)
def closing_head_order() -> Case:
    draft = released(Draft(terms(closing=True)))
    draft.heads.pop()
    draft.head(closing=True)
    log, a, a_closing, *others = draft.heads[-1].signatures
    return changed(_last(draft, log, a_closing, a, *others), "ML-DSA-44 stands before Ed25519", "head", 3, "heads")


@case(GOOD)
def sealed_with_ml_dsa() -> Case:
    draft = closed(Draft(terms(closing=True)), closing=True)
    return Case(draft.record(), "the last head is cosigned with ML-DSA-44 as well", "unchanged", "complete", people=(4, 4))
