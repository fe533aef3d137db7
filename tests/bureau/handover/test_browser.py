"""The handover desk in a real browser: ticks that outlive a lost network, two tablets at one vehicle, targets for gloves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from homeward.bureau.access.roles import Role
from homeward.bureau.exchanges.models import Assignment, Exchange
from homeward.bureau.handover.models import Manifest, Tick
from tests.bureau.browsing import be
from tests.bureau.conftest import make_officer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
BUS = 1


@pytest.fixture
def address(manifest: Manifest, live_server: Any) -> str:
    return f"{live_server.url}/handover/{manifest.pk}/{BUS}/"


@pytest.fixture
def tablet(chromium: Any, manifest: Manifest, live_server: Any) -> Iterator[Any]:
    """Opens the vehicle's page as an officer with this name, on a tablet's screen."""
    exchange = Exchange.objects.create(slug=manifest.exchange, title="Autumn")
    contexts = []

    def opened(name: str) -> Any:
        officer = make_officer(name, Role.HANDOVER_OFFICER)
        Assignment.objects.create(exchange=exchange, user=officer)
        context = chromium.new_context(viewport={"width": 820, "height": 1180}, color_scheme="dark")
        contexts.append(context)
        be(context, live_server.url, officer)
        page = context.new_page()
        page.goto(f"{live_server.url}/handover/{manifest.pk}/{BUS}/")
        return page

    yield opened
    for context in contexts:
        context.close()


def row(page: Any, person: str) -> Any:
    return page.locator(f"#{person}")


def becomes(page: Any, person: str, state: str) -> None:
    page.wait_for_selector(f"#{person}[data-state={state}]", state="attached")


def test_ticks_made_without_a_network_are_shown_kept_and_sent_once_it_is_back(tablet: Any) -> None:
    """OpenCRVS #13303, #12292: an outbox that stuck for ever, or said "sending" for ever."""
    page = tablet("darka")
    page.context.set_offline(True)
    for person in ("p-0102", "p-0103"):
        row(page, person).get_by_role("button", name="Received").click()
    page.wait_for_selector("#outbox:not([hidden])")
    assert "2" in page.locator("[data-outbox-count]").inner_text()
    assert "p-0102" in page.locator("[data-outbox-list]").inner_text()
    assert not Tick.objects.exists()
    # The browser tells that the network is back, and the page sends at once.
    page.context.set_offline(False)
    becomes(page, "p-0102", "done")
    becomes(page, "p-0103", "done")
    page.wait_for_selector("#outbox", state="hidden")
    assert Tick.objects.count() == 2


def test_a_tick_whose_answer_was_lost_is_sent_again_under_its_number_and_counts_once(tablet: Any) -> None:
    """OpenCRVS #2936: what was sent twice stood there twice."""
    page = tablet("darka")
    sent: list[dict[str, Any]] = []

    def lose_the_first_answer(route: Any) -> None:
        sent.extend(route.request.post_data_json["ticks"])
        if len(sent) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/tick", lose_the_first_answer)
    row(page, "p-0102").get_by_role("button", name="Received").click()
    becomes(page, "p-0102", "done")
    assert len(sent) == 2
    assert sent[0]["key"] == sent[1]["key"]
    assert Tick.objects.get().key == UUID(sent[0]["key"])


def test_signing_out_in_another_window_loses_no_tick(tablet: Any, manifest: Manifest, live_server: Any) -> None:
    """OpenCRVS #5313: a record that vanished from the outbox."""
    page = tablet("darka")
    page.context.clear_cookies()
    row(page, "p-0102").get_by_role("button", name="Received").click()
    page.wait_for_selector("[data-outbox-why=login]", state="visible")
    assert not Tick.objects.exists()
    from homeward.bureau.access.models import User

    be(page.context, live_server.url, User.objects.get(username="darka"))
    becomes(page, "p-0102", "done")
    assert Tick.objects.count() == 1


def test_one_tablet_sees_what_another_ticked_and_a_tick_after_departure_is_told(tablet: Any, address: str) -> None:
    first, second = tablet("darka"), tablet("orest")
    row(first, "p-0102").get_by_role("button", name="Received").click()
    becomes(first, "p-0102", "done")
    second.wait_for_selector("#p-0102[data-state=done]", timeout=15_000)
    row(first, "p-0103").get_by_role("button", name="Received").click()
    first.locator("#id_theirs").fill("2")
    first.get_by_role("button", name="Sign the departure").click()
    first.wait_for_selector("text=both sides counted 2")
    row(second, "p-0102").get_by_role("button", name="Take back").click()
    second.wait_for_selector("#refused:not([hidden])")
    assert "left already" in second.locator("#refused").inner_text()
    becomes(second, "p-0102", "done")
    second.get_by_role("button", name="I have seen this").click()
    assert second.locator("#refused").is_hidden()


def test_whatever_is_touched_is_at_least_44_pixels_high_and_wide(tablet: Any) -> None:
    page = tablet("darka")
    row(page, "p-0102").locator("summary").click()
    small = page.eval_on_selector_all(
        ".vehicle :is(button, summary, input:not([type=checkbox], [type=hidden]), label:has(input))",
        """all => all.map(one => [one.innerText || one.id, one.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.height < 44 || box.width < 44)).map(([name, box]) => `${name} ${box.height}`)""",
    )
    assert small == []
