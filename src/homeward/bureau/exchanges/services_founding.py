"""How an exchange begins on this node: added, terms read, keys made and exchanged, the charter, the party's own empty record.

Each step may be repeated after a power cut: the office's own steps (`homeward.office.beginning`) finish what was begun.
"""

from __future__ import annotations

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.exchanges.faults import ExchangeError, told
from homeward.bureau.exchanges.models import Assignment, Exchange, HandedOutKeys
from homeward.bureau.exchanges.offices import is_founded, now, office_of, passphrase_of_node, reopen
from homeward.bureau.exchanges.services_noting import note
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag
from homeward.office.beginning import begin, make_keys, new_device, open_keys
from homeward.office.founding import charter_for
from homeward.office.public_keys import HandedOut, parse_public_keys
from homeward.record import read_charter
from homeward.record.keys import Kind
from homeward.terms import parse


def add_exchange(slug: str, title: str, *, by: User | None) -> Exchange:
    """Add an exchange to this node; who adds it is assigned to it. Its office may lie in the folder already (a demo, a backup)."""
    try:
        with transaction.atomic():
            exchange = Exchange.objects.create(slug=slug, title=title)
            write(Tag.EXCHANGES_EXCHANGE_ADDED, exchange.subject, by=by)
            if by is not None:
                Assignment.objects.create(exchange=exchange, user=by)
    except IntegrityError:
        raise ExchangeError(_("There is an exchange of this name already; choose another.")) from None
    return exchange


def assign(exchange: Exchange, user: User, *, by: User | None) -> None:
    """Let an officer know of an exchange."""
    with transaction.atomic():
        _, made = Assignment.objects.get_or_create(exchange=exchange, user=user)
        if made:
            write(Tag.EXCHANGES_OFFICER_ASSIGNED, exchange.subject, by=by, counts={"user": user.pk})


def unassign(exchange: Exchange, user: User, *, by: User) -> None:
    """Take an officer off an exchange."""
    with transaction.atomic():
        gone, _ = Assignment.objects.filter(exchange=exchange, user=user).delete()
        if gone:
            write(Tag.EXCHANGES_OFFICER_REMOVED, exchange.subject, by=by, counts={"user": user.pk})


def upload_terms(exchange: Exchange, source: bytes, *, by: User) -> None:
    """Keep the terms for reading and checking. Raises `ExchangeError` once they are part of a charter; wrong terms are kept, too."""
    if exchange.charter is not None or is_founded(exchange):
        raise ExchangeError(_("These terms stand in the charter already; other terms are another exchange."))
    with transaction.atomic():
        exchange.terms = source
        exchange.save(update_fields=["terms"])
        write(Tag.EXCHANGES_TERMS_UPLOADED, exchange.subject, by=by, counts={"bytes": len(source)})


def make_office_keys(exchange: Exchange, *, by: User) -> None:
    """Make this party's keys for the exchange; the neutral's with a log key. Nothing is written over."""
    identity = settings.IDENTITY
    with told(), transaction.atomic():
        write(Tag.EXCHANGES_KEYS_MADE, exchange.subject, by=by)
        make_keys(exchange.folder, identity.party, log=identity.neutral, passphrase=passphrase_of_node())


def own_public(exchange: Exchange) -> HandedOut | None:
    """What this party hands out, or None before its keys are made."""
    if not (exchange.folder / "keys").is_dir():
        return None
    with told():
        return HandedOut.of(open_keys(exchange.folder, passphrase=passphrase_of_node()))


def upload_public(exchange: Exchange, text: str, *, by: User) -> HandedOut:
    """Keep another party's file of public keys. A second file of one party takes the place of the first until the charter."""
    with told():
        handed = parse_public_keys(text, _("The file of public keys"))
    if handed.keys.code == settings.IDENTITY.party:
        raise ExchangeError(_("These are this party's own keys; upload the files of the others."))
    if exchange.charter is not None or is_founded(exchange):
        raise ExchangeError(_("The charter is made already; keys are changed by acts from now on."))
    with transaction.atomic():
        HandedOutKeys.objects.update_or_create(exchange=exchange, party=handed.keys.code, defaults={"text": text})
        write(Tag.EXCHANGES_KEYS_MADE, exchange.subject, by=by, counts={"party": handed.keys.code})
    return handed


