"""Everything that an officer can sign on a page, as one table: which act it is, who may, and what is done.

A *deed* is a step of an office (`homeward.office`) with its arguments. How many officers it needs is not said here: the act's own
row in `homeward.exchange.ACTS` says it. `PERMISSIONS` says which permission an officer needs for each kind of act; an assent needs
the permission of the act that it agrees to.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from homeward.bureau.access.permissions import Permission
from homeward.office.answering import open_answers
from homeward.office.desk import Office
from homeward.office.going import put
from homeward.office.own_lists import lodge, open_received, release
from homeward.office.releasing import release_alone

#: Act → the permission to sign it. Acts of the handover desk have that desk's own.
PERMISSIONS: Mapping[str, Permission] = {
    "terms-proposed": Permission.EXCHANGES_TERMS_SIGN,
    "list-committed": Permission.EXCHANGES_LIST_MANAGE,
    "list-lodged": Permission.EXCHANGES_LIST_LODGE,
    "lists-released": Permission.EXCHANGES_LIST_LODGE,
    "answered": Permission.EXCHANGES_LIST_ANSWER,
    "answers-sent": Permission.EXCHANGES_LIST_ANSWER,
    "receipt": Permission.EXCHANGES_LIST_READ,
    "claimed": Permission.EXCHANGES_LIST_ANSWER,
    "withdrawn": Permission.EXCHANGES_LIST_MANAGE,
    "struck": Permission.EXCHANGES_LIST_ANSWER,
    "list-frozen": Permission.EXCHANGES_LIST_MANAGE,
    "interviewed": Permission.EXCHANGES_INTERVIEW_RECORD,
    "stage-planned": Permission.EXCHANGES_STAGE_SIGN,
    "stage-opened": Permission.EXCHANGES_STAGE_SIGN,
    "reserve-called": Permission.HANDOVER_TICK_MAKE,
    "handed-over": Permission.HANDOVER_TICK_MAKE,
    "received": Permission.HANDOVER_TICK_MAKE,
    "refused": Permission.HANDOVER_TICK_MAKE,
    "deviation": Permission.EXCHANGES_STAGE_SIGN,
    "stage-closed": Permission.EXCHANGES_STAGE_SIGN,
    "closed": Permission.EXCHANGES_STAGE_SIGN,
    "broken-off": Permission.EXCHANGES_STAGE_SIGN,
}

Args = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Deed:
    """One step. `act` gives the kind of act that decides about hands and permission, `says` the fields of what is signed."""

    name: str
    act: Callable[[Office, Args], str]
    run: Callable[[Office, Args], object]
    #: The act whose effect is asked for before signing, and its fields; None where the step itself looks.
    would: Callable[[Office, Args], tuple[str, Mapping[str, Any]] | None] = lambda _office, _args: None


def _agreed_act(office: Office, args: Args) -> str:
    proposal = office.state.proposals.get(args["of"])
    return proposal.entry.act if proposal is not None else "agreed"


def _release(office: Office, _args: Args) -> None:
    if len(office.keepers) > 1:
        # The others agree from their own offices; the lists are handed over after that.
        release_alone(office)
        return
    for party, files in release([office], os.urandom).items():
        put(office, [party], files)


DEEDS: Mapping[str, Deed] = {
    deed.name: deed
    for deed in (
        Deed(
            "say",
            lambda _office, args: str(args["act"]),
            lambda office, args: office.say(args["act"], **args["fields"]),
            lambda _office, args: (args["act"], args["fields"]),
        ),
        Deed(
            "agree",
            _agreed_act,
            lambda office, args: office.agree(args["of"]),
            lambda _office, args: ("agreed", {"of": args["of"]}),
        ),
        Deed("lodge", lambda *_: "list-lodged", lambda office, args: lodge(office, args["list"])),
        Deed("release", lambda *_: "lists-released", _release),
        Deed("open-list", lambda *_: "receipt", lambda office, args: open_received(office, args["list"])),
        Deed("open-answers", lambda *_: "receipt", lambda office, args: open_answers(office, args["list"])),
    )
}
