"""Who read whom: for one person, for one officer, by place and day. Numbers and login names only."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from homeward.bureau.access.models import User
from homeward.bureau.access.needs import OfficerRequest, needs
from homeward.bureau.access.permissions import Permission
from homeward.bureau.journal.models import Line
from homeward.bureau.journal.tags import Tag
from homeward.bureau.register.services import number_of
from homeward.bureau.register.services_reads import PLACES
from homeward.bureau.register.views.words import place_titles

ROWS = 50


@needs(Permission.REGISTER_READS_READ)
def index(request: OfficerRequest) -> HttpResponse:
    """Reads, newest first. Every filter stays in the address, so that leafing keeps it."""
    asked = {name: request.GET.get(name, "").strip() for name in ("number", "officer", "where", "since", "until")}
    lines, wrong = _filtered(asked)
    page = Paginator(lines, ROWS).get_page(request.GET.get("page"))
    rows = [(line, line.subject.removeprefix("person:"), line.counts.get("where", "")) for line in page.object_list]
    context = {
        "page": page,
        "rows": rows,
        "asked": asked,
        "wrong": wrong,
        "places": [(place, place_titles()[place]) for place in PLACES],
        "officers": list(User.objects.order_by("username").values_list("username", flat=True)),
    }
    return render(request, "register/reads.html", context)


def _filtered(asked: dict[str, str]) -> tuple[QuerySet[Line], list[str]]:
    """The lines that fit all filters, and the filters that cannot be read; one that cannot be read fits nothing."""
    lines = Line.objects.select_related("actor").filter(tag=Tag.REGISTER_PERSON_READ.value)
    wrong = []
    if asked["number"]:
        number = number_of(asked["number"])
        lines = lines.filter(subject=f"person:{number}")
        wrong += [] if number is not None else ["number"]
    if asked["officer"]:
        lines = lines.filter(actor__username=asked["officer"])
    if asked["where"]:
        lines = lines.filter(counts__where=asked["where"])
    for name, lookup in (("since", "at__date__gte"), ("until", "at__date__lte")):
        if asked[name]:
            try:
                lines = lines.filter(**{lookup: date.fromisoformat(asked[name])})
            except ValueError:
                lines = lines.none()
                wrong.append(name)
    return lines, wrong
