"""Who plays which part: the people of one nation divided into those held and offered and those whom only the register knows.

The acceptable people of a list are about 1.15 times as many as are to go, soldiers and civilians apart, so that a plan exists
after the faults, the refusals and the deaths are taken away. Whoever carries a fault comes on top.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from homeward.invented.chance import Weighted, stream
from homeward.invented.person import REFERENCE_DATE, InventedPerson, Nation, generate_people
from homeward.invented.planted import PLANTED


@dataclass(frozen=True, slots=True)
class Part:
    """One person's part in the exchange. `state` and `state_since` are what the home register knows."""

    person: InventedPerson
    in_list: bool = True
    in_register: bool = True
    state: str = "believed_held"
    state_since: date | None = None
    planted: tuple[str, ...] = ()
    #: Whether a second row of the list is the same person.
    repeated: bool = False

    @property
    def acceptable(self) -> bool:
        """Whether the person is one of those whom the plan may count on."""
        return self.in_list and self.in_register and not self.planted


#: Rows of a home register for each person who is to go.
REGISTER_SIZE = 2.25
#: Civilians without a family in every list, so that families which may not be split can be filled up to any number.
LONE_CIVILIANS = 6

_STATES_OF_HELD: Weighted[str] = Weighted({"missing": 30, "believed_held": 30, "acknowledged": 10, "confirmed": 30})
_STATES_OF_OTHERS: Weighted[str] = Weighted({"missing": 55, "believed_held": 15, "released": 22, "dead": 8})


def acceptable_people(people: int) -> tuple[int, int]:
    """How many acceptable soldiers and civilians a list has at least, when `people` are to go."""
    return math.ceil(people * 0.99) + 6, math.ceil(people * 0.16) + LONE_CIVILIANS


def cast_people(people: int, *, seed: int | str, nation: Nation, dirty: bool = True) -> list[Part]:
    """The parts of all people of one nation, in an order that says nothing about them (register order comes later)."""
    rng = stream(seed, "cast", nation)
    faults = {code: kind.how_many(people) if dirty else 0 for code, kind in PLANTED.items()}
    soldiers_needed, civilians_needed = acceptable_people(people)
    others = max(0, math.ceil(people * REGISTER_SIZE) - soldiers_needed - civilians_needed - sum(faults.values()))
    other_civilians = max(others // 7, 3 * faults["civilian_as_soldier"])
    other_soldiers = max(others - other_civilians, sum(faults.values()))
    soldiers = iter(
        generate_people(soldiers_needed + sum(faults.values()) * 2 + other_soldiers, seed=seed, nation=nation, civilians=0)
    )
    first_civilian = soldiers_needed + sum(faults.values()) * 2 + other_soldiers + 1
    civilians = generate_people(
        LONE_CIVILIANS, seed=f"{seed}/alone", nation=nation, civilians=1, first=first_civilian, families=False
    )
    civilians += generate_people(
        civilians_needed - LONE_CIVILIANS + other_civilians,
        seed=f"{seed}/civilians",
        nation=nation,
        civilians=1,
        first=first_civilian + LONE_CIVILIANS,
    )
    parts = [_held(rng, next(soldiers)) for _ in range(soldiers_needed)]
    listed = _end_of_family(civilians, civilians_needed)
    parts += [_held(rng, person) for person in civilians[:listed]]
    parts = _with_repeats(rng, parts, faults["repeat"])
    parts += _faulty(rng, soldiers, faults)
    rest = civilians[listed:]
    mistaken = {person.key for person in [person for person in rest if not person.family][: faults["civilian_as_soldier"]]}
    for person in rest:
        if person.key in mistaken:
            parts.append(replace(_held(rng, person), planted=("civilian_as_soldier",)))
        else:
            parts.append(_not_listed(rng, person))
    wanted = math.ceil(people * REGISTER_SIZE)
    known = sum(part.in_register for part in parts)
    parts += [_not_listed(rng, next(soldiers)) for _ in range(max(0, wanted - known))]
    return parts


def _held(rng: Random, person: InventedPerson) -> Part:
    return Part(person, state=_STATES_OF_HELD.draw(rng), state_since=_after_capture(rng, person))


def _not_listed(rng: Random, person: InventedPerson) -> Part:
    state = _STATES_OF_OTHERS.draw(rng)
    return Part(person, in_list=False, state=state, state_since=_after_capture(rng, person))


def _after_capture(rng: Random, person: InventedPerson) -> date:
    days = (REFERENCE_DATE - person.captured_on).days
    return person.captured_on + timedelta(days=1 + int(rng.random() * (days - 10)))


def _with_repeats(rng: Random, parts: list[Part], count: int) -> list[Part]:
    """Mark `count` people to be written twice; not people with a family, whose second row would split it."""
    able = [i for i, part in enumerate(parts) if not part.person.family]
    chosen = set(rng.sample(able, k=min(count, len(able))))
    return [replace(part, repeated=True) if i in chosen else part for i, part in enumerate(parts)]


def _faulty(rng: Random, soldiers: Iterator[InventedPerson], faults: dict[str, int]) -> Iterator[Part]:
    """The people who carry a fault, except those of the rows themselves (repeats, rows that identify nobody)."""
    for state in ("released", "dead"):
        for _ in range(faults[state]):
            person = next(soldiers)
            yield Part(person, state=state, state_since=_after_capture(rng, person), planted=(state,))
    for _ in range(faults["wrong_category"]):
        healthy = replace(next(soldiers), medical="well", mobility="walking")
        yield replace(_held(rng, healthy), planted=("wrong_category",))
    for _ in range(faults["impossible_date"]):
        yield replace(_held(rng, next(soldiers)), planted=("impossible_date",))
    for _ in range(faults["unknown_person"]):
        yield Part(next(soldiers), in_register=False, planted=("unknown_person",))
    for i in range(faults["namesake"]):
        person, other = next(soldiers), next(soldiers)
        days = rng.choice((-1, 1)) * rng.randint(3, 400)
        double = replace(other, names=person.names, sex=person.sex, birth_date=person.birth_date + timedelta(days=days))
        yield replace(_held(rng, person), planted=("namesake",))
        # Every other namesake is held too; the rest wait in the register for the wrong match.
        yield replace(_held(rng, double), planted=("namesake",), in_list=i % 2 == 0)


def _end_of_family(civilians: list[InventedPerson], count: int) -> int:
    """The first place at or after `count` that splits no family."""
    while count < len(civilians) and civilians[count].family and civilians[count].family == civilians[count - 1].family:
        count += 1
    return count
