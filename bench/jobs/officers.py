"""Officers of the bench, signed in with a second factor. Imported when Django is set up."""

from __future__ import annotations

import time
from pathlib import Path

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from homeward.bureau.access.models import User
from homeward.bureau.access.roles import Role
from homeward.bureau.node.preparing import prepare


def make(folder: Path) -> dict[str, str]:
    """Make the database and three officers; gives each one's cookie."""
    prepare(folder, "administrator")
    roles = {"registrar": Role.REGISTRAR, "lister": Role.LIST_OFFICER, "onlooker": Role.NEGOTIATOR}
    return {
        name: _signed_in(User.objects.create(username=name, called=name, role_names=[role])) for name, role in roles.items()
    }


def _signed_in(user: User) -> str:
    secret = get_adapter().encrypt("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": secret})
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "username": user.username}]
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
