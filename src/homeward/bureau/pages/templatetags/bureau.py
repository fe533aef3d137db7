"""Tags of all pages: `{% load bureau %}`.

{% if user|may:"register:person:add" %} … {% endif %}
{{ user.roles|role_titles }}          the roles in words
{{ claim|shown }}                     a value as the page shows it, with UNKNOWN and WITHHELD in words
{% state "PLANNED" "warn" %}          a coloured word for a state
"""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from homeward.bureau.access import policy
from homeward.bureau.access.models import User
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.roles import ROLES, Role
from homeward.people import Absence, Claim, PartialDate

register = template.Library()


@register.filter
def may(user: User, permission: str) -> bool:
    """Whether the officer has the permission of this name; an unknown name is our own bug and raises."""
    return policy.may(user, Permission(permission))


@register.filter
def role_titles(roles: Iterable[Role]) -> str:
    """The roles in words, in the order of their table."""
    wanted = frozenset(roles)
    return ", ".join(str(rights.title) for role, rights in ROLES.items() if role in wanted)


@register.filter
def shown(claim: Claim | None) -> str:
    """A claim as pages show it: what was read; stated absences in words; a dash when the source is silent."""
    if claim is None:
        return "–"
    if claim.value is Absence.UNKNOWN:
        return _("unknown")
    if claim.value is Absence.WITHHELD:
        return _("withheld")
    return str(claim.value) if isinstance(claim.value, PartialDate | int) else (str(claim.value) or claim.written)


@register.simple_tag
def state(word: str, tone: str = "") -> SafeString:
    """A state as a coloured word. `tone` is good, warn, bad, busy, or nothing; the word itself says it too, not the colour alone."""
    return format_html('<span class="state state--{}">{}</span>', tone or "plain", word)
