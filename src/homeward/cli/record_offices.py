"""What the commands of an office share: opening it, its clock, and its own way of going wrong."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from homeward.cli.outcome import Exit, fail
from homeward.office.beginning import open_office
from homeward.office.desk import Office
from homeward.record import RefusedToSignError, SplitError, StoreError
from homeward.record.key_files import KeyFileError

#: SQLite's kinds of refusal, in words.
_REFUSED = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_READONLY": "no right to write here",
    "SQLITE_BUSY": "another program is using it",
}

OFFICE = click.argument("folder", metavar="OFFICE", type=click.Path(path_type=Path))


def now() -> str:
    """The time as acts write it: UTC, whole seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def at_office(folder: Path, *, as_json: bool) -> Iterator[Office]:
    """Open the office in `folder` for a block; see `office_faults` for how errors end the command."""
    with office_faults(folder, as_json=as_json), open_office(folder, now, passphrase=asking(folder)) as office:
        yield office


#: Names a file whose first line is the passphrase of the office's keys, for scripts and for machines without a keyboard.
PASSPHRASE_FILE = "HOMEWARD_PASSPHRASE_FILE"  # noqa: S105 - the name of a variable, no passphrase.


def asking(folder: Path, *, new: bool = False) -> Callable[[], str]:
    """A function that gets the passphrase of the keys in `folder` when one is needed: from a file, or from whoever sits there."""

    def ask() -> str:
        place = os.environ.get(PASSPHRASE_FILE)
        if place:
            try:
                words = Path(place).read_text("utf-8").partition("\n")[0]
            except (OSError, UnicodeDecodeError):
                raise KeyFileError(f"{place}: the file named by {PASSPHRASE_FILE} cannot be read") from None
        elif sys.stdin.isatty():
            words = str(click.prompt(f"passphrase of the keys in {folder}", hide_input=True, confirmation_prompt=new, err=True))
        else:
            raise KeyFileError(
                f"the keys in {folder} are protected by a passphrase; run the command at a terminal, "
                f"or let {PASSPHRASE_FILE} name a file that holds it"
            )
        if not words:
            raise KeyFileError("the passphrase is empty; nothing was done")
        return words

    return ask


@contextmanager
def office_faults(folder: Path, *, as_json: bool) -> Iterator[None]:
    """End the command with the right exit code for what only offices have: two versions, a refused signature, a full disk."""
    try:
        yield
    except SplitError as error:
        fail(Exit.STOP, f"STOP: {error}. Show it to the other parties", as_json=as_json, index=error.index)
    except RefusedToSignError as error:
        fail(Exit.STOP, f"not signed: {error}", as_json=as_json)
    except KeyFileError as error:
        # A key that could not be written has the disk's own error behind it.
        code = Exit.UNWRITABLE if isinstance(error.__context__, OSError) and "written" in str(error) else Exit.UNREADABLE
        fail(code, str(error), as_json=as_json)
    except (sqlite3.OperationalError, StoreError) as error:
        behind = _behind(error)
        if behind is None:
            raise
        # SQLite's own text may repeat what is stored; its name for the error does not.
        name = "_".join(str(getattr(behind, "sqlite_errorname", "unknown")).split("_")[:2])
        why = _REFUSED.get(name, f"the disk refused ({name})")
        text = (
            f"{folder}: the record could not be opened or written: {why}; nothing half-written was left, run the command again"
        )
        fail(Exit.UNWRITABLE, text, as_json=as_json)
    except OSError as error:
        fail(Exit.UNWRITABLE, f"{error.filename or folder}: {(error.strerror or 'cannot be written').lower()}", as_json=as_json)


def _behind(error: BaseException | None) -> sqlite3.OperationalError | None:
    """The disk's refusal that lies behind an error, if any: a damaged database is another kind of `sqlite3` error."""
    while error is not None and not isinstance(error, sqlite3.OperationalError):
        error = error.__context__
    return error
