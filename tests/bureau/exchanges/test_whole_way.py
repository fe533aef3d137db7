"""From the freeze to the last head, by the services that the pages call: three offices, files between them, two hands where needed."""

from __future__ import annotations

import pytest

from homeward.bureau.exchanges import services
from homeward.bureau.journal.models import Line
from homeward.exchange.verdict import judge_file
from tests.bureau.exchanges.conftest import World

pytestmark = pytest.mark.django_db


def test_a_stage_is_planned_opened_crossed_balanced_and_closed_by_pages_services(world: World) -> None:
    for party in ("UA", "RU"):
        services.compute(world.exchanges[party], by=world.officers[party][0])
    pending = services.propose_stage(world.exchanges["UA"], "day1", by=world.officers["UA"][0])
    assert pending is not None
    services.confirm(pending, world.officers["UA"][1])
    world.pass_on()
    leaf = world.proposal("RU", "stage-planned")
    pending = services.agree_to(world.exchanges["RU"], leaf, by=world.officers["RU"][0])
    assert pending is not None
    services.confirm(pending, world.officers["RU"][1])
    world.by_two("NEUTRAL", "agree", of=leaf)
    world.round()
    _stage_to_its_close(world, "day1")
    with services.office_of(world.exchanges["RU"]) as office:
        assert office.state.stages["day1"].state == "CLOSED"
        assert not office.state.void


def _stage_to_its_close(world: World, stage: str) -> None:
    with services.office_of(world.exchanges["RU"]) as office:
        plan = office.state.stages[stage].plan
        going = {name: list(ids) for name, ids in office.state.stages[stage].going.items()}
    world.by_two("RU", "say", act="stage-opened", fields={"stage": stage, "plan": plan})
    world.pass_on()
    for party in ("UA", "NEUTRAL"):
        world.by_two(party, "agree", of=world.proposal(party, "stage-opened"))
    world.round()
    for name, holder in (("home-UA", "RU"), ("home-RU", "UA")):
        acts = [("handed-over", {"person": person, "stage": stage, "vehicle": "bus-1"}) for person in going[name]]
        services.say_all(world.exchanges[holder], world.officers[holder][0], acts)
    world.pass_on()
    for name, receiver in (("home-UA", "UA"), ("home-RU", "RU")):
        acts = [("received", {"person": person, "stage": stage}) for person in going[name]]
        services.say_all(world.exchanges[receiver], world.officers[receiver][0], acts)
    world.pass_on()
    from homeward.exchange import balance_of, balance_table

    with services.office_of(world.exchanges["UA"]) as office:
        balance = balance_table(balance_of(office.state.stages[stage], office.state.people))
    world.by_two("UA", "say", act="stage-closed", fields={"stage": stage, "balance": balance})
    world.pass_on()
    for party in ("RU", "NEUTRAL"):
        world.by_two(party, "agree", of=world.proposal(party, "stage-closed"))
    world.round()


def test_all_parties_export_the_same_bytes_and_the_journal_tells_of_every_act(closed_day: World) -> None:
    world = closed_day
    for party in ("UA", "RU"):
        services.compute(world.exchanges[party], by=world.officers[party][0])
    for stage in ("day2", "day3"):
        pending = services.propose_stage(world.exchanges["UA"], stage, by=world.officers["UA"][0])
        assert pending is not None
        services.confirm(pending, world.officers["UA"][1])
        world.pass_on()
        leaf = world.proposal("RU", "stage-planned")
        pending = services.agree_to(world.exchanges["RU"], leaf, by=world.officers["RU"][0])
        assert pending is not None
        services.confirm(pending, world.officers["RU"][1])
        world.by_two("NEUTRAL", "agree", of=leaf)
        world.round()
        _stage_to_its_close(world, stage)
    world.by_two("UA", "say", act="closed", fields={})
    world.pass_on()
    for party in ("RU", "NEUTRAL"):
        world.by_two(party, "agree", of=world.proposal(party, "closed"))
    world.round()
    exported = {services.export_record(each, by=world.officers[party][0]) for party, each in world.exchanges.items()}
    assert len(exported) == 1
    verdict = judge_file(exported.pop())
    assert verdict.kind == "complete", verdict.text()
    for party, exchange in world.exchanges.items():
        told = Line.objects.filter(tag="exchanges:act:signed", subject=exchange.subject)
        with services.office_of(exchange) as office:
            (signed,) = office.store.database.execute("SELECT count(*) FROM outbox").fetchone()
        assert sum(int(line.counts["acts"]) for line in told) == signed, party
