"""Terms: uploaded, read as text, checked, joined with everybody's keys, agreed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from homeward.bureau.access.needs import OfficerRequest
from homeward.bureau.access.permissions import Permission
from homeward.bureau.exchanges import services
from homeward.bureau.exchanges.faults import ExchangeError, told
from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.exchanges.offices import is_founded, office_of
from homeward.bureau.exchanges.services_founding import all_public
from homeward.bureau.exchanges.views.common import acted, page, room, to
from homeward.bureau.pages.spoken import language
from homeward.office.public_keys import HandedOut
from homeward.record import read_charter
from homeward.record.keys import fingerprint
from homeward.terms import Terms, TermsError, as_text, legal_remarks, parse

#: Terms of the largest known agreement have 12 kB.
MOST_BYTES = 512 * 1024

_READ = Permission.EXCHANGES_EXCHANGE_READ
_SIGN = Permission.EXCHANGES_TERMS_SIGN


@room(_READ)
def terms(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """The terms in words, what the law says of them, every mistake at its line; and the steps until the record begins."""
    source = _source(exchange)
    context: dict[str, Any] = {"source": source}
    if source is not None:
        context |= _read(source)
    if is_founded(exchange):
        with office_of(exchange) as office:
            context["card"] = office.store.charter.card
            context["state"] = office.state.state
            context["proposals"] = [each for each in office.state.proposals.values() if each.entry.act == "terms-proposed"]
            context["keys"] = [
                _digits(HandedOut(party, office.store.charter.signing.log if party.code == office.neutral else None))
                for party in office.store.charter.signing.parties
            ]
    else:
        context |= _founding(exchange)
    return page(request, "terms", exchange, "terms", **context)


def _source(exchange: Exchange) -> bytes | None:
    if is_founded(exchange):
        with office_of(exchange) as office:
            return office.terms.source
    if exchange.charter is not None:
        return bytes(exchange.charter)
    return bytes(exchange.terms) if exchange.terms is not None else None


def _read(source: bytes) -> dict[str, Any]:
    try:
        found: Terms = parse(source)
    except TermsError as error:
        lines = source.decode("utf-8", "replace").splitlines()
        problems = [
            {"problem": problem, "line": lines[problem.line - 1] if 0 < problem.line <= len(lines) else ""}
            for problem in error.problems
        ]
        return {"problems": problems}
    remarks = [{"severity": remark.severity, "text": remark.sentence(language())} for remark in legal_remarks(found)]
    return {"terms": found, "text": as_text(found, language()), "remarks": remarks}


def _founding(exchange: Exchange) -> dict[str, Any]:
    """What is there of keys and charter, and what is missing."""
    try:
        handed = all_public(exchange)
    except ExchangeError as error:
        return {"keys": [], "fault": str(error)}
    found: dict[str, Any] = {
        "keys": [_digits(each) for each in handed],
        "own_keys": any(each.keys.code == settings.IDENTITY.party for each in handed),
    }
    if exchange.charter is not None:
        with told():
            found["card"] = read_charter(bytes(exchange.charter)).card
    return found


def _digits(handed: HandedOut) -> dict[str, Any]:
    rows = [(name, fingerprint(text)) for name, text in handed.texts.items()]
    return {"party": handed.keys.code, "rows": rows, "log": handed.log is not None}


def _uploaded(request: OfficerRequest, most: int) -> bytes:
    file = request.FILES.get("file")
    if file is None:
        raise ExchangeError(_("Choose a file first."))
    if file.size is None or file.size > most:
        raise ExchangeError(_("This file is too large to be what is asked for here."))
    return bytes(file.read())


@require_POST
@room(_SIGN)
def upload(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """Keep an uploaded terms file, right or wrong; the page then says what is wrong with it."""

    def done() -> str:
        services.upload_terms(exchange, _uploaded(request, MOST_BYTES), by=request.user)
        return _("The terms are here; read them below.")

    return acted(request, done, to(exchange, "terms"))


@require_POST
@room(_SIGN, again=True)
def keys(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """Make this party's keys for the exchange."""

    def done() -> str:
        services.make_office_keys(exchange, by=request.user)
        return _("The keys are made. Hand out the file of public keys, and read its digits aloud.")

    return acted(request, done, to(exchange, "terms"))


@require_POST
@room(_SIGN)
def public(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """Take in another party's file of public keys."""

    def done() -> str:
        try:
            text = _uploaded(request, 64 * 1024).decode("ascii")
        except UnicodeDecodeError:
            raise ExchangeError(_("This is not a file of public keys.")) from None
        handed = services.upload_public(exchange, text, by=request.user)
        return _("The keys of %(party)s are here; compare the digits aloud.") % {"party": handed.keys.code}

    return acted(request, done, to(exchange, "terms"))


@require_POST
@room(_SIGN)
def charter(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """Make the charter from terms and keys, or take in the one that another party made."""

    def done() -> str:
        if request.FILES.get("file") is not None:
            services.upload_charter(exchange, _uploaded(request, MOST_BYTES), by=request.user)
        else:
            services.make_charter(exchange, by=request.user)
        return _("The charter is here. All parties compare its 40 digits before anybody begins.")

    return acted(request, done, to(exchange, "terms"))


@require_POST
@room(_SIGN, again=True)
def begin(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """Begin this party's copy of the record under the charter whose digits were compared."""

    def done() -> str:
        if request.POST.get("compared") != "yes":
            raise ExchangeError(_("Say that the digits were compared aloud with every party."))
        services.begin_record(exchange, by=request.user)
        if not request.user.device:
            services.make_hand(exchange, request.user, by=request.user)
        return _("The record has begun. Next: one party proposes the terms, the others agree.")

    return acted(request, done, to(exchange, "terms"))


@room(_READ)
def public_file(_request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """This party's own file of public keys, to hand out."""
    with told():
        handed = services.own_public(exchange)
    if handed is None:
        raise Http404
    return _file(handed.text.encode("ascii"), f"{handed.keys.code}.public")


@room(_READ)
def charter_file(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """The charter, byte for byte."""
    if is_founded(exchange):
        with office_of(exchange) as office:
            return _file(office.store.charter.terms, f"{exchange.slug}.charter.toml")
    if exchange.charter is None:
        messages.error(request, _("There is no charter yet."))
        return redirect(to(exchange, "terms"))
    return _file(bytes(exchange.charter), f"{exchange.slug}.charter.toml")


def _file(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type="application/octet-stream", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
