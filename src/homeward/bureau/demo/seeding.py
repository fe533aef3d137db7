"""Filling one demo node in a process of its own, because a process is one node: `… -m homeward.bureau.demo.seeding NODE PORTS`."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

from homeward.bureau.demo.laying import read_seed
from homeward.bureau.node.starting import set_up


def main(folder: Path, ports: str) -> None:
    """Make the node's tables and fill them; `ports` is a JSON object, party → port on this machine."""
    set_up(folder)
    # What follows knows the tables, which Django reads only now.
    import_module("homeward.bureau.node.preparing").migrate()
    import_module("homeward.bureau.demo.filling").fill(read_seed(folder), json.loads(ports))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
