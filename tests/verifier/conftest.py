"""A real browser with the second verifier open in it, from disk and without a network.

The browser is the system's own; none is ever downloaded. Tests skip where there is no Chromium or no Playwright.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest

from tests.verifier.corpus import ROOT

PAGE = ROOT / "verifier" / "homeward-verify.html"

_JUDGE = """async (texts) => {
  const found = [];
  for (const text of texts) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const verdict = await homewardVerify.judge(bytes);
    const words = ["en", "uk"].map((language) => [homewardVerify.sayVerdict(language, verdict), homewardVerify.sayAll(language, verdict)]);
    found.push({ ...verdict, words });
  }
  return found;
}"""


class Browser:
    """The page as it stands open, and every request and complaint that it made."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(PAGE.as_uri())

    def judge(self, *contents: bytes) -> list[dict[str, Any]]:
        return list(self.page.evaluate(_JUDGE, [base64.b64encode(content).decode() for content in contents]))


@pytest.fixture(scope="session")
def browser(chromium: Any) -> Iterator[Browser]:
    context = chromium.new_context(offline=True)
    yield Browser(context.new_page())
    context.close()
