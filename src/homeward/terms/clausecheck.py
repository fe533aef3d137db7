"""One list against one clause of each kind. What the verdicts mean is said in `homeward.terms.listcheck`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from homeward.people.person import Absence
from homeward.terms.facts import FACTS
from homeward.terms.listview import ClauseResult, ListView
from homeward.terms.model import Clause

Results = Iterator[ClauseResult]


def check_clause(view: ListView, clause: Clause) -> Results:
    """The verdicts on one clause; none when the clause does not speak of this side."""
    if view.side in view.terms.sides_of(clause):
        yield from _BY_KIND[clause.kind](view, clause)


def _need(view: ListView, clause: Clause, number: int) -> int:
    """How many people a lower limit takes in all: once, or once in every stage."""
    return number * len(view.terms.stages) if clause.over == "each stage" else number


def _count(view: ListView, clause: Clause) -> Results:
    if clause.per_holder or clause.per_receiver:
        yield from _per_party(view, clause)
        return
    least = clause.equals if clause.equals is not None else clause.min
    most = clause.equals if clause.equals is not None else clause.max
    sure, perhaps = view.members(clause.group)
    numbers: dict[str, str | int] = {"group": clause.group, "found": len(sure)}
    if not any(view.side == joined for joined in clause.sides) and clause.sides:
        if most == 0:
            yield from _nobody(view, clause)
        else:
            yield ClauseResult(clause.id, "undecided", code="joined", values=numbers)
        return
    if least:
        need = _need(view, clause, least)
        numbers["need"] = need
        if len(sure) + len(perhaps) < need:
            yield ClauseResult(clause.id, "fail", code="too few", values=numbers)
            return
        if len(sure) < need:
            values = {**numbers, "open": len(perhaps)}
            left_open = view.left_open(perhaps, (clause.group,))
            yield ClauseResult(clause.id, "undecided", view.ids(perhaps), "perhaps too few", values, left_open)
            return
    if most == 0:
        yield from _nobody(view, clause)
    elif most is not None and view.final and len(sure) > _need(view, clause, most) and clause.over in {"end", "each stage"}:
        limit = _need(view, clause, most)
        yield ClauseResult(clause.id, "fail", view.ids(sure), "too many", {**numbers, "limit": limit})
    elif least:
        yield ClauseResult(clause.id, "pass", code="enough", values=numbers)
    else:
        assert most is not None
        yield ClauseResult(clause.id, "pass", code="within limit", values={**numbers, "limit": most})


def _nobody(view: ListView, clause: Clause) -> Results:
    """A clause that lets nobody of a group go, in any stage or at all."""
    sure, perhaps = view.members(clause.group)
    whole = clause.over in {"end", "each stage", "after every stage"}
    if not whole and not view.final:
        yield ClauseResult(
            clause.id, "pass", code="within limit", values={"group": clause.group, "found": len(sure), "limit": 0}
        )
    elif sure:
        values: dict[str, str | int] = {"group": clause.group, "count": len(sure)}
        yield ClauseResult(clause.id, "fail" if whole else "undecided", view.ids(sure), "may not go", values)
    if perhaps and whole:
        left_open = view.left_open(perhaps, (clause.group,))
        values = {"group": clause.group, "count": len(perhaps)}
        yield ClauseResult(clause.id, "undecided", view.ids(perhaps), "may perhaps not go", values, left_open)
    if whole and not sure and not perhaps:
        yield ClauseResult(clause.id, "pass", code="nobody of it", values={"group": clause.group})


def _per_party(view: ListView, clause: Clause) -> Results:
    """A number for each holder (or receiver) apart. Only the parties of this side's stream are looked at."""
    least = clause.equals if clause.equals is not None else clause.min
    side = view.terms.sides[view.side]
    sure, _ = view.members(clause.group)
    failed = concerned = False
    for fact, end, numbers in (("holder", side.holder, clause.per_holder), ("receiver", side.receiver, clause.per_receiver)):
        parties = [party for party in numbers if party in view.terms.people_of(end)]
        concerned = concerned or bool(parties)
        unsaid = [row for row in sure if view.facts[row].get(fact) is None]
        for party in parties:
            own = numbers[party]
            need = _need(view, clause, own if own is not None else least or 0)
            found = sum(view.facts[row].get(fact) == party for row in sure)
            if found + len(unsaid) < need:
                failed = True
                values: dict[str, str | int] = {"group": clause.group, "party": party, "found": found, "need": need}
                yield ClauseResult(clause.id, "fail", code="per party short", values=values)
        if parties and unsaid:
            failed = True
            yield ClauseResult(clause.id, "undecided", view.ids(unsaid), "per party open", {"count": len(unsaid)})
    if concerned and not failed:
        yield ClauseResult(clause.id, "pass", code="per party", values={"group": clause.group})