def all_public(exchange: Exchange) -> list[HandedOut]:
    """Everybody's public keys that are here, this party's own first."""
    own = own_public(exchange)
    with told():
        others = [parse_public_keys(each.text, f"{each.party}.public") for each in exchange.public_keys.all()]
    return ([own] if own is not None else []) + others


def make_charter(exchange: Exchange, *, by: User) -> bytes:
    """Join the terms and everybody's keys in one file. All parties get the same bytes from the same files."""
    if exchange.terms is None:
        raise ExchangeError(_("Upload the terms first."))
    handed = all_public(exchange)
    with told():
        terms = parse(bytes(exchange.terms))
        missing = sorted(set(terms.parties) - {each.keys.code for each in handed})
        logs = [each.log for each in handed if each.log is not None]
        if missing:
            raise ExchangeError(_("The keys of %(party)s are missing; upload its file.") % {"party": ", ".join(missing)})
        if len(logs) != 1:
            raise ExchangeError(_("Exactly one party keeps the log, the neutral; upload its file of public keys."))
        charter = charter_for(bytes(exchange.terms), [each.keys for each in handed], logs[0])
    _keep_charter(exchange, charter, by)
    return charter


def upload_charter(exchange: Exchange, charter: bytes, *, by: User) -> None:
    """Take the charter that another party made. Its digits are compared aloud before anybody begins."""
    if is_founded(exchange):
        raise ExchangeError(_("The record has begun under another charter."))
    with told():
        parse(charter)
        signing = read_charter(charter).signing
    if settings.IDENTITY.party not in {party.code for party in signing.parties}:
        raise ExchangeError(_("This charter does not hold the keys of %(party)s.") % {"party": settings.IDENTITY.party})
    _keep_charter(exchange, charter, by)


def _keep_charter(exchange: Exchange, charter: bytes, by: User) -> None:
    with transaction.atomic():
        exchange.charter = charter
        exchange.save(update_fields=["charter"])
        write(
            Tag.EXCHANGES_TERMS_UPLOADED,
            exchange.subject,
            by=by,
            counts={"charter": read_charter(charter).card.replace(" ", "")},
        )


def begin_record(exchange: Exchange, *, by: User) -> None:
    """Make this party's copy of the record from the charter, and let its root sign its officers' keys in."""
    if exchange.charter is None:
        raise ExchangeError(_("The charter comes first."))
    with told():
        begin(exchange.folder, bytes(exchange.charter), now, passphrase=passphrase_of_node()).close()
    with office_of(exchange) as office:
        note(exchange, office, by)


def make_hand(exchange: Exchange, user: User, *, by: User) -> str:
    """Give an officer a signing key of his own in this exchange's office. Gives the device's name.

    A key that nobody has yet (the office begins with two) is given first; otherwise a new one is made and signed in by the root.
    """
    with office_of(exchange) as office, told():
        here = [key.name.partition("/")[2] for key in office.keys.own if key.kind is Kind.DEVICE]
        taken = set(User.objects.exclude(pk=user.pk).exclude(device="").values_list("device", flat=True))
        device = user.device or next((each for each in here if each not in taken), "") or _next(taken | set(here))
        made = device not in here
        if made:
            new_device(office, device, passphrase=passphrase_of_node())
        with transaction.atomic():
            user.device = device
            user.save(update_fields=["device"])
            write(Tag.EXCHANGES_HAND_ADDED, exchange.subject, by=by, counts={"user": user.pk, "device": device})
        note(exchange, office, by)
    if made:
        reopen(exchange)
    return device


def _next(taken: set[str]) -> str:
    number = 1
    while f"officer-{number}" in taken:
        number += 1
    return f"officer-{number}"
