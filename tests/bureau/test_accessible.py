"""Every page in a real browser: WCAG 2.2 AA by axe in light and dark, under 300 kB, nothing from another host, by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.urls import reverse

from homeward.bureau.access.models import User
from homeward.bureau.access.roles import Role
from tests.bureau.browsing import AXE, be, complaints_of_axe, needs_axe, speak
from tests.bureau.conftest import make_officer
from tests.bureau.matrix import MATRIX, LibraryRow, Row
from tests.bureau.things import THINGS, Thing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_BYTES = 300_000

#: Addresses that answer with a file, or with a part of a page that HTMX puts into a whole one.
_FILES = {
    "health",
    "register:import_result",
    "exchanges:public_file",
    "exchanges:charter_file",
    "handover:leaving",
    "handover:state",
}
PAGES = [
    row
    for row in MATRIX
    if row.address not in _FILES
    and (
        (isinstance(row, Row) and row.method == "GET" and row.ok == 200) or (isinstance(row, LibraryRow) and row.officer == 200)
    )
]


@pytest.fixture
def page(chromium: Any, live_server: Any) -> Iterator[Any]:
    """A page in a browser context of its own, which notes everything that it loads and complains of."""
    cache.clear()
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.weight, opened.requested, opened.complaints = 0, [], []
    protocol = context.new_cdp_session(opened)
    protocol.send("Network.enable")

    def weigh(event: Mapping[str, Any]) -> None:
        opened.weight += int(event["encodedDataLength"])

    protocol.on("Network.loadingFinished", weigh)
    opened.on("request", lambda request: opened.requested.append(request.url))
    opened.on("console", lambda message: opened.complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    yield opened
    context.close()


def _officer_for(row: Row | LibraryRow) -> User:
    roles = [role for role in row.may if role is not None] if isinstance(row, Row) else [Role.AUDITOR]
    return make_officer("looking", *sorted(roles)[:1])


def _path(row: Row | LibraryRow, user: User) -> str:
    thing = THINGS[row.thing]() if row.thing else Thing({}, {})
    thing.open_to(user)
    sent = urlencode({**row.sent, **thing.sent}) if isinstance(row, Row) else ""
    return reverse(row.address, kwargs=dict(thing.yours)) + (f"?{sent}" if sent else "")


@needs_axe
@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.address)
def test_a_page_holds_to_wcag_loads_little_and_nothing_from_elsewhere(
    row: Row | LibraryRow, page: Any, live_server: Any, node: Any
) -> None:
    user = _officer_for(row)
    path = _path(row, user)
    be(page.context, live_server.url, user)
    answer = page.goto(live_server.url + path, wait_until="networkidle")
    assert answer.status == 200
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert page.complaints == []
    assert [url for url in page.requested if not url.startswith((live_server.url, "data:"))] == []
    assert page.weight < MOST_BYTES
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert complaints_of_axe(page) == [], scheme


@needs_axe
@pytest.mark.parametrize("path", ["/accounts/login/", "/nothing/here/"])
def test_pages_without_a_login_hold_to_wcag_too(path: str, page: Any, live_server: Any) -> None:
    page.goto(live_server.url + path)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert complaints_of_axe(page) == [], scheme


@needs_axe
def test_axe_is_really_looking(page: Any, live_server: Any) -> None:
    page.goto(live_server.url + "/accounts/login/")
    page.evaluate("document.querySelector('label[for=id_login]').remove()")
    assert any(each.startswith("label") for each in complaints_of_axe(page))
    assert AXE.stat().st_size > 100_000


def _focused(page: Any) -> str:
    return str(
        page.evaluate(
            "(document.activeElement.innerText || document.activeElement.name || document.activeElement.id || '').trim()"
        )
    )


def _tab_to(page: Any, wanted: str, most: int = 60) -> None:
    """Go on with the tab key until the focus is on what is wanted; every stop has to be visible."""
    for _ in range(most):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "(() => { const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);"
            " return at === document.body || (box.width > 0 && box.height > 0 && style.outlineStyle !== 'none'); })()"
        )
        assert seen, f"the focus cannot be seen on {_focused(page)!r}"
        if re.search(wanted, _focused(page)):
            return
    raise AssertionError(f"{wanted} is not reached by the tab key")


def test_by_keyboard_alone_an_administrator_signs_in_and_adds_an_officer(page: Any, live_server: Any) -> None:
    from tests.bureau.access.test_signing_in import _code
    from tests.bureau.conftest import PASSWORD

    make_officer("adam", Role.ADMINISTRATOR)
    page.goto(live_server.url + "/staff/")
    _tab_to(page, "^Skip to the content$")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    _tab_to(page, "^login$")
    page.keyboard.type("adam")
    _tab_to(page, "^password$")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/authenticate/**")
    _tab_to(page, "^code$")
    page.keyboard.type(_code())
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/")
    page.keyboard.press("n")
    page.wait_for_url("**/staff/add")
    _tab_to(page, "^username$")
    page.keyboard.type("zoe")
    _tab_to(page, "^called$")
    page.keyboard.type("Zoe")
    _tab_to(page, "^roles$")
    page.keyboard.press("Space")
    _tab_to(page, "^Add the officer$")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="One-time password").wait_for()
    assert User.objects.get(username="zoe").roles == {Role.REGISTRAR}


def test_by_keyboard_alone_an_auditor_asks_the_journal(page: Any, live_server: Any) -> None:
    be(page.context, live_server.url, make_officer("ann", Role.AUDITOR))
    page.goto(live_server.url + "/")
    _tab_to(page, "^Journal$")
    page.keyboard.press("Enter")
    page.wait_for_url("**/log/")
    _tab_to(page, "^subject$")
    page.keyboard.type("person:1")
    page.keyboard.press("Enter")
    page.wait_for_url("**subject=person%3A1**")


def test_the_menu_of_the_officer_opens_and_the_language_changes_by_keyboard(page: Any, live_server: Any) -> None:
    be(page.context, live_server.url, make_officer("ann", Role.AUDITOR))
    page.goto(live_server.url + "/log/")
    _tab_to(page, "^ann$")
    page.keyboard.press("Enter")
    _tab_to(page, "^Sign out$")
    page.goto(live_server.url + "/log/")
    _tab_to(page, "^language$|Українська")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.documentElement.lang") == "en", "nothing happens before one says so (WCAG 3.2.2)"
    _tab_to(page, "^Show$")
    page.keyboard.press("Enter")
    page.wait_for_function("document.documentElement.lang === 'uk'")
    assert page.evaluate("document.documentElement.lang") == "uk"
    assert page.get_by_role("heading", level=1).inner_text() == "Журнал"


def test_in_arabic_the_page_turns_round(page: Any, live_server: Any) -> None:
    be(page.context, live_server.url, make_officer("ann", Role.AUDITOR))
    speak(page.context, live_server.url, "ar")
    page.goto(live_server.url + "/log/")
    assert page.evaluate("[document.documentElement.dir, document.documentElement.lang]") == ["rtl", "ar"]
    assert page.get_by_role("heading", level=1).inner_text() == "اليومية"
    measured = page.evaluate(
        """() => {
          const box = (selector) => document.querySelector(selector).getBoundingClientRect();
          const style = (selector) => getComputedStyle(document.querySelector(selector));
          return {
            menuRight: box(".menu").right, width: document.documentElement.clientWidth, mainLeft: box("main").left,
            menuLeft: box(".menu").left, nameRight: box(".bar__name").right, languageLeft: box(".bar__language").left,
            heading: style("h1").direction, cell: style("thead th:nth-child(2)").textAlign, border: style(".menu").borderLeftWidth,
            current: style(".menu a[aria-current]").boxShadow, overflow: document.documentElement.scrollWidth,
          };
        }"""
    )
    assert measured["menuRight"] == measured["width"], "the menu stands at the right"
    assert measured["mainLeft"] < measured["menuLeft"], "the page stands left of it"
    assert measured["nameRight"] > measured["languageLeft"], "the bar begins at the right"
    assert (measured["heading"], measured["cell"], measured["border"]) == ("rtl", "start", "1px")
    assert "-3px" in measured["current"], "the mark of the page that is open is at its right edge"
    assert measured["overflow"] <= measured["width"]


def test_at_four_hundred_percent_nothing_is_cut_off(page: Any, live_server: Any) -> None:
    """WCAG 1.4.10: 320 pixels wide, without scrolling to the side."""
    be(page.context, live_server.url, make_officer("ann", Role.AUDITOR))
    page.set_viewport_size({"width": 320, "height": 640})
    for path in ("/", "/log/", "/staff/"):
        page.goto(live_server.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
