"""What all pages of an exchange share: which exchange, who may, the tabs, and what is done with a fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from homeward.bureau.access.needs import OfficerRequest, needs
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may
from homeward.bureau.exchanges.faults import ExchangeError
from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.exchanges.offices import is_founded
from homeward.bureau.exchanges.services import exchanges_of

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of an exchange. `founded` ones are there once the record has begun."""

    name: str
    title: Promise | str
    opens: Permission
    founded: bool = True


TABS: tuple[Tab, ...] = (
    Tab("overview", gettext_lazy("Overview"), Permission.EXCHANGES_EXCHANGE_READ, founded=False),
    Tab("terms", gettext_lazy("Terms"), Permission.EXCHANGES_EXCHANGE_READ, founded=False),
    Tab("lists", gettext_lazy("Lists"), Permission.EXCHANGES_EXCHANGE_READ),
    Tab("interviews", gettext_lazy("Interviews"), Permission.EXCHANGES_INTERVIEW_RECORD),
    Tab("plan", gettext_lazy("Plan"), Permission.EXCHANGES_PLAN_READ),
    Tab("tosign", gettext_lazy("To sign"), Permission.EXCHANGES_EXCHANGE_READ),
    Tab("record", gettext_lazy("Record"), Permission.EXCHANGES_EXCHANGE_READ),
    Tab("mail", gettext_lazy("Mail"), Permission.EXCHANGES_MAIL_CARRY),
    Tab("officers", gettext_lazy("Officers"), Permission.EXCHANGES_EXCHANGE_READ, founded=False),
)


def room(*permissions: Permission, again: bool = False) -> Callable[[View], View]:
    """A view of one exchange: it gets the exchange in place of its slug. To who is not assigned to it, it does not exist."""

    def mark(view: View) -> View:
        @needs(*permissions, again=again)
        @wraps(view)
        def inner(request: OfficerRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
            exchange = get_object_or_404(exchanges_of(request.user), slug=slug)
            return view(request, exchange, *args, **kwargs)

        return inner

    return mark


def page(request: OfficerRequest, template: str, exchange: Exchange, tab: str, **context: Any) -> HttpResponse:
    """Render a page of an exchange with its tabs."""
    founded = is_founded(exchange)
    tabs = [each for each in TABS if may(request.user, each.opens) and (founded or not each.founded)]
    context |= {"exchange": exchange, "tabs": tabs, "tab": tab, "founded": founded, "party": settings.IDENTITY.party}
    return render(request, f"exchanges/{template}.html", context)


def acted(request: HttpRequest, done: Callable[[], str], back: str) -> HttpResponse:
    """Do something, tell how it went, and go back. `done` gives the sentence for success."""
    try:
        messages.success(request, done())
    except ExchangeError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(back)


def to(exchange: Exchange, name: str, *args: str) -> str:
    """The address of a page of this exchange."""
    return reverse(f"exchanges:{name}", args=(exchange.slug, *args))


def safe_back(request: HttpRequest, otherwise: str) -> str:
    """Where a page asked to come back to, if that is on this node."""
    wanted = request.POST.get("back") or request.GET.get("back") or ""
    allowed = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and allowed else otherwise


def begun(view: View) -> View:
    """For pages of a record: without one they lead to the terms, where it is begun."""

    @wraps(view)
    def inner(request: OfficerRequest, exchange: Exchange, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_founded(exchange):
            messages.info(request, _("The record of this exchange has not begun here; terms and keys come first."))
            return redirect(to(exchange, "terms"))
        return view(request, exchange, *args, **kwargs)

    return inner
