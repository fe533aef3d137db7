"""Tags of exchange pages: `{% load exchanges %}`.

{{ each.state|word:"LIST_STATES" }}            a code in words
{% stands item %}                              the state of a row of readiness, as a coloured word
{% page_of item exchange as url %}             where a row of readiness leads
{% sign_url exchange "freeze" list=each.id as url %}   the page that stands before a signature
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may
from homeward.bureau.exchanges import words
from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.exchanges.readiness import Item
from homeward.bureau.register.services import number_of

register = template.Library()


@register.filter
def word(code: str | None, table: str) -> str:
    """A code in words; a code that the table does not know stays as it is."""
    known: words.Words = getattr(words, table)
    return str(known.get(code or "", code or "–"))


@register.filter
def register_number(known_as: str) -> int:
    """The number in an address of the register: `r-4821907` as 4821907."""
    return number_of(known_as) or 0


@register.filter
def at(mapping: object, key: str) -> object:
    """The value of a mapping under a key that is a variable."""
    return mapping.get(key) if isinstance(mapping, dict) else None


@register.filter
def done_items(items: list[Item]) -> list[Item]:
    """The rows that are done."""
    return [item for item in items if item.done]


@register.filter
def open_items(items: list[Item]) -> list[Item]:
    """The rows whose turn it is: somebody can do them now, or has done his part."""
    return [item for item in items if item.state not in {"done", "blocked"}]


@register.filter
def later_items(items: list[Item]) -> list[Item]:
    """The rows that wait for others before them."""
    return [item for item in items if item.state == "blocked"]


@register.simple_tag
def stands(item: Item) -> SafeString:
    """The state of a row of readiness."""
    return format_html(
        '<span class="state state--{}">{}</span>', words.ITEM_TONES[item.state] or "plain", words.ITEM_STATES[item.state]
    )


#: Pages of rows that not every reader of an exchange may open, and what opens them.
_OPENS: dict[str, tuple[Permission, ...]] = {
    "answers": (Permission.EXCHANGES_LIST_ANSWER, Permission.EXCHANGES_LIST_READ),
    "interviews": (Permission.EXCHANGES_INTERVIEW_RECORD,),
    "handover": (Permission.HANDOVER_MANIFEST_READ,),
}


@register.simple_tag(takes_context=True)
def page_of(context: Mapping[str, Any], item: Item, exchange: Exchange) -> str:
    """The page on which a row of readiness is done; for who may not open it, the page of the row's list or stage."""
    opens, user = _OPENS.get(item.page), context.get("user")
    may_open = opens is None or (user is not None and any(may(user, each) for each in opens))
    match item.page if may_open else item.about:
        case "list" | "answers" | "stage" as name:
            return reverse(f"exchanges:{name}", args=(exchange.slug, item.subject))
        case "handover":
            return reverse("handover:index")
        case name:
            return reverse(f"exchanges:{name}", args=(exchange.slug,))


@register.simple_tag
def sign_url(exchange: Exchange, what: str, back: str = "", **args: str) -> str:
    """The page that shows what is about to be signed."""
    given = {"what": what, **args, **({"back": back} if back else {})}
    return f"{reverse('exchanges:sign', args=(exchange.slug,))}?{urlencode(given)}"
