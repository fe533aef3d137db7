"""Is a list within the terms? Clause by clause: pass, fail or undecided, with the ids of the rows that break it.

A list may be a pool that is larger than the number who go, so the check asks whether the quantities can be met from it, not
who should go (that is the plan's work). With `final=True` the list is taken as those who go, and upper limits bind it too.
A clause that compares two sides stays undecided here; `homeward.terms.bothlists` judges it when both lists are there.

People whom the list itself calls released, dead or unwilling are not counted as available. `UNKNOWN`, `WITHHELD` and a blank
are all "not known" to a condition and are told apart in the sentence.

Beside the clauses of the terms there are general rules, under plain words in place of a clause's id: "released", "dead",
"refused", "alive" (on a list of remains), "same id", "covered", "claims", "pool", "reference day", and one for every exclusion.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from homeward.people.person import Person
from homeward.terms.clausecheck import check_clause
from homeward.terms.listview import GONE, ClauseResult, ListView, More
from homeward.terms.model import Clause, Exclusion, Terms

_NONE: More = {}

#: The grounds of exclusion that a list's own state column settles.
_STATE_OF_GROUND: Mapping[str, tuple[str, ...]] = {
    "refusal": ("refused",),
    "dead": ("dead",),
    "released-earlier": ("released",),
    "not-identified": ("missing", "believed_held"),
}

#: The facts by which a row can be outside the groups, in the order in which they are named as the reason.
_REASONS = ("age", "status", "medical", "sex", "rank", "state", "sentence", "charge", "nationality", "region", "site")


@dataclass(frozen=True, slots=True)
class ListCheck:
    """The verdicts on one list: the clauses in the order of the terms, then the general rules."""

    side: str
    rows: int
    results: tuple[ClauseResult, ...]

    @property
    def fails(self) -> tuple[ClauseResult, ...]:
        return tuple(result for result in self.results if result.verdict == "fail")

    @property
    def within_terms(self) -> bool:
        """Whether nothing fails. Undecided results may remain."""
        return not self.fails

    def of(self, clause: str) -> tuple[ClauseResult, ...]:
        """Every verdict on one clause or general rule."""
        return tuple(result for result in self.results if result.clause == clause)

    def by_person(self) -> Mapping[str, tuple[ClauseResult, ...]]:
        """For every id with a failing or undecided result, those results: what a column of remarks needs."""
        found: dict[str, list[ClauseResult]] = {}
        for result in self.results:
            if result.verdict != "pass":
                for person in result.people:
                    found.setdefault(person, []).append(result)
        return {person: tuple(results) for person, results in found.items()}


def check_list(
    terms: Terms, side: str, people: Sequence[Person], *, on: date | None = None, more: More = _NONE, final: bool = False
) -> ListCheck:
    """Check the list of one side. `on` is the day of handover, on which ages are reckoned if the terms fix no other day.

    Without `on`, the first dated stage counts. `more` adds facts by person id that rows do not carry (`holder`, `receiver`).
    Raises `KeyError` for a side that the terms do not have.
    """
    view = ListView(terms, side, people, on=first_day(terms, on), more=more, final=final)
    results = [result for clause in terms.clauses for result in check_clause(view, clause)]
    results += [
        *_day(view),
        *_pool(view),
        *_states(view),
        *_exclusions(view),
        *_claims(view),
        *_covered(view),
        *_same_ids(view),
    ]
    return ListCheck(side, len(people), tuple(results))


def first_day(terms: Terms, on: date | None) -> date | None:
    """The day of handover that the caller gives, or else that of the first dated stage."""
    return on or next((stage.date for stage in terms.stages if stage.date is not None), None)


def _day(view: ListView) -> Iterator[ClauseResult]:
    reckoned = {"age", "days_held"} & {name for expression in view.terms.groups.values() for name in expression.fields}
    if reckoned and view.on is None and view.terms.reference_date is None:
        yield ClauseResult("reference day", "undecided", code="no day")


def _pool(view: ListView) -> Iterator[ClauseResult]:
    pool = view.terms.pools.get(view.side)
    if pool is not None:
        found = len(view.people) - len(view.gone)
        values: dict[str, str | int] = {"found": found, "need": pool.at_least}
        short = found < pool.at_least
        yield ClauseResult("pool", "fail" if short else "pass", code="pool short" if short else "pool", values=values)


def _states(view: ListView) -> Iterator[ClauseResult]:
    if view.terms.sides[view.side].carries == "people":
        found = {state: view.state(state) for state in GONE}
    else:
        living = [row for row, facts in enumerate(view.facts) if facts["state"] not in {None, "dead"}]
        found = {"alive": living}
    for code, rows in found.items():
        if rows:
            yield ClauseResult(code, "fail", view.ids(rows), code, {"count": len(rows)})


def _exclusions(view: ListView) -> Iterator[ClauseResult]:
    for exclusion in view.terms.exclusions:
        yield from _exclusion(view, exclusion)


def _exclusion(view: ListView, exclusion: Exclusion) -> Iterator[ClauseResult]:
    perhaps: list[int] = []
    if exclusion.group is not None:
        sure, perhaps = view.members(exclusion.group)
    elif exclusion.ground in _STATE_OF_GROUND:
        sure = [row for state in _STATE_OF_GROUND[exclusion.ground] for row in view.state(state)]
    else:
        yield ClauseResult(exclusion.id, "undecided", code="excluded outside")
        return
    if sure:
        yield ClauseResult(exclusion.id, "fail", view.ids(sure), "excluded", {"count": len(sure)})
    if perhaps:
        left_open = view.left_open(perhaps, (exclusion.group or "all",))
        yield ClauseResult(exclusion.id, "undecided", view.ids(perhaps), "perhaps excluded", {"count": len(perhaps)}, left_open)
    if not sure and not perhaps:
        yield ClauseResult(exclusion.id, "pass", code="nobody excluded")


def _claims(view: ListView) -> Iterator[ClauseResult]:
    """Rows whose own category column names a group of the terms that their other facts contradict."""
    by_name = {name.casefold(): name for name in view.terms.groups}
    wrong: dict[str, list[int]] = {}
    unsettled: dict[str, list[int]] = {}
    for row, facts in enumerate(view.facts):
        group = by_name.get(str(facts["category"]).casefold()) if facts["category"] is not None else None
        if group is not None and row not in view.gone:
            answer = view.terms.groups[group].holds(facts)
            if answer is not True:
                (wrong if answer is False else unsettled).setdefault(group, []).append(row)
    for group, rows in sorted(wrong.items()):
        yield ClauseResult("claims", "fail", view.ids(rows), "claim wrong", {"group": group, "count": len(rows)})
    for group, rows in sorted(unsettled.items()):
        left_open = view.left_open(rows, (group,))
        values: dict[str, str | int] = {"group": group, "count": len(rows)}
        yield ClauseResult("claims", "undecided", view.ids(rows), "claim open", values, left_open)


def covering_groups(terms: Terms, side: str) -> tuple[str, ...]:
    """The groups whose people some clause sends on this side. If no clause does, those that are balanced or limited."""
    entitling: list[str] = []
    touching: list[str] = []
    for clause in terms.clauses:
        if side in terms.sides_of(clause):
            groups = _groups_of(clause, side)
            touching += groups
            if _sends(clause):
                entitling += groups
    return tuple(dict.fromkeys(entitling or touching))


def _sends(clause: Clause) -> bool:
    numbers = [clause.equals, clause.min, *clause.per_holder.values(), *clause.per_receiver.values()]
    return clause.kind in {"all", "ratio"} or (clause.kind == "count" and any(numbers))


def _groups_of(clause: Clause, side: str) -> tuple[str, ...]:
    if clause.kind == "ratio":
        return tuple(clause.key) if side in clause.sides[0].split("+") else (clause.against,)
    if clause.kind in {"named", "together"} or (clause.kind == "count" and clause.max == 0):
        return ()
    return clause.groups or (clause.group,)


def _covered(view: ListView) -> Iterator[ClauseResult]:
    groups = covering_groups(view.terms, view.side)
    named = {one for clause in view.terms.clauses for one in (*clause.people, *clause.in_return)}
    if not groups or "all" in groups:
        yield ClauseResult("covered", "pass", code="covered")
        return
    inside = {row for group in groups for row in view.members(group)[0]}
    perhaps = {row for group in groups for row in view.members(group)[1]} - inside
    outside: dict[str, list[int]] = {}
    unsettled: list[int] = []
    for row, person in enumerate(view.people):
        if row in view.gone or row in inside or person.id in named:
            continue
        if row in perhaps:
            unsettled.append(row)
        else:
            outside.setdefault(_reason(view, row, groups), []).append(row)
    for reason in ("", *_REASONS):
        if reason in outside:
            yield _outside(view, reason, outside[reason])
    if unsettled:
        left_open = view.left_open(unsettled, groups)
        yield ClauseResult(
            "covered", "undecided", view.ids(unsettled), "perhaps uncovered", {"count": len(unsettled)}, left_open
        )
    if not outside and not unsettled:
        yield ClauseResult("covered", "pass", code="covered")


def _outside(view: ListView, reason: str, rows: Sequence[int]) -> ClauseResult:
    if not reason:
        return ClauseResult("covered", "fail", view.ids(rows), "uncovered", {"count": len(rows)})
    if reason == "age":
        values: dict[str, str | int] = {"count": len(rows), "day": str(view.terms.reference_date or view.on or "?")}
        return ClauseResult("covered", "fail", view.ids(rows), "uncovered by age", values)
    return ClauseResult("covered", "fail", view.ids(rows), "uncovered by fact", {"count": len(rows), "fact": reason})


def _reason(view: ListView, row: int, groups: Sequence[str]) -> str:
    """The first fact without which the row would not be outside for certain; "" when no single fact decides."""
    facts = view.facts[row]
    for reason in _REASONS:
        without = {
            name: None if name.split("@")[0].removesuffix("_from").removesuffix("_to") == reason else value
            for name, value in facts.items()
        }
        if any(view.terms.groups[group].holds(without) is None for group in groups):
            return reason
    return ""


def _same_ids(view: ListView) -> Iterator[ClauseResult]:
    shared = tuple(one for one, count in Counter(person.id for person in view.people).items() if count > 1)
    if shared:
        yield ClauseResult("same id", "fail", shared, "same id", {"count": len(shared)})
