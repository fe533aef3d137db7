"""A command that has a group beside it: `homeward match LEFT RIGHT` is the command, `homeward match private …` the group.

The group is chosen by its name as the first word; a file of that name is meant by `./private`.

>>> import click
>>> beside = click.Group("private", commands={"ask": click.Command("ask")})
>>> command = CommandWithGroup("match", beside=beside, params=[click.Argument(["file"])])
>>> command.make_context("match", ["list.csv"]).command.name, command.make_context("match", ["private", "ask"]).command.name
('match', 'private')
"""

from __future__ import annotations

from typing import Any

import click


class CommandWithGroup(click.Command):
    """A command that hands over to the group `beside` when its first word is that group's name."""

    def __init__(self, *args: Any, beside: click.Group, **options: Any) -> None:
        super().__init__(*args, **options)
        self.beside = beside

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        name = self.beside.name
        if args and args[0] == name:
            return self.beside.make_context(f"{info_name} {name}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)
