"""Who goes in which stage, why not the others, which terms contradict each other, who stands in on the day."""

from homeward.planning.candidate import Candidate, Column, PoolError, Pools, Table
from homeward.planning.check import Violation, check_order, check_plan
from homeward.planning.day import Change, Incident, Replan, Shortfall, pools_after, replan
from homeward.planning.draw import draw, in_draw_order
from homeward.planning.impossible import Bend, Impossible, Relaxation
from homeward.planning.plan import Plan, Proof, StagePlan, make_plan
from homeward.planning.reserves import stand_ins
from homeward.planning.why import Explainer, Reason, why

__all__ = [
    "Bend",
    "Candidate",
    "Change",
    "Column",
    "Explainer",
    "Impossible",
    "Incident",
    "Plan",
    "PoolError",
    "Pools",
    "Proof",
    "Reason",
    "Relaxation",
    "Replan",
    "Shortfall",
    "StagePlan",
    "Table",
    "Violation",
    "check_order",
    "check_plan",
    "draw",
    "in_draw_order",
    "make_plan",
    "pools_after",
    "replan",
    "stand_ins",
    "why",
]
