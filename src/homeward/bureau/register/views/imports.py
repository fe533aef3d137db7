"""Importing a file: upload, dry run, decisions row by row, taking it in, the result as a file. Both long parts go on in the background.

An import is seen by the officer who brought it: its rows were planned with what that officer may know.
"""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from homeward.bureau.access.models import User
from homeward.bureau.access.needs import OfficerRequest, needs
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import fields_seen, visible
from homeward.bureau.jobs.following import follow
from homeward.bureau.jobs.services import JobError
from homeward.bureau.pages.spoken import remark_text
from homeward.bureau.register import services_import, work
from homeward.bureau.register.actions import ACTIONS, CHOICES, OUTCOMES
from homeward.bureau.register.forms import ImportForm
from homeward.bureau.register.known import knows
from homeward.bureau.register.models import Import, ImportRow
from homeward.bureau.register.services_reads import note_reads
from homeward.bureau.register.shelf import Kept
from homeward.people import Claim, Field, Person, Remark, table_bytes
from homeward.people.plain import from_plain
from homeward.people.writer import Writable

ROWS = 50
#: Filters of the dry run beside the actions.
LIKELY = "likely"


@needs(Permission.REGISTER_IMPORT_MANAGE)
def index(request: OfficerRequest) -> HttpResponse:
    """The officer's own imports."""
    page = Paginator(Import.objects.filter(by=request.user).defer("file"), ROWS).get_page(request.GET.get("page"))
    return render(request, "register/imports.html", {"page": page})


@needs(Permission.REGISTER_IMPORT_MANAGE)
def add(request: OfficerRequest) -> HttpResponse:
    """Upload a file and see what it would do."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            asked = work.ask_to_read(file.read(), file.name, form.provenance, by=request.user, sheet=form.cleaned_data["sheet"])
            return follow(asked, by=request.user)
        except JobError as error:
            form.add_error("file", str(error))
    return render(request, "register/import_add.html", {"form": form})


@needs(Permission.REGISTER_IMPORT_MANAGE)
def show(request: OfficerRequest, pk: int) -> HttpResponse:
    """The dry run, or what was done: counts, filters, every row with its differences, likely duplicates and outcome."""
    one = _mine(request.user, pk)
    wanted = request.GET.get("show", "")
    rows = one.rows.select_related("person")
    if wanted == LIKELY:
        rows = rows.filter(likely=True)
    elif wanted in ACTIONS:
        rows = rows.filter(action=wanted)
    elif wanted in OUTCOMES:
        rows = rows.filter(outcome=wanted)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    lines = [_Line(row, request.user) for row in page.object_list]
    note_reads(request.user, {kept.number: kept for line in lines for kept in line.people()}.values(), "import")
    earlier = Import.objects.filter(digest=one.digest, state="applied").exclude(pk=one.pk).order_by("id").first()
    counted = one.counts
    context = {
        "one": one,
        "page": page,
        "lines": lines,
        "show": wanted,
        "actions": [(code, ACTIONS[code], counted["actions"][code]) for code in ACTIONS if code in counted.get("actions", {})],
        "outcomes": [
            (code, OUTCOMES[code], counted["outcomes"][code]) for code in OUTCOMES if code in counted.get("outcomes", {})
        ],
        "waiting": one.rows.filter(outcome="").count(),
        "open_likely": one.rows.filter(likely=True, action="new", outcome="").exclude(choice="skip").count(),
        "undecided": one.rows.filter(action__in=("conflict", "differs"), choice="", outcome="").count(),
        "remarks": [_sentence(remark) for remark in one.content.get("remarks", [])],
        "earlier": earlier,
        "source": services_import.provenance_of(one) if one.content else None,
        "job": work.taking_in(one, by=request.user),
    }
    return render(request, "register/import.html", context)


@needs(Permission.REGISTER_IMPORT_MANAGE)
@require_POST
def choose(request: OfficerRequest, pk: int, number: int) -> HttpResponse:
    """Decide what happens with one row."""
    one = _mine(request.user, pk)
    row = one.rows.filter(number=number, outcome="").first()
    choice = request.POST.get("choice", "")
    if row is None or choice not in ACTIONS[row.action].choices:
        raise Http404
    services_import.choose(one, number, choice, by=request.user)
    if request.headers.get("HX-Request"):
        row.refresh_from_db()
        return render(request, "register/_import_row.html", {"line": _Line(row, request.user), "one": one})
    return redirect("register:import", pk)


@needs(Permission.REGISTER_IMPORT_MANAGE)
@require_POST
def leave_out(request: OfficerRequest, pk: int) -> HttpResponse:
    """Leave out all likely duplicates at once: nobody can click through thousands of them."""
    services_import.leave_out_likely(_mine(request.user, pk), by=request.user)
    return redirect("register:import", pk)


@needs(Permission.REGISTER_IMPORT_MANAGE)
@require_POST
def go_on(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take in all rows that wait, in the background."""
    one = _mine(request.user, pk)
    if one.state not in services_import.OPEN:
        return redirect("register:import", pk)
    try:
        return follow(work.ask_to_take_in(one, by=request.user), by=request.user)
    except JobError as error:
        messages.error(request, str(error))
        return redirect("register:import", pk)


