"""When two lists are too long for everything about them to be in memory at once.

The join of the keys, which is the largest part and is read from front to back, then goes into files without a name in the folder
for temporary files (`TMPDIR`), one kind of key after the other; the system keeps of it in memory what there is room for. Pairs and
numbers are the same either way.
"""

from __future__ import annotations

import ctypes
import gc
import os
from collections.abc import Iterable
from mmap import mmap
from tempfile import TemporaryFile
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int32]

#: About so many bytes the join of keys takes for each row of both lists (measured, `docs/performance-matching.md`).
JOIN_BYTES = 220
#: The join may take this part of the machine's memory.
SHARE = 1 / 8


def machine() -> int:
    """The memory of this machine in bytes; 8 GiB where the system does not say."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return 8 * 2**30


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def too_long(rows: int) -> bool:
    """Whether the join of lists of so many rows together is better kept on disk."""
    return rows * JOIN_BYTES > machine() * SHARE


def give_back() -> None:
    """Give the system back what is in use no more: what only points to itself, and small pieces that the C library keeps."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None
    if trim is not None:
        trim(0)


def on_disk(parts: Iterable[npt.NDArray[Any]]) -> Numbers:
    """Numbers of 32 bits, one part behind the other, in a file without a name; what is not in use gives its memory back.

    >>> on_disk([np.array([3, 1]), np.array([2])]).tolist()
    [3, 1, 2]
    """
    with TemporaryFile(prefix="homeward-") as file:
        for part in parts:
            part.astype(np.int32, copy=False).tofile(file)
        file.flush()
        # The numbers stay where they are after the file is closed.
        return np.frombuffer(mmap(file.fileno(), 0), np.int32) if file.tell() else np.zeros(0, np.int32)
