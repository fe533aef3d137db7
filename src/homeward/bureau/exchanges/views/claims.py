"""Claims on a list: who says that somebody is missing from it, a form to say so, and the file that is shown to the other side."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from homeward.bureau.access.needs import OfficerRequest
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may, visible
from homeward.bureau.exchanges.faults import ExchangeError
from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.exchanges.offices import desk_of
from homeward.bureau.exchanges.seen import seen
from homeward.bureau.exchanges.sentences import pending_entries
from homeward.bureau.exchanges.services_claims import look_into_claim, take_out_claim
from homeward.bureau.exchanges.views.common import begun, page, room, to
from homeward.bureau.pages import spoken
from homeward.bureau.register.services import person as register_person
from homeward.office.claiming import MOST_BYTES, known_as

_CLAIM = Permission.EXCHANGES_LIST_ANSWER
_READ = Permission.EXCHANGES_LIST_READ


def _context(request: OfficerRequest, exchange: Exchange, list_id: str) -> dict[str, Any]:
    with desk_of(exchange) as desk:
        office = desk.office
        each = office.state.lists.get(list_id)
        if each is None:
            raise Http404
        waiting = [entry for entry in pending_entries(office) if entry.act == "claimed"]
        ours = known_as(office) if may(request.user, _CLAIM) else {}
        rows = [
            {
                "entry": entry,
                "waits": waits,
                "ours": entry.party == office.party,
                "number": ours.get(str(entry.fields["claim"]), ""),
                "digest": entry.fields["claim"],
            }
            for entry, waits in (*((each, False) for each in seen(desk).claims), *((each, True) for each in waiting))
            if entry.fields.get("list") == list_id
        ]
        return {
            "list": each,
            "rows": rows,
            "may_claim": office.party in each.receivers and each.state == "RELEASED" and may(request.user, _CLAIM),
            "receives": office.party in each.receivers,
            "may_look": office.party in each.holders,
        }


def _without_hidden(request: OfficerRequest, rows: list[dict[str, Any]]) -> None:
    """Take out the numbers of people whom this officer may not know of."""
    for row in rows:
        if row["number"] and register_person(row["number"], request.user) is None:
            row["number"] = ""


@room(_CLAIM, _READ)
@begun
def claims(request: OfficerRequest, exchange: Exchange, list_id: str) -> HttpResponse:
    """Everybody said to be missing from this list: act, claimant and hash; for our own claims the number in our register."""
    context = _context(request, exchange, list_id)
    _without_hidden(request, context["rows"])
    return page(request, "claims", exchange, "lists", **context)


@require_POST
@room(_CLAIM)
@begun
def take_out(request: OfficerRequest, exchange: Exchange, list_id: str) -> HttpResponse:
    """The file of a claim of ours. It holds a name: it is shown to the other side by its own way, not in the record."""
    context = _context(request, exchange, list_id)
    _without_hidden(request, context["rows"])
    wanted = next((row for row in context["rows"] if row["number"] and row["digest"] == request.POST.get("claim")), None)
    data = take_out_claim(exchange, str(wanted["digest"]), by=request.user) if wanted is not None else None
    if wanted is None or data is None:
        raise Http404
    name = f"{exchange.slug}-claim-{str(wanted['digest'])[:8]}.json"
    return HttpResponse(data, "application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_POST
@room(_READ)
@begun
def look(request: OfficerRequest, exchange: Exchange, list_id: str) -> HttpResponse:
    """A claim's file that the other side has shown: who it is, if an act in our record names these very bytes."""
    context = _context(request, exchange, list_id)
    if not context["may_look"]:
        raise Http404
    file = request.FILES.get("file")
    data = file.read(MOST_BYTES + 1) if file is not None else b""
    try:
        found, index = look_into_claim(exchange, list_id, data, by=request.user)
    except ExchangeError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(to(exchange, "claims", list_id))
    shown = visible(request.user, found.person)
    fields = [(spoken.field_name(field), claim) for field, claim in shown.claims.items()]
    return page(request, "claims", exchange, "lists", **context, shown=fields, shown_act=index)
