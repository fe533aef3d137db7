"""Who goes in which stage, why not the others, which terms contradict each other, who stands in on the day."""

from homeward.planning.account import Account, Band, Standing, Use, account_of
from homeward.planning.candidate import Candidate, Column, PoolError, Pools, Table
from homeward.planning.check import check_order, check_plan
from homeward.planning.checkclauses import Violation
from homeward.planning.day import replan
from homeward.planning.draw import draw, in_draw_order
from homeward.planning.impossible import Bend, Impossible, Relaxation
from homeward.planning.incidents import Change, Incident, Replan, Shortfall, pools_after
from homeward.planning.manifests import ManifestLine, Manifests, Vehicle, manifests, vehicles_for
from homeward.planning.netting import Netting, net
from homeward.planning.plan import Plan, Proof, StagePlan, make_plan
from homeward.planning.reserves import stand_ins
from homeward.planning.why import Explainer, Reason, why

__all__ = [
    "Account",
    "Band",
    "Bend",
    "Candidate",
    "Change",
    "Column",
    "Explainer",
    "Impossible",
    "Incident",
    "ManifestLine",
    "Manifests",
    "Netting",
    "Plan",
    "PoolError",
    "Pools",
    "Proof",
    "Reason",
    "Relaxation",
    "Replan",
    "Shortfall",
    "StagePlan",
    "Standing",
    "Table",
    "Use",
    "Vehicle",
    "Violation",
    "account_of",
    "check_order",
    "check_plan",
    "draw",
    "in_draw_order",
    "make_plan",
    "manifests",
    "net",
    "pools_after",
    "replan",
    "stand_ins",
    "vehicles_for",
    "why",
]
