"""Lists: own ones uploaded, checked and committed to; others' opened; the rows, read with names by who may."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from homeward.bureau.access.needs import OfficerRequest
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may, visible
from homeward.bureau.exchanges import services
from homeward.bureau.exchanges.faults import ExchangeError
from homeward.bureau.exchanges.models import DraftList, Exchange
from homeward.bureau.exchanges.offices import desk_of, office_of
from homeward.bureau.exchanges.overtaken import still_open
from homeward.bureau.exchanges.readiness import items
from homeward.bureau.exchanges.services_answers import review as start_review
from homeward.bureau.exchanges.services_lists import check_draft, differences, read_by, read_draft, readable
from homeward.bureau.exchanges.views.common import acted, begun, page, room, to
from homeward.bureau.exchanges.words import REASONS_TO_DROP
from homeward.bureau.jobs.following import follow
from homeward.bureau.jobs.services import JobError
from homeward.bureau.pages import spoken
from homeward.bureau.pages.spoken import language
from homeward.people import Field, Person

_READ_NAMES = Permission.EXCHANGES_LIST_READ
MOST_BYTES = 32 * 2**20


@room(Permission.EXCHANGES_EXCHANGE_READ)
@begun
def lists(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """All lists of the exchange with their counts; no names."""
    with desk_of(exchange) as desk:
        state = desk.office.state
        found = items(desk)
        rows = [
            {
                "list": each,
                "ours": desk.office.party in each.holders,
                "to_us": desk.office.party in each.receivers,
                "next": next((item for item in found if item.subject == each.id and not item.done), None),
                "categories": sorted(each.categories.items()),
            }
            for each in state.lists.values()
        ]
        keeper = desk.office.party in desk.office.keepers
        released = all(each.state in {"RELEASED", "FROZEN"} for each in state.lists.values())
        lodged = all(set(each.lodged) == set(state.keepers) for each in state.lists.values())
        several = len(desk.office.keepers) > 1
        context = {
            "rows": rows,
            "may_release": keeper and lodged and not released and not several,
            "keepers": desk.office.keepers,
            "several": several and keeper,
        }
    return page(request, "lists", exchange, "lists", **context)


@room(Permission.EXCHANGES_EXCHANGE_READ)
@begun
def one(request: OfficerRequest, exchange: Exchange, list_id: str) -> HttpResponse:
    """One list: where it stands, what is to be done, and for its holder the uploaded versions."""
    with desk_of(exchange) as desk:
        office = desk.office
        each = office.state.lists.get(list_id)
        if each is None:
            raise Http404
        holder, receiver = office.party in each.holders, office.party in each.receivers
        may_read = may(request.user, _READ_NAMES)
        drafts = (
            list(DraftList.objects.filter(exchange=exchange, list_id=list_id).defer("content")) if holder and may_read else []
        )
        context: dict[str, Any] = {
            "list": each,
            "holder": holder,
            "receiver": receiver,
            "keeper": office.party in office.keepers,
            "may_lodge": office.party in office.keepers
            and office.party not in each.lodged
            and each.state in {"COMMITTED", "LODGED"},
            "items": [item for item in items(desk) if item.subject == list_id and item.about == "list"],
            "may_read": may_read,
            "open_here": readable(office, list_id),
            "drafts": drafts,
            "categories": sorted(each.categories.items()),
            "freeze": next(
                (
                    proposal
                    for proposal in still_open(desk)
                    if proposal.entry.act == "list-frozen" and proposal.entry.fields.get("list") == list_id
                ),
                None,
            ),
            "drop": _drop(request, each.state, holder=holder, receiver=receiver),
            "reasons": list(REASONS_TO_DROP.items()),
            "claims": each.claims,
            "answers_opened": (office.private / f"{list_id}.answers.json").exists(),
        }
        if drafts:
            context["report"] = drafts[0].report[language()]
    return page(request, "list", exchange, "lists", **context)


def _drop(request: OfficerRequest, state: str, *, holder: bool, receiver: bool) -> str:
    """Which act takes somebody off this list, if this officer may sign it now."""
    if state not in {"RELEASED", "FROZEN"}:
        return ""
    if holder and may(request.user, Permission.EXCHANGES_LIST_MANAGE):
        return "withdraw-person"
    return "strike-person" if receiver and may(request.user, Permission.EXCHANGES_LIST_ANSWER) else ""


@require_POST
@room(Permission.EXCHANGES_LIST_MANAGE)
@begun
def upload(request: OfficerRequest, exchange: Exchange, list_id: str) -> HttpResponse:
    """Take in a new version of this node's own list."""

    def done() -> str:
        file = request.FILES.get("file")
        if file is None:
            raise ExchangeError(_("Choose a file first."))
        if file.size is None or file.size > MOST_BYTES:
            raise ExchangeError(_("This file is too large to be what is asked for here."))
        draft = services.upload_list(exchange, list_id, file.name or "", file.read(), by=request.user)
        return _("Version %(version)s is here: %(rows)s rows.") % {"version": draft.version, "rows": draft.rows}

    return acted(request, done, to(exchange, "list", list_id))


