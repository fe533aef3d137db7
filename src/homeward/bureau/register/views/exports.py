"""Taking people out of the register."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from homeward.bureau.access.needs import OfficerRequest, needs
from homeward.bureau.access.permissions import Permission
from homeward.bureau.register.forms import ExportForm
from homeward.bureau.register.known import known
from homeward.bureau.register.models import Export
from homeward.bureau.register.services_export import export
from homeward.bureau.register.views.people import choice_of, shown_all

_KINDS = {
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@needs(Permission.REGISTER_EXPORT_MAKE, again=True)
def index(request: OfficerRequest) -> HttpResponse:
    """Say why, get the file. The part of the list that was shown is what is taken out."""
    show = choice_of(request)
    people = [row.kept for row in shown_all(request.user, known(request.user)) if row.is_in(show)]
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ending = form.cleaned_data["ending"]
        made, data = export(request.user, people, ending, form.cleaned_data["reason"])
        name = f"register-{made.watermark}{ending}"
        return HttpResponse(
            data, content_type=_KINDS[ending], headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )
    mine = Export.objects.filter(by=request.user)[:20]
    return render(request, "register/export.html", {"form": form, "count": len(people), "show": show, "mine": mine})
