"""What acts change, and what changes nothing: the promises of the protocol, one by one."""

from dataclasses import replace

import pytest

from homeward.exchange import as_table
from homeward.terms.model import Clause
from tests.exchange.story import HOME, Story, digest, small_terms

COUNT_ONE = Clause("T1", "count", 1, sides=("home-A", "home-B"), over="s1", equals=1)
PARITY = Clause("T2", "parity", 2, sides=("home-A", "home-B"), over="after every stage")


def refused(story: Story, party: str, act: str, **fields: object) -> str:
    _, void = story.say(party, act, **fields)
    assert void is not None
    return void.reason


def test_an_exchange_goes_from_terms_to_closing() -> None:
    story = Story(small_terms(COUNT_ONE, PARITY)).frozen()
    a, b = story.ids("home-A"), story.ids("home-B")
    for stage, number in (("s1", 0), ("s2", 1)):
        story.open_stage(stage, {"home-A": [a[number]], "home-B": [b[number]]})
        story.cross(stage, a[number], b[number]).close_stage(stage)
    story.all_ok("N", "closed")
    assert story.state.state == "CLOSED"
    assert [person.state for person in story.state.people.values()].count("RECEIVED") == 4
    assert story.state.void == []


def test_nothing_counts_before_all_agreed_to_the_terms() -> None:
    story = Story()
    assert refused(story, "A", "list-committed", list="home-B", root=digest("x"), count=0, categories=[], draw=digest("y")) == (
        "not_agreed_yet"
    )
    proposal = story.ok("A", "terms-proposed", device="root")
    story.ok("B", "agreed", of=proposal.leaf, device="root")
    assert story.state.state == "NEW"
    story.ok("N", "agreed", of=proposal.leaf, device="root")
    assert story.state.state == "AGREED"


def test_terms_are_signed_by_root_keys_alone() -> None:
    story = Story()
    assert refused(story, "A", "terms-proposed") == "signed_by_root"
    proposal = story.ok("A", "terms-proposed", device="root")
    assert refused(story, "B", "agreed", of=proposal.leaf) == "signed_by_root"


def test_only_the_holder_commits_a_list() -> None:
    story = Story().agreed()
    fields = {"root": story.lines["home-A"].root, "count": 4, "categories": as_table({"soldier": 3})}
    fields["draw"] = story.lines["home-A"].draw
    assert refused(story, "A", "list-committed", list="home-A", **fields) == "role"
    story.ok("B", "list-committed", list="home-A", **fields)


def test_a_commitment_that_its_public_lines_do_not_open_has_no_effect() -> None:
    story = Story().agreed()
    right = {"root": story.lines["home-A"].root, "count": 4, "categories": as_table({"soldier": 3})}
    right["draw"] = story.lines["home-A"].draw
    for wrong in ({"root": digest("other")}, {"draw": digest("d")}, {"count": 5}, {"categories": as_table({"soldier": 4})}):
        assert refused(story, "B", "list-committed", list="home-A", **{**right, **wrong}) == "list_opens_to_root"


def test_a_list_that_belongs_to_another_side_or_reuses_ids_has_no_effect() -> None:
    story = Story().agreed()
    lines = story.lines["home-A"]
    fields = {"root": lines.root, "count": 4, "categories": as_table({"soldier": 3}), "draw": lines.draw}
    for wrong in (replace(lines, side="home-B"), replace(lines, holder="A")):
        story.lines["home-A"] = wrong
        assert refused(story, "B", "list-committed", list="home-A", **fields) == "list_opens_to_root"
    story.lines["home-A"] = lines
    story.commit("home-A", "B")
    story.lines["home-B"] = replace(story.lines["home-B"], people=lines.people)
    other = {**fields, "root": story.lines["home-B"].root, "draw": story.lines["home-B"].draw}
    assert refused(story, "A", "list-committed", list="home-B", **other) == "list_opens_to_root"


