"""Every page of an exchange: shown to who may see it, refused to who may not, not there for who is not assigned to it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from homeward.bureau.access.roles import Role
from homeward.bureau.exchanges import services
from homeward.bureau.journal.models import Line
from tests.bureau.conftest import SignIn, browser_of, make_officer
from tests.bureau.exchanges.conftest import World

pytestmark = pytest.mark.django_db

PAGES = (
    "",
    "officers/",
    "terms/",
    "terms/charter-file",
    "terms/public-file",
    "lists/",
    "lists/home-UA/",
    "lists/home-RU/",
    "plan/",
    "stages/day1/",
    "stages/day2/",
    "to-sign/",
    "record/",
    "record/?before=30",
    "record/verdict",
    "mail/",
)
WITH_NAMES = ("lists/home-UA/rows", "lists/home-UA/answers/", "lists/home-UA/rows?group=soldier")


def test_every_page_opens_for_a_party_and_none_of_them_for_a_stranger(closed_day: World, sign_in: SignIn) -> None:
    client = closed_day.client("UA")
    services.compute(closed_day.exchanges["UA"], by=closed_day.officers["UA"][0])
    stranger = sign_in(Role.LIST_OFFICER, Role.NEGOTIATOR)
    nobody = sign_in()
    for page in (*PAGES, *WITH_NAMES):
        address = closed_day.url("UA", page)
        response = client.get(address)
        assert response.status_code == 200, page
        assert stranger.get(address).status_code == 404, page
        assert nobody.get(address).status_code == 403, page
        login = Client().get(address)
        assert login.status_code == 302, page
        assert "/accounts/login/" in login.headers["Location"], page


def test_without_scripts_or_styles_of_its_own_no_page_breaks_the_content_policy(closed_day: World) -> None:
    client = closed_day.client("UA")
    services.compute(closed_day.exchanges["UA"], by=closed_day.officers["UA"][0])
    for page in (*PAGES[:3], *PAGES[5:], *WITH_NAMES):
        text = client.get(closed_day.url("UA", page)).content.decode()
        assert " style=" not in text, page
        assert not re.search(r"<script(?![^>]*(src=|application/json))", text), page
        assert len(text) < 300_000, page


def test_the_neutral_sees_no_name_of_either_list_on_any_page(closed_day: World) -> None:
    """Counts, categories, heads, interviews, lodging: every page that the neutral's delegate can open is searched for every name."""
    names = closed_day.names()
    assert len(names) > 40
    client = closed_day.client("NEUTRAL")
    shown = 0
    for page in (*PAGES, "interviews/?outcome=all", "interviews/", *WITH_NAMES, "lists/home-RU/rows"):
        response = client.get(closed_day.url("NEUTRAL", page))
        if page.split("?")[0].endswith(("rows", "answers/")):
            assert response.status_code in {403, 404}, page
            continue
        assert response.status_code == 200, page
        text = response.content.decode("utf-8", "replace")
        found = [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
        assert not found, f"{page}: {len(found)} names"
        shown += 1
    assert shown > 12


def test_reading_a_list_is_written_into_the_journal_with_how_many_rows(world: World) -> None:
    client, subject = world.client("UA"), world.exchanges["UA"].subject
    before = Line.objects.filter(tag="exchanges:list:read", subject=subject).count()
    assert client.get(world.url("UA", "lists/home-UA/rows")).status_code == 200
    line = Line.objects.filter(tag="exchanges:list:read", subject=subject).first()
    assert line is not None
    assert line.actor == world.officers["UA"][0]
    assert Line.objects.filter(tag="exchanges:list:read", subject=subject).count() == before + 1
    assert line.counts == {"list": "home-UA", "shown": 36}


def test_a_negotiator_sees_no_health_of_the_people_on_a_list(world: World) -> None:
    user = make_officer("neg", Role.NEGOTIATOR)
    services.assign(world.exchanges["UA"], user, by=None)
    seen = browser_of(user).get(world.url("UA", "lists/home-UA/rows")).content.decode()
    whole = world.client("UA").get(world.url("UA", "lists/home-UA/rows")).content.decode()
    assert "seriously_ill" in whole or "well" in whole
    assert "seriously_ill" not in seen
    assert "stretcher" not in seen.replace("walking", "")


def test_signing_asks_again_who_the_officer_is(world: World) -> None:
    stale = browser_of(world.officers["UA"][0], fresh=False)
    response = stale.get(world.url("UA", "sign?what=close"))
    assert response.status_code == 302
    assert "/accounts/confirm/" in response.headers["Location"]


def test_two_exchanges_with_other_officers_do_not_know_of_each_other(world: World) -> None:
    assert world.client("UA").get(world.url("RU")).status_code == 404
    listed = world.client("UA").get("/exchanges/").content.decode()
    assert "may-ua" in listed
    assert "may-ru" not in listed


def test_whoever_is_not_assigned_any_longer_is_told_nothing(world: World) -> None:
    first, second = world.officers["UA"]
    client = world.client("UA", 1)
    assert client.get(world.url("UA")).status_code == 200
    services.unassign(world.exchanges["UA"], second, by=first)
    assert client.get(world.url("UA")).status_code == 404
