"""A job is done once, whoever is killed in the middle of it: its worker, or the whole server. Real processes, so these take seconds."""

from __future__ import annotations

import functools
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.bureau.node.running import copy_of, environment, served

_ROOT = Path(__file__).parents[3]
PEOPLE = 300
COUNTED = ("people", "statements", "marks", "lines", "rows", "done")


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A node that was started once, with an import that waits to be taken in."""
    folder = tmp_path_factory.mktemp("laid") / "node"
    with served(folder, "--party", "UA", "--name", "Bureau"):
        pass
    _run(folder, "lay", str(PEOPLE))
    return folder


@pytest.fixture
def node(laid: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return copy_of(laid, tmp_path / "node")


def _environment(node: Path) -> dict[str, str]:
    return environment(
        HOMEWARD_NODE=str(node),
        DJANGO_SETTINGS_MODULE="homeward.bureau.node.settings",
        PYTHONPATH=f"{_ROOT}{os.pathsep}{_ROOT / 'src'}",
    )


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "tests.bureau.jobs.killed", *words]


def _run(node: Path, *words: str) -> Any:
    done = subprocess.run(
        _command(*words),
        cwd=_ROOT,
        env=_environment(node),
        capture_output=True,
        check=False,
        timeout=300,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout) if done.stdout.startswith(b"{") else None


def _worker(node: Path, token: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(_command("work", token), cwd=_ROOT, env=_environment(node), stdin=subprocess.PIPE)


def _job(node: Path) -> tuple[str, int]:
    with sqlite3.connect(node / "node.sqlite3", timeout=30) as database:
        state, rows = database.execute("SELECT state, rows FROM jobs_job WHERE kind = 'import.take_in'").fetchone()
    return str(state), int(rows)


def _is_at(node: Path, rows: int) -> bool:
    return _job(node)[1] >= rows


def _until(holds: Callable[[], bool]) -> None:
    patience = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < patience, "nothing came of it in two minutes"
        time.sleep(0.02)


def test_an_import_whose_worker_is_killed_three_times_is_ended_once_by_one_of_two_workers(node: Path) -> None:
    for number, rows in enumerate((20, 90, 160)):
        with _worker(node, f"worker{number}") as worker:
            _until(functools.partial(_is_at, node, rows))
            worker.kill()
        found = _run(node, "count")
        assert len({found[each] for each in COUNTED}) == 1, found
        assert found["state"] == "running"
        assert rows <= found["people"] < PEOPLE
    with _worker(node, "one") as one, _worker(node, "two") as two:
        assert (one.wait(200), two.wait(200)) == (0, 0)
    found = _run(node, "count")
    assert {each: found[each] for each in COUNTED} == dict.fromkeys(COUNTED, PEOPLE)
    assert (found["state"], found["tries"], found["ends"]) == ("done", 4, 2)


def test_a_killed_servers_worker_ends_with_it_and_the_next_start_takes_the_job_up(node: Path) -> None:
    with served(node) as told:
        _until(lambda: _job(node)[0] == "running")
        started = _children(told["pid"])
        os.kill(told["pid"], signal.SIGKILL)
    for child in started:
        _until(functools.partial(_has_ended, child))
    with served(node):
        _until(lambda: _job(node)[0] == "done")
    found = _run(node, "count")
    assert {each: found[each] for each in COUNTED} == dict.fromkeys(COUNTED, PEOPLE)
    assert found["ends"] == 2


def _children(pid: int) -> list[int]:
    """Processes that any thread of this one has started."""
    return [int(child) for each in Path(f"/proc/{pid}/task").glob("*/children") for child in each.read_text().split()]


def _has_ended(pid: int) -> bool:
    """Whether the process is gone, or only waits for somebody to ask how it ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