@needs(Permission.REGISTER_IMPORT_MANAGE)
@require_POST
def drop(request: OfficerRequest, pk: int) -> HttpResponse:
    """Give the file up before anything was done with it."""
    one = _mine(request.user, pk)
    if one.state != "staged":
        raise Http404
    asked = work.taking_in(one, by=request.user)
    if asked is not None:
        # It waits to be taken in: that is given up first, on its own page.
        return redirect("jobs:job", asked.pk)
    services_import.drop(one, by=request.user)
    return redirect("register:imports")


@needs(Permission.REGISTER_IMPORT_MANAGE)
def result(request: OfficerRequest, pk: int, ending: str) -> HttpResponse:
    """What became of every row, as a file without names: row number, outcome, register number, remarks."""
    one = _mine(request.user, pk)
    if ending not in {"xlsx", "csv"}:
        raise Http404
    rows: list[list[Writable]] = []
    for row in one.rows.select_related("person"):
        line = _Line(row, request.user)
        outcome = OUTCOMES[row.outcome] if row.outcome else ACTIONS[row.action].title
        rows.append([row.number, str(outcome), str(line.target.person.id) if line.target else "", " ".join(line.remarks)])
    data = table_bytes(
        f".{ending}", [_("Row"), _("What became of it"), _("Number"), _("Remarks")], rows, sheet_title=_("Result")
    )
    kind = "text/csv; charset=utf-8" if ending == "csv" else "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return HttpResponse(
        data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="import-{one.pk}-result.{ending}"'}
    )


class _Line:
    """One row as its page shows it."""

    def __init__(self, row: ImportRow, user: User) -> None:
        self.row = row
        self.action = ACTIONS[row.action]
        self.outcome = OUTCOMES[row.outcome] if row.outcome else ""
        self.remarks = [_sentence(remark) for remark in row.content["remarks"]]
        self.person = from_plain(row.content["person"]) if "person" in row.content else None
        self.choices = [] if row.outcome else [(code, CHOICES[code]) for code in self.action.choices if code != "none"]
        self.choice = row.choice or self.action.choices[0]
        found = knows(user, row.person.number) if row.person is not None else None
        self.target: Kept | None = found
        self.old: Person | None = visible(user, found.person) if found is not None else None
        twins = [(*twin, knows(user, twin[1]) if twin[0] == "person" else None) for twin in row.content["twins"]]
        # Somebody who was protected after the dry run is not named any more.
        self.twins = [twin for twin in twins if twin[0] == "row" or twin[3] is not None]
        self.shown = [(*twin[:3], visible(user, twin[3].person) if twin[3] is not None else None) for twin in self.twins]
        seen = fields_seen(user)
        self.differences: list[tuple[Field, Claim | None, Claim | None]] = [
            (field, _claim(self.old, field), _claim(self.person, field))
            for field in map(Field, row.content["fields"])
            if field in seen and found is not None
        ]

    def people(self) -> list[Kept]:
        """Everybody of the register whom the line shows."""
        return [kept for kept in (self.target, *(twin[3] for twin in self.twins)) if kept is not None]


def _claim(person: Person | None, field: Field) -> Claim | None:
    return person.claims.get(field) if person is not None else None


def _sentence(plain: list[object]) -> str:
    code, field, details = plain
    pairs = tuple((str(key), str(value)) for key, value in details) if isinstance(details, list) else ()
    remark = Remark(str(code), Field(str(field)) if field else None, pairs)
    return remark_text(remark)


def _mine(user: User, pk: int) -> Import:
    one = Import.objects.defer("file").filter(pk=pk, by=user).first()
    if one is None:
        raise Http404
    return one
