"""What the plan commands print: the plan in numbers, its proof, a contradiction, a change. The words stand in `cli.words`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from homeward.cli.plan_folder import PlanFolder
from homeward.cli.words import known, say
from homeward.planning import Candidate, Impossible, Replan
from homeward.planning.words import method, priority
from homeward.terms import Clause, Terms
from homeward.terms.clausetext import say_clause
from homeward.terms.conditionwords import say_fact


def summary(folder: PlanFolder, language: str = "en") -> str:
    """The plan as a table: stages by sides, reserves in brackets as named of wanted, and who stays."""
    sides = list(folder.terms.sides)
    dates = {stage.id: str(stage.date or "") for stage in folder.terms.stages}
    rows = [[say("stage", language), say("date", language), *sides]]
    for stage in folder.plan.stages:
        cells = [
            f"{len(stage.going.get(side, ()))} (+{len(stage.reserves.get(side, ()))}/{stage.reserves_wanted.get(side, 0)})"
            for side in sides
        ]
        rows.append([stage.id, dates[stage.id], *cells])
    rows.append([say("not going", language), "", *(str(len(folder.plan.left_out.get(side, ()))) for side in sides)])
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([*lines, say("reserve note", language)])


def proof_text(folder: PlanFolder, language: str = "en") -> str:
    """The text of `proof.txt`: what was solved, what each priority reaches, and how anybody can repeat it."""
    lines = [folder.terms.title, "", *solved(folder, language), "", *levels(folder, language)]
    lines += ["", verdict(folder, language), ""]
    lines += [say("seed", language, seed=folder.plan.seed), say("draw", language), ""]
    lines += [f"SHA-256 terms.toml  {hashlib.sha256(folder.terms.source).hexdigest()}"]
    lines += [f"SHA-256 {used.file} ({used.side})  {used.sha256}" for used in folder.made_from.lists]
    return "\n".join(lines) + "\n"


def solved(folder: PlanFolder, language: str = "en") -> list[str]:
    """How large the plan was, and how it was found."""
    proof = folder.plan.proof
    counts = {name: getattr(proof, name) for name in ("people", "units", "types", "classes", "clauses")}
    return [say("solved", language, **counts), say("method", language, method=method(proof.method, known(language)))]


def levels(folder: PlanFolder, language: str = "en") -> list[str]:
    """For each level of the priorities the bound that no plan exceeds, and what this one reaches."""
    return [
        say(
            "level",
            language,
            number=number,
            name=priority(step.name, known(language)),
            when=say("early" if step.early else "in all", language),
            bound=f"{step.bound:.6f}".rstrip("0").rstrip("."),
            reached=step.reached,
            proven=say("proven" if step.proven else "not proven", language),
        )
        for number, step in enumerate(folder.plan.proof.steps, start=1)
    ]


def verdict(folder: PlanFolder, language: str = "en") -> str:
    """One sentence: is this the best plan?"""
    proof = folder.plan.proof
    return say("replanned" if proof.replanned else "best" if proof.optimal else "perhaps not best", language)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A group of a clause to which so many people may or may not belong, for want of these facts."""

    clause: str
    group: str
    people: int
    facts: tuple[str, ...]


def unknowns(terms: Terms, pools: Mapping[str, Sequence[Candidate]], clauses: Sequence[Clause]) -> list[Unknown]:
    """Where clauses bind because facts are not known: a plan has to keep them whatever the facts turn out to be."""
    found = []
    for clause in clauses:
        groups = dict.fromkeys((clause.group, clause.against, *clause.groups, *clause.key))
        for group in (group for group in groups if group in terms.groups):
            expression, missing, people = terms.groups[group], set[str](), 0
            for person in (person for side in terms.sides_of(clause) for person in pools.get(side, ())):
                if expression.holds({"id": person.id, **person.facts}) is None:
                    people += 1
                    missing |= {name for name in expression.fields if person.facts.get(name) is None}
            if people:
                bare = {name.removesuffix("_from").removesuffix("_to") for name in missing}
                found.append(Unknown(clause.id, group, people, tuple(sorted(bare))))
    return found


def impossible_text(terms: Terms, found: Impossible, open_facts: Sequence[Unknown], language: str = "en") -> str:
    """Which clauses contradict each other, each at its line and in words; what is not known; the ways out, cheapest first."""
    lines = [say("impossible one" if len(found.clauses) == 1 else "impossible", language)]
    for clause in found.clauses:
        where = say("line", language, line=clause.line) if clause.line else ""
        lines.append(f"  {clause.id}{where}: {say_clause(terms, clause, language)}")
    if found.missing:
        lines.append(say("in no list", language, ids=", ".join(found.missing)))
    for each in open_facts:
        told = {
            "clause": each.clause,
            "group": each.group,
            "people": each.people,
            "facts": ", ".join(say_fact(fact, language) for fact in each.facts),
        }
        lines.append(say("not known", language, **told))
    lines.append(say("ways out" if found.relaxations else "no way out", language))
    lines += [f"  {way.sentence(known(language))}" for way in found.relaxations]
    return "\n".join(lines)


def impossible_dict(terms: Terms, found: Impossible, open_facts: Sequence[Unknown]) -> dict[str, Any]:
    """The same as data, with the sentences in both languages."""
    return {
        "possible": False,
        "clauses": [
            {"id": each.id, "line": each.line, "en": say_clause(terms, each, "en"), "uk": say_clause(terms, each, "uk")}
            for each in found.clauses
        ],
        "missing": list(found.missing),
        "not_known": [asdict(each) for each in open_facts],
        "relaxations": [
            {
                "bends": [{"clause": bend.clause.id, "units": bend.units} for bend in way.bends],
                "cost": way.cost,
                "en": way.sentence("en"),
                "uk": way.sentence("uk"),
            }
            for way in found.relaxations
        ],
        "en": found.sentence("en"),
        "uk": found.sentence("uk"),
    }


def replan_text(done: Replan, happened: Mapping[str, str], language: str = "en") -> str:
    """The changes one by one, the places without a stand-in, and the clauses missed. `happened`: person → kind of incident."""
    lines = [say("replan", language, changes=len(done.changes), short=len(done.shortfalls))]
    nowhere = say("no stage", language)
    for change in done.changes:
        why = f" ({say(happened[change.person], language)})" if change.person in happened else ""
        lines.append(f"  {change.person} ({change.side}): {change.before or nowhere} → {change.after or nowhere}{why}")
    lines += ["  " + say("remains for", language, person=one, remains=other) for one, other in sorted(done.remains.items())]
    for remedy, count in done.empty.items():
        if count:
            lines.append("  " + say("no stand-in", language, count=count, remedy=say(remedy, language)))
    return "\n".join([*lines, *(f"  {shortfall.sentence(known(language))}" for shortfall in done.shortfalls)])


def violations_text(found: Sequence[str], people: int, language: str = "en") -> str:
    """The result of a check."""
    if not found:
        return say("kept", language, people=people)
    return "\n".join([say("violations", language, count=len(found)), *(f"  {sentence}" for sentence in found)])
