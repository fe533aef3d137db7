"""Lists without names in acts: committing, opening, and disclosing one person."""

from __future__ import annotations

import json
import os
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.record.disclosure import (
    DisclosureError,
    Entry,
    PublicList,
    check_disclosure,
    commit_list,
    disclose,
    open_list,
    parse_public,
    person_id,
    salted,
)
from homeward.record.entropy import seeded
from tests.record.example_list import ENTRIES, HEADER, example, opened_example

SHARED = Path(os.environ.get("HOMEWARD_SHARED", Path(__file__).parents[2].parent / "shared"))
RFC9901 = SHARED / "vectors" / "sd-jwt-rfc9901" / "draft.md"
#: What `commit_list` gives for ENTRIES with the seed "golden". A change here breaks every record ever written.
GOLDEN_HEADER = (
    '{"_sd":["dMXgImpxxgd1eeX1vZ7gwE6fVfPOwxKGCkTzk24hST0"],"count":3,"format":"homeward-list/1",'
    '"holder":"south","kind":"held","side":"a","slots":8}'
)
GOLDEN_DIGESTS = ["HWsUcTb-p28Q5hIpNMYvwKFzRXvMq-JyhzQG0RX80Gg", "KOEX4X5MKjlzFNW0-GGsDTj9N2mJSiAIYR0AaURou88"]
GOLDEN_ROOT = "a1e6e98eade4d4c580f3e84efd674ade0311c7fed0c7bed9915efdb48ed2b997"
GOLDEN_SECRET_HEADER = (
    '{"disclosures":["WyJYWUZFbGVmNWlCbS14SFk3czJfRm9BIiwiZHJhdyIsImM0MTY4NTQ4ZjhmZTU1NmZiOGRkY2VjZDQ0MjhiNGJkM2YwNGYwODRjZT'
    'BlZjZjZmRhN2U5MzAzZGI0YjIwMmIiXQ"],"format":"homeward-list/1"}'
)
GOLDEN_DISCLOSURES = ["WyJxaTVEbVBMODZFNFNzUTJFZkhvS193Iiwic3VybmFtZSIsItCf0YDQuNC60LvQsNC0Il0"]


# -- RFC 9901 ------------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not RFC9901.is_file(), reason="the shared text of RFC 9901 is not on this machine")
def test_the_digests_in_the_text_of_rfc_9901_are_reproduced() -> None:
    text = RFC9901.read_text(encoding="utf-8")
    disclosures = set(re.findall(r"`(WyJ[A-Za-z0-9_-]+)`(?!\\)", text))
    stated = set(re.findall(r"[A-Za-z0-9_-]{43}", text))
    assert len(disclosures) == 2
    assert {salted.digest(disclosure) for disclosure in disclosures} <= stated


def test_the_array_element_of_rfc_9901_has_its_digest() -> None:
    """Section 4.2.2 states the disclosure, section 4.2.4.2 the digest."""
    assert salted.digest("WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0") == "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs"


# -- Golden bytes --------------------------------------------------------------------------------------------------------------


def test_the_public_file_keeps_its_golden_bytes() -> None:
    public, _ = example()
    lines = public.to_bytes().decode().splitlines()
    assert lines[0] == GOLDEN_HEADER
    assert json.loads(lines[1])["_sd"][:2] == GOLDEN_DIGESTS
    assert public.root.hex() == GOLDEN_ROOT


def test_the_plaintext_keeps_its_golden_bytes() -> None:
    _, plaintext = example()
    assert plaintext.splitlines()[0].decode() == GOLDEN_SECRET_HEADER
    assert salted.digest(json.loads(plaintext.splitlines()[0])["disclosures"][0]) in GOLDEN_HEADER


def test_a_disclosure_keeps_its_golden_bytes() -> None:
    shown = json.loads(disclose(opened_example(), "p-0417", ["surname"]))
    assert shown["disclosures"] == GOLDEN_DISCLOSURES
    assert (shown["format"], shown["index"], len(shown["proof"])) == ("homeward-disclosure/1", 2, 2)


