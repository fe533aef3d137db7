"""Two hands for grave acts, the right one for each; plans moved within the rules and agreed to knowingly or not at all."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from homeward.bureau.access.roles import Role
from homeward.bureau.exchanges import plans, services, services_plan
from homeward.bureau.exchanges.faults import ExchangeError, NoEffectError
from homeward.bureau.exchanges.models import PendingAct
from homeward.planning import Bend, Impossible, Relaxation
from homeward.record import parse_line
from tests.bureau.conftest import make_officer
from tests.bureau.exchanges.conftest import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(world: World) -> PendingAct:
    services.compute(world.exchanges["UA"], by=world.officers["UA"][0])
    pending = services.propose_stage(world.exchanges["UA"], "day1", by=world.officers["UA"][0])
    assert pending is not None
    return pending


def waiting(world: World) -> list[bytes]:
    with services.office_of(world.exchanges["UA"]) as office:
        return office.store.pending()


def test_nothing_is_signed_before_the_second_hand_and_then_by_both_keys(world: World, asked: PendingAct) -> None:
    assert waiting(world) == []
    services.confirm(asked, world.officers["UA"][1])
    (line,) = waiting(world)
    assert [signature.name for signature in parse_line(line).signatures] == ["UA/officer-1", "UA/officer-2"]


def test_one_officer_is_not_two(world: World, asked: PendingAct) -> None:
    with pytest.raises(ExchangeError, match="second officer"):
        services.confirm(asked, world.officers["UA"][0])
    twin = make_officer("twin", Role.NEGOTIATOR, device="officer-1")
    services.assign(world.exchanges["UA"], twin, by=None)
    with pytest.raises(ExchangeError, match="One device"):
        services.confirm(asked, twin)
    keyless = make_officer("keyless", Role.NEGOTIATOR)
    with pytest.raises(ExchangeError, match="no signing key"):
        services.confirm(asked, keyless)
    assert waiting(world) == []


def test_who_may_not_sign_such_an_act_confirms_nothing(world: World, asked: PendingAct) -> None:
    with pytest.raises(PermissionDenied):
        services.confirm(asked, make_officer("registrar", Role.REGISTRAR, device="officer-2"))


def test_what_was_asked_for_is_asked_for_once_taken_back_and_asked_again(world: World, asked: PendingAct) -> None:
    first, second = world.officers["UA"]
    with pytest.raises(ExchangeError, match="already"):
        services.propose_stage(world.exchanges["UA"], "day1", by=second)
    services.withdraw(asked, second)
    with pytest.raises(ExchangeError, match="withdrawn already"):
        services.confirm(asked, second)
    again = services.propose_stage(world.exchanges["UA"], "day1", by=first)
    assert again is not None
    services.confirm(again, second)
    assert len(waiting(world)) == 1


def test_an_act_without_effect_is_not_signed_and_the_reason_is_told(world: World) -> None:
    with pytest.raises(NoEffectError, match="day1"):
        services.do(world.exchanges["UA"], world.officers["UA"][0], "say", act="closed", fields={})
    assert waiting(world) == []


def test_a_third_officer_gets_a_key_of_his_own_and_signs_with_it(world: World) -> None:
    third = make_officer("third", Role.NEGOTIATOR)
    services.assign(world.exchanges["UA"], third, by=None)
    device = services.make_hand(world.exchanges["UA"], third, by=world.officers["UA"][0])
    assert device == "officer-3"
    services.say_all(world.exchanges["UA"], third, [("deviation", {"kind": "LATE"})])
    assert [parse_line(line).by for line in waiting(world)] == ["UA/root", "UA/officer-3"]
    world.pass_on()
    with services.office_of(world.exchanges["RU"]) as office:
        assert [each.by for each in office.state.deviations] == ["UA"]
        assert not office.state.void


def test_a_move_is_solved_around_and_one_against_the_terms_is_refused_with_the_clause(world: World) -> None:
    exchange, officer = world.exchanges["UA"], world.officers["UA"][0]
    plan = plans.from_plain(services.compute(exchange, by=officer).plan)
    with services.office_of(exchange) as office:
        groups = {person.id: person.groups for person in office.state.people.values()}
    soldier = next(person for person in plan.left_out["home-UA"] if "soldier" in groups[person])
    moved = services.move(exchange, soldier, "day2", by=officer)
    assert plans.from_plain(moved.plan).stage_of(soldier) == "day2"
    assert moved.moved == {soldier: "day2"}
    civilian = next(person for person in plan.stages[0].going["home-UA"] if "civilian" in groups[person])
    crowd = [person for person in (*plan.stages[0].going["home-UA"], *plan.left_out["home-UA"]) if "soldier" in groups[person]]

    def force_all() -> None:
        for person in crowd:
            services.move(exchange, person, "day1", by=officer)

    # The first day has three servicemen and one civilian; a fourth serviceman forced into it breaks the clause that says so.
    with pytest.raises(ExchangeError, match="T2"):
        force_all()
    latest = plans.latest(exchange)
    assert latest is not None
    assert plans.from_plain(latest.plan).stage_of(civilian) == "day1", "a refused move changes nothing"


def test_another_plan_than_ours_is_agreed_to_only_knowingly(world: World) -> None:
    ours, theirs = world.exchanges["RU"], world.exchanges["UA"]
    services.compute(ours, by=world.officers["RU"][0])
    plan = plans.from_plain(services.compute(theirs, by=world.officers["UA"][0]).plan)
    for person in plan.left_out["home-UA"]:
        try:
            moved = services.move(theirs, person, "day1", by=world.officers["UA"][0])
        except ExchangeError:
            continue
        break
    else:
        pytest.skip("nobody of this invented exchange may be moved")
    assert plans.from_plain(moved.plan) != plan
    pending = services.propose_stage(theirs, "day1", by=world.officers["UA"][0])
    assert pending is not None
    services.confirm(pending, world.officers["UA"][1])
    world.pass_on()
    leaf = world.proposal("RU", "stage-planned")
    with pytest.raises(ExchangeError, match="not the one that your lists"):
        services.agree_to(ours, leaf, by=world.officers["RU"][0])
    page = world.client("RU").get(world.url("RU", f"sign?what=agree&of={leaf}")).content.decode()
    assert person in page
    assert "finds no clause broken" in page
    assert services.agree_to(ours, leaf, by=world.officers["RU"][0], knowingly=True) is not None


def test_the_plan_of_this_node_can_be_read_back_as_it_was_made(world: World) -> None:
    draft = services.compute(world.exchanges["UA"], by=world.officers["UA"][0])
    draft.refresh_from_db()
    plan = plans.from_plain(draft.plan)
    assert plan.proof.optimal
    assert plans.from_plain(plans.to_plain(plan)) == plan


def test_why_somebody_stays_is_one_sentence_on_a_page(world: World) -> None:
    draft = services.compute(world.exchanges["UA"], by=world.officers["UA"][0])
    person = plans.from_plain(draft.plan).left_out["home-UA"][0]
    page = world.client("UA").get(world.url("UA", f"plan/why/{person}"))
    assert page.status_code == 200
    assert person in page.content.decode()
    with services.office_of(world.exchanges["UA"]) as office:
        aside = next(each.id for each in office.state.people.values() if each.state == "SET_ASIDE")
    assert "Not in the pool" in world.client("UA").get(world.url("UA", f"plan/why/{aside}")).content.decode()
    assert world.client("UA").get(world.url("UA", "plan/why/p-999999")).status_code == 404
    assert world.client("NEUTRAL").get(world.url("NEUTRAL", f"plan/why/{person}")).status_code == 404


def test_terms_that_contradict_each_other_are_named_with_the_ways_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with services.office_of(world.exchanges["UA"]) as office:
        clause = office.terms.clauses[0]
    way = Relaxation((Bend(clause, 3),), 3)

    def contradicted(*_args: object, **_kwargs: object) -> None:
        raise Impossible((clause,), (way,), ("p-9999",))

    monkeypatch.setattr(services_plan, "make_plan_with", contradicted)
    page = world.client("UA").post(world.url("UA", "plan/compute")).content.decode()
    assert clause.text in page
    assert way.sentence("en").replace("'", "&#x27;") in page
    assert "p-9999" in page
