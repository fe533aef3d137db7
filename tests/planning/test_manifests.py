"""Who sits where."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.planning import Vehicle, manifests, vehicles_for


def people(seed: int, count: int) -> dict[str, dict[str, str | int | None]]:
    rng = random.Random(seed)
    return {
        f"p-{number:03}": {
            "mobility": rng.choice(["walking"] * 8 + ["assisted", "stretcher"]),
            "family": f"f{rng.randrange(8)}" if rng.random() < 0.2 else None,
        }
        for number in range(count)
    }


@given(st.integers(min_value=0, max_value=10**6), st.integers(min_value=1, max_value=120))
def test_everybody_has_one_place_lying_people_lie_and_families_ride_together(seed, count):
    facts = people(seed, count)
    fleet = vehicles_for(list(facts), facts)
    made = manifests({"home-A": list(facts)}, facts, vehicles={"home-A": fleet})
    assert sorted(line.person for line in made.lines) + list(made.unplaced) == sorted(facts) or made.split_families
    places = [(line.vehicle, line.seat) for line in made.lines]
    assert len(set(places)) == len(places)
    for line in made.lines:
        assert line.seat.startswith("S") == (facts[line.person]["mobility"] == "stretcher")
    by_id = {vehicle.id: vehicle for vehicle in fleet}
    for vehicle in fleet:
        taken = [line.seat for line in made.lines if line.vehicle == vehicle.id]
        assert sum(seat.startswith("S") for seat in taken) <= vehicle.stretchers
        assert sum(not seat.startswith("S") for seat in taken) <= vehicle.seats - vehicle.escorts
        assert all(seat.startswith("S") or int(seat) > by_id[vehicle.id].escorts for seat in taken)
    for mark in {fact["family"] for fact in facts.values()} - {None, *made.split_families}:
        assert len({line.vehicle for line in made.lines if facts[line.person]["family"] == mark}) == 1


def test_another_order_of_people_gives_the_same_manifest():
    facts = people(4, 80)
    fleet = {"home-A": vehicles_for(list(facts), facts)}
    one = manifests({"home-A": list(facts)}, facts, vehicles=fleet)
    assert manifests({"home-A": list(reversed(list(facts)))}, facts, vehicles=fleet) == one


def test_who_finds_no_place_is_named():
    made = manifests({"home-A": ["a", "b"]}, {"b": {"mobility": "stretcher"}}, vehicles={"home-A": [Vehicle("bus", 1)]})
    assert [line.person for line in made.lines] == ["a"]
    assert made.unplaced == ("b",)


def test_a_vehicle_with_more_escorts_than_seats_is_refused():
    with pytest.raises(ValueError, match="escorts"):
        Vehicle("bus", 2, escorts=3)
