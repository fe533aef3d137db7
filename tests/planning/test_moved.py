"""People moved by hand: the rest is solved for around them, or the clause that forbids it is named."""

from __future__ import annotations

import pytest

from homeward.planning import Candidate, PoolError, check_plan, make_plan
from homeward.planning.moved import MoveRefused, make_plan_with
from homeward.terms import parse

TERMS = parse(b"""
schema = "exchange-terms/1"
title = "Three a day"
[parties]
A = "First"
B = "Second"
[sides.home-A]
from = "B"
to = "A"
[sides.home-B]
from = "A"
to = "B"
[[stages]]
id = "one"
[[stages]]
id = "two"
[groups]
sick = "medical == 'seriously_ill'"
[[terms]]
id = "each"
kind = "count"
max = 3
sides = ["home-A", "home-B"]
over = "each stage"
[[terms]]
id = "even"
kind = "parity"
sides = ["home-A", "home-B"]
over = "each stage"
[[terms]]
id = "sick-first"
kind = "all"
group = "sick"
by = "one"
""")
POOLS = {
    side: [
        Candidate(
            f"p-{offset + number:04}", {"id": f"p-{offset + number:04}", "medical": "seriously_ill" if number == 1 else "well"}
        )
        for number in range(1, 9)
    ]
    for side, offset in (("home-A", 0), ("home-B", 100))
}


def test_a_person_moved_into_a_stage_goes_there_and_the_plan_keeps_the_terms() -> None:
    plan = make_plan(TERMS, POOLS, seed="s")
    waiting = next(person for person in plan.left_out["home-A"])
    moved = make_plan_with(TERMS, POOLS, {waiting: "two"}, seed="s")
    assert moved.stage_of(waiting) == "two"
    assert check_plan(TERMS, POOLS, moved) == []


def test_a_person_moved_out_goes_in_no_stage_and_somebody_else_does() -> None:
    plan = make_plan(TERMS, POOLS, seed="s")
    going = next(person for person in plan.stages[0].going["home-B"] if person != "p-0101")
    moved = make_plan_with(TERMS, POOLS, {going: None}, seed="s")
    assert moved.stage_of(going) is None
    assert sum(len(ids) for stage in moved.stages for ids in stage.going.values()) == 12


def test_nothing_moved_is_the_plan_itself() -> None:
    assert make_plan_with(TERMS, POOLS, {}, seed="s") == make_plan(TERMS, POOLS, seed="s")


@pytest.mark.parametrize("stage", ["two", None])
def test_a_move_against_a_clause_is_refused_with_the_clause(stage: str | None) -> None:
    with pytest.raises(MoveRefused) as refused:
        make_plan_with(TERMS, POOLS, {"p-0001": stage}, seed="s")
    assert [clause.id for clause in refused.value.clauses] == ["sick-first"]
    assert "sick-first" in refused.value.sentence("uk")


def test_more_moves_than_a_stage_holds_name_the_limit() -> None:
    crowd = {f"p-{number:04}": "two" for number in range(2, 6)}
    with pytest.raises(MoveRefused) as refused:
        make_plan_with(TERMS, POOLS, crowd, seed="s")
    assert [clause.id for clause in refused.value.clauses] == ["each"]


def test_a_stranger_and_an_unknown_stage_are_told() -> None:
    with pytest.raises(PoolError, match="p-9999"):
        make_plan_with(TERMS, POOLS, {"p-9999": "one"}, seed="s")
    with pytest.raises(ValueError, match="three"):
        make_plan_with(TERMS, POOLS, {"p-0001": "three"}, seed="s")
