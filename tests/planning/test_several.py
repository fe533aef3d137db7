"""Several holders and receivers, named for named, weights, circulation and even shares."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.planning import (
    Candidate,
    Impossible,
    Incident,
    check_order,
    check_plan,
    cycles,
    make_plan,
    net,
    pools_after,
    replan,
    why,
)
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


def parties_of(count, cap, rest=""):
    names = [f"P{number}" for number in range(count)]
    text = 'schema = "exchange-terms/1"\ntitle = "Parties"\n[parties]\n' + "".join(f'{name} = "{name}"\n' for name in names)
    text += "".join(f'[sides.{a}-{b}]\nfrom = "{a}"\nto = "{b}"\n' for a in names for b in names if a != b)
    text += '[[stages]]\nid = "s1"\n[[stages]]\nid = "s2"\n[groups]\nserious = "medical == \'seriously_ill\'"\n'
    text += clause("K", kind="count", over="each stage", max=500) + rest + f"[circulation]\nlongest_cycle = {cap}\n"
    return parse(text.encode()), [(a, b) for a in names for b in names if a != b]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.integers(3, 5), st.integers(2, 4), st.integers(0, 60))
def test_a_cap_on_cycles_holds_beside_other_clauses_and_moves_as_many_people_as_cycles_can(seed, count, cap, limit):
    rng = random.Random(seed)
    terms, arcs = parties_of(count, cap, clause("L", kind="count", over="end", max=limit) if limit % 2 else "")
    pools = {
        f"{a}-{b}": [
            Candidate(f"{a}{b}{n}", {"medical": rng.choice(("well", "well", "seriously_ill"))})
            for n in range(rng.randint(0, 9))
        ]
        for a, b in arcs
    }
    plan = make_plan(terms, pools, seed="x")
    assert plan.proof.optimal
    assert check_plan(terms, pools, plan) == []
    assert check_order(terms, pools, plan) == []
    gone = sum(len(ids) for stage in plan.stages for ids in stage.going.values())
    if limit % 2:
        assert gone <= limit
    elif not any(person.facts["medical"] != "well" for pool in pools.values() for person in pool):
        assert gone == net({arc: len(pools["-".join(arc)]) for arc in arcs}, longest_cycle=cap).total
    incidents = [Incident(person, "dead") for stage in plan.stages for ids in stage.going.values() for person in ids[:1]][:3]
    done = replan(terms, pools, plan, incidents, stage="s1")
    broken = {fault.clause for fault in check_plan(terms, pools_after(pools, incidents), done.plan)}
    assert broken == {short.clause.id for short in done.shortfalls}


def test_without_priorities_a_cap_on_cycles_moves_as_many_people_as_the_netting():
    rng = random.Random(3)
    terms, arcs = parties_of(6, 3)
    pools = {f"{a}-{b}": [Candidate(f"{a}{b}{n}", {}) for n in range(rng.randint(0, 30))] for a, b in arcs}
    plan = make_plan(terms, pools, seed="x")
    total = sum(len(ids) for stage in plan.stages for ids in stage.going.values())
    assert total == net({arc: len(pools["-".join(arc)]) for arc in arcs}, longest_cycle=3).total


def test_the_seriously_wounded_go_before_a_larger_exchange_of_others():
    terms, _ = parties_of(4, 2, clause("L", kind="count", over="end", max=2))
    pools = {
        "P0-P1": people("a", 5, medical="well"),
        "P1-P0": people("b", 5, medical="well"),
        "P2-P3": people("c", 1, medical="seriously_ill"),
        "P3-P2": people("d", 1, medical="well"),
    }
    plan = make_plan(terms, pools, seed="x")
    assert plan.stages[0].going["P2-P3"] == ("c0",)
    assert list(plan.proof.cycles) == [(("P2", "P3"), 1)]


def test_whoever_an_equally_good_plan_takes_is_told_that_the_draw_chose_another():
    terms, _ = parties_of(4, 2, clause("L", kind="count", over="end", max=2))
    pools = {side: people(side, 1) for side in ("P0-P1", "P1-P0", "P2-P3", "P3-P2")}
    plan = make_plan(terms, pools, seed="x")
    (stays, *_) = [person for ids in plan.left_out.values() for person in ids]
    reason = why(terms, pools, plan, stays)
    assert (reason.code, reason.others) == ("draw", 0)
    assert "an equally good plan takes somebody like them, and the public draw chose another" in reason.sentence("en")
    assert "так само добрий план" in reason.sentence("uk")


def test_where_cycles_are_too_many_to_list_most_people_go(monkeypatch):
    terms, arcs = parties_of(5, 3)
    pools = {f"{a}-{b}": people(f"{a}{b}", 3) for a, b in arcs}
    monkeypatch.setattr(cycles, "_MOST_CYCLES", 2)
    plan = make_plan(terms, pools, seed="x")
    assert check_plan(terms, pools, plan) == []
    assert sum(len(ids) for stage in plan.stages for ids in stage.going.values()) == 60


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
