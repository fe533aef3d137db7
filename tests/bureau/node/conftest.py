"""A node that was started once and stopped, for tests to copy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.bureau.node.running import served


@pytest.fixture(scope="session")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The folder, and what the first start said."""
    folder = tmp_path_factory.mktemp("serve") / "node"
    with served(folder, "--party", "UA", "--name", "Бюро Півночі") as told:
        pass
    return folder, told


@pytest.fixture(scope="session")
def made(first_start: tuple[Path, dict[str, Any]]) -> Path:
    """The folder."""
    return first_start[0]
