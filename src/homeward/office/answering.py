"""Answers from the receiver's desk to the holder's: one signed code per name, and what each carries in a sealed file.

The record holds codes and ids alone. Dates, places and other things that an answer carries could tell who somebody is; they go
to the holder in a file sealed to it, which `answers-sent` names by its hash, and the holder signs a receipt.

Both steps may be cut off at any moment and run again: what was signed is not signed a second time, and a file whose hash an act
names is on disk before the act is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from homeward.exchange.entries import digest_of_file
from homeward.lists import Answer, answers_as_dict
from homeward.office.desk import Office
from homeward.office.files import write_whole
from homeward.office.mail import arrived
from homeward.office.said import own_entries, said
from homeward.record.entropy import Entropy
from homeward.record.seal import Recipient, SealError, parse_recipient, seal, unseal


def answer(office: Office, list_id: str, answers: Sequence[Answer], entropy: Entropy) -> dict[str, bytes]:
    """Sign an answer for every name of a released list, in the order of the ids. Gives the sealed file for its holder.

    A name whose answer this office has signed before, and not changed since, is not signed again.
    """
    text = json.dumps(answers_as_dict(answers, "OFFER"), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    opened, sealed_at = office.private / f"{list_id}.answers.json", office.private / f"{list_id}.answers.age"
    if not opened.exists() or opened.read_bytes() != text:
        # What was sealed before is of other answers.
        sealed_at.unlink(missing_ok=True)
        write_whole(opened, text)
    _say_answers(office, answers)
    if not sealed_at.exists():
        write_whole(sealed_at, seal(text, _holders(office, list_id), entropy=entropy))
    name, sealed = f"sealed/answers-{list_id}.age", sealed_at.read_bytes()
    digest = digest_of_file(name, sealed)
    if said(office, "answers-sent", list=list_id, digest=digest) is None:
        office.say("answers-sent", list=list_id, digest=digest, count=len(answers))
    return {name: sealed}


def _say_answers(office: Office, answers: Sequence[Answer]) -> None:
    """Sign what is new in these answers, all or nothing of it."""
    before = {str(entry.fields.get("person")): entry.fields for entry in own_entries(office, "answered")}
    with office.batch():
        for each in sorted(answers, key=lambda each: each.entry_id):
            other = each.carries.get("other")
            fields = {
                "person": each.entry_id,
                "code": each.code,
                "detail": each.detail or None,
                "other": other if each.code == "DUPLICATE_OF" and isinstance(other, str) else None,
            }
            if before.get(each.entry_id) != {name: value for name, value in fields.items() if value is not None}:
                office.say("answered", **fields)


def _holders(office: Office, list_id: str) -> list[Recipient]:
    holders = office.state.lists[list_id].holders
    return [
        parse_recipient(party.recipient)
        for party in office.store.charter.signing.parties
        if party.code in holders and party.recipient is not None
    ]


def open_answers(office: Office, list_id: str) -> None:
    """The holder opens the answers to its list, keeps them in its private folder, and signs a receipt, once."""
    name = f"sealed/answers-{list_id}.age"
    sealed = arrived(office, name)
    if sealed is None:
        raise SealError("no match", f"the answers to list {list_id} have not arrived; ask their sender for them again")
    text = unseal(sealed, [office.keys.sealing])
    write_whole(office.private / f"{list_id}.answers.json", text)
    receipt = {"list": list_id, "what": "answers", "digest": digest_of_file(name, sealed)}
    if said(office, "receipt", **receipt) is None:
        office.say("receipt", **receipt, count=len(json.loads(text)["answers"]))
