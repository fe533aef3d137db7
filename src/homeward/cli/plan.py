"""`homeward plan`: who goes in which stage, why not the others, is it within the terms, who steps in on the day.

`homeward plan TERMS …` is short for `homeward plan make TERMS …`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from homeward.cli.options import DAY, LANGUAGE, MAPPING, QUIET, SHEET, day_of, pairs_of
from homeward.cli.outcome import Exit, finish, json_option
from homeward.cli.plan_day import replan_
from homeward.cli.progress import steps_on_terminal
from homeward.cli.words import say

_LISTS = click.option(
    "--list",
    "lists",
    multiple=True,
    metavar="NAME=FILE",
    help="The list of a side; NAME is the side (home-UA) or the party that holds its people (RU).",
)
_OUTPUT = click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="A new folder; it appears whole or not at all."
)
_INTERVIEWS = click.option(
    "--interviews",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Outcomes of the private interviews (CSV: id, outcome, reason); without one nobody is on a manifest.",
)
_FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))


class _MakeUnlessTold(click.Group):
    """A group whose first word may be left out: what is no command of it is the first argument of `make`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in {*ctx.help_option_names}:
            args = ["make", *args]
        return super().parse_args(ctx, args)


@click.group("plan", cls=_MakeUnlessTold)
def plan_command() -> None:
    """Make a plan from terms and lists, explain it, check it, change it on the day.

    `homeward plan TERMS ...` is short for `homeward plan make TERMS ...`.
    """


@plan_command.command("make")
@click.argument("terms_file", metavar="TERMS", type=click.Path(path_type=Path))
@_LISTS
@_OUTPUT
@click.option("--seed", help="The seed of the public draw, where the terms fix none.")
@click.option(
    "--exclude",
    multiple=True,
    metavar="[NAME=]FILE",
    help="Leave people out: answers to a list (JSON or XLSX), or a text file with one id per line.",
)
@_INTERVIEWS
@click.option("--no-reasons", is_flag=True, help="Write no reasons.xlsx, which takes long for very many people.")
@click.option("--no-charts", is_flag=True, help="Write no plan.html, the page with the charts.")
@MAPPING
@SHEET
@DAY
@LANGUAGE
@QUIET
@json_option
def make(
    terms_file: Path,
    *,
    lists: tuple[str, ...],
    output: Path,
    seed: str | None,
    exclude: tuple[str, ...],
    interviews: Path | None,
    no_reasons: bool,
    no_charts: bool,
    mapping: Path | None,
    sheet: str | None,
    day: str | None,
    language: str,
    quiet: bool,
    as_json: bool,
) -> None:
    """Make the best plan within TERMS from one list per side, and prove that it is.

    Writes plan.json, a workbook per stage, reserves, reasons, charts and the proof, with ids and no names. Exit code 1 means that the
    terms cannot be kept: it says which clauses contradict each other and the cheapest ways out.
    """
    from homeward.cli.plan_folder import PlanFolder
    from homeward.cli.plan_input import read_input
    from homeward.cli.plan_text import impossible_dict, impossible_text, summary, unknowns, verdict
    from homeward.cli.plan_writing import draw_charts, in_numbers, write_plan
    from homeward.cli.whole_folder import new_folder, refuse_what_is_there
    from homeward.planning import Impossible, make_plan
    from homeward.terms import load

    refuse_what_is_there(output)
    terms = load(terms_file)
    if terms.tie.seed is None and seed is None:
        raise click.UsageError("the terms fix no seed for the draw; give one that all parties agreed to, with --seed")
    if terms.tie.seed is not None and seed not in {None, terms.tie.seed}:
        raise click.UsageError(f"the terms fix the seed of the draw, {terms.tie.seed!r}; leave --seed out")
    with steps_on_terminal(quiet=quiet or as_json) as steps:
        on = day_of(day) or terms.stages[0].date
        made_from = read_input(terms, pairs_of(lists, "--list"), exclude, on=on, mapping=mapping, sheet=sheet, progress=steps)
        if interviews is not None:
            from homeward.cli.plan_interviews import read_outcomes, with_outcomes

            everybody = frozenset(person.id for pool in made_from.pools.values() for person in pool)
            outcomes = read_outcomes(interviews, terms, everybody | frozenset(made_from.excluded))
            made_from = with_outcomes(made_from, outcomes, interviews.name)
        try:
            plan = make_plan(terms, made_from.pools, seed=seed, progress=steps)
        except Impossible as found:
            steps.end(well=False)
            open_facts = unknowns(terms, made_from.pools, found.clauses)
            finish(
                impossible_dict(terms, found, open_facts),
                impossible_text(terms, found, open_facts, language),
                as_json=as_json,
                code=Exit.STOP,
            )
        folder = PlanFolder(terms, made_from, on, plan)
        with new_folder(output) as place:
            write_plan(folder, place, language, steps, reasons=not no_reasons)
            if not no_charts:
                draw_charts(folder, place, language, steps)
    refused = {f"{used.side} ({used.file})": len(used.refused_rows) for used in made_from.lists if used.refused_rows}
    lines = [summary(folder, language), verdict(folder, language)]
    lines += [say("rows left aside", language, list=name, count=count) for name, count in refused.items()]
    finish(
        {
            "possible": True,
            "folder": str(output),
            **in_numbers(folder),
            "excluded": len(made_from.excluded),
            "refused_rows": refused,
        },
        "\n".join([*lines, str(output)]),
        as_json=as_json,
    )


