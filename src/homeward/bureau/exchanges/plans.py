"""Plans as this node keeps and reads them: to plain values and back, who can be planned, who goes, in what words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from homeward.bureau.exchanges.models import DraftPlan, Exchange
from homeward.bureau.exchanges.offices import Desk
from homeward.bureau.exchanges.services_lists import reckoning_day
from homeward.office.after_stages import plan_after
from homeward.office.desk import Office
from homeward.office.stages import pools_of
from homeward.planning import Candidate, Explainer, Plan, Proof, Reason, StagePlan
from homeward.planning.goals import Step

Pools = Mapping[str, Sequence[Candidate]]


def to_plain(plan: Plan) -> dict[str, Any]:
    """A plan as JSON-able data: ids, numbers and the words of the proof; nobody's name."""
    return asdict(plan)


def from_plain(data: Mapping[str, Any]) -> Plan:
    """Mirrors `to_plain`."""

    def people(table: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
        return {side: tuple(ids) for side, ids in table.items()}

    stages = tuple(
        StagePlan(one["id"], people(one["going"]), people(one["reserves"]), dict(one["reserves_wanted"]))
        for one in data["stages"]
    )
    told = dict(data["proof"])
    told["steps"] = tuple(Step(**step) for step in told["steps"])
    told["cycles"] = tuple((tuple(cycle), times) for cycle, times in told["cycles"])
    return Plan(stages, people(data["left_out"]), Proof(**told), data["seed"])


def latest(exchange: Exchange) -> DraftPlan | None:
    """The plan in use, if one was made."""
    return DraftPlan.objects.filter(exchange=exchange).first()


def reads_lists(office: Office) -> bool:
    """Whether this office can plan: it holds every list open. The neutral holds none."""
    names = set(office.store.file_names())
    return all(f"lists/{side}" in names and (office.private / f"{side}.opened").exists() for side in office.terms.sides)


def pools(desk: Desk) -> Pools:
    """Who can be planned, per list."""
    return desk.derived("pools", lambda office: pools_of(office, on=reckoning_day(office.terms)))


def standing(desk: Desk, draft: DraftPlan) -> tuple[Plan, Pools]:
    """The plan as it stands after the stages that have closed, and the pools it is of."""
    return desk.derived(f"plan {draft.pk}", lambda office: plan_after(office, from_plain(draft.plan), pools(desk)))


def reason(desk: Desk, draft: DraftPlan, person: str) -> Reason:
    """Why somebody does not go, or not earlier. Raises `PoolError`."""
    plan, left = standing(desk, draft)
    explainer = desk.derived(f"explainer {draft.pk}", lambda office: Explainer(office.terms, left, plan))
    return explainer.why(person)
