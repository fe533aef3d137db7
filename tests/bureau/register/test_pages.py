"""Every page of the register: the right role gets it, the wrong one is refused, what is not yours is not there."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from homeward.bureau.access.roles import Role
from homeward.bureau.journal.models import Line
from homeward.bureau.journal.tags import Tag
from homeward.bureau.register import services, services_import
from homeward.bureau.register.claims import Said
from homeward.bureau.register.models import Emergency, Import, Person, Statement
from homeward.people import Field
from tests.bureau.register.people import RECORDS, claim, koval
from tests.bureau.register.test_imports import ROWS, sheet

pytestmark = pytest.mark.django_db

SOURCE = {"kind": "family", "text": "letter", "grade": "", "on": "2026-05-03"}
READ = {Role.REGISTRAR, Role.LIST_OFFICER, Role.REVIEWER, Role.DATA_PROTECTION}
#: Address → the roles that get 200 on a GET; everybody else 403.
PAGES = {
    "/people/": READ,
    "/people/{number}/": READ,
    "/people/add/": {Role.REGISTRAR},
    "/people/{number}/claim/": {Role.REGISTRAR},
    "/people/{number}/claims/{statement}/0/": {Role.REGISTRAR},
    "/people/export/": {Role.LIST_OFFICER, Role.DATA_PROTECTION},
    "/people/imports/": {Role.REGISTRAR},
    "/people/imports/add/": {Role.REGISTRAR},
    "/people/break-glass/": {Role.REGISTRAR, Role.LIST_OFFICER, Role.REVIEWER},
    "/people/break-glass/review/": {Role.DATA_PROTECTION},
    "/people/protected/": {Role.DATA_PROTECTION},
    "/people/{number}/protect/": {Role.DATA_PROTECTION},
    "/people/reads/": {Role.DATA_PROTECTION, Role.AUDITOR},
}
#: Address → the roles that may send to it.
POSTS = {
    "/people/search/": READ,
    "/people/duplicates/": {Role.REGISTRAR},
    "/people/imports/1/go-on/": {Role.REGISTRAR},
    "/people/imports/1/leave-out/": {Role.REGISTRAR},
    "/people/imports/1/drop/": {Role.REGISTRAR},
    "/people/imports/1/rows/2/": {Role.REGISTRAR},
    "/people/break-glass/1/end/": {Role.REGISTRAR, Role.LIST_OFFICER, Role.REVIEWER, Role.DATA_PROTECTION},
    "/people/break-glass/1/seen/": {Role.DATA_PROTECTION},
    "/people/{number}/unprotect/": {Role.DATA_PROTECTION},
}


@pytest.mark.parametrize("role", list(Role))
def test_every_page_for_every_role(sign_in, role: Role) -> None:
    made = koval()
    client = sign_in(role)
    for address, roles in PAGES.items():
        path = address.format(number=made.number, statement=Statement.objects.get().pk)
        assert client.get(path).status_code == (200 if role in roles else 403), path
    for address, roles in POSTS.items():
        answer = client.post(address.format(number=made.number)).status_code
        # Whoever may do it finds nothing to do it with; whoever may not is refused before that is looked at.
        assert (answer != 403) == (role in roles), address


def test_without_a_login_every_page_leads_to_the_login(client: Client) -> None:
    made = koval()
    for address in (*PAGES, *POSTS):
        answer = client.get(address.format(number=made.number, statement=1))
        assert answer.headers["Location"].startswith("/accounts/login/")


def test_an_unknown_number_is_not_there(alice: Client) -> None:
    for path in ("/people/1234567/", "/people/1234567/claim/", "/people/1234567/claims/1/0/", "/people/imports/77/"):
        assert alice.get(path).status_code == 404


def test_a_person_is_entered_and_shown_with_source_and_grade(alice: Client) -> None:
    form = {
        **SOURCE,
        "ticket": "t1",
        "surname": "Коваленчук",
        "given_names": "Остап",
        "birth_date": "03.1987",
        "rank": "unknown",
    }
    answer = alice.post("/people/add/", form)
    made = Person.objects.get()
    assert answer.headers["Location"] == f"/people/{made.number}/"
    page = alice.get(f"/people/{made.number}/").content.decode()
    for part in ("Коваленчук", "1987-03", "03.1987", "unknown", "the family", "B3", "alice"):
        assert part in page
    assert alice.post("/people/add/", form).headers["Location"] == f"/people/{made.number}/"
    assert Person.objects.count() == 1


def test_what_cannot_be_read_is_asked_about_and_not_swallowed(alice: Client) -> None:
    page = alice.post("/people/add/", {**SOURCE, "ticket": "t1", "surname": "Коваленчук", "birth_date": "31.02.1990"})
    assert page.status_code == 200
    assert "there is no such day" in page.content.decode()
    assert not Person.objects.exists()


def test_nobody_can_be_entered_without_any_name(alice: Client) -> None:
    page = alice.post("/people/add/", {**SOURCE, "ticket": "t1", "birth_date": "1990"}).content.decode()
    assert "Give a surname" in page


def test_a_source_cannot_speak_tomorrow(alice: Client) -> None:
    page = alice.post("/people/add/", {**SOURCE, "on": "2999-01-01", "ticket": "t1", "surname": "Тестенко"}).content.decode()
    assert "This day has not come yet." in page


def test_a_correction_leaves_the_corrected_claim_in_sight(alice: Client) -> None:
    made = koval()
    first = Statement.objects.get()
    at = f"/people/{made.number}/claims/{first.pk}/0/"
    alice.post(at, {**SOURCE, "seen": "1", "ticket": "t2", "surname": "Ковальчук"})
    found = services.person(made.number)
    assert found is not None
    assert found.text(Field.SURNAME) == "Ковальчук"
    page = alice.get(f"/people/{made.number}/").content.decode()
    assert "Коваленчук" in page
    assert "claim--past" in page


def test_a_claim_can_be_withdrawn_and_the_field_is_silent_again(alice: Client) -> None:
    made = koval(rank="major")
    claims = [said for _, batch in services.claims_of(made) for said in batch]
    place = next(at for at, said in enumerate(claims) if said.field is Field.RANK)
    at = f"/people/{made.number}/claims/{Statement.objects.get().pk}/{place}/"
    alice.post(at, {**SOURCE, "seen": "1", "ticket": "t2", "withdraw": "on"})
    found = services.person(made.number)
    assert found is not None
    assert found.value(Field.RANK) is None
    assert alice.get(f"/people/{made.number}/").status_code == 200


def test_an_edit_conflict_shows_both_and_each_decision_keeps_both(alice: Client, sign_in) -> None:
    """Primero #508, through the pages."""
    maria = sign_in(Role.REGISTRAR, name="maria")
    for number, (choice, current) in enumerate({"mine": "major", "theirs": "captain", "both": "major"}.items()):
        made = koval()
        at = f"/people/{made.number}/claim/"
        maria.post(at, {**SOURCE, "seen": "1", "ticket": f"m{number}", "rank": "captain"})
        mine = {**SOURCE, "seen": "1", "ticket": f"a{number}", "rank": "major", "unit": "А1234"}
        page = alice.post(at, mine)
        assert page.status_code == 409
        text = page.content.decode()
        for part in ("captain", "major", "maria"):
            assert part in text
        assert Statement.objects.filter(person=made).count() == 2, "nothing was written before the decision"
        alice.post(at, {**mine, "settled": page.context["settled"], "choice": choice})
        said = [
            str(each.claim.value)
            for _, batch in services.claims_of(made)
            for each in batch
            if each.field is Field.RANK and each.claim
        ]
        assert said == ["captain", "major"]
        found = services.person(made.number)
        assert found is not None
        assert (found.text(Field.RANK), found.text(Field.UNIT)) == (current, "А1234")


