"""Officers of a node under test, each in a browser without pictures (Django's test client).

Alice is a registrar, Bob a reviewer, Olha a second reviewer, Nadia the neutral's delegate, Charlie an officer without any role.
`sign_in(role, …)` makes an officer with any roles, with a second factor, freshly authenticated.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client
from django.test.client import ClientHandler

from homeward.bureau.access.models import User
from homeward.bureau.access.roles import Role
from homeward.bureau.vault.sessions import SessionStore

settings.PASSWORD_HASHERS = ["tests.bureau.hashing.QuickScrypt"]
#: Tests that do not log in with a password share one hash.
PASSWORD = "a long password for tests"
_HASH = make_password(PASSWORD)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
#: One chain of middlewares for all browsers; a client that makes its own looks through all static files first.
_HANDLER = ClientHandler(enforce_csrf_checks=False)

SignIn = Callable[..., Client]


@pytest.fixture(autouse=True, scope="session")
def _place_for_static_files() -> None:
    """`homeward serve` makes it; without it every browser of the tests would be warned."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True, scope="session")
def _emptying_past_the_triggers() -> Iterator[None]:
    """Tests with real transactions are undone by emptying every table, which triggers refuse for tables of history: for that one
    moment they are taken off. Nothing else in the tests goes past them."""
    emptying = BaseDatabaseOperations.execute_sql_flush

    def past_the_triggers(self: BaseDatabaseOperations, statements: Sequence[str]) -> None:
        with self.connection.cursor() as cursor:
            if self.connection.vendor == "sqlite":
                cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
                triggers = cursor.fetchall()
                off, on = [f'DROP TRIGGER "{name}"' for name, _ in triggers], [str(made) for _, made in triggers]
            else:
                cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
                tables = [str(table) for (table,) in cursor.fetchall()]
                off, on = ([f"ALTER TABLE {table} {what} TRIGGER USER" for table in tables] for what in ("DISABLE", "ENABLE"))
            for statement in off:
                cursor.execute(statement)
        emptying(self, statements)
        with self.connection.cursor() as cursor:
            for statement in on:
                cursor.execute(statement)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(BaseDatabaseOperations, "execute_sql_flush", past_the_triggers)
        yield


def make_officer(name: str, *roles: Role, second_factor: bool = True, device: str = "") -> User:
    """An officer with these roles and, unless told otherwise, a TOTP second factor of a known secret."""
    user = User.objects.create(username=name, called=name.title(), role_names=sorted(roles), password=_HASH, device=device)
    if second_factor:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": get_adapter().encrypt(SECRET)})
    return user


def browser_of(user: User, *, fresh: bool = True) -> Client:
    """A client whose officer signed in some time ago. `fresh` says that password and second factor were given just now.

    The session is written as signing in leaves it, without the signing in: there are thousands of these in a run.
    """
    client = Client()
    client.handler = _HANDLER
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    if fresh:
        session["account_authentication_methods_user"] = str(user.pk)
        session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "username": user.username}]
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


@pytest.fixture
def sign_in(db: None) -> SignIn:
    """`sign_in(Role.REGISTRAR, name="zoe")` → a client of a new officer, which carries the officer as `client.officer`."""

    def make(*roles: Role, name: str = "", fresh: bool = True, device: str = "") -> Client:
        user = make_officer(name or f"officer{User.objects.count() + 1}", *roles, device=device)
        client = browser_of(user, fresh=fresh)
        client.officer = user  # type: ignore[attr-defined]
        return client

    return make


@pytest.fixture
def alice(sign_in: SignIn) -> Client:
    return sign_in(Role.REGISTRAR, name="alice")


@pytest.fixture
def bob(sign_in: SignIn) -> Client:
    return sign_in(Role.REVIEWER, name="bob")


@pytest.fixture
def olha(sign_in: SignIn) -> Client:
    return sign_in(Role.REVIEWER, name="olha")


@pytest.fixture
def nadia(sign_in: SignIn) -> Client:
    return sign_in(Role.NEUTRAL_DELEGATE, name="nadia")


@pytest.fixture
def charlie(sign_in: SignIn) -> Client:
    return sign_in(name="charlie")


@pytest.fixture
def node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A node's folder of this test's own, for offices of exchanges, exports and backups."""
    monkeypatch.setattr(settings, "NODE", tmp_path)
    return tmp_path
