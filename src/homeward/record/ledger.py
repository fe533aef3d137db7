"""The rules that every act must keep, whatever it means: which key, in which order, after having seen what.

A ledger is fed one act after the other and remembers only what the next check needs: the keys, each author's last act, and the
length. It knows no disk and checks no signature itself; it says which keys must have made them, because on a long record
signatures are checked on all cores while the ledger runs ahead.

A few kinds of act mean something here, because they decide which keys count: see `key_acts`.

>>> from homeward.record.charter import PartyKeys, Signing, attach, read
>>> from homeward.record.note import COSIGNATURE, ED25519, Signer
>>> from homeward.record.act import envelope, parse_line, sign_act
>>> def key(name, kind, seed):
...     return Signer.from_seed(name, kind, bytes([seed]) * 32)
>>> roots = {code: key(f"{code}/root", ED25519, 10 + at) for at, code in enumerate("AB")}
>>> parties = tuple(PartyKeys(c, roots[c].verifier, key(f"{c}/witness", COSIGNATURE, 20 + ord(c)).verifier) for c in "AB")
>>> charter = read(attach(b"", Signing(key("A/log", ED25519, 1).verifier, parties)))
>>> ledger = Ledger(charter)
>>> act = parse_line(
...     sign_act(envelope("terms-accepted", at="2026-07-01T00:00:00Z", by="A/root", exchange=charter.exchange), roots["A"])
... )
>>> [verifier.name for verifier in ledger.admit(act, lambda size: EMPTY_ROOT)]
['A/root']
>>> ledger.admit(act, lambda size: EMPTY_ROOT)
Traceback (most recent call last):
homeward.record.key_acts.RefusedActError: A/root has already given act 1; this is another act 1, or the same one again
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from homeward.record.act import NO_PREVIOUS, Act
from homeward.record.charter import Charter
from homeward.record.key_acts import KEY_ACTS, RESERVED_ROLES, KeyBook, KeyEntry, Reason, RefusedActError
from homeward.record.note import Verifier, encode_base64url
from homeward.record.tree import EMPTY_ROOT

__all__ = ["EMPTY_ROOT", "KEY_ACTS", "RESERVED_ROLES", "Author", "KeyEntry", "Ledger", "Reason", "RefusedActError"]


@dataclass(slots=True)
class Author:
    """How far an author has come: the number and the hash of the last act."""

    n: int = 0
    last: str = NO_PREVIOUS


@dataclass
class Ledger:
    """The keys, each author's last act, and the number of acts so far."""

    charter: Charter
    size: int = 0
    authors: dict[str, Author] = field(default_factory=dict)
    #: Hashes of withheld lines that no later act has yet named as its `prev`, if the record has withheld lines.
    withheld: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._exchange = self.charter.exchange
        #: Sizes and roots that acts had seen and that were found true: a great many acts have seen the same.
        self.seen: dict[int, str] = {}
        #: The keys, and which of them count.
        self.book = KeyBook(self.charter)

    @property
    def keys(self) -> dict[str, KeyEntry]:
        """Every key of the record, by its name."""
        return self.book.keys

    def admit(self, act: Act, root_at: Callable[[int], bytes]) -> tuple[Verifier, ...]:
        """Check everything but the signatures, and take the act in as number `size`.

        Gives the keys that must have made its signatures, in their order. `root_at` gives the root at any size up to now.
        Raises `RefusedActError`, and then nothing has changed.
        """
        keys = self.check(act, root_at)
        self.take(act)
        return keys

    def admit_key_act(self, act: Act, index: int) -> tuple[Verifier, ...]:
        """For the check of the seal, which reads no other acts: take act `index` in as far as it says which keys count.

        Asked is who signed it and whether these keys may; not asked is what only its author's other acts can tell. Raises
        `RefusedActError`.
        """
        self.size = index
        if act.fields["in"] != self._exchange:
            raise RefusedActError(
                "exchange", "the act belongs to another exchange: its field in is not the hash of these terms"
            )
        keys = tuple([self._signing_key(signature.name, signature.id) for signature in act.signatures])
        self.book.check(act, index)
        self.book.apply(act, index)
        return keys

    def take(self, act: Act) -> None:
        """Take in, as number `size`, an act that `check` has just found good."""
        fields = act.fields
        if fields["act"] in KEY_ACTS:
            self.book.apply(act, self.size)
        if self.withheld:
            self.withheld.discard(fields["prev"])
        self.count(fields["by"], fields["n"], act.leaf)

    def count(self, by: str, n: int, leaf: bytes) -> None:
        """Count, as number `size`, an act of this author that says nothing of keys."""
        author = self.authors.get(by)
        if author is None:
            author = self.authors[by] = Author()
        author.n, author.last = n, encode_base64url(leaf)
        self.size += 1

    def pass_over(self, leaf: bytes) -> None:
        """Count a withheld line, of which only the hash is known."""
        self.withheld.add(encode_base64url(leaf))
        self.size += 1

    def check(self, act: Act, root_at: Callable[[int], bytes]) -> tuple[Verifier, ...]:
        """The checks of `admit` without taking the act in."""
        if act.fields["in"] != self._exchange:
            raise RefusedActError(
                "exchange", "the act belongs to another exchange: its field in is not the hash of these terms"
            )
        keys = tuple([self._signing_key(signature.name, signature.id) for signature in act.signatures])
        self._check_order(act)
        size, root = act.fields["seen"]
        if self.seen.get(size) != root:
            self._check_seen(act, root_at)
        if act.fields["act"] in KEY_ACTS:
            self.book.check(act, self.size)
        return keys

    def _check_seen(self, act: Act, root_at: Callable[[int], bytes]) -> None:
        size, root = act.seen
        if size > self.size:
            raise RefusedActError("early", f"{act.by} had seen {size} acts, of which only {self.size} are here")
        if root != encode_base64url(root_at(size)):
            raise RefusedActError("seen", f"{act.by} had seen other acts before {size}: there are two versions of this record")
        if len(self.seen) > 4096:
            self.seen.clear()
        self.seen[size] = root

    def witnesses(self, party: str, size: int) -> list[Verifier]:
        """The keys that may cosign a head over `size` acts for `party`."""
        return [
            entry.key
            for entry in self.keys.values()
            if "witness" in entry.roles and entry.key.party == party and entry.counts_at(size)
        ]

    def logs(self, size: int) -> list[Verifier]:
        """The keys that may sign a head over `size` acts as the log."""
        return [entry.key for entry in self.keys.values() if "log" in entry.roles and entry.counts_at(size)]

    def _signing_key(self, name: str, identity: bytes) -> Verifier:
        entry = self.keys.get(name)
        if entry is not None and entry.in_use and entry.key.id == identity:
            return entry.key
        if entry is None or entry.key.id != identity:
            # Also the case of an act whose key-added has not arrived yet; the store keeps such an act and tries it again.
            raise RefusedActError("key", f"no key {name} with this id has been added to the record before this act")
        if not entry.counts_at(self.size):
            raise RefusedActError("key", f"the key {name} was retired by act {entry.retired}")
        if not entry.signs_acts:
            raise RefusedActError("key", f"the key {name} signs heads and may not sign acts")
        return entry.key

    def _check_order(self, act: Act) -> None:
        author = self.authors.get(act.fields["by"]) or Author()
        if act.fields["n"] == author.n + 1 and act.fields["prev"] == author.last:
            return
        if act.n <= author.n:
            raise RefusedActError(
                "again", f"{act.by} has already given act {act.n}; this is another act {act.n}, or the same one again"
            )
        gap = act.n - author.n - 1
        if act.prev == author.last:
            raise RefusedActError("previous", f"{act.by} counts {act.n} after {author.n}")
        if gap == 0:
            raise RefusedActError(
                "fork", f"act {act.n} of {act.by} follows another act {act.n - 1} than the one here: one key, two pasts"
            )
        if act.prev not in self.withheld or gap > len(self.withheld):
            raise RefusedActError("early", f"act {act.n} of {act.by} has come before act {author.n + 1}")
