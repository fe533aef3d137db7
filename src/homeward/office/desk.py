"""A party's office: one folder on its own disk, from which it signs, sends, receives and cosigns.

    UA/keys/            private keys, one file each; they never leave this folder
    UA/record/          the party's own copy of the record (`homeward.record.Store`)
    UA/private/         what the party alone may read: its own list with names, the other side's once released
    UA/inbox/  outbox/  files that came, and files to be carried

An office says an act (`say`), agrees to somebody else's (`agree`), and reads where the exchange stands (`state`). The neutral's
office is the same thing; it also keeps the log. Everything that acts mean is asked of `homeward.exchange`; `why_not` tells
before an act is signed whether it would count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from homeward.exchange import ACTS, Entry, ExchangeState, Fold, PublicLines, Void
from homeward.exchange.entries import entry_of, file_named_by, public_lines, roles_of, roots_of
from homeward.office.keys import Keys, Passphrase
from homeward.record import Store, leaf_hash, parse_line
from homeward.record.disclosure import OpenedList
from homeward.record.note import Signer, encode_base64url
from homeward.terms import Terms, parse

#: Gives the time of an act, in UTC and whole seconds: `2025-05-23T09:31:07Z`.
Clock = Callable[[], str]


class Office:
    """One party's office, open. It is a context manager; `close` closes its copy of the record."""

    def __init__(self, folder: Path, party: str, keys: Keys, store: Store, clock: Clock) -> None:
        self.folder = folder
        self.party = party
        self.keys = keys
        self.store = store
        self.clock = clock
        self.terms: Terms = parse(store.charter.terms, "terms.toml")
        self.neutral, self.keepers = roles_of(self.terms, store.charter)
        self._folded: _Folded | None = None
        #: Lists that were opened to their commitment, by id; what is committed never changes.
        self.opened: dict[str, OpenedList] = {}

    @classmethod
    def open(cls, folder: Path, party: str, clock: Clock, *, passphrase: Passphrase | None = None) -> Self:
        """Open the office of an exchange whose terms are already in its store."""
        keys = Keys.open(folder / "keys", party, passphrase=passphrase)
        return cls(folder, party, keys, Store.open(folder / "record"), clock)

    def close(self) -> None:
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def private(self) -> Path:
        """The folder for what this party alone may read; made when first asked for, closed to other users."""
        path = self.folder / "private"
        path.mkdir(mode=0o700, exist_ok=True)
        return path

    # -- signing

    def say(self, act: str, /, **fields: Any) -> str:
        """Sign an act with as many hands as it needs, and put it into the outbox. Gives its leaf hash, by which others agree to it."""
        return self._write(act, {name: value for name, value in fields.items() if value is not None}, act)

    def agree(self, leaf: str, act: str | None = None) -> str:
        """Agree to a proposal that this office's record holds; or, said in one room, to one that has not come here yet: an `act`."""
        proposal = self.state.proposals.get(leaf)
        return self._write("agreed", {"of": leaf}, proposal.entry.act if proposal is not None else act or "agreed")

    def _write(self, act: str, fields: Mapping[str, Any], kind: str) -> str:
        line = self.store.write(act, fields, *self._signers(kind), at=self.clock())
        return encode_base64url(leaf_hash(line))

    def _signers(self, kind: str) -> list[Signer]:
        """Whose hands this office can put under an act of this kind; an assent needs the same as what it agrees to."""
        return [self.keys.root] if kind == "terms-proposed" else self.keys.officers[: ACTS[kind].hands]

    def batch(self) -> AbstractContextManager[None]:
        """Acts said inside come to disk together when the block ends, all or none: for acts by the hundred."""
        return self.store.batch()

    def why_not(self, act: str, /, **fields: Any) -> Void | None:
        """Why this act, signed now, would have no effect on the record as this office has it; None when it would count.

        Asked before somebody signs. Acts of this office that are still on their way to the log are not in the answer.
        """
        proposal = self.state.proposals.get(str(fields.get("of"))) if act == "agreed" else None
        signers = self._signers(proposal.entry.act if proposal is not None else act)
        entry = Entry(self.state.acts, "", act, signers[0].name, self.party, self.clock(), len(signers), fields)
        return self._read().fold.check(entry)

    def overtaken(self, leaf: str) -> tuple[Void, int | None] | None:
        """Why an open proposal can no longer count, and the act that settled the same otherwise (`homeward.exchange.Fold.overtaken`)."""
        return self._read().fold.overtaken(leaf)

    # -- reading

    @property
    def state(self) -> ExchangeState:
        """Where the exchange stands by this office's own copy of the record."""
        return self._read().fold.state

    @property
    def named_files(self) -> Mapping[str, str]:
        """Files that an act names, with the hash by which it does: these belong into the record."""
        return self._read().named_files

    def _read(self) -> _Folded:
        folded, mark = self._folded, _mark(self.store)
        if folded is None or folded.mark != mark:
            if folded is None or not folded.still_holds(self.store):
                folded = self._folded = _Folded(self)
            folded.read_on(self.store)
            folded.mark = mark
        return folded

    def entries(self) -> Iterator[Entry]:
        """Every act of the record as the exchange reads it, in order."""
        for index, line in enumerate(self.store.lines()):
            yield entry_of(index, parse_line(line))


