"""One person of an exchange by id: where they stand, and every act that names them, newest first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from homeward.bureau.access.needs import OfficerRequest
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may, visible
from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.exchanges.offices import desk_of
from homeward.bureau.exchanges.sentences import told_of
from homeward.bureau.exchanges.services import people_on
from homeward.bureau.exchanges.services_lists import read_by, readable
from homeward.bureau.exchanges.views.common import begun, page, room, to
from homeward.bureau.pages.spoken import language
from homeward.lists import ANSWER_CODES
from homeward.people import Field

_READ = Permission.EXCHANGES_EXCHANGE_READ
_NAMED = (Field.SURNAME, Field.GIVEN_NAMES, Field.PATRONYMIC)


@room(_READ)
@begun
def person(request: OfficerRequest, exchange: Exchange, person: str) -> HttpResponse:
    """Everything that the record says of one person. The name stands here for who may read the list; the reading is written down."""
    with desk_of(exchange) as desk:
        office = desk.office
        found = office.state.people.get(person)
        if found is None:
            raise Http404
        rule = ANSWER_CODES.get(found.answer or "")
        open_here = readable(office, found.list)
        context: dict[str, Any] = {
            "person": found,
            "answer": rule.meaning("OFFER", language()) if rule is not None else "",
            "acts": told_of(office, person),
            "groups": sorted(found.groups),
        }
    if open_here and may(request.user, Permission.EXCHANGES_LIST_READ):
        whole = next((each for each in people_on(exchange, found.list) if each.id == person), None)
        if whole is not None:
            seen = visible(request.user, whole)
            context["name"] = " ".join(filter(None, (seen.written(field) for field in _NAMED)))
            context["born"] = seen.claims.get(Field.BIRTH_DATE)
            read_by(exchange, found.list, request.user, 1)
    return page(request, "person", exchange, "lists", **context)


@room(_READ)
@begun
def find(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """To the page of the person whose id was typed: `p-0417`, or 417."""
    digits = request.GET.get("person", "").strip().lower().removeprefix("p-").lstrip("0")
    with desk_of(exchange) as desk:
        wanted = next((each for each in desk.office.state.people if digits and each[2:].lstrip("0") == digits), None)
    if wanted is None:
        messages.error(request, _("Nobody in this exchange has this id."))
        return redirect(to(exchange, "overview"))
    return redirect(to(exchange, "person", wanted))
