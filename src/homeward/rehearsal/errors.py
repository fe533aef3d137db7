"""What can keep a rehearsal from going on, said in one line with the remedy."""

from __future__ import annotations

from pathlib import Path


class RehearsalError(Exception):
    """Something in the folder is missing or does not fit; the text names the file and what to do."""


class WaitingError(Exception):
    """People must decide before the rehearsal goes on: `sheets` are the workbooks to fill in."""

    def __init__(self, sheets: tuple[Path, ...], pairs: int) -> None:
        self.sheets, self.pairs = sheets, pairs
        names = ", ".join(str(sheet) for sheet in sheets)
        super().__init__(
            f"{pairs:,} pairs wait for two officers' decisions. Fill in {names} (same, different or unsure; two different "
            "officers for each pair), then run the same command again"
        )
