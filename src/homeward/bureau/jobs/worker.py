"""A worker: a process that does the jobs of one kind, kept by a server (`supervising`).

    python -m homeward.bureau.jobs.worker KIND TOKEN

It looks for jobs now and then, and ends by itself when nothing came for a while, so that its memory goes back. Its standard input is a
pipe that the server holds and never writes to: when the server ends, however it ends, the pipe does, and the worker stops on the
spot. What it was writing is undone by the database, and the job is taken up by the next start.
"""

from __future__ import annotations

import os
import sys
import threading
import time

#: Seconds between two looks, and without any job until the end.
LOOK, IDLE = 0.5, 300.0


def main(kind: str, token: str, *, idle: float = IDLE) -> None:
    """Work until nothing came for so many seconds, or the server is gone."""
    import django  # noqa: PLC0415 - set up before anything of the bureau is imported.

    django.setup()
    threading.Thread(target=_end_with_the_server, name="server", daemon=True).start()
    from homeward.bureau.jobs.working import work_off  # noqa: PLC0415 - the same.

    last = time.monotonic()
    while time.monotonic() - last < idle:
        if work_off(kind, token, beating=True):
            last = time.monotonic()
        time.sleep(LOOK)


def _end_with_the_server() -> None:
    """Blocks until the pipe ends."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
