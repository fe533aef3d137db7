from __future__ import annotations
from pathlib import Path
from homeward.report.model import Report


def write_report(report: Report, path: Path, *, language: str = "en") -> None:
    path.write_text(repr(report))
