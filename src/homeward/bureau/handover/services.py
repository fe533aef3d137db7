"""Writing a stage's manifest down, and taking ticks. Departure and signing are in `services_departing`.

    manifest = make_manifest(office, exchange="autumn", stage="day1", by=user)
    results = tick(manifest, [NewTick(key, "p-0417", "received")], by=user)

A tick is answered for only when it is on the disk. Sent again under the same key it changes nothing and is answered the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from homeward.bureau.access.models import User
from homeward.bureau.handover.models import Departure, Line, Manifest, Tick, Vehicle
from homeward.bureau.handover.outcomes import outcome_of
from homeward.bureau.journal.services import write, write_many
from homeward.bureau.journal.tags import Tag
from homeward.exchange.acts import Role
from homeward.office.desk import Office
from homeward.office.own_lists import people_of
from homeward.people import Person
from homeward.people.plain import to_plain
from homeward.planning.manifests import ManifestLine, manifests, vehicles_for
from homeward.planning.manifests import Vehicle as Planned
from homeward.terms import facts_under

#: A tablet that was long out of reach sends its ticks in parts of this size.
MOST_TICKS = 200


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


# -- ticks


@dataclass(frozen=True, slots=True)
class NewTick:
    """A tick as a tablet sends it. With `takes_back` it takes that tick back, and `outcome` is empty."""

    key: UUID
    person: str
    outcome: str = ""
    takes_back: UUID | None = None
    ticked_at: datetime | None = None


class Verdict(StrEnum):
    """What became of a tick. Only `TAKEN` has changed or confirmed anything; all others are final, too, and must be looked at."""

    TAKEN = "taken"
    DEPARTED = "departed"
    NOBODY = "nobody"
    NO_OUTCOME = "no_outcome"
    OTHER_CONTENT = "other_content"


VERDICTS: Mapping[Verdict, Promise | str] = {
    Verdict.TAKEN: gettext_lazy("taken"),
    Verdict.DEPARTED: gettext_lazy("The vehicle had left already, so this was not taken. State a deviation if it is true."),
    Verdict.NOBODY: gettext_lazy("Nobody of this number is on this manifest."),
    Verdict.NO_OUTCOME: gettext_lazy("This desk cannot say that of this person."),
    Verdict.OTHER_CONTENT: gettext_lazy("The tablet has used this tick's number for something else before; tick again."),
}


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one tick."""

    tick: NewTick
    verdict: Verdict


def tick(manifest: Manifest, ticks: Sequence[NewTick], *, by: User) -> list[Result]:
    """Take ticks, in one transaction: when this returns, they are on the disk. One result for each, in order."""
    assert len(ticks) <= MOST_TICKS, "a tablet sends its ticks in parts"
    wanted = {each.person for each in ticks}
    with transaction.atomic():
        found = Line.objects.filter(manifest=manifest, person__in=wanted).select_related("vehicle").defer("about")
        lines = {line.person: line for line in found}
        # A departure takes the same lock, so that no tick slips in behind it.
        vehicles = {line.vehicle_id for line in lines.values()}
        list(Vehicle.objects.select_for_update().filter(pk__in=vehicles).order_by("pk").values_list("pk"))
        departed = set(Departure.objects.filter(vehicle__in=vehicles).values_list("vehicle_id", flat=True))
        known = {row.key: row for row in Tick.objects.filter(key__in=[each.key for each in ticks])}
        rows: list[Tick] = []
        results: list[Result] = []
        for each in ticks:
            line = lines.get(each.person)
            verdict, is_new = _judge(each, line, known.get(each.key), line is not None and line.vehicle_id in departed)
            results.append(Result(each, verdict))
            if is_new and line is not None:
                row = Tick(
                    key=each.key,
                    line=line,
                    outcome=each.outcome,
                    takes_back=each.takes_back,
                    ticked_at=each.ticked_at,
                    by=by,
                )
                known[each.key] = row
                rows.append(row)
        if rows:
            Tick.objects.bulk_create(rows)
            for tag, some in (
                (Tag.HANDOVER_TICK_MADE, [row for row in rows if row.takes_back is None]),
                (Tag.HANDOVER_TICK_UNDONE, [row for row in rows if row.takes_back is not None]),
            ):
                if some:
                    subjects = [f"manifest:{manifest.pk}/{row.line.person}" for row in some]
                    write_many(tag, subjects, by=by, counts={"ticks": len(some)})
    return results


def _judge(each: NewTick, line: Line | None, known: Tick | None, departed: bool) -> tuple[Verdict, bool]:
    """What becomes of a tick, and whether it is a new row."""
    if known is not None:
        here = line.pk if line is not None else None
        same = (known.line_id, known.outcome, known.takes_back) == (here, each.outcome, each.takes_back)
        return (Verdict.TAKEN if same else Verdict.OTHER_CONTENT), False
    if line is None:
        return Verdict.NOBODY, False
    if departed:
        return Verdict.DEPARTED, False
    if each.takes_back is None and outcome_of(Role(line.vehicle.role), each.outcome) is None:
        return Verdict.NO_OUTCOME, False
    if each.takes_back is not None and each.outcome:
        return Verdict.NO_OUTCOME, False
    return Verdict.TAKEN, True
