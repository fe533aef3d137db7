"""Backup and restore of a node: the database, node.toml and the offices of its exchanges, sealed; the secrets go apart.

A copy is consistent while the node works: SQLite's own online backup copies each database as it was at one moment, pg_dump takes one
snapshot. The database comes first and the offices after it, so an office may know an act that the copied database has not yet noted;
it never lacks one that the database has noted. Sealed fields stay sealed in the copy: it needs `secrets/at-rest.keys` to be read, and
that file is never in it. `homeward node backup-keys` copies the secrets; keep the two copies in two places.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from homeward import __version__
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag
from homeward.bureau.node.backup_files import KEYS_KIND, KIND, POSTGRESQL_NAME, SQLITE_NAME
from homeward.bureau.node.folder import NodeError
from homeward.bureau.node.packing import pack
from homeward.people.atomic import replace_file
from homeward.record.seal import Recipient

_SQLITE_HEAD = b"SQLite format 3\0"
#: Files beside an SQLite database that belong to whoever has it open.
_SQLITE_SIDE = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Told:
    """What a backup or a restore has to say: how many files and rows, and of which moment."""

    made_at: str
    files: int
    rows: int


def backup(folder: Path, target: Path, recipients: Sequence[Recipient], *, made_at: datetime | None = None) -> Told:
    """Write a sealed copy of the node to `target`. Raises `NodeError`."""
    made = (made_at or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with transaction.atomic():
        write(Tag.NODE_BACKUP_MADE, by=None, counts={"made_at": made})
    name, database, tables = _sqlite() if connection.vendor == "sqlite" else _postgresql()
    files = {name: database, "node.toml": (folder / "node.toml").read_bytes(), **_offices(folder)}
    about = {"made_at": made, "version": __version__, "tables": tables}
    replace_file(target, pack(KIND, files, about, recipients))
    return Told(made, len(files), sum(tables.values()))


def backup_keys(folder: Path, target: Path, recipients: Sequence[Recipient]) -> int:
    """Write a sealed copy of the node's secrets to `target`; gives how many files. Raises `NodeError`."""
    files = {f"secrets/{path.name}": path.read_bytes() for path in sorted((folder / "secrets").glob("*")) if path.is_file()}
    if not files:
        raise NodeError(f"{folder}: there are no secrets here; is this a node's folder?")
    replace_file(target, pack(KEYS_KIND, files, {"version": __version__}, recipients))
    return len(files)


def load_database(folder: Path, manifest: dict[str, Any]) -> Told:
    """Fill the PostgreSQL where the node has one, compare every table's count with the manifest, and note the restore."""
    dump = folder / POSTGRESQL_NAME
    if dump.exists():
        if connection.introspection.table_names():
            raise NodeError("the database that HOMEWARD_DATABASE names is not empty; restore into an empty one")
        with _pg_service() as (environment, address):
            _run(
                ["pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", *address, str(dump)],
                environment,
            )
        dump.unlink()
    with connection.cursor() as cursor:
        found = _counts(cursor)
    wrong = sorted(name for name, rows in manifest["tables"].items() if found.get(name) != rows)
    if wrong:
        raise NodeError(f"restored, and {', '.join(wrong)} has not as many rows as the backup says; take another copy")
    with transaction.atomic():
        write(Tag.NODE_BACKUP_RESTORED, by=None, counts={"made_at": str(manifest["made_at"])})
    return Told(str(manifest["made_at"]), len(manifest["files"]), sum(found.values()))


def _sqlite() -> tuple[str, bytes, dict[str, int]]:
    data = _copied(Path(connection.settings_dict["NAME"]))
    with closing(sqlite3.connect(":memory:")) as copy:
        copy.deserialize(data)
        return SQLITE_NAME, data, _counts(copy.cursor())


def _copied(path: Path) -> bytes:
    """The bytes of an SQLite database as it was at one moment, in one file, whoever writes to it meanwhile."""
    with tempfile.TemporaryDirectory(prefix="homeward-backup-") as place:
        target = Path(place) / "copy.sqlite3"
        with closing(sqlite3.connect(path, timeout=20)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            # One file: what is read elsewhere must not look for a log beside it.
            copy.execute("PRAGMA journal_mode=DELETE")
        return target.read_bytes()


def _offices(folder: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for path in sorted((folder / "exchanges").rglob("*")):
        if path.is_symlink() or not path.is_file() or path.name.endswith(_SQLITE_SIDE):
            continue
        with path.open("rb") as file:
            is_database = file.read(len(_SQLITE_HEAD)) == _SQLITE_HEAD
        found[path.relative_to(folder).as_posix()] = _copied(path) if is_database else path.read_bytes()
    return found


def _postgresql() -> tuple[str, bytes, dict[str, int]]:
    """pg_dump's own format, and the counts of the same snapshot."""
    with transaction.atomic(), connection.cursor() as cursor, tempfile.TemporaryDirectory(prefix="homeward-backup-") as place:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        target = Path(place) / POSTGRESQL_NAME
        with _pg_service() as (environment, address):
            _run(
                [
                    "pg_dump",
                    "--format=custom",
                    "--no-owner",
                    "--no-privileges",
                    f"--snapshot={snapshot}",
                    f"--file={target}",
                    *address,
                ],
                environment,
            )
        return POSTGRESQL_NAME, target.read_bytes(), _counts(cursor)


def _counts(cursor: Any) -> dict[str, int]:
    """How many rows every table holds. Sessions come and go and are left out."""
    if isinstance(cursor, sqlite3.Cursor):
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        names = [str(name) for (name,) in cursor.fetchall()]
    else:
        names = connection.introspection.table_names(cursor)
    found = {}
    for name in sorted(set(names) - {"django_session"}):
        cursor.execute(f'SELECT COUNT(*) FROM "{name}"')  # noqa: S608 - a table's own name.
        found[name] = int(cursor.fetchone()[0])
    return found


@contextmanager
def _pg_service() -> Iterator[tuple[dict[str, str], list[str]]]:
    """The environment and the options with which PostgreSQL's programs reach the node's database; the password is no option."""
    used = settings.DATABASES["default"] | {"NAME": connection.settings_dict["NAME"]}
    environment = {**os.environ, "PGPASSWORD": str(used.get("PASSWORD") or "")}
    given = {"--host": used.get("HOST"), "--port": used.get("PORT"), "--username": used.get("USER"), "--dbname": used["NAME"]}
    yield environment, [f"{option}={value}" for option, value in given.items() if value]


def _run(command: list[str], environment: dict[str, str]) -> None:
    if shutil.which(command[0]) is None:
        raise NodeError(f"{command[0]} is missing; install PostgreSQL's client programs (Debian: postgresql-client)")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own words and settings.
    if done.returncode:
        raise NodeError(f"{command[0]}: {done.stderr.strip().partition(chr(10))[0]}")
