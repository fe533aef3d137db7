"""`homeward list`: check a list before it is sent, compare two versions, freeze one, answer the other side's, watch the clocks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from homeward.cli.list_answer import answer
from homeward.cli.list_versions import diff, freeze, overdue
from homeward.cli.options import DAY, LANGUAGE, MAPPING, QUIET, SHEET, day_of, pairs_of, read_list
from homeward.cli.outcome import Exit, finish, json_option
from homeward.cli.progress import Steps, steps_on_terminal
from homeward.cli.words import say

if TYPE_CHECKING:
    from homeward.lists import QualityReport
    from homeward.people import PeopleFile
    from homeward.terms import Terms

FILE = click.argument("file", type=click.Path(path_type=Path))


@click.group("list")
def list_command() -> None:
    """Check, compare, answer and freeze lists of people; watch the clocks."""


@list_command.command("check")
@FILE
@click.option(
    "--terms", "terms_file", type=click.Path(path_type=Path), help="Check the list against these terms, clause by clause."
)
@click.option("--side", help="Which side of the terms this list is for (home-UA), or the party that holds its people (RU).")
@click.option(
    "--register", "register_file", type=click.Path(path_type=Path), help="Your own register: who is released, dead, civilian."
)
@click.option(
    "--other",
    "others",
    multiple=True,
    metavar="NAME=FILE",
    help="The list of another side, so that clauses between the sides are judged too. Once for each.",
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
    others: tuple[str, ...],
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
    from homeward.people import annotate, read_mapping
    from homeward.terms import load

    copy = None if no_copy else output or file.with_name(f"{file.stem}-checked.xlsx")
    if copy is not None and copy.suffix.lower() != ".xlsx":
        raise click.UsageError(f"the copy with remarks is an .xlsx file, and {copy.name} is not; change -o, or use --no-copy")
    if copy is not None and copy.resolve() == file.resolve():
        raise click.UsageError("the copy with remarks would replace the list itself; give it another name with -o")
    if others and (terms_file is None or side is None):
        raise click.UsageError("--other compares lists under terms; give the terms with --terms, and with --side what FILE is")
    if side is not None and terms_file is None:
        raise click.UsageError("--side names a side of the terms; give them with --terms")
    with steps_on_terminal(quiet=quiet or as_json) as steps:
        terms = load(terms_file) if terms_file else None
        side, note = _side(terms, side, file, language) if terms is not None else (None, "")
        people = read_list(file, mapping, sheet, steps)
        register = read_list(register_file, None, None, steps) if register_file else None
        others_read = _others(terms, side, others, steps)
        report = check_quality(
            people, terms=terms, side=side, register=register, others=others_read, on=day_of(day), progress=steps
        )
        if copy is not None:
            annotate(
                people.path,
                copy,
                report.remarks(language),
                heading=say("remarks", language),
                sheet=sheet,
                mapping=read_mapping(mapping) if mapping else None,
            )
    text = _as_text(report, people, note, language)
    if copy is not None:
        text += "\n\n" + say("copy", language, path=copy)
    result = {**report.as_dict(), "header_row": people.header_row, "sheet": people.sheet, "copy": str(copy) if copy else None}
    result["side"] = side
    result["columns"] = {field.value: heading for field, heading in people.columns.items()}
    result["file_remarks"] = [remark.text(language) for remark in people.remarks]
    finish(result, text, as_json=as_json, code=Exit.STOP if report.stops else Exit.DONE)


def _others(terms: Terms | None, side: str | None, given: tuple[str, ...], steps: Steps) -> dict[str, PeopleFile]:
    """The lists of the other sides, by the side's id."""
    from homeward.cli.plan_input import side_of

    found: dict[str, PeopleFile] = {}
    for name, path in pairs_of(given, "--other").items():
        assert terms is not None, "--other is refused without terms"
        other = side_of(terms, name)[0]
        if other == side or other in found:
            raise click.UsageError(f"--other {name}=…: the list of side {other} is given already")
        found[other] = read_list(path, None, None, steps)
    return found


def _side(terms: Terms, given: str | None, file: Path, language: str) -> tuple[str | None, str]:
    """The side that the list is for, and a line that says how that is known, or which sides there are."""
    from homeward.cli.plan_input import side_of

    if given is not None:
        return side_of(terms, given)[0], ""
    if len(terms.sides) == 1:
        return next(iter(terms.sides)), ""
    # A list is told by its name (home-UA.xlsx, held-RU.xlsx), or by its folder where its name is `held` (RU/held.xlsx).
    stem = file.stem.casefold()
    names = {stem, stem.removeprefix("held-").removeprefix("held_")}
    names |= {file.absolute().parent.name.casefold()} if stem == "held" else set()
    found = [side.id for side in terms.sides.values() if {side.id.casefold(), side.holder.casefold()} & names]
    if len(found) == 1:
        return found[0], say("side by name", language, side=found[0])
    sides = ", ".join(say("side", language, side=side.id, holder=side.holder) for side in terms.sides.values())
    return None, say("side not said", language, sides=sides)


def _as_text(report: QualityReport, people: PeopleFile, note: str, language: str) -> str:
    """Counts first, then the word whether to send it, then the findings, gravest first."""
    from homeward.lists import Severity

    count = {severity: sum(found.severity is severity for found in report.findings) for severity in Severity}
    head, _, findings = report.text(language).partition("\n")
    word = say("stop" if report.stops else "may be sent", language)
    told = say("findings", language, stops=count[Severity.STOPS], look=count[Severity.LOOK], notes=count[Severity.NOTE])
    lines = [head, f"{word} {told}"]
    lines += [note] if note else []
    lines += [remark.text(language) for remark in people.remarks]
    return "\n".join([*lines, findings]).rstrip()


for _command in (diff, freeze, answer, overdue):
    list_command.add_command(_command)
