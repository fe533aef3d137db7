"""The command line. It reads arguments, calls the rooms below, and prints; it holds no rules.

`homeward --help` lists the commands. Each is a small file of this package, loaded only when it is called, so that
`homeward record verify` starts without the solver and `homeward terms show` without the cryptography. How every command ends,
with which exit code, and what `--json` prints is in `homeward.cli.outcome`.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Mapping

import click

from homeward import __version__

#: Command → the module of this package that holds it, as an attribute of the same name.
_COMMANDS: Mapping[str, str] = {
    "demo": "rehearse",
    "rehearse": "rehearse",
    "list": "lists",
    "match": "match",
    "search": "search",
    "serve": "serve",
    "node": "node",
    "terms": "terms",
    "plan": "plan",
    "record": "record",
}


class _Lazy(click.Group):
    """A group whose commands are imported when they are needed."""

    def __init__(self, name: str, commands: Mapping[str, str], help_text: str) -> None:
        super().__init__(
            name, help=help_text, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
        )
        self._where = commands

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature.
        return list(self._where)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's own signature.
        module = self._where.get(cmd_name)
        if module is None:
            return None
        command = getattr(importlib.import_module(f"homeward.cli.{module}"), f"{cmd_name}_command")
        assert isinstance(command, click.Command)
        return command


cli = _Lazy(
    "homeward",
    _COMMANDS,
    """Run a prisoner exchange: lists, terms, plan, handover, and a record that every party can check alone.

    Try it:  homeward demo
    """,
)
cli = click.version_option(__version__, prog_name="homeward")(cli)


def main() -> None:
    """The way in of `homeward` and of `python -m homeward`."""
    try:
        cli(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(64)
    except click.ClickException as error:
        # One line, whatever is wrong with the command line; with --json as an object like every other error.
        path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx is not None else "homeward"
        message = f"{path}: {error.format_message()}"
        if "--json" in sys.argv:
            click.echo(json.dumps({"error": {"code": 64, "message": message}}, ensure_ascii=False))
        else:
            click.echo(f"{message} (see {path} --help)", err=True)
        sys.exit(64)
