"""Who goes in which stage, why not the others, which terms contradict each other, who stands in on the day."""

from homeward.planning.candidate import Candidate, Column, PoolError, Pools, Table
from homeward.planning.check import Violation, check_order, check_plan
from homeward.planning.draw import draw, in_draw_order
from homeward.planning.impossible import Bend, Impossible, Relaxation
from homeward.planning.plan import Plan, Proof, StagePlan, make_plan
from homeward.planning.reserves import stand_ins

__all__ = [
    "Bend",
    "Candidate",
    "Column",
    "Impossible",
    "Plan",
    "PoolError",
    "Pools",
    "Proof",
    "Relaxation",
    "StagePlan",
    "Table",
    "Violation",
    "check_order",
    "check_plan",
    "draw",
    "in_draw_order",
    "make_plan",
    "stand_ins",
]
