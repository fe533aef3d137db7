"""What can keep a rehearsal from going on, said in one line with the remedy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from homeward.lists import Pair


class RehearsalError(Exception):
    """Something in the folder is missing or does not fit; the text names the file and what to do."""


class WaitingError(Exception):
    """People must decide before the rehearsal goes on: `asked` has, for each review sheet, the pairs that belong on it."""

    def __init__(self, asked: Mapping[Path, Sequence[Pair]]) -> None:
        self.asked = asked
        self.sheets = tuple(asked)
        self.pairs = pairs = sum(map(len, asked.values()))
        sheets = self.sheets
        names = ", ".join(str(sheet) for sheet in sheets)
        super().__init__(
            f"{pairs:,} pairs wait for two officers' decisions. Fill in {names} (same, different or unsure; two different "
            "officers for each pair), then run the same command again"
        )
