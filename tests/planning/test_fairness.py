"""Even shares between regions: as even as whole people come, never a reason for having no plan, and checked apart."""

from __future__ import annotations

import dataclasses
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.planning import Candidate, Impossible, check_order, check_plan, make_plan
from tests.planning.invented import BOTH, clause, terms_of

EVEN = '[fairness]\nbetween = "region"\n'
LONGEST_FIRST = '[[priorities]]\nscore = "days_held"\n'
#: Clauses among which shares have to find their way.
AROUND = {
    "places": clause("C", kind="count", sides=BOTH, over="end", max=9),
    "parity": clause("P", kind="parity", sides=BOTH, over="after every stage", tolerance=0),
    "women": clause("W", kind="count", group="woman", sides=BOTH, over="end", max=2),
    "key": clause("R", kind="ratio", sides=BOTH, key={"woman": 2}, against="soldier", tolerance=0),
    "weights": clause("H", kind="parity", weights="scale", sides=BOTH, over="end", tolerance=0),
}
WEIGHTS = '[weights.scale]\nfield = "rank"\nprivate = 2\nnco = 3\n'


def people(rng, mark, count):
    return [
        Candidate(
            f"{mark}{number}",
            {
                "region": rng.choice(["north", "north", "north", "south", "west", None]),
                "sex": rng.choice(["M", "M", "F"]),
                "status": "military",
                "medical": rng.choice(["well", "well", "well", "seriously_ill"]),
                "rank": rng.choice(["private", "nco"]),
                "days_held": rng.randint(1, 900),
            },
        )
        for number in range(count)
    ]


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(sorted(AROUND)), min_size=1).map(sorted), st.integers(min_value=0, max_value=10**6))
def test_even_shares_pass_the_independent_checker_and_never_make_a_plan_impossible(names, seed):
    rng = random.Random(seed)
    pools = {"home-A": people(rng, "a", 24), "home-B": people(rng, "b", 24)}
    clauses = "".join(AROUND[name] for name in names) + LONGEST_FIRST + WEIGHTS
    plain = make_plan(terms_of(clauses, stages=("s1",)), pools, seed="x")
    terms = terms_of(clauses + EVEN, stages=("s1",))
    plan = make_plan(terms, pools, seed="x")
    assert [fault for fault in check_plan(terms, pools, plan) if fault.fault != "share"] == []
    assert check_order(terms, pools, plan) == []
    assert plan.proof.optimal
    serious = [step.reached for step in plain.proof.steps if step.name == "GC III 109"]
    assert [step.reached for step in plan.proof.steps if step.name == "GC III 109"] == serious


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=0, max_value=10**6), st.integers(min_value=1, max_value=30))
def test_no_place_could_be_shared_more_evenly(seed, places):
    rng = random.Random(seed)
    pools = {"home-A": people(rng, "a", 40)}
    terms = terms_of(
        clause("C", kind="count", sides=["home-A"], over="end", max=places)
        + clause("W", kind="count", group="woman", sides=["home-A"], over="end", max=places // 2)
        + LONGEST_FIRST
        + EVEN,
        stages=("s1",),
    )
    plan = make_plan(terms, pools, seed="x")
    assert check_plan(terms, pools, plan) == []


def test_shares_that_whole_people_cannot_keep_give_way_by_as_few_people_as_possible():
    def ranked(mark, rank, regions):
        return [Candidate(f"{mark}{n}", {"rank": rank, "region": region}) for n, region in enumerate(regions)]

    # Four of weight 2 against weights of 3: fractions could send all four, whole people only three.
    pools = {
        "home-A": ranked("a", "private", ["north", "north", "south", "south"]),
        "home-B": ranked("b", "nco", ["north", "south", "west"]),
    }
    rest = clause("H", kind="parity", weights="scale", sides=BOTH, over="end", tolerance=0) + WEIGHTS + EVEN
    terms = terms_of(rest, stages=("s1",))
    plan = make_plan(terms, pools, seed="x")
    assert {side: len(ids) for side, ids in plan.stages[0].going.items()} == {"home-A": 3, "home-B": 2}
    assert check_plan(terms, pools, plan) == []


def test_a_region_gets_no_more_than_its_share_rounded_up():
    regions = [f"r{number}" for number in range(6)]
    pool = [
        Candidate(f"{region}-{n}", {"region": region, "days_held": 900 if region == "r0" else n})
        for region in regions
        for n in range(9)
    ]
    terms = terms_of(clause("C", kind="count", sides=["home-A"], over="end", max=6) + LONGEST_FIRST + EVEN, stages=("s1",))
    plan = make_plan(terms, {"home-A": pool}, seed="x")
    assert sorted(person.split("-")[0] for person in plan.stages[0].going["home-A"]) == regions


def test_the_checker_finds_a_place_that_could_be_shared_more_evenly():
    pool = [Candidate(f"{region}{n}", {"region": region}) for region in ("north", "south") for n in range(5)]
    terms = terms_of(clause("C", kind="count", sides=["home-A"], over="end", max=4) + EVEN, stages=("s1",))
    plan = make_plan(terms, {"home-A": pool}, seed="x")
    north = tuple(f"north{n}" for n in range(4))
    rest = tuple(sorted({person.id for person in pool} - set(north)))
    stage = dataclasses.replace(plan.stages[0], going={"home-A": north, "home-B": ()}, reserves={})
    crooked = dataclasses.replace(plan, stages=(stage,), left_out={"home-A": rest, "home-B": ()})
    (found,) = check_plan(terms, {"home-A": pool}, crooked)
    assert (found.fault, found.clause) == ("share", "fair_between")
    assert "south" in found.said("uk")


def test_a_contradiction_is_still_found_where_shares_are_asked_for():
    terms = terms_of(clause("C", kind="count", sides=["home-A"], over="end", min=9) + EVEN, stages=("s1",))
    with pytest.raises(Impossible) as caught:
        make_plan(terms, {"home-A": people(random.Random(1), "a", 4)}, seed="x")
    assert [one.id for one in caught.value.clauses] == ["C"]
