"""A receiver who does not accept somebody says why, person by person; the holder reads it, and then a reserve is called by a page."""

from __future__ import annotations

from uuid import uuid4

import pytest

from homeward.bureau.access.roles import Role as Officer
from homeward.bureau.exchanges import services
from homeward.bureau.handover.outcomes import REFUSALS, outcome_of, outcomes_of
from homeward.bureau.handover.services_departing import depart
from homeward.bureau.handover.services_signing import sign_into_record
from homeward.bureau.handover.services_ticking import NewTick, tick
from homeward.exchange import REASONS_FOR
from homeward.exchange.acts import Role
from tests.bureau.conftest import SignIn
from tests.bureau.exchanges.conftest import World
from tests.bureau.handover.test_record import closed_offices, filled, manifest_of, open_stage, tick_all, world

__all__ = ["closed_offices", "open_stage", "world"]

pytestmark = pytest.mark.django_db


def test_the_desk_offers_every_reason_of_the_closed_list_with_a_title_for_each() -> None:
    offered = [outcome.reason for outcome in outcomes_of(Role.RECEIVER) if outcome.reason is not None]
    assert offered == list(REASONS_FOR["refused"]) == list(REFUSALS)
    assert all(len(outcome.code) <= 40 for outcome in outcomes_of(Role.RECEIVER))


def test_a_tick_of_an_older_tablet_without_a_reason_is_still_understood() -> None:
    old = outcome_of(Role.RECEIVER, "refused")
    assert old is not None
    assert old.fields("p-0001", "day1", "bus") == {"person": "p-0001", "stage": "day1", "reason": "identity_not_confirmed"}
    assert outcome_of(Role.HOLDER, "deviation") is None


def test_the_reason_goes_from_the_desk_to_the_other_side_and_the_place_is_filled_from_the_reserve(open_stage: World) -> None:
    world = open_stage
    (ours, *_) = filled(manifest_of(world, "RU"), "holder")
    tick_all(world, "RU", ours, "handed-over")
    depart(ours, theirs=ours.lines.count(), by=world.officers["RU"][0])
    sign_into_record(world.exchanges["RU"], ours, by=world.officers["RU"][0])
    world.pass_on()
    (theirs, *_) = filled(manifest_of(world, "UA"), "receiver")
    client = world.client("UA")
    page = client.get(f"/handover/{theirs.manifest_id}/{theirs.place}/").content.decode()
    assert 'value="refused:another_person"' in page
    assert "somebody else was presented under this number" in page
    (wrong, late, *rest) = theirs.lines.values_list("person", flat=True)
    said = {wrong: "refused:another_person", late: "refused:papers_missing", **dict.fromkeys(rest, "received")}
    tick(theirs.manifest, [NewTick(uuid4(), person, code) for person, code in said.items()], by=world.officers["UA"][0])
    depart(theirs, theirs=theirs.lines.count(), by=world.officers["UA"][0])
    sign_into_record(world.exchanges["UA"], theirs, by=world.officers["UA"][0])
    world.pass_on()

    holder = world.client("RU")
    stage = holder.get(world.url("RU", "stages/day1/"))
    assert {each["person"]: (each["by"], each["reason"]) for each in stage.context["refusals"]} == {
        wrong: ("UA", "somebody else was presented under this number"),
        late: ("UA", "papers that the terms ask for were missing"),
    }
    assert "papers that the terms ask for were missing" in stage.content.decode()
    assert "somebody else was presented under this number" in holder.get(world.url("RU", "record/")).content.decode()

    assert wrong in stage.context["gaps"]
    reserve = next(person for person in stage.context["waiting"] if person in _reserves(world, "home-UA"))
    asked = {"what": "call-reserve", "stage": "day1", "person": reserve, "for": wrong}
    assert f"{reserve} steps in for {wrong}" in holder.get(world.url("RU", "sign"), asked).content.decode()
    holder.post(world.url("RU", "sign"), asked)
    world.pass_on()
    with services.office_of(world.exchanges["UA"]) as office:
        assert office.state.people[reserve].stands_in_for == wrong
        assert not office.state.void
    assert "Seat 1 person called from the reserve" in holder.get(world.url("RU", "stages/day1/")).content.decode()


def _reserves(world: World, list_id: str) -> tuple[str, ...]:
    with services.office_of(world.exchanges["RU"]) as office:
        return office.state.stages["day1"].reserves[list_id]


def test_the_page_of_a_stage_leads_to_making_a_manifest_who_may_make_one_and_nobody_else(
    open_stage: World, sign_in: SignIn
) -> None:
    world = open_stage
    new, url = "/handover/new/may-ru/day1", world.url("RU", "stages/day1/")
    auditor = sign_in(Officer.AUDITOR)
    services.assign(world.exchanges["RU"], auditor.officer, by=None)  # type: ignore[attr-defined]
    assert new in world.client("RU").get(url).content.decode()
    assert "/handover/" not in auditor.get(url).content.decode(), "not the desk either: it is not the auditor's"
    assert new not in world.client("NEUTRAL").get(world.url("NEUTRAL", "stages/day1/")).content.decode()
    made = manifest_of(world, "RU")
    page = world.client("RU").get(url).content.decode()
    assert f"/handover/{made.pk}/" in page
    assert f"/handover/{made.pk}/" not in auditor.get(url).content.decode()
    assert new not in page, "there is one way, and nobody was called from the reserve since"
