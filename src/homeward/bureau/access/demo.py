"""Invented officers of a demo node: everybody may be any of them, so their password and their code stand on the login page."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from homeward.bureau.access.models import User
from homeward.bureau.access.needs import public
from homeward.bureau.access.roles import Role
from homeward.bureau.access.services import add_user

DEMO_PASSWORD = "everybody here is invented"  # noqa: S105 - that is the point of it.
DEMO_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - the example of every TOTP library.


@dataclass(frozen=True, slots=True)
class Hint:
    """How to sign in as an invented officer by hand."""

    officer: User
    password: str
    code: str


def add_demo_officer(
    username: str, *, called: str, roles: Iterable[Role], language: str = "en", device: str = "", by: User | None = None
) -> User:
    """An invented officer, ready to sign in: with a second factor whose secret everybody knows. On demo nodes only."""
    assert settings.IDENTITY.demo, "officers whose password everybody knows belong on a demo node"
    with transaction.atomic():
        user = add_user(username, DEMO_PASSWORD, called=called, roles=roles, language=language, device=device, by=by)
        Authenticator.objects.create(
            user=user, type=Authenticator.Type.TOTP, data={"secret": get_adapter().encrypt(DEMO_SECRET)}
        )
    return user


def hint(user: User) -> Hint:
    """The password and the code of this half minute (RFC 6238, with steps of 30 seconds)."""
    return Hint(user, DEMO_PASSWORD, format_hotp_value(hotp_value(DEMO_SECRET, int(time.time()) // 30)))


@public
@require_POST
def sign_in(request: HttpRequest, number: int) -> HttpResponse:
    """Sign in as the invented officer of this number."""
    assert settings.IDENTITY.demo, "the address exists on demo nodes only"
    user = get_object_or_404(User, pk=number, is_active=True)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    record_authentication(request, user, method="demo")
    return HttpResponseRedirect("/")
