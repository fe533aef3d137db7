"""The tables of the exchange fit together: nothing is named that does not exist, nothing exists that is never used."""

import pytest

from homeward.exchange import ACTS, COLUMNS, DEVIATIONS, REASONS, REASONS_FOR, RULES
from homeward.exchange.acts import CODE, Assent
from homeward.exchange.guards import GUARDS
from homeward.exchange.rules import START
from homeward.exchange.words import LANGUAGES


def test_every_guard_that_a_rule_names_exists_and_no_guard_is_idle() -> None:
    assert {name for rule in RULES for name in rule.guards} == set(GUARDS)


def test_every_guard_has_a_reason_in_every_language() -> None:
    assert set(GUARDS) <= set(REASONS)
    assert all(set(sentence) == set(LANGUAGES) for sentence in REASONS.values())


def test_every_act_has_a_rule_or_is_an_assent() -> None:
    assert {rule.act for rule in RULES} == set(ACTS) - {"agreed"}


@pytest.mark.parametrize("subject", START)
def test_every_state_of_a_subject_can_be_reached(subject: str) -> None:
    reached = {START[subject]}  # type: ignore[index]
    by_code = {"answered": {"AGREED", "SET_ASIDE"}, "deviation": {d.then for d in DEVIATIONS.values() if d.then}}
    for _ in RULES:
        for rule in RULES:
            if rule.subject == subject and rule.state in reached:
                reached |= by_code[rule.act] if rule.then == "by code" else {rule.then}
    named = {rule.state for rule in RULES if rule.subject == subject}
    assert named <= reached


def test_a_state_and_an_act_have_at_most_one_rule() -> None:
    keys = [(rule.subject, rule.state, rule.act) for rule in RULES]
    assert len(keys) == len(set(keys))


def test_every_grave_act_needs_two_people_of_each_party() -> None:
    grave = {"lists-released", "stage-planned", "stage-opened", "stage-closed", "closed", "broken-off"}
    assert {name for name, form in ACTS.items() if form.hands == 2} == grave


def test_every_act_of_effect_needs_assent() -> None:
    assert all(form.assent is not Assent.NONE for form in ACTS.values() if form.nature == "effect")


def test_every_sentence_for_signing_exists_in_every_language() -> None:
    assert all(set(form.says) == set(LANGUAGES) for form in ACTS.values())


def test_every_end_of_a_way_stands_in_a_column_of_the_balance() -> None:
    ends = {deviation.then for deviation in DEVIATIONS.values() if deviation.then} | {"RECEIVED", "RETURNED"}
    assert set(COLUMNS) == ends


def test_every_act_with_a_reason_has_a_closed_list_in_every_language_and_nothing_else_has_one() -> None:
    carrying = {act for act, form in ACTS.items() if "reason" in {*form.needs, *form.may}}
    assert set(REASONS_FOR) == carrying
    for act, reasons in REASONS_FOR.items():
        assert reasons, act
        assert all(set(sentence) == set(LANGUAGES) for sentence in reasons.values()), act
        assert all(ACTS[act].needs.get("reason", CODE).holds(code) for code in reasons), act
