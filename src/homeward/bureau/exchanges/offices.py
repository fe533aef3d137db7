"""The offices of this process: each is opened once and used by one thread at a time.

    with office_of(exchange) as office:
        office.state

A node is one process with threads (`homeward serve`). Opening an office reads its whole record, so it stays open; reading on costs
only what is new (`homeward.office.desk`). What pages derive from a record is kept until the record changes (`derived`).

**Order of locks.** Take the office first and the database's transaction inside it, never the other way round: two threads that do
it in different orders would wait for each other.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

from django.utils.translation import gettext as _

from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.exchanges.services_noting import note
from homeward.office.beginning import open_office
from homeward.office.desk import Office
from homeward.record.key_files import KeyFileError
from homeward.record.store import DATABASE

T = TypeVar("T")

#: Names a file whose first line is the passphrase of this node's office keys, where they are under one.
PASSPHRASE_FILE = "HOMEWARD_PASSPHRASE_FILE"  # noqa: S105 - the name of a variable, no passphrase.


class NotFoundedError(Exception):
    """The exchange has no record here yet: terms and keys come first."""


@dataclass
class Desk:
    """An open office, who may use it (one thread), and what was derived from it."""

    office: Office
    file: tuple[int, int]
    lock: threading.RLock = field(default_factory=threading.RLock)
    closed: bool = False
    #: Whether the journal was brought in step with what this office had signed when it was opened.
    noted: bool = False
    kept: dict[str, tuple[object, Any]] = field(default_factory=dict)

    def derived(self, name: str, make: Callable[[Office], T]) -> T:
        """What `make` finds in the office, made anew only when the record has changed since."""
        mark = mark_of(self.office)
        found = self.kept.get(name)
        if found is None or found[0] != mark:
            found = self.kept[name] = (mark, make(self.office))
        return cast("T", found[1])


_desks: dict[Path, Desk] = {}
_opening = threading.Lock()


def now() -> str:
    """The time as acts write it: UTC, whole seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def mark_of(office: Office) -> tuple[int, int]:
    """Changes whenever the office's record does, by this process or another."""
    (version,) = office.store.database.execute("PRAGMA data_version").fetchone()
    return office.store.database.total_changes, int(version)


def is_founded(exchange: Exchange) -> bool:
    """Whether this node has its copy of the record."""
    return (exchange.folder / "record" / DATABASE).exists()


@contextmanager
def desk_of(exchange: Exchange) -> Iterator[Desk]:
    """The desk of the exchange's office, for this thread alone while the block lasts. Raises `NotFoundedError`."""
    while True:
        desk = _open(exchange)
        with desk.lock:
            if desk.closed:
                # Another thread closed it while this one waited for it.
                continue
            if not desk.noted:
                note(exchange, desk.office, None)
                desk.noted = True
            yield desk
            return


@contextmanager
def office_of(exchange: Exchange) -> Iterator[Office]:
    """The open office of the exchange, for this thread alone while the block lasts. Raises `NotFoundedError`."""
    with desk_of(exchange) as desk:
        yield desk.office


def _open(exchange: Exchange) -> Desk:
    place = exchange.folder.absolute()
    file = _file_of(place)
    with _opening:
        desk = _desks.get(place)
        if desk is not None and desk.file == file:
            return desk
        _desks.pop(place, None)
        if file == (0, 0):
            raise NotFoundedError(place.name)
        opened = _desks[place] = Desk(open_office(place, now, passphrase=_passphrase), file)
    if desk is not None:
        # The folder was put back from a backup: what was open is no longer what lies there.
        _close(desk)
    return opened


def reopen(exchange: Exchange) -> None:
    """Close the office, so that the next use reads its keys anew."""
    with _opening:
        desk = _desks.pop(exchange.folder.absolute(), None)
    if desk is not None:
        _close(desk)


def close_offices() -> None:
    """Close all offices: at the end of the process, and between tests."""
    with _opening:
        desks = list(_desks.values())
        _desks.clear()
    for desk in desks:
        _close(desk)


def _close(desk: Desk) -> None:
    with desk.lock:
        desk.closed = True
        desk.office.close()


def _file_of(place: Path) -> tuple[int, int]:
    try:
        found = (place / "record" / DATABASE).stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_dev, found.st_ino


def passphrase_of_node() -> str | None:
    """The passphrase for new keys of this node; None where it has none, and keys lie as they are in its closed folder."""
    return _passphrase() if os.environ.get(PASSPHRASE_FILE) else None


def _passphrase() -> str:
    place = os.environ.get(PASSPHRASE_FILE)
    if not place:
        raise KeyFileError(
            _("the keys of this office are under a passphrase; start the node with %(name)s naming the file that holds it")
            % {"name": PASSPHRASE_FILE}
        )
    try:
        return Path(place).read_text("utf-8").partition("\n")[0]
    except (OSError, UnicodeDecodeError):
        raise KeyFileError(_("the file named by %(name)s cannot be read") % {"name": PASSPHRASE_FILE}) from None
