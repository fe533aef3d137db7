"""Heads and cosignatures, byte for byte."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.record import COSIGNATURE, MLDSA44, Head, HeadError, SignedHead, parse_heads, standing
from homeward.record.charter import read
from homeward.record.head import check_signature, cosign_head, parse_head, parse_signed_head, sign_head
from homeward.record.ledger import Ledger
from homeward.record.note import Signature
from homeward.record.quorum import assemble
from tests.record.world import CODES, START, make_key, terms

LEDGER = Ledger(read(terms(closing=True)))
LEDGER.size = 4
HEAD = Head(LEDGER.charter.origin, 4, bytes(range(32)))
LOG = make_key("NEUTRAL/log")
WITNESSES = [make_key(f"{code}/witness", COSIGNATURE) for code in CODES]
CLOSING = [make_key(f"{code}/closing", MLDSA44) for code in CODES]
ALL = [sign_head(HEAD, LOG), *(cosign_head(HEAD, key, START + at) for at, key in enumerate([*WITNESSES, *CLOSING]))]

GOLDEN = """\
homeward/GSlrEOk2LAgKwEG3Xk04edy3feQgqPpxBFVuMuJEQOQ
4
AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=

\u2014 NEUTRAL/log Zs2y+ESNPaufkV/ysxTboh6UoC4ia6ZcgW88h6+6XZWX0iiMm02OFIqG5LLdCl4MBVo+Dr/o1auw215dBLpCp6FELQA=
\u2014 NEUTRAL/witness LTmlCwAAAABqROUgeKDMH9S4vOrw3+JHeWGNF2EA1UVJYRVihlCzrljumSwWo15zhOdeaAFTDF6dw8F6nrRB2d6ckasXGBkV22AZDg==
"""


def test_a_head_signed_with_fixed_keys_has_fixed_bytes() -> None:
    signed = SignedHead(HEAD, tuple(ALL[:2]))
    assert signed.note.decode() == GOLDEN


def test_the_example_of_the_cosignature_specification_is_what_a_cosigner_signs() -> None:
    # The text that c2sp.org/tlog-cosignature gives, with our own origin: header, time, then the whole head.
    witness = WITNESSES[0]
    signature = cosign_head(HEAD, witness, 1679315147)
    message = b"cosignature/v1\ntime 1679315147\n" + HEAD.text
    assert witness.verifier.verify(message, signature.body[8:])
    assert int.from_bytes(signature.body[:8]) == 1679315147


def test_an_ml_dsa_cosignature_is_over_the_packed_structure_of_the_specification() -> None:
    witness = CLOSING[0]
    signature = cosign_head(HEAD, witness, START)
    name, origin = witness.name.encode(), HEAD.origin.encode()
    message = b"subtree/v1\n\0" + bytes([len(name)]) + name + START.to_bytes(8) + bytes([len(origin)]) + origin
    message += bytes(8) + (4).to_bytes(8) + HEAD.root
    assert len(signature.body) == 8 + 2420
    assert witness.verifier.verify(message, signature.body[8:])


def test_a_head_is_full_when_every_party_has_cosigned_and_sealed_when_also_with_ml_dsa() -> None:
    for count in range(1, len(ALL) + 1):
        item = standing(assemble(HEAD, ALL[:count], LEDGER), LEDGER)
        assert item.missing == CODES[max(0, count - 1) :]
        assert item.full == (count >= 4)
        assert item.sealed == (count == 7)


def test_the_order_of_signing_does_not_change_the_assembled_bytes() -> None:
    notes = {assemble(HEAD, order, LEDGER).note for order in (ALL, ALL[::-1], [*ALL, *ALL], ALL[3:] + ALL[:3])}
    assert len(notes) == 1
    assert next(parse_heads(notes.pop())).head == HEAD


def test_of_two_cosignatures_by_one_key_the_earlier_stands() -> None:
    later = cosign_head(HEAD, WITNESSES[0], START + 1000)
    signed = assemble(HEAD, [later, *ALL], LEDGER)
    assert standing(signed, LEDGER).cosigned["NEUTRAL"] == START


@pytest.mark.parametrize("number", range(len(ALL)))
def test_a_signature_for_another_head_time_or_key_is_refused(number: int) -> None:
    signature = ALL[number]
    key = [LOG, *WITNESSES, *CLOSING][number].verifier
    others = [Head(HEAD.origin, 5, HEAD.root), Head(HEAD.origin, 4, bytes(32)), Head("homeward/" + "A" * 43, 4, HEAD.root)]
    for other in others:
        with pytest.raises(HeadError, match="is false"):
            check_signature(other, signature, key)
    for at in (0, 7, 20, len(signature.body) - 1):
        body = bytearray(signature.body)
        body[at] ^= 1
        with pytest.raises(HeadError):
            check_signature(HEAD, Signature(signature.name, signature.id, bytes(body)), key)


def test_a_time_outside_every_calendar_is_refused() -> None:
    for time in (0, 2**63):
        with pytest.raises(HeadError, match="outside 2000 to 2200"):
            check_signature(HEAD, cosign_head(HEAD, WITNESSES[0], time), WITNESSES[0].verifier)


def test_heads_without_the_log_out_of_order_or_with_strangers_are_refused() -> None:
    stranger = make_key("SIDE-A/witness", COSIGNATURE, "another")
    for signatures, reason in (
        (ALL[1:4], "not signed by the log"),
        ([ALL[0], ALL[2], ALL[1]], "not in their order"),
        ([ALL[0], ALL[1], cosign_head(HEAD, WITNESSES[0], START + 9)], "signed twice"),
        ([*ALL, cosign_head(HEAD, stranger, START)], "may not sign"),
        ([*ALL, sign_head(HEAD, make_key("SIDE-A/root"))], "may not sign"),
    ):
        with pytest.raises(HeadError, match=reason):
            standing(SignedHead(HEAD, tuple(signatures)), LEDGER)
    with pytest.raises(HeadError, match="another exchange"):
        standing(SignedHead(Head("homeward/" + "A" * 43, 4, HEAD.root), tuple(ALL)), LEDGER)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"homeward/x\n4\n" + b"A" * 43 + b"=\n",
        HEAD.text + b"more\n",
        HEAD.text.replace(b"\n4\n", b"\n+4\n"),
        HEAD.text.replace(b"\n4\n", b"\n04\n"),
        HEAD.text.replace(b"\n4\n", b"\n 4\n"),
        HEAD.text.replace(b"\n4\n", b"\n4_0\n"),
        HEAD.text.replace(b"\n4\n", "\n٤\n".encode()),
        HEAD.text.replace(b"\n4\n", b"\n9007199254740992\n"),
        HEAD.text.replace(b"=\n", b"\n"),
        HEAD.text.replace(b"h8=\n", b"h9=\n"),
        HEAD.text.replace(b"\n", b"\r\n"),
        HEAD.text[:-1],
    ],
)
def test_a_head_in_any_other_form_is_refused(text: bytes) -> None:
    with pytest.raises(HeadError):
        parse_head(text)


@given(st.binary(max_size=200), st.integers(0, 400))
def test_any_bytes_are_heads_or_are_refused_with_a_reason(data: bytes, at: int) -> None:
    note = SignedHead(HEAD, tuple(ALL[:4])).note
    for candidate in (data, HEAD.text + b"\n" + data, note[:at] + data + note[at:], note + data, data + note):
        with contextlib.suppress(HeadError):
            assert b"".join(signed.note for signed in parse_heads(candidate)) == candidate


def test_heads_one_after_the_other_read_back() -> None:
    notes = [SignedHead(Head(HEAD.origin, size, HEAD.root), tuple(ALL)) for size in (1, 4, 9)]
    assert list(parse_heads(b"".join(signed.note for signed in notes))) == notes
    assert parse_signed_head(notes[0].note) == notes[0]
    with pytest.raises(HeadError, match="head 2 of the file"):
        list(parse_heads(notes[0].note + notes[1].note[:-20]))
