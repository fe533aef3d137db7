"""What waits for officers who look after the others."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from homeward.bureau.access.models import FactorReset, User
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may
from homeward.bureau.pages.desk import Card


def cards(user: User) -> list[Card]:
    """Lost second factors that somebody else asked to take off, and officers."""
    found = []
    if may(user, Permission.ACCESS_FACTOR_RESET):
        waiting = FactorReset.objects.filter(closed_at=None).exclude(asked_by=user).exclude(user=user).count()
        if waiting:
            note = _("a colleague asked, and somebody else has to grant it")
            found.append(Card(_("lost second factors"), waiting, reverse("access:index"), note, urgent=True))
    if may(user, Permission.ACCESS_USER_MANAGE):
        count = User.objects.filter(is_active=True).count()
        found.append(Card(_("officers of this node"), count, reverse("access:index"), _("accounts that are open")))
    return found
