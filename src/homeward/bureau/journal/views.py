"""Reading the journal."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from homeward.bureau.access.needs import OfficerRequest, needs
from homeward.bureau.access.permissions import Permission
from homeward.bureau.journal.models import Line
from homeward.bureau.journal.tags import Tag


@needs(Permission.JOURNAL_LINE_READ)
def index(request: OfficerRequest) -> HttpResponse:
    """The journal, newest first, filtered by kind, officer and subject."""
    lines = Line.objects.select_related("actor")
    tag, actor, subject = (request.GET.get(name, "").strip() for name in ("tag", "actor", "subject"))
    if tag:
        lines = lines.filter(tag=tag)
    if actor:
        lines = lines.filter(actor__username=actor)
    if subject:
        lines = lines.filter(subject=subject)
    page = Paginator(lines, 100).get_page(request.GET.get("page"))
    asked = {"tag": tag, "actor": actor, "subject": subject}
    return render(request, "journal/index.html", {"page": page, "tags": [each.value for each in Tag], "asked": asked})
