"""The neutral's interviews: outcomes by the id of the exchange, one by one or from a CSV file. No names stand here."""

from __future__ import annotations

from collections import Counter

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from homeward.bureau.access.needs import OfficerRequest
from homeward.bureau.access.permissions import Permission
from homeward.bureau.exchanges.faults import ExchangeError
from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.exchanges.offices import office_of
from homeward.bureau.exchanges.services_interviews import REASONS_NOT_HELD, read_outcomes, record_outcomes
from homeward.bureau.exchanges.views.common import acted, begun, page, room, to
from homeward.bureau.exchanges.words import OUTCOMES, REASONS
from homeward.exchange import INTERVIEW_OUTCOMES

_RECORD = Permission.EXCHANGES_INTERVIEW_RECORD
MOST_BYTES = 8 * 2**20


@room(_RECORD)
@begun
def interviews(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """Who has been asked with which outcome, and who has not."""
    with office_of(exchange) as office:
        if office.party != office.neutral:
            raise Http404
        people = sorted(office.state.people.values(), key=lambda person: person.id)
        wanted = request.GET.get("outcome", "none")
        chosen = [person for person in people if (person.interview or "none") == wanted] if wanted != "all" else people
        counts = Counter(person.interview or "none" for person in people)
        context = {
            "page": Paginator(chosen, 50).get_page(request.GET.get("page")),
            "wanted": wanted,
            "counts": [(code, OUTCOMES[code], counts[code]) for code in ("none", *INTERVIEW_OUTCOMES)],
            "all": len(people),
            "outcomes": [(code, OUTCOMES[code]) for code in INTERVIEW_OUTCOMES],
            "reasons": [(code, REASONS[code]) for code in REASONS_NOT_HELD],
        }
    return page(request, "interviews", exchange, "interviews", **context)


@require_POST
@room(_RECORD, again=True)
@begun
def record(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """Sign outcomes from the form (one person or several) or from a file."""

    def done() -> str:
        file = request.FILES.get("file")
        if file is not None:
            if file.size is None or file.size > MOST_BYTES:
                raise ExchangeError(_("This file is too large to be what is asked for here."))
            outcomes = read_outcomes(file.read())
        else:
            reason = request.POST.get("reason", "")
            outcome = request.POST.get("outcome", "")
            people = request.POST.getlist("person")
            outcomes = [
                (person.strip(), outcome, reason if outcome == "not_held" else "") for person in people if person.strip()
            ]
        if not outcomes:
            raise ExchangeError(_("Choose somebody, or a file."))
        count = record_outcomes(exchange, outcomes, by=request.user)
        return _("%(count)s outcomes are signed.") % {"count": count}

    return acted(request, done, to(exchange, "interviews"))
