"""The cards of the first page: what waits for an officer. Each app says its own in a `desk.py` with `cards(user)`."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from importlib import import_module

from django.apps import apps
from django.utils.functional import Promise

from homeward.bureau.access.models import User


@dataclass(frozen=True, slots=True)
class Card:
    """One thing that waits: a number, what it counts, where to go, and whether it is urgent."""

    title: Promise | str
    count: int
    url: str
    note: Promise | str = ""
    urgent: bool = False


def cards_for(user: User) -> list[Card]:
    """All cards of all apps for this officer, urgent ones first."""
    found: list[Card] = []
    for app in apps.get_app_configs():
        name = f"{app.name}.desk"
        if app.name.startswith("homeward.bureau.") and app.label != "pages" and importlib.util.find_spec(name) is not None:
            found += import_module(name).cards(user)
    return sorted(found, key=lambda card: not card.urgent)