def _two_sided(view: ListView, clause: Clause) -> Results:
    """Parity and ratio: a matter of both lists. One list shows only who would not be counted at all."""
    if clause.kind == "ratio":
        groups: tuple[str, ...] = tuple(clause.key) if view.side in clause.sides[0].split("+") else (clause.against,)
    else:
        groups = clause.groups or (clause.group,)
    members = [view.members(group) for group in groups]
    counted = {row for sure, perhaps in members for row in (*sure, *perhaps)}
    outside = [row for row in range(len(view.people)) if row not in counted and row not in view.gone]
    if clause.groups and outside:
        yield ClauseResult(clause.id, "undecided", view.ids(outside), "no group", {"count": len(outside)})
    for group, (sure, _) in zip(groups, members, strict=True):
        yield ClauseResult(clause.id, "undecided", code="needs both", values={"group": group, "found": len(sure)})


def _all(view: ListView, clause: Clause) -> Results:
    sure, perhaps = view.members(clause.group)
    values: dict[str, str | int] = {"group": clause.group, "found": len(sure)}
    if perhaps:
        left_open = view.left_open(perhaps, (clause.group,))
        values["open"] = len(perhaps)
        yield ClauseResult(clause.id, "undecided", view.ids(perhaps), "all, some open", values, left_open)
    else:
        yield ClauseResult(clause.id, "pass", code="all of them", values=values)


def _named(view: ListView, clause: Clause) -> Results:
    rows = {person.id: row for row, person in enumerate(view.people)}
    first = not clause.sides or view.side in clause.sides[0].split("+")
    second = len(clause.sides) > 1 and view.side in clause.sides[1].split("+")
    wanted = (*(clause.people if first else ()), *(clause.in_return if second or not clause.sides else ()))
    if len(clause.sides) > 1 and not clause.in_return:
        wanted = clause.people
    # The side is certain when the clause names one side for these people, or when the terms have no other.
    certain = len(view.terms.sides) == 1 or len(clause.sides) == 1 or (len(clause.sides) > 1 and bool(clause.in_return))
    missing = tuple(one for one in wanted if one not in rows)
    gone = tuple(one for one in wanted if one in rows and rows[one] in view.gone)
    if gone:
        yield ClauseResult(clause.id, "fail", gone, "named unavailable", {"count": len(gone)})
    if missing:
        code = "named missing" if certain else "named elsewhere"
        yield ClauseResult(clause.id, "fail" if certain else "undecided", missing, code, {"count": len(missing)})
    if not gone and not missing:
        yield ClauseResult(clause.id, "pass", code="named here")


def _together(view: ListView, clause: Clause) -> Results:
    field = FACTS[clause.by].field
    stated = [
        row
        for row, person in enumerate(view.people)
        if row not in view.gone and field is not None and isinstance(person.value(field), Absence)
    ]
    if stated:
        values: dict[str, str | int] = {"fact": clause.by, "count": len(stated)}
        yield ClauseResult(clause.id, "undecided", view.ids(stated), "together open", values)
    else:
        yield ClauseResult(clause.id, "pass", code="together", values={"fact": clause.by})


_BY_KIND: Mapping[str, Callable[[ListView, Clause], Results]] = {
    "count": _count,
    "parity": _two_sided,
    "ratio": _two_sided,
    "all": _all,
    "named": _named,
    "together": _together,
}
