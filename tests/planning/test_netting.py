"""Several parties: circulation and cycles."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.planning.netting import net, short_cycles


def arcs_of(seed: int, parties: int, most: int) -> dict[tuple[str, str], int]:
    rng = random.Random(seed)
    names = [f"P{number}" for number in range(parties)]
    return {(one, two): rng.randint(0, most) for one in names for two in names if one != two and rng.random() < 0.5}


@settings(max_examples=50, deadline=None)
@given(st.integers(min_value=0, max_value=10**6), st.integers(min_value=2, max_value=6), st.sampled_from([None, 2, 3]))
def test_every_party_receives_as_many_as_it_hands_over_within_the_lists(seed, parties, longest):
    arcs = arcs_of(seed, parties, 9)
    found = net(arcs, longest_cycle=longest)
    assert found.optimal
    for party in {party for arc in arcs for party in arc}:
        given_up = sum(n for (giver, _), n in found.flow.items() if giver == party)
        assert given_up == sum(n for (_, receiver), n in found.flow.items() if receiver == party)
    assert all(0 <= n <= arcs[arc] for arc, n in found.flow.items())
    assert all(len(cycle) <= (longest or parties) for cycle in found.cycles)
    again: dict[tuple[str, str], int] = {}
    for cycle, times in found.cycles.items():
        for arc in pairwise((*cycle, cycle[0])):
            again[arc] = again.get(arc, 0) + times
    assert again == found.flow


@settings(max_examples=30, deadline=None)
@given(st.integers(min_value=0, max_value=10**6))
def test_forbidding_long_cycles_as_they_turn_up_finds_as_many_as_listing_the_short_ones(seed):
    arcs = {arc: 1 for arc, n in arcs_of(seed, 7, 2).items() if n}
    names = {party for arc in arcs for party in arc}
    best = 0
    cycles = short_cycles(arcs, 3)

    def choose(at: int, used: frozenset[str], people: int) -> None:
        nonlocal best
        best = max(best, people)
        for number in range(at, len(cycles)):
            if not used & set(cycles[number]):
                choose(number + 1, used | set(cycles[number]), people + len(cycles[number]))

    choose(0, frozenset(), 0)
    assert net(arcs, longest_cycle=3, limits=dict.fromkeys(names, 1)).total == best


def test_a_shorter_cap_never_moves_more_people():
    arcs = arcs_of(11, 8, 400)
    totals = [net(arcs, longest_cycle=cap).total for cap in (2, 3, None)]
    assert totals == sorted(totals)


def test_an_arc_to_oneself_is_refused():
    with pytest.raises(ValueError, match="two parties"):
        net({("A", "A"): 1})
