"""Claims: somebody whom our register knows to be held, and who is not on the other side's list (`homeward.office.claiming`)."""

from __future__ import annotations

import os

from django.db import transaction
from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.access.roles import GROUPS
from homeward.bureau.exchanges.faults import ExchangeError, no_effect, told
from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.exchanges.offices import office_of
from homeward.bureau.exchanges.services_signing import require, sign
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag
from homeward.bureau.register.services import person as register_person
from homeward.office.claiming import Claim, claim, claim_file, digest_of_claim, read_claim
from homeward.office.desk import Office
from homeward.people import Person

#: What a claim says of a person: who it is and where it was; nothing of health, charges or our own remarks.
_SAID = frozenset(field for group in ("identity", "service", "custody") for field in GROUPS[group])


def claim_person(exchange: Exchange, list_id: str, number: str, *, by: User) -> str:
    """Sign that somebody of our register is missing from a list. Gives the claim's hash. Raises `ExchangeError`."""
    with office_of(exchange) as office, told():
        require(by, "claimed")
        person = register_person(number, by)
        if person is None:
            raise ExchangeError(_("Nobody in the register has this number."))
        void = office.why_not("claimed", list=list_id, claim=digest_of_claim(b""))
        if void is not None:
            raise no_effect(void)
        said = Person(person.id, {field: each for field, each in person.claims.items() if field in _SAID})
        digest = ""

        def run() -> None:
            nonlocal digest
            digest = claim(office, list_id, said, known_as=person.id, entropy=os.urandom)

        sign(exchange, office, [by], run, by=by)
        return digest


def take_out_claim(exchange: Exchange, digest: str, *, by: User) -> bytes | None:
    """The file of a claim of ours, to be shown to the other side; None where there is none."""
    with office_of(exchange) as office:
        require(by, "claimed")
        data = claim_file(office, digest)
    if data is not None:
        with transaction.atomic():
            write(Tag.EXCHANGES_FILE_EXPORTED, exchange.subject, by=by, counts={"kind": "claim", "claim": digest})
    return data


def look_into_claim(exchange: Exchange, list_id: str, data: bytes, *, by: User) -> tuple[Claim, int]:
    """The claim whose file the other side has shown, and the number of its act. Raises `ExchangeError` where no act names it."""
    with office_of(exchange) as office, told():
        found = read_claim(data)
        index = _act_of(office, list_id, found.digest)
    if index is None:
        raise ExchangeError(_("No claim on this list in our copy of the record names this file; nothing of it is shown."))
    with transaction.atomic():
        write(Tag.EXCHANGES_CLAIM_READ, exchange.subject, by=by, counts={"list": list_id, "act": index})
    return found, index


def _act_of(office: Office, list_id: str, digest: str) -> int | None:
    """The act that names this claim on this list."""
    return next(
        (
            entry.index
            for entry in office.entries()
            if entry.act == "claimed" and entry.fields.get("list") == list_id and entry.fields.get("claim") == digest
        ),
        None,
    )
