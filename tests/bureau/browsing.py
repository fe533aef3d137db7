"""A real browser on a node that runs in this process, for the tests of the pages.

The browser is the system's own; none is ever downloaded. Tests skip, with the reason, where there is no Chromium or no Playwright.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from homeward.bureau.access.models import User
from tests.bureau.conftest import browser_of

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = Path(os.environ.get("HOMEWARD_NODE_FOLDER", "/nonexistent")) / "node_modules" / "axe-core" / "axe.min.js"

#: WCAG 2.2 up to AA, with all that it includes.
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_ASK_AXE = """async (tags) => {
  const found = await axe.run(document, { runOnly: { type: "tag", values: tags } });
  const shown = (node) => node.target + " " + node.html.slice(0, 160);
  return found.violations.map((each) => each.id + ": " + each.help + " | " + each.nodes.slice(0, 4).map(shown).join(" || "));
}"""


@contextmanager
def launched() -> Iterator[Any]:
    """Chromium, started once for many pages."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright for Python is not installed")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here (apt-get install chromium)")
    # Playwright's loop runs in this thread; Django takes it for a reason not to touch the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


def be(context: Any, address: str, user: User, *, fresh: bool = True) -> Client:
    """Sign the officer in, in this browser context. Gives the client whose session it shares."""
    client = browser_of(user, fresh=fresh)
    morsel = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": morsel.key, "value": morsel.value, "url": address}])
    return client


def speak(context: Any, address: str, language: str) -> None:
    """Show the pages in this language."""
    context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": address}])


def complaints_of_axe(page: Any) -> list[str]:
    """What axe finds against WCAG 2.2 AA on the page as it stands. The script goes in past the page's own security policy."""
    page.evaluate(AXE.read_text("utf-8"))
    return list(page.evaluate(_ASK_AXE, _TAGS))


needs_axe = pytest.mark.skipif(
    not AXE.exists(), reason="no axe-core in HOMEWARD_NODE_FOLDER (npm install axe-core in a folder that it names)"
)
