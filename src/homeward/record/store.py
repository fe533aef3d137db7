"""A party's own copy of a record, in one folder, on its own disk.

    record.sqlite     terms, acts, heads, own lines, see `tables`
    signed/           the last head that each of our keys has signed: kept with the keys, not in the backups of the folder

One store does for the party that keeps the log and for the others. An own line goes into the outbox first and is on disk
before it is handed out; the log's keeper appends it (`append` returns an index that is on disk, or raises); the other parties
take the lines in as the keeper delivers them (`post`), and all sign heads (`signing`). Lines are checked when they come in:
form, keys, signatures, order. After that only the new ones are.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from homeward.record.act import Act, LineError, envelope, parse_line, sign_act
from homeward.record.charter import read
from homeward.record.head import Head, HeadError, SignedHead, check_signature
from homeward.record.ledger import KEY_ACTS, Author, RefusedActError
from homeward.record.note import Signature, Signer, Verifier, encode_base64url
from homeward.record.parcel import check_file_name
from homeward.record.pool import signature_pool
from homeward.record.quick import read_line
from homeward.record.shelf import Shelf, StoreError
from homeward.record.tables import FORMAT, DamagedError, DiskRefusedError, connect, damage_reported, schema, transaction
from homeward.record.tree import leaf_hash

__all__ = ["DATABASE", "Store", "StoreError", "sync_folder"]

DATABASE = "record.sqlite"
_EDGE_EVERY = 1024


class Store(Shelf):
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
        """Open a store. `signed` is the folder that remembers what our keys have signed, by default inside the store's."""
        path = folder / DATABASE
        if not path.exists():
            raise StoreError(f"{path}: there is no record here; create one from the signed terms")
        try:
            with damage_reported():
                return cls(folder, connect(path), signed or folder / "signed")
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
        with transaction(self.database):
            yield

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

    # ---- growing ------------------------------------------------------------------------------------------------

    def append(self, line: bytes) -> int:
        """Add one line to the record and return its index, which is then on disk. For the party that keeps the log.

        A line that is already there gives its index again. Raises `LineError` or `RefusedActError`.
        """
        self.require_log()
        act = read_line(line)
        try:
            with transaction(self.database):
                self._refresh()
                index = self._index(act.by, act.n, act.leaf)
                if index is not None:
                    return index
                _require_signed(act, self.ledger.check(act, self.root_at))
                return self._insert(act)
        except (LineError, RefusedActError):
            # Refused before anything was written.
            raise
        except BaseException:
            # The database has gone back to where it was; so must what is in memory.
            self._load()
            raise

    def extend_to(self, lines: Sequence[bytes], signed: SignedHead) -> None:
        """Add new lines as the log delivers them: all, if they lead to a head that the log has signed, or none.

        The order of lines in a file is nobody's statement; the head is. Raises `StoreError` when it does not fit, or
        `LineError`, `RefusedActError` for the first line that may not stand.
        """
        added, fault = self._extend_or_nothing(lines, signed)
        if fault is not None:
            fault.add_note(f"act {signed.head.size - len(lines) + added}")
            raise fault

    def _extend_or_nothing(self, lines: Sequence[bytes], signed: SignedHead) -> tuple[int, LineError | RefusedActError | None]:
        try:
            return self._extend(lines, signed.head.size, lambda: self._require_head(signed))
        except _FalseSignatureError as false:
            name = parse_line(lines[false.number]).by
            return false.number, RefusedActError("signature", f"a signature of the act by {name} is false")

    def _require_head(self, signed: SignedHead) -> None:
        """Do the lines that were just added lead to this head, and has the log signed it?"""
        head = signed.head
        if self.edge.root() != head.root:
            raise StoreError(f"the acts in the parcel do not lead to the head at {head.size}: they were altered on the way")
        by_log = [(key, item) for key in self.ledger.logs(head.size) for item in signed.signatures if key.accepts(item)]
        if not by_log:
            raise StoreError(f"the head at {head.size} is not signed by the log")
        for key, signature in by_log:
            try:
                check_signature(head, signature, key)
            except HeadError as error:
                raise StoreError(str(error)) from None

    def extend(self, lines: Sequence[bytes]) -> tuple[int, LineError | RefusedActError | None]:
        """Add new lines in this order, in one transaction, up to the first that may not stand.

        Gives how many were added, and why the next one was not. Signatures are checked on all cores.
        """
        self.require_log()
        try:
            return self._extend(lines)
        except _FalseSignatureError as false:
            # The lines after it were rolled back with it; those before it are good.
            added, _ = self._extend(lines[: false.number])
            name = parse_line(lines[false.number]).by
            return added, RefusedActError("signature", f"a signature of the act by {name} is false")

    def _extend(
        self, lines: Sequence[bytes], to: int | None = None, condition: Callable[[], None] | None = None
    ) -> tuple[int, LineError | RefusedActError | None]:
        """`extend`; if `to` is given, only with all lines, to exactly that size, and if `condition` then raises nothing."""
        fault: LineError | RefusedActError | None = None
        try:
            with transaction(self.database), signature_pool(1 if len(lines) < 64 else None) as pool:
                self._refresh()
                start = self.size
                for number, line in enumerate(lines):
                    try:
                        act = read_line(line)
                        keys = self.ledger.check(act, self.root_at)
                    except (LineError, RefusedActError) as error:
                        fault = error
                        break
                    for at, key in enumerate(keys):
                        pool.add(number, key, act.text + b"\n", act.signatures[at].body)
                    self._insert(act)
                _refuse_false(pool.finish())
                added = self.size - start
                if condition is not None:
                    _require_all(added, fault, complete=self.size == to)
                    condition()
                return added, fault
        except _IncompleteError as incomplete:
            self._load()
            return incomplete.added, incomplete.fault or RefusedActError("early", "acts are missing before the head")
        except BaseException:
            # The database has gone back to where it was; so must what is in memory.
            self._load()
            raise

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

    def require_log(self) -> None:
        """Raise `StoreError` unless this store keeps the log."""
        if not self.keeps_log:
            raise StoreError(f"{self.folder}: only the party that keeps the log may do this; hand your lines in to it instead")

    def _refresh(self) -> None:
        """Another process may have written since; the ledger in memory must stand where the disk does."""
        (size,) = self.database.execute("SELECT coalesce(max(i), -1) + 1 FROM act").fetchone()
        if size != self.size:
            self._load()

    def _insert(self, act: Act) -> int:
        index = self.ledger.size
        self.ledger.take(act)
        self.edge.push(act.leaf)
        self._since[act.by, act.n] = index, act.leaf
        row = (index, act.line, act.leaf, self.edge.root(), act.by, act.n, act.kind in KEY_ACTS)
        self.database.execute("INSERT INTO act VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        if self.edge.size % _EDGE_EVERY == 0:
            self._remember_edge()
        return index

    def _remember_edge(self) -> None:
        """Write down what opening the store, and finding an act, need of everything up to here."""
        size, authors = self.edge.size, {name: [each.n, each.last] for name, each in sorted(self.ledger.authors.items())}
        row = (size, b"".join(self.edge.hashes), json.dumps(authors, separators=(",", ":")))
        self.database.execute("INSERT INTO edge VALUES (?, ?, ?)", row)
        new = "INSERT INTO place SELECT author, n, i FROM act WHERE i >= ? AND i < ?"
        self.database.execute(new, (size - _EDGE_EVERY, size))
        self._since.clear()


class _IncompleteError(Exception):
    """Carries out of the transaction, which is then rolled back, how far the lines were good and why not further."""

    def __init__(self, added: int, fault: LineError | RefusedActError | None) -> None:
        super().__init__(added)
        self.added, self.fault = added, fault


class _FalseSignatureError(Exception):
    """Carries the number of the line out of the transaction, which is then rolled back."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def _require_all(added: int, fault: LineError | RefusedActError | None, *, complete: bool) -> None:
    if not complete:
        raise _IncompleteError(added, fault)


def _require_signed(act: Act, keys: Sequence[Verifier]) -> None:
    if not all(act.check_signature(at, key) for at, key in enumerate(keys)):
        raise RefusedActError("signature", f"a signature of the act by {act.by} is false")


def _refuse_false(number: int | None) -> None:
    if number is not None:
        raise _FalseSignatureError(number)


def sync_folder(folder: Path) -> None:
    """Make a rename durable. Windows cannot open folders, and needs no such thing."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
