"""One small rehearsal that most tests look at: twelve people each way, with everything that can go wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from homeward.invented import Truth, build_exchange
from homeward.rehearsal import Result, demo

SEED = "a small rehearsal"


def quiet(_step: str, _done: int, _total: int) -> None:
    """No progress in tests."""


@dataclass(frozen=True)
class Rehearsed:
    folder: Path
    result: Result
    truth: Truth


@pytest.fixture(scope="session")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Rehearsed:
    folder = tmp_path_factory.mktemp("rehearsed") / "exchange"
    result = demo(folder, people=12, seed=SEED, progress=quiet)
    return Rehearsed(folder, result, build_exchange(people=12, seed=SEED).truth)
