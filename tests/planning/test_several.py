"""Several holders and receivers, named for named, weights, circulation and even shares."""

from __future__ import annotations

import random

import pytest

from homeward.planning import Candidate, Impossible, check_plan, make_plan
from homeward.terms import parse
from tests.planning.invented import BOTH, clause, terms_of

BLOCS = """schema = "exchange-terms/1"
title = "Blocs"
[parties]
RU = "R"
BY = "B"
DE = "D"
NO = "N"
[blocs]
east = ["RU", "BY"]
west = ["DE", "NO"]
[[stages]]
id = "one"
[sides.to-west]
from = "east"
to = "west"
[sides.to-east]
from = "west"
to = "east"
"""
RING = """schema = "exchange-terms/1"
title = "Ring"
[parties]
A = "A"
B = "B"
C = "C"
[[stages]]
id = "one"
[sides.ab]
from = "A"
to = "B"
[sides.bc]
from = "B"
to = "C"
[sides.ca]
from = "C"
to = "A"
[sides.ba]
from = "B"
to = "A"
"""


def people(mark, count, **facts):
    return [Candidate(f"{mark}{n}", dict(facts)) for n in range(count)]


def test_each_holder_gives_its_least_and_each_receiver_gets_its_number():
    terms = parse(
        (
            BLOCS
            + clause("H", kind="count", per_holder=["DE", "NO"], over="end", min=1)
            + clause("R", kind="count", per_receiver={"DE": 3, "NO": 1}, over="end")
        ).encode()
    )
    pools = {
        "to-west": people("w", 6, holder="RU", receiver="DE") + people("v", 3, holder="BY", receiver="NO"),
        "to-east": people("d", 2, holder="DE", receiver="RU") + people("n", 2, holder="NO", receiver="BY"),
    }
    plan = make_plan(terms, pools, seed="x")
    assert check_plan(terms, pools, plan) == []
    assert sum(person.startswith("w") for person in plan.stages[0].going["to-west"]) == 3
    unknown = {**pools, "to-east": people("d", 2, holder="DE") + people("n", 2)}
    with pytest.raises(Impossible) as caught:
        make_plan(terms, unknown, seed="x")
    assert [clause.id for clause in caught.value.clauses] == ["H"]


def test_named_for_named_go_in_one_stage():
    named = clause("N", kind="named", people=["a1"], in_return=["b1", "b2"])
    terms = terms_of(
        named + clause("C", kind="count", sides=BOTH, over="each stage", max=2) + '[[priorities]]\nscore = "days_held"\n'
    )
    pools = {
        "home-A": [Candidate(f"a{n}", {"days_held": 100 - n}) for n in range(4)],
        "home-B": [Candidate(f"b{n}", {"days_held": 100 - n}) for n in range(4)],
    }
    plan = make_plan(terms, pools, seed="x")
    assert check_plan(terms, pools, plan) == []
    assert plan.stage_of("a1") == plan.stage_of("b1") == plan.stage_of("b2") is not None


@pytest.mark.parametrize(("cap", "total"), [("", 14), ("longest_cycle = 2\n", 2)])
def test_every_party_receives_as_many_as_it_hands_over_around_cycles_of_the_agreed_length(cap, total):
    terms = parse((RING + clause("C", kind="count", over="end", max=100) + "[circulation]\n" + cap).encode())
    pools = {"ab": people("ab", 6), "bc": people("bc", 4), "ca": people("ca", 7), "ba": people("ba", 1)}
    plan = make_plan(terms, pools, seed="x")
    assert check_plan(terms, pools, plan) == []
    assert sum(len(ids) for ids in plan.stages[0].going.values()) == total


def test_places_are_shared_evenly_between_regions_when_the_terms_ask_for_it():
    rng = random.Random(1)
    pool = [
        Candidate(f"p{n:03}", {"region": region, "days_held": rng.randint(1, 50) + (500 if region == "north" else 0)})
        for n, region in enumerate(["north"] * 60 + ["south"] * 30 + ["west"] * 10)
    ]
    rest = clause("C", kind="count", sides=["home-A"], over="end", max=40) + '[[priorities]]\nscore = "days_held"\n'
    counts = {}
    for fair in ("", '[fairness]\nbetween = "region"\n'):
        terms = terms_of(rest + fair, stages=("s1",))
        plan = make_plan(terms, {"home-A": pool}, seed="x")
        facts = {person.id: person.facts for person in pool}
        going = [str(facts[person]["region"]) for person in plan.stages[0].going["home-A"]]
        counts[fair != ""] = {region: going.count(region) for region in ("north", "south", "west")}
        assert plan.proof.optimal
    assert counts[False] == {"north": 40, "south": 0, "west": 0}
    assert counts[True] == {"north": 24, "south": 12, "west": 4}
