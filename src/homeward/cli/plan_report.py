"""The page with the charts of a plan: from a plan's folder to the numbers and sentences that `homeward.report` draws."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from homeward.cli.plan_folder import PlanFolder
from homeward.cli.plan_text import levels, solved, verdict
from homeward.planning import account_of
from homeward.report import PlanReport, write_plan_report

#: The page's name within a plan's folder.
PAGE = "plan.html"


def write_page(folder: PlanFolder, path: Path, language: str) -> None:
    """Draw the plan as one HTML file. Raises `OSError`."""
    write_plan_report(report_of(folder, language), path, language=language)


def report_of(folder: PlanFolder, language: str) -> PlanReport:
    """The numbers of a plan, and its sentences in a language."""
    terms, proof = folder.terms, folder.plan.proof
    hashes = [f"SHA-256 terms.toml  {hashlib.sha256(terms.source).hexdigest()}"]
    hashes += [f"SHA-256 {used.file} ({used.side})  {used.sha256}" for used in folder.made_from.lists]
    return PlanReport(
        title=terms.said(terms.title, "title", language),
        parties={code: terms.said(name, f"parties.{code}", language) for code, name in terms.parties.items()},
        sides=tuple((side.id, _members(folder, side.holder), _members(folder, side.receiver)) for side in terms.sides.values()),
        account=account_of(terms, folder.pools, folder.plan),
        verdict=verdict(folder, language),
        verdict_word="changed" if proof.replanned else "best" if proof.optimal else "perhaps_not_best",
        proof=(*solved(folder, language), *levels(folder, language)),
        seed=folder.plan.seed,
        made_from=tuple(hashes),
    )


def _members(folder: PlanFolder, code: str) -> str:
    """A bloc by its members, as `homeward.report` reads several parties."""
    members: Sequence[str] = folder.terms.people_of(code)
    return "+".join(members)
