"""To sign: what others propose, what waits for a second hand; and the one page that stands before every signature."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from homeward.bureau.access.needs import OfficerRequest
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may
from homeward.bureau.exchanges.asked import WHAT, What
from homeward.bureau.exchanges.deeds import DEEDS, PERMISSIONS
from homeward.bureau.exchanges.faults import ExchangeError, told
from homeward.bureau.exchanges.models import Exchange, PendingAct
from homeward.bureau.exchanges.offices import Desk, desk_of
from homeward.bureau.exchanges.overtaken import overtaken
from homeward.bureau.exchanges.sentences import sentence
from homeward.bureau.exchanges.services_aside import aside, put_aside, put_back
from homeward.bureau.exchanges.services_plan import Compared, compare
from homeward.bureau.exchanges.services_signing import confirm, no_longer, says, withdraw
from homeward.bureau.exchanges.views.common import acted, begun, page, room, safe_back, to
from homeward.bureau.pages.spoken import language
from homeward.exchange import ACTS

#: Any of these lets an officer open the pages; each act asks for its own.
SIGNERS = tuple(dict.fromkeys(PERMISSIONS.values()))


@room(Permission.EXCHANGES_EXCHANGE_READ)
@begun
def tosign(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """Proposals that wait for this party with their text, acts that wait for a second hand, and what waits for others."""
    with desk_of(exchange) as desk:
        office, state = desk.office, desk.office.state
        away = aside(exchange)
        ours: list[dict[str, Any]] = []
        theirs: list[dict[str, Any]] = []
        passed: list[dict[str, Any]] = []
        put_away: list[dict[str, Any]] = []
        for each in state.proposals.values():
            if each.settled is not None:
                continue
            told_of = _proposed(each.entry, state.proposals, request)
            by_whom = overtaken(desk, each)
            if by_whom is not None:
                (put_away if each.entry.leaf in away else passed).append({**told_of, "overtaken": by_whom})
            elif office.party in each.needs and office.party not in each.agreed:
                ours.append(told_of)
            else:
                theirs.append({**told_of, "missing": sorted(each.needs - each.agreed.keys())})
        pending = [
            {
                "pending": each,
                "says": says(each, office),
                "mine": each.asked_by_id == request.user.pk,
                "problem": no_longer(office, each),
            }
            for each in PendingAct.objects.filter(exchange=exchange, ended_at__isnull=True).select_related("asked_by")
        ]
    context = {"ours": ours, "theirs": theirs, "pending": pending, "passed": passed, "put_away": put_away}
    return page(request, "tosign", exchange, "tosign", **context)


@require_POST
@room(*SIGNERS)
@begun
def put_proposal(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """Put an overtaken proposal aside, or back. Nothing is signed by it."""

    def done() -> str:
        leaf = request.POST.get("of", "")
        if request.POST.get("do") == "back":
            put_back(exchange, leaf, by=request.user)
            return _("It stands among the others again.")
        put_aside(exchange, leaf, by=request.user)
        return _("Put aside. It stays in the record, and can be put back below.")

    return acted(request, done, to(exchange, "tosign"))


def _proposed(entry: Any, proposals: Any, request: OfficerRequest) -> dict[str, Any]:
    permission = PERMISSIONS.get(entry.act)
    return {
        "entry": entry,
        "says": sentence(entry.act, entry.fields, proposals),
        "hands": ACTS[entry.act].hands,
        "may": permission is not None and may(request.user, permission),
    }


@room(*SIGNERS, again=True)
@begun
def sign(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """What is about to be signed, in words; a POST signs it, or asks a second officer for his hand."""
    given = request.POST if request.method == "POST" else request.GET
    what = WHAT.get(given.get("what", ""))
    if what is None:
        raise Http404
    args = {name: given.get(name, "") for name in (*what.takes, *what.optional)}
    if any(not args[name] for name in what.takes):
        raise Http404
    back = safe_back(request, to(exchange, "tosign"))
    with desk_of(exchange) as desk:
        try:
            act = what.act(desk, args)
        except ExchangeError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(back)
        permission = PERMISSIONS.get(act)
        if permission is None or not may(request.user, permission):
            raise PermissionDenied
        if request.method == "POST":
            return _sign(request, exchange, what, args, back)
        context = _before(desk, exchange, what, args, act)
    return page(request, "sign", exchange, "tosign", what=given.get("what"), args=args, back=back, title=what.title, **context)


def _before(desk: Desk, exchange: Exchange, what: What, args: dict[str, str], act: str) -> dict[str, Any]:
    """The sentence, the hands, whether it counts; for a plan of another party, how it differs from ours."""
    found: dict[str, Any] = {"act": act, "hands": ACTS[act].hands}
    try:
        with told():
            found["says"] = what.says(desk, exchange, args)
            found["problem"] = what.problem(desk, exchange, args)
            fields = what.fields(desk, args)
            if fields:
                signed = {"act": desk.office.state.proposals[args["of"]].entry.act if "of" in args else act, **fields}
                found["fields"] = [(name, _letters(value)) for name, value in signed.items()]
    except ExchangeError as error:
        return {**found, "says": "", "problem": str(error)}
    if "of" in args and act == "stage-planned" and desk.office.party != desk.office.neutral:
        compared: Compared = compare(desk, exchange, args["of"])
        found["compared"] = compared
        found["violations"] = [each.said(language()) for each in compared.violations[:8]]
    return found


def _letters(value: Any) -> str:
    """A field of an act as it stands in the signed line."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def _sign(request: OfficerRequest, exchange: Exchange, what: What, args: dict[str, str], back: str) -> HttpResponse:
    try:
        pending = what.run(exchange, request.user, args)
    except ExchangeError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(back)
    if pending is not None:
        messages.info(request, _("Asked for. A second officer confirms it under “To sign”; nothing is signed before that."))
    else:
        messages.success(request, _("Signed. It reaches the others with the next exchange of files."))
    return HttpResponseRedirect(back)


@room(*SIGNERS, again=True)
@begun
def second(request: OfficerRequest, exchange: Exchange, number: int) -> HttpResponse:
    """The second hand: read what the first officer asked for, and confirm it or take it back."""
    pending = PendingAct.objects.filter(exchange=exchange, pk=number, ended_at__isnull=True).select_related("asked_by").first()
    if pending is None:
        raise Http404
    with desk_of(exchange) as desk:
        act = DEEDS[pending.deed].act(desk.office, pending.args)
        permission = PERMISSIONS.get(act)
        if permission is None or not may(request.user, permission):
            raise PermissionDenied
        text, problem = says(pending, desk.office), no_longer(desk.office, pending)
    if request.method != "POST":
        mine = pending.asked_by_id == request.user.pk
        return page(request, "second", exchange, "tosign", pending=pending, says=text, mine=mine, problem=problem)
    try:
        if request.POST.get("do") == "withdraw":
            withdraw(pending, request.user)
            messages.success(request, _("Taken back; nothing was signed."))
        else:
            confirm(pending, request.user)
            messages.success(request, _("Signed by two. It reaches the others with the next exchange of files."))
    except ExchangeError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(to(exchange, "tosign"))
