"""The record: heads and who cosigned them, the timeline in words, verdict, export, comparing with another party's copy."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from homeward.bureau.access.needs import OfficerRequest
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may
from homeward.bureau.exchanges import services
from homeward.bureau.exchanges.faults import ExchangeError
from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.exchanges.offices import Desk, desk_of
from homeward.bureau.exchanges.sentences import told, told_pending
from homeward.bureau.exchanges.services_mail import MOST_BYTES
from homeward.bureau.exchanges.services_record import compare_with, verdict_of
from homeward.bureau.exchanges.views.common import acted, begun, page, room, to
from homeward.bureau.pages.spoken import language
from homeward.office.desk import Office

_READ = Permission.EXCHANGES_EXCHANGE_READ
_COSIGN = Permission.EXCHANGES_RECORD_COSIGN
_EXPORT = Permission.EXCHANGES_RECORD_EXPORT
#: Acts on one page of the timeline, and heads in the table.
ACTS_SHOWN = 60
HEADS_SHOWN = 12


@room(_READ)
@begun
def record(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """Heads on top, then the acts, newest first."""
    with desk_of(exchange) as desk:
        office = desk.office
        size = office.store.size
        end = _number(request.GET.get("before"), size, size)
        start = max(0, end - ACTS_SHOWN)
        context: dict[str, Any] = {
            "size": size,
            "acts": list(reversed(told(office, start, end))),
            "start": start,
            "end": end,
            "newer": min(size, end + ACTS_SHOWN) if end < size else None,
            "outbox": told_pending(office) if end == size else [],
            "heads": _heads(desk),
            "parties": list(office.store.charter.cosigners),
            "void": office.state.void[-20:],
            "keeps_log": office.store.keeps_log,
            "without_head": _without_head(office),
            "card": office.store.charter.card,
            "may_cosign": may(request.user, _COSIGN),
            "may_export": may(request.user, _EXPORT),
        }
    return page(request, "record", exchange, "record", **context)


def _number(text: str | None, most: int, otherwise: int) -> int:
    return min(int(text), most) if text is not None and text.isdigit() else otherwise


def _heads(desk: Desk) -> list[dict[str, Any]]:
    def find(office: Office) -> list[dict[str, Any]]:
        standings = [office.store.standing(signed) for signed in office.store.heads()]
        full = max((stands.head.size for stands in standings if stands.full), default=0)
        # A head that the log alone has signed says nothing any more once a later one is cosigned by all.
        shown = [stands for stands in standings if stands.full or stands.head.size > full][-HEADS_SHOWN:]
        return [
            {
                "size": stands.head.size,
                "full": stands.full,
                "sealed": stands.sealed,
                "cosigned": [(party, party in stands.cosigned) for party in office.store.charter.cosigners],
                "missing": stands.missing,
            }
            for stands in reversed(shown)
        ]

    return desk.derived("heads", find)


def _without_head(office: Office) -> int:
    newest = office.store.newest_head()
    return office.store.size - (newest.head.size if newest is not None else 0)


@require_POST
@room(_COSIGN, again=True)
@begun
def head(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """For who keeps the log: a head over everything, cosigned."""

    def done() -> str:
        refused = services.make_head_now(exchange, by=request.user)
        return _("A head is made and cosigned.") if not refused else "; ".join(refused)

    return acted(request, done, to(exchange, "record"))


@require_POST
@room(_COSIGN, again=True)
@begun
def cosign(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """Cosign the newest head after recomputing everything."""

    def done() -> str:
        return _("The head at %(size)s acts is cosigned.") % {"size": services.cosign_head(exchange, by=request.user)}

    return acted(request, done, to(exchange, "record"))


@room(_READ)
@begun
def verify(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """The verdict over our own copy, in plain words."""
    try:
        verdict = verdict_of(exchange)
    except ExchangeError as error:
        messages.error(request, str(error))
        return redirect(to(exchange, "record"))
    lines = [line.partition("  ") for line in verdict.text(language()).splitlines()]
    rows = [(label.strip(), rest.strip()) for label, _sep, rest in lines]
    return page(request, "verdict", exchange, "record", verdict=verdict, rows=rows)


@require_POST
@room(_EXPORT)
@begun
def export(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """The record file for anybody to verify."""
    try:
        data = services.export_record(exchange, by=request.user, settled=request.POST.get("settled") == "yes")
    except ExchangeError as error:
        messages.error(request, str(error))
        return redirect(to(exchange, "record"))
    name = f'attachment; filename="{exchange.slug}.record"'
    return HttpResponse(data, content_type="application/octet-stream", headers={"Content-Disposition": name})


@require_POST
@room(_EXPORT)
@begun
def compare(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """Our copy beside another party's record file."""
    file = request.FILES.get("file")
    if file is None or file.size is None or file.size > MOST_BYTES:
        messages.error(request, _("Choose a record file first."))
        return redirect(to(exchange, "record"))
    try:
        found, ours, theirs = compare_with(exchange, file.read())
    except ExchangeError as error:
        messages.error(request, str(error))
        return redirect(to(exchange, "record"))
    return page(request, "compared", exchange, "record", found=found, ours=ours, theirs=theirs)
