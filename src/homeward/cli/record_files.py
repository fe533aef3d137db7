"""Reading and writing files for `homeward record`: what goes wrong with them, in one line and with the right exit code.

A file that cannot be read leaves 3, whatever the system's reason; one that cannot be written leaves 4, and what was in its place
before is still there.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from homeward.cli.outcome import Exit, fail
from homeward.record import BundleError, Record, read_record

_READING = {
    errno.ENOENT: "there is no such file",
    errno.EISDIR: "this is a folder, and a file is needed",
    errno.EACCES: "no right to read this file; ask who owns it",
    errno.EPERM: "no right to read this file; ask who owns it",
}
_WRITING = {
    errno.ENOENT: "there is no such folder; make it first, or choose another",
    errno.ENOTDIR: "there is no such folder; make it first, or choose another",
    errno.EISDIR: "a folder is in the place of the file; choose another name",
    errno.EACCES: "no right to write here; choose another folder",
    errno.EPERM: "no right to write here; choose another folder",
    errno.EROFS: "no right to write here; choose another folder",
    errno.ENOSPC: "the disk is full; nothing half-written was left. Free some space and run the command again",
    errno.EDQUOT: "the disk is full; nothing half-written was left. Free some space and run the command again",
    errno.EFBIG: "the file would be larger than allowed here; nothing half-written was left",
}


@contextmanager
def reading(path: Path, *, as_json: bool) -> Iterator[None]:
    """A block that reads `path`: an error of the disk, or a record that breaks off, ends the command with exit code 3."""
    try:
        yield
    except BundleError as error:
        fail(Exit.UNREADABLE, f"{path}: {error}", as_json=as_json, file=str(path))
    except OSError as error:
        what = _READING.get(error.errno or 0, (error.strerror or "cannot be read").lower())
        fail(Exit.UNREADABLE, f"{path}: {what}", as_json=as_json, file=str(path))


@contextmanager
def writing(path: Path, *, as_json: bool) -> Iterator[None]:
    """A block that writes `path`: an error of the disk ends the command with exit code 4."""
    try:
        yield
    except OSError as error:
        what = _WRITING.get(error.errno or 0, (error.strerror or "cannot be written").lower())
        fail(Exit.UNWRITABLE, f"{path}: {what}", as_json=as_json, file=str(path))


def open_record(path: Path, *, as_json: bool) -> Record:
    """Read a record file, or end the command with exit code 3 and the first thing that is wrong."""
    with reading(path, as_json=as_json):
        return read_record(path)
