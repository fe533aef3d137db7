"""What all tests share: the bureau's settings, for a node in a folder of its own, and in which order files of tests go."""

from __future__ import annotations

import gc
import importlib
import os
import shutil
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
    "tests/matching/test_spark.py",
    "tests/bureau/test_matrix.py",
    "tests/cli/test_record_check.py",
    "tests/bureau/node/test_backup.py",
    "tests/bureau/test_accessible.py",
    "tests/bureau/jobs/test_killed.py",
    "tests/rehearsal/test_rehearsal.py",
    "tests/bureau/handover/test_browser.py",
    "tests/report/test_page.py",
    "tests/cli/test_rehearse.py",
)

#: Files that begin with one of these words share what is dear to make: one worker takes all of a line, and it is made once.
TOGETHER = (
    # Compiled loops, and a Java machine for Spark.
    (
        "tests/matching/test_spark.py",
        "tests/matching/test_columns.py",
        "tests/matching/test_compiled.py",
        "tests/cli/test_match.py",
    ),
    # An exchange played half way, for offices as nodes have them.
    ("tests/bureau/exchanges/", "tests/bureau/test_matrix.py", "tests/bureau/handover/test_re"),
    # An exchange played to its end, and offices founded by commands.
    ("tests/cli/test_record_", "tests/verifier/test_page.py"),
    # A rehearsal.
    ("tests/rehearsal/",),
    # A node that was started once.
    ("tests/bureau/node/",),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files of `LONG` before all others; within a file, and among the others, everything stays where it was."""
    place = {path: number for number, path in enumerate(LONG)}
    items.sort(key=lambda item: place.get(item.nodeid.partition("::")[0], len(LONG)))


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: looking through it for garbage would take a twentieth of the time."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """`--dist loadfile`, with the files of a line of `TOGETHER` as one."""
    if config.getoption("dist") != "loadfile":
        return None
    by_file = importlib.import_module("xdist.scheduler").LoadFileScheduling

    class Together(by_file):  # type: ignore[misc, valid-type]
        def _split_scope(self, nodeid: str) -> str:
            return next((line[0] for line in TOGETHER if nodeid.startswith(line)), str(super()._split_scope(nodeid)))

    return Together(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """`-n auto`: one worker more than processors, because there is always one that waits: for a server, a browser, a database."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real browser, started once for all rooms (`tests.chromium`)."""
    with launched() as started:
        yield started


@pytest.fixture(scope="session")
def java() -> Iterator[None]:
    """What Spark needs, and in the end no Spark any more: whatever engine is used in between shares one session, one Java machine."""
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed (the extra `spark`)")
    if shutil.which("java") is None:
        pytest.skip("Java is not installed, which Spark needs (apt-get install default-jre-headless)")
    yield
    sql.SparkSession.builder.getOrCreate().stop()
