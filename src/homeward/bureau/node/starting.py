"""The beginning of a start, before Django is there: the folder, its secrets, and Django itself. `preparing` does the rest.

A start that was cut off is started again: every step looks first at what is there.
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

from homeward.bureau.node.folder import Identity, NodeError, read_identity, secret, write_identity

#: How to get what a node needs beside the rest of the program.
_EXTRA = "a node needs more than the command line: pip install 'homeward[bureau]'"


def lay_folder(folder: Path, identity: Identity | None) -> Identity:
    """Make the folder with node.toml, the secrets and a place for static files. Raises `NodeError`.

    `identity` is needed for a folder that is not a node's yet, and left unread for one that is.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (folder / "node.toml").exists():
            if identity is None:
                raise NodeError(f"{folder}: nobody has named this node yet; give --party and --name", code="unnamed")
            write_identity(folder, identity)
        secret(folder, "django.key")
        (folder / "static").mkdir(exist_ok=True)
        _probe(folder)
    except OSError as error:
        raise NodeError(
            f"{folder}: a node cannot be kept here ({error.strerror}); choose another folder, or ask who owns it",
            code="not_writable",
        ) from error
    return read_identity(folder)


def set_up(folder: Path) -> None:
    """Set up Django for the node in `folder`, once in a process. Raises `NodeError`."""
    os.environ["HOMEWARD_NODE"] = str(folder.absolute())
    os.environ["DJANGO_SETTINGS_MODULE"] = "homeward.bureau.node.settings"
    try:
        import_module("django").setup()
    except ImportError as error:
        raise NodeError(f"{_EXTRA} ({error.name} is missing)") from None
    except ValueError as error:
        raise NodeError(
            "HOMEWARD_DATABASE is not an address of a database; write postgresql://user:password@host:5432/name"
        ) from error
    except Exception as error:
        # Django's word for it, whose class cannot be named before Django is imported.
        if "psycopg" not in str(error):
            raise
        raise NodeError(
            "HOMEWARD_DATABASE names a PostgreSQL, which needs its driver: pip install 'homeward[postgres]'"
        ) from None


def _probe(folder: Path) -> None:
    """Write and remove a file: some file systems say that one may write and then refuse."""
    probe = folder / ".homeward-probe"
    probe.write_bytes(b"")
    probe.unlink()
