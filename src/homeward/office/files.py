"""Writing files of an office: whole or not at all, and for its own eyes unless it says otherwise."""

from __future__ import annotations

from pathlib import Path

from homeward.people.atomic import replace_file


def write_whole(path: Path, data: bytes, *, private: bool = True) -> None:
    """Write through a temporary file beside the target. Raises `OSError`, leaving what was there."""
    replace_file(path, data, mode=0o600 if private else 0o644)
