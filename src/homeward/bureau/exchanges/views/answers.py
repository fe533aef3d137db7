"""Answers to a received list: one for every name, looked over and corrected before they are sent."""

from __future__ import annotations

from collections import Counter

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from homeward.bureau.access.needs import OfficerRequest
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may, visible
from homeward.bureau.exchanges import services
from homeward.bureau.exchanges.faults import ExchangeError
from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.exchanges.offices import office_of
from homeward.bureau.exchanges.services_answers import drafts, latest_run, received_answers
from homeward.bureau.exchanges.services_lists import read_by, readable
from homeward.bureau.exchanges.views.common import acted, begun, page, room, safe_back, to
from homeward.bureau.pages import spoken
from homeward.bureau.review.services import counts_of
from homeward.lists import ANSWER_CODES, check_answers
from homeward.people import Absence, Field, Person

_ANSWER = Permission.EXCHANGES_LIST_ANSWER


@room(_ANSWER, Permission.EXCHANGES_LIST_READ)
@begun
def answers(request: OfficerRequest, exchange: Exchange, list_id: str) -> HttpResponse:
    """The table of answers: what each name is answered, what the answer carries; each may be changed before sending."""
    with office_of(exchange) as office:
        each = office.state.lists.get(list_id)
        if each is None or not may(request.user, _ANSWER if office.party in each.receivers else Permission.EXCHANGES_LIST_READ):
            raise Http404
        receives = office.party in each.receivers
        if not receives and office.party not in each.holders:
            raise Http404
        signed = {person.id: person.answer for person in office.state.people.values() if person.list == list_id}
    try:
        found = drafts(exchange, list_id) if receives else received_answers(exchange, list_id)
    except ExchangeError:
        found = []
    given = {answer.entry_id: answer for answer in found}
    problems = check_answers(list(given.values()), list(signed)) if receives else []
    wanted = request.GET.get("code", "")
    ids = [entry for entry in signed if not wanted or (given[entry].code if entry in given else "") == wanted]
    if wanted == "none":
        ids = [entry for entry in signed if entry not in given]
    leaf = Paginator(ids, 25).get_page(request.GET.get("page"))
    people = {person.id: person for person in services.people_on(exchange, list_id)} if _open(exchange, list_id) else {}
    rows = []
    for entry in leaf:
        answer = given.get(entry)
        person = visible(request.user, people[entry]) if entry in people else None
        rows.append(
            {
                "entry": entry,
                "person": person,
                "name": _name(person),
                "born": person.claims.get(Field.BIRTH_DATE) if person is not None else None,
                "answer": answer,
                "carries": {name: _shown(value) for name, value in answer.carries.items()} if answer is not None else {},
                "meaning": spoken.told(answer.rule.offer) if answer is not None else "",
                "signed": signed[entry],
            }
        )
    if people and rows:
        read_by(exchange, list_id, request.user, len(rows))
    run = latest_run(exchange, list_id)
    codes = Counter(answer.code for answer in given.values())
    context = {
        "list": each,
        "page": leaf,
        "rows": rows,
        "codes": [(code, codes[code]) for code in ANSWER_CODES if codes[code]],
        "unanswered": len(signed) - len(given),
        "wanted": wanted,
        "problems": [str(problem) for problem in problems[:5]],
        "problem_count": len(problems),
        "run": run,
        "run_counts": [(state.value, count) for state, count in counts_of(run).items()] if run is not None else [],
        "may_review": may(request.user, Permission.REVIEW_PROPOSAL_READ),
        "receives": receives,
        "editable": receives and each.state == "RELEASED" and may(request.user, _ANSWER),
    }
    return page(request, "answers", exchange, "lists", **context)


def _open(exchange: Exchange, list_id: str) -> bool:
    with office_of(exchange) as office:
        return readable(office, list_id)


def _name(person: Person | None) -> str:
    """The name as the list wrote it, as far as the officer sees it."""
    parts = (Field.SURNAME, Field.GIVEN_NAMES, Field.PATRONYMIC)
    return " ".join(filter(None, (person.written(field) for field in parts))) if person is not None else ""


def _shown(value: object) -> str:
    return value.value if isinstance(value, Absence) else str(value)


@room(_ANSWER)
@begun
def edit(request: OfficerRequest, exchange: Exchange, list_id: str, entry: str) -> HttpResponse:
    """One name: choose another answer, with what it has to carry."""
    with office_of(exchange) as office:
        person_state = office.state.people.get(entry)
        if person_state is None or person_state.list != list_id or office.party not in office.state.lists[list_id].receivers:
            raise Http404
    given = next((answer for answer in drafts(exchange, list_id) if answer.entry_id == entry), None)
    code = request.GET.get("code") or (given.code if given is not None else "UNDER_INQUIRY")
    rule = ANSWER_CODES.get(code)
    if rule is None:
        raise Http404
    fields = [
        {
            "name": name,
            "title": spoken.carried_title(name),
            "needed": name in rule.carries,
            "value": _shown(given.carries[name]) if given is not None and given.code == code and name in given.carries else "",
        }
        for name in (*rule.carries, *rule.may_carry)
    ]
    rules = [(each.code, spoken.told(each.offer)) for each in ANSWER_CODES.values()]
    context = {
        "list_id": list_id,
        "entry": entry,
        "rules": rules,
        "rule": rule,
        "meaning": spoken.told(rule.offer),
        "fields": fields,
        "given": given,
        "back": safe_back(request, to(exchange, "answers", list_id)),
    }
    return page(request, "answer", exchange, "lists", **context)


@require_POST
@room(_ANSWER)
@begun
def save(request: OfficerRequest, exchange: Exchange, list_id: str, entry: str) -> HttpResponse:
    """Keep an answer that an officer chose."""
    carries = {name.removeprefix("carries-"): value for name, value in request.POST.items() if name.startswith("carries-")}

    def done() -> str:
        services.set_answer(
            exchange,
            list_id,
            entry,
            code=request.POST.get("code", ""),
            detail=request.POST.get("detail", ""),
            carries={name: str(value) for name, value in carries.items()},
            by=request.user,
        )
        return _("The answer to %(entry)s is drafted.") % {"entry": entry}

    return acted(request, done, safe_back(request, to(exchange, "answers", list_id)))


@require_POST
@room(_ANSWER)
@begun
def derive(request: OfficerRequest, exchange: Exchange, list_id: str) -> HttpResponse:
    """Draft answers from what two officers have decided so far."""

    def done() -> str:
        count = services.derive(exchange, list_id, by=request.user)
        return _("%(count)s answers are drafted; look them over before you send them.") % {"count": count}

    return acted(request, done, to(exchange, "answers", list_id))
