"""The rules that every act must keep, whatever it means: which key, in which order, after having seen what.

A ledger is fed one act after the other and remembers only what the next check needs: the keys, each author's last act, and the
length. It knows no disk and checks no signature itself; it says which keys must have made them, because on a long record
signatures are checked on all cores while the ledger runs ahead.

Three kinds of act mean something here, because they decide which keys count. All must be signed by a root key of the party:

| act | fields | from the next act on |
|---|---|---|
| key-added | key (public text), roles, proof | the key counts, in these roles |
| key-retired | key (name) | the key counts no more; what it signed before stays good |
| key-distrusted | key (name), from (index) | as retired; its acts from that index on are listed as doubted, and stay |

A role is a word; this room reserves `root` (adds and retires keys; the proof of possession is the new root's own signature, so
that a change of root is signed by both), `witness` (cosigns heads, kinds 0x04 and 0x06) and `log` (signs heads, the log's party
only). A key's name is used once in a record, for ever. Keys are retired by index, never by time.

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
homeward.record.ledger.RefusedActError: A/root has already given act 1; this is another act 1, or the same one again
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from homeward.record.act import NO_PREVIOUS, Act
from homeward.record.charter import Charter
from homeward.record.note import (
    COSIGNATURE,
    ED25519,
    MLDSA44,
    NoteError,
    Verifier,
    check_possession,
    check_registrable,
    encode_base64url,
    parse_verifier,
    party_of,
)
from homeward.record.tree import EMPTY_ROOT

__all__ = ["EMPTY_ROOT", "KEY_ACTS", "RESERVED_ROLES", "Author", "KeyEntry", "Ledger", "Reason", "RefusedActError"]

#: Why an act cannot stand where it stands. `early` alone may pass by itself: an act before it has not arrived yet.
Reason = Literal["exchange", "key", "signature", "early", "again", "fork", "previous", "seen", "key-act"]

KEY_ACTS = ("key-added", "key-retired", "key-distrusted")
RESERVED_ROLES = {"root": {ED25519}, "witness": {COSIGNATURE, MLDSA44}, "log": {ED25519}}
_ROLE = re.compile(r"[a-z][a-z0-9-]{0,31}", re.ASCII)


class RefusedActError(Exception):
    """An act that may not stand at this place. `reason` is for programs, the text for people; it names keys, never people."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(slots=True)