class _Folded:
    """The fold of a store as far as it has been read. New acts are read on; new files or late heads mean to read anew."""

    def __init__(self, office: Office) -> None:
        self._files = _file_names(office.store)
        self.fold = Fold(
            office.terms, office.neutral, office.keepers, _public_lines(office.store), roots_of(office.store.charter)
        )
        self.named_files: dict[str, str] = {}
        self.mark = (-1, -1)
        self._heads: list[int] = []
        self._full: list[int] = []
        self._signatures = -1
        self._next = 0

    def still_holds(self, store: Store) -> bool:
        """Whether what was read so far would be read the same way today."""
        late = any(size < self._next for size in self._new_heads(store))
        return _file_names(store) == self._files and not late

    def _new_heads(self, store: Store) -> list[int]:
        """The sizes of heads that became full since the last reading."""
        count = _signatures(store)
        if count != self._signatures:
            self._signatures, self._full = count, full_sizes(store)
        return [size for size in self._full if size not in self._heads]

    def read_on(self, store: Store) -> None:
        sizes = self._new_heads(store)
        for index, line in enumerate(store.lines(self._next), start=self._next):
            while sizes and sizes[0] <= index:
                self._take_head(sizes.pop(0))
            entry = entry_of(index, parse_line(line))
            void = self.fold.add(entry)
            named = file_named_by(entry)
            if named is not None and (void is None or void.reason not in {"role", "form"}):
                # The first act of somebody who may name it counts. A commitment has no effect yet while its lines are missing.
                self.named_files.setdefault(*named)
            self._next = index + 1
        while sizes and sizes[0] <= self._next:
            self._take_head(sizes.pop(0))

    def _take_head(self, size: int) -> None:
        self.fold.head(size)
        self._heads.append(size)


def _file_names(store: Store) -> list[str]:
    return store.file_names()


def _mark(store: Store) -> tuple[int, int]:
    """Changes whenever the database does, by this process or by another."""
    (version,) = store.database.execute("PRAGMA data_version").fetchone()
    return store.database.total_changes, int(version)


def full_sizes(store: Store) -> list[int]:
    """The sizes of the heads that all parties cosigned, rising."""
    return [signed.head.size for signed in store.full_heads()]


def _signatures(store: Store) -> int:
    """How many signatures under heads there are: no head becomes full without a new one."""
    (count,) = store.database.execute("SELECT count(*) FROM signature").fetchone()
    return int(count)


def _public_lines(store: Store) -> dict[str, PublicLines]:
    rows = store.database.execute("SELECT name, content FROM file WHERE name LIKE 'lists/%' ORDER BY name")
    found = {name.removeprefix("lists/"): _lines_of(name.removeprefix("lists/"), content) for name, content in rows}
    return {name: lines for name, lines in found.items() if lines is not None}


@lru_cache(maxsize=64)
def _lines_of(name: str, content: bytes) -> PublicLines | None:
    """The public lines in a list's file; the same bytes are taken apart once."""
    return public_lines({name: content})[0].get(name)
