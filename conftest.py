"""What all tests share before any of them is collected: the bureau's settings, for a node in a folder of its own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest

# Every process of a test run has its own node: databases and keys of two of them never meet.
os.environ["HOMEWARD_NODE"] = tempfile.mkdtemp(prefix="homeward-test-node-")
os.environ["DJANGO_SETTINGS_MODULE"] = "homeward.bureau.node.settings"
# HOMEWARD_TEST_DATABASE=postgresql://… runs the bureau's tests on a real PostgreSQL; without it they run on SQLite.
os.environ["HOMEWARD_DATABASE"] = os.environ.get("HOMEWARD_TEST_DATABASE", "")
# Playwright's loop runs in the thread of the tests; Django takes it for a reason not to touch the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

import django
from tests.chromium import launched

django.setup()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real browser, started once for all rooms (`tests.chromium`)."""
    with launched() as started:
        yield started
