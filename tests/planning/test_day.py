"""What happens on the day: who steps in, what is mended, what is named."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.planning import Candidate, Impossible, Incident, PoolError, check_plan, make_plan, pools_after, replan
from homeward.planning.incidents import FOR_GOOD
from homeward.terms import parse
from tests.planning.invented import BOTH, HEAD, PRIORITIES, clause, pools_of, terms_of

TERMS = (
    clause("N", kind="count", sides=BOTH, over="each stage", equals=12)
    + clause("P", kind="parity", groups=["soldier", "civilian"], sides=BOTH, over="after every stage", tolerance=0)
    + clause("S", kind="count", group="stretcher", sides=["home-A+home-B"], over="each stage", max=4)
    + clause("F", kind="together", by="family")
    + PRIORITIES
    + "[reserve]\nno_show = 0.05\nrisk = 0.01\n"
)


def rule(**remedies: str) -> str:
    return "[substitution]\n" + "".join(f'{kind} = "{remedy}"\n' for kind, remedy in remedies.items())


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=0, max_value=10**6), st.integers(min_value=1, max_value=20), st.booleans())
def test_after_incidents_the_clauses_hold_again_or_the_shortfall_is_named(seed, number, later):
    terms = terms_of(TERMS + rule(refused="reserve", dead="reserve", absent="reserve"), stages=("s1", "s2", "s3"))
    pools = pools_of(seed, 90)
    try:
        plan = make_plan(terms, pools, seed="x")
    except Impossible:
        return
    rng = random.Random(seed)
    now = 1 if later else 0
    coming = [person for stage in plan.stages[now:] for ids in stage.going.values() for person in ids]
    incidents = [Incident(person, rng.choice(sorted(FOR_GOOD))) for person in rng.sample(coming, number)]
    done = replan(terms, pools, plan, incidents, stage=terms.stages[now].id)
    broken = check_plan(terms, pools_after(pools, incidents), done.plan)
    assert {violation.clause for violation in broken} == {shortfall.clause.id for shortfall in done.shortfalls}
    assert done.plan.stages[:now] == plan.stages[:now] or now == 0
    assert all(one.going == other.going for one, other in zip(done.plan.stages[:now], plan.stages[:now], strict=True))
    out = {incident.person for incident in incidents}
    today = {person for ids in done.plan.stages[now].going.values() for person in ids}
    assert not out & today


def test_the_stand_in_is_of_the_same_class_and_nobody_else_moves():
    terms = terms_of(TERMS, stages=("s1",))
    pools = pools_of(3, 120, families=0.0, unknown=0.0)
    plan = make_plan(terms, pools, seed="x")
    gone = plan.stages[0].going["home-A"][0]
    done = replan(terms, pools, plan, [Incident(gone, "refused")], stage="s1")
    assert done.shortfalls == ()
    assert len(done.changes) == 2
    facts = {person.id: person.facts for person in pools["home-A"]}
    (stand_in,) = (change.person for change in done.changes if change.after is not None)
    assert facts[stand_in]["status"] == facts[gone]["status"]
    assert facts[stand_in]["mobility"] == facts[gone]["mobility"]


def test_the_first_of_the_reserves_is_the_one_who_steps_in():
    terms = terms_of(
        clause("N", kind="count", sides=["home-A"], over="end", equals=5)
        + PRIORITIES
        + "[reserve]\nno_show = 0.1\nrisk = 0.01\n",
        stages=("s1",),
    )
    pools = {"home-A": [Candidate(f"p{n}", {"days_held": n % 4, "sex": "M"}) for n in range(20)]}
    plan = make_plan(terms, pools, seed="x")
    first = plan.stages[0].reserves["home-A"][0]
    done = replan(terms, pools, plan, [Incident(plan.stages[0].going["home-A"][0], "dead")], stage="s1")
    assert first in done.plan.stages[0].going["home-A"]


def even(remedy: str) -> tuple[object, dict[str, list[Candidate]], object]:
    terms = terms_of(
        clause("P", kind="parity", sides=BOTH, over="after every stage", tolerance=0) + rule(refused=remedy, shortfall=remedy),
        stages=("s1",),
    )
    pools = {side: [Candidate(f"{side}-{n}", {}) for n in range(4)] for side in BOTH}
    return terms, pools, make_plan(terms, pools, seed="x")


def test_the_other_side_is_reduced_where_the_terms_say_so():
    terms, pools, plan = even("reduce-both")
    done = replan(terms, pools, plan, [Incident("home-A-0", "refused")], stage="s1")
    assert {side: len(ids) for side, ids in done.plan.stages[0].going.items()} == {"home-A": 3, "home-B": 3}
    assert done.shortfalls == ()


@pytest.mark.parametrize("remedy", ["owed", "none", "reserve-same-groups"])
def test_the_other_side_is_never_reduced_where_the_terms_do_not_say_so(remedy):
    terms, pools, plan = even(remedy if remedy != "reserve-same-groups" else "owed")
    done = replan(terms, pools, plan, [Incident("home-A-0", "refused")], stage="s1")
    assert len(done.plan.stages[0].going["home-B"]) == 4
    assert [(shortfall.clause.id, shortfall.stage, shortfall.units) for shortfall in done.shortfalls] == [("P", "s1", 1)]
    assert "P" in done.shortfalls[0].sentence("uk")


def test_somebody_absent_today_may_go_in_a_later_stage_and_not_today():
    terms = terms_of(clause("N", kind="count", sides=["home-A"], over="each stage", equals=1))
    pools = {"home-A": [Candidate("one", {}), Candidate("two", {})]}
    plan = make_plan(terms, pools, seed="x")
    (today,) = plan.stages[0].going["home-A"]
    done = replan(terms, pools, plan, [Incident(today, "absent")], stage="s1")
    assert done.plan.stages[0].going["home-A"] != (today,)
    assert done.plan.stages[1].going["home-A"] == (today,)
    assert done.shortfalls == ()


def test_a_family_waits_together_for_one_who_is_absent_and_goes_on_without_one_who_refuses():
    terms = terms_of(clause("F", kind="together", by="family"), stages=("s1", "s2"))
    pools = {"home-A": [Candidate("mother", {"family": "f"}), Candidate("son", {"family": "f"}), Candidate("other", {})]}
    plan = make_plan(terms, pools, seed="x")
    waits = replan(terms, pools, plan, [Incident("son", "absent")], stage="s1").plan
    assert waits.stages[0].going["home-A"] == ("other",)
    goes = replan(terms, pools, plan, [Incident("son", "refused")], stage="s1").plan
    assert goes.stages[0].going["home-A"] == ("mother", "other")


def test_an_incident_with_somebody_already_handed_over_is_refused():
    terms = terms_of(clause("N", kind="count", sides=["home-A"], over="each stage", equals=1))
    pools = {"home-A": [Candidate("one", {}), Candidate("two", {})]}
    plan = make_plan(terms, pools, seed="x")
    with pytest.raises(PoolError, match="earlier stage"):
        replan(terms, pools, plan, [Incident(plan.stages[0].going["home-A"][0], "dead")], stage="s2")
    with pytest.raises(PoolError, match="no pool"):
        replan(terms, pools, plan, [Incident("nobody", "dead")], stage="s1")


REMAINS = """[sides.remains-A]
from = "B"
to = "A"
carries = "remains"
"""


@pytest.mark.parametrize(("held", "limit", "given"), [(2, 2, 1), (0, 2, 0), (2, 0, 0)])
def test_remains_are_handed_over_for_a_person_where_the_terms_say_so_and_there_are_any(held, limit, given):
    terms = parse(
        (
            HEAD
            + REMAINS
            + '[[stages]]\nid = "s1"\n'
            + clause("P", kind="parity", sides=BOTH, over="after every stage", tolerance=0)
            + clause("R", kind="count", sides=["remains-A"], over="end", max=limit)
            + clause("N", kind="count", sides=["remains-A"], over="s1", max=1)
            + rule(dead="remains")
        ).encode()
    )
    pools = {side: [Candidate(f"{side}-{n}", {}) for n in range(2)] for side in BOTH}
    pools["remains-A"] = []
    plan = make_plan(terms, pools, seed="x")
    pools["remains-A"] = [Candidate(f"r-{n}", {}) for n in range(held)]
    done = replan(terms, pools, plan, [Incident("home-A-0", "dead")], stage="s1")
    assert len(done.remains) == given
    assert done.empty == ({"remains": 1} if given else {"owed": 1})
    (short,) = done.shortfalls
    assert (short.clause.id, short.units, short.remains) == ("P", 1, given)
    assert ("останки" in short.sentence("uk")) == ("Remains" in short.sentence()) == bool(given)
    broken = check_plan(terms, pools_after(pools, [Incident("home-A-0", "dead")]), done.plan)
    assert {fault.clause for fault in broken} == {"P"}


# A short bus.


@settings(max_examples=40, deadline=None)
@given(
    st.integers(min_value=0, max_value=10**6), st.integers(min_value=0, max_value=14), st.sampled_from(["owed", "reduce-both"])
)
def test_with_fewer_seats_no_more_go_than_there_are_and_the_clauses_hold_or_the_shortfall_is_named(seed, number, shortfall):
    terms = terms_of(TERMS.replace("equals = 12", "max = 12") + rule(shortfall=shortfall), stages=("s1", "s2", "s3"))
    pools = pools_of(seed, 60)
    plan = make_plan(terms, pools, seed="x")
    incidents = [Incident(person, "refused") for person in plan.stages[0].going["home-A"][: number % 3]]
    done = replan(terms, pools, plan, incidents, stage="s1", seats={"home-A": number})
    going = done.plan.stages[0].going["home-A"]
    assert len(going) <= number
    assert set(done.unseated) == set(done.unseated) & set(plan.stages[0].going["home-A"])
    assert not set(done.unseated) & set(going)
    broken = check_plan(terms, pools_after(pools, incidents), done.plan)
    assert {violation.clause for violation in broken} == {one.clause.id for one in done.shortfalls}
    if shortfall == "reduce-both":
        assert "P" not in {one.clause.id for one in done.shortfalls}


def test_who_has_no_seat_is_the_last_by_priority_and_goes_in_the_next_stage_that_has_room():
    terms = terms_of(clause("N", kind="count", sides=["home-A"], over="each stage", max=4) + PRIORITIES)
    people = [
        Candidate(f"p{n}", {"medical": "seriously_ill" if n == 3 else "well", "sex": "M", "days_held": 100 - n})
        for n in range(6)
    ]
    plan = make_plan(terms, {"home-A": people}, seed="x")
    assert plan.stages[0].going["home-A"] == ("p0", "p1", "p2", "p3")
    done = replan(terms, {"home-A": people}, plan, [], stage="s1", seats={"home-A": 2})
    assert done.unseated == ("p1", "p2")
    assert [stage.going["home-A"] for stage in done.plan.stages] == [("p0", "p3"), ("p1", "p2", "p4", "p5")]
    assert done.shortfalls == ()
    full = replan(terms, {"home-A": people}, plan, [], stage="s1", seats={"home-A": 1})
    assert full.plan.left_out["home-A"] == ("p2",)
    assert full.empty == {"owed": 3}


def test_a_family_keeps_together_when_seats_are_short():
    terms = terms_of(clause("F", kind="together", by="family") + clause("N", kind="count", sides=["home-A"], over="s2", max=0))
    people = [Candidate(f"p{n}", {"family": "one" if n < 3 else None, "days_held": 10}) for n in range(5)]
    plan = make_plan(terms, {"home-A": people}, seed="x")
    done = replan(terms, {"home-A": people}, plan, [], stage="s1", seats={"home-A": 4})
    going = set(done.plan.stages[0].going["home-A"])
    assert len(going) in {2, 4}
    assert going & {"p0", "p1", "p2"} in (set(), {"p0", "p1", "p2"})


def test_nobody_is_called_into_a_seat_that_is_not_there():
    terms = terms_of(clause("N", kind="count", sides=["home-A"], over="each stage", max=3) + PRIORITIES, stages=("s1",))
    people = [Candidate(f"p{n}", {"sex": "M", "days_held": 100 - n}) for n in range(6)]
    plan = make_plan(terms, {"home-A": people}, seed="x")
    done = replan(terms, {"home-A": people}, plan, [Incident("p0", "refused")], stage="s1", seats={"home-A": 2})
    assert done.plan.stages[0].going["home-A"] == ("p1", "p2")
    assert done.unseated == ()


def test_seats_for_a_side_that_is_not_there_are_our_own_mistake():
    terms = terms_of(clause("N", kind="count", sides=["home-A"], over="each stage", max=3))
    plan = make_plan(terms, {"home-A": [Candidate("p0", {})]}, seed="x")
    with pytest.raises(ValueError, match="no side"):
        replan(terms, {"home-A": [Candidate("p0", {})]}, plan, [], stage="s1", seats={"home-C": 2})
