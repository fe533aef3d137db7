"""The release of the lists by several keepers, each at its own node: shares come to the neutral, all sign, the lists are handed over."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from homeward.bureau.access.needs import OfficerRequest
from homeward.bureau.access.permissions import Permission
from homeward.bureau.exchanges.faults import ExchangeError
from homeward.bureau.exchanges.models import Exchange, PendingAct
from homeward.bureau.exchanges.offices import desk_of
from homeward.bureau.exchanges.overtaken import still_open
from homeward.bureau.exchanges.services_release import hand_lists_over, make_share_file, take_share_file
from homeward.bureau.exchanges.views.common import acted, begun, page, room, to
from homeward.office.desk import Office
from homeward.office.releasing import is_handed_over, keepers_here, waits_for

_RELEASE = Permission.EXCHANGES_LIST_LODGE
MOST_BYTES = 2**20


def _keeper(office: Office, *, leads: bool | None = None) -> None:
    """404 for who keeps no list, or has another part in the release."""
    if office.party not in office.keepers or len(office.keepers) < 2 or office.neutral not in office.keepers:
        raise Http404
    if leads is not None and leads != (office.party == office.neutral):
        raise Http404


@room(_RELEASE)
@begun
def release(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """How far the release is, step by step, and what this keeper does next."""
    with desk_of(exchange) as desk:
        office, state = desk.office, desk.office.state
        _keeper(office)
        leads = office.party == office.neutral
        here = keepers_here(office) if leads else ()
        proposal = next((each for each in still_open(desk) if each.entry.act == "lists-released"), None)
        settled = state.settled("lists-released")
        agreed = proposal is not None and (office.party in proposal.agreed or office.party == proposal.entry.party)
        context = {
            "leads": leads,
            "leader": office.neutral,
            "waits_for": waits_for(office),
            "brought": [(keeper, keeper in here) for keeper in office.keepers],
            "complete": set(here) == set(office.keepers),
            "proposal": proposal,
            "agreed": agreed,
            "settled": settled,
            "missing": sorted(proposal.needs - proposal.agreed.keys()) if proposal is not None else [],
            "handed": leads and is_handed_over(office),
            "asked": PendingAct.objects.filter(exchange=exchange, deed="release", ended_at__isnull=True).exists(),
        }
    return page(request, "release", exchange, "lists", **context)


@require_POST
@room(_RELEASE, again=True)
@begun
def shares(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """This keeper's file of shares, to be brought to the neutral."""
    with desk_of(exchange) as desk:
        _keeper(desk.office, leads=False)
        party = desk.office.party
    made: list[bytes] = []

    def done() -> str:
        made.append(make_share_file(exchange, by=request.user))
        return _("The file of shares is made. Bring it to the neutral.")

    answer = acted(request, done, to(exchange, "release"))
    if not made:
        return answer
    name = f'attachment; filename="{party}.shares"'
    return HttpResponse(made[0], content_type="application/octet-stream", headers={"Content-Disposition": name})


@require_POST
@room(_RELEASE)
@begun
def take_shares(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """Another keeper's file of shares comes in."""
    with desk_of(exchange) as desk:
        _keeper(desk.office, leads=True)

    def done() -> str:
        file = request.FILES.get("file")
        if file is None:
            raise ExchangeError(_("Choose a file first."))
        keeper = take_share_file(exchange, file.read(MOST_BYTES), by=request.user)
        return _("The shares of %(keeper)s are here, and are the ones that were lodged.") % {"keeper": keeper}

    return acted(request, done, to(exchange, "release"))


@require_POST
@room(_RELEASE, again=True)
@begun
def hand_over(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """The lists go to their receivers, now that every keeper has agreed."""
    with desk_of(exchange) as desk:
        _keeper(desk.office, leads=True)

    def done() -> str:
        receivers = hand_lists_over(exchange, by=request.user)
        return _("The lists go to %(parties)s with the next parcels.") % {"parties": ", ".join(receivers)}

    return acted(request, done, to(exchange, "release"))