class KeyEntry:
    """A key and when it counts: after act `added` (-1 for the charter's keys), up to and with act `retired`."""

    key: Verifier
    roles: tuple[str, ...]
    added: int = -1
    retired: int | None = None
    #: Acts of this key from this index on are doubted by its own party.
    doubted_from: int | None = None
    signs_acts: bool = field(init=False)

    def __post_init__(self) -> None:
        self.signs_acts = self.key.kind == ED25519 and "log" not in self.roles

    @property
    def in_use(self) -> bool:
        """May this key sign the next act? A key that is here was added by an act before that."""
        return self.retired is None and self.signs_acts

    def counts_at(self, index: int) -> bool:
        """May this key sign act `index`, or a head over `index` acts?"""
        return self.added < index and (self.retired is None or index <= self.retired)


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
    keys: dict[str, KeyEntry] = field(default_factory=dict)
    authors: dict[str, Author] = field(default_factory=dict)
    #: Hashes of withheld lines that no later act has yet named as its `prev`, if the record has withheld lines.
    withheld: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._exchange = self.charter.exchange
        #: Sizes and roots that acts had seen and that were found true: a great many acts have seen the same.
        self.seen: dict[int, str] = {}
        if self.keys:
            return
        signing = self.charter.signing
        self.keys[signing.log.name] = KeyEntry(signing.log, ("log",))
        for party in signing.parties:
            self.keys[party.root.name] = KeyEntry(party.root, ("root",))
            for witness in (party.witness, party.closing):
                if witness is not None:
                    self.keys[witness.name] = KeyEntry(witness, ("witness",))

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
        self._check_key_act(act)
        self.apply_key_act(act, index)
        return keys

    def take(self, act: Act) -> None:
        """Take in, as number `size`, an act that `check` has just found good."""
        fields = act.fields
        if fields["act"] in KEY_ACTS:
            self.apply_key_act(act, self.size)
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
            self._check_key_act(act)
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

    def _check_key_act(self, act: Act) -> None:
        signer = self.keys[act.by]
        if "root" not in signer.roles:
            raise RefusedActError("key-act", f"{act.kind} must be signed by a root key of {act.party}")
        if act.kind == "key-added":
            self._new_key(act)
            return
        name = _text(act, "key")
        entry = self.keys.get(name)
        if entry is None or party_of(name) != act.party:
            raise RefusedActError("key-act", f"{act.kind} names no key of {act.party}")
        if entry.retired is not None:
            raise RefusedActError("key-act", f"the key {name} was already retired by act {entry.retired}")
        roots = [other for other in self._in_force("root") if other.key.party == act.party and other is not entry]
        if "root" in entry.roles and not roots:
            raise RefusedActError("key-act", f"{name} is the last root key of {act.party}: add another before retiring it")
        if act.kind == "key-distrusted":
            start = act.fields.get("from")
            if type(start) is not int or not 0 <= start <= self.size:
                raise RefusedActError("key-act", "key-distrusted names in from the act from which the key is doubted")

    def _new_key(self, act: Act) -> tuple[Verifier, tuple[str, ...]]:
        try:
            key = check_registrable(parse_verifier(_text(act, "key")))
        except NoteError as error:
            raise RefusedActError("key-act", str(error)) from None
        roles = act.fields.get("roles")
        if (
            not isinstance(roles, list)
            or not roles
            or not all(isinstance(role, str) and _ROLE.fullmatch(role) for role in roles)
        ):
            raise RefusedActError("key-act", "key-added lists at least one role, each a word of a-z, 0-9 and hyphens")
        if sorted(set(roles)) != roles:
            raise RefusedActError("key-act", "the roles of a key stand in alphabetical order, each once")
        for role, kinds in RESERVED_ROLES.items():
            if role in roles and key.kind not in kinds:
                raise RefusedActError("key-act", f"a key of kind {key.kind} cannot be a {role} key")
        if ("witness" in roles or "log" in roles or key.kind != ED25519) and roles not in (["witness"], ["log"]):
            raise RefusedActError("key-act", "a key that signs heads has that role alone")
        if "log" in roles and key.party != self.charter.signing.log.party:
            raise RefusedActError("key-act", f"only {self.charter.signing.log.party} keeps the log")
        if key.party != act.party:
            raise RefusedActError("key-act", f"{act.party} cannot add a key of {key.party}")
        if key.name in self.keys:
            raise RefusedActError("key-act", f"the name {key.name} is taken: a name is used once in a record")
        if any(entry.key.public == key.public for entry in self.keys.values()):
            raise RefusedActError("key-act", f"the key of {key.name} is already in the record under another name")
        if not check_possession(self.charter.origin, key, _text(act, "proof")):
            raise RefusedActError("key-act", f"the proof that the owner of {key.name} holds the key is false")
        return key, tuple(roles)

    def _in_force(self, role: str) -> Iterable[KeyEntry]:
        return [entry for entry in self.keys.values() if role in entry.roles and entry.retired is None]

    def apply_key_act(self, act: Act, index: int) -> None:
        """Let act `index`, found good before, have its effect on the keys, if it is one that has any."""
        if act.kind == "key-added":
            key = parse_verifier(act.fields["key"])
            self.keys[key.name] = KeyEntry(key, tuple(act.fields["roles"]), added=index)
        elif act.kind in KEY_ACTS:
            entry = self.keys[act.fields["key"]]
            entry.retired = index
            if act.kind == "key-distrusted":
                entry.doubted_from = act.fields["from"]


def _text(act: Act, name: str) -> str:
    value: Any = act.fields.get(name)
    if not isinstance(value, str):
        raise RefusedActError("key-act", f"{act.kind} needs the field {name}")
    return value
