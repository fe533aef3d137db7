"""`homeward match`: which person of one file is which person of another, or twice in the same file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import click

from homeward.cli.options import QUIET, read_list
from homeward.cli.outcome import finish, json_option
from homeward.cli.progress import steps_on_terminal
from homeward.matching import Proposal, match, match_self
from homeward.office.files import write_whole


@click.command("match")
@click.argument("left", type=click.Path(path_type=Path))
@click.argument("right", type=click.Path(path_type=Path), required=False)
@click.option("--self", "with_itself", is_flag=True, help="Look for people who stand twice in LEFT.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write the pairs as CSV: left_id,right_id,probability,reasons."
)
@click.option("--top", default=1, show_default=True, help="How many candidates to keep for each person of LEFT.")
@click.option("--at-least", default=0.5, show_default=True, help="Leave out pairs less probable than this.")
@click.option("--many", is_flag=True, help="Allow one person of RIGHT for several of LEFT.")
@QUIET
@json_option
def match_command(
    left: Path,
    right: Path | None,
    *,
    with_itself: bool,
    output: Path | None,
    top: int,
    at_least: float,
    many: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Propose which people of LEFT and RIGHT are the same, with a probability and reasons.

    A machine only proposes: two people decide. Ids come from an `id` column, or are row numbers.
    """
    if with_itself == (right is not None):
        raise click.UsageError("give two files, or one file with --self")
    with steps_on_terminal(quiet=quiet or as_json) as steps:
        people = read_list(left, None, None, steps).people
        found: Sequence[Proposal]
        if right is None:
            found = match_self(people, at_least=at_least, progress=steps)
        else:
            others = read_list(right, None, None, steps).people
            found = match(people, others, one_to_one=not many and top == 1, at_least=at_least, top=top, progress=steps)
    if output is not None:
        write_whole(output, _csv(found).encode("utf-8"), private=False)
    sure = sum(proposal.probability >= 0.99 for proposal in found)
    result = {
        "pairs": len(found),
        "at_least_99_percent": sure,
        "output": str(output) if output else None,
        "proposals": None
        if output
        else [
            {"left_id": each.left_id, "right_id": each.right_id, "probability": round(each.probability, 6)} for each in found
        ],
    }
    text = f"{len(found):,} pairs proposed, {sure:,} of them at least 99 % sure. Two people decide each."
    if output is None:
        text += "".join(f"\n{each.left_id}\t{each.right_id}\t{each.probability:.4f}" for each in found)
    finish(result, text, as_json=as_json)


def _csv(found: Sequence[Proposal]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["left_id", "right_id", "probability", "bits", "reasons"])
    for each in found:
        # Reasons in a file for machines are codes with their bits: sentences would carry names out of the officers' sheet.
        reasons = " ".join(f"{evidence.kind}:{evidence.code}:{evidence.bits:+.2f}" for evidence in each.evidence)
        writer.writerow([each.left_id, each.right_id, f"{each.probability:.6f}", f"{each.bits:.3f}", reasons])
    return stream.getvalue()