def test_lists_are_not_released_before_all_cosigned_both_commitments() -> None:
    story = Story()
    story.agreed()
    story.covered = False
    for name, (holder, _) in HOME.items():
        story.commit(name, holder)
        story.ok("N", "list-lodged", list=name, root=story.lines[name].root, sealed=digest(name))
    draw = as_table({name: digest(f"nonce {name}") for name in HOME})
    assert refused(story, "N", "lists-released", draw=draw) == "commitments_under_full_head"
    story.fold.head(story.count)
    story.ok("N", "lists-released", draw=draw)


def test_lists_are_not_released_while_one_is_not_lodged() -> None:
    story = Story().committed()
    story.ok("N", "list-lodged", list="home-A", root=story.lines["home-A"].root, sealed=digest("a"))
    assert refused(story, "N", "lists-released", draw=as_table({n: digest(f"nonce {n}") for n in HOME})) == "every_list_lodged"


def test_a_draw_number_other_than_the_committed_one_has_no_effect() -> None:
    story = Story().committed()
    for name in HOME:
        story.ok("N", "list-lodged", list=name, root=story.lines[name].root, sealed=digest(name))
    assert refused(story, "N", "lists-released", draw=as_table({n: digest("chosen later") for n in HOME})) == "draw_opens"


def test_two_people_must_sign_a_grave_act() -> None:
    story = Story().frozen()
    going = as_table({"home-A": story.ids("home-A")[:1]})
    assert refused(story, "A", "stage-planned", stage="s1", going=going, reserves=[], hands=1) == "hands"
    plan = story.ok("A", "stage-planned", stage="s1", going=going, reserves=[])
    assert refused(story, "B", "agreed", of=plan.leaf, hands=1) == "hands"


def test_an_answer_comes_from_the_receiver_and_only_before_the_freeze() -> None:
    story = Story().released()
    person = story.ids("home-A")[0]
    assert refused(story, "B", "answered", person=person, code="ACKNOWLEDGED_HELD") == "role"
    assert refused(story, "A", "answered", person=person, code="PERHAPS") == "code_is_known"
    story.ok("A", "answered", person=person, code="UNDER_INQUIRY")
    assert story.state.people[person].state == "SET_ASIDE"
    story.ok("A", "answered", person=person, code="ACKNOWLEDGED_HELD")
    frozen = Story().frozen()
    assert refused(frozen, "A", "answered", person=person, code="UNDER_INQUIRY") == "list_not_frozen"


def test_a_list_is_not_frozen_while_a_name_has_no_answer() -> None:
    story = Story().released()
    assert refused(story, "B", "list-frozen", list="home-A", root=story.lines["home-A"].root, agreed=0) == "every_name_answered"


@pytest.mark.parametrize("outcome", ["refuses", "other_destination", "undecided"])
def test_nobody_is_planned_without_an_interview_that_lets_them_go(outcome: str) -> None:
    story = Story().released()
    for name, (holder, receiver) in HOME.items():
        for person in story.ids(name):
            story.ok(receiver, "answered", person=person, code="ACKNOWLEDGED_HELD")
        frozen = story.ok(holder, "list-frozen", list=name, root=story.lines[name].root, agreed=4)
        story.ok(receiver, "agreed", of=frozen.leaf)
    person = story.ids("home-A")[0]
    plan = {"stage": "s1", "going": as_table({"home-A": [person]}), "reserves": []}
    assert refused(story, "A", "stage-planned", **plan) == "people_may_go"
    story.ok("N", "interviewed", person=person, outcome=outcome)
    assert refused(story, "A", "stage-planned", **plan) == "people_may_go"
    assert refused(story, "N", "interviewed", person=person, outcome="not_held") == "reason_when_not_held"
    story.ok("N", "interviewed", person=person, outcome="not_held", reason="no_access")
    story.ok("A", "stage-planned", **plan)


def test_a_stage_waits_for_the_one_before() -> None:
    story = Story().frozen()
    going = as_table({"home-A": story.ids("home-A")[:1]})
    assert refused(story, "A", "stage-planned", stage="s2", going=going, reserves=[]) == "stage_before_is_closed"


