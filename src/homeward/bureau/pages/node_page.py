"""The page about this node, for its administrator: whether every part is well, when it was last backed up, how many keys it has."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward import __version__
from homeward.bureau.access.needs import OfficerRequest, needs
from homeward.bureau.access.permissions import Permission
from homeward.bureau.journal.models import Line
from homeward.bureau.journal.tags import Tag
from homeward.bureau.node.checking import check_node
from homeward.bureau.vault.keys import key_ring

#: A node that was not backed up for longer than this says so.
BACKUP_DUE = timedelta(days=2)

#: The parts of `check_node` in words. What is wrong with one is told in English, as the command line tells it.
PARTS: dict[str, Promise | str] = {
    "database": _("The database answers"),
    "tables": _("Its tables are of this program"),
    "journal is append-only": _("The journal can only be added to"),
    "keys at rest": _("The keys at rest open the database"),
    "resealing": _("Everything is sealed under the newest key"),
    "rights of the secrets": _("Nobody else on the machine can read the secrets"),
    "disk": _("There is room on the disk"),
    "settings": _("The settings are safe"),
}


@needs(Permission.NODE_BACKUP_MAKE)
def this_node(request: OfficerRequest) -> HttpResponse:
    """Every part with what is wrong with it, and the last backup that the journal knows of."""
    last = Line.objects.filter(tag=Tag.NODE_BACKUP_MADE).first()
    shown = {
        "parts": [(PARTS[name], problem) for name, problem in check_node(settings.NODE)],
        "backup": last,
        "overdue": last is None or last.at < timezone.now() - BACKUP_DUE,
        "keys": key_ring().newest + 1,
        "version": __version__,
        "folder": settings.NODE.name,
    }
    return render(request, "bureau/node.html", shown)
