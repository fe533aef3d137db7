"""Who sits where: one stage's people in vehicles, with stretchers, escorts and families.

A vehicle has seats, stretcher places, and escorts who take seats first. Lying people take stretcher places, in the vehicles that
have most of them; their families sit in the same vehicle where there is room. People who need help sit in front. The same input
gives the same manifest, whatever its order.

>>> going = {"home-A": ["p-3", "p-1", "p-2"]}
>>> facts = {"p-1": {"mobility": "stretcher", "family": "f"}, "p-2": {"family": "f"}, "p-3": {}}
>>> fleet = [Vehicle("bus", seats=10, escorts=1), Vehicle("ambulance", seats=2, stretchers=1, escorts=1)]
>>> for line in manifests(going, facts, vehicles={"home-A": fleet}).lines:
...     print(line.vehicle, line.seat, line.person)
bus 2 p-3
ambulance 2 p-2
ambulance S1 p-1
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from homeward.planning.candidate import Fact


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle with seats for people and escorts together, and places for people who lie. Ids are unique on a side."""

    id: str
    seats: int
    stretchers: int = 0
    escorts: int = 0

    def __post_init__(self) -> None:
        if min(self.seats, self.stretchers, self.escorts) < 0 or self.escorts > self.seats:
            raise ValueError(f"vehicle {self.id}: places are not below 0, and escorts need seats")


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """One place of one vehicle: `seat` is a number from 1 (escorts take the first ones) or `S1`, `S2`… for stretchers."""

    vehicle: str
    seat: str
    person: str
    side: str


@dataclass(frozen=True, slots=True)
class Manifests:
    """All lines, by side, then vehicle in the order given; who found no place; and families that no vehicle could take together."""

    lines: tuple[ManifestLine, ...]
    unplaced: tuple[str, ...]
    split_families: tuple[str, ...]


@dataclass
class _Load:
    """A vehicle being filled."""

    vehicle: Vehicle
    sitting: list[str] = field(default_factory=list)
    lying: list[str] = field(default_factory=list)

    @property
    def free(self) -> int:
        return self.vehicle.seats - self.vehicle.escorts - len(self.sitting)

    @property
    def free_stretchers(self) -> int:
        return self.vehicle.stretchers - len(self.lying)


def manifests(
    going: Mapping[str, Sequence[str]],
    facts: Mapping[str, Mapping[str, Fact]],
    *,
    vehicles: Mapping[str, Sequence[Vehicle]],
    family: str = "family",
) -> Manifests:
    """Seat the people of each side in that side's vehicles. `facts` gives `mobility` and the family mark of each person."""
    lines: list[ManifestLine] = []
    unplaced: list[str] = []
    split: list[str] = []
    for side in sorted(going):
        loads = [_Load(vehicle) for vehicle in vehicles.get(side, ())]
        if len({load.vehicle.id for load in loads}) != len(loads):
            raise ValueError(f"two vehicles of side {side} have the same id")
        for group in _groups(going[side], facts, family):
            if not _board(loads, group, facts):
                if len(group) > 1:
                    split.append(str(facts[group[0]][family]))
                unplaced += [person for person in group if not _board(loads, [person], facts)]
        for load in loads:
            lines += _seated(load, side, facts)
    return Manifests(tuple(lines), tuple(sorted(unplaced)), tuple(split))


def vehicles_for(
    going: Sequence[str],
    facts: Mapping[str, Mapping[str, Fact]],
    *,
    seats: int = 45,
    escorts: int = 2,
    ambulance_seats: int = 4,
    ambulance_stretchers: int = 2,
    ambulance_escorts: int = 1,
) -> tuple[Vehicle, ...]:
    """As many ambulances and buses of these sizes as one side's people need, if every family fits into one."""
    lying = sum(_lies(facts.get(person, {})) for person in going)
    ambulances = -(-lying // ambulance_stretchers)
    sitting = len(going) - lying
    fleet = [
        Vehicle(f"ambulance-{number + 1:02}", ambulance_seats, ambulance_stretchers, ambulance_escorts)
        for number in range(ambulances)
    ]
    # One bus more than the seats ask for, where families could leave gaps.
    families = any(facts.get(person, {}).get("family") is not None for person in going)
    buses = -(-sitting // (seats - escorts)) + (1 if families and sitting % (seats - escorts) else 0)
    return (*fleet, *(Vehicle(f"bus-{number + 1:02}", seats, 0, escorts) for number in range(buses)))


def _lies(facts: Mapping[str, Fact]) -> bool:
    return facts.get("mobility") == "stretcher"


def _groups(people: Sequence[str], facts: Mapping[str, Mapping[str, Fact]], family: str) -> list[list[str]]:
    """Families and single people: first those with people who lie, then the largest, then by id."""
    groups: dict[tuple[bool, Fact], list[str]] = {}
    for person in sorted(people):
        mark = facts.get(person, {}).get(family)
        groups.setdefault((mark is None, person if mark is None else mark), []).append(person)

    def rank(group: list[str]) -> tuple[int, int, str]:
        return -sum(_lies(facts.get(person, {})) for person in group), -len(group), group[0]

    return sorted(groups.values(), key=rank)


def _board(loads: Sequence[_Load], group: Sequence[str], facts: Mapping[str, Mapping[str, Fact]]) -> bool:
    """Put a group into the first vehicle that has room for all of it; those who sit do not fill ambulances needlessly."""
    lying = [person for person in group if _lies(facts.get(person, {}))]
    sitting = [person for person in group if person not in lying]
    fitting = [load for load in loads if load.free_stretchers >= len(lying) and load.free >= len(sitting)]
    if not fitting:
        return False
    # Lying people go where most stretchers are; everybody else keeps away from such vehicles while there is another.
    choice = min(fitting, key=lambda load: -load.vehicle.stretchers if lying else load.vehicle.stretchers)
    choice.lying += lying
    choice.sitting += sitting
    return True


def _seated(load: _Load, side: str, facts: Mapping[str, Mapping[str, Fact]]) -> list[ManifestLine]:
    """Seats in order: people who need help in front, the others as they boarded, so that families sit side by side."""
    vehicle = load.vehicle
    helped = [person for person in load.sitting if facts.get(person, {}).get("mobility") == "assisted"]
    others = [person for person in load.sitting if person not in set(helped)]
    seated = [
        ManifestLine(vehicle.id, str(vehicle.escorts + number + 1), person, side)
        for number, person in enumerate([*helped, *others])
    ]
    return seated + [ManifestLine(vehicle.id, f"S{number + 1}", person, side) for number, person in enumerate(load.lying)]