@plan_command.command("why")
@click.argument("person", metavar="ID")
@click.option("--plan", "folder", metavar="DIR", type=click.Path(path_type=Path), required=True, help="The plan's folder.")
@LANGUAGE
@json_option
def why(person: str, *, folder: Path, language: str, as_json: bool) -> None:
    """Say in one sentence why the person ID does not go, or not earlier, and what would have to change."""
    from homeward.cli.plan_folder import read_plan
    from homeward.planning import Explainer
    from homeward.planning.incidents import FOR_GOOD

    read = read_plan(folder)
    person = read.id_of(person)
    found: dict[str, Any] = {"person": person}
    happened = [each for each in read.incidents if each.incident.person == person]
    if person in read.made_from.excluded:
        reason = read.made_from.excluded[person]
        found |= {"code": "excluded", "stage": None, "clauses": []}
        found |= {at: say("excluded", at, person=person, why=reason) for at in ("en", "uk")}
    elif person in read.unseated and read.plan.stage_of(person) is None:
        found |= {"code": "no seat", "stage": None, "clauses": []}
        values = {"person": person, "stage": read.unseated[person]}
        found |= {at: say("out for now", at, kind=say("no seat", at), **values) for at in ("en", "uk")}
    elif happened and read.plan.stage_of(person) is None:
        last = happened[-1]
        found |= {"code": last.incident.kind, "stage": None, "clauses": []}
        word = "out" if FOR_GOOD[last.incident.kind] else "out for now"
        found |= {at: say(word, at, person=person, kind=say(last.incident.kind, at), stage=last.stage) for at in ("en", "uk")}
    else:
        told = Explainer(read.terms, read.pools, read.plan).why(person)
        found |= {"code": told.code, "stage": told.stage, "clauses": [clause.id for clause in told.clauses]}
        found |= {"en": told.sentence("en"), "uk": told.sentence("uk")}
    finish(found, str(found[language]), as_json=as_json)


@plan_command.command("check")
@_FOLDER
@_LISTS
@_INTERVIEWS
@click.option("--recompute", is_flag=True, help="Also make the plan again and compare: is it the best one, and the same?")
@MAPPING
@SHEET
@LANGUAGE
@QUIET
@json_option
def check(
    folder: Path,
    *,
    lists: tuple[str, ...],
    interviews: Path | None,
    recompute: bool,
    mapping: Path | None,
    sheet: str | None,
    language: str,
    quiet: bool,
    as_json: bool,
) -> None:
    """Check the plan in DIR against its terms, with a checker that shares no code with what made it.

    With --interviews also that everybody on a manifest has the outcome of a private interview that lets them go. With --list also
    against the lists: is everybody on them in the plan, with the same facts? The stages' workbooks must say what plan.json says.
    Exit code 1 means that something is wrong.
    """
    from homeward.cli.plan_check import problems_of
    from homeward.cli.plan_folder import read_plan
    from homeward.cli.plan_text import violations_text

    with steps_on_terminal(quiet=quiet or as_json) as steps:
        read = read_plan(folder)
        found = problems_of(
            read,
            folder,
            pairs_of(lists, "--list"),
            interviews=interviews,
            recompute=recompute,
            mapping=mapping,
            sheet=sheet,
            progress=steps,
        )
    people = sum(len(pool) for pool in read.pools.values())
    finish(
        {"folder": str(folder), "people": people, "violations": [problem.as_dict() for problem in found]},
        violations_text([problem.sentence(language) for problem in found], people, language),
        as_json=as_json,
        code=Exit.STOP if found else Exit.DONE,
    )


@plan_command.command("draw")
@click.argument("seed")
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@json_option
def draw_(seed: str, ids: tuple[str, ...], *, as_json: bool) -> None:
    """Repeat the public draw: the order of these people among equals, lowest first. Anyone can do the same with sha256sum."""
    from homeward.planning import draw, in_draw_order

    if len(set(ids)) != len(ids):
        raise click.UsageError("an id is given twice")
    order = in_draw_order(seed, ids)
    drawn = [{"place": place, "id": person, "draw": draw(seed, person).hex()} for place, person in enumerate(order, start=1)]
    text = "\n".join(f"{each['place']:>4}  {each['draw']}  {each['id']}" for each in drawn)
    finish({"seed": seed, "order": drawn}, text, as_json=as_json)


@plan_command.command("charts")
@_FOLDER
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Where it goes; DIR/plan.html if not given."
)
@LANGUAGE
@json_option
def charts(folder: Path, *, output: Path | None, language: str, as_json: bool) -> None:
    """Draw the plan in DIR as one HTML page: stages, priorities, limits and the proof. It holds numbers only, no ids.

    `homeward plan make` draws it already; a plan that was changed on the day has none until it is asked for.
    """
    from homeward.cli.plan_folder import read_plan
    from homeward.cli.plan_report import PAGE, write_page

    target = output or folder / PAGE
    write_page(read_plan(folder), target, language)
    finish({"page": str(target)}, str(target), as_json=as_json)


plan_command.add_command(replan_)
