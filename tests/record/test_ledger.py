"""Which keys count, in which order acts stand, and what their authors had seen."""

from __future__ import annotations

from typing import Any

import pytest

from homeward.record import (
    COSIGNATURE,
    ED25519,
    MLDSA44,
    Act,
    Ledger,
    RefusedActError,
    Signer,
    envelope,
    parse_line,
    prove_possession,
    sign_act,
)
from homeward.record.charter import read
from homeward.record.note import encode_base64url
from homeward.record.tree import EMPTY_ROOT, Tree
from tests.record.world import make_key, terms

CHARTER = read(terms())


class Book:
    """A ledger with the tree that it asks for roots."""

    def __init__(self) -> None:
        self.ledger = Ledger(CHARTER)
        self.tree = Tree()

    def act(self, name: str, kind: str = "noted", *others: Signer, **fields: Any) -> Act:
        author = self.ledger.authors.get(name)
        size = self.tree.size
        base = envelope(
            kind,
            at="2026-07-01T10:00:00Z",
            by=name,
            exchange=CHARTER.exchange,
            n=author.n + 1 if author else 1,
            prev=author.last if author else "-",
            seen=(size, encode_base64url(self.tree.root())),
        )
        changes = {key.removesuffix("_"): value for key, value in fields.items()}
        return parse_line(sign_act({**base, **changes}, make_key(name), *others))

    def add(self, name: str, kind: str = "noted", *others: Signer, **fields: Any) -> Act:
        act = self.act(name, kind, *others, **fields)
        self.ledger.admit(act, self.tree.root)
        self.tree.extend([act.leaf])
        return act

    def add_key(self, name: str, *roles: str, kind: int = ED25519, root: str = "SIDE-A/root", **changes: Any) -> Act:
        return self.add(root, "key-added", **{**self.key_fields(name, *roles, kind=kind), **changes})

    def key_fields(self, name: str, *roles: str, kind: int = ED25519) -> dict[str, Any]:
        signer = make_key(name, kind)
        return {
            "key": signer.verifier.text,
            "roles": list(roles or ("officer",)),
            "proof": prove_possession(CHARTER.origin, signer),
        }

    def _state(self) -> str:
        ledger = self.ledger
        return repr((ledger.size, ledger.keys, ledger.book.proposals, ledger.authors))

    def refuses(self, reason: str, name: str, kind: str = "noted", *others: Signer, **fields: Any) -> str:
        before = self._state()
        with pytest.raises(RefusedActError) as caught:
            self.add(name, kind, *others, **fields)
        assert caught.value.reason == reason, str(caught.value)
        assert repr((self.ledger.size, self.ledger.book.keys, self.ledger.book.proposals, self.ledger.authors)) == before, (
            "a refused act changes nothing"
        )
        return str(caught.value)


@pytest.fixture
def book() -> Book:
    return Book()


def test_a_key_signs_from_the_act_after_it_was_added_to_the_act_that_retires_it(book: Book) -> None:
    book.refuses("key", "SIDE-A/officer-1")
    book.add_key("SIDE-A/officer-1")
    book.add("SIDE-A/officer-1")
    retired = book.ledger.size
    book.add("SIDE-A/root", "key-retired", key="SIDE-A/officer-1")
    assert f"retired by act {retired}" in book.refuses("key", "SIDE-A/officer-1")
    entry = book.ledger.keys["SIDE-A/officer-1"]
    assert [entry.counts_at(index) for index in range(5)] == [False, True, True, False, False]


def test_a_distrusted_key_is_retired_and_its_doubted_acts_stay(book: Book) -> None:
    book.add_key("SIDE-A/officer-1")
    book.add("SIDE-A/officer-1")
    book.add("SIDE-A/root", "key-distrusted", key="SIDE-A/officer-1", from_=1)
    entry = book.ledger.keys["SIDE-A/officer-1"]
    assert (entry.retired, entry.doubted_from) == (2, 1)
    book.refuses("key", "SIDE-A/officer-1")


@pytest.mark.parametrize("start", [-1, 99, "1", True])
def test_distrust_from_a_place_that_is_not_in_the_record_is_refused(book: Book, start: object) -> None:
    book.add_key("SIDE-A/officer-1")
    book.refuses("key-act", "SIDE-A/root", "key-distrusted", key="SIDE-A/officer-1", from_=start)


def test_only_a_root_of_the_same_party_rules_over_keys(book: Book) -> None:
    book.add_key("SIDE-A/officer-1")
    assert "root key" in book.refuses("key-act", "SIDE-A/officer-1", "key-added", **book.key_fields("SIDE-A/officer-2"))
    assert "cannot add" in book.refuses("key-act", "SIDE-B/root", "key-added", **book.key_fields("SIDE-A/officer-2"))
    for kind in ("key-retired", "key-distrusted"):
        assert "no key of SIDE-B" in book.refuses("key-act", "SIDE-B/root", kind, key="SIDE-A/officer-1", from_=0)
        assert "no key of SIDE-A" in book.refuses("key-act", "SIDE-A/root", kind, key="SIDE-A/nobody", from_=0)
        book.refuses("key-act", "SIDE-A/root", kind, from_=0)


def test_a_key_is_retired_once_and_never_the_last_root(book: Book) -> None:
    book.add_key("SIDE-A/officer-1")
    book.add("SIDE-A/root", "key-retired", key="SIDE-A/officer-1")
    assert "already retired" in book.refuses("key-act", "SIDE-A/root", "key-retired", key="SIDE-A/officer-1")
    assert "last root" in book.refuses("key-act", "SIDE-A/root", "key-retired", key="SIDE-A/root")


