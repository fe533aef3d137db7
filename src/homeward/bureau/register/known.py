"""Whom an officer may know of. Whoever may not read the register knows nobody. Whoever may knows everybody but the specially
protected, and of those the ones for whom the officer is a named reader, or whom the officer opened by break-glass while that lasts.

Whoever is not known to an officer does not exist for that officer: 404 on the page, no row in lists, searches, duplicate panels,
exports and imports, and in no count. Numbers are drawn by lot, so that no gap tells of somebody. Every page and export asks here.
"""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from homeward.bureau.access.models import User
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may
from homeward.bureau.register.models import NamedReader, Person
from homeward.bureau.register.shelf import Kept, shelf


def opened(user: User) -> frozenset[int]:
    """Numbers of the specially protected people whom the officer may know of now."""
    now = timezone.now()
    if not may(user, Permission.REGISTER_PERSON_READ):
        return frozenset()
    named = NamedReader.objects.filter(user=user, until=None).values_list("person__number", flat=True)
    broken = Person.objects.filter(emergencies__user=user, emergencies__ended_at=None, emergencies__until__gt=now)
    return frozenset(named) | frozenset(broken.values_list("number", flat=True))


def known(user: User | None) -> list[Kept]:
    """The people whom the officer may know of, by number; with None everybody, for the node's own work."""
    kept = shelf()
    if user is None:
        return kept.everybody()
    if not may(user, Permission.REGISTER_PERSON_READ):
        return []
    return kept.unprotected() + kept.some(opened(user))


def knows(user: User, number: int) -> Kept | None:
    """The person of this number if the officer may know of it."""
    found = shelf().get(number) if may(user, Permission.REGISTER_PERSON_READ) else None
    return None if found is None or (found.protected and number not in opened(user)) else found


def row_or_404(user: User, number: int, *, lock: bool = False) -> Person:
    """The database row of a person whom the officer may know of; 404 for anybody else, whether or not there is such a person."""
    rows: QuerySet[Person] = Person.objects.select_for_update() if lock else Person.objects.all()
    found = rows.filter(number=number).first()
    if found is None or (found.protected and number not in opened(user)):
        raise Http404
    return found
