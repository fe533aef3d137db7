"""Reading the journal, and taking it out in a file."""

from __future__ import annotations

import json

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from homeward.bureau.access.models import User
from homeward.bureau.access.needs import OfficerRequest, needs
from homeward.bureau.access.permissions import Permission
from homeward.bureau.journal.reading import NOBODY, Question, kinds
from homeward.bureau.journal.services import note_export
from homeward.people.writer import Writable, table_bytes

PER_PAGE = 100
KINDS = {".csv": "text/csv; charset=utf-8", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@needs(Permission.JOURNAL_LINE_READ)
def index(request: OfficerRequest) -> HttpResponse:
    """The journal, newest first, filtered by kind, officer, subject and days."""
    question = Question.of(request.GET.dict())
    page = Paginator(question.lines(), PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "kinds": kinds(),
        "officers": User.objects.order_by("username").only("pk", "username"),
        "nobody": NOBODY,
        "asked": question,
        "wrong": question.wrong,
    }
    return render(request, "journal/index.html", shown, status=400 if question.wrong else 200)


@needs(Permission.JOURNAL_LINE_READ)
@require_POST
def export(request: OfficerRequest) -> HttpResponse:
    """The lines asked for as a workbook or a CSV file: codes, and the same in words. That they were taken out is a line, too."""
    question = Question.of(request.POST.dict())
    rows: list[list[Writable]] = [
        [
            line.pk,
            f"{line.at:%Y-%m-%dT%H:%M:%SZ}",
            line.actor.username if line.actor else "",
            line.tag,
            line.subject,
            _counts(line.counts),
            line.says,
        ]
        for line in question.lines().iterator(chunk_size=2000)
    ]
    note_export(len(rows), question.asked(), by=request.user)
    suffix = ".csv" if request.POST.get("as") == "csv" else ".xlsx"
    headings = ["line", "at", "officer", "what", "about", "counts", "in words"]
    data = table_bytes(suffix, headings, rows, sheet_title="Journal")
    return HttpResponse(data, KINDS[suffix], headers={"Content-Disposition": f'attachment; filename="journal{suffix}"'})


def _counts(counts: dict[str, object]) -> str:
    return json.dumps(counts, sort_keys=True, ensure_ascii=False) if counts else ""
