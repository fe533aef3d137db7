"""The conformance corpus in the repository, and what it expects."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
CORPUS = ROOT / "conformance"


def expected() -> dict[str, dict[str, Any]]:
    """Path within the corpus → what a verifier must say."""
    return dict(json.loads((CORPUS / "expected.json").read_text("utf-8")))


def wanted(case: dict[str, Any]) -> dict[str, Any]:
    """The part of an expectation that every verifier's answer is compared with."""
    found = {key: case.get(key) for key in ("record", "exchange", "place", "index", "code")}
    return found | {"void": case.get("void", []) if case["record"] == "unchanged" else None}


def without_details(found: Any) -> Any:
    """An exchange's summary as plain JSON, less the details of acts without effect, which are for people."""
    plain = json.loads(json.dumps(found))
    for void in plain["void"]:
        del void["detail"]
    return plain