def test_the_decision_page_asks_again_when_a_third_officer_was_faster_still(alice: Client, sign_in) -> None:
    maria = sign_in(Role.REGISTRAR, name="maria")
    made = koval()
    at = f"/people/{made.number}/claim/"
    maria.post(at, {**SOURCE, "seen": "1", "ticket": "m1", "rank": "captain"})
    mine = {**SOURCE, "seen": "1", "ticket": "a1", "rank": "major"}
    page = alice.post(at, mine)
    maria.post(at, {**SOURCE, "seen": "2", "ticket": "m2", "rank": "colonel"})
    again = alice.post(at, {**mine, "settled": page.context["settled"], "choice": "mine"})
    assert again.status_code == 409
    assert "colonel" in again.content.decode()
    assert alice.post(at, {**mine, "settled": again.context["settled"], "choice": "mine"}).status_code == 302
    found = services.person(made.number)
    assert found is not None
    assert found.text(Field.RANK) == "major"


def test_a_search_finds_a_name_in_another_script_and_logs_a_count_and_no_term(alice: Client) -> None:
    made = koval()
    page = alice.post("/people/search/", {"query": "Kovalenchuk Ostap"}, headers={"HX-Request": "true"}).content.decode()
    assert f"/people/{made.number}/" in page
    assert "<html" not in page
    line = Line.objects.get(tag=Tag.REGISTER_PERSON_SEARCHED.value)
    assert (line.subject, line.counts, line.detail) == ("", {"found": 1}, None)
    assert Line.objects.filter(tag=Tag.REGISTER_PERSON_READ.value, subject=f"person:{made.number}").count() == 1


def test_a_search_finds_every_spelling_that_a_source_gave(alice: Client) -> None:
    made = koval()
    other = Said("", Field.SURNAME, claim(Field.SURNAME, "Tretyakidze"), RECORDS)
    services.add_claims(made.number, [other], seen=1, by=None)
    for query in ("Tretyakidze", "Коваленчук", "третякідзе"):
        assert f"r-{made.number}" in alice.post("/people/search/", {"query": query}).content.decode()


