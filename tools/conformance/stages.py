"""Acts without effect, from the freeze to the closing."""

from __future__ import annotations

from conformance.case import BAD, Case, case
from conformance.stories import FULL, short, void_acts, with_deviation
from conformance.world import (
    LISTS,
    PEOPLE,
    crossed,
    frozen,
    opened,
    released,
)


@case(BAD)
def exchange_frozen_unanswered() -> Case:
    draft = released()
    draft.answer("p-0001")
    at = draft.freeze("home-A", 1)
    return void_acts(draft, "a list is frozen with a name unanswered", (at, "list-frozen", "B/officer-1", "every_name_answered"),
                 (at + 1, "agreed", "A/officer-1", "nothing_to_agree"))  # fmt: skip


@case(BAD)
def exchange_frozen_wrong_count() -> Case:
    draft = released()
    draft.answer("p-0001")
    draft.answer("p-0003", "DECEASED")
    at = draft.freeze("home-A", 2)
    return void_acts(draft, "two are said to be agreed, and one is", (at, "list-frozen", "B/officer-1", "agreed_count_is_right"),
                 (at + 1, "agreed", "A/officer-1", "nothing_to_agree"))  # fmt: skip


@case(BAD)
def exchange_plan_without_interview() -> Case:
    draft = released()
    for person in PEOPLE:
        draft.answer(person)
    for name in LISTS:
        draft.freeze(name)
    draft.head()
    at = draft.plan(agree=False)
    return void_acts(draft, "nobody was asked whether they wish to go", (at, "stage-planned", "A/officer-1", "people_may_go"))


@case(BAD)
def exchange_plan_of_who_refuses() -> Case:
    draft = released()
    for person in PEOPLE:
        draft.answer(person)
        draft.interview(person, "refuses" if person == "p-0003" else "wishes_to_go")
    for name in LISTS:
        draft.freeze(name)
    draft.head()
    at = draft.plan(agree=False)
    return void_acts(draft, "somebody is planned who refuses to go", (at, "stage-planned", "A/officer-1", "people_may_go"))


@case(BAD)
def exchange_opened_before_a_full_head() -> Case:
    draft = frozen()
    plan = draft.plan()
    at = draft.say("stage-opened", "A/officer-1", "A/root", stage="day1", plan=draft.leaf(plan))
    return void_acts(
        draft, "a stage is opened before all cosigned its plan", (at, "stage-opened", "A/officer-1", "plan_in_force")
    )


@case(BAD)
def exchange_opened_under_a_head_that_lacks_a_cosigner() -> Case:
    draft = frozen()
    plan = draft.plan()
    draft.head("A", "N")
    at = draft.say("stage-opened", "A/officer-1", "A/root", stage="day1", plan=draft.leaf(plan))
    return Case(
        draft.record(), "a stage is opened under a head that B has not cosigned", "incomplete", "incomplete",
        "heads", 5, "cosigner", void=((at, "stage-opened", "A/officer-1", "plan_in_force"),), people=(0, 0),
    )  # fmt: skip


@case(BAD)
def exchange_handed_over_before_the_go() -> Case:
    draft = frozen()
    plan = draft.plan()
    draft.head()
    draft.open_stage(plan)
    at = draft.hand_over("p-0001")
    return void_acts(
        draft, "somebody is handed over before all cosigned the go", (at, "handed-over", "B/officer-1", "stage_is_open")
    )


@case(BAD)
def exchange_received_before_handed_over() -> Case:
    draft = opened()
    at = draft.receive("p-0001")
    return void_acts(draft, "a receipt for somebody who was not handed over", (at, "received", "A/officer-1", "no_rule"))


@case(BAD)
def exchange_received_by_the_holder() -> Case:
    draft = opened()
    draft.hand_over("p-0001")
    at = draft.say("received", "B/officer-1", person="p-0001", stage="day1")
    return void_acts(draft, "the holder signs the receipt", (at, "received", "B/officer-1", "role"), people=(1, 0))


