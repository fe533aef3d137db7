"""Exchanges that end well, or have not ended."""

from __future__ import annotations

from conformance.case import GOOD, Case, case
from conformance.stories import FULL, finish, short, void_acts, with_deviation
from conformance.world import (
    LISTS,
    PEOPLE,
    TERMS,
    Draft,
    begun,
    closed,
    opened,
    released,
    terms,
)


@case(GOOD)
def closed_exchange() -> Case:
    return void_acts(closed(), "two for two, everybody home", exchange="complete", people=(4, 4))


@case(GOOD)
def a_void_act_and_on() -> Case:
    draft = begun()
    at = draft.say("handed-over", "B/officer-1", person="p-0001", stage="day1")
    void = (at, "handed-over", "B/officer-1", "unknown_subject")
    draft.head()
    for name in LISTS:
        draft.commit(name)
    return void_acts(draft, "an officer hands somebody over before there is a list", void)


@case(GOOD)
def broken_off() -> Case:
    draft = released()
    at = draft.say("broken-off", "B/officer-1", "B/root", reason="fire")
    later = draft.answer("p-0001")
    assert later == at + 1, "the answer follows"
    return void_acts(draft, "B breaks off, and A answers all the same", (later, "answered", "A/officer-1", "over"))


@case(GOOD)
def terms_not_agreed() -> Case:
    draft = Draft()
    draft.say("terms-proposed", "A/root")
    draft.add_key("B/officer-1")
    at = draft.say("list-committed", "B/officer-1", list="home-A", root="A" * 43, count=0, categories=[], draw="A" * 43)
    return void_acts(
        draft, "B commits to a list before it has agreed to the terms", (at, "list-committed", "B/officer-1", "not_agreed_yet")
    )


@case(GOOD)
def deviation_explains_a_death() -> Case:
    draft = finish(with_deviation("DEATH_IN_TRANSIT"), *short("died"))
    return void_acts(
        draft, "one person died; both parties signed it, and the balance says so", exchange="complete", people=(3, 3)
    )


@case(GOOD)
def reserve_steps_in() -> Case:
    """Nobody is agreed beyond those who go, so that p-0003 waits in reserve for p-0001."""
    draft = opened(going={"home-A": ("p-0001",), "home-B": ("p-0002", "p-0004")})
    draft.cross("p-0002", "p-0004")
    at = draft.say("deviation", "B/officer-1", kind="REFUSAL_AT_LINE", person="p-0001", stage="day1")
    draft.agree(at, "N")
    draft.say("reserve-called", "B/officer-1", stage="day1", person="p-0003", for_="p-0001")
    draft.cross("p-0003")
    surplus = draft.say("deviation", "A/officer-1", kind="SURPLUS", stage="day1", list="home-A", count=1)
    draft.agree(surplus, "B")
    draft.head()
    columns = {"declined": 1, "planned": 1, "received": 1, "reserves_called": 1}
    return void_acts(finish(draft, columns, FULL), "one refuses at the line, a reserve steps in, a deviation accounts for the rest",
                 exchange="complete", people=(3, 3))  # fmt: skip


@case(GOOD)
def returned_at_the_line() -> Case:
    draft = opened()
    draft.cross(*PEOPLE[:3])
    draft.hand_over("p-0004")
    draft.say("refused", "B/officer-1", person="p-0004", stage="day1", reason="somebody_else")
    at = draft.say("deviation", "B/officer-1", kind="SUBSTITUTION", person="p-0004", stage="day1")
    draft.agree(at, "A")
    draft.head()
    return void_acts(
        finish(draft, *short("wrong_person")),
        "somebody else was presented; the receiver refused",
        exchange="complete",
        people=(4, 3),
    )


@case(GOOD)
def parity_clause_holds() -> Case:
    parity = 'kind = "parity"\nsides = ["home-A", "home-B"]\nover = "after every stage"\n'
    body = TERMS.replace('kind = "count"\nequals = 2\n', parity)
    draft = closed(Draft(terms(body)))
    return void_acts(draft, "the terms ask that neither side be ahead, and neither is", exchange="complete", people=(4, 4))


@case(GOOD)
def terms_proposed_by_a_root_of_another_name() -> Case:
    draft = Draft()
    draft.add_key("A/chief", "root")
    proposal = draft.say("terms-proposed", "A/chief")
    for code in ("B", "N"):
        draft.say("agreed", f"{code}/root", of=draft.leaf(proposal))
    return void_acts(draft, "a root key is one by its role, whatever its name")
