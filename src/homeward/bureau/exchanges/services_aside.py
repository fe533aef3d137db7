"""Putting an overtaken proposal aside on this node, and back. The record is not touched."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.access.policy import may
from homeward.bureau.exchanges.deeds import PERMISSIONS
from homeward.bureau.exchanges.faults import ExchangeError
from homeward.bureau.exchanges.models import Exchange, SetAside
from homeward.bureau.exchanges.offices import Desk, desk_of
from homeward.bureau.exchanges.overtaken import overtaken
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag
from homeward.exchange.state import Proposal


def aside(exchange: Exchange) -> frozenset[str]:
    """The leaves of the proposals that are put aside now."""
    return frozenset(SetAside.objects.filter(exchange=exchange, undone_at__isnull=True).values_list("leaf", flat=True))


def put_aside(exchange: Exchange, leaf: str, *, by: User) -> None:
    """Put a proposal aside that can no longer count. Twice does no harm. Raises `ExchangeError` for one that can."""
    with desk_of(exchange) as desk:
        proposal = _proposal(desk, leaf, by)
        if proposal.settled is not None or overtaken(desk, proposal) is None:
            raise ExchangeError(_("This proposal may still be signed; only what was overtaken is put aside."))
        index = proposal.entry.index
    try:
        with transaction.atomic():
            SetAside.objects.create(exchange=exchange, leaf=leaf, by=by)
            write(Tag.EXCHANGES_PROPOSAL_PUT_ASIDE, exchange.subject, by=by, counts={"act": index})
    except IntegrityError:
        return


def put_back(exchange: Exchange, leaf: str, *, by: User) -> None:
    """Put a proposal back among the others."""
    with desk_of(exchange) as desk:
        index = _proposal(desk, leaf, by).entry.index
    with transaction.atomic():
        undone = SetAside.objects.filter(exchange=exchange, leaf=leaf, undone_at__isnull=True)
        if undone.update(undone_by=by, undone_at=timezone.now()):
            write(Tag.EXCHANGES_PROPOSAL_PUT_BACK, exchange.subject, by=by, counts={"act": index})


def _proposal(desk: Desk, leaf: str, by: User) -> Proposal:
    """The proposal, for an officer who may sign such acts."""
    proposal = desk.office.state.proposals.get(leaf)
    if proposal is None:
        raise ExchangeError(_("There is no such proposal in this record."))
    permission = PERMISSIONS.get(proposal.entry.act)
    if permission is None or not may(by, permission):
        raise PermissionDenied
    return proposal
