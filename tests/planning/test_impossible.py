"""Contradictions: found, minimal, and with a way out."""

from __future__ import annotations

import pytest

from homeward.planning import Candidate, Impossible, PoolError, make_plan, why
from homeward.planning.impossible import Feasibility
from homeward.planning.people import gather
from tests.planning.invented import BOTH, PRIORITIES, clause, pools_of, terms_of

#: Harmless clauses around every planted conflict.
AROUND = (
    clause("H1", kind="count", sides=BOTH, over="each stage", max=500)
    + clause("H2", kind="count", group="stretcher", sides=["home-A+home-B"], over="each stage", max=400)
    + clause("H3", kind="parity", sides=BOTH, over="after every stage but the last", tolerance=90)
)
FAMILY = [Candidate(f"fam-{n}", {"family": "one", "status": "military", "sex": "F" if n else "M"}) for n in range(3)]
WEIGHTS = '[weights.pairs]\nfield = "rank"\nprivate = 2\nnco = 2\ncaptain = 4\ngeneral = 4\ndefault = 2\n'

#: Ten kinds of conflict: the clauses that make it up, and nothing else of the terms.
PLANTED = {
    "a minimum above a limit": (
        clause("X1", kind="count", sides=["home-A"], over="end", min=40)
        + clause("X2", kind="count", sides=["home-A"], over="each stage", max=15),
        {"X1", "X2"},
    ),
    "an exact number above those held": (clause("X1", kind="count", sides=["home-A"], over="end", equals=1000), {"X1"}),
    "parity against two exact numbers": (
        clause("X1", kind="count", sides=["home-A"], over="end", equals=30)
        + clause("X2", kind="count", sides=["home-B"], over="end", equals=20)
        + clause("X3", kind="parity", sides=BOTH, over="after every stage", tolerance=5),
        {"X1", "X2", "X3"},
    ),
    "all of a group that may not go": (
        clause("X1", kind="all", group="woman", sides=["home-A"])
        + clause("X2", kind="count", group="woman", sides=["home-A+home-B"], over="end", max=3),
        {"X1", "X2"},
    ),
    "somebody named who is excluded": (
        clause("X1", kind="named", people=["fam-0"]) + '[[exclusions]]\nid = "X2"\nground = "other"\ngroup = "marked"\n',
        {"X1", "X2"},
    ),
    "somebody named whom no list has": (clause("X1", kind="named", people=["p-9999"]), {"X1"}),
    "a key that the other side cannot pay": (
        clause("X1", kind="ratio", sides=BOTH, key={"woman": 30}, against="all", over="end")
        + clause("X2", kind="count", group="woman", sides=["home-A"], over="end", min=8),
        {"X1", "X2"},
    ),
    "a first stage that needs more than it may carry": (
        clause("X1", kind="count", group="soldier", sides=["home-A"], over="s1", min=20)
        + clause("X2", kind="count", group="civilian", sides=["home-A"], over="s1", min=5)
        + clause("X3", kind="count", sides=["home-A"], over="each stage", max=24),
        {"X1", "X2", "X3"},
    ),
    "a family larger than the places for it": (
        clause("X1", kind="named", people=["fam-1"])
        + clause("X2", kind="together", by="family")
        + clause("X3", kind="count", group="marked", sides=["home-A"], over="end", max=2),
        {"X1", "X2", "X3"},
    ),
    "an odd number of weights that are all even": (
        clause("X1", kind="count", group="lone", sides=["home-A"], over="end", equals=1)
        + clause("X2", kind="count", sides=["home-B"], over="end", max=0)
        + clause("X3", kind="count", sides=["home-A"], over="end", max=1)
        + clause("X4", kind="parity", weights="pairs", sides=BOTH, over="after every stage", tolerance=1),
        {"X1", "X2", "X4"},
    ),
}
GROUPS = """[groups]
soldier = "status == 'military'"
civilian = "status == 'civilian'"
stretcher = "mobility == 'stretcher'"
woman = "sex == 'F'"
marked = "family == 'one'"
lone = "family == 'alone'"
"""


def case(name):
    clauses, planted = PLANTED[name]
    terms = terms_of(AROUND + clauses + PRIORITIES + (WEIGHTS if "weights" in clauses else ""), groups=GROUPS)
    pools = pools_of(17, 70, unknown=0.0, families=0.0)
    lone = Candidate("lone-0", {"family": "alone", "status": "military", "sex": "M", "rank": "private"})
    pools["home-A"] = [*pools["home-A"], *FAMILY, lone]
    return terms, pools, planted


@pytest.mark.parametrize("name", list(PLANTED))
def test_a_planted_conflict_is_found_and_none_of_its_clauses_can_be_spared(name):
    terms, pools, planted = case(name)
    with pytest.raises(Impossible) as caught:
        make_plan(terms, pools, seed="x")
    found = caught.value
    assert {clause.id for clause in found.clauses} == planted
    tester = Feasibility(terms, gather(terms, pools))
    assert not tester.possible(found.clauses)
    for spared in found.clauses:
        assert tester.possible([clause for clause in found.clauses if clause != spared])
    for language in ("en", "uk"):
        assert all(clause.id in found.sentence(language) for clause in found.clauses)


