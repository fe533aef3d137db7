"""Officers of the bench, signed in with a second factor. Imported when Django is set up."""

from __future__ import annotations

from pathlib import Path

from sessions import signed_in

from homeward.bureau.access.models import User
from homeward.bureau.access.roles import Role
from homeward.bureau.node.preparing import prepare


def make(folder: Path) -> dict[str, str]:
    """Make the database and three officers; gives each one's cookie."""
    prepare(folder, "administrator")
    roles = {"registrar": Role.REGISTRAR, "lister": Role.LIST_OFFICER, "onlooker": Role.NEGOTIATOR}
    return {name: signed_in(User.objects.create(username=name, called=name, role_names=[role])) for name, role in roles.items()}
