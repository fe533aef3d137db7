"""`homeward list answer`: every name of the other side's list gets an answer, after two officers have decided who is who.

It takes two calls. The first compares the list with the register and with itself and writes a review sheet; two officers fill
it in. The second reads the sheet and derives one of the sixteen answers for every entry. What is still undecided is answered
UNDER_INQUIRY, and the exit code says that people are not done.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from homeward.cli.options import LANGUAGE, MAPPING, QUIET, SHEET, day_of, read_list
from homeward.cli.outcome import Exit, finish, json_option
from homeward.cli.progress import Steps, steps_on_terminal
from homeward.cli.words import say

if TYPE_CHECKING:
    from homeward.lists import Answer, Pair

_PATH = click.Path(path_type=Path)
#: How many undecided pairs the text names one by one.
_NAMED = 20


@click.command("answer")
@click.argument("file", metavar="LIST", type=_PATH)
@click.option(
    "--register", "register_file", required=True, type=_PATH, help="Your own register, which the list is compared with."
)
@click.option("--review", type=_PATH, help="The review sheet, filled in by two officers.")
@click.option(
    "-o",
    "--output",
    required=True,
    type=_PATH,
    help="The review sheet to write (XLSX); with --review, the answers (XLSX or JSON).",
)
@click.option("--known", type=_PATH, help="A book of earlier decisions: what they settle is not asked again.")
@click.option("--book", type=_PATH, help="With --review: write all decisions, earlier and new, to this book.")
@click.option(
    "--earlier", type=_PATH, help="Earlier answers to this list: whoever was acknowledged and is denied now is named."
)
@click.option(
    "--kind",
    type=click.Choice(["OFFER", "REQUEST"]),
    default="OFFER",
    show_default=True,
    help="What the list is: offered, asked for.",
)
@click.option("--due", metavar="YYYY-MM-DD", help="The day by which answers are due: after it, what is undecided is NO_ANSWER.")
@click.option("--until", metavar="YYYY-MM-DD", help="The day by which answers to what is under inquiry are promised.")
@click.option("--on", "day", metavar="YYYY-MM-DD", help="The day of the decisions; today if not given.")
@MAPPING
@SHEET
@LANGUAGE
@QUIET
@json_option
def answer(
    file: Path,
    *,
    register_file: Path,
    review: Path | None,
    output: Path,
    known: Path | None,
    book: Path | None,
    earlier: Path | None,
    kind: str,
    due: str | None,
    until: str | None,
    day: str | None,
    mapping: Path | None,
    sheet: str | None,
    language: str,
    quiet: bool,
    as_json: bool,
) -> None:
    """Answer LIST name by name: first write a review sheet for two officers, then read it back with --review.

    A machine only proposes who is who; two people decide. Exit code 2 means that people have something to decide first.
    """
    from homeward.lists import DecisionBook, open_pairs, propose, read_decisions

    _right_endings(output, review, book)
    today = day_of(day) or datetime.now(UTC).date()
    due_day, until_day = day_of(due, "--due"), day_of(until, "--until")
    with steps_on_terminal(quiet=quiet or as_json) as steps:
        entries = read_list(file, mapping, sheet, steps).people
        register = read_list(register_file, None, None, steps).people
        decided = read_decisions(known) if known else DecisionBook()
        pairs = propose(entries, register, progress=steps).pairs()
        asked = open_pairs(pairs, decided)
        if review is None:
            _ask(asked, output, language, steps, as_json=as_json)
        from homeward.lists import contradictions, counts, derive_answers, read_review, write_decisions

        result = read_review(review, asked, day=today.isoformat())
        decided = decided.add(result.decisions)
        before = _read_answers(earlier) if earlier else []
        answers = derive_answers(
            entries,
            register,
            decided,
            pairs,
            earlier=before,
            earlier_reference=earlier.name if earlier else "",
            due=due_day,
            on=today,
            until=until_day,
        )
        alarms = contradictions(before, answers, reference=earlier.name if earlier else "")
        _write_answers(output, answers, kind, language)
        if book is not None:
            write_decisions(book, decided)
    given = {code: count for code, count in counts(answers).items() if count}
    lines = [say("answers", language, count=len(answers)), *(f"  {code:<38}{count:>7}" for code, count in given.items())]
    lines += [alarm.sentence(language) for alarm in alarms]
    if result.undecided:
        lines.append(say("pairs undecided", language, count=len(result.undecided)))
        for each in result.undecided[:_NAMED]:
            ids = {"left": each.pair.left.id, "right": each.pair.right_id or "?"}
            lines.append("  " + say("undecided", language, file=review.name, row=each.row, why=each.why(language), **ids))
        if len(result.undecided) > _NAMED:
            lines.append("  " + say("and more", language, count=len(result.undecided) - _NAMED))
    finish(
        {
            "output": str(output),
            "answers": len(answers),
            "counts": given,
            "undecided": [
                {"row": each.row, "left_id": each.pair.left.id, "right_id": each.pair.right_id, "why": each.why(language)}
                for each in result.undecided
            ],
            "contradictions": [alarm.entry_id for alarm in alarms],
        },
        "\n".join([*lines, str(output)]),
        as_json=as_json,
        code=Exit.UNFINISHED if result.undecided else Exit.STOP if alarms else Exit.DONE,
    )


def _right_endings(output: Path, review: Path | None, book: Path | None) -> None:
    """What can be wrong with the options before any work is done."""
    ending = output.suffix.lower()
    if review is None and ending != ".xlsx":
        raise click.UsageError(f"a review sheet is an .xlsx file, and {output.name} is not")
    if review is None and output.exists():
        raise click.UsageError(f"{output} is there already, and officers may have worked on it; choose another name with -o")
    if review is None and book is not None:
        raise click.UsageError("--book takes the decisions of a filled sheet; give it with --review")
    if review is not None and ending not in {".xlsx", ".json"}:
        raise click.UsageError(f"answers are written as .xlsx or .json, and {output.name} is neither")
    if review is not None and output.resolve() == review.resolve():
        raise click.UsageError("the answers would replace the review sheet; give them another name with -o")


def _ask(asked: list[Pair], output: Path, language: str, steps: Steps, *, as_json: bool) -> NoReturn:
    """Write the review sheet and leave: what comes next is up to two officers."""
    from homeward.lists import write_review

    write_review(output, asked, language=language, progress=steps)
    steps.end(well=True)
    text = say("pairs to decide", language, count=len(asked), sheet=output)
    finish({"sheet": str(output), "pairs": len(asked)}, text, as_json=as_json, code=Exit.UNFINISHED if asked else Exit.DONE)


def _read_answers(path: Path) -> list[Answer]:
    from homeward.lists import read_answer_sheet, read_answers

    return read_answers(path)[0] if path.suffix.lower() == ".json" else read_answer_sheet(path)


def _write_answers(path: Path, answers: list[Answer], kind: str, language: str) -> None:
    from homeward.lists import write_answer_sheet, write_answers

    if path.suffix.lower() == ".json":
        write_answers(path, answers, kind)
    else:
        write_answer_sheet(path, answers, kind, language=language)
