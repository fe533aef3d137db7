"""The journal is only ever added to."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from homeward.bureau.journal.models import Line
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("statement", ["UPDATE journal_line SET subject = 'x'", "DELETE FROM journal_line"])
def test_raw_sql_cannot_change_or_delete_a_line(statement: str) -> None:
    with transaction.atomic():
        write(Tag.REGISTER_PERSON_READ, "person:1", by=None)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Line.objects.get().subject == "person:1"


def test_the_detail_of_a_line_is_not_readable_in_the_database() -> None:
    """ODK central-backend #822: personal data found its way into the audit log."""
    with transaction.atomic():
        write(Tag.REGISTER_PERSON_CLAIMED, "person:1", by=None, detail={"surname": "Вигаданий"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT detail FROM journal_line")
        (stored,) = cursor.fetchone()
    assert "Вигаданий".encode() not in bytes(stored)
    assert Line.objects.get().detail == {"surname": "Вигаданий"}


def test_an_auditor_reads_the_journal_and_an_officer_without_a_role_does_not(charlie: Client, sign_in) -> None:
    from homeward.bureau.access.roles import Role

    auditor = sign_in(Role.AUDITOR)
    assert auditor.get("/log/").status_code == 200
    assert charlie.get("/log/").status_code == 403


def test_without_a_login_every_page_leads_to_the_login(client: Client) -> None:
    assert client.get("/log/").headers["Location"].startswith("/accounts/login/")
