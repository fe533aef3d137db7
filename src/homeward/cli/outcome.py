"""How every command ends: what it prints for people, what it prints with `--json`, and which exit code it leaves.

| code | meaning |
|---|---|
| 0 | done, and nothing to object |
| 1 | done, and there is something to stop for: a changed record, a list not to be sent, terms that contradict each other |
| 2 | not finished: people must do something first, or somebody has not cosigned |
| 3 | the input cannot be read: one line says which file, which row, and what to do |
| 4 | the output cannot be written: a full disk, a missing right |
| 64 | the command line is wrong |
| 130 | interrupted |

With `--json` a command prints one JSON object on standard output and nothing else; progress goes to standard error, and only
to a terminal.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import sys
from collections.abc import Callable, Mapping
from enum import IntEnum
from functools import wraps
from typing import Any, NoReturn, ParamSpec

import click

from homeward.cli.errors import explain

P = ParamSpec("P")


class Exit(IntEnum):
    DONE = 0
    STOP = 1
    UNFINISHED = 2
    UNREADABLE = 3
    UNWRITABLE = 4
    USAGE = 64
    INTERRUPTED = 130


def json_option(function: Callable[P, None]) -> Callable[P, None]:
    """Add `--json` to a command. The command receives it as `as_json`, and its errors are printed accordingly."""

    @click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
    @wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        as_json = bool(kwargs.get("as_json"))
        try:
            function(*args, **kwargs)
        except KeyboardInterrupt:
            fail(Exit.INTERRUPTED, "interrupted: nothing half-written was left", as_json=as_json)
        except OSError as error:
            explained = explain(error)
            if explained is not None:
                fail(Exit.UNREADABLE, explained.message, as_json=as_json, **explained.details)
            sys.unraisablehook = _told_already
            fail(Exit.UNWRITABLE if _is_about_writing(error) else Exit.UNREADABLE, _os_message(error), as_json=as_json)
        except sqlite3.OperationalError as error:
            # The database's own words for a full disk or a missing right; it has undone what it had begun.
            fail(
                Exit.UNWRITABLE,
                f"the record cannot be written ({error}); free some space, check the rights, and run it again",
                as_json=as_json,
            )
        except Exception as error:
            explained = explain(error)
            if explained is None:
                raise
            fail(Exit(explained.code), explained.message, as_json=as_json, **explained.details)

    return wrapped


def finish(result: Mapping[str, Any], text: str, *, as_json: bool, code: Exit = Exit.DONE) -> NoReturn:
    """Print the result one way or the other, and leave with the code."""
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False, indent=2, default=str))
    elif text:
        click.echo(text)
    sys.exit(int(code))


def fail(code: Exit, message: str, *, as_json: bool, **details: Any) -> NoReturn:
    """Print one clear line (on standard error, or as JSON on standard output) and leave with the code."""
    if as_json:
        click.echo(json.dumps({"error": {"code": int(code), "message": message, **details}}, ensure_ascii=False, default=str))
    else:
        click.echo(message, err=True)
    sys.exit(int(code))


def _is_about_writing(error: OSError) -> bool:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG}:
        return True
    return error.errno in {errno.EACCES, errno.EPERM} and not _is_kept_from_reading(error.filename)


def _is_kept_from_reading(path: object) -> bool:
    """Whether a refused right is the right to read: the system does not say which, so it is asked again."""
    if not isinstance(path, str | bytes | os.PathLike):
        return False
    place = os.fsdecode(path)
    if os.path.lexists(place):
        return not os.access(place, os.R_OK)
    # The file cannot be seen, or is not there yet: then the folder's rights decide.
    return not os.access(os.path.dirname(place) or ".", os.R_OK | os.X_OK)  # noqa: PTH120 - the name may be bytes' text.


def _told_already(unraisable: sys.UnraisableHookArgs) -> None:
    """What a library cannot clean up after a full disk echoes the error that was just told in one line; the rest is shown."""
    if not isinstance(unraisable.exc_value, OSError):
        sys.__unraisablehook__(unraisable)


def _os_message(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            what = "the disk is full; nothing half-written was left. Free some space and run the command again"
        case errno.EROFS | errno.EACCES | errno.EPERM:
            what = "no right to read or write here; choose another folder, or ask who owns it"
        case errno.ENOENT:
            what = "there is no such file or folder"
        case errno.EISDIR:
            what = "this is a folder, and a file is needed"
        case _:
            what = (error.strerror or "could not be read or written").lower()
    return f"{where}{what}"
