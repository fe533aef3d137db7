"""Parcels between nodes, by file or by HTTPS: the same files, the same checks (`homeward.office.mail`).

Everything may be taken in twice, late, out of order or cut off: what is there already changes nothing, what comes early waits, and
a file that is not whole is refused as a whole. Each passage is written down with what it did.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.exchanges.faults import ExchangeError, told
from homeward.bureau.exchanges.models import Exchange, Passage
from homeward.bureau.exchanges.offices import office_of
from homeward.bureau.exchanges.services_noting import note
from homeward.bureau.exchanges.services_signing import keep_log
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag
from homeward.office.delivering import parcel_for, send_from_what_is_known
from homeward.office.desk import Office
from homeward.office.files import write_whole
from homeward.office.going import files_for
from homeward.office.mail import receive
from homeward.office.whole_record import take_in_record
from homeward.record import Report, read_record
from homeward.record.parcel import Parcel, parse_parcel

#: A parcel or record larger than this is refused unread: the whole Yemen exchange of 2018 is a tenth of it.
MOST_BYTES = 64 * 2**20


def others(office: Office) -> list[str]:
    """The parties that this office can write to: for the neutral everybody; for all others the neutral, and a keeper who still has to
    get a sealed list and its share from here.
    """
    if office.party == office.neutral:
        return [party.code for party in office.store.charter.signing.parties if party.code != office.party]
    keepers = (keeper for keeper in office.keepers if keeper not in {office.neutral, office.party})
    return [office.neutral, *(keeper for keeper in keepers if files_for(office, keeper))]


def make_parcel(exchange: Exchange, to: str, *, by: User, whole: bool = False) -> Path:
    """Write a parcel for another party into the outbox. `whole` sends everything again, for who has lost something."""
    with office_of(exchange) as office, told():
        note(exchange, office, None)
        if to not in others(office):
            raise ExchangeError(_("Parcels go to %(parties)s.") % {"parties": ", ".join(others(office))})
        keep_log(exchange, office)
        path = send_from_what_is_known(office, to, whole=whole)
        _went(exchange, path, to, by=by)
    return path


def newest_for(exchange: Exchange, to: str, have: int, files: frozenset[str]) -> bytes:
    """The parcel that `to` fetches by HTTPS, who holds `have` acts and these files.

    It is made from that alone, so a lost answer loses nothing.
    """
    with office_of(exchange) as office, told():
        note(exchange, office, None)
        keep_log(exchange, office)
        parcel = parcel_for(office, to, have=have, files=files)
        folder = office.folder / "outbox"
        folder.mkdir(mode=0o700, exist_ok=True)
        # What is fetched again and again has one file, so that the outbox does not grow with every call.
        path = folder / f"{office.party}-to-{to}-fetched.parcel"
        write_whole(path, parcel.data)
        _went(exchange, path, to, by=None, by_https=True)
        return parcel.data


def held(office: Office) -> tuple[int, frozenset[str]]:
    """What this office has, for fetching the rest: how many acts, and the names of files."""
    waiting = office.folder / "private" / "arrived"
    names = {path.name.replace("_", "/", 1) for path in waiting.iterdir()} if waiting.is_dir() else set()
    return office.store.size, frozenset({*office.store.file_names(), *names})


def take_parcel(exchange: Exchange, data: bytes, *, by: User | None, party: str = "", by_https: bool = False) -> Passage:
    """Take in a parcel or a record file, after every check. Raises `ExchangeError` where the whole file is refused."""
    if len(data) > MOST_BYTES:
        raise ExchangeError(_("This file is larger than any exchange needs, and was not read."))
    digest = hashlib.sha256(data).hexdigest()
    with office_of(exchange) as office:
        note(exchange, office, None)
        try:
            with told():
                report = _take_in(office, data)
                report.refused += keep_log(exchange, office)
        except ExchangeError as error:
            _came(exchange, digest, Report(refused=[]), by=by, party=party, by_https=by_https, failed=str(error))
            raise
        return _came(exchange, digest, report, by=by, party=party, by_https=by_https)


def _take_in(office: Office, data: bytes) -> Report:
    if data[:4] == b"PK\3\4":
        return take_in_record(office, read_record(data))
    # Read once before it is put anywhere: a file cut off on the way leaves no trace here.
    parse_parcel(data)
    with tempfile.TemporaryDirectory(prefix=".parcel-", dir=office.folder) as place:
        path = Path(place) / "parcel"
        path.write_bytes(data)
        return receive(office, path)


def _went(exchange: Exchange, path: Path, to: str, *, by: User | None, by_https: bool = False) -> None:
    data = path.read_bytes()
    parcel: Parcel = parse_parcel(data)
    with transaction.atomic():
        Passage.objects.create(
            exchange=exchange,
            came=False,
            party=to,
            by=by,
            by_https=by_https,
            name=path.name,
            digest=hashlib.sha256(data).hexdigest(),
            acts=len(parcel.outbox) + len(parcel.acts),
            signatures=sum(len(signed.signatures) for signed in parcel.heads),
        )
        counts: dict[str, int | str] = {"to": to, "acts": len(parcel.outbox) + len(parcel.acts), "files": len(parcel.files)}
        write(Tag.EXCHANGES_PARCEL_SENT, exchange.subject, by=by, counts=counts)


def _came(
    exchange: Exchange, digest: str, report: Report, *, by: User | None, party: str, by_https: bool, failed: str = ""
) -> Passage:
    with transaction.atomic():
        passage = Passage.objects.create(
            exchange=exchange,
            came=True,
            party=party,
            by=by,
            by_https=by_https,
            digest=digest,
            acts=report.acts,
            signatures=report.signatures,
            waiting=report.waiting,
            refused=report.refused,
            failed=failed,
        )
        tag = Tag.EXCHANGES_PARCEL_REFUSED if failed or report.refused else Tag.EXCHANGES_PARCEL_RECEIVED
        counts: dict[str, int | str] = {"acts": report.acts, "signatures": report.signatures, "waiting": report.waiting}
        write(tag, exchange.subject, by=by, counts=counts)
    return passage
