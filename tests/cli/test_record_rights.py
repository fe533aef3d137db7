"""A right that is refused: to read leaves 3, to write leaves 4."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from homeward.cli import outcome


@pytest.mark.parametrize(
    ("there", "readable", "writing"),
    [(True, False, False), (True, True, True), (False, True, True), (False, False, False)],
    ids=[
        "a file that may not be read",
        "a file that may not be written",
        "a folder that may not be written",
        "a folder closed",
    ],
)
def test_a_refused_right_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool, readable: bool, writing: bool
) -> None:
    place = tmp_path / "list.xlsx"
    if there:
        place.touch()
    # Whoever runs tests as root may read everything; the answer of the system is therefore given here.
    monkeypatch.setattr(os, "access", lambda *_: readable)
    for number in (errno.EACCES, errno.EPERM):
        assert outcome._is_about_writing(OSError(number, "no", str(place))) is writing


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EFBIG])
def test_a_disk_that_takes_nothing_is_about_writing(number: int) -> None:
    assert outcome._is_about_writing(OSError(number, "no"))
    assert not outcome._is_about_writing(OSError(errno.ENOENT, "no", "x"))
