"""What the node of the load holds: officers who are signed in, an exchange, one manifest. Imported when Django is set up."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from node import Desk
from sessions import signed_in

from homeward.bureau.access.models import User
from homeward.bureau.access.roles import Role as Job
from homeward.bureau.access.services import add_user
from homeward.bureau.exchanges.services import add_exchange, assign
from homeward.bureau.handover.services import write_manifest
from homeward.bureau.node.preparing import prepare
from homeward.exchange.acts import Role
from homeward.planning.manifests import Vehicle, manifests


def fill(folder: Path, tablets: int, people: int) -> list[Desk]:
    """Make the database, and one vehicle of so many people for each tablet, with one officer at each."""
    prepare(folder, "administrator")
    exchange = add_exchange("load", "Load", by=None)
    going = {"home-UA": [f"p-{number:05}" for number in range(1, tablets * people + 1)]}
    fleet = {"home-UA": [Vehicle(f"bus-{number:02}", people + 2, 0, 2) for number in range(1, tablets + 1)]}
    facts: dict[str, dict[str, Any]] = {person: {} for person in going["home-UA"]}
    seated = manifests(going, facts, vehicles=fleet)
    manifest = write_manifest(
        exchange="load",
        stage="day1",
        vehicles=fleet,
        roles={"home-UA": Role.RECEIVER},
        lines=seated.lines,
        people={},
        families={},
        by=None,
    )
    first = add_user("tablet-1", os.urandom(12).hex(), called="Tablet 1", roles=[Job.HANDOVER_OFFICER], by=None)
    desks = []
    for number, vehicle in enumerate(manifest.vehicles.all(), start=1):
        user = first if number == 1 else _like(first, number)
        assign(exchange, user, by=None)
        lines = list(vehicle.lines.values_list("person", flat=True))
        desks.append(Desk(signed_in(user), manifest.pk, vehicle.place, lines))
    return desks


def _like(first: User, number: int) -> User:
    """Another officer with the first one's hash: scrypt for fifty of them would take longer than the load."""
    return User.objects.create(
        username=f"tablet-{number}", called=f"Tablet {number}", role_names=first.role_names, password=first.password
    )