# -- Round trips ---------------------------------------------------------------------------------------------------------------

values = st.one_of(st.text(max_size=20), st.integers(-(2**53) + 1, 2**53 - 1))
fields = st.dictionaries(st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True), values, max_size=12)
categories = st.lists(st.sampled_from(["soldier", "serious", "civilian", "x-1"]), max_size=3, unique=True).map(tuple)
entries = st.builds(Entry, st.integers(1, 99_999).map(person_id), categories, fields)
lists = st.lists(entries, max_size=6, unique_by=lambda entry: entry.person)


@settings(max_examples=60)
@given(lists, st.randoms(use_true_random=False))
def test_what_was_committed_is_what_is_opened(entries: list[Entry], chance: random.Random) -> None:
    chance.shuffle(entries)
    public, plaintext = commit_list(entries, header=HEADER, entropy=seeded("x"))
    again = parse_public(public.to_bytes())
    assert (again, again.root, again.size) == (public, public.root, len(entries) + 1)
    opened = open_list(again, plaintext)
    assert {entry.person: (set(entry.category), dict(entry.fields)) for entry in entries} == {
        person.person: (set(person.category), person.fields) for person in opened.people.values()
    }
    for entry in entries:
        chosen = [name for name in entry.fields if chance.random() < 0.5]
        shown = check_disclosure(disclose(opened, entry.person, chosen), public.root, public.size)
        assert shown.person.fields == {name: entry.fields[name] for name in chosen}
        assert shown.person.person == entry.person


@settings(max_examples=40)
@given(lists)
def test_the_order_of_the_entries_leaves_no_trace(entries: list[Entry]) -> None:
    forward = commit_list(entries, header=HEADER, entropy=seeded("x"))
    backward = commit_list(entries[::-1], header=HEADER, entropy=seeded("x"))
    assert (forward[0].to_bytes(), forward[1]) == (backward[0].to_bytes(), backward[1])


@settings(max_examples=40)
@given(lists.filter(bool))
def test_neither_the_digests_nor_the_sealed_size_tell_the_number_of_fields(entries: list[Entry]) -> None:
    public, plaintext = commit_list(entries, header=HEADER, entropy=seeded("x"), slots=16)
    assert {len(person.digests) for person in public.people} == {16}
    assert len(plaintext) == 65536


def test_the_same_list_committed_twice_shares_no_digest() -> None:
    first, _ = commit_list(ENTRIES, header=HEADER, entropy=os.urandom)
    second, _ = commit_list(ENTRIES, header=HEADER, entropy=os.urandom)
    digests = [{digest for person in public.people for digest in person.digests} for public in (first, second)]
    assert digests[0].isdisjoint(digests[1])
    assert first.draw_digest != second.draw_digest


def test_counts_by_category_are_public() -> None:
    public, _ = example()
    assert (public.count, public.categories) == (3, {"civilian": 1, "serious": 1, "soldier": 1})


# -- Every edit after the commitment is seen -----------------------------------------------------------------------------------


@settings(max_examples=300)
@given(st.data())
def test_no_changed_byte_of_the_plaintext_opens_the_list(data: st.DataObject) -> None:
    public, plaintext = example()
    padding = plaintext.index(b'{"padding"')
    at = data.draw(st.one_of(st.integers(0, padding + 20), st.integers(0, len(plaintext) - 1)))
    changed = bytearray(plaintext)
    changed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(DisclosureError):
        open_list(public, bytes(changed))


@settings(max_examples=300)
@given(st.data())
def test_a_changed_byte_of_the_public_list_is_refused_or_changes_the_root(data: st.DataObject) -> None:
    public, _ = example()
    changed = bytearray(public.to_bytes())
    at = data.draw(st.integers(0, len(changed) - 1))
    changed[at] ^= data.draw(st.integers(1, 255))
    try:
        again = parse_public(bytes(changed))
    except DisclosureError:
        return
    assert again.root != public.root


