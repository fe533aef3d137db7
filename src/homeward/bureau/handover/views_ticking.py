"""Taking ticks from tablets as JSON, and from a page without script as a form. The one endpoint here that has to be fast."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from homeward.bureau.access.needs import OfficerRequest, needs
from homeward.bureau.access.permissions import Permission
from homeward.bureau.handover.counting import standings
from homeward.bureau.handover.models import Line, Manifest
from homeward.bureau.handover.seeing import State, manifest_or_404, state_of, vehicle_or_404
from homeward.bureau.handover.services_ticking import MOST_TICKS, VERDICTS, NewTick, Result, Verdict, take
from homeward.exchange.acts import Role


class _MalformedError(Exception):
    """What was sent is not ticks."""


@needs(Permission.HANDOVER_TICK_MAKE)
@require_POST
def tick(request: OfficerRequest, manifest: int) -> HttpResponse:
    """Take ticks. Answered when they are on the disk; the same ticks sent again are answered the same way and count once."""
    found = manifest_or_404(request.user, manifest)
    if request.content_type != "application/json":
        return _from_page(request, found)
    try:
        ticks = _read(request.body)
    except _MalformedError as error:
        return JsonResponse({"error": str(error)}, status=400)
    taken = take(found, ticks, by=request.user)
    people = {person: _shown(state_of(role, now)) for person, (role, now) in taken.people.items()}
    return JsonResponse({"results": [_result(each) for each in taken.results], "people": people})


@needs(Permission.HANDOVER_MANIFEST_READ)
@require_safe
def state(request: OfficerRequest, manifest: int, place: int) -> HttpResponse:
    """Where everybody of a vehicle stands now, for the other tablets at it: record's ids and words, no names."""
    found = vehicle_or_404(request.user, manifest, place)
    lines = list(found.lines.defer("about"))
    now = standings(lines)
    return JsonResponse({"people": {line.person: _shown(state_of(Role(found.role), now[line.pk])) for line in lines}})


def _from_page(request: OfficerRequest, found: Manifest) -> HttpResponse:
    """A form without script: the key came with the page, so a form sent twice counts once."""
    try:
        ticks = list(_from_form(request))
    except _MalformedError:
        return render(request, "bureau/error.html", {"code": 400}, status=400)
    refused = [each for each in take(found, ticks, by=request.user).results if each.verdict is not Verdict.TAKEN]
    line = Line.objects.filter(manifest=found, person=ticks[0].person).select_related("vehicle").first()
    if refused or line is None:
        context = {"manifest": found, "line": line, "texts": [VERDICTS[each.verdict] for each in refused]}
        return render(request, "handover/refused.html", context, status=409)
    return redirect(reverse("handover:vehicle", args=(found.pk, line.vehicle.place)) + f"#{line.person}")


def _from_form(request: HttpRequest) -> Iterable[NewTick]:
    key, person = _uuid(request.POST.get("key")), request.POST.get("person", "")
    outcome, back = request.POST.get("outcome", ""), request.POST.get("takes_back", "")
    if bool(outcome) == bool(back):
        raise _MalformedError("one outcome, or one thing to take back")
    if outcome:
        yield NewTick(uuid5(key, outcome), person, outcome, ticked_at=timezone.now())
    for each in back.split(",") if back else ():
        yield NewTick(uuid5(key, each), person, takes_back=_uuid(each), ticked_at=timezone.now())


def _read(body: bytes) -> list[NewTick]:
    try:
        rows = json.loads(body)["ticks"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _MalformedError('ticks come as {"ticks": […]}') from None
    if not isinstance(rows, list) or len(rows) > MOST_TICKS:
        raise _MalformedError(f"at most {MOST_TICKS} ticks come at once")
    return [_one(row) for row in rows]


def _one(row: Any) -> NewTick:
    if not isinstance(row, dict):
        raise _MalformedError("a tick is an object")
    person, outcome, back = row.get("person"), row.get("outcome", ""), row.get("takes_back")
    if not isinstance(person, str) or not isinstance(outcome, str) or len(person) > 12 or len(outcome) > 40:
        raise _MalformedError("a tick has a person and an outcome")
    return NewTick(
        key=_uuid(row.get("key")),
        person=person,
        outcome=outcome,
        takes_back=_uuid(back) if back is not None else None,
        ticked_at=_when(row.get("ticked_at")),
    )


def _uuid(value: object) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        raise _MalformedError("a tick has a UUID as its key") from None


def _when(value: object) -> datetime | None:
    """The tablet's own time; a tablet with a broken clock ticks none the less."""
    try:
        found = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and timezone.is_aware(found) else None


def _result(each: Result) -> dict[str, str]:
    return {"key": str(each.tick.key), "verdict": each.verdict.value, "text": str(VERDICTS[each.verdict])}


def _shown(state: State) -> dict[str, object]:
    """Where a person stands, as a tablet reads it."""
    return {"state": state.name, "word": state.word, "tone": state.tone, "keys": list(state.keys)}
