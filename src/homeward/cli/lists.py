"""`homeward list`: check a list before it is sent, compare two versions, answer it, freeze it."""

from __future__ import annotations

from pathlib import Path

import click

from homeward.cli.options import DAY, LANGUAGE, MAPPING, QUIET, SHEET, day_of, read_list
from homeward.cli.outcome import Exit, finish, json_option
from homeward.cli.progress import steps_on_terminal

FILE = click.argument("file", type=click.Path(path_type=Path))


@click.group("list")
def list_command() -> None:
    """Check, compare, answer and freeze lists of people."""


@list_command.command("check")
@FILE
@click.option(
    "--terms", "terms_file", type=click.Path(path_type=Path), help="Check the list against these terms, clause by clause."
)
@click.option("--side", help="Which stream of the terms this list is for, such as home-UA.")
@click.option(
    "--register", "register_file", type=click.Path(path_type=Path), help="Your own register: who is released, dead, civilian."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Where the copy with remarks goes; FILE-checked.xlsx beside FILE if not given.",
)
@click.option("--no-copy", is_flag=True, help="Write no copy with remarks.")
@MAPPING
@SHEET
@DAY
@LANGUAGE
@QUIET
@json_option
def check(
    file: Path,
    *,
    terms_file: Path | None,
    side: str | None,
    register_file: Path | None,
    output: Path | None,
    no_copy: bool,
    mapping: Path | None,
    sheet: str | None,
    day: str | None,
    language: str,
    quiet: bool,
    as_json: bool,
) -> None:
    """Read FILE and report its quality: what an officer reads before sending.

    Writes a copy of FILE as XLSX with a column of remarks. Exit code 1 means that something should keep the list from being sent.
    """
    from homeward.lists import check as check_quality
    from homeward.people import annotate
    from homeward.terms import load

    with steps_on_terminal(quiet=quiet or as_json) as steps:
        terms = load(terms_file) if terms_file else None
        if terms is not None and side is not None and side not in terms.sides:
            raise click.UsageError(f"the terms have no side {side}; their sides are {', '.join(terms.sides)}")
        people = read_list(file, mapping, sheet, steps)
        register = read_list(register_file, None, None, steps) if register_file else None
        report = check_quality(people, terms=terms, side=side, register=register, on=day_of(day), progress=steps)
        copy = None if no_copy else output or file.with_name(f"{file.stem}-checked.xlsx")
        if copy is not None:
            heading = "Зауваження" if language == "uk" else "Remarks"
            annotate(people.path, copy, report.remarks(language), heading=heading)
    text = report.text(language)
    if copy is not None:
        text += f"\n\n{copy}"
    result = {**report.as_dict(), "header_row": people.header_row, "sheet": people.sheet, "copy": str(copy) if copy else None}
    result["columns"] = {field.value: heading for field, heading in people.columns.items()}
    result["file_remarks"] = [remark.text(language) for remark in people.remarks]
    finish(result, text, as_json=as_json, code=Exit.STOP if report.stops else Exit.DONE)
