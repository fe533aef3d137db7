"""Writing a line of the journal: in the same transaction as the change that it tells of, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction

from homeward.bureau.access.models import User
from homeward.bureau.journal.models import Line
from homeward.bureau.journal.tags import Tag


def write(
    tag: Tag,
    subject: str = "",
    *,
    by: User | AnonymousUser | None,
    counts: Mapping[str, int | str] | None = None,
    detail: Mapping[str, Any] | None = None,
) -> Line:
    """Write one line. `counts` must hold nothing personal; whatever could is `detail`, which is sealed at rest.

    Has to be called inside a transaction, the one that makes the change.
    """
    assert connection.in_atomic_block, "a line of the journal belongs into the transaction of what it tells"
    return Line.objects.create(tag=tag.value, subject=subject, actor=_actor(by), counts=dict(counts or {}), detail=detail)


def write_many(tag: Tag, subjects: Iterable[str], *, by: User | AnonymousUser | None, counts: Mapping[str, int | str]) -> None:
    """One line for each subject, such as everybody shown on a page."""
    assert connection.in_atomic_block, "a line of the journal belongs into the transaction of what it tells"
    Line.objects.bulk_create(
        [Line(tag=tag.value, subject=subject, actor=_actor(by), counts=dict(counts)) for subject in subjects]
    )


def write_each(tag: Tag, told: Iterable[tuple[str, Mapping[str, int | str]]], *, by: User | AnonymousUser | None) -> None:
    """One line for each subject with counts of its own, in one go: for work on thousands of rows."""
    assert connection.in_atomic_block, "a line of the journal belongs into the transaction of what it tells"
    actor = _actor(by)
    Line.objects.bulk_create(
        [Line(tag=tag.value, subject=subject, actor=actor, counts=dict(counts)) for subject, counts in told]
    )


def note_export(rows: int, asked: Mapping[str, str], *, by: User) -> None:
    """Say that lines of the journal were taken out in a file, and what was asked for."""
    with transaction.atomic():
        write(Tag.JOURNAL_EXPORT_MADE, by=by, counts={"rows": rows, **asked})


def _actor(by: User | AnonymousUser | None) -> User | None:
    return by if isinstance(by, User) else None
