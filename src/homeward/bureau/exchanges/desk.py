"""What waits for an officer in the exchanges, for the first page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may
from homeward.bureau.exchanges.faults import ExchangeError, told
from homeward.bureau.exchanges.models import PendingAct
from homeward.bureau.exchanges.offices import NotFoundedError, desk_of, is_founded
from homeward.bureau.exchanges.readiness import items, ours
from homeward.bureau.exchanges.sentences import told_pending
from homeward.bureau.exchanges.services import exchanges_of
from homeward.bureau.pages.desk import Card


def cards(user: User) -> list[Card]:
    """Per exchange: our turn, what waits for a second hand, what is to be carried."""
    if not may(user, Permission.EXCHANGES_EXCHANGE_READ):
        return []
    found: list[Card] = []
    for exchange in exchanges_of(user):
        if not is_founded(exchange):
            found.append(Card(_("to found"), 1, reverse("exchanges:terms", args=(exchange.slug,)), exchange.title))
            continue
        try:
            with desk_of(exchange) as desk, told():
                turn, carry = len(ours(items(desk))), len(told_pending(desk.office))
        except (ExchangeError, NotFoundedError):
            address = reverse("exchanges:overview", args=(exchange.slug,))
            found.append(Card(_("cannot be opened"), 1, address, exchange.title, urgent=True))
            continue
        second = PendingAct.objects.filter(exchange=exchange, ended_at__isnull=True).exclude(asked_by=user).count()
        if second:
            address = reverse("exchanges:tosign", args=(exchange.slug,))
            found.append(Card(_("wait for a second officer"), second, address, exchange.title, urgent=True))
        if turn:
            found.append(
                Card(_("steps are our turn"), turn, reverse("exchanges:overview", args=(exchange.slug,)), exchange.title)
            )
        if carry and may(user, Permission.EXCHANGES_MAIL_CARRY):
            found.append(Card(_("acts to be carried"), carry, reverse("exchanges:mail", args=(exchange.slug,)), exchange.title))
    return found