@settings(max_examples=300)
@given(st.data())
def test_no_changed_byte_of_a_disclosure_proves_anything(data: st.DataObject) -> None:
    opened = opened_example()
    changed = bytearray(disclose(opened, "p-0417", ["surname", "birth_date"]))
    at = data.draw(st.integers(0, len(changed) - 1))
    changed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(DisclosureError):
        check_disclosure(bytes(changed), opened.public.root, opened.public.size)


def edited(change: str) -> bytes:
    """The plaintext of the example after one edit that a dishonest holder might make."""
    header, *people, _ = [json.loads(line) for line in example()[1].splitlines()]
    first, second = people[0]["disclosures"], people[1]["disclosures"]
    real = next(i for i, text in enumerate(second) if not salted.read(text).is_decoy)
    decoy = next(i for i, text in enumerate(second) if salted.read(text).is_decoy)
    match change:
        case "a person is left out":
            del people[1]
        case "a person is added":
            people.append({"disclosures": first, "person": "p-20000"})
        case "two people change places":
            people[0], people[1] = people[1], people[0]
        case "two people change fields":
            people[0]["disclosures"], people[1]["disclosures"] = second, first
        case "a field is left out":
            del second[real]
        case "a field is passed off as a decoy":
            second[real] = salted.make_decoy(bytes(16))
        case "a decoy becomes a field":
            second[decoy] = salted.make("rank", "general", bytes(16))
        case "a value is replaced":
            opened = salted.read(second[real])
            second[real] = salted.make(opened.field, "Інший", salted.decode(opened.salt, 16))
        case "two disclosures change places":
            second[real], second[decoy] = second[decoy], second[real]
        case "a disclosure is added":
            second.append(salted.make_decoy(bytes(16)))
        case "the draw nonce is replaced":
            header["disclosures"] = [salted.make("draw", "00" * 32, bytes(16))]
    plaintext = b"".join(salted.canonical.write(line) + b"\n" for line in [header, *people])
    zeros = -(len(plaintext) + len(b'{"padding":""}\n')) % 65536
    return plaintext + b'{"padding":"' + b"0" * zeros + b'"}\n'


@pytest.mark.parametrize(
    ("change", "person"),
    [
        ("a person is left out", None),
        ("a person is added", None),
        ("two people change places", "p-0002"),
        ("two people change fields", "p-0002"),
        ("a field is left out", "p-0417"),
        ("a field is passed off as a decoy", "p-0417"),
        ("a decoy becomes a field", "p-0417"),
        ("a value is replaced", "p-0417"),
        ("two disclosures change places", "p-0417"),
        ("a disclosure is added", "p-0417"),
        ("the draw nonce is replaced", None),
    ],
)
def test_each_edit_after_the_commitment_is_refused_and_names_the_person(change: str, person: str | None) -> None:
    assert open_list(example()[0], edited("nothing")).people
    with pytest.raises(DisclosureError) as caught:
        open_list(example()[0], edited(change))
    assert caught.value.person == person


def test_an_error_never_repeats_a_name() -> None:
    for change in ("two people change fields", "a value is replaced", "a field is left out"):
        with pytest.raises(DisclosureError) as caught:
            open_list(example()[0], edited(change))
        assert not any(str(value) in str(caught.value) for entry in ENTRIES for value in entry.fields.values())


def test_the_draw_nonce_is_bound_by_the_root() -> None:
    """A side that could choose its nonce after seeing the other list could choose who is drawn."""
    public, plaintext = example()
    other, _ = commit_list(ENTRIES, header=HEADER, entropy=seeded("another nonce"))
    mixed = PublicList(public.header, public.slots, other.draw_digest, public.people)
    assert mixed.root != public.root
    with pytest.raises(DisclosureError):
        open_list(mixed, plaintext)


def test_the_draw_nonce_can_be_shown_to_all_with_its_proof() -> None:
    opened = opened_example()
    assert salted.digest(opened.draw_disclosure) == opened.public.draw_digest
    assert salted.read(opened.draw_disclosure).value == opened.draw
    assert len(bytes.fromhex(opened.draw)) == 32


# -- What sizes and places give away ------------------------------------------------------------------------------------------


