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
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class _Count:
    """What one clause counts when a stage closes."""

    clause: Clause
    state: ExchangeState
    stages: tuple[str, ...]
    lists: tuple[str, ...]

    def of(self, joined: str, group: str) -> int:
        return received(self.state, self.stages, joined.split("+"), group)

    def difference(self, joined: str, group: str, wanted: int, got: int) -> ClauseDifference:
        names = joined.split("+")
        explaining = tuple(each.index for each in self.state.deviations if self._explains(each, names, group))
        return ClauseDifference(self.clause.id, joined, group, str(wanted), got, abs(wanted - got), explaining)

    def _explains(self, deviation: DeviationState, lists: Sequence[str], group: str) -> bool:
        """Whether a deviation that two parties signed accounts for one person missing from this count, or one too many."""
        if deviation.agreed_by is None or deviation.stage not in self.stages:
            return False
        if deviation.person is None:
            return deviation.list is None or deviation.list in lists
        person = self.state.people[deviation.person]
        if deviation.kind in {"SURPLUS", "WRONG_CATEGORY"}:
            return person.list in lists
        if person.id in self.state.stages[deviation.stage].filled.values():
            return False
        return person.list in lists and (group == "all" or group in person.groups)


def differences(terms: Terms, state: ExchangeState, stage: str) -> list[ClauseDifference]:
    """Every count or parity clause that is due when `stage` closes and that the people received do not meet.

    Clauses that need more than the public groups (weights by rank, families, named people) are the parties' own to check on
    their opened lists; the public lines do not say enough for them.
    """
    order = [each.id for each in terms.stages]
    found: list[ClauseDifference] = []
    for clause in terms.clauses:
        stages = stages_counted(clause.over, stage, order)
        if stages is None or clause.weights is not None:
            continue
        count = _Count(clause, state, stages, clause.sides or tuple(terms.sides))
        if clause.kind == "count" and not clause.per_holder and not clause.per_receiver:
            found += _count_differences(count)
        elif clause.kind == "parity":
            found += _parity_differences(count)
    return found


def _count_differences(count: _Count) -> list[ClauseDifference]:
    clause = count.clause
    low = clause.equals if clause.equals is not None else clause.min
    high = clause.equals if clause.equals is not None else clause.max
    found = []
    for joined in count.lists:
        got = count.of(joined, clause.group)
        if low is not None and got < low:
            found.append(count.difference(joined, clause.group, low, got))
        elif high is not None and got > high:
            found.append(count.difference(joined, clause.group, high, got))
    return found


def _parity_differences(count: _Count) -> list[ClauseDifference]:
    clause = count.clause
    found = []
    for group in clause.groups or (clause.group,):
        numbers = {joined: count.of(joined, group) for joined in count.lists}
        wanted = max(numbers.values()) - clause.tolerance
        found += [count.difference(joined, group, wanted, got) for joined, got in numbers.items() if got < wanted]
    return found
