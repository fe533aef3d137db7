"""The rest of a start, once Django is set up: tables, keys, the pages' files, the first administrator.

Whatever is there already is kept and checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from homeward.bureau.access.models import User
from homeward.bureau.access.roles import Role
from homeward.bureau.access.services import add_user, one_time_password
from homeward.bureau.node.folder import NodeError
from homeward.bureau.vault.keys import VaultError, key_file


@dataclass(frozen=True, slots=True)
class FirstAdministrator:
    """The login name, and the password that is good for one sign-in and is written down nowhere else."""

    username: str
    password: str


def prepare(folder: Path, administrator: str) -> FirstAdministrator | None:
    """Bring the tables up to date, lay out the pages' files, and make the first administrator where there is none.

    `set_up` has run. Raises `NodeError`: the database cannot be reached or changed, or the keys at rest are not its own.
    """

    migrate()
    check_keys(folder)
    call_command("collectstatic", verbosity=0, interactive=False)
    return _first_administrator(administrator)


def migrate() -> int:
    """Bring the tables up to date; gives how many steps that took. Raises `NodeError`."""

    try:
        connection.ensure_connection()
    except DatabaseError as error:
        raise NodeError(f"{_where()}: the database cannot be reached ({_first_line(error)}); is it running?") from error
    try:
        wanted = steps_behind()
        if wanted:
            call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise NodeError(
            f"{_where()}: the tables cannot be brought up to date ({_first_line(error)}); "
            "run `homeward node update` once as the role that owns them"
        ) from error
    return wanted


def steps_behind() -> int:
    """How many steps the tables are behind this program."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def check_tables() -> None:
    """Raises `NodeError` when the database is away or its tables are not of this program."""
    try:
        behind = steps_behind()
    except DatabaseError as error:
        raise NodeError(f"{_where()}: the database cannot be reached ({_first_line(error)}); is it running?") from error
    if behind:
        raise NodeError(f"{_where()}: the tables are {behind} steps behind this program; run `homeward node update` first")


def check_keys(folder: Path) -> None:
    """Raises `NodeError` when the database holds sealed fields and the node's keys are missing, damaged or another node's."""

    begun = User.objects.exists()
    if begun and not key_file(folder).exists():
        raise NodeError(
            f"{key_file(folder)} is missing, and the database is sealed with it; restore it from the copy that you keep apart",
            code="keys",
        )
    try:
        User.objects.order_by("pk").first()
    except VaultError as error:
        raise NodeError(
            f"{key_file(folder)} does not open this database ({error}); put back the file that belongs to it", code="keys"
        ) from error


def _first_administrator(username: str) -> FirstAdministrator | None:

    if User.objects.exists():
        return None
    password = one_time_password()
    add_user(username, password, called=username, roles=[Role.ADMINISTRATOR], must_change=True, by=None)
    return FirstAdministrator(username, password)


def _where() -> str:
    """Which database, without the password."""

    used = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(used["NAME"])
    return f"PostgreSQL {used['NAME']} at {used.get('HOST') or 'this machine'}:{used.get('PORT') or 5432}"


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".")
