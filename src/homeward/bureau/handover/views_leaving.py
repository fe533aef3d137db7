"""A vehicle's departure: counted by both sides, signed off, and its ticks signed into the record."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from homeward.bureau.access.models import User
from homeward.bureau.access.needs import OfficerRequest, needs
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may
from homeward.bureau.exchanges.services import ExchangeError
from homeward.bureau.handover.counting import count_vehicle
from homeward.bureau.handover.forms import DepartureForm
from homeward.bureau.handover.models import Departure, Signing, Vehicle
from homeward.bureau.handover.outcomes import outcomes_of
from homeward.bureau.handover.seeing import exchange_of, vehicle_or_404
from homeward.bureau.handover.services_departing import NotLeavingError
from homeward.bureau.handover.services_departing import depart as let_leave
from homeward.bureau.handover.services_signing import counted_by_the_other, sign_into_record
from homeward.exchange.acts import Role


def leaving_context(user: User, vehicle: Vehicle, form: DepartureForm | None = None) -> dict[str, Any]:
    """What the part of the page about departure shows."""
    count = count_vehicle(vehicle)
    departure = Departure.objects.filter(vehicle=vehicle).select_related("by").first()
    titles = {outcome.code: outcome.title for outcome in outcomes_of(Role(vehicle.role))}
    return {
        "count": count,
        "by_outcome": [(titles[code], number) for code, number in count.by_outcome.items()],
        "obstacles": [] if departure is not None else count.obstacles(),
        "departure": departure,
        "signing": Signing.objects.filter(vehicle=vehicle).select_related("by").first() if departure is not None else None,
        "theirs": counted_by_the_other(exchange_of(vehicle.manifest), vehicle) if departure is None else None,
        "departing": form or DepartureForm(),
        "may_depart": may(user, Permission.HANDOVER_VEHICLE_DEPART),
    }


@needs(Permission.HANDOVER_MANIFEST_READ)
@require_safe
def leaving(request: OfficerRequest, manifest: int, place: int) -> HttpResponse:
    """The part about departure alone, as it stands now."""
    found = vehicle_or_404(request.user, manifest, place)
    context = {"vehicle": found, "manifest": found.manifest, **leaving_context(request.user, found)}
    return render(request, "handover/_leaving.html", context)


@needs(Permission.HANDOVER_VEHICLE_DEPART, again=True)
@require_POST
def depart(request: OfficerRequest, manifest: int, place: int) -> HttpResponse:
    """Let the vehicle leave when both sides have counted the same people."""
    found = vehicle_or_404(request.user, manifest, place)
    form = DepartureForm(request.POST)
    if form.is_valid():
        try:
            let_leave(found, theirs=form.cleaned_data["theirs"], by=request.user)
        except NotLeavingError as error:
            form.add_error(None, str(error))
        else:
            return redirect("handover:vehicle", manifest=manifest, place=place)
    context = {"vehicle": found, "manifest": found.manifest, **leaving_context(request.user, found, form)}
    return render(request, "handover/leaving.html", context, status=409)


@needs(Permission.HANDOVER_VEHICLE_DEPART, again=True)
@require_POST
def sign(request: OfficerRequest, manifest: int, place: int) -> HttpResponse:
    """Sign what was ticked for the people of a vehicle that has left into the record, all at once."""
    found = vehicle_or_404(request.user, manifest, place)
    try:
        sign_into_record(exchange_of(found.manifest), found, by=request.user)
    except (ExchangeError, NotLeavingError) as error:
        context = {"vehicle": found, "manifest": found.manifest, **leaving_context(request.user, found), "problem": str(error)}
        return render(request, "handover/leaving.html", context, status=409)
    return redirect("handover:vehicle", manifest=manifest, place=place)
