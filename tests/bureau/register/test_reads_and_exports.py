"""Who read whom, with filters that hold while leafing; and files that hold only what their officer may see."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.db import transaction
from django.test import Client

from homeward.bureau.access.roles import GROUPS, ROLES, Role
from homeward.bureau.journal.models import Line
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag
from homeward.bureau.register import services
from homeward.bureau.register.claims import Said
from homeward.bureau.register.models import Export
from homeward.people import Field, PartialDate, read_people
from tests.bureau.register.people import RECORDS, claim, enter, koval
from tests.bureau.register.test_pages import SOURCE

pytestmark = pytest.mark.django_db

#: A value for every field, each of them found nowhere else on any page.
MARKED = {
    field.value: str(PartialDate(1950 + place, 1 + place % 12, 1 + place % 28))
    if field in {Field.BIRTH_DATE, Field.CAPTURED_ON, Field.STATE_SINCE}
    else f"Zzmark{place:02}q"
    for place, field in enumerate(Field)
    if field is not Field.ID
}


@pytest.fixture
def ada(sign_in) -> Client:
    return sign_in(Role.AUDITOR, name="ada")


def test_leafing_through_filtered_reads_keeps_the_filter(ada: Client, sign_in) -> None:
    """Primero R2-3267: pagination returned nothing after filtering."""
    maria, petro = (sign_in(Role.REGISTRAR, name=name).officer for name in ("maria", "petro"))
    with transaction.atomic():
        for at in range(120):
            write(Tag.REGISTER_PERSON_READ, "person:1111111", by=maria, counts={"where": "page"})
            write(Tag.REGISTER_PERSON_READ, f"person:{2_000_000 + at}", by=petro, counts={"where": "search"})
    for asked, subject in (("number=r-1111111", "r-1111111"), ("officer=petro", None), ("where=search&officer=petro", None)):
        seen = []
        for number in (1, 2, 3):
            page = ada.get(f"/people/reads/?{asked}&page={number}")
            rows = page.context["rows"]
            assert len(rows) == (50, 50, 20)[number - 1]
            seen += [line.pk for line, _, _ in rows]
            if subject:
                assert {f"r-{person}" for _, person, _ in rows} == {subject}
            text = page.content.decode()
            if number < 3:
                assert all(part in text for part in asked.replace("&", " ").split()) or "page=" in text
                following = text.split('class="pages"')[1].split('href="')[-1].split('"')[0].replace("&amp;", "&")
                assert all(part in following for part in asked.split("&")), "the way on keeps every filter"
        assert len(set(seen)) == 120


def test_filters_of_reads_by_day_and_place(ada: Client, alice: Client) -> None:
    made = koval()
    alice.get(f"/people/{made.number}/")
    alice.get("/people/")
    count = lambda asked: ada.get(f"/people/reads/?{asked}").context["page"].paginator.count  # noqa: E731
    assert count(f"number=r-{made.number}") == 2
    assert count("where=page") == 1
    assert count("since=2000-01-01&until=2001-01-01") == 0
    assert count("since=2000-01-01") == 2
    assert count("number=Коваленчук") == 0, "a filter that cannot be read fits nothing, and not everything"
    assert count("since=yesterday") == 0


def test_everybody_who_is_shown_is_written_down_and_leafing_does_not_flood(alice: Client) -> None:
    made = [koval(), enter(surname="Тестенко")]
    reads = lambda: sorted(Line.objects.filter(tag=Tag.REGISTER_PERSON_READ.value).values_list("subject", "counts__where"))  # noqa: E731
    for _ in range(3):
        alice.get("/people/")
    assert reads() == sorted((f"person:{one.number}", "list") for one in made)
    alice.get(f"/people/{made[0].number}/")
    alice.get(f"/people/{made[0].number}/")
    assert reads().count((f"person:{made[0].number}", "page")) == 2


def test_what_one_officer_read_and_who_read_one_person(ada: Client, alice: Client, bob: Client) -> None:
    one, other = koval(), enter(surname="Тестенко")
    alice.get(f"/people/{one.number}/")
    bob.get(f"/people/{one.number}/")
    bob.get(f"/people/{other.number}/")
    who = ada.get(f"/people/reads/?number={one}").context["rows"]
    assert [line.actor.username for line, _, _ in who] == ["bob", "alice"]
    what = ada.get("/people/reads/?officer=bob").context["rows"]
    assert [number for _, number, _ in what] == [str(other.number), str(one.number)]
    page = ada.get(f"/people/reads/?number={one}").content.decode()
    assert "Коваленчук" not in page


# -- fields that a role does not see


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.LIST_OFFICER, Role.REVIEWER, Role.DATA_PROTECTION])
def test_no_place_shows_a_field_that_the_role_does_not_see(sign_in, role: Role) -> None:
    """SORMAS #5550: the merge view showed what the list had hidden. Here: page, timeline, list, search, duplicates, export."""
    made = enter(**MARKED)
    other = Said("", Field.MEDICAL, claim(Field.MEDICAL, "Zzmark98q"), RECORDS)
    services.add_claims(made.number, [other], seen=1, by=None, other={"Діагноз": "Zzmark99q"})
    client = sign_in(role)
    hidden = {field for group, fields in GROUPS.items() if group not in ROLES[role].sees for field in fields} - {Field.ID}
    part = {"HX-Request": "true"}  # Without the frame, in which the officer's own words stand again.
    answers = {
        "page": client.get(f"/people/{made.number}/"),
        "list": client.get("/people/"),
        "search": client.post("/people/search/", {"query": MARKED["surname"]}, headers=part),
        "hidden search": client.post("/people/search/", {"query": MARKED["medical"]}, headers=part),
        "duplicates": client.post("/people/duplicates/", {"surname": MARKED["surname"], "given_names": MARKED["given_names"]}),
        "claim": client.get(f"/people/{made.number}/claim/"),
        "export": client.post("/people/export/", {"ending": ".csv", "reason": "to see what is in it"}),
    }
    for place, answer in answers.items():
        text = answer.content.decode() if answer.status_code == 200 else ""
        leaked = [field for field in hidden if MARKED[field.value] in text]
        assert not leaked, f"{place} shows {leaked} to {role}"
        if Field.MEDICAL in hidden:
            assert "Zzmark98q" not in text, place
        if "notes" not in ROLES[role].sees:
            assert "Zzmark99q" not in text, place
            assert "Діагноз" not in text, place
    assert MARKED["surname"] in answers["page"].content.decode()


