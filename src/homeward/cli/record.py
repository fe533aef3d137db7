"""`homeward record`: everything that is done with a record and with one party's copy of it, by file.

| for anybody who holds a record file | for an office |
|---|---|
| `verify`, `compare`, `show`: what it says and whether to believe it | `new keys`, `new charter`, `new office`: the ceremony |
| `redact`: the copy for the public | `add`, `agree`: sign an act; `state`: where things stand |
| `check-disclosure`: what a shown person proves | `send`, `receive`, `head`, `cosign`: what travels between offices |
| | `export`, `import`, `disclose`: files out and in |

The commands live in `record_*.py`, one file for each kind of work; docs/record-commands.md walks through them. None opens a
network connection. An exit code of 1 means: stop and look; 2: somebody must do something first (`homeward.cli.outcome`).
"""

from __future__ import annotations

import click

from homeward.cli import record_check, record_show


@click.group("record")
def record_command() -> None:
    """Check, show, compare and share a record; sign acts and exchange them by file."""


for _command in (*record_check.COMMANDS, *record_show.COMMANDS):
    record_command.add_command(_command)
