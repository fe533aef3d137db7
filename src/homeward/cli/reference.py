"""The page `docs/commands.md`: every command of the program with one example and its help, made from the program itself.

`python -m homeward.cli.reference` prints the page. A test holds the page to what is printed here, and every example to the options
that its command has.

>>> next(path for path, _ in commands())
'homeward demo'
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator, Mapping

import click

from homeward.cli import cli
from homeward.cli.beside import CommandWithGroup

#: One example for each command, as it is typed.
EXAMPLES: Mapping[str, str] = {
    "homeward demo": "homeward demo -o demo --people 200 --seed 7",
    "homeward rehearse": "homeward rehearse our-exchange",
    "homeward list check": "homeward list check held.xlsx --terms terms.toml --side home-UA --register register.xlsx",
    "homeward list diff": "homeward list diff held-1.xlsx held-2.xlsx",
    "homeward list freeze": "homeward list freeze held.xlsx -o held.frozen.json --party RU --side home-UA",
    "homeward list answer": "homeward list answer their-list.xlsx --register register.xlsx -o review.xlsx",
    "homeward list overdue": "homeward list overdue terms.toml --happened lists=2025-05-18T12:00Z",
    "homeward match": "homeward match their-list.xlsx register.xlsx -o pairs.csv",
    "homeward match private request": "homeward match private request ours.xlsx -o request.private --secret keep.secret",
    "homeward match private answer": "homeward match private answer theirs.xlsx request.private -o answer.private",
    "homeward match private result": "homeward match private result ours.xlsx answer.private --secret keep.secret -o shared.csv",
    "homeward search": "homeward search register.xlsx shevchenko oleks 1987",
    "homeward terms check": "homeward terms check terms.toml",
    "homeward terms show": "homeward terms show terms.toml --language uk",
    "homeward terms schema": "homeward terms schema",
    "homeward plan make": "homeward plan make terms.toml --list UA=UA/held.xlsx --list RU=RU/held.xlsx -o plan --seed agreed",
    "homeward plan why": "homeward plan why RU-0030 --plan plan",
    "homeward plan check": "homeward plan check plan --list UA=UA/held.xlsx --list RU=RU/held.xlsx --recompute",
    "homeward plan replan": "homeward plan replan plan --stage day1 --incident RU-0030=refused -o plan-2",
    "homeward plan charts": "homeward plan charts plan-2 -o charts.html",
    "homeward plan draw": "homeward plan draw agreed RU-0030 RU-0031",
    "homeward record verify": "homeward record verify istanbul.record",
    "homeward record compare": "homeward record compare ours.record theirs.record",
    "homeward record show": "homeward record show istanbul.record --person p-0417",
    "homeward record redact": "homeward record redact istanbul.record -o public.record --acts 40-52",
    "homeward record check-disclosure": "homeward record check-disclosure p-0417.json istanbul.record",
    "homeward record new charter": "homeward record new charter terms.toml --public UA.public --public RU.public -o charter.toml",
    "homeward record new device": "homeward record new device UA --name officer-3",
    "homeward record new card": "homeward record new card UA --key root -o UA-root.pdf",
    "homeward record new from-card": "homeward record new from-card UA --key UA/root --digits '7060 8333 4584 6122 4845 4122'",
    "homeward record new keys": "homeward record new keys UA --party UA --passphrase --card UA-root.pdf",
    "homeward record new root": "homeward record new root UA --card UA-root-2.pdf",
    "homeward record new office": "homeward record new office UA charter.toml",
    "homeward record list commit": "homeward record list commit UA home-RU held.xlsx --on 2025-05-23",
    "homeward record list lodge": "homeward record list lodge NEUTRAL home-RU",
    "homeward record list release": "homeward record list release NEUTRAL",
    "homeward record list open": "homeward record list open RU home-RU -o their-list.xlsx",
    "homeward record list answer": "homeward record list answer RU home-RU answers.json",
    "homeward record list open-answers": "homeward record list open-answers UA home-RU -o answers.json",
    "homeward record add": "homeward record add UA received person=p-0417 stage=day1",
    "homeward record agree": "homeward record agree UA 12",
    "homeward record state": "homeward record state UA",
    "homeward record send": "homeward record send UA RU",
    "homeward record receive": "homeward record receive UA from-RU.parcel",
    "homeward record head": "homeward record head NEUTRAL",
    "homeward record cosign": "homeward record cosign UA",
    "homeward record export": "homeward record export UA -o istanbul.record --settled",
    "homeward record import": "homeward record import UA istanbul.record",
    "homeward record disclose": "homeward record disclose UA home-RU p-0417 --fields surname,birth_date -o p-0417.json",
    "homeward serve": "homeward serve node --port 8000",
    "homeward node check": "homeward node check node",
    "homeward node update": "homeward node update node",
    "homeward node backup": "homeward node backup node -o node.backup",
    "homeward node backup-keys": "homeward node backup-keys node -o node.keys",
    "homeward node restore": "homeward node restore node.backup node-2 --keys node.keys",
    "homeward node new-key": "homeward node new-key node",
}

#: Command → the modules whose own descriptions say more about its files; they go under its help, each without its first line.
_MORE: Mapping[str, tuple[str, ...]] = {"homeward plan make": ("homeward.cli.plan_input", "homeward.cli.plan_folder")}

_HEAD = """# Commands

Every command of `homeward`, with one example and its own help. This page is made by the program
(`python -m homeward.cli.reference`), and a test keeps it in step.

Every command takes `--json`: then it prints one JSON object on standard output and nothing else. Progress goes to standard
error, and only to a terminal. What a command cannot do, it says in one line, and it leaves nothing half-written.

| exit code | meaning |
|---|---|
"""


def commands(group: click.Command = cli, path: str = "homeward") -> Iterator[tuple[str, click.Command]]:
    """Every command that does something itself, with the words that call it, in the order of `--help`."""
    if not isinstance(group, click.Group):
        yield path, group
        if isinstance(group, CommandWithGroup):
            yield from commands(group.beside, f"{path} {group.beside.name}")
        return
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None and not command.hidden:
            yield from commands(command, f"{path} {name}")


def help_of(path: str, command: click.Command) -> str:
    """The text of `--help`, in a width of its own so that no terminal changes it."""
    context = click.Context(command, info_name=path, max_content_width=100, terminal_width=100)
    context.help_option_names = ["-h", "--help"]
    return command.get_help(context)


def page(examples: Mapping[str, str] = EXAMPLES) -> str:
    """The whole page. A command without an example is our own mistake and raises `KeyError`."""
    parts = [_HEAD.rstrip("\n") + "\n" + _codes()]
    for path, command in commands():
        parts.append(f"## {path}\n\n```sh\n{examples[path]}\n```\n\n```text\n{help_of(path, command)}\n```\n")
        for module in _MORE.get(path, ()):
            told = importlib.import_module(module).__doc__ or ""
            parts.append(told.partition("\n\n")[2].strip() + "\n")
    return "\n".join(parts)


def _codes() -> str:
    """The rows of the table of exit codes in `homeward.cli.outcome`, which is where they are fixed."""
    from homeward.cli import outcome

    return "".join(f"{row}\n" for row in re.findall(r"^\| \d+ \|.*\|$", outcome.__doc__ or "", re.MULTILINE))


if __name__ == "__main__":
    sys.stdout.write(page())
