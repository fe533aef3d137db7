"""What all tests share: the bureau's settings, for a node in a folder of its own, and in which order files of tests go."""

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


#: Files that take longest, the longest first. They begin first, so that in the end no worker waits for another's long file.
LONG = (
    "tests/bureau/walk/test_walk.py",
    "tests/cli/test_match.py",
    "tests/bureau/test_matrix.py",
    "tests/bureau/node/test_backup.py",
    "tests/bureau/exchanges/test_cut_off.py",
    "tests/rehearsal/test_rehearsal.py",
    "tests/rehearsal/test_nobody_found.py",
    "tests/bureau/handover/test_browser.py",
    "tests/bureau/exchanges/test_from_nothing.py",
    "tests/cli/test_rehearse.py",
    "tests/verifier/test_page.py",
    "tests/matching/test_spark.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files of `LONG` before all others; within a file, and among the others, everything stays where it was."""
    place = {path: number for number, path in enumerate(LONG)}
    items.sort(key=lambda item: place.get(item.nodeid.partition("::")[0], len(LONG)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """`-n auto`: one worker more than processors, because there is always one that waits: for a server, a browser, a database."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real browser, started once for all rooms (`tests.chromium`)."""
    with launched() as started:
        yield started
