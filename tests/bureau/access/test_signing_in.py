"""Signing in: password and second factor, what the journal says of it, how often one may try."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings

from homeward.bureau.access.models import User
from homeward.bureau.access.roles import Role
from homeward.bureau.journal.models import Line
from homeward.bureau.journal.tags import Tag
from tests.bureau.conftest import PASSWORD, SECRET, SignIn, browser_of, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def _code() -> str:
    return str(format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time()))))


def _password_step(client: Client, username: str, password: str = PASSWORD) -> Any:
    return client.post("/accounts/login/", {"login": username, "password": password})


def test_a_password_alone_signs_nobody_in() -> None:
    make_officer("zoe", Role.AUDITOR)
    client = Client()
    assert _password_step(client, "zoe").headers["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/log/").headers["Location"].startswith("/accounts/login/")
    assert not Line.objects.filter(tag=Tag.ACCESS_LOGIN_OK).exists()


def test_password_and_code_sign_in_and_the_journal_says_so() -> None:
    zoe = make_officer("zoe", Role.AUDITOR)
    client = Client()
    _password_step(client, "zoe")
    assert client.post("/accounts/2fa/authenticate/", {"code": _code()}).headers["Location"] == "/"
    assert client.get("/log/").status_code == 200
    assert Line.objects.get(tag=Tag.ACCESS_LOGIN_OK).actor == zoe


def test_the_same_code_does_not_sign_in_twice() -> None:
    make_officer("zoe", Role.AUDITOR)
    code = _code()
    for expected in (302, 200):
        client = Client()
        _password_step(client, "zoe")
        assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == expected


def test_a_wrong_password_is_in_the_journal_and_what_was_typed_only_sealed() -> None:
    zoe = make_officer("zoe", Role.AUDITOR)
    _password_step(Client(), "zoe", "wrong")
    _password_step(Client(), "a password in the wrong field", "zoe")
    second, first = Line.objects.filter(tag=Tag.ACCESS_LOGIN_FAILED)
    assert (first.subject, first.actor, first.counts) == (f"user:{zoe.pk}", None, {"step": "password"})
    assert (second.subject, second.detail) == ("", {"typed": "a password in the wrong field"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT detail FROM journal_line WHERE detail IS NOT NULL")
        assert all(b"wrong field" not in bytes(stored) for (stored,) in cursor.fetchall())


def test_a_wrong_code_is_in_the_journal() -> None:
    zoe = make_officer("zoe", Role.AUDITOR)
    client = Client()
    _password_step(client, "zoe")
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    line = Line.objects.get(tag=Tag.ACCESS_LOGIN_FAILED)
    assert (line.subject, line.counts) == (f"user:{zoe.pk}", {"step": "second factor"})


def test_after_five_wrong_passwords_the_right_one_is_refused_too() -> None:
    make_officer("zoe", Role.AUDITOR)
    for _ in range(5):
        _password_step(Client(), "zoe", "wrong")
    answer = _password_step(Client(), "zoe")
    assert answer.status_code == 200
    assert "Too many" in answer.content.decode()


def test_after_five_wrong_codes_the_right_one_is_refused_too() -> None:
    make_officer("zoe", Role.AUDITOR)
    client = Client()
    _password_step(client, "zoe")
    for _ in range(5):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert client.post("/accounts/2fa/authenticate/", {"code": _code()}).status_code == 200


def test_too_many_requests_get_a_page_of_ours() -> None:
    client = Client()
    answers = [client.post("/accounts/login/") for _ in range(31)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert "Too many tries" in answers[-1].content.decode()


def test_a_newcomer_changes_the_password_and_sets_up_a_second_factor_before_anything_else() -> None:
    zoe = make_officer("zoe", Role.AUDITOR, second_factor=False)
    User.objects.filter(pk=zoe.pk).update(must_change_password=True)
    client = Client()
    _password_step(client, "zoe")
    assert client.get("/log/").headers["Location"] == "/accounts/password/"
    chosen = "an own long sentence 7"
    client.post("/accounts/password/", {"oldpassword": PASSWORD, "password1": chosen, "password2": chosen})
    assert client.get("/log/").headers["Location"] == "/accounts/2fa/totp/activate/"
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert client.post("/accounts/2fa/totp/activate/", {"code": code}).headers["Location"] == "/accounts/2fa/recovery-codes/"
    assert client.get("/accounts/2fa/recovery-codes/").status_code == 200
    assert client.get("/log/").status_code == 200
    lines = Line.objects.filter(tag=Tag.ACCESS_SECOND_FACTOR_CHANGED, actor=zoe)
    assert [line.counts for line in lines] == [{"added": "recovery_codes"}, {"added": "totp"}]


def test_a_weak_password_is_refused() -> None:
    client = browser_of(make_officer("zoe"))
    answer = client.post(
        "/accounts/password/", {"oldpassword": PASSWORD, "password1": "password1234", "password2": "password1234"}
    )
    assert answer.status_code == 200
    assert "too common" in answer.content.decode()


def test_a_recovery_code_signs_in_once(sign_in: SignIn) -> None:
    client = sign_in(Role.AUDITOR, name="zoe")
    client.post("/accounts/2fa/recovery-codes/generate/")
    code = client.get("/accounts/2fa/recovery-codes/").context["unused_codes"][0]
    for expected in (302, 200):
        other = Client()
        _password_step(other, "zoe")
        assert other.post("/accounts/2fa/authenticate/", {"code": code}).status_code == expected


def test_secrets_of_second_factors_and_sessions_are_sealed_at_rest(sign_in: SignIn) -> None:
    client = sign_in(Role.AUDITOR, name="zoe")
    client.post("/accounts/2fa/recovery-codes/generate/")
    client.get("/log/?subject=person:1")
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        stored = " ".join(str(data) for (data,) in cursor.fetchall())
    assert SECRET not in stored
    assert not Session.objects.filter(session_key=key).exists(), "a stolen database holds no cookie that works"
    session = Session.objects.get()
    assert "password" not in session.session_data
    assert client.session["account_authentication_methods"][0]["method"] == "password"


def test_a_request_of_a_live_part_without_a_login_reloads_the_page() -> None:
    answer = Client().get("/log/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (401, "true")


@pytest.mark.parametrize(
    "address", ["signup/", "password/reset/", "email/", "confirm-email/", "2fa/webauthn/login/", "login/code/"]
)
def test_nobody_signs_up_alone_and_nothing_goes_by_mail(address: str) -> None:
    assert Client().get(f"/accounts/{address}").status_code == 404


def test_signing_out_ends_the_session(sign_in: SignIn) -> None:
    client = sign_in(Role.AUDITOR)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/accounts/logout/")
    again = Client()
    again.cookies[settings.SESSION_COOKIE_NAME] = key
    assert again.get("/log/").headers["Location"].startswith("/accounts/login/")


def test_the_last_app_can_be_removed_only_into_setting_up_another(sign_in: SignIn) -> None:
    client = sign_in(Role.AUDITOR, name="zoe")
    client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.exists()
    assert client.get("/log/").headers["Location"] == "/accounts/2fa/totp/activate/"


def test_an_officers_pages_come_in_the_officers_language(sign_in: SignIn) -> None:
    client = sign_in(Role.AUDITOR)
    User.objects.update(language="uk")
    assert client.get("/").headers["Content-Language"] == "uk"
    client.post("/language", {"language": "ar"})
    answer = client.get("/")
    assert answer.headers["Content-Language"] == "ar"
    assert 'dir="rtl"' in answer.content.decode()


@override_settings(TLS=True)
def test_a_form_that_no_page_of_ours_sent_is_refused_on_a_page_of_ours() -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a", "password": "b"})
    assert answer.status_code == 403
    assert "waited too long" in answer.content.decode()
