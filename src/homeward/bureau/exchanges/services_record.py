"""The record of an exchange: heads, cosigning, what leaves as a file, the verdict, comparing with another party's copy."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.exchanges.faults import ExchangeError, told
from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.exchanges.offices import office_of
from homeward.bureau.exchanges.services_noting import note
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag
from homeward.exchange.verdict import ExchangeVerdict, judge
from homeward.office.beginning import need
from homeward.office.mail import cosign_now, head_and_cosign
from homeward.record import Comparison, compare, hand_in, read_record, save_record, take_in, to_record, verify
from homeward.record.keys import Kind


def make_head_now(exchange: Exchange, *, by: User) -> list[str]:
    """For who keeps the log: put waiting acts into it, make a head over all, and cosign it. Gives what was refused, in words."""
    with office_of(exchange) as office, told():
        if office.keys.log is None or not office.store.keeps_log:
            raise ExchangeError(_("The log is kept by %(party)s.") % {"party": office.store.charter.signing.log.party})
        need(office.keys, Kind.WITNESS)
        note(exchange, office, None)
        refused = take_in(office.store, hand_in(office.store)).refused
        head_and_cosign(office)
        with transaction.atomic():
            write(Tag.EXCHANGES_HEAD_MADE, exchange.subject, by=by, counts={"size": office.store.size})
        return refused


def cosign_head(exchange: Exchange, *, by: User) -> int:
    """Recompute everything from this office's own copy and cosign the newest head. Refuses by rule, and says which."""
    with office_of(exchange) as office, told():
        need(office.keys, Kind.WITNESS)
        note(exchange, office, None)
        newest = office.store.newest_head()
        if newest is None:
            raise ExchangeError(_("There is no head to cosign yet; fetch the neutral’s newest parcel."))
        cosign_now(office)
        size = newest.head.size
        with transaction.atomic():
            write(Tag.EXCHANGES_HEAD_COSIGNED, exchange.subject, by=by, counts={"size": size})
        return size


def export_record(exchange: Exchange, *, by: User, settled: bool = False) -> bytes:
    """The record file, for anybody to verify."""
    with office_of(exchange) as office, told(), tempfile.TemporaryDirectory(prefix=".export-", dir=office.folder) as place:
        path = Path(place) / "out.record"
        save_record(to_record(office.store, settled=settled), path)
        data = path.read_bytes()
        with transaction.atomic():
            counts: dict[str, int | str] = {"kind": "record", "acts": office.store.size, "bytes": len(data)}
            write(Tag.EXCHANGES_FILE_EXPORTED, exchange.subject, by=by, counts=counts)
    return data


def verdict_of(exchange: Exchange) -> ExchangeVerdict:
    """The verdict over this office's own copy, made from its bytes as anybody else would make it."""
    with office_of(exchange) as office, told():
        return judge(to_record(office.store))


def compare_with(exchange: Exchange, data: bytes) -> tuple[Comparison, str, str]:
    """This office's copy beside another party's record file: where they first differ, and the kind of verdict on each."""
    with office_of(exchange) as office, told():
        own, other = to_record(office.store), read_record(data)
        kinds = verify(own).kind, verify(other).kind
        return compare(own, other), *kinds
