"""The page of a plan alone: `homeward plan` writes it beside the workbooks, before anybody has been handed over.

Like the report of an exchange it is one file without a script, opens from disk, prints, and holds no names and no ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from homeward.people.atomic import replace_file
from homeward.planning import Account
from homeward.report.drawing import SIDES, legend_swatch
from homeward.report.model import PlanReport
from homeward.report.plancharts import (
    plan_limits_picture,
    plan_priorities_picture,
    plan_stages_picture,
    stage_faces,
)
from homeward.report.plantables import plan_limits_table, plan_priorities_table, plan_stages_table
from homeward.report.rendering import Drawn, environment, style
from homeward.report.tables import Table
from homeward.report.words import Words, known

PLAN_SECTIONS = (
    "plan_section_stages",
    "plan_section_priorities",
    "plan_section_limits",
    "plan_section_proof",
    "plan_section_again",
)


def write_plan_report(plan: PlanReport, path: Path, *, language: str = "en") -> None:
    """Write the page to `path`, whole or not at all. `language` is `en` or `uk`. Raises `OSError`, leaving what was there."""
    replace_file(path, render_plan(plan, language=language).encode("utf-8"), mode=0o644)


def render_plan(plan: PlanReport, *, language: str = "en") -> str:
    """The page as text."""
    words = Words(known(language))
    names = {side: f"{_party(plan, holder)} → {_party(plan, receiver)}" for side, holder, receiver in plan.sides}
    stage_days = zip(plan.account.stages, plan.account.dates, strict=True)
    return environment().get_template("plan.html").render(
        t=words,
        language=words.language,
        style=style(),
        sections=PLAN_SECTIONS,
        plan=plan,
        parties=tuple(plan.parties.values()),
        stage_days=tuple((stage, words.day(day)) for stage, day in stage_days),
        pictures=plan_pictures(plan.account, names, words),
        tables=plan_tables(plan.account, names, words),
        as_of=words("plan_as_of"),
    )  # fmt: skip


def plan_pictures(account: Account, names: Mapping[str, str], words: Words) -> dict[str, Drawn]:
    """The pictures of a plan, by the names under which the templates draw them."""
    sides = tuple(
        legend_swatch(SIDES[index % len(SIDES)], f"{names.get(side, side)} ({side})")
        for index, side in enumerate(account.sides)
    )
    stages = tuple(
        legend_swatch(face, name)
        for face, name in zip(stage_faces(len(account.stages)), (*account.stages, words("plan_stay")), strict=True)
    )
    found = {
        "plan-stages": Drawn(plan_stages_picture(account, names, words), sides),
        "plan-priorities": Drawn(plan_priorities_picture(account, names, words), stages),
    }
    if account.uses:
        found["plan-limits"] = Drawn(plan_limits_picture(account, words))
    return found


def plan_tables(account: Account, names: Mapping[str, str], words: Words) -> dict[str, Table]:
    """The same in numbers."""
    return {
        "plan_stages": plan_stages_table(account, names, words),
        "plan_priorities": plan_priorities_table(account, names, words),
        "plan_limits": plan_limits_table(account, words),
    }


def _party(plan: PlanReport, codes: str) -> str:
    return " + ".join(plan.parties.get(code) or code for code in codes.split("+"))
