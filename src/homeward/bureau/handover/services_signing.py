"""Where the handover desk meets the exchange's office: making a manifest from its plan, signing ticks, reading the other's count.

An office is taken before a transaction, never the other way round (`homeward.bureau.exchanges.offices`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.exchanges.services import ExchangeError, agree_to, desk_of, is_founded, office_of, say_all
from homeward.bureau.handover.counting import presented_by_the_other
from homeward.bureau.handover.models import Manifest, Signing, Vehicle
from homeward.bureau.handover.services import make_manifest
from homeward.bureau.handover.services_departing import sign_ticks
from homeward.bureau.pages.spoken import language
from homeward.exchange import REASONS
from homeward.exchange.state import Proposal
from homeward.exchange.words import say
from homeward.office.desk import Office
from homeward.office.said import own_entries
from homeward.planning.manifests import Vehicle as Planned

Acts = Iterable[tuple[str, Mapping[str, Any]]]


def make_from_plan(
    exchange: Exchange, stage: str, *, by: User, fleet: Mapping[str, Sequence[Planned]] | None = None
) -> Manifest:
    """Write down the manifest of a planned stage. Raises `ManifestError`, or `NotFoundedError` for an exchange without a record."""
    with office_of(exchange) as office:
        return make_manifest(office, exchange=exchange.slug, stage=stage, by=by, fleet=fleet)


def sign_into_record(exchange: Exchange, vehicle: Vehicle, *, by: User) -> Signing:
    """Sign the outcomes of a vehicle that has left, all or none. Raises `ExchangeError` when one of them would have no effect now.

    A receiver's acts count only after the holder's, so they wait until the holder's have arrived here. A deviation that the other
    side has stated already is agreed to, not stated a second time.
    """

    def sign(acts: Acts) -> list[str]:
        with desk_of(exchange) as desk:
            wanted = list(acts)
            theirs = {place: found for place, each in enumerate(wanted) if (found := _stated_by_others(desk.office, each))}
            own = [each for place, each in enumerate(wanted) if place not in theirs]
            new = _not_said(desk.office, own)
            _check(desk.office, new)
            leaves = iter(say_all(exchange, by, new))
            agreed = {entry.fields["of"] for entry in own_entries(desk.office, "agreed")}
            for proposal in theirs.values():
                if proposal.entry.leaf not in agreed and proposal.settled is None:
                    agree_to(exchange, proposal.entry.leaf, by=by)
            return [next(leaves) if each in new else "" for each in wanted]

    return sign_ticks(vehicle, sign, by=by)


def _stated_by_others(office: Office, wanted: tuple[str, Mapping[str, Any]]) -> Proposal | None:
    """The same deviation as another party has proposed it, if one has."""
    act, fields = wanted
    if act != "deviation":
        return None
    return next(
        (
            each
            for each in office.state.proposals.values()
            if each.entry.act == act and each.entry.party != office.party and _key(each.entry.fields) == _key(fields)
        ),
        None,
    )


def _not_said(office: Office, acts: Sequence[tuple[str, Mapping[str, Any]]]) -> list[tuple[str, Mapping[str, Any]]]:
    """Those that this office has not signed before; after a power cut some or all of them are in its outbox or the record."""
    said = {(entry.act, _key(entry.fields)) for act in {act for act, _fields in acts} for entry in own_entries(office, act)}
    return [(act, fields) for act, fields in acts if (act, _key(fields)) not in said]


def _check(office: Office, acts: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    """Refuse what would have no effect on the record as it is here."""
    voids = [void for act, fields in acts if (void := office.why_not(act, **fields)) is not None]
    if voids:
        reason = say(REASONS[voids[0].reason], language(), detail=voids[0].detail)
        raise ExchangeError(
            _(
                "Not signed: %(count)s of %(all)s acts would have no effect now, the first because %(reason)s. "
                "A receiver signs after the holder’s acts have arrived."
            )
            % {"count": len(voids), "all": len(acts), "reason": reason}
        )


def counted_by_the_other(exchange: Exchange, vehicle: Vehicle) -> int | None:
    """How many people of the vehicle the other side has signed for, by this node's copy of the record; None when it is silent."""
    if not is_founded(exchange):
        return None
    with desk_of(exchange) as desk:
        people = frozenset(vehicle.lines.values_list("person", flat=True))
        signed = desk.derived("handover presented", presented_by_the_other)
        return len(people & signed) or None


def _key(fields: Mapping[str, Any]) -> str:
    return repr(sorted(fields.items()))
