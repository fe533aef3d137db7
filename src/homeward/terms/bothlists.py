"""The clauses that compare sides, once every side's list is there: can they be kept at all?

For every side and group there is a least number who must go (clauses of kind all, exact and lower limits; on a final list,
everybody) and a most who can (those available, within upper limits). If the least of one side is more than the other side's
most allows, no plan exists. That is a necessary condition, cheap to check and easy to explain; the plan has the last word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from homeward.people.person import Person
from homeward.terms.listcheck import first_day
from homeward.terms.listview import ClauseResult, ListView, More
from homeward.terms.model import Clause, Terms

_NONE: More = {}
#: The least and the most; the most is given twice: with those who belong for certain, and with those who may.
_Bounds = tuple[Fraction, Fraction, Fraction]


def check_lists(
    terms: Terms,
    lists: Mapping[str, Sequence[Person]],
    *,
    on: date | None = None,
    more: Mapping[str, More] | None = None,
    final: bool = False,
) -> tuple[ClauseResult, ...]:
    """Judge the clauses that speak of several sides together; `lists` and `more` are by side.

    Clauses of which a side's list is missing stay undecided. Raises `KeyError` for a side that the terms do not have.
    """
    day = first_day(terms, on)
    views = {
        side: ListView(terms, side, people, on=day, more=(more or {}).get(side, _NONE), final=final)
        for side, people in lists.items()
    }
    return tuple(result for clause in terms.clauses for result in _judge(terms, clause, views))


def _judge(terms: Terms, clause: Clause, views: Mapping[str, ListView]) -> Iterator[ClauseResult]:
    joined = clause.kind == "count" and any("+" in sides for sides in clause.sides)
    if clause.kind not in {"parity", "ratio"} and not joined:
        return
    if missing := [side for side in terms.sides_of(clause) if side not in views]:
        yield ClauseResult(clause.id, "undecided", code="list missing", values={"side": missing[0]})
    elif joined:
        for sides in clause.sides:
            if "+" in sides:
                yield _joined(clause, sides, views)
    elif clause.over not in {"end", "each stage", "after every stage"}:
        # A balance that ends before the last stage says nothing about the numbers at the end.
        values: dict[str, str | int] = {"group": clause.against, "first": clause.sides[0], "second": clause.sides[1]}
        yield ClauseResult(clause.id, "pass", code="can be level", values=values)
    elif clause.kind == "ratio":
        yield _ratio(terms, clause, views)
    else:
        for group in clause.groups or (clause.group,):
            first, second = (_together(clause, group, sides, views) for sides in clause.sides)
            yield _level(clause, group, _tolerance(terms, clause), first, second)


def _tolerance(terms: Terms, clause: Clause) -> int:
    """How far apart the totals may be: once, or once in every stage."""
    return clause.tolerance * (len(terms.stages) if clause.over == "each stage" else 1)


def _level(clause: Clause, group: str, tolerance: int, first: _Bounds, second: _Bounds) -> ClauseResult:
    """Two spans of numbers by the end, within the tolerance of one another or not."""
    verdict = "pass"
    worst: dict[str, str | int] = {"group": group, "first": clause.sides[0], "second": clause.sides[1]}
    for (low, _, _), (_, sure, most), ends in ((first, second, (0, 1)), (second, first, (1, 0))):
        if low - tolerance > sure:
            verdict = "fail" if low - tolerance > most else "undecided"
            names: dict[str, str | int] = {"first": clause.sides[ends[0]], "second": clause.sides[ends[1]]}
            worst = {"group": group, **names, "need": _shown(low), "found": _shown(most if verdict == "fail" else sure)}
            if verdict == "fail":
                return ClauseResult(clause.id, "fail", code="cannot be level", values=worst)
    if verdict == "undecided":
        return ClauseResult(clause.id, "undecided", code="perhaps cannot be level", values=worst)
    return ClauseResult(clause.id, "pass", code="can be level", values=worst)


def _ratio(terms: Terms, clause: Clause, views: Mapping[str, ListView]) -> ClauseResult:
    first: _Bounds = (Fraction(0), Fraction(0), Fraction(0))
    for group, worth in clause.key.items():
        low, sure, most = _together(clause, group, clause.sides[0], views)
        first = (first[0] + worth * low, first[1] + worth * sure, first[2] + worth * most)
    return _level(
        clause, clause.against, _tolerance(terms, clause), first, _together(clause, clause.against, clause.sides[1], views)
    )


def _joined(clause: Clause, sides: str, views: Mapping[str, ListView]) -> ClauseResult:
    _, sure, most = _together(clause, clause.group, sides, views)
    least = clause.equals if clause.equals is not None else clause.min
    stages = next(iter(views.values())).terms.stages
    need = (least or 0) * (len(stages) if clause.over == "each stage" else 1)
    values: dict[str, str | int] = {"group": clause.group, "found": _shown(sure), "need": need}
    if not need:
        return ClauseResult(clause.id, "pass", code="within limit", values={**values, "limit": clause.max or 0})
    if most < need:
        return ClauseResult(clause.id, "fail", code="too few", values={**values, "found": _shown(most)})
    if sure < need:
        values["open"] = _shown(most - sure)
        return ClauseResult(clause.id, "undecided", code="perhaps too few", values=values)
    return ClauseResult(clause.id, "pass", code="enough", values=values)


def _together(clause: Clause, group: str, sides: str, views: Mapping[str, ListView]) -> _Bounds:
    bounds = [_bounds(views[side], clause, group) for side in sides.split("+")]
    return (
        sum((one[0] for one in bounds), Fraction(0)),
        sum((one[1] for one in bounds), Fraction(0)),
        sum((one[2] for one in bounds), Fraction(0)),
    )


def _bounds(view: ListView, clause: Clause, group: str) -> _Bounds:
    """The least and the most of a group who go on one side by the end, by heads or by the clause's table of equivalents."""
    sure, perhaps = view.members(group)
    if clause.weights is not None:
        certain = sum((_worth(view, clause.weights, row) for row in sure), Fraction(0))
        possible = certain + sum((_worth(view, clause.weights, row) for row in perhaps), Fraction(0))
        forced = sum((_worth(view, clause.weights, row) for row in _must_go(view, set(sure))), Fraction(0))
        return forced, certain, possible
    low, cap = Fraction(len(_must_go(view, set(sure)))), None
    for other in view.terms.clauses:
        if other.kind == "count" and other.group == group and view.side in other.sides:
            least = other.equals if other.equals is not None else other.min
            most = other.equals if other.equals is not None else other.max
            times = len(view.terms.stages) if other.over == "each stage" else 1
            low = max(low, Fraction((least or 0) * times))
            if most is not None and other.over in {"end", "each stage"}:
                cap = most * times if cap is None else min(cap, most * times)
    certain, possible = Fraction(len(sure)), Fraction(len(sure) + len(perhaps))
    return (
        low,
        certain if cap is None else min(certain, Fraction(cap)),
        possible if cap is None else min(possible, Fraction(cap)),
    )


def _must_go(view: ListView, members: set[int]) -> list[int]:
    """The members whom a clause of kind all sends; on a final list, every member."""
    if view.final:
        return sorted(members)
    sent: set[int] = set()
    for clause in view.terms.clauses:
        if clause.kind == "all" and view.side in view.terms.sides_of(clause):
            sent |= members & set(view.members(clause.group)[0])
    return sorted(sent)


def _worth(view: ListView, table: str, row: int) -> Fraction:
    weights = view.terms.weights[table]
    return weights.values.get(str(view.facts[row].get(weights.field)), weights.default)


def _shown(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.2f}"
