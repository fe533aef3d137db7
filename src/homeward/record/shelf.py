"""Reading a store: what is on disk, and the state that follows from it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from homeward.record.act import Act, LineError, parse_line
from homeward.record.charter import Charter, CharterError, read
from homeward.record.head import SignedHead, parse_head
from homeward.record.ledger import Author, Ledger
from homeward.record.note import Signature, encode_base64url, parse_signature_line
from homeward.record.quick import read_line
from homeward.record.quorum import Checked, Standing, assemble, standing
from homeward.record.tables import FORMAT
from homeward.record.tree import EMPTY_ROOT, HASH_BYTES, Frontier


class StoreError(Exception):
    """The folder is not a store, is damaged, or would do something that it must not. The text says what to do."""


class Shelf:
    """The reading half of a `Store`."""

    def __init__(self, folder: Path, database: sqlite3.Connection, signed: Path) -> None:
        self.folder = folder
        self.database = database
        #: Where the last head signed by each of our keys is kept, outside the database.
        self.signed_folder = signed
        #: A record is read over and over while it is open; each signature under its heads is verified once.
        self._checked: set[Checked] = set()
        self.charter = self._read_charter()
        self._load()

    def _read_charter(self) -> Charter:
        facts = dict(self.database.execute("SELECT name, value FROM fact"))
        if facts.get("format") != FORMAT:
            raise StoreError(
                f"{self.folder}: this store has another format than this program's ({FORMAT}): open it with a newer program"
            )
        self.keeps_log = bool(facts.get("keeps_log"))
        try:
            return read(facts["terms"])
        except (CharterError, KeyError, TypeError) as error:
            raise StoreError(f"{self.folder}: the terms in the store are damaged: {error}") from None

    def _load(self) -> None:
        """Bring the ledger and the tree's edge up to what is on disk, without replaying the acts."""
        run = self.database.execute
        ledger = Ledger(self.charter)
        for index, line in run("SELECT i, line FROM act WHERE rules_keys ORDER BY i"):
            ledger.book.apply(self._parse(index, line), index)
        (ledger.size,) = run("SELECT coalesce(max(i), -1) + 1 FROM act").fetchone()
        size, hashes, authors = run(
            "SELECT size, hashes, authors FROM edge WHERE size <= ? ORDER BY size DESC LIMIT 1", (ledger.size,)
        ).fetchone() or (0, b"", "{}")
        try:
            edge = Frontier(size, [hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES)])
            ledger.authors.update({name: Author(int(n), str(last)) for name, (n, last) in json.loads(authors).items()})
        except (ValueError, TypeError, AttributeError):
            raise self._damaged() from None
        #: Author and number → index and hash of the acts since the last edge.
        self._since: dict[tuple[str, int], tuple[int, bytes]] = {}
        for index, author, n, leaf in run("SELECT i, author, n, leaf FROM act WHERE i >= ? ORDER BY i", (size,)):
            edge.push(leaf)
            ledger.authors[author] = Author(n, encode_base64url(leaf))
            self._since[author, n] = index, leaf
        last = run("SELECT root FROM act ORDER BY i DESC LIMIT 1").fetchone()
        if edge.root() != (last[0] if last else EMPTY_ROOT):
            raise self._damaged()
        self.ledger, self.edge = ledger, edge

    def _damaged(self) -> StoreError:
        return StoreError(f"{self.folder}: the hashes in the store are damaged; import another party's copy into a new store")

    def _parse(self, index: int, line: bytes) -> Act:
        try:
            return parse_line(line)
        except LineError as error:
            raise StoreError(f"{self.folder}: act {index} is damaged on disk: {error}") from None

    # ---- reading ------------------------------------------------------------------------------------------------

    @property
    def size(self) -> int:
        """How many acts are here."""
        return self.ledger.size

    def root_at(self, size: int) -> bytes:
        """The root over the first `size` acts, as it was computed when they came in. Never signed: see `recompute`."""
        if size == 0:
            return EMPTY_ROOT
        row = self.database.execute("SELECT root FROM act WHERE i = ?", (size - 1,)).fetchone()
        if row is None:
            raise ValueError(f"there are only {self.size} acts here")
        return bytes(row[0])

    def lines(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The lines from index `start` to before `end`, read from disk."""
        last = self.size if end is None else end
        for (line,) in self.database.execute("SELECT line FROM act WHERE i >= ? AND i < ? ORDER BY i", (start, last)):
            yield line

    def hashed_lines(self, start: int, end: int) -> Iterator[tuple[bytes, bytes]]:
        """As `lines`, each with the leaf hash that was computed when it came in."""
        yield from self.database.execute("SELECT line, leaf FROM act WHERE i >= ? AND i < ? ORDER BY i", (start, end))

    def index_of(self, line: bytes) -> int | None:
        """The index of this very line, or None if it is not in the record."""
        try:
            act = read_line(line)
        except LineError:
            return None
        return self._index(act.by, act.n, act.leaf)

    def _index(self, author: str, n: int, leaf: bytes) -> int | None:
        """Where this author's act `n` stands, if it is the one with this hash."""
        query = "SELECT act.i, act.leaf FROM place JOIN act ON act.i = place.i WHERE place.author = ? AND place.n = ?"
        found = self._since.get((author, n)) or self.database.execute(query, (author, n)).fetchone()
        return int(found[0]) if found is not None and found[1] == leaf else None

    def head(self, size: int) -> SignedHead | None:
        """The head at this size with every signature that we hold."""
        row = self.database.execute("SELECT text FROM head WHERE size = ?", (size,)).fetchone()
        return None if row is None else assemble(parse_head(row[0]), self._signatures(size), self.ledger)

    def heads(self, start: int = 0) -> list[SignedHead]:
        """All heads of at least `start` acts, the smallest first."""
        sizes = self.database.execute("SELECT size FROM head WHERE size >= ? ORDER BY size", (start,)).fetchall()
        return [signed for (size,) in sizes if (signed := self.head(size)) is not None]

    def newest_head(self) -> SignedHead | None:
        """The largest head."""
        (size,) = self.database.execute("SELECT max(size) FROM head").fetchone()
        return None if size is None else self.head(size)

    def standing(self, signed: SignedHead) -> Standing:
        """What the signatures under a head of this record amount to. Raises `HeadError`."""
        return standing(signed, self.ledger, checked=self._checked)

    def full_heads(self) -> list[SignedHead]:
        """The heads that every party has cosigned, the smallest first."""
        return [signed for signed in self.heads() if self.standing(signed).full]

    def open_heads(self) -> list[SignedHead]:
        """The last full head and those after it, the smallest first; all heads where none is full yet."""
        found = []
        for (size,) in self.database.execute("SELECT size FROM head ORDER BY size DESC").fetchall():
            signed = self.head(size)
            assert signed is not None, "heads are never taken out of a store"
            found.append(signed)
            if self.standing(signed).full:
                break
        return found[::-1]

    def files(self) -> dict[str, bytes]:
        """List files and sealed files, by name."""
        return dict(self.database.execute("SELECT name, content FROM file ORDER BY name"))

    def file_names(self) -> list[str]:
        """The names of the list files and sealed files, in their order."""
        return [name for (name,) in self.database.execute("SELECT name FROM file ORDER BY name")]

    def file(self, name: str) -> bytes | None:
        """One list file or sealed file; None if it is not here."""
        row = self.database.execute("SELECT content FROM file WHERE name = ?", (name,)).fetchone()
        return None if row is None else bytes(row[0])

    def refused(self) -> list[tuple[bytes, str]]:
        """Lines that were handed in and may not stand in the record, with the reason."""
        return list(self.database.execute("SELECT line, reason FROM refused ORDER BY leaf"))

    def _signatures(self, size: int) -> list[Signature]:
        rows = self.database.execute("SELECT line FROM signature WHERE size = ? ORDER BY line", (size,))
        return [parse_signature_line(line) for (line,) in rows]
