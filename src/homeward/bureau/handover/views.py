"""Pages of the handover desk: all manifests, one manifest by vehicle, one vehicle, and looking somebody up."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from homeward.bureau.access.needs import OfficerRequest, needs
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may
from homeward.bureau.handover.counting import Count, count_vehicles
from homeward.bureau.handover.models import Departure, Manifest, Signing, Vehicle
from homeward.bureau.handover.outcomes import outcomes_of
from homeward.bureau.handover.seeing import looked_for, manifest_or_404, manifests_of, passengers, vehicle_or_404
from homeward.bureau.handover.services import note_read
from homeward.bureau.handover.views_leaving import leaving_context
from homeward.bureau.pages import spoken
from homeward.exchange.acts import Role


@needs(Permission.HANDOVER_MANIFEST_READ)
@require_safe
def index(request: OfficerRequest) -> HttpResponse:
    """The manifests of the officer's exchanges."""
    rows = [(each, vehicle_rows(each)) for each in manifests_of(request.user)]
    return render(request, "handover/index.html", {"rows": rows})


@needs(Permission.HANDOVER_MANIFEST_READ)
@require_safe
def manifest(request: OfficerRequest, manifest: int) -> HttpResponse:
    """One stage by vehicle, with its counts."""
    found = manifest_or_404(request.user, manifest)
    return render(request, "handover/manifest.html", {"manifest": found, "rows": vehicle_rows(found)})


@needs(Permission.HANDOVER_MANIFEST_READ)
@require_safe
def vehicle(request: OfficerRequest, manifest: int, place: int) -> HttpResponse:
    """One vehicle: its people, what is ticked for each, and its departure."""
    found = vehicle_or_404(request.user, manifest, place)
    people = passengers(request.user, found)
    note_read(found, len(people), by=request.user)
    outcomes = outcomes_of(Role(found.role))
    context = {
        "vehicle": found,
        "manifest": found.manifest,
        "people": [(each, str(uuid4())) for each in people],
        "main": outcomes[0],
        "others": [each for each in outcomes[1:] if each.reason is None],
        "refusals": [(each, spoken.told(each.says)) for each in outcomes if each.reason is not None],
        **leaving_context(request.user, found),
    }
    context["may_tick"] = may(request.user, Permission.HANDOVER_TICK_MAKE) and context["departure"] is None
    return render(request, "handover/vehicle.html", context)


@needs(Permission.HANDOVER_MANIFEST_READ)
@require_POST
def find(request: OfficerRequest, manifest: int) -> HttpResponse:
    """Where somebody sits: by number or name, over the whole manifest. What is asked comes by POST and is kept nowhere."""
    found = manifest_or_404(request.user, manifest)
    query = request.POST.get("query", "")[:200]
    lines = looked_for(request.user, found, query)
    people = [(line.vehicle, passengers(request.user, line.vehicle, [line])[0]) for line in lines]
    if people:
        note_read(lines[0].vehicle, len(people), by=request.user)
    template = "handover/_found.html" if request.headers.get("HX-Request") else "handover/find.html"
    return render(request, template, {"manifest": found, "found": people, "query": query})


def vehicle_rows(found: Manifest) -> list[tuple[Vehicle, Count, Departure | None, Signing | None]]:
    """Every vehicle of a manifest with its count, and its departure and signing if there are any."""
    vehicles = list(found.vehicles.select_related("departure", "signing"))
    counts = count_vehicles(vehicles)
    return [(each, counts[each.pk], getattr(each, "departure", None), getattr(each, "signing", None)) for each in vehicles]
