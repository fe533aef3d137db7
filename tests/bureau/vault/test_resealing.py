"""Sealing everything anew: in batches, cut off and gone on with, never over an officer's change."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import connection, transaction

from homeward.bureau.access.models import User
from homeward.bureau.journal.models import Line
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag
from homeward.bureau.vault import resealing
from homeward.bureau.vault.keys import add_key, key_file, key_ring
from homeward.bureau.vault.resealing import reseal, sealed_columns, unchangeable_tables, waiting
from homeward.bureau.vault.services import new_key
from tests.bureau.conftest import SECRET, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A node with a ring of its own, and seven officers."""
    monkeypatch.setenv("HOMEWARD_NODE", str(tmp_path))
    for number in range(7):
        make_officer(f"officer{number}")
    return tmp_path


def _numbers() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT called FROM access_user ORDER BY id")
        return [bytes(called)[1] for (called,) in cursor.fetchall()]


def test_a_new_key_seals_every_value_anew_and_every_value_still_reads(folder: Path) -> None:
    assert new_key(folder, batch=3) == (1, 7 + 7)
    assert _numbers() == [1] * 7
    assert [user.called for user in User.objects.order_by("pk")] == [f"Officer{number}" for number in range(7)]
    secrets = [get_adapter().decrypt(each.data["secret"]) for each in Authenticator.objects.all()]
    assert secrets == [SECRET] * 7
    assert {base64.b64decode(each.data["secret"])[1] for each in Authenticator.objects.all()} == {1}
    assert waiting() == 0
    assert Line.objects.get(tag=Tag.NODE_KEY_ADDED).counts == {"keys": 2}


@pytest.mark.parametrize("batches", [0, 1, 2])
def test_cut_off_after_any_batch_it_goes_on_and_adds_no_third_key(folder: Path, batches: int) -> None:
    class PowerCutError(Exception):
        pass

    seen = []

    def cut(done: int) -> None:
        seen.append(done)
        if len(seen) > batches:
            raise PowerCutError

    if batches:
        with pytest.raises(PowerCutError):
            new_key(folder, batch=2, progress=cut)
    else:
        add_key(folder)  # The ring was written, and nothing else.
    assert waiting() > 0
    assert [user.called for user in User.objects.order_by("pk")] == [f"Officer{number}" for number in range(7)]
    added, _sealed = new_key(folder, batch=2)
    assert (added, waiting(), len(key_file(folder).read_text().split())) == (0, 0, 2)


def test_an_officers_change_in_between_is_never_undone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_key(folder)
    writing = resealing._writing

    def changed_first(each: resealing.Column) -> str:
        # Between reading a batch and writing it somebody is given another name.
        User.objects.filter(username="officer3").update(called="Changed")
        return writing(each)

    monkeypatch.setattr(resealing, "_writing", changed_first)
    reseal(batch=100)
    assert User.objects.get(username="officer3").called == "Changed"
    assert waiting() == 0


def test_the_journal_stays_as_it_was_written_and_stays_readable(folder: Path) -> None:
    with transaction.atomic():
        write(Tag.ACCESS_USER_CHANGED, "user:1", by=None, detail={"called": "Вигаданий"})
    new_key(folder)
    with connection.cursor() as cursor:
        cursor.execute("SELECT detail FROM journal_line WHERE detail IS NOT NULL")
        assert bytes(cursor.fetchone()[0])[1] == 0
    assert Line.objects.get(tag=Tag.ACCESS_USER_CHANGED).detail == {"called": "Вигаданий"}


def test_every_sealed_column_is_known_and_the_journal_is_unchangeable() -> None:
    assert ("access_user", "called") in {(each.table, each.column) for each in sealed_columns()}
    assert "journal_line" in unchangeable_tables()
    assert "access_user" not in unchangeable_tables()


def test_nothing_sealed_remains_under_the_first_key_alone_in_tables_that_change(folder: Path) -> None:
    new_key(folder)
    kept = unchangeable_tables()
    newest = key_ring().newest
    for each in sealed_columns():
        if each.table in kept:
            continue
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT "{each.column}" FROM "{each.table}" WHERE "{each.column}" IS NOT NULL')
            assert {bytes(value)[1] for (value,) in cursor.fetchall()} <= {newest}
