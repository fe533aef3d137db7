"""Write a file whole or not at all: a temporary file beside the target, flushed to the disk, then renamed."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from homeward.people.errors import PeopleFileError


def write_whole(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Replace `path` by `data`, whole or in pieces. On any failure the old file stays as it was; raises `PeopleFileError`."""
    if path.is_dir():
        raise PeopleFileError("directory", path.name)
    try:
        replace_file(path, data)
    except OSError as error:
        raise PeopleFileError("not_writable", path.name) from error


def replace_file(path: Path, data: bytes | Iterable[bytes], *, mode: int = 0o600) -> None:
    """`write_whole` for other rooms' files, with the rights that the file is to have. Raises `OSError`."""
    handle, name = tempfile.mkstemp(prefix=".homeward-", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in (data,) if isinstance(data, bytes) else data:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            temporary.unlink()
