"""Three running nodes of one exchange, each a process of its own with a folder of its own, as `homeward serve` starts them."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from homeward.bureau.demo.nodes import seed_all, serving
from homeward.bureau.node.folder import Identity, write_identity

PARTIES = ("UA", "RU", "NEUTRAL")


@contextmanager
def three_nodes(folder: Path) -> Iterator[dict[str, str]]:
    """Start three nodes that have officers and nothing else. Gives party → address."""
    nodes = {party: folder / party for party in PARTIES}
    for party, node in nodes.items():
        write_identity(node, Identity(party, f"Bureau of {party}", neutral=party == "NEUTRAL", demo=True))
    ports = {party: free_port() for party in PARTIES}
    seed_all(nodes, ports, lambda _step, _done, _total: None)
    with serving(nodes, ports) as addresses:
        yield addresses


def free_port() -> int:
    """A port that nobody listens at just now."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        return int(held.getsockname()[1])
