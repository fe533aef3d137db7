"""What the first page says of the handover desk."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from homeward.bureau.access.models import User
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may
from homeward.bureau.handover.models import Vehicle
from homeward.bureau.handover.seeing import manifests_of
from homeward.bureau.pages.desk import Card


def cards(user: User) -> list[Card]:
    """Vehicles that have not left, and vehicles that have left and are not signed into the record, stage by stage."""
    if not may(user, Permission.HANDOVER_MANIFEST_READ):
        return []
    found: list[Card] = []
    for manifest in manifests_of(user):
        vehicles = Vehicle.objects.filter(manifest=manifest, lines__isnull=False).distinct()
        note, url = f"{manifest.exchange} · {manifest.stage}", reverse("handover:manifest", args=(manifest.pk,))
        here = vehicles.filter(departure__isnull=True).count()
        unsigned = vehicles.filter(departure__isnull=False, signing__isnull=True).count()
        if here:
            found.append(Card(_("Vehicles have not left yet"), here, url, note=note))
        if unsigned:
            found.append(
                Card(_("Vehicles have left and are not signed into the record"), unsigned, url, note=note, urgent=True)
            )
    return found