def test_a_search_sees_who_was_entered_a_moment_ago(alice: Client) -> None:
    """SORMAS #2789: an editor could not see the person just added, and made duplicates."""
    koval()
    alice.post("/people/search/", {"query": "Тестенко"})
    alice.post("/people/add/", {**SOURCE, "ticket": "t", "surname": "Тестенко", "given_names": "Іван"})
    assert "Тестенко" in alice.post("/people/search/", {"query": "testenko"}).content.decode()


def test_the_panel_of_duplicates_shows_all_namesakes(alice: Client) -> None:
    """SORMAS #2506: only one of several homonyms was shown."""
    made = [koval(birth_date=f"{year}-03-14") for year in range(1970, 1990)]
    page = alice.post("/people/duplicates/", {"surname": "Kovalenchuk", "given_names": "Ostap"}).content.decode()
    assert all(f"r-{one.number}" in page for one in made)


def test_the_panel_never_shows_the_person_itself(alice: Client) -> None:
    """SORMAS #5442: a record was found as its own duplicate."""
    one, other = koval(), koval()
    typed = {"surname": "Коваленчук", "given_names": "Остап", "besides": str(one)}
    page = alice.post("/people/duplicates/", typed).content.decode()
    assert f"r-{other.number}" in page
    assert f"r-{one.number}" not in page


def test_a_file_goes_through_dry_run_decision_and_result_by_its_pages(alice: Client) -> None:
    file = SimpleUploadedFile("Коваленчук.csv", sheet(ROWS))
    answer = alice.post("/people/imports/add/", {**SOURCE, "file": file})
    of = Import.objects.get()
    assert answer.headers["Location"] == f"/people/imports/{of.pk}/"
    page = alice.get(f"/people/imports/{of.pk}/").content.decode()
    for part in ("Тестенко", "new person", "names nobody"):
        assert part in page
    assert not Person.objects.exists()
    assert alice.post(f"/people/imports/{of.pk}/rows/3/", {"choice": "skip"}).status_code == 302
    assert alice.post(f"/people/imports/{of.pk}/rows/3/", {"choice": "mine"}).status_code == 404
    alice.post(f"/people/imports/{of.pk}/go-on/")
    result = alice.get(f"/people/imports/{of.pk}/result.csv")
    lines = result.content.decode("utf-8-sig").splitlines()
    assert [line.split(";")[1] for line in lines[1:]] == [
        "entered as a new person",
        "left out by the officer",
        "refused by the reader",
        "entered as a new person",
    ]
    assert "Тестенко" not in result.content.decode()
    assert "Коваленчук" not in result.headers["Content-Disposition"]
    for show in ("new", "added", "likely", "refused"):
        assert alice.get(f"/people/imports/{of.pk}/?show={show}").status_code == 200


def test_another_officers_import_is_not_there(alice: Client, sign_in) -> None:
    maria = sign_in(Role.REGISTRAR, name="maria")
    of = services_import.stage(sheet(ROWS), "list.csv", RECORDS, by=alice.officer)  # type: ignore[attr-defined]
    assert maria.get(f"/people/imports/{of.pk}/").status_code == 404
    assert maria.get(f"/people/imports/{of.pk}/result.csv").status_code == 404
    for verb in ("go-on", "leave-out", "drop", "rows/2"):
        assert maria.post(f"/people/imports/{of.pk}/{verb}/", {"choice": "skip"}).status_code == 404


def test_a_file_that_is_no_list_is_refused_with_a_remedy(alice: Client) -> None:
    answer = alice.post("/people/imports/add/", {**SOURCE, "file": SimpleUploadedFile("x.pdf", b"%PDF-1.7 nothing")})
    assert "This is a PDF." in answer.content.decode()


def test_an_emergency_of_somebody_else_is_not_ones_own_to_close(alice: Client, bob: Client) -> None:
    alice.post("/people/break-glass/", {"ground": "life", "sought": "r-1234567", "reason": "somebody is in danger here"})
    one = Emergency.objects.get()
    assert bob.post(f"/people/break-glass/{one.pk}/end/").status_code == 404
    assert alice.post(f"/people/break-glass/{one.pk}/end/").status_code == 302


def test_no_page_of_the_register_says_a_name_in_an_address(alice: Client) -> None:
    made = koval()
    from urllib.parse import unquote

    for path in ("/people/", f"/people/{made.number}/", "/people/imports/"):
        page = alice.get(path).content.decode()
        addresses = [unquote(part.split('"')[0]) for part in page.split('href="')[1:]]
        assert not [each for each in addresses if "Коваленчук" in each or "Остап" in each]


@pytest.mark.parametrize(("latin", "marked"), [("Kovalenchuk", False), ("Tymoshenko", True)])
def test_a_name_in_another_script_that_is_another_name_is_marked(alice: Client, latin: str, marked: bool) -> None:
    made = koval()
    services.add_claims(made.number, [Said("", Field.SURNAME, claim(Field.SURNAME, latin), RECORDS)], seen=1, by=None)
    assert ("another name?" in alice.get(f"/people/{made.number}/").content.decode()) is marked
