"""A tick counts once, in whatever order it comes; a vehicle leaves when both sides have counted the same people; then all is signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.bureau.access.models import User
from homeward.bureau.access.roles import Role as Job
from homeward.bureau.handover.counting import count_vehicle, standings
from homeward.bureau.handover.models import Manifest, Signing, Tick, Vehicle
from homeward.bureau.handover.outcomes import TITLES, outcomes_of
from homeward.bureau.handover.services import ManifestError, write_manifest
from homeward.bureau.handover.services_departing import NotLeavingError, depart, sign_ticks
from homeward.bureau.handover.services_ticking import NewTick, Verdict, tick
from homeward.bureau.handover.standing import Row, standing
from homeward.bureau.journal.models import Line as JournalLine
from homeward.exchange.acts import ACTS, Role, form_problem
from homeward.exchange.deviations import DEVIATIONS
from tests.bureau.conftest import make_officer
from tests.bureau.handover.conftest import FLEET, ROLES

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return make_officer("darka", Job.HANDOVER_OFFICER)


def vehicle_of(manifest: Manifest, person: str) -> Vehicle:
    return manifest.lines.get(person=person).vehicle


def new(person: str, outcome: str = "received", **more: Any) -> NewTick:
    return NewTick(uuid4(), person, outcome, **more)


def outcome_at(manifest: Manifest, person: str) -> str | None:
    (found,) = standings([manifest.lines.get(person=person)]).values()
    return found.outcome


def test_a_tick_sent_twice_counts_once(manifest: Manifest, officer: User) -> None:
    sent = new("p-0102")
    assert [each.verdict for each in tick(manifest, [sent], by=officer)] == [Verdict.TAKEN]
    assert [each.verdict for each in tick(manifest, [sent, sent], by=officer)] == [Verdict.TAKEN, Verdict.TAKEN]
    assert Tick.objects.count() == 1
    assert JournalLine.objects.filter(tag="handover:tick:made").count() == 1


def test_a_tick_number_used_for_something_else_is_refused_and_the_first_stays(manifest: Manifest, officer: User) -> None:
    sent = new("p-0102")
    tick(manifest, [sent], by=officer)
    other = NewTick(sent.key, "p-0103", "received")
    assert tick(manifest, [other], by=officer)[0].verdict is Verdict.OTHER_CONTENT
    assert (outcome_at(manifest, "p-0102"), outcome_at(manifest, "p-0103")) == ("received", None)


def test_an_undo_that_comes_before_its_tick_still_undoes_it(manifest: Manifest, officer: User) -> None:
    sent = new("p-0102")
    tick(manifest, [NewTick(uuid4(), "p-0102", takes_back=sent.key)], by=officer)
    tick(manifest, [sent], by=officer)
    assert outcome_at(manifest, "p-0102") is None
    assert Tick.objects.count() == 2


def test_two_tablets_that_tick_differently_make_a_conflict_that_keeps_the_vehicle(manifest: Manifest, officer: User) -> None:
    """ODK central #698: edits that overlap are marked, and a person resolves them."""
    first, second = new("p-0101"), new("p-0101", "DEATH_IN_TRANSIT")
    tick(manifest, [first, second], by=officer)
    vehicle = vehicle_of(manifest, "p-0101")
    assert count_vehicle(vehicle).conflicts == 1
    with pytest.raises(NotLeavingError, match="two outcomes"):
        depart(vehicle, theirs=1, by=officer)
    tick(manifest, [NewTick(uuid4(), "p-0101", takes_back=second.key)], by=officer)
    assert depart(vehicle, theirs=1, by=officer).ours == 1


def test_a_desk_says_only_what_its_side_can_say(manifest: Manifest, officer: User) -> None:
    verdicts = [each.verdict for each in tick(manifest, [new("p-0102", "handed-over"), new("p-0201", "received")], by=officer)]
    assert verdicts == [Verdict.NO_OUTCOME, Verdict.NO_OUTCOME]
    assert tick(manifest, [new("p-9999")], by=officer)[0].verdict is Verdict.NOBODY
    assert not Tick.objects.exists()


def test_a_vehicle_with_an_open_person_does_not_leave(manifest: Manifest, officer: User) -> None:
    tick(manifest, [new("p-0201", "handed-over")], by=officer)
    with pytest.raises(NotLeavingError, match="1 person has no outcome yet"):
        depart(vehicle_of(manifest, "p-0201"), theirs=1, by=officer)


def test_a_vehicle_leaves_only_with_counts_that_agree(manifest: Manifest, officer: User) -> None:
    tick(manifest, [new("p-0201", "handed-over"), new("p-0202", "NON_DELIVERY")], by=officer)
    vehicle = vehicle_of(manifest, "p-0201")
    with pytest.raises(NotLeavingError, match="we have 1 people at the line, the other side 2"):
        depart(vehicle, theirs=2, by=officer)
    assert depart(vehicle, theirs=1, by=officer).theirs == 1
    with pytest.raises(NotLeavingError, match="left already"):
        depart(vehicle, theirs=1, by=officer)


