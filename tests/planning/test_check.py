"""The independent checker: it finds what is wrong with a plan, says it in two languages, and borrows nothing from the solver."""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import homeward.planning
from homeward.planning import Candidate, Plan, StagePlan, Violation, check_order, check_plan, make_plan
from homeward.planning.checkwords import FAULTS
from homeward.terms import parse
from tests.planning.invented import BOTH, clause, terms_of

ROOM = Path(homeward.planning.__file__).parent
PEOPLE = {
    "home-A": [
        Candidate("a1", {"family": "f", "sex": "F", "days_held": 9, "status": "military"}),
        Candidate("a2", {"family": "f", "sex": "M", "days_held": 8, "status": "military"}),
        Candidate("a3", {"sex": "M", "days_held": 7, "status": "military"}),
        Candidate("a4", {"sex": "M", "days_held": 6, "status": "military"}),
        Candidate("a5", {"sex": "F", "status": "civilian", "days_held": 6}),
    ],
    "home-B": [Candidate(f"b{n}", {"sex": "M", "days_held": 9 - n, "status": "military"}) for n in range(4)],
}
TERMS = terms_of(
    clause("N", kind="count", sides=BOTH, over="each stage", min=1, max=2, text="One or two a stage")
    + clause("P", kind="parity", sides=BOTH, over="after every stage", tolerance=0)
    + clause("F", kind="together", by="family")
    + clause("W", kind="all", group="woman", sides=["home-A"], by="s2")
    + clause("M", kind="named", people=["a1"], over="s1")
    + '[[exclusions]]\nid = "E"\nground = "other"\ngroup = "civilian"\n[[priorities]]\nscore = "days_held"\n',
)
WOMEN = dataclasses.replace(TERMS, clauses=tuple(one for one in TERMS.clauses if one.id != "W"))


def plan_of(*stages: tuple[tuple[str, ...], tuple[str, ...]]) -> Plan:
    """A plan by hand, with a proof of nothing."""
    made = make_plan(WOMEN, PEOPLE, seed="x")
    going = tuple(StagePlan(f"s{n + 1}", {"home-A": ours, "home-B": theirs}) for n, (ours, theirs) in enumerate(stages))
    gone = {person for ours, theirs in stages for person in (*ours, *theirs)}
    left = {side: tuple(p.id for p in pool if p.id not in gone) for side, pool in PEOPLE.items()}
    return dataclasses.replace(made, stages=going, left_out=left)


#: What is wrong, a plan that has it, the clause and the fault that the checker has to name.
WRONG: dict[str, tuple[Callable[[], Plan], str, str]] = {
    "too few": (lambda: plan_of((("a1", "a2"), ("b0", "b1")), ((), ())), "N", "too few"),
    "too many": (lambda: plan_of((("a1", "a2", "a3"), ("b0", "b1")), (("a4",), ("b2",))), "N", "too many"),
    "one side ahead": (lambda: plan_of((("a1", "a2"), ("b0",)), (("a3",), ("b1",))), "P", "ahead"),
    "a family apart": (lambda: plan_of((("a1",), ("b0",)), (("a2",), ("b1",))), "F", "family"),
    "somebody named stays": (lambda: plan_of((("a3",), ("b0",)), (("a4",), ("b1",))), "M", "named"),
    "an excluded person goes": (lambda: plan_of((("a5",), ("b0",)), (("a4",), ("b1",))), "E", "excluded"),
    "a woman stays": (lambda: plan_of((("a3",), ("b0",)), (("a4",), ("b1",))), "W", "stay"),
    "a stranger goes": (lambda: plan_of((("a1", "a2"), ("b0", "zz")), (("a3",), ("b1",))), "", "no pool"),
    "somebody goes twice": (lambda: plan_of((("a1", "a2"), ("b0", "b1")), (("a1",), ("b2",))), "", "twice"),
    "somebody goes the other way": (lambda: plan_of((("a1", "b3"), ("b0", "b1")), (("a3",), ("b2",))), "", "other side"),
}


