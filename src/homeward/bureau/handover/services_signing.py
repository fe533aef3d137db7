"""Where the handover desk meets the exchange's office: making a manifest from its plan, signing ticks, reading the other's count.

An office is taken before a transaction, never the other way round (`homeward.bureau.exchanges.offices`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.exchanges.services import ExchangeError, NoEffectError, agree_to, desk_of, is_founded, office_of, say_all
from homeward.bureau.handover.counting import presented_by_the_other
from homeward.bureau.handover.models import Manifest, Signing, Vehicle
from homeward.bureau.handover.services import make_manifest
from homeward.bureau.handover.services_departing import sign_ticks
from homeward.exchange.state import Proposal
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
            try:
                leaves = iter(say_all(exchange, by, own))
            except NoEffectError as error:
                raise ExchangeError(
                    _("%(why)s Nothing of this vehicle was signed. A receiver signs after the holder’s acts have arrived.")
                    % {"why": error}
                ) from None
            agreed = {entry.fields["of"] for entry in own_entries(desk.office, "agreed")}
            for proposal in theirs.values():
                if proposal.entry.leaf not in agreed and proposal.settled is None:
                    agree_to(exchange, proposal.entry.leaf, by=by)
            return ["" if place in theirs else next(leaves) for place in range(len(wanted))]

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
