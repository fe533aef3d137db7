"""The table of roles as a page: docs/bureau-roles.md is what `as_markdown` gives, and a test keeps it so."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import override

from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.roles import CONFLICTS, GROUPS, ROLES, Role

_HEAD = """# Who may do what on a node

This page is written by `homeward.bureau.access.document` from the table that the program itself reads; a test keeps it current.
Whatever is not in it is refused. An officer with several roles may do what any of them may. What an officer may not know of
answers 404, as if it were not there: a specially protected person, an exchange that the officer is not assigned to. What an officer
may see and not do answers 403. Signing asks for the password or the second factor again.
"""


def as_markdown() -> str:
    """The whole page, in English, ending in a newline."""
    with override("en"):
        titles = {role: str(rights.title) for role, rights in ROLES.items()}
        seen = [(titles[role], ", ".join(sorted(ROLES[role].sees)) or "no field of any person") for role in Role]
        allowed = [
            (f"`{permission}`", ", ".join(titles[role] for role in Role if permission in ROLES[role].may))
            for permission in Permission
        ]
        apart = [" and ".join(sorted(titles[role] for role in pair)) for pair in CONFLICTS]
    groups = [(name, ", ".join(f"`{field}`" for field in fields)) for name, fields in GROUPS.items()]
    parts = [
        _HEAD,
        "## What each role sees of a person\n",
        _table(("role", "groups of fields"), seen),
        _table(("group", "fields"), groups),
        "## What each permission is given to\n",
        _table(("permission", "roles"), allowed),
        "## Roles that one officer may not have together\n",
        "\n".join(f"* {each}" for each in apart) + "\n",
    ]
    return "\n".join(parts)


def _table(heads: tuple[str, str], rows: Iterable[tuple[str, str]]) -> str:
    lines = [f"| {heads[0]} | {heads[1]} |", "|---|---|", *(f"| {first} | {second} |" for first, second in rows)]
    return "\n".join(lines) + "\n"
