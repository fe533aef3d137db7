"""The conformance corpus in the repository, and what it expects."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
CORPUS = ROOT / "conformance"


#: Where the program is known to say something else than the format's page, and why. An entry goes when its test passes.
PYTHON_DIFFERS: dict[str, str] = {}


def expected() -> dict[str, dict[str, Any]]:
    """Path within the corpus → what a verifier must say."""
    return dict(json.loads((CORPUS / "expected.json").read_text("utf-8")))


def wanted(case: dict[str, Any]) -> dict[str, Any]:
    """The part of an expectation that every verifier's answer is compared with."""
    found = {key: case.get(key) for key in ("record", "exchange", "place", "index", "code", "exchange_finding")}
    return found | {"void": case.get("void", []) if judges_acts(case) else None}


def judges_acts(case: dict[str, Any]) -> bool:
    """Whether the case says which acts have no effect."""
    return case["record"] == "unchanged" or "void" in case


def without_details(found: Any) -> Any:
    """An exchange's summary as plain JSON, less the details of acts without effect, which are for people."""
    plain = json.loads(json.dumps(found))
    for void in plain["void"]:
        del void["detail"]
    return plain


def paths(*, readable: bool = False) -> list[Any]:
    """The corpus as parameters of a test of the Python verifier; `readable`: only records that can be read."""
    return [
        pytest.param(
            path, marks=[pytest.mark.xfail(reason=PYTHON_DIFFERS[path], strict=True)] if path in PYTHON_DIFFERS else []
        )
        for path, case in expected().items()
        if not readable or case["record"] != "unreadable"
    ]
