"""Five tablets, one kill in the middle: every tick is in the database once. The whole load is bench/load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.bureau.node.running import environment

SCRIPT = Path(__file__).parents[3] / "bench" / "load" / "run.py"


def test_no_tick_is_lost_or_doubled_when_the_node_is_killed_and_tablets_send_again(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, str(SCRIPT), "--small", "--folder", str(tmp_path / "node")],
        env=environment(),  # A node of its own, on SQLite, whatever database the other tests run on.
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "none lost, none doubled" in ran.stdout
