"""Specially protected people: gone for everybody but their named readers, in every place; break-glass is seen by a second officer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from homeward.bureau.access.roles import Role
from homeward.bureau.journal.models import Line
from homeward.bureau.journal.tags import Tag
from homeward.bureau.register import desk, services, services_protect
from homeward.bureau.register.emergencies import GROUNDS
from homeward.bureau.register.models import Emergency, NamedReader, Person
from tests.bureau.register.people import enter, koval
from tests.bureau.register.test_imports import HEADINGS, sheet
from tests.bureau.register.test_pages import SOURCE

pytestmark = pytest.mark.django_db

REASON = "a threat to the family at home"


@pytest.fixture
def lev(sign_in) -> Client:
    return sign_in(Role.LIST_OFFICER, name="lev")


@pytest.fixture
def dana(sign_in) -> Client:
    return sign_in(Role.DATA_PROTECTION, name="dana")


def protect(dana: Client, lev: Client, number: int) -> None:
    answer = dana.post(f"/people/{number}/protect/", {"readers": [lev.officer.pk], "reason": REASON})
    assert answer.status_code == 302


def everything(client: Client, number: int) -> dict[str, str]:
    """What each place where people show up answers to this officer, by place; 404 and 403 as such."""
    import_file = SimpleUploadedFile("list.csv", sheet([["", "Коваленчук", "Остап", "", "14.03.1987", ""]], HEADINGS))
    staged = client.post("/people/imports/add/", {**SOURCE, "file": import_file})
    answers = {
        "list": client.get("/people/"),
        "page": client.get(f"/people/{number}/"),
        "claim": client.get(f"/people/{number}/claim/"),
        "search": client.post("/people/search/", {"query": "Коваленчук Остап"}),
        "duplicates": client.post("/people/duplicates/", {"surname": "Коваленчук", "given_names": "Остап"}),
        "import": client.get(staged.headers["Location"]) if staged.status_code == 302 else staged,
        "export": client.post("/people/export/", {"ending": ".csv", "reason": "for the test of protection"}),
        "home": client.get("/"),
    }
    return {
        place: answer.content.decode() if answer.status_code == 200 else str(answer.status_code)
        for place, answer in answers.items()
    }


def without_moving_parts(answers: dict[str, str]) -> dict[str, str]:
    """The answers without what differs between any two requests: tokens, tickets, numbers of imports, watermarks, times."""
    import re

    moving = re.compile(
        r'csrfmiddlewaretoken" value="\w+"|X-CSRFToken": "\w+"|id="id_ticket"|value="[0-9a-f]{32}"|imports/\d+|Import \d+'
        r"|;[2-9A-HJKMNP-Z]{10}\r|\d{4}-\d\d-\d\d \d\d:\d\d"
    )
    return {place: moving.sub("", text) for place, text in answers.items()}


def test_for_everybody_else_the_register_answers_as_if_the_person_had_never_been_there(
    sign_in, lev: Client, dana: Client
) -> None:
    """The whole of every answer is compared, so that no count and no order betrays anything either."""
    registrar = sign_in(Role.REGISTRAR, name="rita")
    reader = sign_in(Role.REVIEWER, name="bea")
    other = enter(surname="Коваленчук", given_names="Остап", birth_date="1986-01-01")
    # A register that never held the person answers like this …
    never = {name: without_moving_parts(everything(client, 4_444_444)) for name, client in (("r", registrar), ("b", reader))}
    made = koval()
    before = everything(registrar, made.number)
    assert "Коваленчук" in before["page"]
    protect(dana, lev, made.number)
    # … and one that holds the person, protected, answers the same to the byte.
    after = {name: without_moving_parts(everything(client, made.number)) for name, client in (("r", registrar), ("b", reader))}
    for name in ("r", "b"):
        for place in never[name]:
            # The desk counts the officer's own imports, of which there are more now.
            if place != "home":
                assert after[name][place] == never[name][place], f"{name} {place}"
        assert f"r-{made.number}" not in "".join(after[name].values())
    assert after["r"]["page"] == after["r"]["claim"] == "404"
    assert f"r-{other.number}" in after["r"]["search"]


def test_a_named_reader_reads_and_every_read_makes_an_alert(lev: Client, dana: Client) -> None:
    made = koval()
    protect(dana, lev, made.number)
    for _ in range(2):
        assert lev.get(f"/people/{made.number}/").status_code == 200
    alerts = Line.objects.filter(tag=Tag.REGISTER_PROTECTED_READ.value, subject=f"person:{made.number}", actor=lev.officer)
    assert [line.counts for line in alerts] == [{"where": "page"}, {"where": "page"}]
    assert f"person:{made.number}" in dana.get("/people/protected/").content.decode()
    assert "Reads of protected people" in [str(card.title) for card in desk.cards(dana.officer)]


def test_a_named_reader_finds_the_person_in_search_list_and_export(lev: Client, dana: Client) -> None:
    made = koval()
    protect(dana, lev, made.number)
    assert "Specially protected, known to you" in lev.post("/people/search/", {"query": "kovalenchuk"}).content.decode()
    assert f"r-{made.number}" in lev.get("/people/").content.decode()
    exported = lev.post("/people/export/", {"ending": ".csv", "reason": "for the test of protection"}).content.decode(
        "utf-8-sig"
    )
    assert f"r-{made.number}" in exported


def test_the_data_protection_officer_sees_numbers_and_readers_and_not_the_person(lev: Client, dana: Client) -> None:
    made = koval()
    protect(dana, lev, made.number)
    page = dana.get("/people/protected/").content.decode()
    assert f"r-{made.number}" in page
    assert "lev" in page
    assert "Коваленчук" not in page
    assert dana.get(f"/people/{made.number}/").status_code == 404


def test_a_reader_who_is_struck_off_knows_the_person_no_more(lev: Client, dana: Client, bob: Client) -> None:
    made = koval()
    protect(dana, lev, made.number)
    dana.post(f"/people/{made.number}/protect/", {"readers": [bob.officer.pk], "reason": REASON})  # type: ignore[attr-defined]
    assert lev.get(f"/people/{made.number}/").status_code == 404
    assert bob.get(f"/people/{made.number}/").status_code == 200
    assert NamedReader.objects.filter(user=lev.officer, until=None).count() == 0
    assert NamedReader.objects.filter(user=lev.officer).count() == 1, "who was a reader once stays on record"


def test_a_person_is_not_protected_without_a_reader_or_a_reason(dana: Client, lev: Client) -> None:
    made = koval()
    dana.post(f"/people/{made.number}/protect/", {"reason": REASON})
    dana.post(f"/people/{made.number}/protect/", {"readers": [lev.officer.pk], "reason": "why"})
    assert not Person.objects.get().protected


def test_the_protection_can_be_ended_with_a_reason(dana: Client, lev: Client, alice: Client) -> None:
    made = koval()
    protect(dana, lev, made.number)
    dana.post(f"/people/{made.number}/unprotect/", {"reason": "the threat is over"})
    assert alice.get(f"/people/{made.number}/").status_code == 200
    told = (
        Line.objects.filter(tag=Tag.REGISTER_PERSON_PROTECTED.value).order_by("id").values_list("counts__protected", flat=True)
    )
    assert list(told) == [1, 0]


def test_other_apps_get_protected_people_only_for_their_readers(dana: Client, lev: Client, alice: Client) -> None:
    made = koval()
    protect(dana, lev, made.number)
    assert services.people(alice.officer) == []  # type: ignore[attr-defined]
    assert services.person(made.number, alice.officer) is None  # type: ignore[attr-defined]
    assert [found.id for found in services.people(lev.officer)] == [f"r-{made.number}"]


def test_numbers_are_drawn_by_lot() -> None:
    numbers = [koval().number for _ in range(20)]
    gaps = {second - first for first, second in zip(sorted(numbers), sorted(numbers)[1:], strict=False)}
    assert len(gaps) > 10, "a gap between numbers must not tell of somebody"
    assert all(len(str(number)) == 7 for number in numbers)


# -- break-glass


def open_glass(client: Client, sought: str, ground: str = "life") -> Emergency:
    form = {"ground": ground, "sought": sought, "reason": "the hospital is asking for him now"}
    assert client.post("/people/break-glass/", form).status_code == 302
    return Emergency.objects.latest("id")


@pytest.mark.parametrize("by", ["number", "name"])
def test_break_glass_opens_the_person_for_the_minutes_of_the_table(alice: Client, dana: Client, lev: Client, by: str) -> None:
    made = koval()
    protect(dana, lev, made.number)
    one = open_glass(alice, f"r-{made.number}" if by == "number" else "Kovalenchuk Ostap", "identity")
    assert one.until - one.at == pytest.approx(timedelta(minutes=GROUNDS["identity"].minutes), abs=timedelta(seconds=1))
    assert alice.get(f"/people/{made.number}/").status_code == 200
    Emergency.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert alice.get(f"/people/{made.number}/").status_code == 404
    assert "Коваленчук" not in alice.get("/people/").content.decode()


def test_break_glass_is_told_to_a_second_officer_who_has_to_acknowledge(alice: Client, dana: Client, lev: Client) -> None:
    made = koval()
    protect(dana, lev, made.number)
    one = open_glass(alice, str(made))
    waiting = [card for card in desk.cards(dana.officer) if card.urgent]
    assert [(card.count, card.url) for card in waiting] == [(1, "/people/break-glass/review/")]
    assert "the hospital is asking" in dana.get("/people/break-glass/review/").content.decode()
    dana.post(f"/people/break-glass/{one.pk}/seen/")
    assert not [card for card in desk.cards(dana.officer) if card.urgent]
    tags = [Tag.ACCESS_BREAK_GLASS_OPENED.value, Tag.ACCESS_BREAK_GLASS_SEEN.value]
    lines = Line.objects.filter(tag__in=tags).order_by("id")
    assert [(line.tag, line.subject, line.actor.username) for line in lines if line.actor] == [
        (tags[0], f"emergency:{one.pk}", "alice"),
        (tags[1], f"emergency:{one.pk}", "dana"),
    ]
    assert lines[0].counts == {"found": 1, "ground": "life", "minutes": 60}


def test_nobody_acknowledges_an_emergency_of_their_own(sign_in) -> None:
    both = sign_in(Role.DATA_PROTECTION, Role.REVIEWER)
    one = open_glass(both, "r-1234567")
    assert both.post(f"/people/break-glass/{one.pk}/seen/").status_code == 404
    assert Emergency.objects.get().seen_at is None
    assert not [card for card in desk.cards(both.officer) if card.urgent]


def test_fishing_for_protected_people_is_told_as_well(alice: Client, dana: Client) -> None:
    open_glass(alice, "Nobody Anywhere")
    assert [card.count for card in desk.cards(dana.officer) if card.urgent] == [1]


def test_a_name_opens_only_who_answers_every_word_of_it(alice: Client, dana: Client, lev: Client) -> None:
    made = [koval(), enter(surname="Коваленчук", given_names="Зеновій"), enter(surname="Тестенко", given_names="Остап")]
    for one in made:
        protect(dana, lev, one.number)
    open_glass(alice, "Коваленчук Остап")
    assert [client.number for client in Emergency.objects.get().people.all()] == [made[0].number]


def test_an_emergency_can_be_closed_by_its_officer_and_by_the_reviewer(alice: Client, dana: Client, lev: Client) -> None:
    made = koval()
    protect(dana, lev, made.number)
    for closer in (alice, dana):
        one = open_glass(alice, str(made))
        assert alice.get(f"/people/{made.number}/").status_code == 200
        closer.post(f"/people/break-glass/{one.pk}/end/")
        assert alice.get(f"/people/{made.number}/").status_code == 404
    assert Line.objects.filter(tag=Tag.ACCESS_BREAK_GLASS_ENDED.value).count() == 2


def test_break_glass_asks_for_the_password_again(sign_in) -> None:
    stale = sign_in(Role.REGISTRAR, fresh=False)
    assert stale.get("/people/break-glass/").headers["Location"].startswith("/accounts/confirm/")


def test_a_short_reason_is_none(alice: Client) -> None:
    alice.post("/people/break-glass/", {"ground": "life", "sought": "r-1234567", "reason": "because"})
    assert not Emergency.objects.exists()


def test_a_disabled_officer_knows_nobody(dana: Client, lev: Client) -> None:
    made = koval()
    protect(dana, lev, made.number)
    lev.officer.is_active = False
    assert services.person(made.number, lev.officer) is None
    assert services_protect.Person.objects.get().protected
