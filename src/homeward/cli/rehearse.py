"""`homeward demo` and `homeward rehearse`: a whole exchange on this machine, from lists to verdict."""

from __future__ import annotations

import json
from pathlib import Path

import click

from homeward.cli.options import LANGUAGE, QUIET
from homeward.cli.outcome import Exit, fail, finish, json_option
from homeward.cli.progress import steps_on_terminal
from homeward.rehearsal import Result, WaitingError, write_sheets
from homeward.rehearsal import demo as play_demo
from homeward.rehearsal import rehearse as play_folder

SEED = click.option("--seed", help="Repeat to the byte: the same seed gives the same files, keys, ids and report.")


@click.command("demo")
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("demo"), show_default=True, help="A new folder.")
@click.option("--people", type=click.IntRange(10, 200_000), default=1000, show_default=True, help="How many go home each way.")
@SEED
@LANGUAGE
@QUIET
@click.option("--serve", is_flag=True, help="Stop half-way, and go on in the browser: three nodes on this machine.")
@click.option(
    "--port", type=click.IntRange(1024, 65533), default=8101, show_default=True, help="With --serve: the first of three ports."
)
@click.option("--again", is_flag=True, help="With --serve: start the nodes that a demo left in the folder.")
@json_option
def demo_command(
    output: Path,
    *,
    people: int,
    seed: str | None,
    language: str,
    quiet: bool,
    serve: bool,
    port: int,
    again: bool,
    as_json: bool,
) -> None:
    """Invent an exchange of the size and terms of 23-25 May 2025, and rehearse it: two bureaux and a neutral.

    Everybody in it is invented. The folder that it writes is like your own would be: see `homeward rehearse`. With --serve it
    plays the first stage, and three nodes in the browser wait for the rest.
    """
    if serve:
        if seed is not None:
            raise click.UsageError("--seed repeats a rehearsal; people in browsers do not repeat: leave it out with --serve")
        serve_demo(output, people=people, language=language, port=port, again=again, quiet=quiet, as_json=as_json)
        return
    with steps_on_terminal(quiet=quiet or as_json) as steps:
        result = play_demo(output, people=people, seed=seed, language=language, progress=steps)
    _finish(result, as_json=as_json)


@click.command("rehearse")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where the result goes; FOLDER/rehearsal if not given.")
@SEED
@LANGUAGE
@QUIET
@json_option
def rehearse_command(folder: Path, *, output: Path | None, seed: str | None, language: str, quiet: bool, as_json: bool) -> None:
    """Play the exchange whose terms and lists lie in FOLDER (docs/the-way-of-an-exchange.md says which files).

    The first run writes a review sheet for each side and stops with exit code 2: two officers decide there which people are the
    same. Run it again when the sheets are filled in.
    """
    try:
        with steps_on_terminal(quiet=quiet or as_json) as steps:
            result = play_folder(folder, output or folder / "rehearsal", seed=seed, language=language, progress=steps)
    except WaitingError as waiting:
        write_sheets(waiting, language)
        sheets = [str(sheet) for sheet in waiting.sheets]
        fail(Exit.UNFINISHED, str(waiting), as_json=as_json, sheets=sheets, pairs=waiting.pairs)
    _finish(result, as_json=as_json)


def serve_demo(output: Path, *, people: int, language: str, port: int, again: bool, quiet: bool, as_json: bool) -> None:
    """Lay three nodes, or find those of an earlier demo, and serve them until Ctrl-C."""
    from homeward.bureau.demo.laying import lay_nodes, nodes_in
    from homeward.bureau.demo.nodes import seed_all, serving, wait_for_the_end

    with steps_on_terminal(quiet=quiet or as_json) as steps:
        nodes = nodes_in(output) if again else lay_nodes(output, people=people, language=language, progress=steps)
        if not nodes:
            raise click.UsageError(f"{output}: no demo was left here; leave --again out")
        ports = {code: port + place for place, code in enumerate(nodes)}
        seed_all(nodes, ports, steps)
    with serving(nodes, ports) as addresses:
        lines = [f"{code:10} {address}" for code, address in addresses.items()]
        text = (
            "\n".join(lines) + "\n\nEverybody is invented; the login pages say who may sign in. Ctrl-C stops the three nodes."
        )
        click.echo(json.dumps({"nodes": addresses}) if as_json else text)
        wait_for_the_end()


def _finish(result: Result, *, as_json: bool) -> None:
    widths = [max(len(row[column]) for row in result.table) for column in range(len(result.table[0]))]
    table = "\n".join("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in result.table)
    records = [str(path) for path in result.records.values()]
    text = f"{table}\n\n{result.verdict.text()}\n\nreport   {result.report}\n" + "\n".join(
        f"record   {path}" for path in records
    )
    found = {
        "folder": str(result.folder),
        "report": str(result.report),
        "records": records,
        "table": [dict(zip(result.table[0], row, strict=True)) for row in result.table[1:]],
        "verdict": result.verdict.as_json(),
    }
    finish(found, text, as_json=as_json, code=Exit.DONE)
