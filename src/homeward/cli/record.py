"""`homeward record`: everything that is done with a record and with one party's copy of it, by file.

| for anybody who holds a record file | for an office |
|---|---|
| `verify`, `compare`, `show`: what it says and whether to believe it | `new keys`, `new charter`, `new office`: the ceremony |
| `redact`: the copy for the public | `add`, `agree`: sign an act; `state`: where things stand |
| `check-disclosure`: what a shown person proves | `send`, `receive`, `head`, `cosign`: what travels between offices |
| | `list`: a list from its holder to its receiver, and the answers back |
| | `export`, `import`, `disclose`: files out and in |

The commands live in `record_*.py`, one file for each kind of work; docs/record-commands.md walks through them. None opens a
network connection. An exit code of 1 means: stop and look; 2: somebody must do something first (`homeward.cli.outcome`).
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping

import click

#: Command → the module of this package that holds it. It is imported when it is called, so that `verify` starts fast.
_WHERE: Mapping[str, str] = {
    "verify": "record_check",
    "compare": "record_check",
    "show": "record_show",
    "redact": "record_show",
    "check-disclosure": "record_person",
    "new": "record_new",
    "list": "record_lists",
    "add": "record_acts",
    "agree": "record_acts",
    "state": "record_state",
    "send": "record_mail",
    "receive": "record_mail",
    "head": "record_mail",
    "cosign": "record_mail",
    "export": "record_mail",
    "import": "record_mail",
    "disclose": "record_person",
}


class _Group(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature.
        return list(_WHERE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's own signature.
        if cmd_name not in _WHERE:
            return None
        module = importlib.import_module(f"homeward.cli.{_WHERE[cmd_name]}")
        found = next(command for command in module.COMMANDS if command.name == cmd_name)
        assert isinstance(found, click.Command)
        return found


@click.group("record", cls=_Group)
def record_command() -> None:
    """Check, show, compare and share a record; sign acts and exchange them by file."""
