"""How many stand-ins a stage needs, and who they are."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.planning import Candidate, make_plan, stand_ins
from tests.planning.invented import BOTH, PRIORITIES, clause, pools_of, terms_of


@pytest.mark.parametrize(
    ("no_show", "going", "wanted"), [(0.01, 5, 2), (0.01, 100, 5), (0.03, 100, 10), (0.03, 300, 20), (0.10, 100, 24)]
)
def test_reserves_for_99_9_in_100_are_those_of_the_research_table(no_show, going, wanted):
    assert stand_ins(going, no_show, 0.001) == wanted


@given(st.integers(1, 60), st.floats(0.005, 0.3), st.floats(0.0005, 0.2))
def test_the_reserves_are_the_fewest_that_keep_the_agreed_risk(going, no_show, risk):
    def short(reserves):
        """Chance that fewer than `going` of all those called come, added up term by term."""
        called = going + reserves
        return 1 - sum(comb(called, out) * no_show**out * (1 - no_show) ** (called - out) for out in range(reserves + 1))

    wanted = stand_ins(going, no_show, risk)
    assert short(wanted) <= risk + 1e-9
    assert wanted == 0 or short(wanted - 1) > risk - 1e-9


def test_reserves_are_of_the_same_class_as_those_whom_they_replace():
    terms = terms_of(
        clause("P", kind="parity", groups=["soldier", "civilian"], sides=BOTH, over="after every stage", tolerance=0)
        + clause("C", kind="count", sides=BOTH, over="each stage", max=10)
        + PRIORITIES
        + "[reserve]\nno_show = 0.05\nrisk = 0.01\n"
    )
    pools = pools_of(11, 80, unknown=0.0, families=0.0)
    plan = make_plan(terms, pools, seed="x")
    facts = {person.id: person.facts for pool in pools.values() for person in pool}
    for stage in plan.stages:
        for side in BOTH:
            kinds = {facts[person]["status"] for person in stage.going[side]}
            assert {facts[person]["status"] for person in stage.reserves[side]} <= kinds
            assert len(stage.reserves[side]) <= stage.reserves_wanted[side]
    assert any(stage.reserves[side] for stage in plan.stages for side in BOTH)


def test_nobody_is_called_as_a_reserve_where_nobody_stays_away():
    terms = terms_of(clause("C", kind="count", sides=["home-A"], over="end", max=2), stages=("s1",))
    plan = make_plan(terms, {"home-A": [Candidate(f"p{n}", {}) for n in range(5)]}, seed="x")
    assert plan.stages[0].reserves["home-A"] == ()
