"""Writing a stage's manifest down: from the plan that all agreed to, with the vehicles of each side."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from homeward.bureau.access.needs import OfficerRequest, needs
from homeward.bureau.access.permissions import Permission
from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.exchanges.services import NotFoundedError, exchanges_of, office_of
from homeward.bureau.handover.forms import FleetForm
from homeward.bureau.handover.models import Manifest
from homeward.bureau.handover.outcomes import ROLE_TITLES
from homeward.bureau.handover.services import ManifestError, add_called, called_since, roles_at
from homeward.bureau.handover.services_signing import make_from_plan


@needs(Permission.HANDOVER_MANIFEST_MAKE)
def new(request: OfficerRequest, exchange: str, stage: str) -> HttpResponse:
    """Give the vehicles of a planned stage, and write its manifest down."""
    found = exchanges_of(request.user).filter(slug=exchange).first()
    if found is None:
        raise Http404
    made = Manifest.objects.filter(exchange=exchange, stage=stage).first()
    try:
        with office_of(found) as office:
            planned = office.state.stages.get(stage)
            people = planned.people if planned is not None else {}
            roles = roles_at(office)
            going = {side: len(some) for side, some in people.items() if side in roles and some}
            called = sum(map(len, called_since(office, made).values())) if made is not None else 0
    except NotFoundedError:
        raise Http404 from None
    if planned is None:
        raise Http404
    if request.method == "POST" and "called" in request.POST and made is not None:
        return _add_called(request, found, made)
    data = request.POST if request.method == "POST" else None
    forms = {side: FleetForm(data, prefix=side) for side in sorted(going)}
    problem = ""
    if request.method == "POST" and all(form.is_valid() for form in forms.values()):
        fleet = {side: form.cleaned_data["vehicles"] for side, form in forms.items() if form.cleaned_data["vehicles"]}
        try:
            manifest = make_from_plan(found, stage, by=request.user, fleet=fleet)
        except ManifestError as error:
            problem = str(error)
        else:
            return redirect("handover:manifest", manifest=manifest.pk)
    rows = [(side, ROLE_TITLES[roles[side]], going[side], form) for side, form in forms.items()]
    context = {
        "exchange": found,
        "stage": stage,
        "rows": rows,
        "problem": problem,
        "made": made,
        "called": called,
        "agreed": bool(people),
    }
    return render(request, "handover/new.html", context, status=422 if request.method == "POST" else 200)


def _add_called(request: OfficerRequest, exchange: Exchange, made: Manifest) -> HttpResponse:
    """Seat those who were called from the reserve since."""
    try:
        with office_of(exchange) as office:
            add_called(office, made, by=request.user)
    except ManifestError as error:
        context = {"exchange": exchange, "stage": made.stage, "rows": [], "problem": str(error), "made": made, "called": 0}
        return render(request, "handover/new.html", context, status=409)
    return redirect("handover:manifest", manifest=made.pk)
