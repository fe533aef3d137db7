"""The page of a job in a real browser: its progress moves, and it goes to the result by itself."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from homeward.bureau.access.roles import Role
from homeward.bureau.jobs import services, working
from homeward.bureau.jobs.kinds import READ
from homeward.bureau.register.work import ask_to_read
from tests.bureau.browsing import be, complaints_of_axe, needs_axe
from tests.bureau.conftest import make_officer
from tests.bureau.register.people import RECORDS
from tests.bureau.register.test_imports import sheet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROWS = [[f"Ж-{n}", "Вигаданенко", "Тарас", "", f"{1960 + n}-05-14", ""] for n in range(3)]


@needs_axe
def test_the_page_of_a_job_moves_tells_little_and_goes_to_the_result(chromium: Any, live_server: Any) -> None:
    officer = make_officer("registrar", Role.REGISTRAR)
    job = ask_to_read(sheet(ROWS), "list.csv", RECORDS, by=officer)
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    be(context, live_server.url, officer)
    page = context.new_page()
    page.goto(f"{live_server.url}/jobs/{job.pk}/")
    assert complaints_of_axe(page) == []
    held = services.claim(READ, "one")
    assert held is not None
    page.get_by_role("button", name="Give this job up").wait_for(state="detached")
    assert "running" in page.locator(".head").inner_text()
    services.tell(held, "comparing", 420, 1000)
    page.get_by_text("comparing: 420 of 1,000 rows").wait_for()
    # What a screen reader reads out is another element, which changes with every tenth.
    page.wait_for_function("() => document.querySelector('#said').textContent.includes('40 per cent')")
    assert complaints_of_axe(page) == []
    if shots := os.environ.get("HOMEWARD_SHOTS"):
        page.screenshot(path=Path(shots) / "job.png")
    services.release("one")
    working.work_off(READ)
    page.wait_for_url("**/people/imports/*/")
    assert "dry run, nothing done" in page.locator(".head").inner_text()
    context.close()
