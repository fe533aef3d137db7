"""From a planned stage of a real exchange to signed acts: three offices, a manifest at each party's desk, ticks, the record."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from homeward.bureau.exchanges import services
from homeward.bureau.exchanges.services import ExchangeError
from homeward.bureau.handover.models import Manifest, Signing, Vehicle
from homeward.bureau.handover.services import ManifestError, add_called
from homeward.bureau.handover.services_departing import depart
from homeward.bureau.handover.services_signing import counted_by_the_other, make_from_plan, sign_into_record
from homeward.bureau.handover.services_ticking import NewTick, Verdict, tick
from homeward.planning.manifests import Vehicle as Planned
from tests.bureau.exchanges.conftest import World, closed_offices, world

__all__ = ["closed_offices", "world"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_stage(world: World) -> World:
    """The first stage planned and opened by all."""
    services.compute(world.exchanges["UA"], by=world.officers["UA"][0])
    services.compute(world.exchanges["RU"], by=world.officers["RU"][0])
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
    with services.office_of(world.exchanges["RU"]) as office:
        plan = office.state.stages["day1"].plan
    world.by_two("RU", "say", act="stage-opened", fields={"stage": "day1", "plan": plan})
    world.pass_on()
    for party in ("UA", "NEUTRAL"):
        world.by_two(party, "agree", of=world.proposal(party, "stage-opened"))
    world.round()
    return world


def manifest_of(world: World, party: str) -> Manifest:
    return make_from_plan(world.exchanges[party], "day1", by=world.officers[party][0])


def tick_all(world: World, party: str, vehicle: Vehicle, outcome: str) -> None:
    ticks = [NewTick(uuid4(), person, outcome) for person in vehicle.lines.values_list("person", flat=True)]
    tick(vehicle.manifest, ticks, by=world.officers[party][0])


def filled(manifest: Manifest, role: str) -> list[Vehicle]:
    return [each for each in manifest.vehicles.filter(role=role) if each.lines.exists()]


def state_of(world: World, party: str, vehicle: Vehicle) -> set[str]:
    with services.office_of(world.exchanges[party]) as office:
        return {office.state.people[person].state for person in vehicle.lines.values_list("person", flat=True)}


def test_both_parties_seat_the_same_people_in_the_same_places(open_stage: World) -> None:
    seats = [
        sorted(manifest_of(open_stage, party).lines.values_list("vehicle__side", "vehicle__code", "seat", "person"))
        for party in ("UA", "RU")
    ]
    assert seats[0] == seats[1]
    assert len(seats[0]) > 3


def test_the_neutral_has_no_manifest_of_its_own(open_stage: World) -> None:
    with pytest.raises(ManifestError, match="neither hands over nor receives"):
        manifest_of(open_stage, "NEUTRAL")


def test_a_fleet_that_is_too_small_is_refused_and_nothing_is_written(open_stage: World) -> None:
    small = {"home-UA": (Planned("bus-1", 3, 0, 2),)}
    with pytest.raises(ManifestError, match="add vehicles, seats or stretchers"):
        make_from_plan(open_stage.exchanges["UA"], "day1", by=open_stage.officers["UA"][0], fleet=small)
    assert not Manifest.objects.exists()


def test_what_is_ticked_on_both_sides_comes_into_the_record_and_the_receiver_waits_for_the_holder(open_stage: World) -> None:
    world = open_stage
    handing, receiving = manifest_of(world, "RU"), manifest_of(world, "UA")
    (ours, *_) = filled(receiving, "receiver")
    (theirs,) = [each for each in filled(handing, "holder") if (each.side, each.code) == (ours.side, ours.code)]
    for party, vehicle, outcome in (("RU", theirs, "handed-over"), ("UA", ours, "received")):
        tick_all(world, party, vehicle, outcome)
        depart(vehicle, theirs=vehicle.lines.count(), by=world.officers[party][0])
    with pytest.raises(ExchangeError, match="after the holder’s acts have arrived"):
        sign_into_record(world.exchanges["UA"], ours, by=world.officers["UA"][0])
    assert not Signing.objects.filter(vehicle=ours).exists()
    assert counted_by_the_other(world.exchanges["UA"], ours) is None

    assert sign_into_record(world.exchanges["RU"], theirs, by=world.officers["RU"][0]).acts == theirs.lines.count()
    world.pass_on()
    assert counted_by_the_other(world.exchanges["UA"], ours) == ours.lines.count()
    assert state_of(world, "UA", ours) == {"HANDED_OVER"}
    sign_into_record(world.exchanges["UA"], ours, by=world.officers["UA"][0])
    world.pass_on()
    for party in ("UA", "RU", "NEUTRAL"):
        assert state_of(world, party, ours) == {"RECEIVED"}
        with services.office_of(world.exchanges[party]) as office:
            assert not office.state.void


def test_what_both_sides_tick_as_a_deviation_is_stated_once_and_agreed_to_by_the_other(open_stage: World) -> None:
    world = open_stage
    handing, receiving = manifest_of(world, "RU"), manifest_of(world, "UA")
    (ours, *_) = filled(receiving, "receiver")
    (theirs,) = [each for each in filled(handing, "holder") if (each.side, each.code) == (ours.side, ours.code)]
    absent, *others = ours.lines.values_list("person", flat=True)
    for party, vehicle, outcome in (("RU", theirs, "handed-over"), ("UA", ours, "received")):
        ticks = [NewTick(uuid4(), absent, "NON_DELIVERY"), *(NewTick(uuid4(), person, outcome) for person in others)]
        tick(vehicle.manifest, ticks, by=world.officers[party][0])
        depart(vehicle, theirs=len(others), by=world.officers[party][0])
        for _time in range(2):
            sign_into_record(world.exchanges[party], vehicle, by=world.officers[party][0])
        world.pass_on()
    with services.office_of(world.exchanges["NEUTRAL"]) as office:
        (deviation,) = office.state.deviations
        assert (deviation.person, deviation.by, deviation.agreed_by) == (absent, "RU", "UA")
        assert office.state.people[absent].state == "NOT_PRESENTED"
        assert not office.state.void


def test_a_power_cut_between_the_record_and_the_database_signs_nothing_twice(
    open_stage: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = open_stage
    (vehicle, *_) = filled(manifest_of(world, "RU"), "holder")
    tick_all(world, "RU", vehicle, "handed-over")
    depart(vehicle, theirs=vehicle.lines.count(), by=world.officers["RU"][0])
    from homeward.bureau.handover import services_departing

    class PowerCutError(Exception):
        pass

    def cut(*_args: object, **_more: object) -> None:
        raise PowerCutError

    with monkeypatch.context() as patched:
        patched.setattr(services_departing, "write", cut)
        with pytest.raises(PowerCutError):
            sign_into_record(world.exchanges["RU"], vehicle, by=world.officers["RU"][0])
    assert not Signing.objects.exists()
    for _ in range(2):
        assert sign_into_record(world.exchanges["RU"], vehicle, by=world.officers["RU"][0]).acts == vehicle.lines.count()
    world.pass_on()
    with services.office_of(world.exchanges["NEUTRAL"]) as office:
        handed = [entry for entry in office.entries() if entry.act == "handed-over"]
        assert len(handed) == vehicle.lines.count()
        assert not office.state.void


def test_the_whole_way_of_a_vehicle_by_pages(open_stage: World) -> None:
    world = open_stage
    officer: Client = world.client("RU")
    new = "/handover/new/may-ru/day1"
    assert "people" in officer.get(new).content.decode()
    assert officer.post(new, {"home-UA-vehicles": "bus 1", "home-RU-vehicles": ""}).status_code == 422
    made = officer.post(new, {"home-UA-vehicles": "bus-07 45 2 2", "home-RU-vehicles": ""})
    manifest = Manifest.objects.get()
    assert made.headers["Location"] == f"/handover/{manifest.pk}/"
    vehicle = manifest.vehicles.get(code="bus-07")
    root = f"/handover/{manifest.pk}/{vehicle.place}"
    for person in vehicle.lines.values_list("person", flat=True):
        officer.post(f"/handover/{manifest.pk}/tick", {"key": str(uuid4()), "person": person, "outcome": "handed-over"})
    assert officer.post(f"{root}/depart", {"theirs": vehicle.lines.count()}).status_code == 302
    assert officer.post(f"{root}/sign").status_code == 302
    assert "signed into the record" in officer.get(f"{root}/").content.decode()
    world.pass_on()
    assert state_of(world, "NEUTRAL", vehicle) == {"HANDED_OVER"}
    assert world.client("UA").get(root + "/").status_code == 404


def test_somebody_called_from_the_reserve_gets_a_free_seat_and_is_ticked_like_the_others(open_stage: World) -> None:
    world = open_stage
    manifest, officer = manifest_of(world, "RU"), world.officers["RU"][0]
    with services.office_of(world.exchanges["RU"]) as office:
        stage = office.state.stages["day1"]
        reserve = stage.reserves["home-UA"][0]
        absent = stage.going["home-UA"][0]
        assert add_called(office, manifest, by=officer) == 0
    said = [("deviation", {"kind": "REFUSAL_AT_LINE", "stage": "day1", "person": absent})]
    services.say_all(world.exchanges["RU"], officer, said)
    world.pass_on()
    services.do(world.exchanges["UA"], world.officers["UA"][0], "agree", of=world.proposal("UA", "deviation"))
    world.pass_on()
    services.say_all(world.exchanges["RU"], officer, [("reserve-called", {"stage": "day1", "person": reserve, "for": absent})])
    world.pass_on()
    client = world.client("RU")
    new = "/handover/new/may-ru/day1"
    assert "Seat 1 person called from the reserve" in client.get(new).content.decode()
    assert client.post(new, {"called": "1"}).headers["Location"] == f"/handover/{manifest.pk}/"
    line = manifest.lines.get(person=reserve)
    assert (line.vehicle.side, line.seat.isdigit()) == ("home-UA", True)
    assert not manifest.lines.filter(vehicle=line.vehicle, seat=line.seat).exclude(pk=line.pk).exists()
    assert tick(manifest, [NewTick(uuid4(), reserve, "handed-over")], by=officer)[0].verdict is Verdict.TAKEN
    with services.office_of(world.exchanges["RU"]) as office:
        assert add_called(office, manifest, by=officer) == 0