def test_the_public_file_has_the_same_size_whatever_the_names_are() -> None:
    sizes = set()
    for value in ("І", "Приклад-Довгий" * 20, 7):
        public, _ = commit_list([Entry("p-0417", (), {"surname": value})], header=HEADER, entropy=os.urandom)
        sizes.add(len(public.to_bytes()))
    assert len(sizes) == 1


def test_the_place_of_a_digest_says_nothing_of_its_field() -> None:
    """Chi-square over 4,000 people and 8 places; the limit for 7 degrees of freedom is passed once in 10^6 cases."""
    entries = [Entry(person_id(number), (), {"aaa": "x", "zzz": "y"}) for number in range(1, 4001)]
    public, plaintext = commit_list(entries, header=HEADER, entropy=seeded("places"))
    opened = open_list(public, plaintext)
    for name in ("aaa", "zzz"):
        places = [0] * 8
        for line in public.people:
            places[line.digests.index(salted.digest(opened.people[line.person].disclosures[name]))] += 1
        assert sum((count - 500) ** 2 / 500 for count in places) < 40


# -- One person ----------------------------------------------------------------------------------------------------------------


def test_a_disclosure_shows_only_the_chosen_fields() -> None:
    shown = disclose(opened_example(), "p-0417", ["birth_date"])
    hidden = salted.read(opened_example().people["p-0417"].disclosures["surname"])
    assert "Приклад".encode() not in shown
    assert hidden.salt.encode() not in shown


def test_a_disclosure_of_one_list_does_not_pass_for_another() -> None:
    opened = opened_example()
    other, _ = commit_list(ENTRIES, header=HEADER, entropy=seeded("another"))
    with pytest.raises(DisclosureError):
        check_disclosure(disclose(opened, "p-0417", ["surname"]), other.root, other.size)


def test_a_false_size_is_refused_when_the_path_does_not_fit_it() -> None:
    opened = opened_example()
    for size in (0, 1, 2, 3, 8, 1000):
        with pytest.raises(DisclosureError):
            check_disclosure(disclose(opened, "p-0417", []), opened.public.root, size)


def test_a_family_cannot_be_shown_a_decoy_or_a_field_twice() -> None:
    opened = opened_example()
    shown = json.loads(disclose(opened, "p-0417", ["surname"]))
    decoy = next(text for text in json.loads(example()[1].splitlines()[2])["disclosures"] if salted.read(text).is_decoy)
    for texts in ([decoy], shown["disclosures"] * 2, [salted.make("rank", "general", bytes(16))]):
        forged = salted.canonical.write({**shown, "disclosures": texts})
        with pytest.raises(DisclosureError):
            check_disclosure(forged, opened.public.root, opened.public.size)


def test_who_or_what_is_not_on_the_list_cannot_be_disclosed() -> None:
    with pytest.raises(DisclosureError, match="p-0999 is not on this list"):
        disclose(opened_example(), "p-0999", [])
    with pytest.raises(DisclosureError, match="no field rank"):
        disclose(opened_example(), "p-0417", ["surname", "rank"])


# -- Committing ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "entry",
    [
        Entry("p-0417", (), {"_sd": "x"}),
        Entry("p-0417", (), {"...": "x"}),
        Entry("p-0417", (), {"n": True}),
        Entry("p-0417", (), {"n": 1.5}),  # type: ignore[dict-item]
        Entry("p-0417", (), {"n": 2**53}),
        Entry("p-0417", (), {"n": "\ud800"}),
        Entry("p-0417", ("two words",), {}),
        Entry("417", (), {}),
        Entry("p-0417", (), {f"f{i}": i for i in range(65)}),
    ],
)
def test_an_entry_that_cannot_be_written_is_refused(entry: Entry) -> None:
    with pytest.raises((ValueError, TypeError)):
        commit_list([entry], header=HEADER, entropy=seeded("x"))


def test_two_entries_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="one id"):
        commit_list([ENTRIES[0], ENTRIES[0]], header=HEADER, entropy=seeded("x"))
