"""Triggers that refuse to change or delete rows of a table, also for raw SQL, on SQLite and on PostgreSQL: for tables of history.

A migration of the app uses it after the table is made: `operations = (migrations.RunPython(append_only("review_word")),)`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def append_only(table: str) -> Callable[[StateApps, BaseDatabaseSchemaEditor], None]:
    """A step of a migration that makes rows of `table` (a plain name of ours) only ever be added."""
    assert table.replace("_", "").isalnum(), "the name of one of our tables"
    message = f"a row of {table} is never changed"
    sqlite = [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END"
        for verb in ("UPDATE", "DELETE")
    ]
    postgresql = [
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{message}'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
    ]

    def refuse(_: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in sqlite if editor.connection.vendor == "sqlite" else postgresql:
            editor.execute(statement)

    return refuse
