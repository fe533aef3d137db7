"""What every template gets: who the node is, the menu, the direction of writing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_bidi

from homeward.bureau.access.models import User
from homeward.bureau.pages.menu import menu_for


def frame(request: HttpRequest) -> dict[str, Any]:
    """The frame's own values. `here` is the namespace of the page that is shown."""
    user = getattr(request, "user", None)
    match = request.resolver_match
    return {
        "node": settings.IDENTITY,
        "menu": menu_for(user) if isinstance(user, User) else [],
        "here": (match.app_name or match.url_name) if match is not None else "",
        "direction": "rtl" if get_language_bidi() else "ltr",
        "languages": settings.LANGUAGES,
    }