def test_a_stage_opens_only_when_both_sides_and_the_neutral_say_go() -> None:
    story = Story().frozen()
    person = story.ids("home-A")[0]
    plan = story.all_ok("A", "stage-planned", stage="s1", going=as_table({"home-A": [person]}), reserves=[])
    go = story.ok("A", "stage-opened", stage="s1", plan=plan.leaf)
    story.ok("N", "agreed", of=go.leaf)
    assert refused(story, "B", "handed-over", person=person, stage="s1") == "stage_is_open"
    story.ok("B", "agreed", of=go.leaf)
    story.ok("B", "handed-over", person=person, stage="s1")


def test_a_person_is_handed_over_once_and_received_once() -> None:
    story = Story().frozen()
    person = story.ids("home-A")[0]
    story.open_stage("s1", {"home-A": [person]})
    assert refused(story, "A", "received", person=person, stage="s1") == "no_rule"
    story.cross("s1", person)
    assert refused(story, "B", "handed-over", person=person, stage="s1") == "no_rule"
    assert refused(story, "A", "received", person=person, stage="s1") == "no_rule"


def test_a_person_not_planned_is_not_handed_over() -> None:
    story = Story().frozen()
    story.open_stage("s1", {"home-A": story.ids("home-A")[:1]})
    assert refused(story, "B", "handed-over", person=story.ids("home-A")[1], stage="s1") == "no_rule"


def test_a_stage_does_not_close_while_somebody_is_between_two_columns() -> None:
    story = Story().frozen()
    person = story.ids("home-A")[0]
    story.open_stage("s1", {"home-A": [person]})
    assert refused(story, "A", "stage-closed", stage="s1", balance=story.balance("s1")) == "everybody_accounted_for"
    story.ok("B", "handed-over", person=person, stage="s1")
    assert refused(story, "A", "stage-closed", stage="s1", balance=story.balance("s1")) == "everybody_accounted_for"


def test_a_stage_does_not_close_with_a_balance_that_adds_up_otherwise() -> None:
    story = Story().frozen()
    person = story.ids("home-A")[0]
    story.open_stage("s1", {"home-A": [person]}).cross("s1", person)
    wrong = as_table({"home-A": as_table({"planned": 1, "received": 2, "reserves_called": 0})})
    assert refused(story, "A", "stage-closed", stage="s1", balance=wrong) == "balance_is_right"


def test_a_difference_must_be_explained_by_a_deviation_that_two_parties_signed() -> None:
    story = Story(small_terms(COUNT_ONE, PARITY)).frozen()
    a, b = story.ids("home-A"), story.ids("home-B")
    story.open_stage("s1", {"home-A": [a[0]], "home-B": [b[0]]}).cross("s1", b[0])
    stated = story.ok("N", "deviation", kind="DEATH_IN_TRANSIT", stage="s1", person=a[0])
    assert refused(story, "A", "stage-closed", stage="s1", balance=story.balance("s1")) == "everybody_accounted_for"
    story.ok("A", "agreed", of=stated.leaf)
    story.close_stage("s1")
    found = story.state.stages["s1"].differences
    assert [(each.clause, each.short, each.explained_by) for each in found] == [
        ("T1", 1, (stated.index,)),
        ("T2", 1, (stated.index,)),
    ]


def test_a_difference_without_a_deviation_keeps_the_stage_open() -> None:
    story = Story(small_terms(COUNT_ONE)).frozen()
    story.open_stage("s1", {"home-A": story.ids("home-A")[:1]}).cross("s1", story.ids("home-A")[0])
    assert refused(story, "A", "stage-closed", stage="s1", balance=story.balance("s1")) == "clauses_hold_or_explained"
    story.deviation("A", "N", kind="COUNT_MISMATCH", stage="s1", list="home-B", count=1)
    story.close_stage("s1")


