"""`homeward demo` and `homeward rehearse`: a whole exchange on this machine, from lists to verdict."""

from __future__ import annotations

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
@json_option
def demo_command(output: Path, *, people: int, seed: str | None, language: str, quiet: bool, as_json: bool) -> None:
    """Invent an exchange of the size and terms of 23-25 May 2025, and rehearse it: two bureaux and a neutral.

    Everybody in it is invented. The folder that it writes is like your own would be: see `homeward rehearse`.
    """
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
