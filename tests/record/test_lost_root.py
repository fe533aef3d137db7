"""A lost root is replaced by two officers of its party and all other parties, and by nobody fewer."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.record import RefusedActError, leaf_hash, verify, withhold
from homeward.record.note import encode_base64url
from tests.record.test_ledger import Book
from tests.record.world import CODES, grown_world, make_key

OTHERS = ("NEUTRAL", "SIDE-B")
SECOND = make_key("SIDE-A/officer-2")


def asked() -> tuple[Book, str]:
    """A record in which two officers of SIDE-A have proposed a new root, and the hash of the proposal."""
    book = Book()
    book.add_key("SIDE-A/officer-1")
    book.add_key("SIDE-A/officer-2")
    return book, propose(book)


def propose(book: Book, name: str = "SIDE-A/root-2") -> str:
    return encode_base64url(book.add("SIDE-A/officer-1", "key-proposed", SECOND, **book.key_fields(name, "root")).leaf)


def test_the_new_root_counts_once_all_others_have_accepted_and_the_old_one_then_does_not() -> None:
    book, leaf = asked()
    book.refuses("key", "SIDE-A/root-2")
    book.add("SIDE-B/root", "key-accepted", of=leaf)
    book.refuses("key", "SIDE-A/root-2")
    act = book.add("NEUTRAL/root", "key-accepted", of=leaf)
    old, new = book.ledger.keys["SIDE-A/root"], book.ledger.keys["SIDE-A/root-2"]
    assert (old.retired, new.added, new.roles) == (book.ledger.size - 1, book.ledger.size - 1, ("root",))
    assert not book.ledger.book.proposals
    book.refuses("key", "SIDE-A/root")
    book.add_key("SIDE-A/officer-3", root="SIDE-A/root-2")
    book.refuses("key-act", "SIDE-B/root", "key-accepted", of=leaf)
    assert act.party == "NEUTRAL"


def test_a_proposal_needs_two_hands_and_no_root() -> None:
    book, _ = asked()
    fields = book.key_fields("SIDE-A/root-3", "root")
    assert "two of its keys" in book.refuses("key-act", "SIDE-A/officer-1", "key-proposed", **fields)
    book.refuses("key-act", "SIDE-A/officer-1", "key-proposed", make_key("SIDE-A/root"), **fields)
    book.refuses("key-act", "SIDE-A/root", "key-proposed", SECOND, **fields)
    book.refuses("key-act", "SIDE-A/officer-1", "key-proposed", SECOND, **{**fields, "roles": ["officer"]})
    book.refuses("key-act", "SIDE-A/officer-1", "key-proposed", SECOND, **{**fields, "roles": ["officer", "root"]})
    book.refuses("key-act", "SIDE-A/officer-1", "key-proposed", SECOND, **book.key_fields("SIDE-B/root-2", "root"))
    book.refuses("key-act", "SIDE-A/officer-1", "key-proposed", SECOND, **book.key_fields("SIDE-A/officer-1", "root"))


def test_only_the_root_of_another_party_accepts_and_only_once() -> None:
    book, leaf = asked()
    book.add_key("SIDE-B/officer-1", root="SIDE-B/root")
    book.refuses("key-act", "SIDE-B/officer-1", "key-accepted", of=leaf)
    book.refuses("key-act", "SIDE-A/root", "key-accepted", of=leaf)
    book.refuses("key-act", "SIDE-B/root", "key-accepted", of="A" * 43)
    book.refuses("key-act", "SIDE-B/root", "key-accepted")
    book.add("SIDE-B/root", "key-accepted", of=leaf)
    book.refuses("key-act", "SIDE-B/root", "key-accepted", of=leaf)


def test_a_root_that_speaks_is_not_lost() -> None:
    book, leaf = asked()
    book.add("SIDE-B/root", "key-accepted", of=leaf)
    book.add("SIDE-A/root", "key-retired", key="SIDE-A/officer-2")
    book.refuses("key-act", "NEUTRAL/root", "key-accepted", of=leaf)


def test_a_second_proposal_takes_the_place_of_the_first_and_asks_all_again() -> None:
    book, first = asked()
    book.add("SIDE-B/root", "key-accepted", of=first)
    second = propose(book, "SIDE-A/root-3")
    book.refuses("key-act", "NEUTRAL/root", "key-accepted", of=first)
    book.add("NEUTRAL/root", "key-accepted", of=second)
    book.refuses("key", "SIDE-A/root-3")
    book.add("SIDE-B/root", "key-accepted", of=second)
    assert "SIDE-A/root-2" not in book.ledger.keys
    book.add_key("SIDE-A/officer-4", root="SIDE-A/root-3")


MOVES = st.lists(
    st.sampled_from(["propose", "refuse", "root speaks", *(f"{code} accepts" for code in CODES), "an officer accepts"]),
    max_size=8,
)


@given(MOVES)
def test_whatever_is_tried_a_new_root_counts_only_when_all_others_accepted_it_and_no_root_spoke(moves: list[str]) -> None:
    book, leaf = asked()
    book.add_key("SIDE-B/officer-1", root="SIDE-B/root")
    open_, accepted, number, replaced = True, set[str](), 2, False
    for move in moves:
        try:
            if move == "propose":
                number += 1
                leaf, open_, accepted = propose(book, f"SIDE-A/root-{number}"), True, set()
            elif move == "refuse":
                book.add("NEUTRAL/root", "key-refused", of=leaf)
                open_ = False
            elif move == "root speaks":
                book.add_key(f"SIDE-A/device-{book.tree.size}")
                open_ = False
            elif move == "an officer accepts":
                book.add("SIDE-B/officer-1", "key-accepted", of=leaf)
            else:
                code = move.partition(" ")[0]
                book.add(f"{code}/root", "key-accepted", of=leaf)
                accepted.add(code)
        except RefusedActError:
            continue
        if open_ and accepted >= set(OTHERS):
            replaced, open_ = True, False
            assert f"SIDE-A/root-{number}" in book.ledger.keys
    assert replaced == (book.ledger.keys["SIDE-A/root"].retired is not None)
    roots = [name for name, entry in book.ledger.keys.items() if "root" in entry.roles and name.startswith("SIDE-A/")]
    assert len([name for name in roots if book.ledger.keys[name].retired is None]) == 1
    assert "SIDE-A" not in accepted


def test_stores_know_the_proposal_when_they_are_opened_again_and_the_record_verifies(tmp_path: Path) -> None:
    world = grown_world(tmp_path, rounds=1)
    world.add_key("SIDE-A/officer-2")
    world.full_round()
    line = world.write("SIDE-A/officer-1", "key-proposed", "SIDE-A/officer-2", **Book().key_fields("SIDE-A/root-2", "root"))
    world.full_round()
    leaf = encode_base64url(leaf_hash(line))
    world.write("SIDE-B/root", "key-accepted", of=leaf)
    world.full_round()
    assert world.reopen("NEUTRAL").ledger.book.proposals["SIDE-A"].accepted == {"SIDE-B"}
    world.write("NEUTRAL/root", "key-accepted", of=leaf)
    world.full_round()
    old = world.reopen("SIDE-B").ledger.keys["SIDE-A/root"]
    assert old.retired == world.log.size - 1
    verdict, public = verify(world.record()), verify(withhold(world.record()))
    assert verdict.kind == "unchanged"
    assert {use.name: use.retired for use in public.keys} == {use.name: use.retired for use in verdict.keys}


@pytest.mark.parametrize("party", OTHERS)
def test_one_party_that_does_not_answer_is_enough_to_keep_the_old_root(party: str) -> None:
    book, leaf = asked()
    for code in OTHERS:
        if code != party:
            book.add(f"{code}/root", "key-accepted", of=leaf)
    assert book.ledger.keys["SIDE-A/root"].retired is None
    book.refuses("key", "SIDE-A/root-2")
