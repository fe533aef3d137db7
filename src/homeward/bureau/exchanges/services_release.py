"""Several keepers release the lists, each from its own node: a file of shares comes to the neutral (`homeward.office.releasing`).

The act itself is asked for and confirmed like every other grave act (`services_signing`); here are the files before and after it.
"""

from __future__ import annotations

import os

from django.db import transaction

from homeward.bureau.access.models import User
from homeward.bureau.exchanges.faults import told
from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.exchanges.offices import office_of
from homeward.bureau.exchanges.services_signing import require
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag
from homeward.office.releasing import hand_over, share_file, take_shares


def make_share_file(exchange: Exchange, *, by: User) -> bytes:
    """This keeper's shares of all lists, sealed to the neutral. Raises `ExchangeError` before the lists may be released."""
    with office_of(exchange) as office, told():
        require(by, "lists-released")
        data = share_file(office, os.urandom)
        with transaction.atomic():
            write(Tag.EXCHANGES_FILE_EXPORTED, exchange.subject, by=by, counts={"kind": "shares", "bytes": len(data)})
    return data


def take_share_file(exchange: Exchange, data: bytes, *, by: User) -> str:
    """Keep another keeper's file, if it holds the shares that were lodged. Gives the keeper. Raises `ExchangeError`."""
    with office_of(exchange) as office, told():
        require(by, "lists-released")
        keeper = take_shares(office, data)
        with transaction.atomic():
            write(Tag.EXCHANGES_SHARES_TAKEN, exchange.subject, by=by, counts={"keeper": keeper})
    return keeper


def hand_lists_over(exchange: Exchange, *, by: User) -> tuple[str, ...]:
    """Let every list go to its receiver with the next parcels. Gives the receivers. Raises `ExchangeError` before all have agreed."""
    with office_of(exchange) as office, told():
        require(by, "lists-released")
        receivers = hand_over(office, os.urandom)
        with transaction.atomic():
            write(Tag.EXCHANGES_LISTS_HANDED, exchange.subject, by=by, counts={"receivers": ", ".join(receivers)})
    return receivers