def test_a_root_changes_when_old_and_new_have_both_signed(book: Book) -> None:
    book.add_key("SIDE-A/root-2", "root")
    book.add("SIDE-A/root-2", "key-retired", key="SIDE-A/root")
    book.refuses("key", "SIDE-A/root")
    book.add_key("SIDE-A/officer-1", root="SIDE-A/root-2")
    book.add("SIDE-A/officer-1")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"roles": []}, "at least one role"),
        ({"roles": "officer"}, "at least one role"),
        ({"roles": ["Officer"]}, "at least one role"),
        ({"roles": ["b", "a"]}, "alphabetical"),
        ({"roles": ["a", "a"]}, "alphabetical"),
        ({"roles": ["log"]}, "keeps the log"),
        ({"roles": ["witness"]}, "cannot be a witness"),
        ({"proof": "AAAA"}, "proof"),
        ({"proof": 7}, "needs the field proof"),
        ({"key": "nonsense"}, "a public key is written"),
        ({"key": make_key("SIDE-A/officer-1").text}, "private key"),
        ({"key": make_key("SIDE-A/root").verifier.text}, "is taken"),
    ],
)
def test_a_key_act_in_another_form_is_refused(book: Book, changes: dict[str, Any], sentence: str) -> None:
    fields = {**book.key_fields("SIDE-A/officer-1"), **changes}
    assert sentence in book.refuses("key-act", "SIDE-A/root", "key-added", **fields)


def test_a_cosigning_key_has_that_role_alone_and_signs_no_acts(book: Book) -> None:
    for kind in (COSIGNATURE, MLDSA44):
        for roles in (["officer"], ["officer", "witness"], ["root"]):
            book.refuses("key-act", "SIDE-A/root", "key-added", **book.key_fields("SIDE-A/witness-2", *roles, kind=kind))
    book.add_key("SIDE-A/witness-2", "witness", kind=COSIGNATURE)
    assert [key.name for key in book.ledger.witnesses("SIDE-A", 1)] == ["SIDE-A/witness", "SIDE-A/witness-2"]
    assert [key.name for key in book.ledger.witnesses("SIDE-A", 0)] == ["SIDE-A/witness"]


def test_the_log_key_signs_heads_and_no_acts(book: Book) -> None:
    assert "signs heads" in book.refuses("key", "NEUTRAL/log")
    book.add_key("NEUTRAL/log-2", "log", root="NEUTRAL/root")
    assert [key.name for key in book.ledger.logs(1)] == ["NEUTRAL/log", "NEUTRAL/log-2"]
    assert "signs heads" in book.refuses("key", "NEUTRAL/log-2")


def test_one_key_under_two_names_is_refused(book: Book) -> None:
    book.add_key("SIDE-A/officer-1")
    signer = make_key("SIDE-A/officer-1")
    twin = Signer.from_seed("SIDE-A/officer-2", ED25519, signer.seed)
    fields = {"key": twin.verifier.text, "roles": ["officer"], "proof": prove_possession(CHARTER.origin, twin)}
    assert "another name" in book.refuses("key-act", "SIDE-A/root", "key-added", **fields)


def test_an_act_of_another_exchange_is_refused(book: Book) -> None:
    book.refuses("exchange", "SIDE-A/root", in_="A" * 22)


def test_counts_and_previous_acts_must_join(book: Book) -> None:
    first = book.add("SIDE-A/root")
    last = encode_base64url(first.leaf)
    book.refuses("again", "SIDE-A/root", n=1, prev="-")
    book.refuses("previous", "SIDE-A/root", n=3, prev=last)
    book.refuses("early", "SIDE-A/root", n=3, prev="A" * 43)
    book.refuses("fork", "SIDE-A/root", n=2, prev="A" * 43)


def test_an_author_must_have_seen_this_record_and_not_another(book: Book) -> None:
    book.add("SIDE-A/root")
    book.refuses("seen", "SIDE-B/root", seen=[1, "A" * 43])
    book.refuses("seen", "SIDE-B/root", seen=[0, "A" * 43])
    book.refuses("early", "SIDE-B/root", seen=[2, encode_base64url(EMPTY_ROOT)])
    book.add("SIDE-B/root", seen=[0, encode_base64url(EMPTY_ROOT)])


def test_two_signatures_need_two_keys_that_count(book: Book) -> None:
    second = make_key("SIDE-A/officer-1")
    book.refuses("key", "SIDE-A/root", "noted", second)
    book.add_key("SIDE-A/officer-1")
    act = book.act("SIDE-A/root", "noted", second)
    assert [key.name for key in book.ledger.check(act, book.tree.root)] == ["SIDE-A/root", "SIDE-A/officer-1"]


def test_withheld_lines_bridge_an_authors_count_and_nothing_else(book: Book) -> None:
    first = book.add("SIDE-A/root")
    hidden = book.act("SIDE-A/root")
    book.ledger.pass_over(hidden.leaf)
    book.tree.extend([hidden.leaf])
    seen = [2, encode_base64url(book.tree.root())]
    book.refuses("fork", "SIDE-A/root", n=2, prev="A" * 43, seen=seen)
    book.refuses("early", "SIDE-A/root", n=4, prev=encode_base64url(hidden.leaf), seen=seen)
    book.refuses("early", "SIDE-A/root", n=3, prev="A" * 43, seen=seen)
    book.add("SIDE-A/root", n=3, prev=encode_base64url(hidden.leaf), seen=seen)
    assert first.n == 1
