"""`homeward plan replan`: who steps in, who waits and what falls short after what happened on the day."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from homeward.cli.options import LANGUAGE, QUIET
from homeward.cli.outcome import Exit, finish, json_option
from homeward.cli.progress import steps_on_terminal

if TYPE_CHECKING:
    from homeward.cli.plan_folder import PlanFolder
    from homeward.planning import Incident


@click.command("replan")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--stage", required=True, help="The stage that is about to open, or is open.")
@click.option(
    "--incident",
    "incidents",
    multiple=True,
    metavar="ID=WHAT",
    help="What happened to a person: refused, dead, misidentified, absent or unfit. Once for each.",
)
@click.option(
    "--seats",
    "seats",
    multiple=True,
    metavar="SIDE=NUMBER",
    help="Vehicles are short: so many people of a side can travel in this stage. Once for each side.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="A new folder; it appears whole or not at all."
)
@LANGUAGE
@QUIET
@json_option
def replan_(
    folder: Path,
    *,
    stage: str,
    incidents: tuple[str, ...],
    seats: tuple[str, ...],
    output: Path,
    language: str,
    quiet: bool,
    as_json: bool,
) -> None:
    """Change the plan in DIR after what happened on the day, as little as possible and within the agreed substitution rule.

    Writes the changed plan to a new folder, which can be changed again. Exit code 1 means that a clause cannot be kept any more:
    the shortfall is named.
    """
    from homeward.cli.plan_folder import HappenedInStage, read_plan, shortfall_dict
    from homeward.cli.plan_text import replan_text
    from homeward.cli.plan_writing import in_numbers, write_plan
    from homeward.cli.whole_folder import new_folder, refuse_what_is_there
    from homeward.planning import replan

    if not incidents and not seats:
        raise click.UsageError("nothing is said to have happened; give --incident or --seats")
    refuse_what_is_there(output)
    read = read_plan(folder)
    stages = [each.id for each in read.terms.stages]
    if stage not in stages:
        raise click.UsageError(f"the terms have no stage {stage}; their stages are {', '.join(stages)}")
    happened_in = [*(each.stage for each in read.incidents), *read.seats]
    later = [each for each in happened_in if stages.index(each) > stages.index(stage)]
    if later:
        raise click.UsageError(f"this plan has been changed for stage {later[0]} already, which comes after {stage}")
    told = tuple(HappenedInStage(stage, _incident(read, text)) for text in incidents)
    before = [each for each in read.incidents if each.stage == stage]
    limits = {**read.seats.get(stage, {}), **_seats(read, seats)}
    with steps_on_terminal(quiet=quiet or as_json) as steps:
        steps("changing the plan", 0, 0)
        pools = read.pools_without(lambda other: other != stage)
        done = replan(read.terms, pools, read.plan, [each.incident for each in (*before, *told)], stage=stage, seats=limits)
        changed = replace(
            read,
            plan=done.plan,
            incidents=(*read.incidents, *told),
            changes=done.changes,
            shortfalls=tuple(shortfall_dict(each) for each in done.shortfalls),
            remains=done.remains,
            seats={**read.seats, **({stage: limits} if limits else {})},
            unseated={**read.unseated, **dict.fromkeys(done.unseated, stage)},
        )
        with new_folder(output) as place:
            write_plan(changed, place, language, steps, reasons=False)
    happened = dict.fromkeys(done.unseated, "no seat") | {each.incident.person: each.incident.kind for each in told}
    result = {
        "folder": str(output),
        "stage": stage,
        **in_numbers(changed),
        "changes": [
            {"person": each.person, "side": each.side, "before": each.before, "after": each.after} for each in done.changes
        ],
        "empty": dict(done.empty),
        "shortfalls": list(changed.shortfalls),
        "remains": dict(done.remains),
        "unseated": list(done.unseated),
    }
    text = f"{replan_text(done, happened, language)}\n{output}"
    finish(result, text, as_json=as_json, code=Exit.STOP if done.shortfalls else Exit.DONE)


def _seats(folder: PlanFolder, given: tuple[str, ...]) -> dict[str, int]:
    """Side → seats; a side may be named by the party that holds its people."""
    from homeward.cli.plan_input import side_of

    found: dict[str, int] = {}
    for text in given:
        name, _, number = text.rpartition("=")
        if not name or not (number.isascii() and number.isdigit()):
            raise click.UsageError(f"--seats takes SIDE=NUMBER, such as home-UA=38; not {text!r}")
        found[side_of(folder.terms, name)[0]] = int(number)
    return found


def _incident(folder: PlanFolder, text: str) -> Incident:
    from homeward.planning import Incident
    from homeward.planning.incidents import Kind

    person, _, kind = text.rpartition("=")
    if not person or kind not in get_args(Kind):
        raise click.UsageError(f"--incident takes ID=WHAT, and WHAT is one of {', '.join(get_args(Kind))}; not {text!r}")
    return Incident(folder.id_of(person), kind)  # type: ignore[arg-type] # Just held against the very type.
