"""What happened, counted: per list from listed to received, per stage the balance, the deviations, the acts without effect.

Counts, codes and ids only. Used by the verdict, by reports, and by anybody who has folded a record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from homeward.exchange.acts import MAY_GO
from homeward.exchange.state import ClauseDifference, DeviationState, ExchangeState, PersonState, Void

#: The steps of a person's way that a funnel shows, in order, each with the question whether the person got so far.
STEPS = ("listed", "agreed", "may_go", "planned", "handed_over", "received")


@dataclass(frozen=True, slots=True)
class ListSummary:
    """One list. `reached` says for each step how many people of each group of the terms (and "all") got so far."""

    id: str
    holders: tuple[str, ...]
    receivers: tuple[str, ...]
    state: str
    count: int
    categories: Mapping[str, int]
    answers: Mapping[str, int]
    claims: int
    reached: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class StageSummary:
    id: str
    state: str
    balance: Mapping[str, Mapping[str, int]]
    differences: tuple[ClauseDifference, ...]
    reserves_called: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Summary:
    state: str
    lists: tuple[ListSummary, ...]
    stages: tuple[StageSummary, ...]
    deviations: tuple[DeviationState, ...]
    void: tuple[Void, ...]

    @property
    def handed_over(self) -> int:
        return sum(each.reached["handed_over"]["all"] for each in self.lists)

    @property
    def received(self) -> int:
        return sum(each.reached["received"]["all"] for each in self.lists)

    def as_json(self) -> dict[str, Any]:
        """Plain data for `--json`."""
        return asdict(self)


def summarise(state: ExchangeState) -> Summary:
    """Count a folded exchange."""
    reached: dict[str, dict[str, dict[str, int]]] = {name: {step: {"all": 0} for step in STEPS} for name in state.lists}
    answers: dict[str, dict[str, int]] = {name: {} for name in state.lists}
    for person in state.people.values():
        if person.answer is not None:
            counts = answers[person.list]
            counts[person.answer] = counts.get(person.answer, 0) + 1
        for step in _steps_of(person):
            by_group = reached[person.list][step]
            for group in {"all", *person.groups}:
                by_group[group] = by_group.get(group, 0) + 1
    lists = tuple(
        ListSummary(
            each.id,
            tuple(sorted(each.holders)),
            tuple(sorted(each.receivers)),
            each.state,
            each.count,
            dict(sorted(each.categories.items())),
            dict(sorted(answers[each.id].items())),
            each.claims,
            {step: dict(sorted(groups.items())) for step, groups in reached[each.id].items()},
        )
        for each in state.lists.values()
    )
    stages = tuple(
        StageSummary(stage.id, stage.state, stage.balance, tuple(stage.differences), dict(stage.filled))
        for stage in state.stages.values()
    )
    return Summary(state.state, lists, stages, tuple(state.deviations), tuple(state.void))


#: The states that lie behind a handover, whatever came of it.
_HANDED_OVER = frozenset({"HANDED_OVER", "RECEIVED", "RETURNED", "WRONG_PERSON"})


def _steps_of(person: PersonState) -> list[str]:
    steps = ["listed"]
    if person.stage is not None or person.state == "AGREED":
        steps.append("agreed")
        if person.interview in MAY_GO:
            steps.append("may_go")
    if person.stage is not None:
        steps.append("planned")
    if person.state in _HANDED_OVER:
        steps.append("handed_over")
    if person.state == "RECEIVED":
        steps.append("received")
    return steps
