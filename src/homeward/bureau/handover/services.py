"""Writing a stage's manifest down. Ticks are in `services_ticking`, departure in `services_departing`, signing in `services_signing`.

manifest = make_manifest(office, exchange="autumn", stage="day1", by=user)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.handover.models import Line, Manifest, Tick, Vehicle
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag
from homeward.exchange.acts import Role
from homeward.office.desk import Office
from homeward.office.own_lists import people_of
from homeward.people import Person
from homeward.people.plain import to_plain
from homeward.planning.manifests import ManifestLine, manifests, vehicles_for
from homeward.planning.manifests import Vehicle as Planned
from homeward.terms import facts_under


class ManifestError(Exception):
    """A manifest that cannot be made; the text says why and what to do."""


# -- making a manifest


def make_manifest(
    office: Office,
    *,
    exchange: str,
    stage: str,
    by: User | None,
    fleet: Mapping[str, Sequence[Planned]] | None = None,
) -> Manifest:
    """Seat the people of a planned stage in vehicles: for the lists that this party hands over or receives.

    `fleet` gives the vehicles of each list; where it says nothing, buses and ambulances of usual sizes are taken. What the lists
    say of people comes from this office's own opened lists alone. Raises `ManifestError`, and nothing is written then.
    """
    standing = office.state.stages.get(stage)
    if standing is None or not standing.people:
        raise ManifestError(
            _("Stage %(stage)s is not planned yet; the manifest follows the plan that all agreed to.") % {"stage": stage}
        )
    roles = roles_at(office)
    going = {side: tuple(people) for side, people in standing.people.items() if side in roles and people}
    if not going:
        raise ManifestError(_("This party neither hands over nor receives anybody in stage %(stage)s.") % {"stage": stage})
    day = next((each.date for each in office.terms.stages if each.id == stage), None)
    people = {side: _opened(office, side) for side in going}
    facts = {
        person.id: facts_under(office.terms, person, side, on=day)
        for side, known in people.items()
        for person in known.values()
    }
    vehicles = {side: tuple((fleet or {}).get(side, ())) or vehicles_for(persons, facts) for side, persons in going.items()}
    seated = manifests(going, facts, vehicles=vehicles)
    if seated.unplaced:
        raise ManifestError(
            _("There is no place for %(count)s people of stage %(stage)s; add vehicles, seats or stretchers.")
            % {"count": len(seated.unplaced), "stage": stage}
        )
    known = {person.id: person for side in people.values() for person in side.values()}
    families = _families(seated.lines, facts)
    return write_manifest(
        exchange=exchange,
        stage=stage,
        vehicles=vehicles,
        roles=roles,
        lines=seated.lines,
        people=known,
        families=families,
        by=by,
    )


def write_manifest(
    *,
    exchange: str,
    stage: str,
    vehicles: Mapping[str, Sequence[Planned]],
    roles: Mapping[str, Role],
    lines: Sequence[ManifestLine],
    people: Mapping[str, Person],
    families: Mapping[str, int],
    by: User | None,
) -> Manifest:
    """Write a manifest down. Raises `ManifestError` when people of the stage have been ticked on an earlier one."""
    with transaction.atomic():
        if Tick.objects.filter(line__manifest__exchange=exchange, line__manifest__stage=stage).exists():
            raise ManifestError(_("People of this stage have been ticked already; its manifest stays as it is."))
        manifest = Manifest.objects.create(exchange=exchange, stage=stage, by=by)
        rows = {
            (side, vehicle.id): Vehicle(
                manifest=manifest,
                place=place,
                side=side,
                code=vehicle.id,
                role=roles[side].value,
                seats=vehicle.seats,
                stretchers=vehicle.stretchers,
                escorts=vehicle.escorts,
            )
            for place, (side, vehicle) in enumerate((side, vehicle) for side in sorted(vehicles) for vehicle in vehicles[side])
        }
        for row in rows.values():
            row.save()
        Line.objects.bulk_create(
            [
                Line(
                    manifest=manifest,
                    vehicle=rows[line.side, line.vehicle],
                    place=place,
                    person=line.person,
                    seat=line.seat,
                    about={
                        "person": to_plain(people[line.person]) if line.person in people else None,
                        "family": families.get(line.person),
                    },
                )
                for place, line in enumerate(lines)
            ],
            batch_size=500,
        )
        counts: dict[str, int | str] = {"people": len(lines), "vehicles": len(rows), "stage": stage}
        write(Tag.HANDOVER_MANIFEST_MADE, f"manifest:{manifest.pk}", by=by, counts=counts)
    return manifest


def called_since(office: Office, manifest: Manifest) -> dict[str, list[str]]:
    """Who has been called from the reserve into this stage since the manifest was made, by list."""
    standing = office.state.stages.get(manifest.stage)
    here = set(manifest.lines.values_list("person", flat=True))
    sides = set(manifest.vehicles.values_list("side", flat=True))
    people = standing.people if standing is not None else {}
    missing = {side: [person for person in people.get(side, ()) if person not in here] for side in sorted(sides)}
    return {side: some for side, some in missing.items() if some}


def add_called(office: Office, manifest: Manifest, *, by: User | None) -> int:
    """Seat those who were called from the reserve on free seats of vehicles that have not left. Gives how many; 0 when nobody was.

    Raises `ManifestError` when there is no free seat, and adds nobody then.
    """
    called = called_since(office, manifest)
    with transaction.atomic():
        place = manifest.lines.aggregate(last=Max("place"))["last"] or 0
        for side, people in called.items():
            known = _opened(office, side)
            for person in people:
                vehicle, seat = _free_seat(manifest, side)
                place += 1
                about = {"person": to_plain(known[person]) if person in known else None, "family": None}
                Line.objects.create(manifest=manifest, vehicle=vehicle, place=place, person=person, seat=str(seat), about=about)
        added = sum(len(people) for people in called.values())
        if added:
            write(
                Tag.HANDOVER_MANIFEST_MADE, f"manifest:{manifest.pk}", by=by, counts={"called": added, "stage": manifest.stage}
            )
    return added


def _free_seat(manifest: Manifest, side: str) -> tuple[Vehicle, int]:
    """The first free seat of a side: behind who sits, in the first vehicle that has one and has not left."""
    vehicles = Vehicle.objects.select_for_update(of=("self",)).filter(manifest=manifest, side=side, departure__isnull=True)
    for vehicle in vehicles:
        taken = [int(seat) for seat in vehicle.lines.values_list("seat", flat=True) if seat.isdigit()]
        seat = max([vehicle.escorts, *taken]) + 1
        if seat <= vehicle.seats:
            return vehicle, seat
    raise ManifestError(_("No vehicle of %(side)s that has not left has a free seat.") % {"side": side})


def roles_at(office: Office) -> dict[str, Role]:
    """What this party does with the people of each list, where it does anything: hand over, or receive."""
    roles: dict[str, Role] = {}
    for list_id, each in office.state.lists.items():
        if office.party in each.holders:
            roles[list_id] = Role.HOLDER
        elif office.party in each.receivers:
            roles[list_id] = Role.RECEIVER
    return roles


def _opened(office: Office, list_id: str) -> dict[str, Person]:
    """The people of a list as this office's own opened list says; nobody when it was never opened here."""
    if list_id not in office.opened and not (office.private / f"{list_id}.opened").exists():
        return {}
    return {person.id: person for person in people_of(office, list_id)}


def _families(lines: Iterable[ManifestLine], facts: Mapping[str, Mapping[str, object]]) -> dict[str, int]:
    """A number for each family of two or more, in the order of the manifest: the mark itself could be a name."""
    marks: dict[tuple[str, object], list[str]] = {}
    for line in lines:
        mark = facts.get(line.person, {}).get("family")
        if mark is not None:
            marks.setdefault((line.side, mark), []).append(line.person)
    together = [people for people in marks.values() if len(people) > 1]
    return {person: number for number, people in enumerate(together, start=1) for person in people}


def note_read(vehicle: Vehicle, shown: int, *, by: User) -> None:
    """Put into the journal that an officer was shown so many people of a manifest."""
    with transaction.atomic():
        write(Tag.HANDOVER_MANIFEST_READ, f"manifest:{vehicle.manifest_id}/{vehicle.code}", by=by, counts={"shown": shown})
