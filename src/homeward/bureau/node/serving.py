"""Serving a node: one process, a few threads, waitress. A proxy in front of it speaks HTTPS (HOMEWARD_TLS=yes).

One process, because the counts of tries at signing in and the search over sealed names are kept in its memory. Python runs one
thread at a time, so threads are for waiting: for the disk, for the database, for scrypt, which lets others run. How many it takes
is measured by bench/load/threads.py: two are too few, and from four to sixteen no difference showed. Long work is computed in
processes beside it (`homeward.bureau.jobs`), so that no page waits for it.
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from types import FrameType

import waitress
from django.conf import settings

from homeward.bureau.jobs.supervising import workers
from homeward.bureau.node.wsgi import application

THREADS = 8


def serve(
    held: socket.socket, *, threads: int = THREADS, proxy: str = "127.0.0.1", when_ready: Callable[[], None] = lambda: None
) -> None:
    """Serve at the held port until somebody stops it (Ctrl-C, or SIGTERM as service managers send it).

    `proxy` is where the HTTPS proxy asks from; what others say in X-Forwarded-… is left unread.
    """

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    behind: dict[str, object] = {}
    if settings.TLS:
        behind = {
            "trusted_proxy": proxy,
            "trusted_proxy_count": 1,
            "trusted_proxy_headers": "x-forwarded-for x-forwarded-proto",
        }
    server = waitress.create_server(
        application,
        sockets=[held],
        threads=threads,
        ident="homeward",
        clear_untrusted_proxy_headers=True,
        max_request_body_size=settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 2**20,
        # What comes in and goes out may be a list of names: no part of it is parked in a temporary file.
        inbuf_overflow=settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 2**21,
        outbuf_overflow=settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 2**21,
        **behind,
    )
    signal.signal(signal.SIGTERM, stop)
    with workers(settings.NODE):
        when_ready()
        server.run()
    server.close()
