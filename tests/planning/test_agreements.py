"""Each real agreement from the file to the plan: loaded, told in two languages, a list checked against it, and a plan proven."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from homeward.people.person import Claim, Field
from homeward.planning import Explainer, check_order, check_plan, make_plan
from homeward.terms import as_text, check_list, check_lists, load
from tests.planning.agreements import GOING, LISTS, filled
from tests.terms.material import AGREEMENTS

each_agreement = pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.stem)


def test_every_agreement_has_lists_here():
    assert {path.stem for path in AGREEMENTS} == set(LISTS)


@each_agreement
def test_an_agreement_is_loaded_told_checked_and_planned_with_nothing_violated(path: Path) -> None:
    terms = load(path)
    lists = filled(path.stem, terms)
    english, ukrainian = as_text(terms, "en"), as_text(terms, "uk")
    assert english != ukrainian
    for clause in terms.clauses:
        assert f"({clause.id})" in english
        assert f"({clause.id})" in ukrainian
    for side, people in lists.people.items():
        checked = check_list(terms, side, people, on=lists.day, more=lists.more[side])
        assert checked.rows == len(people)
        assert [result.sentence() for result in checked.fails] == []
    both = check_lists(terms, lists.people, on=lists.day, more=lists.more)
    assert [result.sentence() for result in both if result.verdict == "fail"] == []
    pools = lists.pools(terms)
    plan = make_plan(terms, pools, seed="17 May")
    assert plan.proof.optimal
    assert check_plan(terms, pools, plan) == []
    assert check_order(terms, pools, plan) == []
    gone = {side: sum(len(stage.going[side]) for stage in plan.stages) for side in terms.sides}
    assert gone == GOING.get(path.stem, gone)
    assert sum(gone.values()) > 0


@each_agreement
def test_a_list_with_people_released_dead_and_unwilling_is_stopped_by_every_agreement(path: Path) -> None:
    terms = load(path)
    lists = filled(path.stem, terms)
    for side, people in lists.people.items():
        if terms.sides[side].carries == "remains":
            continue
        states = {people[0].id: "released", people[1].id: "dead", people[2].id: "refused"}
        damaged = [
            replace(person, claims={**person.claims, Field.STATE: Claim("", states.get(person.id, "confirmed"))})
            for person in people
        ]
        checked = check_list(terms, side, damaged, on=lists.day, more=lists.more[side])
        assert not checked.within_terms
        for ident, state in states.items():
            assert [result.people for result in checked.of(state)] == [(ident,)]
            assert any(result.clause == state for result in checked.by_person()[ident])


@each_agreement
def test_whoever_stays_under_an_agreement_is_told_why_in_both_languages(path: Path) -> None:
    terms = load(path)
    pools = filled(path.stem, terms).pools(terms)
    plan = make_plan(terms, pools, seed="17 May")
    explainer = Explainer(terms, pools, plan)
    for ids in plan.left_out.values():
        for person in ids[:3]:
            reason = explainer.why(person)
            assert reason.code != "going"
            assert person in reason.sentence("en")
            assert person in reason.sentence("uk")
