"""Where the official vectors lie, and how a test says that they are not on this machine."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(os.environ.get("HOMEWARD_SHARED", Path(__file__).parents[2].parent / "shared"))
VECTORS = SHARED / "vectors"

needs_vectors = pytest.mark.skipif(not VECTORS.is_dir(), reason="the shared test vectors are not on this machine")


def load(name: str) -> Any:
    return json.loads((VECTORS / name).read_text(encoding="utf-8"))
