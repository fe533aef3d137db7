"""The tables of a party's store, and the rule that they only grow.

SQLite in WAL mode with `synchronous=FULL`: what was acknowledged survives a power cut. Changing or deleting a row of the record
raises in the database itself, so that a mistake in our own code, or a hand with a database tool, is stopped as well. (Somebody
who edits the file itself is found out when heads are made and cosigned: every root is recomputed from the lines.)
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FORMAT = 2

_TABLES = {
    "fact": "name TEXT PRIMARY KEY, value BLOB NOT NULL",
    # `author`, `n` and `rules_keys` repeat what the line says, so that opening a long record needs no replay.
    # It has no index but its number: an act that comes in then writes one page to the disk, not three.
    "act": "i INTEGER PRIMARY KEY, line BLOB NOT NULL, leaf BLOB NOT NULL, root BLOB NOT NULL, "
    "author TEXT NOT NULL, n INTEGER NOT NULL, rules_keys INTEGER NOT NULL",
    # The right edge of the tree and every author's last act, now and then, so that opening reads only the last few acts.
    "edge": "size INTEGER PRIMARY KEY, hashes BLOB NOT NULL, authors TEXT NOT NULL",
    # Where each author's acts stand, up to the last edge; what came since is looked through. The key is a rule: a number once.
    "place": "author TEXT NOT NULL, n INTEGER NOT NULL, i INTEGER NOT NULL, PRIMARY KEY (author, n)",
    # Our own lines, in the order in which they were written.
    "outbox": "id INTEGER PRIMARY KEY, line BLOB NOT NULL, leaf BLOB NOT NULL UNIQUE, author TEXT NOT NULL, "
    "n INTEGER NOT NULL, UNIQUE (author, n)",
    # Lines that were handed in and may not stand in the record: kept as evidence, for instance of a key used on two devices.
    "refused": "leaf BLOB PRIMARY KEY, line BLOB NOT NULL, reason TEXT NOT NULL",
    "head": "size INTEGER PRIMARY KEY, text BLOB NOT NULL",
    "signature": "size INTEGER NOT NULL REFERENCES head (size), line TEXT NOT NULL, PRIMARY KEY (size, line)",
    # What our own keys have signed; the row is written before the signature is made.
    "signed": "key TEXT NOT NULL, size INTEGER NOT NULL, text BLOB NOT NULL, PRIMARY KEY (key, size)",
    "file": "name TEXT PRIMARY KEY, content BLOB NOT NULL",
}
_KIND = {"place": " WITHOUT ROWID"}
#: Parcels of which something could not be used yet. The one table from which rows may go.
_WAITING = "CREATE TABLE waiting (digest BLOB PRIMARY KEY, parcel BLOB NOT NULL)"

_INSERT_RULES = {
    "act": ("NEW.i <> (SELECT coalesce(max(i), -1) + 1 FROM act)", "acts are numbered without a gap"),
    "signed": (
        "NEW.size <= (SELECT coalesce(max(size), -1) FROM signed WHERE key = NEW.key)",
        "a head is signed once, and never a smaller",
    ),
}


def schema() -> list[str]:
    """The statements that make an empty store."""
    return [statement for name in _TABLES for statement in schema_of(name)] + [_WAITING]


def schema_of(name: str) -> list[str]:
    """The statements that make one table that only grows, with its rules."""
    made = [f"CREATE TABLE {name} ({_TABLES[name]}){_KIND.get(name, '')}"]
    if name == "act":
        made.append("CREATE INDEX act_rules_keys ON act (i) WHERE rules_keys")
    return made + rules_of(name)


def rules_of(name: str) -> list[str]:
    """The triggers that keep a table from being changed."""
    made = [
        f"CREATE TRIGGER {name}_no_{verb} BEFORE {verb} ON {name} BEGIN SELECT RAISE(ABORT, 'the record only grows'); END"
        for verb in ("UPDATE", "DELETE")
    ]
    if name in _INSERT_RULES:
        broken, message = _INSERT_RULES[name]
        made.append(
            f"CREATE TRIGGER {name}_insert BEFORE INSERT ON {name} WHEN {broken} BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
    return made


def connect(path: Path) -> sqlite3.Connection:
    """Open the database file as every use of it must: durable, and with its own transactions.

    A server may use one connection from several threads; whoever does that lets one thread in at a time.
    """
    database = sqlite3.connect(path, isolation_level=None, timeout=30, check_same_thread=False)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("PRAGMA foreign_keys=ON")
    # Without this, INSERT OR REPLACE would delete rows without asking the triggers.
    database.execute("PRAGMA recursive_triggers=ON")
    return database


class DamagedError(Exception):
    """The database file is not what it should be. SQLite's own message may hold stored text, so it is not repeated."""


class DiskRefusedError(Exception):
    """The disk, or another program, does not let the file be used now; what is in it is as it was. The text says what to do."""


#: SQLite's primary result codes that say nothing about what is stored, with the reason and the remedy.
DISK_REFUSALS = {
    sqlite3.SQLITE_FULL: "the disk is full; free some space and try again",
    sqlite3.SQLITE_IOERR: "the disk could not be read or written; free some space, look after the disk, and try again",
    sqlite3.SQLITE_READONLY: "there is no right to write here; ask who owns the folder",
    sqlite3.SQLITE_PERM: "there is no right to use this file; ask who owns it",
    sqlite3.SQLITE_CANTOPEN: "the file, or one beside it, cannot be opened; look whether the disk is full and whose the folder is",
    sqlite3.SQLITE_BUSY: "another program is using it; try again when it is done",
    sqlite3.SQLITE_LOCKED: "another program is using it; try again when it is done",
    sqlite3.SQLITE_NOMEM: "there is not enough memory; close other programs and try again",
}


@contextmanager
def damage_reported() -> Iterator[None]:
    """Turn SQLite's ways of saying that the file is damaged into `DamagedError`, and that it cannot be used into `DiskRefusedError`.

    Broken rules (IntegrityError) pass as they are.
    """
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        refusal = DISK_REFUSALS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if refusal is not None:
            raise DiskRefusedError(refusal) from error
        raise DamagedError(type(error).__name__) from None


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; on disk when the block ends. Inside another one it is all or nothing by itself, and on disk with that."""
    if database.in_transaction:
        with _inner(database):
            yield
        return
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        # A failed COMMIT or a full disk may have ended the transaction already.
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise


@contextmanager
def _inner(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("SAVEPOINT inner_part")
    try:
        yield
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK TO inner_part")
            database.execute("RELEASE inner_part")
        raise
    database.execute("RELEASE inner_part")


def sync_folder(folder: Path) -> None:
    """Make a rename durable. Windows cannot open folders, and needs no such thing."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