def _draft(exchange: Exchange, list_id: str, version: int) -> DraftList:
    draft = DraftList.objects.filter(exchange=exchange, list_id=list_id, version=version).first()
    if draft is None:
        raise Http404
    return draft


@room(_READ_NAMES)
@begun
def check(request: OfficerRequest, exchange: Exchange, list_id: str, version: int) -> HttpResponse:
    """An uploaded version against the terms, clause by clause; with one chosen, the rows that break it or leave it open."""
    draft = _draft(exchange, list_id, version)
    with office_of(exchange) as office:
        terms = office.terms
    found = check_draft(draft, terms)
    clauses = {clause.id: clause.said(language()) for clause in terms.clauses}
    results = [
        {
            "number": number,
            "clause": result.clause,
            "says": clauses.get(result.clause, ""),
            "verdict": result.verdict,
            "sentence": result.sentence(language()),
            "people": len(result.people),
        }
        for number, result in enumerate(found.results)
    ]
    context: dict[str, Any] = {"draft": draft, "results": results, "list_id": list_id}
    wanted = request.GET.get("clause", "")
    if wanted.isdigit() and int(wanted) < len(found.results):
        chosen = found.results[int(wanted)]
        ids = set(chosen.people)
        read = read_draft(draft)
        numbers = {row.person.id: row.number for row in read.rows if row.person is not None}
        people = [person for person in read.people if person.id in ids]
        context |= {"chosen": results[int(wanted)]} | _table(request, exchange, list_id, people, numbers)
    return page(request, "check", exchange, "lists", **context)


@room(_READ_NAMES)
@begun
def compare(request: OfficerRequest, exchange: Exchange, list_id: str, older: int, newer: int) -> HttpResponse:
    """What changed between two uploaded versions, by id and field."""
    found = differences(_draft(exchange, list_id, older), _draft(exchange, list_id, newer))
    return page(
        request,
        "differences",
        exchange,
        "lists",
        list_id=list_id,
        older=older,
        newer=newer,
        diff=found,
        text=found.text(language()),
    )


@room(_READ_NAMES)
@begun
def rows(request: OfficerRequest, exchange: Exchange, list_id: str) -> HttpResponse:
    """The people of an open list, as far as this officer may see them. Being shown them is written down."""
    try:
        people = services.people_on(exchange, list_id)
    except ExchangeError:
        raise Http404 from None
    with office_of(exchange) as office:
        state = {person: office.state.people[person] for person in office.state.people}
    wanted = request.GET.get("group", "")
    if wanted:
        people = [person for person in people if wanted in state[person.id].groups]
    context = _table(request, exchange, list_id, people, {})
    return page(request, "rows", exchange, "lists", list_id=list_id, group=wanted, standing=state, **context)


def _table(
    request: OfficerRequest, exchange: Exchange, list_id: str, people: list[Person], numbers: dict[str, int]
) -> dict[str, Any]:
    """A leaf of a table of people with nothing but what the officer may see; the reading goes into the journal."""
    leaf = Paginator(people, 50).get_page(request.GET.get("page"))
    shown = [visible(request.user, person) for person in leaf]
    fields = [field for field in Field if field is not Field.ID and any(field in person.claims for person in shown)]
    table = [
        {"id": person.id, "row": numbers.get(person.id), "cells": [person.claims.get(field) for field in fields]}
        for person in shown
    ]
    if shown:
        read_by(exchange, list_id, request.user, len(shown))
    names = [spoken.field_name(field) for field in fields]
    return {"page": leaf, "headings": names, "table": table, "numbered": bool(numbers)}


@require_POST
@room(Permission.EXCHANGES_LIST_ANSWER)
@begun
def review(request: OfficerRequest, exchange: Exchange, list_id: str) -> HttpResponse:
    """Ask for a review run over a received list: the browser goes to the job, and from there to the pairs."""
    try:
        return follow(start_review(exchange, list_id, by=request.user), by=request.user)
    except (ExchangeError, JobError) as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(to(exchange, "list", list_id))
