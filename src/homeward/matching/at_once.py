"""Two pieces of work at once, where one of them can be given to a child process.

Reading a list is work on texts, of which one process does no more than one at a time. So two long lists are read by two processes:
the second one is a copy of this one, made by the system as it stands (`fork`), with the list to read already in its memory; it hands
back what it made and ends. That is only done where it is safe and worth it: on Linux, with two processors, from the main thread
of a process that has no other. In all other cases, and when the child dies or cannot hand its result over, this process does
both pieces, one after the other, with the same result.

>>> at_once(lambda: [1], lambda: ["two"])
([1], ['two'])
"""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import signal
import sys
import threading
import warnings
from collections.abc import Callable
from contextlib import ExitStack, suppress
from io import FileIO
from typing import Any, TypeVar, cast

import numpy as np

from homeward.matching import memory

_DIE_WITH_PARENT = 1
_DONE = b"."

One = TypeVar("One")
Other = TypeVar("Other")


def at_once(one: Callable[[], One], other: Callable[[], Other]) -> tuple[One, Other]:
    """What two functions give; `other` may run in a child process, so it changes nothing here. Raises what they raise."""
    with ExitStack() as stack:
        child, file, told = 0, None, None
        if possible():
            # Where there is no memory for a second process, there is none.
            with suppress(OSError):
                file = stack.enter_context(FileIO(os.memfd_create("homeward"), "r+"))
                told, tell = (stack.enter_context(FileIO(end, way)) for end, way in zip(os.pipe(), "rw", strict=True))
                child = _fork()
                if not child:
                    _work(other, file, tell)
                tell.close()
        if file is None or told is None or not child:
            return one(), other()
        try:
            mine = one()
            # A child that dies closes its end of the pipe without a word. One that has spoken gives its memory back while we read.
            well = told.read(1) == _DONE
            theirs = _handed_over(file) if well else None
        except BaseException:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            raise
        finally:
            _end(child)
    # If the work itself fails, it fails here too, and says why.
    return mine, cast("Other", theirs) if well else other()


def possible() -> bool:
    """Whether a child process may do a part of the work."""
    if sys.platform != "linux" or memory.processors() < 2:
        return False
    alone = threading.active_count() == 1 and threading.current_thread() is threading.main_thread()
    return alone and hasattr(os, "memfd_create")


def _fork() -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    with warnings.catch_warnings():
        # Python counts the idle threads of NumPy's linear algebra, which is ready for this.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _end(child: int) -> None:
    """Wait for the end of the child."""
    # A process may let the system forget how its children ended.
    with suppress(ChildProcessError):
        os.waitpid(child, 0)


def _work(other: Callable[[], object], file: FileIO, tell: FileIO) -> None:
    """The life of the child: it works, hands over, says so, and ends without touching anything that it shares."""
    try:
        # If the parent is killed, the child goes too.
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        # Looking for garbage would copy memory that is still the parent's.
        gc.disable()
        _hand_over(other(), file)
        tell.write(_DONE)
    except Exception:  # noqa: S110 - the parent does the same work again and meets the same error.
        pass
    finally:
        os._exit(0)


def _hand_over(result: object, file: FileIO) -> None:
    """Write a result: how long its parts are, its pickle, then its arrays as they stand in memory."""
    arrays: list[pickle.PickleBuffer] = []
    whole = pickle.dumps(result, 5, buffer_callback=arrays.append)
    parts = [memoryview(whole), *(array.raw() for array in arrays)]
    sizes = np.array([len(parts), *(part.nbytes for part in parts)], np.int64)
    for part in (memoryview(sizes.tobytes()), *parts):
        while part.nbytes:
            part = part[file.write(part) :]  # noqa: PLW2901 - the system may take less than all.


def _handed_over(file: FileIO) -> Any:
    file.seek(0)
    (count,) = np.frombuffer(_read(file, 8), np.int64).tolist()
    sizes = np.frombuffer(_read(file, 8 * count), np.int64).tolist()
    whole, *arrays = (_read(file, size) for size in sizes)
    return pickle.loads(whole, buffers=arrays)  # noqa: S301 - from our own child, through memory that nobody else has.


def _read(file: FileIO, size: int) -> bytearray:
    out = bytearray(size)
    rest = memoryview(out)
    while rest:
        taken = file.readinto(rest)
        assert taken, "the child has handed over as much as it said"
        rest = rest[taken:]
    return out
