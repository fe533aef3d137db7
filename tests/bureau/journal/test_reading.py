"""Asking the journal: filters that hold on every leaf (Primero R2-3267), ids that are always there (R2-1602), exports that run nothing."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from openpyxl import load_workbook

from homeward.bureau.access.roles import Role
from homeward.bureau.journal import views
from homeward.bureau.journal.models import Line
from homeward.bureau.journal.services import write, write_many
from homeward.bureau.journal.tags import Tag
from tests.bureau.conftest import SignIn, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(sign_in: SignIn) -> Client:
    return sign_in(Role.AUDITOR, name="ann")


def _read(count: int, by: object = None) -> None:
    with transaction.atomic():
        write_many(Tag.REGISTER_PERSON_READ, [f"person:{number}" for number in range(count)], by=by, counts={})  # type: ignore[arg-type]


def test_a_filter_holds_on_every_leaf_and_the_leaves_give_every_line_once(ann: Client) -> None:
    alice, bob = make_officer("alice", Role.REGISTRAR), make_officer("bob", Role.REGISTRAR)
    _read(250, alice)
    _read(30, bob)
    seen: list[int] = []
    address: str | None = f"/log/?tag=register:person:read&actor={alice.pk}"
    while address:
        answer = ann.get(address)
        lines = list(answer.context["page"].object_list)
        assert {line.actor for line in lines} == {alice}
        seen += [line.pk for line in lines]
        leaf = re.search(r'class="button" href="([^"]*page=\d+[^"]*)">On<', answer.content.decode())
        address = "/log/" + leaf.group(1).replace("&amp;", "&") if leaf else None
    assert len(seen) == len(set(seen)) == 250


def test_the_filters_stay_in_the_form_after_they_were_used(ann: Client) -> None:
    _read(1)
    page = ann.get(
        "/log/?tag=register:person:read&subject=person:0&since=2020-01-01&until=2099-01-01&actor=none"
    ).content.decode()
    assert '<option value="register:person:read" selected>' in page
    assert '<option value="none" selected>' in page
    assert 'value="person:0"' in page
    assert 'value="2020-01-01"' in page


def test_a_whole_app_can_be_asked_for(ann: Client) -> None:
    _read(3)
    lines = ann.get("/log/?tag=register").context["page"].object_list
    assert {line.tag for line in lines} == {Tag.REGISTER_PERSON_READ.value}


def test_days_are_counted_from_midnight_to_midnight_in_utc(ann: Client) -> None:
    _read(1)
    day = f"{Line.objects.filter(tag=Tag.REGISTER_PERSON_READ).get().at:%Y-%m-%d}"
    tag = "tag=register:person:read"
    assert ann.get(f"/log/?{tag}&since={day}&until={day}").context["page"].paginator.count == 1
    assert ann.get(f"/log/?{tag}&until=2020-01-01").context["page"].paginator.count == 0


@pytest.mark.parametrize("wrong", ["tag=nothing", "actor=99999", "actor=x", "actor=²", "since=yesterday", "until=2025-13-01"])
def test_a_question_that_makes_no_sense_is_told_and_answered_with_nothing(ann: Client, wrong: str) -> None:
    answer = ann.get(f"/log/?{wrong}")
    assert answer.status_code == 400
    assert not answer.context["page"].object_list
    assert "does not exist" in answer.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "9999"])
def test_a_leaf_that_is_not_there_shows_one_that_is(ann: Client, page: str) -> None:
    assert ann.get(f"/log/?page={page}").status_code == 200


def test_every_line_shows_its_number_and_the_id_of_what_it_is_about(ann: Client) -> None:
    _read(1)
    line = Line.objects.get(tag=Tag.REGISTER_PERSON_READ)
    page = ann.get("/log/").content.decode()
    assert f'<td class="num">{line.pk}</td>' in page
    assert '<a href="?subject=person%3A0">person:0</a>' in page


def test_a_page_of_the_journal_takes_as_many_queries_for_a_hundred_lines_as_for_one(
    ann: Client, django_assert_num_queries: object
) -> None:
    from django.test.utils import CaptureQueriesContext

    counts = []
    for lines in (1, 99):
        _read(lines, make_officer(f"reader{lines}", Role.REGISTRAR))
        with CaptureQueriesContext(connection) as asked:
            ann.get("/log/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_an_export_holds_the_lines_asked_for_runs_nothing_and_is_in_the_journal(ann: Client) -> None:
    _read(3)
    dangerous = make_officer("=cmd|calc", Role.REGISTRAR)
    with transaction.atomic():
        write(Tag.REGISTER_PERSON_READ, "=1+1", by=dangerous, counts={"=x": "@y"})
    answer = ann.post("/log/export", {"tag": "register:person:read"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="journal.xlsx"'
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2))
    assert [row[4].value for row in rows] == ["=1+1", "person:2", "person:1", "person:0"]
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "inlineStr"}, "a cell holds a formula"
    line = Line.objects.first()
    assert line is not None
    assert (line.tag, line.actor, line.counts) == (
        "journal:export:made",
        ann.officer,  # type: ignore[attr-defined]
        {"rows": 4, "tag": "register:person:read"},
    )


def test_an_export_cannot_be_made_by_an_address_alone(ann: Client) -> None:
    assert ann.get("/log/export").status_code == 405
    assert not Line.objects.filter(tag=Tag.JOURNAL_EXPORT_MADE).exists()


def test_what_was_sealed_into_a_line_is_on_no_page_and_in_no_export(ann: Client) -> None:
    with transaction.atomic():
        write(Tag.REGISTER_PERSON_CLAIMED, "person:1", by=None, detail={"surname": "Vyhadanenko"})
    assert b"Vyhadanenko" not in ann.get("/log/").content
    sheet = load_workbook(io.BytesIO(ann.post("/log/export").content)).worksheets[0]
    assert "Vyhadanenko" not in str([[cell.value for cell in row] for row in sheet.iter_rows()])


def test_a_line_is_written_only_inside_the_transaction_of_what_it_tells(transactional_db: None) -> None:
    with pytest.raises(AssertionError, match="transaction"):
        write(Tag.NODE_KEY_ADDED, by=None)


def test_a_change_that_fails_leaves_no_line() -> None:
    def change() -> None:
        with transaction.atomic():
            write(Tag.NODE_KEY_ADDED, by=None)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change()
    assert not Line.objects.exists()


def test_django_itself_neither_changes_nor_deletes_a_line() -> None:
    with transaction.atomic():
        line = write(Tag.NODE_KEY_ADDED, by=None)
    with pytest.raises(AssertionError):
        line.save()
    with pytest.raises(AssertionError):
        line.delete()
    for change in (lambda: Line.objects.all().delete(), lambda: Line.objects.update(subject="x")):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


@pytest.fixture
def serving_role() -> Iterator[str]:
    """PostgreSQL: a role with what `homeward node update --grant` gives it."""
    if connection.vendor != "postgresql":
        pytest.skip("roles are PostgreSQL's; set HOMEWARD_TEST_DATABASE to one")
    from homeward.bureau.node.roles import grant

    name = "homeward_test_serving"
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE ROLE {name}")
        cursor.execute(f"GRANT {name} TO CURRENT_USER")
    grant(name)
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {name}")
    yield name
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_line SET subject = 'x'",
        "DELETE FROM journal_line",
        "TRUNCATE journal_line",
        "DROP TRIGGER journal_line_no_change ON journal_line",
    ],
)
def test_the_role_that_serves_has_no_right_to_change_the_journal(serving_role: str, statement: str) -> None:
    with transaction.atomic():
        write(Tag.NODE_KEY_ADDED, by=None)
    with (
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    make_officer("zoe")  # What it is for, it may.


def test_the_page_holds_as_many_lines_as_it_says() -> None:
    assert views.PER_PAGE == 100
