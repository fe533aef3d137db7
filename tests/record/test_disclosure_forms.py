"""Lists and disclosures have one form: any other bytes are refused with the one error."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.record.disclosure import (
    DisclosureError,
    ListHeader,
    PublicList,
    check_disclosure,
    open_list,
    parse_public,
    salted,
)
from tests.record.example_list import example, opened_example

values = st.one_of(st.text(max_size=20), st.integers(-(2**53) + 1, 2**53 - 1))


@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=300).map(str.encode),
        st.recursive(values, st.lists).map(lambda x: json.dumps(x).encode()),
    )
)
def test_any_bytes_give_only_the_typed_error(data: bytes) -> None:
    public, _ = example()
    for read in (
        parse_public,
        lambda data: open_list(public, data),
        lambda data: check_disclosure(data, public.root, public.size),
    ):
        with pytest.raises(DisclosureError):
            read(data)


@pytest.mark.parametrize(
    "nasty", [b"[" * 100_000, b"1" * 10_000, b'{"a":' * 3000, b"\xff\n", b'"\\ud800"\n', b"NaN\n", b"1e999\n"]
)
def test_nasty_bytes_give_only_the_typed_error(nasty: bytes) -> None:
    with pytest.raises(DisclosureError):
        check_disclosure(nasty, bytes(32), 1)
    with pytest.raises(DisclosureError):
        open_list(example()[0], nasty)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"_sd": []}, "0 digests instead of 8"),
        ({"_sd": ["AAAA"] * 8}, "another form"),
        ({"_sd": ["A" * 42 + "B"] * 8}, "another form"),
        ({"_sd": ["A" * 43] * 8}, "not sorted, or one is repeated"),
        ({"_sd": 7}, "not a person's line"),
        ({"category": ["soldier", "serious"]}, "categories are not sorted, or one is repeated"),
        ({"category": ["serious", "serious"]}, "categories are not sorted, or one is repeated"),
        ({"category": [7]}, "a category is a word"),
        ({"category": ["two words"]}, "a category is a short word"),
        ({"person": "p-2"}, "like p-0417"),
        ({"person": "p-00002"}, "like p-0417"),
        ({"name": "x"}, "not a person's line"),
    ],
)
def test_a_public_line_has_one_form(change: dict[str, object], fault: str) -> None:
    first, good, *rest = example()[0].to_bytes().split(b"\n")
    line = json.dumps({**json.loads(good), **change}, sort_keys=True, separators=(",", ":")).encode()
    with pytest.raises(DisclosureError, match=f"line 2 .*{fault}"):
        parse_public(b"\n".join([first, line, *rest]))
    with pytest.raises(DisclosureError, match=r"line 2 .*canonical"):
        parse_public(b"\n".join([first, good.replace(b",", b", ", 1), *rest]))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"_sd": []}, "line 1"),
        ({"count": 4}, "announces 4 people and holds 3"),
        ({"count": -1}, "line 1"),
        ({"format": "homeward-list/2"}, "line 1"),
        ({"holder": "two words"}, "line 1"),
        ({"slots": 0}, "line 1"),
        ({"slots": 65}, "line 1"),
        ({"slots": 16}, "line 2 .*8 digests instead of 16"),
        ({"note": "x"}, "line 1"),
    ],
)
def test_the_first_line_has_one_form(change: dict[str, object], fault: str) -> None:
    first, *rest = example()[0].to_bytes().split(b"\n")
    line = json.dumps({**json.loads(first), **change}, sort_keys=True, separators=(",", ":")).encode()
    with pytest.raises(DisclosureError, match=fault):
        parse_public(b"\n".join([line, *rest]))


def test_lines_out_of_order_or_repeated_are_refused() -> None:
    header, one, two, three, end = example()[0].to_bytes().split(b"\n")
    for lines in ([header, two, one, three, end], [header, one, one, three, end]):
        with pytest.raises(DisclosureError, match=r"line 3 .*out of order or a repeat"):
            parse_public(b"\n".join(lines))


def test_a_header_is_made_of_short_words() -> None:
    for words in (("", "a", "south"), ("held", "two words", "south"), ("held", "a", "x" * 65)):
        with pytest.raises(ValueError, match="short words"):
            ListHeader(*words)


def test_the_root_is_written_as_acts_write_it() -> None:
    public, _ = example()
    assert salted.decode(public.root_text, 32) == public.root


def test_the_line_of_the_list_itself_cannot_be_shown_as_a_person() -> None:
    opened = opened_example()
    public = opened.public
    proof = [salted.encode(step) for step in public.tree.prove_inclusion(0, public.size)]
    shown = {
        "disclosures": [],
        "format": "homeward-disclosure/1",
        "index": 0,
        "line": json.loads(public.lines[0]),
        "proof": proof,
    }
    with pytest.raises(DisclosureError, match="not a whole disclosure"):
        check_disclosure(json.dumps(shown, sort_keys=True, separators=(",", ":")).encode(), public.root, public.size)


@pytest.mark.parametrize("draw", ["AB" * 32, "ab" * 31, "x" * 64, 7])
def test_a_draw_nonce_has_one_form(draw: str | int) -> None:
    """A holder may commit to anything; what is not a nonce is found when the list is opened."""
    public, plaintext = example()
    text = salted.make("draw", draw, bytes(16))
    odd = PublicList(public.header, public.slots, salted.digest(text), public.people)
    _, *rest = plaintext.split(b"\n")[:-2]
    lines = [salted.canonical.write({"disclosures": [text], "format": "homeward-list/1"}), *rest]
    forged = b"".join(line + b"\n" for line in lines)
    zeros = -(len(forged) + len(b'{"padding":""}\n')) % 65536
    with pytest.raises(DisclosureError, match="first line of the opened list"):
        open_list(odd, forged + b'{"padding":"' + b"0" * zeros + b'"}\n')


def test_a_digest_that_stands_in_two_lines_is_refused() -> None:
    header, one, two, three, _ = example()[0].to_bytes().split(b"\n")
    copied = json.loads(two)
    copied["_sd"] = sorted([*copied["_sd"][1:], json.loads(one)["_sd"][0]])
    with pytest.raises(DisclosureError, match="repeats a digest"):
        parse_public(b"\n".join([header, one, salted.canonical.write(copied), three, b""]))
