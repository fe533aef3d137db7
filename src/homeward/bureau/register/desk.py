"""What of the register waits on an officer's desk."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may
from homeward.bureau.journal.models import Line
from homeward.bureau.journal.tags import Tag
from homeward.bureau.pages.desk import Card
from homeward.bureau.register.known import known
from homeward.bureau.register.models import Emergency, Import
from homeward.bureau.register.views.people import shown_all

_WEEK = timedelta(days=7)


def cards(user: User) -> list[Card]:
    """Broken glass to acknowledge, overdue cards, sources that disagree, imports half done, reads of protected people."""
    found: list[Card] = []
    if may(user, Permission.ACCESS_BREAK_GLASS_REVIEW):
        unseen = Emergency.objects.filter(seen_at=None).exclude(user=user).count()
        url = reverse("register:emergencies")
        found.append(Card(_("Break-glass to acknowledge"), unseen, url, _("a second officer must have seen each"), urgent=True))
    if may(user, Permission.REGISTER_PERSON_PROTECT):
        alerts = Line.objects.filter(tag=Tag.REGISTER_PROTECTED_READ.value, at__gt=timezone.now() - _WEEK).count()
        found.append(Card(_("Reads of protected people"), alerts, reverse("register:protected"), _("in the last seven days")))
    if may(user, Permission.REGISTER_IMPORT_MANAGE):
        waiting = Import.objects.filter(by=user, state__in=("staged", "applying")).count()
        found.append(Card(_("Imports not finished"), waiting, reverse("register:imports"), _("they go on where they stopped")))
    if may(user, Permission.REGISTER_PERSON_CLAIM):
        rows = shown_all(user, known(user))
        late, disagree = sum(row.is_in("overdue") for row in rows), sum(row.is_in("conflicts") for row in rows)
        index = reverse("register:index")
        found.append(
            Card(_("Capture cards overdue"), late, f"{index}?show=overdue", _("people, GC III 70 and GC IV 136"), urgent=True)
        )
        found.append(Card(_("Sources disagree"), disagree, f"{index}?show=conflicts", _("people with conflicting claims")))
    return [card for card in found if card.count]
