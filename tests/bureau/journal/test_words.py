"""The journal in words: no kind of line is without its sentence, in no language that is complete."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation

from homeward.bureau.access.roles import Role
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag
from homeward.bureau.journal.words import ROOMS, SAYS, says
from tests.bureau.conftest import SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(sign_in: SignIn) -> Client:
    return sign_in(Role.AUDITOR, name="ann")


def test_every_kind_of_line_has_one_sentence_of_its_own() -> None:
    assert set(SAYS) == set(Tag)
    with translation.override("en"):
        sentences = [str(each) for each in SAYS.values()]
    assert len(set(sentences)) == len(sentences)
    assert all(each.endswith(".") and each[0].isupper() for each in sentences)
    assert {tag.value.partition(":")[0] for tag in Tag} == set(ROOMS)


@pytest.mark.parametrize("tag", list(Tag), ids=lambda tag: tag.value)
def test_every_sentence_is_there_in_ukrainian(tag: Tag) -> None:
    with translation.override("en"):
        english = says(tag.value)
    with translation.override("uk"):
        assert says(tag.value) != english


def test_a_kind_of_another_version_is_shown_as_it_is() -> None:
    assert says("later:thing:done") == "later:thing:done"


def test_the_page_tells_each_line_in_words_with_its_code_beside_it_and_offers_kinds_in_words(ann: Client) -> None:
    with transaction.atomic():
        write(Tag.NODE_BACKUP_MADE, by=None)
    page = ann.get("/log/?tag=node:backup:made").content.decode()
    assert "<td>Made a backup of the node.<br>" in page
    assert '<a class="mono" href="?tag=node%3Abackup%3Amade">node:backup:made</a>' in page
    assert '<option value="node:backup:made" selected>Made a backup of the node.</option>' in page


def test_the_files_hold_codes_and_words(ann: Client) -> None:
    with transaction.atomic():
        write(Tag.NODE_BACKUP_MADE, "=1+1", by=None)
    answer = ann.post("/log/export", {"tag": "node:backup:made", "as": "csv"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="journal.csv"'
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert (row["what"], row["in words"]) == ("node:backup:made", "Made a backup of the node.")
    assert not row["about"].startswith("="), "a spreadsheet would run it"
    assert ann.post("/log/export").headers["Content-Disposition"] == 'attachment; filename="journal.xlsx"'
