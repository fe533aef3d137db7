"""The program starts fast: a command loads what it needs and no more."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("highspy", "matplotlib", "cryptography", "homeward.planning", "homeward.matching", "homeward.rehearsal")


@pytest.mark.parametrize(
    ("command", "may_load"),
    [
        (["list", "--help"], ()),
        (["plan", "--help"], ()),
        (["match", "--help"], ()),
        (["plan", "draw", "seed", "p-1"], ("highspy", "homeward.planning")),
    ],
)
def test_a_command_loads_only_the_rooms_that_it_uses(command: list[str], may_load: tuple[str, ...]) -> None:
    script = f"""
import sys
sys.argv = ["homeward", *{command!r}]
from homeward.cli import main
try:
    main()
finally:
    print("LOADED", *(name for name in {HEAVY!r} if name in sys.modules))
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.splitlines()[-1].split()[1:])
    assert loaded <= set(may_load)
