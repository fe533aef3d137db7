"""An import whose process is killed again and again goes on exactly where it stopped: nobody is lost and nobody is there twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.bureau.register.killed_import import PEOPLE

_ROOT = Path(__file__).parents[3]


def test_an_import_that_is_killed_three_times_ends_with_everybody_once(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "HOMEWARD_NODE": str(tmp_path),
        "HOMEWARD_DATABASE": "",
        "PYTHONPATH": f"{_ROOT}{os.pathsep}{_ROOT / 'src'}",
    }
    command = [sys.executable, "-m", "tests.bureau.register.killed_import"]

    def ask(what: str) -> Any:
        done = subprocess.run([*command, what], cwd=_ROOT, env=environment, capture_output=True, check=True, timeout=300)
        return json.loads(done.stdout) if done.stdout.startswith(b"{") else None

    ask("stage")
    before = 0
    for steps in (2, 5, 9):
        with subprocess.Popen([*command, "go"], cwd=_ROOT, env=environment, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            for _ in range(steps):
                assert process.stdout.readline() == b"step\n"
            process.kill()
        found = ask("count")
        assert found["done"] == found["people"] == found["statements"] == found["marks"] == found["lines"] == found["rows"]
        assert before + 7 * steps <= found["done"] < PEOPLE
        assert found["state"] == "applying"
        before = found["done"]
    ask("go")
    found = ask("count")
    assert {name: found[name] for name in ("done", "people", "statements", "marks", "lines", "rows")} == dict.fromkeys(
        ("done", "people", "statements", "marks", "lines", "rows"), PEOPLE
    )
    assert found["state"] == "applied"
