"""The plan: a board of stages by id, side and group; moves within the rules; why somebody does not go; what contradicts what."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from homeward.bureau.access.needs import OfficerRequest
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may
from homeward.bureau.exchanges import plans, services
from homeward.bureau.exchanges.faults import told
from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.exchanges.offices import Desk, desk_of
from homeward.bureau.exchanges.readiness import may_go
from homeward.bureau.exchanges.views.common import acted, begun, page, room, to
from homeward.bureau.exchanges.words import OUTCOMES
from homeward.bureau.pages.spoken import language
from homeward.exchange import ExchangeState
from homeward.planning import Impossible, PoolError

_READ = Permission.EXCHANGES_PLAN_READ
_MANAGE = Permission.EXCHANGES_PLAN_MANAGE

#: How many people of a stage and side the board shows before it is opened further.
SHOWN = 40


@room(_READ)
@begun
def plan(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """The board. An office that holds no open lists (the neutral) sees the stages that all have agreed to."""
    with desk_of(exchange) as desk, told():
        office, state = desk.office, desk.office.state
        reads = plans.reads_lists(office)
        draft = plans.latest(exchange) if reads else None
        whole = request.GET.get("whole", "")
        context: dict[str, Any] = {
            "reads": reads,
            "draft": draft,
            "pools": [(each.id, each.count, may_go(state, each.id)) for each in state.lists.values()],
            "frozen": all(each.state == "FROZEN" for each in state.lists.values()),
            "stages": [{"id": stage.id, "state": stage.state} for stage in state.stages.values()],
            "sides": list(state.lists),
            "may_manage": may(request.user, _MANAGE),
            "begun": any(stage.state != "WAITING" for stage in state.stages.values()),
        }
        if draft is not None:
            found, _pools = plans.standing(desk, draft)
            context["columns"] = [
                _column(state, stage.id, stage.going, stage.reserves, moved=draft.moved, whole=whole) for stage in found.stages
            ]
            context["left_out"] = _column(state, "", found.left_out, {}, moved=draft.moved, whole=whole)
            context["proof"] = found.proof
        else:
            context["columns"] = [
                _column(state, stage.id, stage.going, stage.reserves, moved={}, whole=whole)
                for stage in state.stages.values()
                if stage.plan is not None
            ]
        context["relevant"] = sorted({clause.group for clause in office.terms.clauses} - {"all"})
    return page(request, "plan", exchange, "plan", **context)


def _column(
    state: ExchangeState, stage_id: str, going: Any, reserves: Any, *, moved: dict[str, str | None], whole: str
) -> dict[str, Any]:
    """One stage, or those who stay: per side the counts by group and the people."""
    sides = []
    for side in state.lists:
        people = [state.people[person] for person in going.get(side, ())]
        groups: dict[str, int] = {}
        for person in people:
            for group in person.groups:
                groups[group] = groups.get(group, 0) + 1
        key = f"{stage_id}:{side}"
        shown = people if whole == key else people[:SHOWN]
        sides.append(
            {
                "side": side,
                "key": key,
                "count": len(people),
                "groups": sorted(groups.items()),
                "people": [
                    {"person": person, "groups": ", ".join(sorted(person.groups)), "moved": person.id in moved}
                    for person in shown
                ],
                "more": len(people) - len(shown),
                "reserves": list(reserves.get(side, ())),
            }
        )
    stands = state.stages.get(stage_id)
    return {"stage": stage_id, "state": stands.state if stands is not None else "", "sides": sides}


@require_POST
@room(_MANAGE)
@begun
def compute(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """Make the plan; where the terms contradict each other, say which clauses and the cheapest ways out."""

    def done() -> str:
        draft = services.compute(exchange, by=request.user)
        going = sum(len(ids) for stage in draft.plan["stages"] for ids in stage["going"].values())
        return _("The plan is made: %(going)s people go.") % {"going": going}

    try:
        return acted(request, done, to(exchange, "plan"))
    except Impossible as error:
        context = {
            "clauses": [(clause.id, clause.said(language()), clause.line) for clause in error.clauses],
            "ways": [(way.sentence(language()), way.cost) for way in error.relaxations],
            "missing": error.missing,
        }
        return page(request, "conflict", exchange, "plan", **context)


@require_POST
@room(_MANAGE)
@begun
def move(request: OfficerRequest, exchange: Exchange) -> HttpResponse:
    """Move a person to a stage, or out; all others are solved for again. Refused with the clause that forbids it."""
    person, stage = request.POST.get("person", "").strip(), request.POST.get("stage", "")

    def done() -> str:
        services.move(exchange, person, stage, by=request.user)
        where = _("stage %(stage)s") % {"stage": stage} if stage else _("no stage")
        return _("%(person)s is in %(where)s now; the others were solved for again.") % {"person": person, "where": where}

    return acted(request, done, to(exchange, "plan"))


@room(_READ)
@begun
def why(request: OfficerRequest, exchange: Exchange, person: str) -> HttpResponse:
    """One sentence: why this person goes in no stage, or not earlier."""
    with desk_of(exchange) as desk, told():
        context = _why(desk, exchange, person)
    return page(request, "why", exchange, "plan", **context)


def _why(desk: Desk, exchange: Exchange, person: str) -> dict[str, Any]:
    stands = desk.office.state.people.get(person)
    draft = plans.latest(exchange)
    if stands is None or draft is None or not plans.reads_lists(desk.office):
        raise Http404
    try:
        reason = plans.reason(desk, draft, person)
        sentence, clauses = reason.sentence(language()), reason.clauses
    except PoolError:
        sentence, clauses = _not_in_the_pool(stands.state, stands.answer, stands.interview), ()
    stages = [stage.id for stage in desk.office.terms.stages]
    return {
        "person": stands,
        "sentence": sentence,
        "clauses": [(clause.id, clause.said(language())) for clause in clauses],
        "stages": stages,
        "moved": draft.moved,
    }


def _not_in_the_pool(state: str, answer: str | None, interview: str | None) -> str:
    """Why somebody could not be planned at all."""
    if state != "AGREED":
        return _(
            "Not in the pool: the answer to this name is %(answer)s, and it is not one that is open for this exchange."
        ) % {"answer": answer or _("not given yet")}
    return _("Not in the pool: in the private interview the outcome was “%(outcome)s”.") % {
        "outcome": OUTCOMES[interview or "none"]
    }
