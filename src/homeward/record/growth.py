"""Growing a store: acts are checked when they come in, and what was taken in is on disk and stays.

Acts come in three ways: one line, whose index is on disk when it is given back (`append`); lines up to the first that may not
stand, as the keeper of the log takes them from an outbox (`extend`); and all or none, up to a head that the log has signed, as every
other party takes them (`extend_to`). Nothing enters the table of acts that was not checked, signatures included.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence

from homeward.record.act import Act, LineError, parse_line
from homeward.record.head import HeadError, SignedHead, check_signature
from homeward.record.ledger import KEY_ACTS, Author, RefusedActError
from homeward.record.note import Verifier
from homeward.record.pool import signature_pool
from homeward.record.quick import read_line
from homeward.record.shelf import Shelf, StoreError
from homeward.record.tables import transaction
from homeward.record.tree import Frontier

EDGE_EVERY = 1024
_INSERT_ACT = "INSERT INTO act VALUES (?, ?, ?, ?, ?, ?, ?)"


class Growth(Shelf):
    """The half of a `Store` that takes acts in."""

    def append(self, line: bytes) -> int:
        """Add one line to the record and return its index, which is then on disk. For the party that keeps the log.

        A line that is already there gives its index again. Raises `LineError` or `RefusedActError`.
        """
        self.require_log()
        act = read_line(line)
        index = self._append_at_once(act)
        return self._append_with_care(act) if index is None else index

    def _append_at_once(self, act: Act) -> int | None:
        """One statement, if the act is good by what is in memory; None leaves it to `_append_with_care`, which looks at the disk.

        What is in memory may be old, for another process may have written: then the number is taken, the database refuses the
        row, and nothing has happened. A row that it accepts has followed exactly the acts that the check knew.
        """
        if (self.size + 1) % EDGE_EVERY == 0:
            return None
        try:
            _require_signed(act, self.ledger.check(act, self.root_at))
        except RefusedActError:
            return None
        edge = self.edge.copy()
        edge.push(act.leaf)
        try:
            self.database.execute(_INSERT_ACT, _row(self.size, act, edge.root()))
        except sqlite3.IntegrityError:
            return None
        except BaseException:
            # Whether the disk has it is for the disk to say.
            self._load()
            raise
        return self._count(act, edge)

    def _append_with_care(self, act: Act) -> int:
        """`append` by what is on disk, which nobody else can change meanwhile."""
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
        self.edge.push(act.leaf)
        self.database.execute(_INSERT_ACT, _row(self.size, act, self.edge.root()))
        index = self._count(act, self.edge)
        if self.edge.size % EDGE_EVERY == 0:
            self._remember_edge()
        return index

    def _count(self, act: Act, edge: Frontier) -> int:
        """Bring what is in memory up to a row that the database has accepted."""
        index, self.edge = self.size, edge
        self.ledger.take(act)
        self._since[act.by, act.n] = index, act.leaf
        return index

    def _remember_edge(self) -> None:
        remember_edge(self.database, self.edge, self.ledger.authors)
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


def remember_edge(database: sqlite3.Connection, edge: Frontier, authors: Mapping[str, Author]) -> None:
    """Write down what opening the store, and finding an act, need of everything up to here; once in `EDGE_EVERY` acts."""
    last = {name: [each.n, each.last] for name, each in sorted(authors.items())}
    row = (edge.size, b"".join(edge.hashes), json.dumps(last, separators=(",", ":")))
    database.execute("INSERT INTO edge VALUES (?, ?, ?)", row)
    new = "INSERT INTO place SELECT author, n, i FROM act WHERE i >= ? AND i < ?"
    database.execute(new, (edge.size - EDGE_EVERY, edge.size))


def _row(index: int, act: Act, root: bytes) -> tuple[int, bytes, bytes, bytes, str, int, bool]:
    return index, act.line, act.leaf, root, act.by, act.n, act.kind in KEY_ACTS


def _require_all(added: int, fault: LineError | RefusedActError | None, *, complete: bool) -> None:
    if not complete:
        raise _IncompleteError(added, fault)


def _require_signed(act: Act, keys: Sequence[Verifier]) -> None:
    if not all(act.check_signature(at, key) for at, key in enumerate(keys)):
        raise RefusedActError("signature", f"a signature of the act by {act.by} is false")


def _refuse_false(number: int | None) -> None:
    if number is not None:
        raise _FalseSignatureError(number)
