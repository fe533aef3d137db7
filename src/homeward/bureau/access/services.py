"""Adding officers, giving them roles, disabling them; each with its line in the journal."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.access.roles import ROLES, Role, conflict
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag


class RolesConflictError(Exception):
    """Two roles that one officer may not have together."""


def add_user(
    username: str, password: str, *, called: str, roles: Iterable[Role], language: str = "en", device: str = "", by: User | None
) -> User:
    """Add an officer. Raises `RolesConflictError`."""
    names = _checked(roles)
    with transaction.atomic():
        user = User(username=username, called=called, role_names=names, language=language, device=device)
        user.set_password(password)
        user.save()
        write(Tag.ACCESS_USER_ADDED, f"user:{user.pk}", by=by, detail={"roles": names})
    return user


def set_roles(user: User, roles: Iterable[Role], *, by: User) -> None:
    """Give an officer these roles and no others. Raises `RolesConflictError`."""
    names = _checked(roles)
    with transaction.atomic():
        before = user.role_names
        user.role_names = names
        user.save(update_fields=["role_names"])
        write(Tag.ACCESS_ROLES_CHANGED, f"user:{user.pk}", by=by, detail={"before": before, "after": names})


def disable(user: User, *, by: User) -> None:
    """Let an officer in no more; what the officer did stays in the journal."""
    with transaction.atomic():
        user.is_active = False
        user.save(update_fields=["is_active"])
        write(Tag.ACCESS_USER_DISABLED, f"user:{user.pk}", by=by)


def _checked(roles: Iterable[Role]) -> list[str]:
    wanted = frozenset(roles)
    pair = conflict(wanted)
    if pair is not None:
        first, second = sorted(str(ROLES[role].title) for role in pair)
        raise RolesConflictError(
            _("One officer may not be both %(first)s and %(second)s; choose one.") % {"first": first, "second": second}
        )
    return sorted(wanted)
