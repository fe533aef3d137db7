"""Invented officers: one click on a demo node, no such address on any other."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import include, path

from homeward.bureau.access.demo import add_demo_officer, hint
from homeward.bureau.access.demo_addresses import demo_addresses
from homeward.bureau.access.roles import Role
from homeward.bureau.node import urls
from tests.bureau.conftest import make_officer
from tests.bureau.walking import addresses

pytestmark = pytest.mark.django_db

DEMO = replace(settings.IDENTITY, demo=True)


def _demo_node() -> ModuleType:
    made = ModuleType("demo_urls")
    made.urlpatterns = [*demo_addresses(demo=True), path("", include(urls))]  # type: ignore[attr-defined]
    return made


def test_a_node_that_is_no_demo_has_no_such_address_at_all() -> None:
    assert not settings.IDENTITY.demo
    assert not [each for each in addresses() if "demo" in each.name or "demo" in each.pattern]
    user = make_officer("zoe", Role.AUDITOR)
    client = Client()
    assert client.post(f"/demo/officers/{user.pk}").status_code == 404
    page = client.get("/accounts/login/").content.decode()
    assert "zoe" not in page
    assert "Demo" not in page


def test_a_node_that_is_no_demo_takes_no_invented_officers() -> None:
    with pytest.raises(AssertionError):
        add_demo_officer("alice", called="Alice", roles=[Role.REGISTRAR])


def test_on_a_demo_node_one_click_is_enough_to_be_an_invented_officer() -> None:
    with override_settings(IDENTITY=DEMO, ROOT_URLCONF=_demo_node()):
        user = add_demo_officer("ann", called="Ann", roles=[Role.AUDITOR])
        client = Client()
        page = client.get("/accounts/login/").content.decode()
        assert f"/demo/officers/{user.pk}" in page
        assert hint(user).password in page
        assert client.get(f"/demo/officers/{user.pk}").status_code == 405
        assert client.post(f"/demo/officers/{user.pk}").headers["Location"] == "/"
        assert client.get("/log/").status_code == 200


def test_the_hint_signs_in_by_hand_and_stands_where_the_node_asks_again() -> None:
    with override_settings(IDENTITY=DEMO, ROOT_URLCONF=_demo_node()):
        user = add_demo_officer("ann", called="Ann", roles=[Role.AUDITOR])
        told, client = hint(user), Client()
        client.post("/accounts/login/", {"login": "ann", "password": told.password})
        assert client.post("/accounts/2fa/authenticate/", {"code": told.code}).status_code == 302
        assert told.password in client.get("/accounts/confirm/").content.decode()
