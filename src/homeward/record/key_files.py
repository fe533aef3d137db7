"""Key files on disk: one key per file, for its owner's eyes alone, never written over, never half-written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from homeward.record.entropy import Entropy
from homeward.record.seal import Passphrase, SealError, armor, dearmor, seal, unseal

_ARMOURED = b"-----BEGIN AGE ENCRYPTED FILE-----"
_LIMIT = 64 * 1024


class KeyFileError(Exception):
    """A key, or a key's file, that cannot be used. The text names the file and the remedy, never the secret."""


def write_new(
    path: Path,
    text: str,
    *,
    private: bool = True,
    passphrase: str | None = None,
    work_factor: int = 18,
    entropy: Entropy = os.urandom,
) -> None:
    """Write `text` to a file that must not exist yet; after an error, or a cut power line, there is no file or a whole one."""
    data = text.encode("ascii")
    try:
        if passphrase is not None:
            data = armor(seal(data, [Passphrase(passphrase, work_factor)], entropy=entropy))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            # A temporary file is readable by its owner alone; only public texts are opened to others.
            if not private:
                Path(temporary).chmod(0o644)
            _place(Path(temporary), path)
        finally:
            Path(temporary).unlink(missing_ok=True)
        _sync_folder(path.parent)
    except SealError as error:
        raise KeyFileError(f"{path.name} is not written: {error}") from None
    except FileExistsError:
        raise KeyFileError(f"{path.name} exists already and is not written over; choose another name or folder") from None
    except OSError as error:
        raise KeyFileError(f"{path.name} cannot be written: {error.strerror}; choose another folder") from None


def is_locked(path: Path) -> bool:
    """Whether the key in this file is under a passphrase. `KeyFileError` if it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(_ARMOURED)) == _ARMOURED
    except OSError as error:
        raise KeyFileError(f"{path.name} cannot be read: {error.strerror}; check the folder") from None


def read_private(path: Path, *, passphrase: str | None = None) -> str:
    """The text of a private key file, opened with `passphrase` if it is sealed."""
    try:
        with path.open("rb") as file:
            data = file.read(_LIMIT)
    except OSError as error:
        raise KeyFileError(f"{path.name} cannot be read: {error.strerror}; check the folder") from None
    if data.startswith(_ARMOURED):
        if passphrase is None:
            raise KeyFileError(f"{path.name} is protected by a passphrase; give it")
        try:
            data = unseal(dearmor(data), [Passphrase(passphrase)])
        except SealError as error:
            raise KeyFileError(f"{path.name}: {error}") from None
    try:
        return data.decode("ascii")
    except UnicodeDecodeError:
        raise KeyFileError(f"{path.name} is not a key file; take the file that ends in .key") from None


def _place(temporary: Path, path: Path) -> None:
    """Give the finished file its name unless the name is taken. A link cannot replace anything."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        # Sticks with a FAT file system have no links. Taking the name first keeps the promise not to write over a key.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        temporary.replace(path)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows cannot open a folder, and writes its entries through by itself.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
