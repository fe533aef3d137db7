"""The program starts fast: a command loads what it needs and no more."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "highspy",
    "matplotlib",
    "numpy",
    "openpyxl",
    "cryptography",
    "python_calamine",
    "homeward.planning",
    "homeward.matching",
    "homeward.rehearsal",
)
RECORD = Path(__file__).parents[2] / "conformance" / "good" / "closed-exchange.record"


@pytest.mark.parametrize(
    ("command", "may_load"),
    [
        (["list", "--help"], ()),
        (["plan", "--help"], ()),
        (["match", "--help"], ()),
        (["plan", "draw", "seed", "p-1"], ("highspy", "numpy", "homeward.planning")),
        (["terms", "schema"], ()),
        # The keys of a record need the cryptography; matching, workbooks and sums it does not.
        (["record", "verify", str(RECORD), "--quiet"], ("cryptography",)),
    ],
)
def test_a_command_loads_only_the_rooms_that_it_uses(command: list[str], may_load: tuple[str, ...]) -> None:
    script = f"""
import sys
sys.argv = ["homeward", *{command!r}]
from homeward.cli import main
try:
    main()
except SystemExit:
    pass
finally:
    print("LOADED", *(name for name in {HEAVY!r} if name in sys.modules))
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.splitlines()[-1].split()[1:])
    assert loaded <= set(may_load)


@pytest.mark.parametrize("room", ["homeward.lists", "homeward.people"])
def test_a_room_that_imports_late_gives_every_name_that_it_offers(room: str) -> None:
    package = importlib.import_module(room)
    assert all(getattr(package, name) is not None for name in package.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing_of_the_kind'"):
        _ = package.nothing_of_the_kind
