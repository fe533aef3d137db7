"""Letting a vehicle leave, and signing what was ticked into the record.

A vehicle leaves when everybody on it has exactly one outcome and both sides have counted the same people at the line. The other
side's count is told on the spot, or stands in the record already. Then all its ticks become acts, signed at once: all of them or
none. Cut off between the two, signing is done again and says nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.handover.counting import count_vehicle, outcomes_by_line
from homeward.bureau.handover.models import Departure, Signing, Vehicle
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag

#: Signs acts of one hand in one batch, and gives their leaf hashes ("" for what was signed before).
Sign = Callable[[Iterable[tuple[str, Mapping[str, Any]]]], list[str]]


class NotLeavingError(Exception):
    """A vehicle that may not leave; the text says why."""


def depart(vehicle: Vehicle, *, theirs: int, by: User) -> Departure:
    """Let a vehicle leave, with the count that the other side told. Raises `NotLeavingError`; then it has not left."""
    with transaction.atomic():
        locked = Vehicle.objects.select_for_update().get(pk=vehicle.pk)
        if Departure.objects.filter(vehicle=locked).exists():
            raise NotLeavingError(_("This vehicle has left already."))
        count = count_vehicle(locked)
        obstacles = count.obstacles()
        if obstacles:
            raise NotLeavingError(" ".join(str(each) for each in obstacles))
        if count.presented != theirs:
            raise NotLeavingError(
                _("The counts differ: we have %(ours)s people at the line, the other side %(theirs)s. Count again together.")
                % {"ours": count.presented, "theirs": theirs}
            )
        departure = Departure.objects.create(vehicle=locked, by=by, ours=count.presented, theirs=theirs)
        write(
            Tag.HANDOVER_VEHICLE_DEPARTED,
            f"manifest:{locked.manifest_id}/{locked.code}",
            by=by,
            counts={"people": count.people, "presented": count.presented, **count.by_outcome},
        )
    return departure


def sign_ticks(vehicle: Vehicle, sign: Sign, *, by: User) -> Signing:
    """Sign the outcomes of a vehicle that has left into the record. `sign` is the exchange room's way to sign many acts.

    Raises `NotLeavingError` for a vehicle that has not left, and whatever `sign` raises; nothing is noted as signed then.
    """
    if not Departure.objects.filter(vehicle=vehicle).exists():
        raise NotLeavingError(_("This vehicle has not left yet; its counts come first."))
    before = Signing.objects.filter(vehicle=vehicle).first()
    if before is not None:
        return before
    stage = vehicle.manifest.stage
    acts = [(outcome.act, outcome.fields(line.person, stage, vehicle.code)) for line, outcome in outcomes_by_line(vehicle)]
    # The record first: cut off after it, the same acts are asked for again, and the office says none of them twice.
    leaves = sign(acts)
    with transaction.atomic():
        Vehicle.objects.select_for_update().get(pk=vehicle.pk)
        signing, made = Signing.objects.get_or_create(vehicle=vehicle, defaults={"by": by, "acts": len(leaves)})
        if made:
            write(
                Tag.HANDOVER_VEHICLE_SIGNED,
                f"manifest:{vehicle.manifest_id}/{vehicle.code}",
                by=by,
                counts={"acts": len(leaves)},
            )
    return signing
