"""A folder that appears whole or not at all: written under a hidden name beside its place, then renamed.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as place:
...     target = Path(place) / "plan"
...     with new_folder(target) as folder:
...         _ = (folder / "plan.json").write_text("{}")
...         target.exists()
...     sorted(path.name for path in target.iterdir())
False
['plan.json']
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from homeward.people import PeopleFileError


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A folder to write into; it becomes `target` when the block ends well, and vanishes when it does not.

    Nothing is written over: a `target` that holds anything already is a wrong command line. Raises `PeopleFileError` when the
    place cannot be written to.
    """
    refuse_what_is_there(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise PeopleFileError("not_writable", target.name) from error
    try:
        yield folder
        try:
            folder.chmod(0o755)
            _flush(folder)
            folder.replace(target)
            _flush(target.parent)
        except OSError as error:
            raise PeopleFileError("not_writable", target.name) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def refuse_what_is_there(target: Path) -> None:
    """Say before any work is done that the folder is there already. An empty folder is no obstacle."""
    if target.is_dir() and not any(target.iterdir()):
        return
    if target.exists() or target.is_symlink():
        raise click.UsageError(f"{target} is there already and nothing is written over; choose another name with -o")


def _flush(folder: Path) -> None:
    """Put the names in a folder on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
