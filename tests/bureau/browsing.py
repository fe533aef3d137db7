"""A real browser on a node that runs in this process, for the tests of the pages.

The browser is the system's own; none is ever downloaded. Tests skip, with the reason, where there is no Chromium or no Playwright.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from homeward.bureau.access.models import User
from tests.bureau.conftest import browser_of

AXE = Path(os.environ.get("HOMEWARD_NODE_FOLDER", "/nonexistent")) / "node_modules" / "axe-core" / "axe.min.js"

#: WCAG 2.2 up to AA, with all that it includes.
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_ASK_AXE = """async (tags) => {
  const found = await axe.run(document, { runOnly: { type: "tag", values: tags } });
  const shown = (node) => node.target + " " + node.html.slice(0, 160);
  return found.violations.map((each) => each.id + ": " + each.help + " | " + each.nodes.slice(0, 4).map(shown).join(" || "));
}"""


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
