"""The signing section: one form, and every other refused with its line."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.record import COSIGNATURE, ED25519, CharterError, PartyKeys, attach, read_charter
from homeward.record.note import LOW_ORDER, Verifier
from tests.record.world import CODES, make_key, terms

GOOD = terms(closing=True)
SIGNING = read_charter(GOOD).signing
LINES = GOOD.decode().split("\n")


def test_the_section_reads_back_as_it_was_attached() -> None:
    assert attach(b'title = "An example"\n', SIGNING) == GOOD
    assert [party.code for party in SIGNING.parties] == list(CODES)
    assert read_charter(GOOD).cosigners == CODES


def test_the_terms_have_fixed_bytes_and_a_fixed_name() -> None:
    charter = read_charter(terms())
    assert charter.origin == "homeward/0OkmjzTGKp2__jLpDdP2pXXtQepZMtnMWkL2VmYkJGs"
    assert charter.origin[9:].startswith(charter.exchange[:21])
    assert charter.card.replace(" ", "").isdigit()
    assert len(charter.card.replace(" ", "")) == 40


def test_every_byte_of_the_terms_names_the_exchange() -> None:
    assert read_charter(terms("One")).exchange != read_charter(terms("Two")).exchange


def test_a_party_without_a_witness_is_not_asked_to_cosign() -> None:
    guest = PartyKeys("HOST", make_key("HOST/root").verifier, recipient="age1qqqqqqqqqqqq")
    signing = replace(SIGNING, parties=(guest, *SIGNING.parties))
    charter = read_charter(attach(b"", signing))
    assert charter.cosigners == CODES
    assert charter.signing == signing


def _without(number: int) -> bytes:
    return "\n".join(LINES[:number] + LINES[number + 1 :]).encode()


OPTIONAL = {"keepers", "witness", "closing"}


def test_every_line_of_the_section_is_needed_but_the_optional_ones() -> None:
    start = LINES.index("[signing]")
    for number in range(start, len(LINES)):
        if LINES[number].partition(" ")[0] in OPTIONAL:
            read_charter(_without(number))
        else:
            with pytest.raises(CharterError):
                read_charter(_without(number))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("[signing]\n", "[signing]\n[signing]\n", "exactly once"),
        ("[signing]\n", "[signing] \n", "exactly once"),
        ("[signing]\n", "[signing]\n\n", "format"),
        ("homeward-signing/1", "homeward-signing/2", "format must be"),
        ('quorum = "all"', 'quorum = "two of three"', "quorum must be"),
        ('quorum = "all"', "quorum = 'all'", "expected"),
        ('quorum = "all"', 'quorum  = "all"', "expected"),
        ('keepers = ["NEUTRAL"]', 'keepers = ["NOBODY"]', "not among the parties"),
        ('keepers = ["NEUTRAL"]', 'keepers = ["NEUTRAL", "NEUTRAL"]', "named twice"),
        ('keepers = ["NEUTRAL"]', 'keepers = ["NEUTRAL",]', "keepers is written"),
        ("[signing.party.SIDE-A]", "[signing.party.SIDE-Z]", "must begin with SIDE-Z/"),
        ("\n\n[signing.party.SIDE-A]", "\n[signing.party.SIDE-A]", "empty line"),
        ("SIDE-A/root+", "SIDE-B/root+", "id in the key"),
        ("title", "ti\u202etle", "line 1 of the terms"),
        ("\n", "\r\n", "line 1 of the terms"),
        ("title", "ti\0tle", "line 1 of the terms"),
    ],
)
def test_another_form_is_refused_with_a_reason(old: str, new: str, reason: str) -> None:
    assert old in GOOD.decode()
    with pytest.raises(CharterError, match=reason):
        read_charter(GOOD.decode().replace(old, new).encode())


def test_terms_that_are_not_text_or_go_on_after_the_section_are_refused() -> None:
    for data in (b"\xff" + GOOD, GOOD + b"more = 1\n", GOOD + b"\n", GOOD[:-1], b"", GOOD * 2, GOOD + b" " * (5 << 20)):
        with pytest.raises(CharterError):
            read_charter(data)


def test_a_key_in_two_places_a_key_of_the_wrong_kind_and_an_unsound_key_are_refused() -> None:
    first, *others = SIGNING.parties
    assert first.witness is not None
    double = Verifier("SIDE-A/root", ED25519, first.root.public)
    wrong = [
        replace(SIGNING, parties=(first, replace(others[0], root=double), others[1])),
        replace(SIGNING, log=Verifier(SIGNING.log.name, COSIGNATURE, SIGNING.log.public)),
        replace(SIGNING, log=make_key("NOBODY/log").verifier),
        replace(SIGNING, log=Verifier(SIGNING.log.name, ED25519, min(LOW_ORDER))),
        replace(SIGNING, parties=(others[0], first, others[1])),
        replace(SIGNING, parties=(first,)),
        replace(SIGNING, parties=(replace(first, recipient='age1"'), *others)),
    ]
    for signing in wrong:
        with pytest.raises(CharterError):
            attach(b"", signing)


def test_terms_that_are_no_toml_are_not_given_a_signing_section() -> None:
    with pytest.raises(CharterError, match="not a TOML file"):
        attach(b'text = """\n', SIGNING)


@given(st.binary(max_size=200), st.integers(0, len(GOOD)), st.integers(0, 40))
def test_any_bytes_are_terms_or_are_refused_with_a_reason(data: bytes, at: int, cut: int) -> None:
    for candidate in (data, GOOD[:at] + data + GOOD[at + cut :], b"[signing]\n" + data):
        with contextlib.suppress(CharterError):
            charter = read_charter(candidate)
            body = candidate[: candidate.index(b"\n[signing]\n")] if b"\n[signing]\n" in candidate else b""
            assert candidate.startswith(body)
            assert charter.terms == candidate
