"""Mail between nodes: parcels to carry, parcels that came, and HTTPS where both sides want it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from homeward.bureau.access.needs import OfficerRequest
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may
from homeward.bureau.exchanges import services
from homeward.bureau.exchanges.faults import ExchangeError
from homeward.bureau.exchanges.models import Exchange, Passage, Peer
from homeward.bureau.exchanges.offices import office_of
from homeward.bureau.exchanges.sentences import told_pending
from homeward.bureau.exchanges.services_mail import MOST_BYTES, others
from homeward.bureau.exchanges.services_peers import exchange_now, new_token, set_peer
from homeward.bureau.exchanges.views.common import acted, begun, page, room, to

_CARRY = Permission.EXCHANGES_MAIL_CARRY
_MANAGE = Permission.EXCHANGES_EXCHANGE_MANAGE


@room(_CARRY)
@begun
def mail(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """What is to be carried to whom, what came, and which nodes are reached by HTTPS."""
    with office_of(exchange) as office:
        parties, waiting, party = others(office), told_pending(office), office.party
    peers = {peer.party: peer for peer in Peer.objects.filter(exchange=exchange)}
    rows = [
        {
            "party": each,
            "peer": peers.get(each),
            "address": request.build_absolute_uri(to(exchange, "peer", each)),
        }
        for each in parties
    ]
    context = {
        "rows": rows,
        "waiting": waiting,
        "passages": Passage.objects.filter(exchange=exchange).select_related("by")[:40],
        "me": party,
        "may_manage": may(request.user, _MANAGE),
        "may_log": may(request.user, Permission.EXCHANGES_RECORD_COSIGN),
    }
    return page(request, "mail", exchange, "mail", **context)


@require_POST
@room(_CARRY)
@begun
def send(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """Make a parcel and give it to be carried."""
    try:
        path = services.make_parcel(
            exchange, request.POST.get("to", ""), by=request.user, whole=request.POST.get("whole") == "yes"
        )
    except ExchangeError as error:
        messages.error(request, str(error))
        return redirect(to(exchange, "mail"))
    name = f'attachment; filename="{path.name}"'
    return HttpResponse(path.read_bytes(), content_type="application/octet-stream", headers={"Content-Disposition": name})


@require_POST
@room(_CARRY)
@begun
def receive(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """Take in parcels and record files, several at once and in any order."""
    files = request.FILES.getlist("file")
    if not files:
        messages.error(request, _("Choose a file first."))
    for file in files:
        try:
            passage = services.take_parcel(exchange, file.read(MOST_BYTES + 1), by=request.user)
        except ExchangeError as error:
            messages.error(request, str(error))
        else:
            _tell(request, passage)
    return redirect(to(exchange, "mail"))


def _tell(request: OfficerRequest, passage: Passage) -> None:
    text = _("Taken in: %(acts)s new acts, %(signatures)s new signatures under heads.") % {
        "acts": passage.acts,
        "signatures": passage.signatures,
    }
    if passage.waiting:
        text += " " + _("%(count)s lines wait for something before them that has not come yet.") % {"count": passage.waiting}
    messages.success(request, text)
    for sentence in passage.refused:
        messages.warning(request, _("Refused: %(what)s") % {"what": sentence})


@require_POST
@room(_CARRY)
@begun
def now(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """Push to and fetch from every node that is reached by HTTPS, or the one that is named."""
    peers = Peer.objects.filter(exchange=exchange, enabled=True).exclude(url="").select_related("exchange")
    wanted = request.POST.get("to", "")
    peers = peers.filter(party=wanted) if wanted else peers
    if not peers:
        messages.error(request, _("No node of this exchange is reached by HTTPS; send files."))
    for peer in peers:
        try:
            found = exchange_now(peer, by=request.user)
        except ExchangeError as error:
            messages.error(request, str(error))
        else:
            _tell(request, found.fetched)
    return redirect((request.POST.get("back") == "overview" and to(exchange, "overview")) or to(exchange, "mail"))


@require_POST
@room(_MANAGE, again=True)
@begun
def peer(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """Say how another node is reached, and under which secret."""
    party = request.POST.get("party", "")
    if not party:
        raise Http404
    token = request.POST.get("token", "").strip()
    made = new_token() if request.POST.get("make") == "yes" else ""

    def done() -> str:
        set_peer(
            exchange,
            party,
            request.POST.get("url", "").strip(),
            made or token,
            enabled=request.POST.get("enabled") == "yes",
            by=request.user,
        )
        return _("Kept.")

    response = acted(request, done, to(exchange, "mail"))
    if made and Peer.objects.filter(exchange=exchange, party=party).exists():
        # The secret is shown once, on this page alone; it lies sealed from now on.
        return page(request, "token", exchange, "mail", other=party, token=made)
    return response
