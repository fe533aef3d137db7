"""All files of a plan's folder, and the plan in numbers for `--json`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from homeward.cli.plan_folder import PlanFolder, write_data
from homeward.cli.plan_tables import write_changes, write_reasons, write_reserves, write_stage
from homeward.cli.plan_text import proof_text
from homeward.cli.progress import Steps
from homeward.people.atomic import write_whole


def write_plan(folder: PlanFolder, place: Path, language: str, steps: Steps, *, reasons: bool) -> None:
    """Every file of a plan's folder."""
    steps("writing the plan", 0, 0)
    write_data(folder, place)
    write_whole(place / "proof.txt", proof_text(folder, language).encode())
    for stage in folder.plan.stages:
        write_stage(folder, stage, place, language)
    write_reserves(folder, place, language)
    if folder.changes:
        write_changes(folder, place, language)
    if reasons:
        write_reasons(folder, place, steps)


def draw_charts(folder: PlanFolder, place: Path, language: str, steps: Steps) -> None:
    """The page with the charts, within the plan's folder."""
    from homeward.cli.plan_report import PAGE, write_page

    steps("drawing the charts", 0, 0)
    write_page(folder, place / PAGE, language)


def in_numbers(folder: PlanFolder) -> dict[str, Any]:
    """The plan in numbers, for `--json`; the whole of it stands in plan.json."""
    proof = folder.plan.proof
    return {
        "seed": folder.plan.seed,
        "stages": [
            {
                "id": stage.id,
                "going": {side: len(ids) for side, ids in stage.going.items()},
                "reserves": {side: len(ids) for side, ids in stage.reserves.items()},
                "reserves_wanted": dict(stage.reserves_wanted),
            }
            for stage in folder.plan.stages
        ],
        "left_out": {side: len(ids) for side, ids in folder.plan.left_out.items()},
        "optimal": proof.optimal,
    }
