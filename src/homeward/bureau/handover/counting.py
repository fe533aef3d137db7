"""Counting a vehicle: who is ticked as what, what keeps it from leaving, and what the other side has signed of it in the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from homeward.bureau.handover.models import Line, Tick, Vehicle
from homeward.bureau.handover.outcomes import Outcome, outcome_of, outcomes_of
from homeward.bureau.handover.standing import Row, Standing, standing
from homeward.exchange.acts import Role
from homeward.office.desk import Office


@dataclass(frozen=True, slots=True)
class Count:
    """A vehicle in numbers. `open` has nobody's tick yet; `conflicts` have two that differ; `presented` stood at the line."""

    people: int
    open: int
    conflicts: int
    presented: int
    by_outcome: Mapping[str, int]

    @property
    def done(self) -> int:
        """How many people have exactly one outcome."""
        return self.people - self.open - self.conflicts

    def obstacles(self) -> list[Promise | str]:
        """What keeps the vehicle from leaving, whatever the other side counts."""
        found: list[Promise | str] = []
        if self.open:
            found.append(
                ngettext("%(count)s person has no outcome yet.", "%(count)s people have no outcome yet.", self.open)
                % {"count": self.open}
            )
        if self.conflicts:
            found.append(
                ngettext(
                    "%(count)s person has two outcomes; take one back.",
                    "%(count)s people have two outcomes each; take one back.",
                    self.conflicts,
                )
                % {"count": self.conflicts}
            )
        if not self.people:
            found.append(_("Nobody is on this vehicle."))
        return found


def standings(lines: Iterable[Line]) -> dict[int, Standing]:
    """Where each of these lines stands, by the line's number."""
    rows: dict[int, list[Row]] = {line.pk: [] for line in lines}
    for line, key, outcome, takes_back in (
        Tick.objects.filter(line__in=rows).order_by("pk").values_list("line_id", "key", "outcome", "takes_back")
    ):
        rows[line].append(Row(key, outcome, takes_back))
    return {line: standing(some) for line, some in rows.items()}


def count_of(role: Role, found: Iterable[Standing]) -> Count:
    """A vehicle in numbers, from where its lines stand."""
    seen = list(found)
    outcomes = [outcome_of(role, each.outcome) for each in seen if each.outcome is not None]
    by_outcome = Counter(each.code for each in outcomes if each is not None)
    return Count(
        people=len(seen),
        open=sum(not each.outcomes for each in seen),
        conflicts=sum(each.conflict for each in seen),
        presented=sum(each is not None and each.presented for each in outcomes),
        by_outcome={outcome.code: by_outcome[outcome.code] for outcome in outcomes_of(role) if by_outcome[outcome.code]},
    )


def count_vehicle(vehicle: Vehicle) -> Count:
    """A vehicle in numbers."""
    return count_of(Role(vehicle.role), standings(vehicle.lines.defer("about")).values())


def count_vehicles(vehicles: Sequence[Vehicle]) -> dict[int, Count]:
    """Vehicles in numbers, by their own number, with two questions to the database."""
    lines = list(Line.objects.filter(vehicle__in=vehicles).defer("about"))
    found = standings(lines)
    by_vehicle: dict[int, list[Standing]] = {vehicle.pk: [] for vehicle in vehicles}
    for line in lines:
        by_vehicle[line.vehicle_id].append(found[line.pk])
    return {vehicle.pk: count_of(Role(vehicle.role), by_vehicle[vehicle.pk]) for vehicle in vehicles}


def outcomes_by_line(vehicle: Vehicle) -> list[tuple[Line, Outcome]]:
    """Every line of a vehicle that may leave, with its one outcome, in the order of the seats."""
    lines = list(vehicle.lines.defer("about"))
    found = standings(lines)
    settled: list[tuple[Line, Outcome]] = []
    for line in lines:
        code = found[line.pk].outcome
        outcome = outcome_of(Role(vehicle.role), code) if code is not None else None
        assert outcome is not None, "a vehicle leaves with one outcome for everybody"
        settled.append((line, outcome))
    return settled


#: Acts by which a side says that somebody stood at the line.
_PRESENTED = frozenset({"handed-over", "received", "refused"})


def presented_by_the_other(office: Office) -> frozenset[str]:
    """Everybody whom another party has signed for as handed over, received or refused, by this office's copy of the record."""
    return frozenset(
        str(entry.fields["person"])
        for entry in office.entries()
        if entry.act in _PRESENTED and entry.party != office.party and "person" in entry.fields
    )
