"""One stage: what is ready and what blocks it, GO, who has crossed, deviations, the balance, the close."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse

from homeward.bureau.access.needs import OfficerRequest
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may
from homeward.bureau.exchanges import plans
from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.exchanges.offices import Desk, desk_of
from homeward.bureau.exchanges.overtaken import still_open
from homeward.bureau.exchanges.readiness import items
from homeward.bureau.exchanges.seen import seen
from homeward.bureau.exchanges.sentences import reason_in_words
from homeward.bureau.exchanges.views.common import begun, page, room
from homeward.bureau.exchanges.words import COLUMNS
from homeward.bureau.handover.models import Manifest
from homeward.bureau.handover.services import called_since, roles_at
from homeward.bureau.pages import spoken
from homeward.exchange import DEVIATIONS, ExchangeState, balance_of, differences
from homeward.exchange.state import StageState

_READ = Permission.EXCHANGES_EXCHANGE_READ


@room(_READ)
@begun
def stage(request: OfficerRequest, exchange: Exchange, stage_id: str) -> HttpResponse:
    """Everything about one stage; no names."""
    with desk_of(exchange) as desk:
        office, state = desk.office, desk.office.state
        one = state.stages.get(stage_id)
        if one is None:
            raise Http404
        found = [item for item in items(desk) if item.about == "stage" and item.subject == stage_id]
        balance = balance_of(one, state.people) if one.people else {}
        columns = list(dict.fromkeys(name for row in balance.values() for name in row))
        open_proposals = [
            proposal
            for proposal in still_open(desk)
            if proposal.entry.fields.get("stage") == stage_id
            and office.party in proposal.needs
            and office.party not in proposal.agreed
            and proposal.entry.act != "deviation"
        ]
        context: dict[str, Any] = {
            "stage": one,
            "items": found,
            "keys": {item.key: item.state for item in found},
            "proposals": open_proposals,
            "has_plan": plans.latest(exchange) is not None,
            "reads": plans.reads_lists(office),
            "columns": [(name, COLUMNS.get(name, name)) for name in columns],
            "balance": [(name, [row.get(column, 0) for column in columns]) for name, row in balance.items()],
            "chart": _chart(balance, columns),
            "differences": differences(office.terms, state, stage_id) if one.people else [],
            "deviations": _deviations(state, stage_id, office.party),
            "kinds": [(kind, spoken.told(each.says)) for kind, each in DEVIATIONS.items()],
            "people": _ids(one),
            "lists": list(state.lists),
            "may_sign": may(request.user, Permission.EXCHANGES_STAGE_SIGN),
            "refusals": _refusals(desk, one),
            "gaps": [person for person in _ids(one) if _is_gap(state, one, person)],
            "waiting": [each for ids in one.reserves.values() for each in ids if state.people[each].state == "AGREED"],
            "may_call": may(request.user, Permission.HANDOVER_TICK_MAKE) and one.state == "OPEN",
            "may_make_manifest": may(request.user, Permission.HANDOVER_MANIFEST_MAKE) and one.state in {"PLANNED", "OPEN"},
            "may_read_manifest": may(request.user, Permission.HANDOVER_MANIFEST_READ),
        }
        manifest = Manifest.objects.filter(exchange=exchange.slug, stage=stage_id).order_by("-pk").first()
        context["manifest"] = manifest
        context["crosses"] = bool(roles_at(office))
        context["called"] = sum(map(len, called_since(office, manifest).values())) if manifest is not None else 0
    return page(request, "stage", exchange, "overview", **context)


def _refusals(desk: Desk, one: StageState) -> list[dict[str, str]]:
    """Whom the receiver did not accept at the line in this stage, and why."""
    found = seen(desk).refusals
    people = desk.office.state.people
    return [
        {
            "person": person,
            "by": found[person].party,
            "reason": reason_in_words("refused", str(found[person].fields["reason"])),
        }
        for person in _ids(one)
        if people[person].state == "RETURNED" and person in found
    ]


def _is_gap(state: ExchangeState, one: StageState, person: str) -> bool:
    """Whether a place in the stage is free: its person is not going, by what two parties signed, and nobody stands in."""
    return state.gap_of(state.people[person]) and person not in one.filled.values()


def _ids(one: StageState) -> list[str]:
    return sorted(person for people in one.people.values() for person in people)


def _deviations(state: ExchangeState, stage_id: str, party: str) -> list[dict[str, Any]]:
    leaves = {proposal.entry.index: proposal for proposal in state.proposals.values() if proposal.entry.act == "deviation"}
    found = []
    for each in state.deviations:
        if each.stage != stage_id:
            continue
        proposal = leaves.get(each.index)
        ours = proposal is not None and proposal.settled is None and party in proposal.needs
        found.append(
            {
                "deviation": each,
                "says": spoken.told(DEVIATIONS[each.kind].says),
                "leaf": proposal.entry.leaf if proposal is not None and ours else "",
            }
        )
    return found


def _chart(balance: dict[str, dict[str, int]], columns: list[str]) -> dict[str, Any]:
    """The balance as a stacked bar for each list; the table beside it has the same numbers."""
    shown = [name for name in columns if name not in {"planned", "reserves_called"}]
    return {
        "type": "bar",
        "data": {
            "labels": list(balance),
            "datasets": [
                {"label": str(COLUMNS.get(name, name)), "data": [row.get(name, 0) for row in balance.values()]}
                for name in shown
            ],
        },
        "options": {
            "indexAxis": "y",
            "responsive": True,
            "maintainAspectRatio": False,
            "scales": {"x": {"stacked": True, "beginAtZero": True, "ticks": {"precision": 0}}, "y": {"stacked": True}},
        },
    }