@case(BAD)
def exchange_handed_over_twice() -> Case:
    draft = opened()
    draft.cross("p-0001")
    at = draft.hand_over("p-0001")
    return void_acts(draft, "one person is handed over twice", (at, "handed-over", "B/officer-1", "no_rule"), people=(1, 1))


@case(BAD)
def exchange_deviation_after_receipt() -> Case:
    draft = opened()
    draft.cross("p-0001")
    at = draft.say("deviation", "B/officer-1", kind="ESCAPE", person="p-0001", stage="day1")
    return void_acts(draft, "somebody who was received has escaped on the way", (at, "deviation", "B/officer-1", "kind_fits_person"),
                 people=(1, 1))  # fmt: skip


@case(BAD)
def exchange_reserve_without_a_gap() -> Case:
    draft = opened(going={"home-A": ("p-0001",), "home-B": ("p-0002", "p-0004")})
    at = draft.say("reserve-called", "B/officer-1", stage="day1", person="p-0003", for_="p-0001")
    return void_acts(draft, "a reserve is called and nobody is missing", (at, "reserve-called", "B/officer-1", "vacancy"))


@case(BAD)
def exchange_stage_closed_with_somebody_between() -> Case:
    draft = opened()
    draft.cross(*PEOPLE[:3])
    draft.hand_over("p-0004")
    at = draft.close_stage()
    return void_acts(draft, "the stage is closed with one person handed over and not received",
                 (at, "stage-closed", "A/officer-1", "everybody_accounted_for"),
                 (at + 1, "agreed", "B/officer-1", "nothing_to_agree"),
                 (at + 2, "agreed", "N/officer-1", "nothing_to_agree"), people=(4, 3))  # fmt: skip


@case(BAD)
def exchange_balance_wrong() -> Case:
    draft = with_deviation("DEATH_IN_TRANSIT")
    at = draft.close_stage()
    return void_acts(draft, "the balance counts a dead person as received", (at, "stage-closed", "A/officer-1", "balance_is_right"),
                 (at + 1, "agreed", "B/officer-1", "nothing_to_agree"),
                 (at + 2, "agreed", "N/officer-1", "nothing_to_agree"), people=(3, 3))  # fmt: skip


@case(BAD)
def exchange_difference_unexplained() -> Case:
    draft = opened(going={"home-A": ("p-0001",), "home-B": ("p-0002", "p-0004")})
    draft.cross("p-0001", "p-0002", "p-0004")
    at = draft.close_stage({"planned": 1, "received": 1, "reserves_called": 0}, dict(FULL))
    return void_acts(draft, "one comes home where the terms want two, and nobody says why",
                 (at, "stage-closed", "A/officer-1", "clauses_hold_or_explained"),
                 (at + 1, "agreed", "B/officer-1", "nothing_to_agree"),
                 (at + 2, "agreed", "N/officer-1", "nothing_to_agree"), people=(3, 3))  # fmt: skip


@case(BAD)
def exchange_closed_before_its_stage() -> Case:
    draft = crossed()
    at = draft.say("closed", "A/officer-1", "A/root")
    return void_acts(
        draft, "the exchange is closed with a stage open", (at, "closed", "A/officer-1", "every_stage_closed"), people=(4, 4)
    )


@case(BAD)
def exchange_deviation_by_one_party() -> Case:
    """What only one party states stays visible and explains nothing; the person is still on the plan."""
    draft = with_deviation("DEATH_IN_TRANSIT", agreed=False)
    at = draft.close_stage(*short("died"))
    return void_acts(draft, "a death that one party states and no other",
                 (at, "stage-closed", "A/officer-1", "everybody_accounted_for"),
                 (at + 1, "agreed", "B/officer-1", "nothing_to_agree"),
                 (at + 2, "agreed", "N/officer-1", "nothing_to_agree"), people=(3, 3))  # fmt: skip
