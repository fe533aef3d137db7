"""Filling one demo node in a process of its own, because a process is one node: `… -m homeward.bureau.demo.seeding NODE PORTS`."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

from homeward.bureau.demo.laying import SEED_FILE, read_seed
from homeward.bureau.node.starting import set_up


def main(folder: Path, ports: str) -> None:
    """Make the node's tables and fill them; `ports` is a JSON object, party → port on this machine.

    A demo node without a seed file gets its invented officers and nothing else: an exchange begins there from the first page.
    """
    set_up(folder)
    # What follows knows the tables, which Django reads only now.
    import_module("homeward.bureau.node.preparing").migrate()
    filling = import_module("homeward.bureau.demo.filling")
    if (folder / SEED_FILE).exists():
        filling.fill(read_seed(folder), json.loads(ports))
    else:
        filling.add_officers()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
