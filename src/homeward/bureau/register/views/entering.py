"""Adding a person, adding claims, correcting one, and deciding when another officer was faster."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from homeward.bureau.access.needs import OfficerRequest, needs
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import fields_seen
from homeward.bureau.access.roles import GROUPS
from homeward.bureau.register import services
from homeward.bureau.register.claims import Said, unpacked
from homeward.bureau.register.fold import fold
from homeward.bureau.register.forms import ClaimsForm, CorrectionForm
from homeward.bureau.register.known import row_or_404
from homeward.bureau.register.models import Person as PersonRow
from homeward.bureau.register.models import Statement
from homeward.bureau.register.services_reads import alike
from homeward.bureau.register.views.words import group_titles
from homeward.people import Claim, Field, Person


def _by_group(form: ClaimsForm) -> object:
    return form.groups((title, GROUPS[name]) for name, title in group_titles())


@needs(Permission.REGISTER_PERSON_ADD)
def add(request: OfficerRequest) -> HttpResponse:
    """Enter somebody new. Likely duplicates are shown beside the form while it is filled in, and never stop anybody."""
    form = ClaimsForm(fields_seen(request.user), request.POST or None, naming=True, initial={"ticket": uuid4().hex})
    if request.method == "POST" and form.is_valid():
        made = services.add_person(form.claims, form.provenance, by=request.user, ticket=_ticket(request, form))
        return redirect("register:person", made.number)
    return render(request, "register/add.html", {"form": form, "groups": _by_group(form)})


@needs(Permission.REGISTER_PERSON_ADD, Permission.REGISTER_PERSON_CLAIM)
@require_POST
def duplicates(request: OfficerRequest) -> HttpResponse:
    """Who of the register may be the person in the form. Reads what can be read so far and complains about nothing."""
    form = ClaimsForm(fields_seen(request.user), request.POST)
    form.is_valid()
    besides = services.number_of(request.POST.get("besides", ""))
    found = alike(request.user, Person("typed", form.claims), besides=besides)
    return render(request, "register/_duplicates.html", {"found": found})


@needs(Permission.REGISTER_PERSON_CLAIM)
def claim(request: OfficerRequest, number: int) -> HttpResponse:
    """Add what another source says, on any fields that the officer may see."""
    row = row_or_404(request.user, number)
    form = ClaimsForm(fields_seen(request.user), request.POST or None, initial={"ticket": uuid4().hex})
    current = services.person(number, request.user)
    context = {"row": row, "form": form, "groups": _by_group(form), "current": current, "seen": _seen(request, row)}
    if request.method == "POST" and form.is_valid():
        said = [Said("", field, each, form.provenance) for field, each in form.claims.items()]
        return _save(request, row, said, form)
    return render(request, "register/claim.html", context)


@needs(Permission.REGISTER_PERSON_CLAIM)
def correct(request: OfficerRequest, number: int, statement: int, place: int) -> HttpResponse:
    """Say anew what one claim says, or withdraw it. The claim stays and is shown as corrected."""
    row = row_or_404(request.user, number)
    found = Statement.objects.filter(pk=statement, person=row).first()
    claims = unpacked(found.content, found.pk) if found is not None else []
    old = claims[place] if place < len(claims) else None
    if old is None or old.claim is None or old.field not in fields_seen(request.user):
        raise Http404
    initial = {"ticket": uuid4().hex, old.field.value: old.claim.written}
    form = CorrectionForm([old.field], request.POST or None, initial=initial)
    context = {"row": row, "form": form, "old": old, "input": form[old.field.value], "seen": _seen(request, row)}
    if request.method == "POST" and form.is_valid():
        news: Mapping[Field, Claim | None] = dict(form.claims) or {old.field: None}
        said = [
            Said("", field, each, form.provenance, (old.ref,) if field is old.field else ()) for field, each in news.items()
        ]
        return _save(request, row, said, form)
    return render(request, "register/correct.html", context)


def _save(request: OfficerRequest, row: PersonRow, said: list[Said], form: ClaimsForm) -> HttpResponse:
    """Write, or show what others wrote meanwhile and ask. The officer's answer comes back to the same address."""
    seen = _seen(request, row)
    settled = request.POST.getlist("settled")
    choice = request.POST.get("choice", "")
    if choice in {"mine", "theirs", "both"}:
        theirs = [each for each in services.claims_since(row, seen) if each.ref in settled]
        said = services.decided(said, theirs, choice)
    try:
        services.add_claims(row.number, said, seen=seen, settled=settled, by=request.user, ticket=_ticket(request, form))
    except services.ConflictError as conflict:
        return _ask(request, row, said, conflict)
    return redirect("register:person", row.number)


def _ask(request: OfficerRequest, row: PersonRow, said: list[Said], conflict: services.ConflictError) -> HttpResponse:
    """Show both. Everything that was typed goes along in the form, so that nothing has to be typed again."""
    sent = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    theirs = list(conflict.since)
    authors = {each.pk: each.by for each in Statement.objects.filter(person=row).select_related("by")}
    before = fold(each for _, batch in services.claims_of(row) for each in batch if each.ref not in {one.ref for one in theirs})
    pairs = [
        {
            "field": mine.field,
            "mine": mine,
            "theirs": [(each, authors[int(each.ref.split(".")[0])]) for each in theirs if each.field is mine.field],
            "before": before.fields[mine.field].best if mine.field in before.fields else None,
        }
        for mine in said
        if any(each.field is mine.field for each in theirs)
    ]
    context = {
        "row": row,
        "pairs": pairs,
        "sent": [(name, value) for name, value in sent if name not in {"csrfmiddlewaretoken", "settled", "choice"}],
        "settled": [*request.POST.getlist("settled"), *(each.ref for each in theirs)],
    }
    return render(request, "register/conflict.html", context, status=409)


def _seen(request: OfficerRequest, row: PersonRow) -> int:
    """The version that the form was opened upon."""
    given = request.POST.get("seen", "")
    return min(int(given), row.version) if given.isdigit() else row.version


def _ticket(request: OfficerRequest, form: ClaimsForm) -> str:
    """One officer's ticket is not another's."""
    return f"{request.user.pk}-{form.cleaned_data['ticket']}"[:64]
