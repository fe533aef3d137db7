"""The table of threats names, for every threat, a test that exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROWS = re.findall(r"^\| (\d+) \|.*\| `([^`]+)` \|$", (ROOT / "docs/threats.md").read_text("utf-8"), re.MULTILINE)


def test_all_32_threats_stand_in_the_table_in_order() -> None:
    assert [int(number) for number, _ in ROWS] == list(range(1, 33))


def test_every_test_that_the_table_names_exists() -> None:
    missing = []
    for number, name in ROWS:
        path, _, function = name.partition("::")
        tree = ast.parse((ROOT / path).read_text("utf-8"))
        names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        if function not in names:
            missing.append((number, name))
    assert missing == []
