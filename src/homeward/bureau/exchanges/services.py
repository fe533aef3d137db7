"""What other apps, the command line and the demo ask of exchanges. Every function writes its journal line with what it does.

| name | what it does |
|---|---|
| `office_of(exchange)`, `desk_of(exchange)` | the open office, for this thread alone while the block lasts; take it before a transaction |
| `add_exchange(slug, title, by=…)` | add an exchange; its office may lie in `NODE/exchanges/SLUG` already |
| `assign(exchange, user, by=…)` | let an officer know of it |
| `make_hand(exchange, user, by=…)` | give an officer a signing key in its office |
| `exchanges_of(user)` | those that the officer may know of |
| `do(exchange, user, deed, **args)` | sign, or ask for a second hand; `confirm(pending, user)` gives it |
| `say_all(exchange, user, acts)` | sign acts of one hand by the hundred, all or none, nothing twice |
| `make_parcel`, `take_parcel` | mail by file; `exchange_now(peer, by=…)` the same by HTTPS |
| `people_on(exchange, list_id)` | the people of an open list, under their ids of the exchange |
"""

from __future__ import annotations

from django.db.models import QuerySet

from homeward.bureau.access.models import User
from homeward.bureau.exchanges.faults import ExchangeError, NoEffectError
from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.exchanges.offices import NotFoundedError, close_offices, desk_of, is_founded, office_of
from homeward.bureau.exchanges.services_answers import derive, send_answers, set_answer
from homeward.bureau.exchanges.services_founding import (
    add_exchange,
    assign,
    begin_record,
    make_charter,
    make_hand,
    make_office_keys,
    own_public,
    unassign,
    upload_charter,
    upload_public,
    upload_terms,
)
from homeward.bureau.exchanges.services_lists import commit_list, people_on, reckoning_day, upload_list
from homeward.bureau.exchanges.services_mail import make_parcel, take_parcel
from homeward.bureau.exchanges.services_plan import agree_to, compute, move, propose_stage
from homeward.bureau.exchanges.services_record import cosign_head, export_record, make_head_now
from homeward.bureau.exchanges.services_signing import confirm, do, say_all, withdraw

__all__ = [
    "ExchangeError",
    "NoEffectError",
    "NotFoundedError",
    "add_exchange",
    "agree_to",
    "assign",
    "begin_record",
    "close_offices",
    "commit_list",
    "compute",
    "confirm",
    "cosign_head",
    "derive",
    "desk_of",
    "do",
    "exchanges_of",
    "export_record",
    "is_founded",
    "make_charter",
    "make_hand",
    "make_head_now",
    "make_office_keys",
    "make_parcel",
    "move",
    "office_of",
    "own_public",
    "people_on",
    "propose_stage",
    "reckoning_day",
    "say_all",
    "send_answers",
    "set_answer",
    "take_parcel",
    "unassign",
    "upload_charter",
    "upload_list",
    "upload_public",
    "upload_terms",
    "withdraw",
]


def exchanges_of(user: User) -> QuerySet[Exchange]:
    """The exchanges that this officer is assigned to."""
    return Exchange.objects.filter(assignments__user=user)
