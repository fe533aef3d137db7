"""Files beside the acts that are not those that acts name: the record is unchanged, the exchange is not."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from conformance.case import BAD, GOOD, Case, case
from conformance.stories import void_acts
from conformance.world import LISTS, Draft, begun, lodged, public_list, released
from homeward.record.note import encode_base64url


def foreign(draft: Draft, says: str, name: str, content: bytes, index: int | None) -> Case:
    """The record as told, into which somebody put this file; `index` is the act that names it, if any does."""
    lists, sealed = dict(draft.lists), dict(draft.sealed)
    folder, _, own = name.partition("/")
    {"lists": lists, "sealed": sealed}[folder][own] = content
    record = replace(draft.record(), lists=lists, sealed=sealed)
    return Case(record, says, "unchanged", "changed", finding=("file", index, "file"))


@case(BAD)
def exchange_sealed_file_swapped() -> Case:
    return foreign(
        lodged(), "another sealed file stands under the name of the one lodged", "sealed/home-A.age", b"another\n", 8
    )


@case(BAD)
def exchange_sealed_file_stray() -> Case:
    return foreign(lodged(), "a sealed file that no act names", "sealed/home-C.age", b"whose?\n", None)


@case(BAD)
def exchange_list_file_stray() -> Case:
    return foreign(lodged(), "a good list that no act names", "lists/home-C", public_list("home-A")[0].to_bytes(), None)


@case(BAD)
def exchange_answers_file_swapped() -> Case:
    draft = released()
    digest = encode_base64url(hashlib.sha256(b"sealed answers\n").digest())
    at = draft.say("answers-sent", "A/officer-1", list="home-A", digest=digest, count=2)
    draft.sealed["answers-home-A.age"] = b"sealed answers\n"
    draft.head()
    return foreign(draft, "other answers stand under the name of those sent", "sealed/answers-home-A.age", b"others\n", at)


@case(BAD)
def exchange_sealed_file_swapped_and_acts_uncovered() -> Case:
    """The record lacks a head as well: that something was changed goes before that something is missing."""
    draft = lodged()
    at = draft.release()
    swapped = foreign(draft, "a sealed file was swapped, and no head covers the last act", "sealed/home-B.age", b"another\n", 9)
    return replace(swapped, record="incomplete", place="acts", index=at, code="uncovered")


@case(GOOD)
def sealed_files_left_out() -> Case:
    """Only what is there can be the wrong file; a copy for the public has no use for what only keepers open."""
    draft = lodged()
    draft.sealed.clear()
    return void_acts(draft, "the sealed files are not in this copy")


@case(GOOD)
def list_named_by_a_void_act_first() -> Case:
    """Whoever may not commit to a list cannot make the list of whoever may look changed."""
    draft = begun()
    at = draft.say("list-committed", "A/officer-1", list="home-A", root="A" * 43, count=0, categories=[], draw="A" * 43)
    for name in LISTS:
        draft.commit(name)
    return void_acts(draft, "the wrong side names a list first, by another hash", (at, "list-committed", "A/officer-1", "role"))


@case(GOOD)
def answers_sent_twice() -> Case:
    draft = released()
    for content in (b"sealed answers\n", b"sealed answers, one corrected\n"):
        digest = encode_base64url(hashlib.sha256(content).digest())
        draft.say("answers-sent", "A/officer-1", list="home-A", digest=digest, count=2)
        draft.sealed["answers-home-A.age"] = content
    return void_acts(draft, "answers were sent again, and the file is the later one")


@case(GOOD)
def answers_sent() -> Case:
    draft = released()
    draft.sealed["answers-home-A.age"] = b"sealed answers\n"
    digest = encode_base64url(hashlib.sha256(b"sealed answers\n").digest())
    draft.say("answers-sent", "A/officer-1", list="home-A", digest=digest, count=2)
    return void_acts(draft, "answers were sent, and the sealed file is the one that the act names")
