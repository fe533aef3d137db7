"""Sealing everything anew under the newest key, in batches, while the node works; cut off at any moment, it goes on where it was.

Which values wait is read from the values themselves: their second byte is the number of their key. A row is written only if it is
still what was read, so that an officer's change in between is never undone. Tables that triggers keep from being changed (the
journal, other histories) stay under the keys they were written with, which therefore stay in the ring.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection, transaction

from homeward.bureau.vault.fields import SealedBytes
from homeward.bureau.vault.keys import key_ring

BATCH = 500

#: What the login library keeps sealed inside a JSON value (`homeward.bureau.access.adapter`), and for which purpose.
_FACTOR_KEYS, _FACTOR_PURPOSE = ("secret", "seed"), b"mfa"


@dataclass(frozen=True, slots=True)
class Column:
    """A sealed column of a table, and the name of the table's key."""

    table: str
    key: str
    column: str

    @property
    def purpose(self) -> bytes:
        """What its values are sealed for."""
        return f"{self.table}.{self.column}".encode()


def sealed_columns() -> list[Column]:
    """All sealed columns of all apps, in a fixed order."""
    found = [
        Column(model._meta.db_table, str(model._meta.pk.column), str(field.column))
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedBytes)
    ]
    return sorted(found, key=lambda each: (each.table, each.column))


def unchangeable_tables() -> frozenset[str]:
    """The tables that a trigger keeps from being changed."""
    question = (
        "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%BEFORE UPDATE%'"
        if connection.vendor == "sqlite"
        else "SELECT event_object_table FROM information_schema.triggers WHERE event_manipulation = 'UPDATE' "
        "AND action_timing = 'BEFORE'"
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        return frozenset(str(table) for (table,) in cursor.fetchall())


def waiting() -> int:
    """How many values that may be changed are sealed under an older key."""
    newest = bytes((key_ring().newest,))
    count = sum(1 for _ in _factors())
    with connection.cursor() as cursor:
        for each in _changeable():
            cursor.execute(_counting(each), [newest])
            count += int(cursor.fetchone()[0])
    return count


def reseal(*, batch: int = BATCH, progress: Callable[[int], None] = lambda _done: None) -> int:
    """Seal what waits under the newest key; gives how many values were sealed anew. `progress` gets the count after every batch."""
    done = 0
    for each in _changeable():
        while sealed := _reseal_batch(each, batch):
            done += sealed
            progress(done)
    for factor in _factors():
        done += _reseal_factor(factor)
    progress(done)
    return done


def _changeable() -> Iterator[Column]:
    kept = unchangeable_tables()
    return (each for each in sealed_columns() if each.table not in kept)


def _reseal_batch(each: Column, batch: int) -> int:
    ring = key_ring()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_finding(each), [bytes((ring.newest,)), batch])
        rows = [(key, bytes(value)) for key, value in cursor.fetchall()]
        for key, value in rows:
            cursor.execute(_writing(each), [ring.seal(ring.open(value, each.purpose), each.purpose), key, value])
    return len(rows)


# The names in these statements are those of our own models; values go as parameters.


def _counting(each: Column) -> str:
    name = connection.ops.quote_name
    column = name(each.column)
    return f"SELECT COUNT(*) FROM {name(each.table)} WHERE {column} IS NOT NULL AND SUBSTR({column}, 2, 1) <> %s"  # noqa: S608


def _finding(each: Column) -> str:
    name = connection.ops.quote_name
    key, column = name(each.key), name(each.column)
    return (
        f"SELECT {key}, {column} FROM {name(each.table)} "  # noqa: S608
        f"WHERE {column} IS NOT NULL AND SUBSTR({column}, 2, 1) <> %s ORDER BY {key} LIMIT %s"
    )


def _writing(each: Column) -> str:
    name = connection.ops.quote_name
    return f"UPDATE {name(each.table)} SET {name(each.column)} = %s WHERE {name(each.key)} = %s AND {name(each.column)} = %s"  # noqa: S608


def _factors() -> list[Authenticator]:
    """Second factors with a secret under an older key."""
    newest = key_ring().newest
    return [
        each
        for each in Authenticator.objects.order_by("pk")
        if any(_number(text) != newest for text in _secrets(each.data).values())
    ]


def _secrets(data: dict[str, Any]) -> dict[str, str]:
    return {name: data[name] for name in _FACTOR_KEYS if data.get(name)}


def _number(text: str) -> int:
    return base64.b64decode(text)[1]


def _reseal_factor(factor: Authenticator) -> int:
    ring = key_ring()
    with transaction.atomic():
        kept = Authenticator.objects.select_for_update().filter(pk=factor.pk).first()
        if kept is None:
            return 0
        for name, text in _secrets(kept.data).items():
            opened = ring.open(base64.b64decode(text), _FACTOR_PURPOSE)
            kept.data[name] = base64.b64encode(ring.seal(opened, _FACTOR_PURPOSE)).decode("ascii")
        Authenticator.objects.filter(pk=kept.pk).update(data=kept.data)
        return 1
