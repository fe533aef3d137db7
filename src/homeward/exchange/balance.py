"""Double entry: everybody planned leaves one column and enters another, and clauses are checked on who was received.

>>> lines = {"home-X": ["p-0001", "p-0002"]}
>>> people = {
...     i: PersonState(i, "home-X", frozenset({"all"}), state=s, stage="d1")
...     for i, s in (("p-0001", "RECEIVED"), ("p-0002", "DIED"))
... }
>>> stage = StageState("d1", going={"home-X": ("p-0001", "p-0002")}, people=lines)
>>> balance_of(stage, people)["home-X"]
{'planned': 2, 'reserves_called': 0, 'received': 1, 'died': 1}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from homeward.exchange.acts import as_table
from homeward.exchange.rules import COLUMNS
from homeward.exchange.state import ClauseDifference, DeviationState, ExchangeState, PersonState, StageState
from homeward.terms import Clause, Terms


def balance_of(stage: StageState, people: Mapping[str, PersonState]) -> dict[str, dict[str, int]]:
    """Per list: how many were planned, how many reserves were called, and how many stand in each closing column."""
    result: dict[str, dict[str, int]] = {}
    for name in sorted(stage.people):
        planned = len(stage.going.get(name, ()))
        columns = {"planned": planned, "reserves_called": len(stage.people[name]) - planned}
        for person in stage.people[name]:
            column = COLUMNS.get(people[person].state, "between_columns")
            columns[column] = columns.get(column, 0) + 1
        result[name] = columns
    return result


def balance_table(balance: Mapping[str, Mapping[str, int]]) -> list[list[object]]:
    """The balance as the act `stage-closed` carries it."""
    return as_table({name: as_table(columns) for name, columns in balance.items()})


def received(state: ExchangeState, stages: Iterable[str], lists: Sequence[str], group: str) -> int:
    """How many people of a group were received from these lists in these stages."""
    wanted = set(stages)
    return sum(
        1
        for stage in wanted
        for name in lists
        for person in state.stages[stage].people.get(name, ())
        if state.people[person].state == "RECEIVED" and (group == "all" or group in state.people[person].groups)
    )


def stages_counted(over: str, stage: str, order: Sequence[str]) -> tuple[str, ...] | None:
    """The stages whose people a clause counts when `stage` closes, or None when the clause is not due then."""
    so_far = tuple(order[: order.index(stage) + 1])
    last = stage == order[-1]
    match over:
        case "end":
            return so_far if last else None
        case "each stage":
            return (stage,)
        case "after every stage":
            return so_far
        case "after every stage but the last":
            return None if last else so_far
        case _:
            return (stage,) if over == stage else None


def differences(terms: Terms, state: ExchangeState, stage: str) -> list[ClauseDifference]:
    """Every count or parity clause that is due when `stage` closes and that the people received do not meet.

    Clauses that need more than the public groups (weights by rank, families, named people) are the parties' own to check on
    their opened lists; the public lines do not say enough for them.
    """
    order = [each.id for each in terms.stages]
    found: list[ClauseDifference] = []
    for clause in terms.clauses:
        counted = stages_counted(clause.over, stage, order)
        if counted is None or clause.weights is not None:
            continue
        if clause.kind == "count" and not clause.per_holder and not clause.per_receiver:
            found += _count_differences(clause, terms, state, stage, counted)
        elif clause.kind == "parity":
            found += _parity_differences(clause, terms, state, stage, counted)
    return found


def _sides(clause: Clause, terms: Terms) -> tuple[str, ...]:
    return clause.sides or tuple(terms.sides)


def _count_differences(
    clause: Clause, terms: Terms, state: ExchangeState, stage: str, counted: tuple[str, ...]
) -> list[ClauseDifference]:
    found = []
    for joined in _sides(clause, terms):
        got = received(state, counted, joined.split("+"), clause.group)
        low = clause.equals if clause.equals is not None else clause.min
        high = clause.equals if clause.equals is not None else clause.max
        if low is not None and got < low:
            found.append(_difference(clause, state, stage, counted, joined, clause.group, str(low), got, low - got))
        elif high is not None and got > high:
            found.append(_difference(clause, state, stage, counted, joined, clause.group, str(high), got, got - high))
    return found


def _parity_differences(
    clause: Clause, terms: Terms, state: ExchangeState, stage: str, counted: tuple[str, ...]
) -> list[ClauseDifference]:
    found = []
    for group in clause.groups or (clause.group,):
        numbers = {joined: received(state, counted, joined.split("+"), group) for joined in _sides(clause, terms)}
        high = max(numbers.values())
        for joined, got in numbers.items():
            short = high - got - clause.tolerance
            if short > 0:
                found.append(
                    _difference(clause, state, stage, counted, joined, group, str(high - clause.tolerance), got, short)
                )
    return found


def _difference(
    clause: Clause,
    state: ExchangeState,
    stage: str,
    counted: tuple[str, ...],
    joined: str,
    group: str,
    wanted: str,
    got: int,
    short: int,
) -> ClauseDifference:
    explaining = tuple(each.index for each in state.deviations if _explains(each, state, counted, joined.split("+"), group))
    return ClauseDifference(clause.id, joined, group, wanted, got, short, explaining)


def _explains(deviation: DeviationState, state: ExchangeState, stages: Sequence[str], lists: Sequence[str], group: str) -> bool:
    """Whether a deviation that two parties signed accounts for one person missing from this count, or one too many."""
    if deviation.agreed_by is None or deviation.stage not in stages:
        return False
    if deviation.person is None:
        return deviation.list is None or deviation.list in lists
    person = state.people[deviation.person]
    if deviation.kind in {"SURPLUS", "WRONG_CATEGORY"}:
        return person.list in lists
    stage = state.stages.get(deviation.stage or "")
    unfilled = stage is None or person.id not in stage.filled.values()
    return unfilled and person.list in lists and (group == "all" or group in person.groups)