@pytest.mark.parametrize("name", list(WRONG))
def test_a_plan_that_departs_from_the_terms_is_found_out_by_clause_and_in_two_languages(name):
    make, at_fault, fault = WRONG[name]
    found = check_plan(TERMS, PEOPLE, make())
    (first, *_) = [one for one in found if (one.clause, one.fault) == (at_fault, fault)]
    assert first.sentence == first.said("en")
    assert re.search("[а-яіїєґ]{2}", first.said("uk"))
    assert "{" not in first.said("uk") + first.said("en")
    assert at_fault in first.said("uk")


def test_whoever_goes_before_somebody_better_is_found_out():
    plan = plan_of((("a1", "a2"), ("b2", "b3")), (("a3",), ("b0",)))
    assert {fault.fault for fault in check_order(WOMEN, PEOPLE, plan)} == {"order"}


def test_every_fault_has_a_sentence_in_both_languages_with_the_same_words_filled_in():
    for english, ukrainian in FAULTS.values():
        assert set(re.findall(r"{(\w+)}", english)) == set(re.findall(r"{(\w+)}", ukrainian))
        assert re.search("[а-яіїєґ]{2}", ukrainian)


RING = """schema = "exchange-terms/1"
title = "Ring"
[parties]
A = "A"
B = "B"
C = "C"
D = "D"
[[stages]]
id = "one"
[circulation]
longest_cycle = 3
"""


def ring():
    names = "ABCD"
    sides = [(one, two) for one in names for two in names if one != two]
    text = RING + "".join(f'[sides.{one}{two}]\nfrom = "{one}"\nto = "{two}"\n' for one, two in sides)
    terms = parse((text + clause("C", kind="count", over="end", max=100)).encode())
    pools = {
        f"{one}{two}": [Candidate(f"{one}{two}{n}", {}) for n in range((ord(one) * 3 + ord(two)) % 4)] for one, two in sides
    }
    return terms, pools


def test_the_cycles_of_a_plan_are_counted_again():
    terms, pools = ring()
    plan = make_plan(terms, pools, seed="x")
    assert plan.proof.cycles
    assert check_plan(terms, pools, plan) == []
    assert sum(len(cycle) * times for cycle, times in plan.proof.cycles) == sum(map(len, plan.stages[0].going.values()))
    (cycle, times), *rest = plan.proof.cycles
    more = dataclasses.replace(plan, proof=dataclasses.replace(plan.proof, cycles=((cycle, times + 1), *rest)))
    assert {fault.fault for fault in check_plan(terms, pools, more)} == {"flow"}
    long = dataclasses.replace(plan, proof=dataclasses.replace(plan.proof, cycles=((("A", "B", "C", "D"), 1),)))
    assert "cycle" in {fault.fault for fault in check_plan(terms, pools, long)}


def test_the_checker_imports_nothing_that_the_solver_uses_but_the_people_the_draw_and_the_words():
    allowed = {"candidate", "draw", "check", "checkclauses", "checkwords", "words"}
    for name in ("check", "checkclauses", "checkwords", "words"):
        tree = ast.parse((ROOM / f"{name}.py").read_text(encoding="utf-8"))
        typing_only = {id(inner) for node in tree.body if isinstance(node, ast.If) for inner in ast.walk(node)}
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.ImportFrom)
                and id(node) not in typing_only
                and (node.module or "").startswith("homeward.planning")
            ):
                assert str(node.module).rpartition(".")[2] in allowed, f"{name} imports {node.module}"


def test_a_violation_names_its_clause_with_its_text_and_stage():
    fault = Violation("N", "s1", "too many", {"number": "3", "group": "all", "sides": "home-A", "bound": "2"}, "Two a stage")
    assert fault.sentence == "N (Two a stage), s1: 3 of all on home-A, limit 2"
    assert fault.said("uk") == "N (Two a stage), s1: усі, home-A: 3, а межа 2"
