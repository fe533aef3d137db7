"""Every address of the node obeys the table of `tests/bureau/matrix.py`, for every role, yours and not yours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from homeward.bureau.access.models import User
from homeward.bureau.access.roles import Role
from tests.bureau.conftest import browser_of, make_officer
from tests.bureau.matrix import MATRIX, LibraryRow, OpenRow, Row
from tests.bureau.things import THINGS, Thing
from tests.bureau.walking import Address, addresses

pytestmark = pytest.mark.django_db

_ROWS = {row.address: row for row in MATRIX}
_WHO: tuple[Role | None, ...] = (*Role, None)


@pytest.fixture(autouse=True)
def _no_throttle() -> None:
    cache.clear()


def test_every_address_of_the_node_has_a_row_and_every_row_an_address() -> None:
    found = {each.name: each for each in addresses()}
    missing = [_row_to_add(each) for name, each in found.items() if name not in _ROWS]
    assert not missing, "add to tests/bureau/matrix.py, and say which roles may:\n    " + "\n    ".join(missing)
    assert sorted(set(_ROWS) - set(found)) == [], "these rows of tests/bureau/matrix.py have no address any more"
    assert len(MATRIX) == len(_ROWS), "two rows for one address"


def test_every_address_that_names_something_says_what_happens_when_it_is_not_yours() -> None:
    naming = {each.name for each in addresses() if "<" in each.pattern}
    silent = [row.address for row in MATRIX if isinstance(row, Row) and row.address in naming and row.not_yours is None]
    assert silent == []


@pytest.mark.parametrize("row", [row for row in MATRIX if isinstance(row, Row)], ids=lambda row: row.address)
def test_each_role_gets_what_the_table_says(row: Row, node: Any) -> None:
    thing = THINGS[row.thing]() if row.thing else Thing({}, {})
    wrong = []
    for role in _WHO:
        # Who may not is refused before anything is looked up, so that the answer tells nothing about what exists.
        expected = {"yours": (thing.yours, row.ok if role in row.may else 403)}
        if row.not_yours is not None:
            expected["not yours"] = (thing.not_yours, row.not_yours if role in row.may | row.refused else 403)
        for whose, (words, code) in expected.items():
            with _undone():
                user = _officer(role)
                if whose == "yours":
                    thing.open_to(user)
                got = _ask(browser_of(user), row, words, {**row.sent, **thing.sent})
            if got != code:
                wrong.append(f"{role.value if role else 'no role'}, {whose}: {got}, and the table says {code}")
    assert wrong == [], row.address


@pytest.mark.parametrize("row", [row for row in MATRIX if isinstance(row, Row)], ids=lambda row: row.address)
def test_without_a_login_every_address_leads_to_the_login(row: Row) -> None:
    words = THINGS[row.thing]().yours if row.thing else {}
    answer = _send(Client(), row.method, reverse(row.address, kwargs=dict(words)), row.sent)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("row", [row for row in MATRIX if isinstance(row, Row)], ids=lambda row: row.address)
def test_without_a_second_factor_every_address_leads_to_setting_one_up(row: Row) -> None:
    words = THINGS[row.thing]().yours if row.thing else {}
    user = make_officer("newcomer", *[role for role in row.may if role is not None][:1], second_factor=False)
    answer = _send(browser_of(user), row.method, reverse(row.address, kwargs=dict(words)), row.sent)
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("mfa_activate_totp")


@pytest.mark.parametrize("row", [row for row in MATRIX if isinstance(row, Row)], ids=lambda row: row.address)
def test_what_asks_again_asks_and_nothing_else_does(row: Row, node: Any) -> None:
    view = next(each.view for each in addresses() if each.name == row.address)
    assert row.again == bool(getattr(view, "again", False))
    if row.again:
        words = THINGS[row.thing]().yours if row.thing else {}
        role = next(role for role in sorted(filter(None, row.may)))
        user = _officer(role)
        answer = _send(browser_of(user, fresh=False), row.method, reverse(row.address, kwargs=dict(words)), row.sent)
        assert answer.status_code == 302
        assert re.search(r"/accounts/(confirm|2fa/(webauthn/)?reauthenticate)/", answer.headers["Location"])


@pytest.mark.parametrize("row", [row for row in MATRIX if isinstance(row, OpenRow)], ids=lambda row: row.address)
def test_an_open_address_is_open(row: OpenRow, node: Any) -> None:
    words = THINGS[row.thing]().yours if row.thing else {}
    address = reverse(row.address, kwargs=dict(words))
    assert _send(Client(), row.method, address, row.sent).status_code == row.code
    assert _send(browser_of(_officer(None)), row.method, address, row.sent).status_code == (row.signed_in or row.code)


@pytest.mark.parametrize("row", [row for row in MATRIX if isinstance(row, LibraryRow)], ids=lambda row: row.address)
def test_a_page_of_signing_in_answers_as_the_table_says(row: LibraryRow) -> None:
    words = THINGS[row.thing]().yours if row.thing else {}
    address = reverse(row.address, kwargs=dict(words))
    assert browser_of(_officer(None)).get(address).status_code == row.officer
    assert Client().get(address).status_code == row.nobody


def _row_to_add(each: Address) -> str:
    naming = ', not_yours=404, thing="…"' if "<" in each.pattern else ""
    return f'Row("{each.name}", only(…){naming})  # {each.pattern} needs {[*map(str, getattr(each.view, "needs", None) or ())]}'


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _officer(role: Role | None) -> User:
    return make_officer(role.value if role else "without", *([role] if role else []))


def _ask(client: Client, row: Row, words: Mapping[str, Any], sent: Mapping[str, str]) -> int:
    return int(_send(client, row.method, reverse(row.address, kwargs=dict(words)), sent).status_code)


def _send(client: Client, method: str, address: str, sent: Mapping[str, str]) -> Any:
    return client.post(address, dict(sent)) if method == "POST" else client.get(address, dict(sent))
