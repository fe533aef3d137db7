"""Triggers that refuse to change or delete a line of the journal, also for raw SQL, on SQLite and on PostgreSQL."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_MESSAGE = "a line of the journal is never changed"

_SQLITE = [
    f"CREATE TRIGGER journal_line_no_{verb.lower()} BEFORE {verb} ON journal_line BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
    for verb in ("UPDATE", "DELETE")
]
_POSTGRESQL = [
    f"CREATE FUNCTION journal_line_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$",
    "CREATE TRIGGER journal_line_no_change BEFORE UPDATE OR DELETE ON journal_line FOR EACH ROW EXECUTE FUNCTION journal_line_refuse()",
    "CREATE TRIGGER journal_line_no_truncate BEFORE TRUNCATE ON journal_line FOR EACH STATEMENT EXECUTE FUNCTION journal_line_refuse()",
]


def refuse(_: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Install the triggers."""
    for statement in _SQLITE if editor.connection.vendor == "sqlite" else _POSTGRESQL:
        editor.execute(statement)


class Migration(migrations.Migration):
    """After the table."""

    dependencies = (("journal", "0001_initial"),)
    operations = (migrations.RunPython(refuse),)
