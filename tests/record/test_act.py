"""The line: one form, and a reason for every other."""

from __future__ import annotations

import contextlib
import json
import unicodedata
from base64 import b64decode
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from homeward.record import ED25519, LineError, Signer, canonical, envelope, parse_canonical, parse_line, sign_act
from homeward.record.act import FORBIDDEN, MAX_LINE_BYTES
from homeward.record.note import verify_ed25519
from tests.record.vectors import VECTORS, needs_vectors
from tests.record.world import make_key

KEY = Signer.from_seed("SIDE-A/officer-1", ED25519, bytes(32))
SECOND = make_key("SIDE-A/officer-2")
FIELDS = {**envelope("handed-over", at="2026-07-24T09:31:07Z", by=KEY.name, exchange="A" * 22), "person": "p-0417", "stage": 2}

GOLDEN = (
    '{"act":"handed-over","at":"2026-07-24T09:31:07Z","by":"SIDE-A/officer-1","in":"AAAAAAAAAAAAAAAAAAAAAA","n":1,'
    '"person":"p-0417","prev":"-","seen":[0,"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"],"stage":2}\t'
    "\u2014 SIDE-A/officer-1 7piE7Jn8jAfsEmZjrhY8OCl40DXzKx8gmB56ABvJT5xa+KjY5Qt5WJiAUXY2tpp/U3FIVnihJN1leF1gtVVltuURKgk="
)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


_texts = st.text(max_size=12).filter(lambda text: not FORBIDDEN.search(text)).map(_nfc)
_keys = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True)
_values: st.SearchStrategy[Any] = st.recursive(
    _texts | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_keys, inner, max_size=4),
    max_leaves=12,
)


@given(_values)
def test_our_canonical_form_is_that_of_rfc_8785(value: Any) -> None:
    data = canonical(value)
    assert data == rfc8785.dumps(value)
    assert parse_canonical(data) == value


#: The six triples of RFC 8785: what becomes of each here, because our form is narrower.
TRIPLES = {
    "arrays": "a key is written with",
    "french": "a key is written with",
    "structures": "a key is written with",
    "unicode": "a key is written with",
    "values": "only text, whole numbers",
    "weird": "a key is written with",
}


@needs_vectors
@pytest.mark.parametrize(("name", "reason"), TRIPLES.items())
def test_the_triples_of_rfc_8785_are_in_the_wider_form_and_refused_by_the_narrower(name: str, reason: str) -> None:
    folder = VECTORS / "rfc8785-cyberphone" / "testdata"
    data = (folder / "output" / f"{name}.json").read_bytes()
    assert rfc8785.dumps(json.loads((folder / "input" / f"{name}.json").read_bytes())) == data
    with pytest.raises(LineError, match=reason):
        parse_canonical(data)


def test_a_line_signed_with_a_fixed_key_has_fixed_bytes() -> None:
    assert sign_act(FIELDS, KEY).decode() == GOLDEN


def test_two_people_of_one_party_may_sign_one_line() -> None:
    act = parse_line(sign_act(FIELDS, KEY, SECOND))
    assert [signature.name for signature in act.signatures] == [KEY.name, SECOND.name]
    assert act.check_signature(0, KEY.verifier)
    assert act.check_signature(1, SECOND.verifier)
    assert not act.check_signature(0, SECOND.verifier)
    assert not act.check_signature(1, KEY.verifier)


