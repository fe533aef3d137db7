"""A party's own copy of a record, in one folder, on its own disk.

    record.sqlite     terms, acts, heads, own lines, see `tables`
    signed/           the last head that each of our keys has signed: kept with the keys, not in the backups of the folder

One store does for the party that keeps the log and for the others. An own line goes into the outbox first and is on disk
before it is handed out; the log's keeper appends it (`append` returns an index that is on disk, or raises); the other parties
take the lines in as the keeper delivers them (`post`), and all sign heads (`signing`). Lines are checked when they come in:
form, keys, signatures, order. After that only the new ones are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from homeward.record.act import LineError, envelope, parse_line, sign_act
from homeward.record.charter import read
from homeward.record.growth import Growth
from homeward.record.head import Head
from homeward.record.ledger import Author, RefusedActError
from homeward.record.note import Signature, Signer, encode_base64url
from homeward.record.parcel import check_file_name
from homeward.record.shelf import StoreError
from homeward.record.tables import (
    FORMAT,
    DamagedError,
    DiskRefusedError,
    connect,
    damage_reported,
    schema,
    sync_folder,
    transaction,
)
from homeward.record.tree import leaf_hash
from homeward.record.upgrade import upgrade

__all__ = ["DATABASE", "Store", "StoreError", "sync_folder"]

DATABASE = "record.sqlite"


class Store(Growth):
    """One party's copy of one record. Make it with `Store.create` or `Store.open`, and close it (it is a context manager)."""

    # ---- opening ------------------------------------------------------------------------------------------------

    @classmethod
    def create(cls, folder: Path, terms: bytes, *, keeps_log: bool = False, signed: Path | None = None) -> Store:
        """A new, empty store for the exchange under these terms. Raises `CharterError`, or `StoreError` if one is there.

        `keeps_log`: this is the one store that puts acts in order; every other takes them in as delivered.
        """
        read(terms)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / DATABASE
        if path.exists():
            raise StoreError(f"{path}: there is a record already; open it, or choose another folder")
        # Built beside its place and moved there whole, so that a power cut leaves no half-made store.
        unfinished = folder / f"{DATABASE}.new"
        for stale in (unfinished, folder / f"{DATABASE}.new-wal", folder / f"{DATABASE}.new-shm"):
            stale.unlink(missing_ok=True)
        database = connect(unfinished)
        try:
            with transaction(database):
                for statement in schema():
                    database.execute(statement)
                database.execute(
                    "INSERT INTO fact VALUES ('format', ?), ('terms', ?), ('keeps_log', ?)", (FORMAT, terms, keeps_log)
                )
        finally:
            database.close()
        unfinished.rename(path)
        sync_folder(folder)
        return cls.open(folder, signed=signed)

    @classmethod
    def open(cls, folder: Path, *, signed: Path | None = None) -> Store:
        """Open a store, and bring it to this program's format if an older one made it (`upgrade`).

        `signed` is the folder that remembers what our keys have signed, by default inside the store's.
        """
        path = folder / DATABASE
        if not path.exists():
            raise StoreError(f"{path}: there is no record here; create one from the signed terms")
        try:
            with damage_reported():
                database = connect(path)
                upgrade(database)
                return cls(folder, database, signed or folder / "signed")
        except DiskRefusedError as error:
            raise StoreError(f"{path}: {error}; what is stored is as it was") from error
        except DamagedError as error:
            raise StoreError(f"{path}: the database is damaged ({error}); restore it, or import another party's copy") from None

    def close(self) -> None:
        self.database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ---- our own lines ------------------------------------------------------------------------------------------

    def write(self, kind: str, fields: Mapping[str, Any], *signers: Signer, at: str) -> bytes:
        """Sign an act with everything seen so far, and put it into the outbox: on disk before it is returned.

        The first signer is the author. Raises `LineError` for fields that an act cannot have.
        """
        author = self._own_last(signers[0].name)
        seen = (self.size, encode_base64url(self.edge.root()))
        head = envelope(
            kind, at=at, by=signers[0].name, exchange=self.charter.exchange, n=author.n + 1, prev=author.last, seen=seen
        )
        clash = head.keys() & fields.keys()
        if clash:
            raise LineError(f"the fields {', '.join(sorted(clash))} are set by the record itself")
        line = sign_act({**head, **fields}, *signers)
        self.put(line)
        return line

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Lines written inside come to disk together, when the block ends: hand none of them out before. All or none."""
        try:
            with transaction(self.database):
                yield
        except BaseException:
            # Acts that were appended inside are gone from the database, and must not be followed by others.
            self._load()
            raise

    def put(self, line: bytes) -> None:
        """Put a line that was signed elsewhere (an officer's device) into the outbox. Doing it twice does nothing."""
        act = parse_line(line)
        if act.exchange != self.charter.exchange:
            raise StoreError("the line belongs to another exchange")
        with transaction(self.database):
            if self.database.execute("SELECT 1 FROM outbox WHERE leaf = ?", (act.leaf,)).fetchone():
                return
            try:
                self.database.execute(
                    "INSERT INTO outbox (line, leaf, author, n) VALUES (?, ?, ?, ?)", (line, act.leaf, act.by, act.n)
                )
            except sqlite3.IntegrityError:
                raise StoreError(
                    f"{act.by} has already written an act {act.n}; one key must not be used on two devices"
                ) from None

    def pending(self) -> list[bytes]:
        """Our own lines that are not yet in the record, in the order in which they were written."""
        rows = self.database.execute("SELECT line, author, n, leaf FROM outbox ORDER BY id").fetchall()
        return [line for line, author, n, leaf in rows if self._index(author, n, leaf) is None]

    def _own_last(self, name: str) -> Author:
        known = self.ledger.authors.get(name) or Author()
        row = self.database.execute("SELECT n, leaf FROM outbox WHERE author = ? ORDER BY n DESC LIMIT 1", (name,)).fetchone()
        return Author(row[0], encode_base64url(row[1])) if row and row[0] > known.n else known

    # ---- what comes with the acts --------------------------------------------------------------------------------

    def keep_refused(self, line: bytes, refusal: RefusedActError) -> None:
        """Keep a line that may not stand, as evidence; an act that merely came early is not one."""
        if refusal.reason in {"fork", "again", "seen", "key-act", "previous"}:
            with transaction(self.database):
                self.database.execute("INSERT OR IGNORE INTO refused VALUES (?, ?, ?)", (leaf_hash(line), line, refusal.reason))

    def keep_file(self, name: str, content: bytes) -> None:
        """Keep a list or sealed file for the export. Whoever calls has checked it against the acts. Never overwritten."""
        check_file_name(name)
        with transaction(self.database):
            row = self.database.execute("SELECT content FROM file WHERE name = ?", (name,)).fetchone()
            if row is None:
                self.database.execute("INSERT INTO file VALUES (?, ?)", (name, content))
            elif row[0] != content:
                raise StoreError(f"another file {name} is already in the record")

    def keep_head(self, head: Head, signatures: Iterable[Signature]) -> int:
        """Keep a head and signatures under it that were checked. Gives how many are new."""
        with transaction(self.database):
            self.database.execute("INSERT OR IGNORE INTO head VALUES (?, ?)", (head.size, head.text))
            before = self.database.total_changes
            for signature in signatures:
                self.database.execute("INSERT OR IGNORE INTO signature VALUES (?, ?)", (head.size, signature.line))
            return self.database.total_changes - before