def test_a_field_that_the_role_does_not_see_cannot_be_corrected_or_asked_for(alice: Client) -> None:
    made = enter(surname="Коваленчук", medical="sick")
    (statement, batch), *_ = services.claims_of(made)
    place = next(at for at, said in enumerate(batch) if said.field is Field.MEDICAL)
    assert alice.get(f"/people/{made.number}/claims/{statement.pk}/{place}/").status_code == 404
    alice.post(f"/people/{made.number}/claim/", {**SOURCE, "seen": "1", "ticket": "t", "medical": "well", "unit": "А1"})
    whole = services.person(made.number)
    assert whole is not None
    assert (whole.text(Field.MEDICAL), whole.text(Field.UNIT)) == ("sick", "А1")


def test_an_import_does_not_answer_what_a_hidden_field_says(alice: Client) -> None:
    """Whether a row is news must not tell a registrar if the guess of a medical condition was right."""
    from homeward.bureau.register import services_import
    from homeward.people import table_bytes

    made = enter(surname="Коваленчук", given_names="Остап", medical="sick")
    heads = ["ID", "Surname", "Given names", "Medical condition"]
    actions = set()
    for guess in ("sick", "well"):
        data = table_bytes(".csv", heads, [[str(made), "Коваленчук", "Остап", guess]])
        of = services_import.stage(data, "guess.csv", RECORDS, by=alice.officer)  # type: ignore[attr-defined]
        row = of.rows.get()
        actions.add((row.action, tuple(row.content["fields"])))
    assert len(actions) == 1


# -- exports


@pytest.fixture
def lev(sign_in) -> Client:
    return sign_in(Role.LIST_OFFICER, name="lev")


def take(client: Client, ending: str = ".xlsx", show: str = "") -> bytes:
    answer = client.post(f"/people/export/?show={show}", {"ending": ending, "reason": "for the list of stage two"})
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="register-')
    return answer.content


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_an_export_is_read_back_with_nothing_lost(lev: Client, ending: str) -> None:
    koval(rank="major", medical="sick", captured_on="2022-05")
    file = read_people(f"x{ending}", data=take(lev, ending))
    (person,) = file.people
    whole = services.people(None)[0]
    assert {field: value.value for field, value in person.claims.items() if field is not Field.ID} == {
        field: value.value for field, value in whole.claims.items()
    }


def test_an_export_carries_its_watermark_and_is_in_the_journal_with_whom_it_holds(lev: Client) -> None:
    made = sorted(one.number for one in (koval(), enter(surname="Тестенко")))
    book = openpyxl.load_workbook(io.BytesIO(take(lev)))
    export = Export.objects.get()
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert {row[-1] for row in rows[1:]} == {export.watermark}
    assert any(export.watermark in str(cell) for row in book.worksheets[1].iter_rows(values_only=True) for cell in row)
    line = Line.objects.get(tag=Tag.REGISTER_EXPORT_MADE.value)
    assert (line.subject, line.counts) == (f"export:{export.watermark}", {"rows": 2, "watermark": export.watermark})
    assert line.detail["numbers"] == made
    assert line.detail["reason"] == "for the list of stage two"
    read = Line.objects.filter(tag=Tag.REGISTER_PERSON_READ.value, counts__where="export").values_list("subject", flat=True)
    assert sorted(read) == sorted(f"person:{number}" for number in made)


def test_no_cell_of_an_export_is_run_by_a_spreadsheet(lev: Client) -> None:
    enter(surname='=HYPERLINK("http://example.org","x")', given_names="+1", note="@SUM(A1)")
    for cell in (cell for row in openpyxl.load_workbook(io.BytesIO(take(lev))).worksheets[0].iter_rows() for cell in row):
        assert cell.data_type != "f"
    lines = take(lev, ".csv").decode("utf-8-sig").splitlines()
    for cell in (cell for line in lines for cell in line.split(";")):
        assert not cell.strip('"').startswith(("=", "+", "-", "@"))


def test_an_export_needs_a_reason_and_makes_nothing_without_one(lev: Client) -> None:
    koval()
    answer = lev.post("/people/export/", {"ending": ".csv", "reason": " "})
    assert answer.status_code == 200
    assert "Content-Disposition" not in answer.headers
    assert not Export.objects.exists()


def test_the_part_of_the_list_that_was_shown_is_what_is_taken_out(lev: Client) -> None:
    one = koval(state="missing")
    koval(state="released")
    file = read_people("x.csv", data=take(lev, ".csv", "missing"))
    assert [person.id for person in file.people] == [str(one)]
