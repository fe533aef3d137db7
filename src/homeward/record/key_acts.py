"""The acts that decide which keys count.

All but the first of these must be signed by a root key:

| act | by | fields | from the next act on |
|---|---|---|---|
| key-proposed | two keys of the party, no root | key, roles `["root"]`, proof | a new root is proposed: the old one is lost |
| key-accepted | a root of another party | of (hash of the proposal) | once all others have: it counts, the roots before it do not |
| key-refused | a root of any party | of | the proposal has fallen |
| key-added | a root of the party | key (public text), roles, proof | the key counts, in these roles |
| key-retired | a root of the party | key (name) | the key counts no more; what it signed before stays good |
| key-distrusted | a root of the party | key (name), from (index) | as retired; its acts from that index on are doubted, and stay |

A role is a word; this room reserves `root` (adds and retires keys; the proof of possession is the new root's own signature, so
that a change of root is signed by both), `witness` (cosigns heads, kinds 0x04 and 0x06) and `log` (signs heads, the log's party
only). A key's name is used once in a record, for ever. Keys are retired by index, never by time.

**When a root is lost**, two officers of the party propose a new one, and every other party accepts it, after comparing its digits in
person (docs/keys.md says how, and what it costs). A root that is not lost has the last word: whatever its party's root signs about
keys while a proposal is open lets the proposal fall, and so does the refusal by any one root. A second proposal takes the place of
the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from homeward.record.act import Act
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

#: Why an act cannot stand where it stands. `early` alone may pass by itself: an act before it has not arrived yet.
Reason = Literal["exchange", "key", "signature", "early", "again", "fork", "previous", "seen", "key-act"]

KEY_ACTS = ("key-added", "key-retired", "key-distrusted", "key-proposed", "key-accepted", "key-refused")
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
class Proposal:
    """A new root that officers of a party have proposed, and which other parties have accepted it."""

    leaf: str
    key: Verifier
    accepted: set[str] = field(default_factory=set)


class KeyBook:
    """The keys of a record, which of them count, and the new roots that are proposed."""

    def __init__(self, charter: Charter) -> None:
        self._charter = charter
        self.keys: dict[str, KeyEntry] = {}
        #: Party code → its open proposal of a new root.
        self.proposals: dict[str, Proposal] = {}
        signing = charter.signing
        self.keys[signing.log.name] = KeyEntry(signing.log, ("log",))
        for party in signing.parties:
            self.keys[party.root.name] = KeyEntry(party.root, ("root",))
            for witness in (party.witness, party.closing):
                if witness is not None:
                    self.keys[witness.name] = KeyEntry(witness, ("witness",))

    # ---- checking

    def check(self, act: Act, size: int) -> None:
        """Raise `RefusedActError` unless this act about keys, signed by keys that count, may be act `size`."""
        if act.kind == "key-proposed":
            self._check_proposed(act)
            return
        if "root" not in self.keys[act.by].roles:
            raise RefusedActError("key-act", f"{act.kind} must be signed by a root key of {act.party}")
        if act.kind == "key-added":
            self._new_key(act)
        elif act.kind in {"key-accepted", "key-refused"}:
            self._check_answer(act)
        else:
            self._check_retired(act, size)

    def _check_proposed(self, act: Act) -> None:
        signers = [self.keys[signature.name] for signature in act.signatures]
        if len(signers) < 2 or any("root" in signer.roles for signer in signers):
            raise RefusedActError(
                "key-act", f"a new root of {act.party} is proposed by two of its keys, neither of them a root"
            )
        if act.fields.get("roles") != ["root"]:
            raise RefusedActError("key-act", "key-proposed proposes a root and nothing else")
        self._new_key(act)

    def _check_answer(self, act: Act) -> None:
        found = self._proposal(_text(act, "of"))
        if found is None:
            raise RefusedActError("key-act", f"{act.kind} names no new root that is proposed")
        party, proposal = found
        if act.kind == "key-refused":
            return
        if party == act.party or act.party in proposal.accepted:
            raise RefusedActError("key-act", f"a new root is accepted by every other party, once; {act.party} cannot")
        self._require_new(proposal.key)

    def _check_retired(self, act: Act, size: int) -> None:
        name = _text(act, "key")
        entry = self.keys.get(name)
        if entry is None or party_of(name) != act.party:
            raise RefusedActError("key-act", f"{act.kind} names no key of {act.party}")
        if entry.retired is not None:
            raise RefusedActError("key-act", f"the key {name} was already retired by act {entry.retired}")
        if "root" in entry.roles and not any(other is not entry for other in self._roots(act.party)):
            raise RefusedActError("key-act", f"{name} is the last root key of {act.party}: add another before retiring it")
        if act.kind == "key-distrusted":
            start = act.fields.get("from")
            if type(start) is not int or not 0 <= start <= size:
                raise RefusedActError("key-act", "key-distrusted names in from the act from which the key is doubted")

    def _new_key(self, act: Act) -> None:
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
        if "log" in roles and key.party != self._charter.signing.log.party:
            raise RefusedActError("key-act", f"only {self._charter.signing.log.party} keeps the log")
        if key.party != act.party:
            raise RefusedActError("key-act", f"{act.party} cannot add a key of {key.party}")
        self._require_new(key)
        if not check_possession(self._charter.origin, key, _text(act, "proof")):
            raise RefusedActError("key-act", f"the proof that the owner of {key.name} holds the key is false")

    def _require_new(self, key: Verifier) -> None:
        if key.name in self.keys:
            raise RefusedActError("key-act", f"the name {key.name} is taken: a name is used once in a record")
        if any(entry.key.public == key.public for entry in self.keys.values()):
            raise RefusedActError("key-act", f"the key of {key.name} is already in the record under another name")

    def _roots(self, party: str) -> Iterable[KeyEntry]:
        """The roots of a party that have not been retired."""
        return [
            entry
            for entry in self.keys.values()
            if "root" in entry.roles and entry.key.party == party and entry.retired is None
        ]

    def _proposal(self, leaf: str) -> tuple[str, Proposal] | None:
        return next(((party, each) for party, each in self.proposals.items() if each.leaf == leaf), None)

    # ---- taking effect

    def apply(self, act: Act, index: int) -> None:
        """Let act `index`, found good before, have its effect on the keys."""
        match act.kind:
            case "key-proposed":
                self.proposals[act.party] = Proposal(encode_base64url(act.leaf), parse_verifier(act.fields["key"]))
                return
            case "key-accepted":
                self._accept(act, index)
            case "key-added":
                key = parse_verifier(act.fields["key"])
                self.keys[key.name] = KeyEntry(key, tuple(act.fields["roles"]), added=index)
            case "key-retired" | "key-distrusted":
                entry = self.keys[act.fields["key"]]
                entry.retired = index
                if act.kind == "key-distrusted":
                    entry.doubted_from = act.fields["from"]
            case "key-refused":
                found = self._proposal(act.fields["of"])
                assert found is not None, "the act was found good before"
                del self.proposals[found[0]]
        # All of these are signed by a root, so the party's root is not lost.
        self.proposals.pop(act.party, None)

    def _accept(self, act: Act, index: int) -> None:
        found = self._proposal(act.fields["of"])
        assert found is not None, "the act was found good before"
        party, proposal = found
        proposal.accepted.add(act.party)
        if proposal.accepted >= {other.code for other in self._charter.signing.parties} - {party}:
            for entry in self._roots(party):
                entry.retired = index
            self.keys[proposal.key.name] = KeyEntry(proposal.key, ("root",), added=index)
            del self.proposals[party]


def _text(act: Act, name: str) -> str:
    value: Any = act.fields.get(name)
    if not isinstance(value, str):
        raise RefusedActError("key-act", f"{act.kind} needs the field {name}")
    return value
