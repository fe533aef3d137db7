"""`homeward match private`: which of our people another register has, without showing either register; three files by any carrier."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import click

from homeward.cli.options import MAPPING, QUIET, read_list
from homeward.cli.outcome import finish, json_option
from homeward.cli.progress import steps_on_terminal

_PATH = click.Path(path_type=Path)
_PAD = click.option(
    "--pad-to",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="Hide how many keys there are: fill up to N with made-up ones.",
)


@click.group("private")
def private_group() -> None:
    """Compare two registers without showing either, by three files.

    The side that asks makes a request, the other side answers it, and the first side opens the answer. What each side learns,
    and what leaks all the same, stands in docs/matching.md. Read it before you send anything.
    """


@private_group.command("request")
@click.argument("register", type=_PATH)
@click.option("-o", "--output", type=_PATH, required=True, help="The request to send.")
@click.option("--secret", type=_PATH, required=True, help="The secret to keep; without it nobody can open the answer.")
@_PAD
@MAPPING
@QUIET
@json_option
def request_command(
    register: Path, *, output: Path, secret: Path, pad_to: int, mapping: Path | None, quiet: bool, as_json: bool
) -> None:
    """Ask which people of REGISTER another side has a record of. First of three steps."""
    from homeward.matching.private import make_request
    from homeward.people.atomic import write_whole

    if output.resolve() == secret.resolve():
        raise click.UsageError("the secret and the request need two files: one is kept, one is sent")
    with steps_on_terminal(quiet=quiet or as_json) as steps:
        people = read_list(register, mapping, None, steps).people
        kept, request = make_request(people, pad_to=pad_to)
        write_whole(secret, kept)
        write_whole(output, request)
    text = f"{len(people):,} people asked about. Send {output}; keep {secret} and show it to nobody."
    finish({"people": len(people), "request": str(output), "secret": str(secret)}, text, as_json=as_json)


@private_group.command("answer")
@click.argument("register", type=_PATH)
@click.argument("request", type=_PATH)
@click.option("-o", "--output", type=_PATH, required=True, help="The answer to send back.")
@click.option(
    "--at-most", type=click.IntRange(1), default=100_000, show_default=True, metavar="N",
    help="Do not answer a request about more keys: who asks about everybody could try out names.",
)  # fmt: skip
@_PAD
@MAPPING
@QUIET
@json_option
def answer_command(
    register: Path, request: Path, *, output: Path, at_most: int, pad_to: int, mapping: Path | None, quiet: bool, as_json: bool
) -> None:
    """Answer REQUEST from REGISTER. Second step; you learn only how many keys were asked about."""
    from homeward.matching.private import make_answer
    from homeward.people.atomic import write_whole

    with steps_on_terminal(quiet=quiet or as_json) as steps:
        asked = request.read_bytes()
        people = read_list(register, mapping, None, steps).people
        write_whole(output, make_answer(people, asked, file=request.name, at_most=at_most, pad_to=pad_to))
    text = f"Answered from {len(people):,} people. Send {output} back. What it was asked about stays unknown here."
    finish({"people": len(people), "answer": str(output)}, text, as_json=as_json)


@private_group.command("result")
@click.argument("register", type=_PATH)
@click.argument("answer", type=_PATH)
@click.option("--secret", type=_PATH, required=True, help="The secret that was kept with the request.")
@click.option("-o", "--output", type=_PATH, help="Write the people found as CSV: id,kinds.")
@MAPPING
@QUIET
@json_option
def result_command(
    register: Path,
    answer: Path,
    *,
    secret: Path,
    output: Path | None,
    mapping: Path | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Open ANSWER: the people of REGISTER whom the other side has a record of. Third step.

    REGISTER is the same file as in the request. A key that agrees is a reason to ask, not a proof: two people decide.
    """
    from homeward.matching.private import PrivateError, open_answer
    from homeward.people.atomic import write_whole
    from homeward.people.writer import csv_safe

    with steps_on_terminal(quiet=quiet or as_json) as steps:
        people = read_list(register, mapping, None, steps).people
        found = open_answer(secret.read_bytes(), answer.read_bytes(), file=answer.name, kept_as=secret.name)
        if found and found[-1].row >= len(people):
            raise PrivateError(register.name, "has fewer people than when the request was made", "give the same file")
        if output is not None:
            stream = io.StringIO()
            rows = [(csv_safe(people[each.row].id), " ".join(each.kinds)) for each in found]
            csv.writer(stream, lineterminator="\n").writerows([("id", "kinds"), *rows])
            write_whole(output, stream.getvalue().encode("utf-8", "replace"))
    told = [{"id": people[each.row].id, "kinds": list(each.kinds)} for each in found]
    text = f"{len(found):,} of {len(people):,} people are in the other register too."
    if output is None:
        text += "".join(f"\n{people[each.row].id}\t{', '.join(each.kinds)}" for each in found)
    else:
        text += f"\n{output}"
    finish({"people": len(people), "found": told, "output": str(output) if output else None}, text, as_json=as_json)
