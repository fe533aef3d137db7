"""The plan as it stands after the stages that are over: everybody can work it out alone from the first plan and the record.

Who did not go and who stood in is in the record. For every stage with a plan in force those who fell out are taken out of the plan
(`homeward.planning.replan`), and those who would have been next but were not called stay first in reserve, as `homeward.rehearsal` does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from homeward.office.desk import Office
from homeward.planning import Candidate, Incident, Plan, pools_after, replan

Pools = Mapping[str, Sequence[Candidate]]

#: What a person's closing state is to the plan. All of them end the person's way in this exchange.
_FELL_OUT: Mapping[str, Literal["refused", "dead", "misidentified"]] = {
    "DECLINED": "refused",
    "DIED": "dead",
    "NOT_PRESENTED": "misidentified",
    "WRONG_PERSON": "misidentified",
    "RETURNED": "misidentified",
    "ESCAPED": "refused",
}


def plan_after(office: Office, plan: Plan, pools: Pools) -> tuple[Plan, dict[str, Sequence[Candidate]]]:
    """The plan and the pools after every stage that has closed by this office's record."""
    left: dict[str, Sequence[Candidate]] = dict(pools)
    for number, stage in enumerate(plan.stages):
        stands = office.state.stages.get(stage.id)
        if stands is None or stands.state != "CLOSED":
            break
        people = office.state.people
        incidents = [
            Incident(person, _FELL_OUT[people[person].state])
            for ids in stands.going.values()
            for person in ids
            if people[person].state in _FELL_OUT
        ]
        if incidents:
            found = replan(office.terms, left, plan, incidents, stage=stage.id)
            coming = {change.person for change in found.changes if change.after == stage.id}
            plan = without_uncalled(found.plan, number, coming - stands.filled.keys())
            left = dict(pools_after(left, incidents))
    return plan, left


def without_uncalled(plan: Plan, number: int, uncalled: set[str]) -> Plan:
    """The plan without stand-ins who were not called: their places stay empty, and they stay first in reserve."""
    if not uncalled:
        return plan
    stage = plan.stages[number]
    back = {name: tuple(person for person in people if person in uncalled) for name, people in stage.going.items()}
    going = {name: tuple(person for person in people if person not in uncalled) for name, people in stage.going.items()}
    left_out = {name: tuple(sorted({*people, *back.get(name, ())})) for name, people in plan.left_out.items()}
    later = [
        replace(each, reserves={name: (*back.get(name, ()), *people) for name, people in each.reserves.items()})
        for each in plan.stages[number + 1 :]
    ]
    return replace(plan, stages=(*plan.stages[:number], replace(stage, going=going), *later), left_out=left_out)
