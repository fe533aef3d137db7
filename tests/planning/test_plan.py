"""What a plan promises."""

from __future__ import annotations

import os
import random
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.planning import Candidate, Impossible, Plan, PoolError, Table, check_order, check_plan, make_plan
from homeward.planning.people import fields_needed
from homeward.terms import load
from tests.planning.invented import BOTH, PRIORITIES, clause, pools_of, terms_of

SHARED = Path(os.environ.get("HOMEWARD_SHARED", Path(__file__).parents[3] / "shared"))

#: Clauses of every kind that some small invented pools can keep, whatever they are.
KINDS = {
    "parity": clause("P", kind="parity", sides=BOTH, over="after every stage", tolerance=0),
    "parity by group": clause(
        "G", kind="parity", groups=["soldier", "civilian"], sides=BOTH, over="after every stage but the last", tolerance=2
    ),
    "cap": clause("C", kind="count", sides=BOTH, over="each stage", max=9),
    "cap together": clause("S", kind="count", group="stretcher", sides=["home-A+home-B"], over="each stage", max=2),
    "nobody": clause("N", kind="count", group="young", sides=BOTH, over="end", max=0),
    "at least": clause("L", kind="count", sides=BOTH, over="s1", min=1),
    "weights": clause("W", kind="parity", weights="scale", sides=BOTH, over="after every stage", tolerance=3),
    "ratio": clause("R", kind="ratio", sides=BOTH, key={"woman": 2, "civilian": 1}, against="soldier", tolerance=1),
    "family": clause("F", kind="together", by="family"),
}
WEIGHTS = '[weights.scale]\nfield = "rank"\nprivate = 1\nnco = 2\ncaptain = 6\ngeneral = "40/3"\n'

chosen = st.sets(st.sampled_from(sorted(KINDS)), min_size=1).map(sorted)
#: Where a key, a weight or a family counts several at once, one more person can complete a set and rightly change the plan.
one_by_one = st.sets(st.sampled_from(sorted(set(KINDS) - {"ratio", "weights", "family"})), min_size=1).map(sorted)
numbers = st.integers(min_value=0, max_value=2**32)


def planned(names: list[str], seed: int, count: int = 25, draw_seed: str = "seed") -> tuple[object, ...] | None:
    terms = terms_of("".join(KINDS[name] for name in names) + PRIORITIES + WEIGHTS)
    pools = pools_of(seed, count)
    try:
        return terms, pools, make_plan(terms, pools, seed=draw_seed)
    except Impossible:
        return None


def same(one: Plan, other: Plan) -> bool:
    return (one.stages, one.left_out) == (other.stages, other.left_out)


@settings(max_examples=40, deadline=None)
@given(chosen, numbers)
def test_every_plan_passes_the_independent_checker_and_keeps_the_order_of_priorities(names, seed):
    found = planned(names, seed)
    if found is not None:
        terms, pools, plan = found
        assert check_plan(terms, pools, plan) == []
        assert check_order(terms, pools, plan) == []
        assert plan.proof.optimal


@settings(max_examples=12, deadline=None)
@given(chosen, numbers)
def test_another_order_of_rows_gives_the_same_plan(names, seed):
    found = planned(names, seed)
    if found is not None:
        terms, pools, plan = found
        shuffled = {side: random.Random(seed).sample(pool, len(pool)) for side, pool in reversed(pools.items())}
        assert same(make_plan(terms, shuffled, seed="seed"), plan)


@settings(max_examples=12, deadline=None)
@given(one_by_one, numbers)
def test_a_person_added_who_is_worse_on_every_count_changes_nothing(names, seed):
    found = planned(names, seed)
    if found is not None:
        terms, pools, plan = found
        waiting = {person for ids in plan.left_out.values() for person in ids}
        for side, pool in pools.items():
            left = [p for p in pool if p.id in waiting and p.facts["family"] is None and p.facts["days_held"]]
            worse = [Candidate("zz-" + p.id, {**p.facts, "days_held": 0, "sex": "M"}) for p in left if p.facts["sex"] == "M"]
            if worse:
                more = make_plan(terms, {**pools, side: [*pool, worse[0]]}, seed="seed")
                assert more.stages == plan.stages


def test_columns_give_the_same_plan_as_people_one_by_one():
    terms = terms_of(KINDS["parity"] + KINDS["cap"] + PRIORITIES)
    pools = pools_of(5, 60)
    tables = {side: Table.of(pool, fields_needed(terms)) for side, pool in pools.items()}
    assert same(make_plan(terms, tables, seed="x"), make_plan(terms, pools, seed="x"))


def test_equals_go_in_the_order_of_the_public_draw_and_another_seed_draws_anew():
    terms = terms_of(clause("C", kind="count", sides=["home-A"], over="end", max=3), stages=["s1"])
    pools: Mapping[str, list[Candidate]] = {"home-A": [Candidate(f"p-{n}", {}) for n in range(12)]}
    from homeward.planning import in_draw_order

    for seed in ("one", "two", "three"):
        plan = make_plan(terms, pools, seed=seed)
        assert set(plan.stages[0].going["home-A"]) == set(in_draw_order(seed, [p.id for p in pools["home-A"]])[:3])


def test_the_seriously_wounded_go_first_and_earliest_even_if_the_terms_do_not_say_so():
    terms = terms_of(
        clause("C", kind="count", sides=["home-A"], over="each stage", max=1) + '[[priorities]]\nscore = "days_held"\n'
    )
    pools = {
        "home-A": [
            Candidate("long", {"days_held": 900, "medical": "well"}),
            Candidate("longer", {"days_held": 950, "medical": "well"}),
            Candidate("hurt", {"days_held": 3, "medical": "seriously_wounded"}),
        ]
    }
    plan = make_plan(terms, pools, seed="x")
    assert [stage.going["home-A"] for stage in plan.stages] == [("hurt",), ("longer",)]


def test_an_unknown_fact_takes_a_place_under_a_limit_and_reaches_no_minimum():
    people = [Candidate("old", {"age": 40}), Candidate("unknown", {"age": None})]
    limit = terms_of(clause("N", kind="count", group="young", sides=["home-A"], over="end", max=0), stages=["s1"])
    assert make_plan(limit, {"home-A": people}, seed="x").stages[0].going["home-A"] == ("old",)
    need = terms_of(clause("L", kind="count", group="young", sides=["home-A"], over="end", min=1), stages=["s1"])
    with pytest.raises(Impossible):
        make_plan(need, {"home-A": people}, seed="x")


def test_an_id_that_stands_for_two_people_is_refused_by_name_of_the_id():
    terms = terms_of(KINDS["cap"])
    with pytest.raises(PoolError, match="p-1"):
        make_plan(terms, {"home-A": [Candidate("p-1", {})], "home-B": [Candidate("p-1", {})]}, seed="x")


@pytest.mark.parametrize("name", ["may2025", "june2025", "dixhill", "ratio"])
def test_the_example_terms_give_a_proven_plan(name):
    path = SHARED / "terms" / f"{name}.toml"
    if not path.exists():
        pytest.skip("the example terms lie outside the repository")
    terms = load(path)
    sides = list(terms.sides)
    drawn = pools_of(7, 1400, unknown=0.01, families=0.03)
    pools = dict(zip(sides, drawn.values(), strict=True))
    plan = make_plan(terms, pools, seed="x")
    assert check_plan(terms, pools, plan) == []
    assert plan.proof.optimal
