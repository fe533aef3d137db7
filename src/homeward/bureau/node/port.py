"""Holding the port of a node, before anything else of a start is done: a second start of the same node then changes nothing."""

from __future__ import annotations

import errno
import socket

from homeward.bureau.node.folder import NodeError


def bind(host: str, port: int) -> socket.socket:
    """Hold the port, before anything else is done for a start. Raises `NodeError` when it cannot be had."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as error:
        raise NodeError(f"{host}:{port}: {_why(error)}", code="not_writable") from error


def _why(error: OSError | OverflowError) -> str:
    match getattr(error, "errno", None):
        case errno.EADDRINUSE:
            return "another program has this port; stop it, or choose another with --port"
        case errno.EACCES:
            return "ports below 1024 are the system's own; choose another with --port"
        case errno.EADDRNOTAVAIL:
            return "this is no address of this machine; leave --host out, or give 0.0.0.0 for all"
        case _:
            return f"the address cannot be had ({error}); give an address of this machine and a port from 1 to 65535"
