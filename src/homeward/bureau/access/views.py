"""Pages of the officers: who works on this node, in which roles; helping who lost a password or a phone."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from homeward.bureau.access import services
from homeward.bureau.access.forms import NewOfficerForm, OfficerForm, RolesForm
from homeward.bureau.access.models import FactorReset, User
from homeward.bureau.access.needs import OfficerRequest, needs
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may
from homeward.bureau.access.roles import CONFLICTS, ROLES


@needs(Permission.ACCESS_USER_LIST)
def index(request: OfficerRequest) -> HttpResponse:
    """All officers, and the lost second factors that wait for a second pair of eyes."""
    officers = sorted(User.objects.all(), key=lambda user: (not user.is_active, user.username))
    with_factor = set(Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES).values_list("user_id", flat=True))
    rows = [{"officer": officer, "has_factor": officer.pk in with_factor} for officer in officers]
    return render(request, "access/index.html", {"rows": rows, "resets": _open_resets()})


@needs(Permission.ACCESS_USER_LIST)
def rights(request: OfficerRequest) -> HttpResponse:
    """The table of roles, as it is held: what each may do and see, and which do not go together."""
    rows = [{"title": each.title, "may": sorted(each.may), "sees": sorted(each.sees)} for each in ROLES.values()]
    pairs = [sorted(str(ROLES[role].title) for role in pair) for pair in CONFLICTS]
    return render(request, "access/rights.html", {"rows": rows, "pairs": sorted(pairs)})


@needs(Permission.ACCESS_USER_MANAGE, again=True)
def add(request: OfficerRequest) -> HttpResponse:
    """Add an officer; their one-time password is shown once, on the answer to this form."""
    form = NewOfficerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = services.one_time_password()
        given = form.cleaned_data
        try:
            made = services.add_user(
                given["username"],
                password,
                called=given["called"],
                roles=form.wanted(),
                language=given["language"],
                device=given["device"],
                must_change=True,
                by=request.user,
            )
        except (services.RolesConflictError, services.RefusedError) as error:
            form.add_error("roles" if isinstance(error, services.RolesConflictError) else "username", str(error))
        else:
            return _once(request, made, password)
    return render(request, "access/add.html", {"form": form})


@needs(Permission.ACCESS_USER_LIST)
def officer(request: OfficerRequest, number: int) -> HttpResponse:
    """One officer: roles, account, second factor."""
    return _officer(request, _found(number))


@needs(Permission.ACCESS_USER_MANAGE, again=True)
@require_POST
def change(request: OfficerRequest, number: int) -> HttpResponse:
    """Change how an officer is called, the language, the signing key."""
    user, form = _found(number), OfficerForm(request.POST)
    if not form.is_valid():
        return _officer(request, user, officer_form=form)
    services.change_user(user, by=request.user, **form.cleaned_data)
    return redirect("access:officer", number=number)


@needs(Permission.ACCESS_USER_MANAGE, again=True)
@require_POST
def roles(request: OfficerRequest, number: int) -> HttpResponse:
    """Change the roles of an officer; whatever they had open is over."""
    user, form = _found(number), RolesForm(request.POST)
    if form.is_valid():
        try:
            services.set_roles(user, form.wanted(), by=request.user)
        except (services.RolesConflictError, services.RefusedError) as error:
            form.add_error("roles", str(error))
        else:
            return redirect("access:officer", number=number)
    return _officer(request, user, roles_form=form)


@needs(Permission.ACCESS_USER_MANAGE, again=True)
@require_POST
def close(request: OfficerRequest, number: int) -> HttpResponse:
    """Let an officer in no more."""
    user = _found(number)
    try:
        services.disable(user, by=request.user)
    except services.RefusedError as error:
        return _officer(request, user, refused=str(error))
    return redirect("access:officer", number=number)


@needs(Permission.ACCESS_USER_MANAGE, again=True)
@require_POST
def reopen(request: OfficerRequest, number: int) -> HttpResponse:
    """Let an officer in again."""
    services.enable(_found(number), by=request.user)
    return redirect("access:officer", number=number)


@needs(Permission.ACCESS_USER_MANAGE, again=True)
@require_POST
def password(request: OfficerRequest, number: int) -> HttpResponse:
    """Give an officer a new one-time password, shown once on the answer."""
    user = _found(number)
    try:
        given = services.give_password(user, by=request.user)
    except services.RefusedError as error:
        return _officer(request, user, refused=str(error))
    return _once(request, user, given)


@needs(Permission.ACCESS_FACTOR_RESET, again=True)
@require_POST
def ask_reset(request: OfficerRequest, number: int) -> HttpResponse:
    """Ask that an officer's lost second factor be taken off."""
    user = _found(number)
    try:
        services.ask_factor_reset(user, by=request.user)
    except services.RefusedError as error:
        return _officer(request, user, refused=str(error))
    return redirect("access:officer", number=number)


@needs(Permission.ACCESS_FACTOR_RESET, again=True)
@require_POST
def grant_reset(request: OfficerRequest, number: int) -> HttpResponse:
    """Grant a reset that another officer asked for."""
    reset = get_object_or_404(FactorReset.objects.select_related("user"), pk=number)
    try:
        services.grant_factor_reset(reset, by=request.user)
    except services.RefusedError as error:
        return _officer(request, reset.user, refused=str(error))
    return redirect("access:officer", number=reset.user_id)


@needs(Permission.ACCESS_FACTOR_RESET, again=True)
@require_POST
def drop_reset(request: OfficerRequest, number: int) -> HttpResponse:
    """Close a reset without doing it."""
    reset = get_object_or_404(FactorReset.objects.select_related("user"), pk=number)
    try:
        services.drop_factor_reset(reset, by=request.user)
    except services.RefusedError as error:
        return _officer(request, reset.user, refused=str(error))
    return redirect("access:officer", number=reset.user_id)


def _officer(
    request: OfficerRequest,
    user: User,
    *,
    officer_form: OfficerForm | None = None,
    roles_form: RolesForm | None = None,
    refused: str = "",
) -> HttpResponse:
    """The page of one officer, with what was wrong with a form of it (422) or why something was refused (409)."""
    now = {"called": user.called, "language": user.language, "device": user.device}
    page = {
        "officer": user,
        "manages": may(request.user, Permission.ACCESS_USER_MANAGE),
        "resets_factors": may(request.user, Permission.ACCESS_FACTOR_RESET),
        "factors": list(Authenticator.objects.filter(user=user).values_list("type", flat=True)),
        "reset": _open_resets().filter(user=user).first(),
        "form": officer_form or OfficerForm(initial=now),
        "roles_form": roles_form or RolesForm(initial={"roles": user.role_names}),
        "refused": refused,
    }
    status = 409 if refused else 422 if officer_form or roles_form else 200
    return render(request, "access/officer.html", page, status=status)


def _once(request: OfficerRequest, user: User, given: str) -> HttpResponse:
    """The one page that shows a one-time password. No browser and no proxy keeps it."""
    return render(request, "access/once.html", {"officer": user, "password": given})


def _found(number: int) -> User:
    return get_object_or_404(User, pk=number)


def _open_resets() -> QuerySet[FactorReset]:
    return FactorReset.objects.filter(closed_at=None).select_related("user", "asked_by")
