"""Answers from the receiver's desk to the holder's: one signed code per name, and what each carries in a sealed file.

The record holds codes and ids alone. Dates, places and other things that an answer carries could tell who somebody is; they go
to the holder in a file sealed to it, which `answers-sent` names by its hash, and the holder signs a receipt.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from homeward.exchange.entries import digest_of_file
from homeward.lists import Answer, answers_as_dict
from homeward.office.desk import Office
from homeward.office.files import write_whole
from homeward.office.mail import arrived
from homeward.record.entropy import Entropy
from homeward.record.seal import SealError, parse_recipient, seal, unseal


def answer(office: Office, list_id: str, answers: Sequence[Answer], entropy: Entropy) -> dict[str, bytes]:
    """Sign an answer for every name of a released list, in the order of the ids. Gives the sealed file for its holder."""
    with office.batch():
        for each in sorted(answers, key=lambda each: each.entry_id):
            other = each.carries.get("other")
            office.say(
                "answered",
                person=each.entry_id,
                code=each.code,
                detail=each.detail or None,
                other=other if each.code == "DUPLICATE_OF" and isinstance(other, str) else None,
            )
    text = json.dumps(answers_as_dict(answers, "OFFER"), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    write_whole(office.private / f"{list_id}.answers.json", text)
    holders = office.state.lists[list_id].holders
    recipients = [
        parse_recipient(party.recipient)
        for party in office.store.charter.signing.parties
        if party.code in holders and party.recipient is not None
    ]
    name = f"sealed/answers-{list_id}.age"
    sealed = seal(text, recipients, entropy=entropy)
    office.say("answers-sent", list=list_id, digest=digest_of_file(name, sealed), count=len(answers))
    return {name: sealed}


def open_answers(office: Office, list_id: str) -> None:
    """The holder opens the answers to its list, keeps them in its private folder, and signs a receipt."""
    name = f"sealed/answers-{list_id}.age"
    sealed = arrived(office, name)
    if sealed is None:
        raise SealError("no match", f"the answers to list {list_id} have not arrived; ask their sender for them again")
    text = unseal(sealed, [office.keys.sealing])
    write_whole(office.private / f"{list_id}.answers.json", text)
    office.say(
        "receipt", list=list_id, what="answers", digest=digest_of_file(name, sealed), count=len(json.loads(text)["answers"])
    )