@pytest.mark.parametrize("name", list(PLANTED))
def test_every_way_out_is_among_the_clauses_and_the_cheapest_comes_first(name):
    terms, pools, _ = case(name)
    with pytest.raises(Impossible) as caught:
        make_plan(terms, pools, seed="x")
    ways = caught.value.relaxations
    assert ways
    assert [way.cost for way in ways] == sorted(way.cost for way in ways)


def test_a_clause_that_may_never_be_relaxed_is_in_no_way_out_and_prices_decide_between_the_others():
    clauses = clause("X1", kind="count", sides=["home-A"], over="end", min=40) + clause(
        "X2", kind="count", sides=["home-A"], over="each stage", max=15
    )
    pools = pools_of(17, 70, unknown=0.0)
    for relax, cheapest in (
        ("[relax]\nnever = ['X1']\n", [("X2", 5)]),
        ("[relax]\ncost = { X1 = 1, X2 = 3 }\n", [("X1", 10)]),
        ("[relax]\ncost = { X1 = 1, X2 = 1 }\n", [("X2", 5)]),
    ):
        with pytest.raises(Impossible) as caught:
            make_plan(terms_of(clauses + relax), pools, seed="x")
        assert [(bend.clause.id, bend.units) for bend in caught.value.relaxations[0].bends] == cheapest


def test_whoever_is_named_and_in_no_list_is_said_by_id():
    terms, pools, _ = case("somebody named whom no list has")
    with pytest.raises(Impossible) as caught:
        make_plan(terms, pools, seed="x")
    assert caught.value.missing == ("p-9999",)
    assert "p-9999" in caught.value.sentence("uk")


# Why not this person?


def reasons(clauses, people, **options):
    terms = terms_of(clauses, **options)
    pools = {"home-A": people}
    plan = make_plan(terms, pools, seed="x")
    return lambda person: why(terms, pools, plan, person)


def test_outside_the_categories_names_the_clause():
    ask = reasons(
        clause("N", kind="count", group="young", sides=["home-A"], over="end", max=0),
        [Candidate("young", {"age": 20}), Candidate("open", {}), Candidate("old", {"age": 40})],
    )
    assert (ask("young").code, ask("young").clauses[0].id) == ("outside", "N")
    assert (ask("open").code, ask("open").facts) == ("unknown", ("age",))
    assert ask("old").code == "going"


def test_behind_says_how_many_others_by_which_priority_and_what_leaves_no_place():
    people = [Candidate(f"p{n}", {"days_held": 100 - n, "sex": "M"}) for n in range(6)]
    ask = reasons(clause("C", kind="count", sides=["home-A"], over="end", max=3) + PRIORITIES, people, stages=("s1",))
    found = ask("p4")
    assert (found.code, found.others, found.priority, found.waiting) == ("behind", 3, "days_held", 1)
    assert [clause.id for clause in found.clauses] == ["C"]
    assert "2 more places" in found.sentence()
    assert "C" in found.sentence("uk")


def test_equals_are_told_that_they_lost_the_draw():
    people = [Candidate(f"p{n}", {}) for n in range(6)]
    ask = reasons(clause("C", kind="count", sides=["home-A"], over="end", max=3), people, stages=("s1",))
    codes = sorted(ask(f"p{n}").code for n in range(6))
    assert codes == ["draw"] * 3 + ["going"] * 3
    assert all(ask(f"p{n}").others == 3 for n in range(6) if ask(f"p{n}").code == "draw")


def test_blocked_names_clauses_that_no_plan_can_keep_with_such_a_person():
    people = [Candidate("lying", {"mobility": "stretcher"}), Candidate("well", {"mobility": "walking"})]
    clauses = clause("A", kind="named", people=["well"]) + clause("B", kind="count", sides=["home-A"], over="end", max=1)
    found = reasons(clauses, people)("lying")
    assert found.code == "blocked"
    assert {clause.id for clause in found.clauses} == {"A", "B"}


def test_outweighed_names_the_priority_that_would_lose():
    people = [Candidate("m", {"sex": "M", "mobility": "stretcher"}), Candidate("f", {"sex": "F", "mobility": "walking"})]
    clauses = clause("C", kind="count", sides=["home-A"], over="end", max=1) + clause(
        "S", kind="count", group="stretcher", sides=["home-A"], over="end", max=1
    )
    found = reasons(clauses + PRIORITIES, people)("m")
    assert (found.code, found.priority, found.loss) == ("outweighed", "woman", 1)


def test_a_person_in_no_pool_is_refused():
    ask = reasons(clause("C", kind="count", sides=["home-A"], over="end", max=1), [Candidate("p1", {})])
    with pytest.raises(PoolError, match="p-404"):
        ask("p-404")