def test_a_reserve_steps_in_only_for_an_explained_gap_and_only_once() -> None:
    story = Story(small_terms(COUNT_ONE)).frozen()
    a, b = story.ids("home-A"), story.ids("home-B")
    story.open_stage("s1", {"home-A": [a[0]], "home-B": [b[0]]}, {"home-A": [a[2], a[3]]})
    call = {"stage": "s1", "for": a[0]}
    assert refused(story, "B", "reserve-called", person=a[2], **call) == "vacancy"
    story.deviation("B", "A", kind="REFUSAL_AT_LINE", stage="s1", person=a[0])
    assert refused(story, "B", "reserve-called", person=a[1], **call) == "in_reserve"
    assert refused(story, "A", "reserve-called", person=a[2], **call) == "role"
    story.ok("B", "reserve-called", person=a[2], **call)
    assert refused(story, "B", "reserve-called", person=a[3], **call) == "vacancy"
    story.cross("s1", a[2], b[0]).close_stage("s1")
    assert story.state.stages["s1"].differences == []
    assert story.state.stages["s1"].balance["home-A"] == {"planned": 1, "reserves_called": 1, "declined": 1, "received": 1}


def test_a_wrong_person_is_refused_and_explained_as_substitution() -> None:
    story = Story().frozen()
    a = story.ids("home-A")
    story.open_stage("s1", {"home-A": [a[0]]}, {"home-A": [a[1]]})
    story.ok("B", "handed-over", person=a[0], stage="s1")
    story.ok("A", "refused", person=a[0], stage="s1", reason="wrong_person")
    story.deviation("A", "N", kind="SUBSTITUTION", stage="s1", person=a[0])
    assert story.state.people[a[0]].state == "WRONG_PERSON"
    story.ok("B", "reserve-called", person=a[1], stage="s1", **{"for": a[0]})
    story.cross("s1", a[1]).close_stage("s1")


def test_a_withdrawal_after_the_freeze_is_a_deviation() -> None:
    story = Story().frozen()
    story.ok("B", "withdrawn", person=story.ids("home-A")[0], reason="legal_hold")
    assert [(each.kind, each.by) for each in story.state.deviations] == [("NON_DELIVERY", "B")]


def test_an_exchange_closes_only_when_every_stage_is_closed_under_a_full_head() -> None:
    story = Story(small_terms(stages=("s1",))).frozen()
    person = story.ids("home-A")[0]
    story.open_stage("s1", {"home-A": [person]}).cross("s1", person)
    assert refused(story, "A", "closed") == "every_stage_closed"
    story.covered = False
    story.close_stage("s1")
    assert refused(story, "A", "closed") == "every_stage_closed"
    story.fold.head(story.count)
    story.all_ok("A", "closed")


def test_nothing_counts_after_the_exchange_is_broken_off() -> None:
    story = Story().agreed()
    story.ok("B", "broken-off", reason="no_agreement_on_lists")
    assert refused(story, "A", "claimed", list="home-A", claim=digest("c")) == "over"


def test_a_party_agrees_once_and_only_to_what_is_open() -> None:
    story = Story()
    proposal = story.ok("A", "terms-proposed", device="root")
    story.ok("B", "agreed", of=proposal.leaf, device="root")
    assert refused(story, "B", "agreed", of=proposal.leaf, device="root") == "role"
    assert refused(story, "A", "agreed", of=proposal.leaf, device="root") == "role"
    assert refused(story, "N", "agreed", of=digest("nothing")) == "nothing_to_agree"


def test_an_outsider_may_sign_nothing() -> None:
    story = Story().frozen()
    assert refused(story, "Z", "broken-off", reason="x") == "role"
    assert refused(story, "Z", "deviation", kind="LATE") == "role"


def test_a_malformed_act_is_refused_by_its_form() -> None:
    story = Story().frozen()
    assert refused(story, "A", "deviation", kind="MISCHIEF") == "form"
    assert refused(story, "A", "deviation", kind="LATE", name="somebody") == "form"
    assert refused(story, "A", "stage-planned", stage="s1", going=[["home-B", []], ["home-A", []]], reserves=[]) == "form"


def test_an_unknown_person_stage_or_list_is_named() -> None:
    story = Story().frozen()
    assert refused(story, "A", "received", person="p-9999", stage="s1") == "unknown_subject"
    assert refused(story, "A", "stage-opened", stage="s9", plan=digest("p")) == "unknown_subject"
    assert refused(story, "A", "claimed", list="home-Z", claim=digest("c")) == "unknown_subject"
