"""Keys: whose count, and the acts that change which do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance.case import BAD, GOOD, Case, case, changed
from conformance.told import fields
from conformance.world import Draft, begun, key
from homeward.record import COSIGNATURE, MLDSA44, Signer, canonical, prove_possession
from homeward.record.note import LOW_ORDER, Signature, Verifier, encode_base64


@case(BAD)
def key_unknown() -> Case:
    return fields("nobody added this key", "key", "A/officer-9")


@case(BAD)
def key_added_too_late() -> Case:
    draft = Draft()
    draft.agree_terms()
    draft.say("receipt", "A/officer-1", list="home-A", what="list", digest="A" * 43, count=0)
    draft.add_key("A/officer-1")
    draft.head()
    return changed(draft.record(), "the key was added after its act", "key", 3)


@case(BAD)
def key_id_of_another() -> Case:
    draft = begun()
    text = canonical(draft.envelope("receipt", "A/officer-1"))
    signature = key("A/officer-1").sign(text + b"\n")
    draft.put(text + b"\t" + Signature("A/officer-1", key("B/officer-1").verifier.id, signature).line.encode())
    draft.head()
    return changed(draft.record(), "the id in the signature is another key's", "key", 6)


@case(BAD)
def key_retired() -> Case:
    draft = begun()
    draft.say("key-retired", "A/root", key="A/officer-1")
    draft.say("receipt", "A/officer-1", list="home-A", what="list", digest="A" * 43, count=0)
    draft.head()
    return changed(draft.record(), "the key was retired before its act", "key", 7)


@case(BAD)
def key_of_the_log_signs_an_act() -> Case:
    return fields("the key that signs heads signs an act", "key", "N/log")


@case(BAD)
def key_added_by_an_officer() -> Case:
    return _key_act("an officer adds a key", by="A/officer-1")


@case(BAD)
def key_added_for_another_party() -> Case:
    return _key_act("A adds a key of B", name="B/officer-2", by="A/root")


@case(BAD)
def key_name_taken() -> Case:
    return _key_act("the name was used before", name="A/officer-1", seed="A/another")


@case(BAD)
def key_taken() -> Case:
    return _key_act("the key is in the record under another name", seed="A/officer-1")


@case(BAD)
def key_without_proof() -> Case:
    return _key_act("the proof of possession is another key's", changes={"proof": encode_base64(bytes(64))})


@case(BAD)
def key_roles_unsorted() -> Case:
    return _key_act("the roles are not sorted", changes={"roles": ["officer", "clerk"]})


@case(BAD)
def key_two_uses() -> Case:
    return _key_act("one key signs acts and heads", changes={"roles": ["officer", "witness"]}, kind=COSIGNATURE)


@case(BAD)
def key_log_of_another_party() -> Case:
    return _key_act("A adds a key for the log, which N keeps", changes={"roles": ["log"]})


@case(BAD)
def key_of_wrong_kind() -> Case:
    return _key_act("a root key is of the kind that cosigns heads", changes={"roles": ["root"]}, kind=COSIGNATURE)


@case(BAD)
def key_of_low_order() -> Case:
    weak = Verifier("A/officer-2", 1, min(LOW_ORDER))
    return _key_act("the key is a point of low order: anybody can sign with it", changes={"key": weak.text})


@case(BAD)
def key_of_mixed_order() -> Case:
    """The sum of a good key's point and a point of order 8: signatures under it mean different things to different programs."""
    weak = Verifier("A/officer-2", 1, bytes.fromhex(MIXED_ORDER))
    return _key_act("the key's point is not in the group of prime order", changes={"key": weak.text})


#: The base point plus the point of order 8 that is encoded as c7176a70…: made once, with the addition law of RFC 8032.
MIXED_ORDER = "98519eadf35b995233b51b5cd23e9cc5a28b639b5a4af0ec903cb960d81b7819"


def _key_act(
    says: str,
    *,
    name: str = "A/officer-2",
    by: str = "A/root",
    seed: str = "",
    kind: int = 1,
    changes: Mapping[str, Any] | None = None,
) -> Case:
    draft = begun()
    signer = Signer.from_seed(name, kind, key(seed or name, kind).seed)
    fields: dict[str, Any] = {
        "key": signer.verifier.text,
        "proof": prove_possession(draft.charter.origin, signer),
        "roles": ["officer"],
    }
    draft.say("key-added", by, **{**fields, **(changes or {})})
    draft.head()
    return changed(draft.record(), says, "key-act", 6)


@case(BAD)
def key_last_root_retired() -> Case:
    draft = begun()
    draft.say("key-retired", "A/root", key="A/root")
    draft.head()
    return changed(draft.record(), "a party retires its last root key", "key-act", 6)


@case(BAD)
def key_retired_twice() -> Case:
    draft = begun()
    draft.say("key-retired", "A/root", key="A/officer-1")
    draft.say("key-retired", "A/root", key="A/officer-1")
    draft.head()
    return changed(draft.record(), "a key is retired twice", "key-act", 7)


@case(BAD)
def key_of_another_retired() -> Case:
    draft = begun()
    draft.say("key-retired", "A/root", key="B/officer-1")
    draft.head()
    return changed(draft.record(), "A retires a key of B", "key-act", 6)


@case(BAD)
def key_distrusted_from_the_future() -> Case:
    draft = begun()
    draft.say("key-distrusted", "A/root", key="A/officer-1", from_=7)
    draft.head()
    return changed(draft.record(), "a key is doubted from an act that is not there yet", "key-act", 6)


@case(GOOD)
def keys_come_and_go() -> Case:
    draft = begun()
    draft.add_key("A/root-2", "root")
    draft.say("key-retired", "A/root-2", key="A/root")
    draft.say("key-distrusted", "B/root", key="B/officer-1", from_=5)
    draft.add_key("N/log-2", "log")
    draft.add_key("B/closing-2", "witness", kind=MLDSA44)
    draft.head()
    return Case(draft.record(), "roots rotated, keys retired and doubted, keys for heads added", "unchanged", "incomplete")
