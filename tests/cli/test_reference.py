"""The page of commands says what the program says."""

from __future__ import annotations

import shlex
from pathlib import Path

import click
import pytest

from homeward.cli.reference import EXAMPLES, commands, page

DOCS = Path(__file__).parents[2] / "docs" / "commands.md"
COMMANDS = dict(commands())


def test_the_page_of_commands_is_what_the_program_prints() -> None:
    remedy = "run: python -m homeward.cli.reference > docs/commands.md"
    assert DOCS.read_text("utf-8") == page(), remedy


def test_every_command_has_an_example_and_every_example_a_command() -> None:
    assert set(EXAMPLES) == set(COMMANDS)


@pytest.mark.parametrize("path", sorted(COMMANDS))
def test_every_example_is_a_command_line_that_its_command_takes(path: str) -> None:
    words = shlex.split(EXAMPLES[path])[len(path.split()) :]
    assert EXAMPLES[path].startswith(f"{path} ") or not words
    # Parsing raises for an option that is not there, a missing argument, a value of the wrong kind; nothing is run.
    COMMANDS[path].make_context(path, words, parent=click.Context(click.Group()))


@pytest.mark.parametrize("path", sorted(COMMANDS))
def test_every_command_takes_json_and_says_in_its_help_what_it_does(path: str) -> None:
    command = COMMANDS[path]
    assert "--json" in {name for parameter in command.params for name in parameter.opts}
    assert command.help
    assert all(getattr(parameter, "help", None) for parameter in command.params if isinstance(parameter, click.Option))
