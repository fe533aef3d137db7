"""Laying a backup out as a node's folder. No Django yet: its settings are read from the folder that is made here."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from homeward.bureau.node.folder import NodeError
from homeward.bureau.node.packing import unpack
from homeward.people.atomic import replace_file
from homeward.record.seal import Identity

KIND, KEYS_KIND = "backup of a node", "backup of a node's keys"
SQLITE_NAME, POSTGRESQL_NAME = "node.sqlite3", "node.pgdump"


def unpack_node(parcel: Path, keys: Path | None, folder: Path, identities: Sequence[Identity]) -> dict[str, Any]:
    """Lay a backup out as a new folder, whole or not at all; gives its manifest. Django is not needed for it. Raises `NodeError`."""
    if folder.exists() and any(folder.iterdir()):
        raise NodeError(f"{folder}: there is something here already; restore into a new folder", code="not_writable")
    files, manifest = unpack(KIND, parcel.read_bytes(), identities, str(parcel))
    named = os.environ.get("HOMEWARD_DATABASE", "")
    if (POSTGRESQL_NAME in files) != bool(named):
        there = "a PostgreSQL; name an empty one with HOMEWARD_DATABASE" if not named else "SQLite; unset HOMEWARD_DATABASE"
        raise NodeError(f"{parcel}: this is the backup of a node on {there}")
    if keys is not None:
        files |= unpack(KEYS_KIND, keys.read_bytes(), identities, str(keys))[0]
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".homeward-restore-", dir=folder.parent) as begun:
        part = Path(begun) / "node"
        part.mkdir(mode=0o700)
        for name, data in files.items():
            path = part / name
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_file(path, data)
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    return manifest
