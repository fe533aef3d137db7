"""Tags for the pages of signing in, which the login library's views draw: `{% load bureau_access %}`."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from homeward.bureau.access.demo import Hint, hint
from homeward.bureau.access.models import User

register = template.Library()


@register.simple_tag
def demo_officers() -> list[Hint]:
    """The invented officers of a demo node; none on any other."""
    return [hint(user) for user in User.objects.filter(is_active=True).order_by("pk")] if settings.IDENTITY.demo else []


@register.simple_tag
def demo_hint(user: User | AnonymousUser) -> Hint | None:
    """How this officer confirms who they are on a demo node; None on any other."""
    return hint(user) if settings.IDENTITY.demo and isinstance(user, User) else None
