"""`homeward match`: which person of one file is which person of another, or twice in the same file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from homeward.cli.options import MAPPING, QUIET, read_list
from homeward.cli.outcome import finish, json_option
from homeward.cli.progress import steps_on_terminal

if TYPE_CHECKING:
    from homeward.matching import Proposal

_SURE = 0.99


@click.command("match")
@click.argument("left", type=click.Path(path_type=Path))
@click.argument("right", type=click.Path(path_type=Path), required=False)
@click.option("--self", "with_itself", is_flag=True, help="Look for people who stand twice in LEFT.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write the pairs as CSV: left_id,right_id,probability,bits,reasons."
)
@click.option(
    "--top", type=click.IntRange(1), default=1, show_default=True, help="How many candidates to keep for each person of LEFT."
)
@click.option(
    "--at-least", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="Leave out pairs less probable than this."
)
@click.option("--many", is_flag=True, help="Allow one person of RIGHT for several of LEFT.")
@MAPPING
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
    mapping: Path | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Propose which people of LEFT and RIGHT are the same, with a probability and reasons.

    A machine only proposes: two people decide. Ids come from an id column, or are row numbers (r12).
    """
    from homeward.matching import match, match_self
    from homeward.people.atomic import write_whole

    if with_itself == (right is not None):
        raise click.UsageError("give two files, or one file with --self")
    with steps_on_terminal(quiet=quiet or as_json) as steps:
        people = read_list(left, mapping, None, steps).people
        found: Sequence[Proposal]
        if right is None:
            found = match_self(people, at_least=at_least, progress=steps)
        else:
            others = read_list(right, mapping, None, steps).people
            found = match(people, others, one_to_one=not many and top == 1, at_least=at_least, top=top, progress=steps)
        if output is not None:
            write_whole(output, _csv(found).encode("utf-8", "replace"))
    sure = sum(proposal.probability >= _SURE for proposal in found)
    proposals = [
        {"left_id": each.left_id, "right_id": each.right_id, "probability": round(each.probability, 6)} for each in found
    ]
    result: dict[str, Any] = {"pairs": len(found), "at_least_99_percent": sure, "output": str(output) if output else None}
    text = f"{len(found):,} pairs proposed, {sure:,} of them at least 99 % sure. Two people decide each."
    if output is None:
        result["proposals"] = proposals
        text += "".join(f"\n{each.left_id}\t{each.right_id}\t{each.probability:.4f}" for each in found)
    else:
        text += f"\n{output}"
    finish(result, text, as_json=as_json)


def _csv(found: Sequence[Proposal]) -> str:
    from homeward.people.writer import csv_safe

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["left_id", "right_id", "probability", "bits", "reasons"])
    for each in found:
        # Reasons in a file for machines are codes with their bits: sentences would carry names out of the officers' sheet.
        reasons = " ".join(f"{evidence.kind}:{evidence.code}:{evidence.bits:+.2f}" for evidence in each.evidence)
        ids = csv_safe(each.left_id), csv_safe(each.right_id)
        writer.writerow([*ids, f"{each.probability:.6f}", f"{each.bits:.3f}", reasons])
    return stream.getvalue()
