"""A copy of this process that takes work through a pipe and says in the end which number was the lowest to fail.

Two pipes and a fork: no file is written, no socket opened, no lock shared, and nothing is imported again. A helper that dies
without its last word is an error, never a good result.

>>> import os
>>> if hasattr(os, "fork"):
...     helper = Helper(lambda numbers: next((number for number in numbers if number > 8), None))
...     helper.send([1, 9, 10])
...     helper.send([11])
...     print(helper.finish())
...     helper.close()
9
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

if sys.platform == "linux":
    import fcntl
    import termios

#: How far ahead of a helper work may pile up, in bytes, if its maker says nothing; Linux gives this much to a pipe without asking.
AHEAD = 1 << 20
_ENDED = "a process that checked signatures was ended from outside; check the record again"


class Helper:
    """`work` is called in the copy with what was sent, each time; it gives the number that failed, or None.

    `others` are the helpers made before; `ahead` is how many bytes may wait for this one before `send` waits too.
    """

    def __init__(self, work: Callable[[Any], int | None], others: Iterable[Helper] = (), ahead: int = AHEAD) -> None:
        inward, self._tasks = os.pipe()
        self._answer, outward = os.pipe()
        if sys.platform == "linux":
            fcntl.fcntl(self._tasks, fcntl.F_SETPIPE_SZ, ahead)
        self._process = os.fork()
        if self._process == 0:
            # The copy must not hold open the ends that tell it, and the other copies, that nothing more comes.
            for ours in (self._tasks, self._answer, *(end for other in others for end in (other._tasks, other._answer))):
                os.close(ours)
            _serve(work, inward, outward)
        os.close(inward)
        os.close(outward)
        self._open = [self._tasks, self._answer]

    def send(self, task: Any) -> None:
        """Hand over one piece of work: numbers, texts, bytes, lists and tuples of them."""
        data = marshal.dumps(task)
        self._write(len(data).to_bytes(8) + data)

    @property
    def waiting(self) -> int:
        """How many bytes of work it has not yet taken up: who has fewest will be idle first. 0 where the system does not say."""
        if sys.platform != "linux":
            return 0
        return int.from_bytes(fcntl.ioctl(self._tasks, termios.FIONREAD, bytes(4)), sys.byteorder)

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._tasks, view) :]
        except BrokenPipeError:
            raise RuntimeError(_ENDED) from None

    def finish(self) -> int | None:
        """No more work: wait, and give the lowest number that failed."""
        self._write(bytes(8))
        with os.fdopen(os.dup(self._answer), "rb") as file:
            data = file.read()
        if not data.endswith(b"end"):
            raise RuntimeError(_ENDED)
        return int(data[:-3]) if data != b"end" else None

    def close(self) -> None:
        """End the copy, if it still runs."""
        for end in list(self._open):
            self._close(end)
        if self._process:
            os.waitpid(self._process, 0)
            self._process = 0

    def _close(self, end: int) -> None:
        if end in self._open:
            self._open.remove(end)
            os.close(end)


def _serve(work: Callable[[Any], int | None], inward: int, outward: int) -> None:
    """What the copy does; it never returns, and whatever goes wrong ends it without its last word."""
    try:
        lowest: int | None = None
        with os.fdopen(inward, "rb") as tasks:
            while size := int.from_bytes(tasks.read(8)):
                failed = work(marshal.loads(tasks.read(size)))  # noqa: S302 # It comes from this program itself.
                if failed is not None:
                    lowest = failed if lowest is None else min(lowest, failed)
        os.write(outward, (b"" if lowest is None else b"%d" % lowest) + b"end")
    finally:
        os._exit(0)
