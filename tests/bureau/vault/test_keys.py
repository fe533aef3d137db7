"""Keys at rest: what they open, what they refuse, and adding one while the node works."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from homeward.bureau.access.models import User
from homeward.bureau.journal.models import Line
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag
from homeward.bureau.vault.keys import KeyRing, VaultError, add_key, key_file, key_ring
from tests.bureau.conftest import make_officer

ONE, TWO = KeyRing([b"1" * 32]), KeyRing([b"2" * 32])


@given(st.binary(max_size=300), st.binary(max_size=40))
def test_what_is_sealed_opens_for_its_purpose(plain: bytes, purpose: bytes) -> None:
    assert ONE.open(ONE.seal(plain, purpose), purpose) == plain


@given(st.binary(max_size=60), st.data())
def test_a_sealed_value_with_any_byte_changed_does_not_open(plain: bytes, data: st.DataObject) -> None:
    sealed = bytearray(ONE.seal(plain, b"a"))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(VaultError):
        ONE.open(bytes(sealed), b"a")


def test_another_nodes_keys_open_nothing() -> None:
    with pytest.raises(VaultError, match="wrong key"):
        TWO.open(ONE.seal(b"x", b"a"), b"a")


def test_the_same_value_sealed_twice_gives_different_bytes() -> None:
    assert ONE.seal(b"x", b"a") != ONE.seal(b"x", b"a")


def test_a_newer_key_seals_and_the_older_one_still_opens() -> None:
    old = ONE.seal(b"x", b"a")
    both = KeyRing([b"1" * 32, b"2" * 32])
    assert both.open(old, b"a") == b"x"
    assert both.seal(b"x", b"a")[1] == 1
    with pytest.raises(VaultError, match=r"at-rest\.keys"):
        ONE.open(both.seal(b"x", b"a"), b"a")


def test_a_mark_finds_the_same_text_again_and_stays_when_a_key_is_added() -> None:
    assert ONE.mark("a", b"p") == KeyRing([b"1" * 32, b"2" * 32]).mark("a", b"p")
    assert len({ONE.mark("a", b"p"), ONE.mark("b", b"p"), ONE.mark("a", b"q"), TWO.mark("a", b"p")}) == 4


def test_the_key_file_is_closed_to_other_users_and_a_damaged_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOMEWARD_NODE", str(tmp_path))
    key_ring()
    assert key_file(tmp_path).stat().st_mode & 0o077 == 0
    assert key_file(tmp_path).parent.stat().st_mode & 0o077 == 0
    for damaged in ("", "not base64!", base64.b64encode(b"short").decode()):
        key_file(tmp_path).write_text(damaged)
        with pytest.raises(VaultError, match="damaged"):
            key_ring()


def test_a_key_that_another_process_adds_is_used_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOMEWARD_NODE", str(tmp_path))
    before = key_ring().seal(b"x", b"a")
    add_key(tmp_path)
    os.utime(key_file(tmp_path), ns=(0, 0))
    assert key_ring().newest == 1
    assert key_ring().open(before, b"a") == b"x"


def test_a_ring_holds_no_more_keys_than_a_value_can_name(tmp_path: Path) -> None:
    line = base64.b64encode(b"k" * 32).decode()
    key_file(tmp_path).parent.mkdir()
    key_file(tmp_path).write_text("\n".join([line] * 256))
    with pytest.raises(VaultError, match="256"):
        add_key(tmp_path)


@pytest.mark.django_db
def test_a_value_moved_to_another_column_or_table_does_not_open() -> None:
    with transaction.atomic():
        write(Tag.NODE_KEY_ADDED, by=None, detail={"a": "b"})
    user = make_officer("zoe")
    with connection.cursor() as cursor:
        cursor.execute("SELECT detail FROM journal_line WHERE detail IS NOT NULL")
        (moved,) = cursor.fetchone()
        cursor.execute("UPDATE access_user SET called = %s WHERE id = %s", [moved, user.pk])
    with pytest.raises(VaultError):
        User.objects.get(pk=user.pk)
    assert Line.objects.exclude(detail=None).get().detail == {"a": "b"}
