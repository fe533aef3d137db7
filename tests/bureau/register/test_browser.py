"""The register in a real browser: searching while typing, duplicates beside the form, an import that runs by itself, keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from homeward.bureau.access.roles import Role
from homeward.bureau.register.models import Import, Person
from tests.bureau.browsing import be
from tests.bureau.conftest import make_officer
from tests.bureau.register.people import koval
from tests.bureau.register.test_imports import HEADINGS, ROWS, sheet

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(chromium: Any, live_server: Any) -> Iterator[Any]:
    """A registrar's page that notes every address it asks for and every complaint."""
    context = chromium.new_context()
    be(context, live_server.url, make_officer("rita", Role.REGISTRAR))
    opened = context.new_page()
    opened.asked, opened.trouble = [], []
    opened.on("request", lambda request: opened.asked.append(unquote(request.url)))
    opened.on("pageerror", lambda error: opened.trouble.append(str(error)))
    opened.on("console", lambda message: opened.trouble.append(message.text) if message.type == "error" else None)
    yield opened
    assert opened.trouble == []
    context.close()


def test_typing_a_name_finds_it_in_another_script_and_no_address_ever_holds_it(page: Any, live_server: Any) -> None:
    made = koval()
    page.goto(f"{live_server.url}/people/")
    page.keyboard.press("/")
    page.keyboard.type("kovalenchuk ost", delay=30)
    page.locator("#hits").get_by_text(str(made)).wait_for()
    assert "Коваленчук" in page.locator("#hits").inner_text()
    page.locator("#hits a").first.click()
    page.wait_for_url(f"**/people/{made.number}/")
    page.go_back()
    assert not [address for address in page.asked if "koval" in address.lower() or "коваленчук" in address.lower()]


def test_likely_duplicates_stand_beside_the_form_and_stop_nobody(page: Any, live_server: Any) -> None:
    made = koval()
    page.goto(f"{live_server.url}/people/")
    page.keyboard.press("n")
    page.wait_for_url("**/people/add/")
    page.get_by_label("Surname", exact=True).fill("Kovalenchuk")
    page.get_by_label("Given names", exact=True).fill("Ostap")
    page.locator("#alike").get_by_text(str(made)).wait_for()
    page.get_by_label("Date of birth", exact=True).fill("1987")
    page.get_by_role("button", name="Enter this person").click()
    page.wait_for_url("**/people/*/")
    assert Person.objects.count() == 2


def test_an_import_runs_to_its_end(page: Any, live_server: Any, tmp_path: Path) -> None:
    rows = [*ROWS, *([f"Г-{n}", f"Вигаданий{'абвгдежзик'[n % 10]}", "Петро", "", f"19{50 + n % 50}", ""] for n in range(120))]
    path = tmp_path / "list.csv"
    path.write_bytes(sheet(rows, HEADINGS))
    page.goto(f"{live_server.url}/people/imports/add/")
    page.get_by_label("File").set_input_files(path)
    page.get_by_role("button", name="Show what it would do").click()
    page.wait_for_url("**/people/imports/*/")
    assert not Person.objects.exists()
    page.get_by_label("Decision about row 3", exact=True).select_option("skip")
    page.wait_for_function(
        "() => document.querySelector('#choice-3').value === 'skip' && !document.querySelector('.htmx-request')"
    )
    page.get_by_role("button", name="Import 124 rows").click()
    page.get_by_text("What was done").wait_for(timeout=60_000)
    made = Import.objects.get()
    assert made.state == "applied"
    assert made.counts["outcomes"] == {"added": 122, "refused": 1, "skipped": 1}
    assert Person.objects.count() == 122
