"""Writing files of an office: whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile


def write_whole(path: Path, data: bytes, *, private: bool = True) -> None:
    """Write through a temporary file beside the target, flushed to disk, then renamed. Raises `OSError`, leaving what was there."""
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
        try:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
            Path(stream.name).chmod(0o600 if private else 0o644)
            Path(stream.name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(stream.name).unlink()
            raise
