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


# ---- a lost root


def _root_asked(*hands: str, **changes: Any) -> Draft:
    """A draft in which act 7 is A's proposal of a new root, by two of its officers unless other hands are named."""
    draft = begun()
    draft.add_key("A/officer-2")
    signer = key("A/root-2")
    fields: dict[str, Any] = {
        "key": signer.verifier.text,
        "proof": prove_possession(draft.charter.origin, signer),
        "roles": ["root"],
    }
    draft.say("key-proposed", *(hands or ("A/officer-1", "A/officer-2")), **{**fields, **changes})
    return draft


def _answer(draft: Draft, act: str, by: str) -> int:
    return draft.say(act, by, of=draft.leaf(7))


def _refused(draft: Draft, says: str, index: int, code: str = "key-act") -> Case:
    draft.head()
    return changed(draft.record(), says, code, index)


@case(GOOD)
def root_lost_and_replaced() -> Case:
    draft = _root_asked()
    draft.head()
    for code in ("B", "N"):
        _answer(draft, "key-accepted", f"{code}/root")
    signer = key("A/officer-3")
    proof = prove_possession(draft.charter.origin, signer)
    draft.say("key-added", "A/root-2", key=signer.verifier.text, proof=proof, roles=["officer"])
    draft.say("key-retired", "A/root-2", key="A/officer-1")
    draft.head()
    return Case(draft.record(), "a lost root was replaced by two officers and all other parties", "unchanged", "incomplete")


@case(GOOD)
def root_proposed_and_found_again() -> Case:
    draft = _root_asked()
    _answer(draft, "key-accepted", "B/root")
    _answer(draft, "key-refused", "A/root")
    draft.say("key-retired", "A/root", key="A/officer-2")
    draft.head()
    return Case(draft.record(), "the root was found again, and refused its successor", "unchanged", "incomplete")


@case(GOOD)
def root_proposed_twice() -> Case:
    draft = _root_asked()
    _answer(draft, "key-accepted", "B/root")
    signer = key("A/root-3")
    proof = prove_possession(draft.charter.origin, signer)
    text = signer.verifier.text
    again = draft.say("key-proposed", "A/officer-2", "A/officer-1", key=text, proof=proof, roles=["root"])
    for code in ("N", "B"):
        draft.say("key-accepted", f"{code}/root", of=draft.leaf(again))
    draft.say("key-retired", "A/root-3", key="A/officer-2")
    draft.head()
    return Case(draft.record(), "a second proposal took the place of the first", "unchanged", "incomplete")


@case(BAD)
def root_proposed_by_one_hand() -> Case:
    return _refused(_root_asked("A/officer-1"), "one officer alone proposes a new root", 7)


@case(BAD)
def root_proposed_with_the_old_root() -> Case:
    return _refused(_root_asked("A/officer-1", "A/root"), "the root that is said to be lost signs the proposal", 7)


@case(BAD)
def root_proposed_as_an_officer() -> Case:
    return _refused(_root_asked(roles=["officer", "root"]), "two officers bring in a key that is more than a root", 7)


@case(BAD)
def root_proposed_without_proof() -> Case:
    return _refused(_root_asked(proof=encode_base64(bytes(64))), "the new root has not proved that it is there", 7)


@case(BAD)
def root_accepted_by_its_own_party() -> Case:
    draft = _root_asked()
    _answer(draft, "key-accepted", "A/root")
    return _refused(draft, "a party accepts its own proposal", 8)


@case(BAD)
def root_accepted_by_an_officer() -> Case:
    draft = _root_asked()
    _answer(draft, "key-accepted", "B/officer-1")
    return _refused(draft, "an officer accepts for another party", 8)


@case(BAD)
def root_accepted_twice_by_one() -> Case:
    draft = _root_asked()
    _answer(draft, "key-accepted", "B/root")
    _answer(draft, "key-accepted", "B/root")
    return _refused(draft, "one party accepts in place of two", 9)


@case(BAD)
def root_accepted_after_a_refusal() -> Case:
    draft = _root_asked()
    _answer(draft, "key-refused", "N/root")
    _answer(draft, "key-accepted", "B/root")
    return _refused(draft, "the neutral had refused before", 9)


@case(BAD)
def root_accepted_after_the_old_one_spoke() -> Case:
    draft = _root_asked()
    draft.say("key-retired", "A/root", key="A/officer-2")
    _answer(draft, "key-accepted", "B/root")
    return _refused(draft, "the root was not lost: it had retired a key", 9)


@case(BAD)
def root_speaks_before_all_have_accepted() -> Case:
    draft = _root_asked()
    _answer(draft, "key-accepted", "B/root")
    draft.say("key-retired", "A/root-2", key="A/officer-1")
    return _refused(draft, "only one of two parties had accepted the new root", 9, "key")


@case(BAD)
def root_speaks_after_it_was_replaced() -> Case:
    draft = _root_asked()
    for code in ("B", "N"):
        _answer(draft, "key-accepted", f"{code}/root")
    draft.say("key-retired", "A/root", key="A/officer-1")
    return _refused(draft, "the lost root turned up again afterwards", 10, "key")
