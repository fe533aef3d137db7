"""The handover desk's pages: who may open them, what each role sees, ticks by form and by JSON, and the way into the record."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from homeward.bureau.access.roles import Role
from homeward.bureau.exchanges.models import Assignment, Exchange
from homeward.bureau.handover.models import Departure, Manifest, Tick
from homeward.bureau.journal.models import Line
from tests.bureau.conftest import SignIn

pytestmark = pytest.mark.django_db
BUS, AMBULANCE, OURS = 1, 2, 0


@pytest.fixture
def exchange(manifest: Manifest) -> Exchange:
    return Exchange.objects.create(slug=manifest.exchange, title="Autumn")


@pytest.fixture
def darka(sign_in: SignIn, exchange: Exchange) -> Client:
    """A handover officer of the exchange."""
    return assigned(sign_in(Role.HANDOVER_OFFICER, name="darka"), exchange)


def assigned(client: Client, exchange: Exchange) -> Client:
    Assignment.objects.create(exchange=exchange, user=client.officer)  # type: ignore[attr-defined]
    return client


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def send(client: Client, manifest: Manifest, *ticks: dict[str, Any]) -> Any:
    return client.post(f"/handover/{manifest.pk}/tick", {"ticks": list(ticks)}, content_type="application/json")


def new(person: str, outcome: str = "received", **more: Any) -> dict[str, Any]:
    return {"key": str(uuid4()), "person": person, "outcome": outcome, "ticked_at": "2026-05-23T09:31:07.123Z", **more}


def addresses(manifest: Manifest) -> list[str]:
    root = f"/handover/{manifest.pk}"
    return [f"{root}/", f"{root}/{BUS}/", f"{root}/{BUS}/state", f"{root}/{BUS}/leaving"]


def test_who_reads_manifests_and_for_whom_they_do_not_exist(
    manifest: Manifest, exchange: Exchange, sign_in: SignIn, client: Client
) -> None:
    codes = {
        Role.HANDOVER_OFFICER: 200,
        Role.NEGOTIATOR: 200,
        Role.REVIEWER: 403,
        Role.NEUTRAL_DELEGATE: 403,
        Role.AUDITOR: 403,
    }
    for role, code in codes.items():
        officer, stranger = assigned(sign_in(role), exchange), sign_in(role)
        for path in addresses(manifest):
            assert officer.get(path).status_code == code, (role, path)
            assert stranger.get(path).status_code == (404 if code == 200 else 403), (role, path)
        assert ("bus-01" in page(officer, "/handover/")) == (code == 200)
        assert "bus-01" not in page(stranger, "/handover/")
    for path in ["/handover/", *addresses(manifest)]:
        assert client.get(path).headers["Location"].startswith("/accounts/login/")


def test_who_ticks_finds_departs_and_signs(manifest: Manifest, exchange: Exchange, sign_in: SignIn) -> None:
    root = f"/handover/{manifest.pk}"
    handing, negotiating = (assigned(sign_in(role), exchange) for role in (Role.HANDOVER_OFFICER, Role.NEGOTIATOR))
    stranger = sign_in(Role.HANDOVER_OFFICER)
    for path, own in ((f"{root}/tick", 400), (f"{root}/{BUS}/depart", 409), (f"{root}/{BUS}/sign", 409)):
        assert handing.post(path).status_code == own, path
        assert negotiating.post(path).status_code == 403, path
        assert stranger.post(path).status_code == 404, path
    assert [each.post(f"{root}/find").status_code for each in (handing, negotiating, stranger)] == [200, 200, 404]


def test_signing_off_asks_again_who_one_is(manifest: Manifest, exchange: Exchange, sign_in: SignIn) -> None:
    stale = assigned(sign_in(Role.HANDOVER_OFFICER, fresh=False), exchange)
    for verb in ("depart", "sign"):
        answer = stale.post(f"/handover/{manifest.pk}/{BUS}/{verb}", {"theirs": 2})
        assert answer.headers["Location"].startswith("/accounts/"), verb
    assert not Departure.objects.exists()


def test_names_are_shown_to_roles_that_see_them_and_health_only_with_its_right(
    manifest: Manifest, exchange: Exchange, darka: Client, sign_in: SignIn
) -> None:
    negotiator = assigned(sign_in(Role.NEGOTIATOR), exchange)
    ambulance = f"/handover/{manifest.pk}/{AMBULANCE}/"
    assert "Безіменко Тарас" in page(darka, ambulance)
    assert "lying" in page(darka, ambulance)
    assert "Безіменко Тарас" in page(negotiator, ambulance)
    assert "lying" not in page(negotiator, ambulance)


def test_a_list_that_was_never_opened_here_shows_the_records_ids_alone(manifest: Manifest, darka: Client) -> None:
    ours = page(darka, f"/handover/{manifest.pk}/{OURS}/")
    assert "p-0201" in ours
    assert not any(name in ours for name in ("Безіменко", "Вигадана", "Щерботенко"))


def test_ticks_come_as_json_and_are_answered_with_where_people_stand(manifest: Manifest, darka: Client) -> None:
    sent = new("p-0102")
    for _ in range(3):
        answer = send(darka, manifest, sent)
        assert answer.status_code == 200
        told = answer.json()
        assert told["results"] == [{"key": sent["key"], "verdict": "taken", "text": "taken"}]
        assert told["people"]["p-0102"] == {"state": "done", "word": "Received", "tone": "good", "keys": [sent["key"]]}
    assert Tick.objects.count() == 1
    back = {"key": str(uuid4()), "person": "p-0102", "takes_back": sent["key"]}
    assert send(darka, manifest, back).json()["people"]["p-0102"]["state"] == "open"
    assert page(darka, f"/handover/{manifest.pk}/{BUS}/state").count("p-010") == 2


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"ticks": 1}', b'{"ticks": [1]}', b'{"ticks": [{"person": "p-0102"}]}', b"\xff", b"[" * 100_000,
     b'{"ticks": [{"key": "x", "person": "p-0102"}]}'],
)  # fmt: skip
def test_what_is_no_tick_is_answered_400_and_nothing_is_written(manifest: Manifest, darka: Client, body: bytes) -> None:
    answer = darka.generic("POST", f"/handover/{manifest.pk}/tick", body, content_type="application/json")
    assert answer.status_code == 400
    assert not Tick.objects.exists()


def test_a_tablet_with_a_broken_clock_ticks_none_the_less(manifest: Manifest, darka: Client) -> None:
    for when in ("yesterday", "2026-13-45T00:00:00Z", "2026-05-23T09:00:00", None, 7):
        assert send(darka, manifest, new("p-0102", ticked_at=when)).json()["results"][0]["verdict"] == "taken"
    assert set(Tick.objects.values_list("ticked_at", flat=True)) == {None}


def test_the_same_form_sent_twice_counts_once_and_leads_back_to_the_person(manifest: Manifest, darka: Client) -> None:
    sent = {"key": str(uuid4()), "person": "p-0102", "outcome": "received"}
    for _ in range(2):
        answer = darka.post(f"/handover/{manifest.pk}/tick", sent)
        assert answer.headers["Location"] == f"/handover/{manifest.pk}/{BUS}/#p-0102"
    assert Tick.objects.count() == 1
    taken = str(Tick.objects.get().key)
    assert f'value="{taken}"' in page(darka, f"/handover/{manifest.pk}/{BUS}/")
    darka.post(f"/handover/{manifest.pk}/tick", {"key": str(uuid4()), "person": "p-0102", "takes_back": taken})
    assert "not ticked" in page(darka, f"/handover/{manifest.pk}/{BUS}/")


def test_somebody_is_found_by_number_and_by_name_in_another_script_and_no_name_goes_into_an_address(
    manifest: Manifest, darka: Client
) -> None:
    def found(query: str) -> str:
        return darka.post(f"/handover/{manifest.pk}/find", {"query": query}, headers={"HX-Request": "true"}).content.decode()

    assert "p-0103" in found("103")
    assert "p-0103" in found("Shcherbotenko")
    assert "Nobody on this manifest fits" in found("Nevidomyi")
    assert darka.get(f"/handover/{manifest.pk}/find?query=Shcherbotenko").status_code == 405
    journal = "".join(f"{line.subject}{line.counts}" for line in Line.objects.all())
    assert "herbotenko" not in journal


def test_a_vehicle_leaves_by_page_when_the_counts_agree_and_then_takes_no_tick(manifest: Manifest, darka: Client) -> None:
    root = f"/handover/{manifest.pk}"
    send(darka, manifest, new("p-0102"), new("p-0103", "NON_DELIVERY"))
    refused = darka.post(f"{root}/{BUS}/depart", {"theirs": 2})
    assert refused.status_code == 409
    assert "The counts differ: we have 1 people at the line, the other side 2" in refused.content.decode()
    assert darka.post(f"{root}/{BUS}/depart", {"theirs": 1}).status_code == 302
    shown = page(darka, f"{root}/{BUS}/")
    assert "both sides counted 1 at the line" in shown
    assert 'tick--main" name="outcome"' not in shown
    late = send(darka, manifest, new("p-0103")).json()["results"][0]
    assert late["verdict"] == "departed"
    assert "left already" in late["text"]
    by_form = darka.post(f"{root}/tick", {"key": str(uuid4()), "person": "p-0103", "outcome": "received"})
    assert by_form.status_code == 409
    assert "left already" in by_form.content.decode()


def test_the_first_page_counts_vehicles_that_have_not_left_and_those_not_signed(manifest: Manifest, darka: Client) -> None:
    assert "Vehicles have not left yet" in page(darka, "/")
    send(darka, manifest, new("p-0101"))
    darka.post(f"/handover/{manifest.pk}/{AMBULANCE}/depart", {"theirs": 1})
    assert "Vehicles have left and are not signed into the record" in page(darka, "/")


def test_reading_a_vehicle_stands_in_the_journal_with_how_many_were_shown(manifest: Manifest, darka: Client) -> None:
    page(darka, f"/handover/{manifest.pk}/{BUS}/")
    line = Line.objects.get(tag="handover:manifest:read")
    assert (line.subject, line.counts) == (f"manifest:{manifest.pk}/bus-01", {"shown": 2})