def test_a_tick_after_departure_is_refused_and_an_old_one_sent_again_is_not(manifest: Manifest, officer: User) -> None:
    sent = new("p-0101")
    tick(manifest, [sent], by=officer)
    depart(vehicle_of(manifest, "p-0101"), theirs=1, by=officer)
    late = tick(manifest, [new("p-0101", "ESCAPE"), NewTick(uuid4(), "p-0101", takes_back=sent.key), sent], by=officer)
    assert [each.verdict for each in late] == [Verdict.DEPARTED, Verdict.DEPARTED, Verdict.TAKEN]
    assert outcome_at(manifest, "p-0101") == "received"


def test_what_was_ticked_is_signed_as_acts_of_the_right_form_all_at_once_and_once(manifest: Manifest, officer: User) -> None:
    tick(manifest, [new("p-0102"), new("p-0103", "refused")], by=officer)
    vehicle = vehicle_of(manifest, "p-0102")
    said: list[tuple[str, Mapping[str, Any]]] = []

    def sign(acts: Iterable[tuple[str, Mapping[str, Any]]]) -> list[str]:
        said.extend(acts)
        return ["leaf"] * len(said)

    with pytest.raises(NotLeavingError, match="has not left"):
        sign_ticks(vehicle, sign, by=officer)
    depart(vehicle, theirs=2, by=officer)
    assert sign_ticks(vehicle, sign, by=officer).acts == 2
    assert sign_ticks(vehicle, sign, by=officer).acts == 2
    assert [(act, fields["person"]) for act, fields in said] == [("received", "p-0102"), ("refused", "p-0103")]
    assert all(form_problem(act, fields) is None for act, fields in said)


def test_a_signing_that_fails_can_be_done_again(manifest: Manifest, officer: User) -> None:
    tick(manifest, [new("p-0101")], by=officer)
    vehicle = vehicle_of(manifest, "p-0101")
    depart(vehicle, theirs=1, by=officer)

    def fails(acts: Iterable[tuple[str, Mapping[str, Any]]]) -> list[str]:
        raise OSError("power cut")

    with pytest.raises(OSError, match="power cut"):
        sign_ticks(vehicle, fails, by=officer)
    assert not Signing.objects.exists()
    assert sign_ticks(vehicle, lambda acts: ["" for _ in acts], by=officer).acts == 1


@pytest.mark.parametrize("role", [Role.HOLDER, Role.RECEIVER])
def test_every_outcome_has_a_title_and_becomes_an_act_that_the_exchange_knows(role: Role) -> None:
    for outcome in outcomes_of(role):
        assert outcome.then in TITLES
        assert form_problem(outcome.act, outcome.fields("p-0417", "day1", "bus-01")) is None
        assert ACTS[outcome.act].hands == 1


def test_every_deviation_that_ends_a_way_can_be_ticked_on_both_sides() -> None:
    kinds = {each.kind for each in DEVIATIONS.values() if each.then is not None}
    for role in (Role.HOLDER, Role.RECEIVER):
        assert {outcome.kind for outcome in outcomes_of(role) if outcome.kind} == kinds


def test_a_manifest_is_not_made_anew_once_somebody_was_ticked(manifest: Manifest, officer: User) -> None:
    again = {"stage": "day1", "vehicles": FLEET, "roles": ROLES, "lines": (), "people": {}, "families": {}, "by": officer}
    assert write_manifest(exchange="autumn", **again).pk != manifest.pk
    tick(manifest, [new("p-0102")], by=officer)
    with pytest.raises(ManifestError, match="ticked already"):
        write_manifest(exchange="autumn", **again)


def test_lying_people_get_a_stretcher_and_nobody_sits_where_an_escort_does(manifest: Manifest) -> None:
    seats = {line.person: (line.vehicle.code, line.seat) for line in manifest.lines.select_related("vehicle")}
    assert seats["p-0101"] == ("ambulance-01", "S1")
    assert {seats["p-0102"], seats["p-0103"]} == {("bus-01", "3"), ("bus-01", "4")}


@pytest.mark.parametrize("table", ["handover_tick", "handover_departure", "handover_signing"])
def test_raw_sql_cannot_delete_what_happened(manifest: Manifest, officer: User, table: str) -> None:
    tick(manifest, [new("p-0101")], by=officer)
    vehicle = vehicle_of(manifest, "p-0101")
    depart(vehicle, theirs=1, by=officer)
    sign_ticks(vehicle, lambda acts: ["" for _ in acts], by=officer)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


def test_the_database_holds_no_name_of_a_manifest(manifest: Manifest) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM handover_line")
        stored = b"".join(value if isinstance(value, bytes) else repr(value).encode() for row in cursor for value in row)
    assert "Щерботенко".encode() not in stored
    assert b"p-0103" in stored


_KEYS = st.integers(1, 4).map(lambda number: UUID(int=number))
_ROWS = st.lists(
    st.one_of(
        st.builds(Row, _KEYS, st.sampled_from(["received", "refused"]), st.none()),
        st.builds(Row, st.integers(5, 9).map(lambda number: UUID(int=number)), st.just(""), _KEYS),
    ),
    unique_by=lambda row: row.key,
    max_size=6,
)


@given(st.data())
@settings(max_examples=60)
def test_the_order_in_which_ticks_arrive_changes_nothing(data: st.DataObject) -> None:
    """ODK central #669: submissions out of order."""
    rows = data.draw(_ROWS)
    assert standing(data.draw(st.permutations(rows))) == standing(rows)
