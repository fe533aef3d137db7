"""The plan: computed by this node alone, moved within the rules, compared with what another party proposes.

Every party computes the plan from the lists that it has opened, and agrees only to the plan that it has computed itself. People moved
by hand are solved around (`homeward.planning.moved`). A proposal that differs from this node's own plan is agreed to only knowingly,
after the differences and the independent check of the clauses have been shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may
from homeward.bureau.exchanges import plans
from homeward.bureau.exchanges.faults import ExchangeError, told
from homeward.bureau.exchanges.models import DraftPlan, Exchange, PendingAct
from homeward.bureau.exchanges.offices import Desk, desk_of
from homeward.bureau.exchanges.services_signing import do
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag
from homeward.bureau.pages.spoken import language
from homeward.exchange import as_table, from_table
from homeward.office.desk import Office
from homeward.office.stages import seed_of_the_draw
from homeward.planning import Plan, StagePlan, Violation, check_plan
from homeward.planning.moved import MoveRefused, make_plan_with


def compute(exchange: Exchange, *, by: User) -> DraftPlan:
    """Make the plan from the open lists, without any moves. Raises `Impossible` when the terms contradict each other for these people."""
    return _solve(exchange, {}, by=by)


def move(exchange: Exchange, person: str, stage: str, *, by: User) -> DraftPlan:
    """Put a person into a stage ("" for none) and solve for the rest again. Raises `ExchangeError` with the clause that forbids it."""
    draft = plans.latest(exchange)
    if draft is None:
        raise ExchangeError(_("There is no plan yet; compute it first."))
    return _solve(exchange, {**draft.moved, person: stage or None}, by=by)


def _solve(exchange: Exchange, moved: dict[str, str | None], *, by: User) -> DraftPlan:
    if not may(by, Permission.EXCHANGES_PLAN_MANAGE):
        raise PermissionDenied
    with desk_of(exchange) as desk, told():
        _require_lists(desk.office)
        state = desk.office.state
        begun = [stage.id for stage in state.stages.values() if stage.state != "WAITING"]
        if begun and plans.latest(exchange) is not None:
            raise ExchangeError(
                _("Stage %(stage)s is planned by all parties already; what changes now is a deviation.") % {"stage": begun[0]}
            )
        try:
            plan = make_plan_with(desk.office.terms, plans.pools(desk), moved, seed=seed_of_the_draw(desk.office))
        except MoveRefused as refused:
            raise ExchangeError(
                _("Not moved: %(reason)s. The plan stays as it was.") % {"reason": refused.sentence(language())}
            ) from None
        except ValueError:
            raise ExchangeError(_("There is no such stage.")) from None
    with transaction.atomic():
        draft = DraftPlan.objects.create(exchange=exchange, made_by=by, plan=plans.to_plain(plan), moved=moved)
        tag = Tag.EXCHANGES_PLAN_MOVED if moved else Tag.EXCHANGES_PLAN_MADE
        going = sum(len(ids) for stage in plan.stages for ids in stage.going.values())
        write(tag, exchange.subject, by=by, counts={"going": going, "moved": len(moved)})
    return draft


def _require_lists(office: Office) -> None:
    if not plans.reads_lists(office):
        raise ExchangeError(_("The plan is made by those who hold both lists open; they are not open here."))


@dataclass(frozen=True, slots=True)
class Compared:
    """A proposed stage beside this node's own plan. `ours` is None where this node has none (the neutral reads no list)."""

    ours: StagePlan | None
    #: People who go in the proposal and not in our plan of this stage, and the other way round.
    more: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    reserves_differ: bool = False
    #: What the independent check says against the proposal put into our plan.
    violations: tuple[Violation, ...] = ()

    @property
    def same(self) -> bool:
        return self.ours is not None and not (self.more or self.less or self.reserves_differ)


def compare(desk: Desk, exchange: Exchange, leaf: str) -> Compared:
    """A proposed stage beside our own plan."""
    fields = desk.office.state.proposals[leaf].entry.fields
    draft = plans.latest(exchange)
    if draft is None or not plans.reads_lists(desk.office):
        return Compared(None)
    plan, pools = plans.standing(desk, draft)
    ours = next(stage for stage in plan.stages if stage.id == fields["stage"])
    theirs = {side: tuple(ids) for side, ids in from_table(fields["going"]).items()}
    reserves = {side: tuple(ids) for side, ids in from_table(fields["reserves"]).items()}
    wanted = {person for ids in theirs.values() for person in ids}
    mine = {person for ids in ours.going.values() for person in ids}
    differ = {side: ids for side, ids in reserves.items() if ids} != {
        side: tuple(ids) for side, ids in ours.reserves.items() if ids
    }
    violations = tuple(check_plan(desk.office.terms, pools, _put_in(plan, ours.id, theirs))) if wanted != mine else ()
    return Compared(ours, tuple(sorted(wanted - mine)), tuple(sorted(mine - wanted)), differ, violations)


def _put_in(plan: Plan, stage_id: str, going: dict[str, tuple[str, ...]]) -> Plan:
    """Our plan with another party's stage in it: its people leave our later stages, ours of that stage stay out."""
    wanted = {person for ids in going.values() for person in ids}
    dropped = {
        side: tuple(person for person in ids if person not in wanted)
        for stage in plan.stages
        if stage.id == stage_id
        for side, ids in stage.going.items()
    }
    stages = tuple(
        replace(stage, going={side: tuple(sorted(going.get(side, ()))) for side in stage.going})
        if stage.id == stage_id
        else replace(
            stage, going={side: tuple(person for person in ids if person not in wanted) for side, ids in stage.going.items()}
        )
        for stage in plan.stages
    )
    left_out = {
        side: tuple(sorted({*(person for person in ids if person not in wanted), *dropped.get(side, ())}))
        for side, ids in plan.left_out.items()
    }
    return replace(plan, stages=stages, left_out=left_out, proof=replace(plan.proof, replanned=True))


def propose_stage(exchange: Exchange, stage_id: str, *, by: User) -> PendingAct | None:
    """Propose the people of a stage and their reserves, as our plan has them."""
    with desk_of(exchange) as desk, told():
        draft = plans.latest(exchange)
        if draft is None:
            raise ExchangeError(_("There is no plan yet; compute it first."))
        plan, _pools = plans.standing(desk, draft)
        stage = next((stage for stage in plan.stages if stage.id == stage_id), None)
        if stage is None:
            raise ExchangeError(_("There is no such stage."))
        fields = {
            "stage": stage.id,
            "going": as_table({side: list(ids) for side, ids in stage.going.items()}),
            "reserves": as_table({side: list(ids) for side, ids in stage.reserves.items()}),
        }
        return do(exchange, by, "say", act="stage-planned", fields=fields)


def agree_to(exchange: Exchange, leaf: str, *, by: User, knowingly: bool = False) -> PendingAct | None:
    """Agree to a proposal; to another party's plan of a stage only if it is our own, or knowingly."""
    with desk_of(exchange) as desk, told():
        proposal = desk.office.state.proposals.get(leaf)
        if proposal is None:
            raise ExchangeError(_("There is no such proposal in this record."))
        if proposal.entry.act == "stage-planned" and desk.office.party != desk.office.neutral and not knowingly:
            found = compare(desk, exchange, leaf)
            if found.ours is None:
                raise ExchangeError(_("Compute your own plan first: a party agrees to a plan that it has computed itself."))
            if not found.same:
                raise ExchangeError(
                    _("The proposed plan is not the one that your lists and the terms give; look at the differences first.")
                )
        return do(exchange, by, "agree", of=leaf)