def test_a_line_with_a_blank_line_for_its_tab_is_a_signed_note() -> None:
    text, _, signed = sign_act(FIELDS, KEY).partition(b"\t")
    note = text + b"\n\n" + signed + b"\n"
    body, _, lines = note.partition(b"\n\n")
    data = b64decode(lines.split(b" ")[2])
    assert data[:4] == KEY.verifier.id
    assert verify_ed25519(KEY.verifier.public, body + b"\n", data[4:])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"by": "SIDE-A/officer-2"}, "first signature is not by the key"),
        ({"n": 0}, "counts the author's acts from 1"),
        ({"n": True}, "counts the author's acts from 1"),
        ({"n": 2}, "field prev"),
        ({"prev": "A" * 43}, "field prev"),
        ({"n": 2, "prev": "A" * 42 + "B"}, "field prev"),
        ({"at": "2026-07-24 09:31:07"}, "a time is written"),
        ({"at": "2026-02-30T09:31:07Z"}, "a time is written"),
        ({"at": "2026-07-24T09:31:60Z"}, "a time is written"),
        ({"at": "2026-07-24T09:31:07+00:00"}, "a time is written"),
        ({"at": "٢٠٢٦-07-24T09:31:07Z"}, "a time is written"),
        ({"in": "A" * 21 + "B"}, "exchange's mark"),
        ({"seen": [0]}, "field seen"),
        ({"seen": [-1, "A" * 43]}, "field seen"),
        ({"seen": [True, "A" * 43]}, "field seen"),
        ({"seen": [0, "A" * 44]}, "field seen"),
        ({"act": "Handed-Over"}, "field act"),
        ({"person": 0.5}, "no fractions"),
        ({"person": None}, "no null"),
        ({"person": 2**53}, "beyond 2\\^53"),
        ({"person": float("nan")}, "no fractions"),
        ({"person": "a\u202eb"}, "turns the direction"),
        ({"person": "a\nb"}, "control character"),
        ({"person": "a\u2028b"}, "control character"),
        ({"person": "a\x7fb"}, "control character"),
        ({"person": "e\u0301"}, "form NFC"),
        ({"person": "\ud800"}, "half of a character"),
        ({"Person": "x"}, "a key is written"),
        ({"pérson": "x"}, "a key is written"),
        ({"person": [[[[[[[[1]]]]]]]]}, "levels deep"),
        ({"person": "x" * MAX_LINE_BYTES}, "longer than"),
    ],
)
def test_a_line_that_says_this_is_not_signed(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(LineError, match=reason):
        sign_act({**FIELDS, **change}, KEY)


@pytest.mark.parametrize("missing", ["act", "at", "by", "in", "n", "prev", "seen"])
def test_a_line_without_a_field_of_the_envelope_is_refused_by_its_name(missing: str) -> None:
    with pytest.raises(LineError, match=f"the field {missing} is missing"):
        sign_act({key: value for key, value in FIELDS.items() if key != missing}, KEY)


def test_a_second_signature_by_another_party_or_the_same_key_is_refused() -> None:
    for second in (make_key("SIDE-B/officer-1"), KEY):
        with pytest.raises(LineError, match="another key of the same party"):
            sign_act(FIELDS, KEY, second)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b'"n":1', b'"n": 1', "canonical"),
        (b'"n":1', b'"n":1,"n":1', "canonical"),
        (b'"n":1', b'"n":01', "not JSON"),
        (b'"n":1', b'"n":-0', "canonical|counts"),
        (b'"n":1', b'"n":1e0', "no fractions"),
        (b'"n":1', b'"n":NaN', "no fractions|not JSON"),
        (b'"n":1', b'"n":' + b"9" * 5000, "not JSON|2\\^53"),
        (b"p-0417", b"p-\\u0030417", "canonical"),
        (b"p-0417", b"p\\/0417", "canonical"),
        (b"p-0417", b"p-\\ud800", "not JSON|half"),
        (b"p-0417", b"p-\xff", "UTF-8"),
        (b"p-0417", b"\xef\xbb\xbfp", "direction|control"),
        (b'{"act"', b' {"act"', "not JSON"),
        (b'{"act"', b'\xef\xbb\xbf{"act"', "not JSON"),
        (b'{"act"', b"[" * 100_000 + b'{"act"', "levels|not JSON"),
        (b"\t", b"", "after a TAB"),
        (b"\t", b"\t\t", "em dash"),
        (b"\xe2\x80\x94 ", b"- ", "em dash"),
        (b"\xe2\x80\x94 ", b"\xe2\x80\x94  ", "em dash"),
        (b"\xe2\x80\x94 ", b"\xe2\x80\x94", "em dash"),
    ],
)
def test_a_line_altered_like_this_is_refused_with_a_reason(old: bytes, new: bytes, reason: str) -> None:
    line = sign_act(FIELDS, KEY)
    assert old in line
    with pytest.raises(LineError, match=reason):
        parse_line(line.replace(old, new, 1))


@given(st.binary(max_size=300))
def test_any_bytes_are_a_line_or_are_refused_with_a_reason(data: bytes) -> None:
    for line in (data, b'{"act":' + data, sign_act(FIELDS, KEY) + data):
        with contextlib.suppress(LineError):
            assert parse_line(line).line == line


@given(st.data())
def test_a_line_with_any_byte_changed_never_verifies(data: st.DataObject) -> None:
    line = bytearray(sign_act(FIELDS, KEY))
    at = data.draw(st.integers(0, len(line) - 1))
    line[at] ^= data.draw(st.integers(1, 255))
    try:
        act = parse_line(bytes(line))
    except LineError:
        return
    assert not act.check_signature(0, KEY.verifier)
