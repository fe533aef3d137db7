"""Special protection and break-glass."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from homeward.bureau.access.needs import OfficerRequest, needs
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may
from homeward.bureau.journal.models import Line
from homeward.bureau.journal.tags import Tag
from homeward.bureau.register import services_protect
from homeward.bureau.register.emergencies import GROUNDS
from homeward.bureau.register.forms import BreakGlassForm, ProtectForm, ReasonForm
from homeward.bureau.register.models import Emergency, Person

ROWS = 50


@needs(Permission.REGISTER_PERSON_PROTECT)
def index(request: OfficerRequest) -> HttpResponse:
    """All specially protected people by number, who may know of them, and who read them last. No names."""
    people = Person.objects.filter(protected=True).prefetch_related("readers__user")
    alerts = Line.objects.select_related("actor").filter(tag=Tag.REGISTER_PROTECTED_READ.value)
    page = Paginator(alerts, ROWS).get_page(request.GET.get("page"))
    rows = [(person, [reader.user for reader in person.readers.all() if reader.until is None]) for person in people]
    return render(request, "register/protected.html", {"rows": rows, "page": page})


@needs(Permission.REGISTER_PERSON_PROTECT)
def protect(request: OfficerRequest, number: int) -> HttpResponse:
    """Protect somebody, or change who may know of a protected person."""
    person = get_object_or_404(Person, number=number)
    named = [reader.user_id for reader in person.readers.filter(until=None)]
    form = ProtectForm(request.POST or None, initial={"readers": named})
    if request.method == "POST" and form.is_valid():
        services_protect.protect(number, list(form.cleaned_data["readers"]), form.cleaned_data["reason"], by=request.user)
        return redirect("register:protected")
    return render(request, "register/protect.html", {"person": person, "form": form, "reason": ReasonForm()})


@needs(Permission.REGISTER_PERSON_PROTECT)
@require_POST
def unprotect(request: OfficerRequest, number: int) -> HttpResponse:
    """End the protection of somebody."""
    person = get_object_or_404(Person, number=number, protected=True)
    reason = ReasonForm(request.POST)
    if reason.is_valid():
        services_protect.unprotect(number, reason.cleaned_data["reason"], by=request.user)
        return redirect("register:protected")
    named = [reader.user_id for reader in person.readers.filter(until=None)]
    context = {"person": person, "form": ProtectForm(initial={"readers": named}), "reason": reason}
    return render(request, "register/protect.html", context)


@needs(Permission.REGISTER_BREAK_GLASS_OPEN, again=True)
def break_glass(request: OfficerRequest) -> HttpResponse:
    """Open specially protected people at once, for a reason, for a time; a second officer is told."""
    form = BreakGlassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        services_protect.break_glass(given["ground"], given["reason"], given["sought"], by=request.user)
        return redirect("register:break_glass")
    mine = Emergency.objects.filter(user=request.user).prefetch_related("people")[:10]
    return render(request, "register/break_glass.html", {"form": form, "mine": mine, "grounds": GROUNDS})


@needs(Permission.REGISTER_BREAK_GLASS_OPEN, Permission.ACCESS_BREAK_GLASS_REVIEW)
@require_POST
def end(request: OfficerRequest, pk: int) -> HttpResponse:
    """Close an emergency before its time: one's own, or as the officer who reviews them."""
    one = _emergency(request, pk)
    services_protect.end(one, by=request.user)
    return redirect("register:break_glass" if one.user_id == request.user.pk else "register:emergencies")


@needs(Permission.ACCESS_BREAK_GLASS_REVIEW)
def emergencies(request: OfficerRequest) -> HttpResponse:
    """Every time the glass was broken: who, why, whom it opened; those that nobody has seen yet come first."""
    rows = Emergency.objects.select_related("user", "seen_by").prefetch_related("people").order_by("seen_at", "-id")
    ordered = sorted(rows, key=lambda one: (one.seen_at is not None, -one.pk))
    page = Paginator(ordered, ROWS).get_page(request.GET.get("page"))
    return render(request, "register/emergencies.html", {"page": page, "grounds": GROUNDS})


@needs(Permission.ACCESS_BREAK_GLASS_REVIEW)
@require_POST
def seen(request: OfficerRequest, pk: int) -> HttpResponse:
    """Acknowledge one as the second officer."""
    one = get_object_or_404(Emergency, pk=pk)
    if one.user_id == request.user.pk:
        raise Http404
    services_protect.acknowledge(one, by=request.user)
    return redirect("register:emergencies")


def _emergency(request: OfficerRequest, pk: int) -> Emergency:
    one = get_object_or_404(Emergency, pk=pk)
    if one.user_id != request.user.pk and not may(request.user, Permission.ACCESS_BREAK_GLASS_REVIEW):
        raise Http404
    return one
