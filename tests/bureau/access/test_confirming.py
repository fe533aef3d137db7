"""What is signed asks again who one is when the last time was over five minutes ago, and then goes on by itself."""

from __future__ import annotations

import time

import pytest
from django.test import Client
from django.urls import reverse

from homeward.bureau.access.models import User
from homeward.bureau.access.roles import Role
from tests.bureau.conftest import PASSWORD, SignIn

pytestmark = pytest.mark.django_db


def _long_ago(client: Client) -> None:
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 301, "username": "x"}]
    session.save()


def test_a_grave_change_waits_for_the_password_and_goes_on_after_it(sign_in: SignIn) -> None:
    administrator, other = sign_in(Role.ADMINISTRATOR), sign_in(Role.REGISTRAR, name="rita")
    officer = User.objects.get(username="rita")
    address = reverse("access:close", args=[officer.pk])
    _long_ago(administrator)
    asked = administrator.post(address)
    assert asked.status_code == 302
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    officer.refresh_from_db()
    assert officer.is_active, "nothing is done before the password"
    done = administrator.post(asked.headers["Location"], {"password": PASSWORD, "next": address})
    assert done.status_code == 302
    officer.refresh_from_db()
    assert not officer.is_active
    assert other.get("/").status_code == 302
