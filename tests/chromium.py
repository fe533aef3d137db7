"""The one real browser of a test process: started once, because Playwright's loop can run only once in a thread.

The browser is the system's own; none is ever downloaded. Tests skip, with the reason, where there is no Chromium or no Playwright.
Chromium without windows (Debian's `chromium-headless-shell`, the same engine) is taken first: it takes less than half the time,
because the whole one draws a window with tabs around every page, where nobody looks.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((found for name in _NAMES if (found := shutil.which(name)) is not None), None)


@contextmanager
def launched() -> Iterator[Any]:
    """Chromium, started once for many pages."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright for Python is not installed")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here (apt-get install chromium)")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()
