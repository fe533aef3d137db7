"""PostgreSQL: a role for serving that cannot change history, beside the role that owns the tables.

The triggers refuse a change of a line of the journal to everybody, the owner included, who could take the triggers away. The serving
role cannot even do that: it owns nothing, and on tables of history it has no UPDATE, DELETE or TRUNCATE. So: let the owner run
`homeward node update NODE --grant homeward_app`, and serve with HOMEWARD_DATABASE=postgresql://homeward_app:…
"""

from __future__ import annotations

from django.db import DatabaseError, connection, transaction

from homeward.bureau.node.folder import NodeError
from homeward.bureau.vault.resealing import unchangeable_tables


def grant(role: str) -> None:
    """Give the role what serving needs on every table, and on tables of history only to read and to add. Raises `NodeError`."""
    if connection.vendor != "postgresql":
        raise NodeError("roles are for PostgreSQL; this node's database is a file, and its rights are the file's")
    kept = unchangeable_tables()
    name = connection.ops.quote_name
    to = name(role)
    statements = [f"GRANT USAGE ON SCHEMA public TO {to}", f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {to}"]
    for table in connection.introspection.table_names():
        statements.append(f"REVOKE ALL ON {name(table)} FROM {to}")
        if table == "django_migrations":
            statements.append(f"GRANT SELECT ON {name(table)} TO {to}")
        else:
            statements.append(f"GRANT SELECT, INSERT{'' if table in kept else ', UPDATE, DELETE'} ON {name(table)} TO {to}")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    except DatabaseError as error:
        raise NodeError(f"the rights of {role} cannot be set ({str(error).strip().partition(chr(10))[0]})") from error
