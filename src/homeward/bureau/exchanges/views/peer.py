"""The one address that another node calls: it takes a parcel by POST and gives the newest one by GET, and nothing else.

It has no login: the other node shows the secret that both share. Whatever is wrong looks like a page that is not there.
"""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from homeward.bureau.access.needs import public
from homeward.bureau.exchanges.faults import ExchangeError
from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.exchanges.offices import is_founded
from homeward.bureau.exchanges.services_mail import MOST_BYTES, newest_for, take_parcel
from homeward.bureau.exchanges.services_peers import peer_with

_FILES = re.compile(r"[A-Za-z0-9_./,-]{0,20000}", re.ASCII)


@csrf_exempt
@public
@require_http_methods(["GET", "POST"])
def peer(request: HttpRequest, slug: str, party: str) -> HttpResponse:
    """200 and the parcel, or what taking it in did in two counts; 404 for who does not show the secret; 422 for a bad file."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    known = peer_with(slug, party, token if scheme == "Bearer" else "")
    if known is None or not is_founded(known.exchange):
        raise Http404
    try:
        if request.method == "POST":
            return _take(request, known.exchange, party)
        have, files = request.GET.get("have", "0"), request.GET.get("files", "")
        if not have.isdigit() or len(have) > 9 or _FILES.fullmatch(files) is None:
            return HttpResponse(status=400)
        data = newest_for(known.exchange, party, int(have), frozenset(filter(None, files.split(","))))
        return HttpResponse(data, content_type="application/octet-stream")
    except ExchangeError:
        # What was wrong stands in this node's own mail page; the other node learns only that it was.
        return HttpResponse(status=422)


def _take(request: HttpRequest, exchange: Exchange, party: str) -> HttpResponse:
    length = request.headers.get("Content-Length", "")
    if not length.isdigit() or int(length) > MOST_BYTES:
        return HttpResponse(status=413)
    passage = take_parcel(exchange, request.read(MOST_BYTES + 1), by=None, party=party, by_https=True)
    return HttpResponse(f"{passage.acts} {passage.signatures}\n", content_type="text/plain")
