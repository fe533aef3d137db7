"""One place that answers: may this officer do that, and which fields of a person may this officer see.

Whatever shows or exports people asks `visible`; whatever acts asks `may`. A view asks through `needs`.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from homeward.bureau.access.models import User
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.roles import GROUPS, ROLES
from homeward.people import Field, Person


def may(user: User | AnonymousUser, permission: Permission) -> bool:
    """Whether any role of the officer has the permission. A disabled officer may nothing."""
    return isinstance(user, User) and user.is_active and any(permission in ROLES[role].may for role in user.roles)


def groups_seen(user: User | AnonymousUser) -> frozenset[str]:
    """The groups of fields that the officer may see."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    return frozenset().union(*(ROLES[role].sees for role in user.roles))


def fields_seen(user: User | AnonymousUser) -> frozenset[Field]:
    """The fields of a person that the officer may see."""
    return frozenset(field for group in groups_seen(user) for field in GROUPS[group])


def visible(user: User | AnonymousUser, person: Person) -> Person:
    """The person with nothing but what the officer may see: for pages, exports, merge views and search results alike."""
    fields = fields_seen(user)
    other = person.other if "notes" in groups_seen(user) else {}
    return Person(person.id, {name: claim for name, claim in person.claims.items() if name in fields}, person.source, other)
