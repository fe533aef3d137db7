"""The review desk in a real browser: by keys alone, pair after pair, without a page load and without a pop-up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from homeward.bureau.access.roles import Role
from homeward.bureau.review.models import Run, Word
from homeward.bureau.review.services import start_run
from tests.bureau.browsing import be
from tests.bureau.conftest import make_officer
from tests.bureau.review.people import LISTED, REGISTER, person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def desk(chromium: Any, live_server: Any) -> Iterator[Any]:
    """A page of a reviewer that counts its loads and must never see a dialog."""
    officer = make_officer("bob", Role.REVIEWER)
    context = chromium.new_context()
    be(context, live_server.url, officer)
    page = context.new_page()
    page.loads, page.trouble = [], []
    page.on("load", lambda _page: page.loads.append(page.url))
    page.on("dialog", lambda dialog: page.trouble.append(dialog.message))
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("console", lambda message: page.trouble.append(message.text) if message.type == "error" else None)
    page.officer = officer
    yield page
    assert page.trouble == []
    context.close()


def a_run(count: int) -> Run:
    more = [person(f"r{number}", f"Вигаданий{number}", "Петро", "", f"19{number % 60 + 30}-01-30") for number in range(count)]
    return start_run(exchange="", list_id="draft", entries=[*LISTED, *more], register=REGISTER, by=None)


def test_forty_pairs_are_decided_by_keys_with_one_page_load_and_the_focus_on_each(desk: Any, live_server: Any) -> None:
    run = a_run(45)
    desk.goto(f"{live_server.url}/review/{run.pk}/work/mine")
    seen = set()
    for key in "sdu" * 13 + "d":
        heading = desk.locator("#desk h2").inner_text()
        seen.add(heading)
        desk.keyboard.press(key)
        desk.wait_for_function("before => document.querySelector('#desk h2').innerText !== before", arg=heading)
        desk.wait_for_function("() => document.activeElement === document.querySelector('#desk h2')")
    assert len(seen) == 40
    assert len(desk.loads) == 1
    assert Word.objects.filter(officer=desk.officer).count() == 40


def test_the_other_keys_go_on_go_back_undo_and_help(desk: Any, live_server: Any) -> None:
    run = a_run(3)
    desk.goto(f"{live_server.url}/review/{run.pk}/work/mine")
    heading = desk.locator("#desk h2")
    first = heading.inner_text()
    desk.keyboard.press("j")
    desk.wait_for_function("before => document.querySelector('#desk h2').innerText !== before", arg=first)
    desk.keyboard.press("k")
    desk.wait_for_function("wanted => document.querySelector('#desk h2').innerText === wanted", arg=first)
    desk.keyboard.press("s")
    desk.wait_for_function("before => document.querySelector('#desk h2').innerText !== before", arg=first)
    desk.keyboard.press("z")
    desk.wait_for_function("wanted => document.querySelector('#desk h2').innerText === wanted", arg=first)
    assert "taken back" in desk.locator(".desk__note").inner_text()
    assert [word.said for word in Word.objects.order_by("pk")] == ["same", "taken_back"]
    assert not desk.locator(".desk__keys dl").is_visible()
    desk.keyboard.press("?")
    assert desk.locator(".desk__keys dl").is_visible()
    assert len(desk.loads) == 1


def test_without_script_every_step_is_a_page_of_its_own(chromium: Any, live_server: Any) -> None:
    run = a_run(0)
    context = chromium.new_context(java_script_enabled=False)
    be(context, live_server.url, make_officer("olha", Role.REVIEWER))
    page = context.new_page()
    page.goto(f"{live_server.url}/review/{run.pk}/work/mine")
    first = page.locator("#desk h2").inner_text()
    page.get_by_role("button", name="Unsure").click()
    assert page.locator("#desk h2").inner_text() != first
    assert Word.objects.count() == 1
    context.close()
