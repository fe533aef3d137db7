"""The list of exchanges, one exchange at a glance, and its officers."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from homeward.bureau.access.models import User
from homeward.bureau.access.needs import OfficerRequest, needs
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may
from homeward.bureau.exchanges import services
from homeward.bureau.exchanges.deeds import PERMISSIONS
from homeward.bureau.exchanges.faults import ExchangeError, told
from homeward.bureau.exchanges.models import Exchange, PendingAct
from homeward.bureau.exchanges.offices import Desk, NotFoundedError, desk_of, is_founded
from homeward.bureau.exchanges.readiness import items, ours
from homeward.bureau.exchanges.seen import seen
from homeward.bureau.exchanges.sentences import told_pending
from homeward.bureau.exchanges.views.common import acted, page, room, to
from homeward.bureau.exchanges.words import REASONS_TO_END
from homeward.bureau.pages import spoken
from homeward.bureau.pages.spoken import language
from homeward.exchange import DEVIATIONS
from homeward.lists import ClockState, due_times

_MANAGE = Permission.EXCHANGES_EXCHANGE_MANAGE
_READ = Permission.EXCHANGES_EXCHANGE_READ


class NewExchange(forms.Form):
    """A name for addresses and folders, and a title for people."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    slug = forms.SlugField(
        label=gettext_lazy("Short name"),
        max_length=40,
        help_text=gettext_lazy("Letters and digits without blanks; it stands in addresses, so it names nobody."),
    )


@needs(_READ)
def index(request: OfficerRequest) -> HttpResponse:
    """The exchanges that this officer is assigned to, and a form for one more."""
    form = NewExchange(request.POST or None) if may(request.user, _MANAGE) else None
    if form is not None and form.is_bound and form.is_valid():
        try:
            made = services.add_exchange(form.cleaned_data["slug"], form.cleaned_data["title"], by=request.user)
        except ExchangeError as error:
            form.add_error("slug", str(error))
        else:
            return redirect(to(made, "terms"))
    rows = [_row(each) for each in services.exchanges_of(request.user)]
    return render(request, "exchanges/index.html", {"rows": rows, "form": form})


def _row(exchange: Exchange) -> dict[str, object]:
    if not is_founded(exchange):
        return {"exchange": exchange, "state": "", "ours": 0}
    try:
        with desk_of(exchange) as desk, told():
            return {"exchange": exchange, "state": desk.office.state.state, "ours": len(ours(items(desk)))}
    except (ExchangeError, NotFoundedError) as error:
        return {"exchange": exchange, "fault": str(error), "state": "", "ours": 0}


@room(_READ)
def overview(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """Where the exchange stands, what waits for us, what waits for others, which clocks have run out."""
    if not is_founded(exchange):
        return redirect(to(exchange, "terms"))
    with desk_of(exchange) as desk, told():
        office, state = desk.office, desk.office.state
        found = items(desk)
        stages = [
            {"stage": stage, "items": [item for item in found if item.subject == stage.id and item.about == "stage"]}
            for stage in state.stages.values()
        ]
        lists = [
            {"list": each, "items": [item for item in found if item.subject == each.id and item.about == "list"]}
            for each in state.lists.values()
        ]
        context = {
            "state": state,
            "title": office.terms.title,
            "ours": ours(found),
            "others": [item for item in found if item.state == "others"],
            "may_close": state.state == "AGREED" and all(stage.state == "CLOSED" for stage in state.stages.values()),
            "whole": [item for item in found if item.about in {"exchange", "end"}],
            "lists": lists,
            "stages": stages,
            "people": sorted(Counter(person.state for person in state.people.values()).items()),
            "clocks": clocks(desk),
            "outbox": told_pending(office),
            "reasons": list(REASONS_TO_END.items()),
            "kinds": [(kind, spoken.told(each.says)) for kind, each in DEVIATIONS.items() if each.then is None],
            "pending": PendingAct.objects.filter(exchange=exchange, ended_at__isnull=True).count(),
        }
    return page(request, "overview", exchange, "overview", **context)


def clocks(desk: Desk) -> list[dict[str, object]]:
    """The clocks of the terms, in words; overdue ones first."""
    now = datetime.now(UTC)
    dues = due_times(desk.office.terms, seen(desk).happened(len(desk.office.state.lists)))
    found: list[dict[str, object]] = [
        {"text": due.text(now, language()), "overdue": due.state(now) is ClockState.OVERDUE} for due in dues
    ]
    return sorted(found, key=lambda each: not each["overdue"])


@room(_READ)
def officers(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """Who is assigned to the exchange, with which signing key."""
    users = (each.user for each in exchange.assignments.select_related("user").order_by("user__username"))
    # A key is of use to who may sign something; the others read.
    assigned = [(user, any(may(user, each) for each in PERMISSIONS.values())) for user in users]
    return page(
        request, "officers", exchange, "officers", officers=assigned, may_manage=may(request.user, _MANAGE), me=request.user
    )


@require_POST
@room(_MANAGE)
def assign(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """Assign an officer by login name."""
    user = User.objects.filter(username=request.POST.get("username", "").strip(), is_active=True).first()
    if user is None:
        messages.error(request, _("There is no officer of this name on this node."))
    else:
        services.assign(exchange, user, by=request.user)
        messages.success(request, _("Assigned."))
    return redirect(to(exchange, "officers"))


@require_POST
@room(_MANAGE)
def unassign(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """Take an officer off the exchange; nobody takes away himself, so that somebody is always there."""
    user = get_object_or_404(User, pk=request.POST.get("user") or 0)
    if user.pk == request.user.pk:
        messages.error(request, _("You cannot take yourself off; ask another officer."))
    else:
        services.unassign(exchange, user, by=request.user)
        messages.success(request, _("Taken off this exchange."))
    return redirect(to(exchange, "officers"))


@require_POST
@room(_MANAGE, Permission.EXCHANGES_TERMS_SIGN, again=True)
def make_hand(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """Give an assigned officer a signing key in this exchange's office."""
    user = User.objects.filter(pk=request.POST.get("user") or 0, assignments__exchange=exchange).first()
    if user is None:
        raise Http404

    def done() -> str:
        try:
            device = services.make_hand(exchange, user, by=request.user)
        except NotFoundedError:
            raise ExchangeError(_("The record comes first; the first two keys are made with it.")) from None
        return _("%(user)s signs with the key %(device)s.") % {"user": user, "device": device}

    return acted(request, done, to(exchange, "officers"))
