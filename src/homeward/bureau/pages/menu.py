"""The menu, as a table: what stands in it, where it leads, and which permissions open it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.bureau.access.models import User
from homeward.bureau.access.permissions import Permission as P  # noqa: N817 - one letter for a table.
from homeward.bureau.access.policy import may
from homeward.bureau.jobs.kinds import ASKERS


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the menu. `app` is the namespace whose pages light it up."""

    title: Promise | str
    url: str
    app: str
    opens: tuple[P, ...]


MENU: tuple[tuple[Promise | str, tuple[Item, ...]], ...] = (
    (
        _("Daily work"),
        (
            Item(_("Exchanges"), "exchanges:index", "exchanges", (P.EXCHANGES_EXCHANGE_READ,)),
            Item(_("Handover"), "handover:index", "handover", (P.HANDOVER_MANIFEST_READ,)),
            Item(_("Review desk"), "review:index", "review", (P.REVIEW_PROPOSAL_READ,)),
            Item(_("Register"), "register:index", "register", (P.REGISTER_PERSON_READ,)),
            Item(_("My jobs"), "jobs:index", "jobs", ASKERS),
        ),
    ),
    (
        _("Oversight"),
        (
            Item(_("Journal"), "journal:index", "journal", (P.JOURNAL_LINE_READ,)),
            Item(_("Officers"), "access:index", "access", (P.ACCESS_USER_LIST,)),
            Item(_("This node"), "node", "node", (P.NODE_BACKUP_MAKE,)),
        ),
    ),
)


def menu_for(user: User) -> list[tuple[Promise | str, list[Item]]]:
    """The sections and items that this officer may open."""
    sections = [(title, [item for item in items if any(may(user, each) for each in item.opens)]) for title, items in MENU]
    return [(title, items) for title, items in sections if items]
