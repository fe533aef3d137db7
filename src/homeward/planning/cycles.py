"""Short cycles of parties inside a plan: as many classes of their own, in which nobody is.

With a cap on the length of cycles a plan has to be a sum of cycles of parties. Each short cycle becomes a class that counts how many
times people go around it; on each arc between two parties, those who go are as many as the cycles that use it. So the cap binds
the plan together with all other clauses, and the priorities decide between exchanges of different size, as they do everywhere.

The classes stand behind all others, have no people, and gain nothing. Where parties are so many that the cycles cannot be listed,
the numbers on the arcs are fixed instead, so that most people go (`homeward.planning.netting`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from homeward.planning.netting import Arc, Cycle, net, short_cycles
from homeward.planning.people import Int, People, between_parties
from homeward.planning.rows import CIRCULATION, Counter, Row
from homeward.terms.model import Terms

if TYPE_CHECKING:
    from homeward.planning.crowd import Crowd

#: Up to so many cycles they are listed; and so many steps of the search for them are worth making.
_MOST_CYCLES = 2_000
_MOST_STEPS = 200_000


def cycle_rows(terms: Terms, people: People) -> list[Row]:
    """The rows of the cap on the length of cycles, one for each arc between parties; none without a cap."""
    longest = terms.circulation.longest_cycle if terms.circulation is not None else None
    if longest is None or longest >= len(terms.parties):
        return []
    arcs = between_parties(people, np.ones(len(people), dtype=bool))
    everywhere, last = tuple(sorted(terms.sides)), len(terms.stages) - 1
    counters = {arc: Counter(everywhere, holder=arc[0], receiver=arc[1]) for arc in sorted(arcs)}
    if _listed(arcs, longest):
        return [
            Row(CIRCULATION, ((1, counter), (-1, Counter((), arc=arc))), last, cumulative=True, lower=0, upper=0)
            for arc, counter in counters.items()
        ]
    flow = net(arcs, longest_cycle=longest).flow
    return [
        Row(CIRCULATION, ((1, counter),), last, cumulative=True, lower=flow.get(arc, 0), upper=flow.get(arc, 0))
        for arc, counter in counters.items()
    ]


def _listed(arcs: Mapping[Arc, int], longest: int) -> list[Cycle]:
    """The short cycles, or none where they are too many."""
    degree = max((sum(giver == arc[0] for arc in arcs) for giver, _ in arcs), default=0)
    if len(arcs) * degree ** max(longest - 2, 0) > _MOST_STEPS:
        return []
    cycles = short_cycles(arcs, longest)
    return cycles if len(cycles) <= _MOST_CYCLES else []


def with_cycles(terms: Terms, crowd: Crowd) -> Crowd:
    """The crowd with a class for each short cycle, if its rows count cycles."""
    places = {counter.arc: place for place, counter in enumerate(crowd.counters) if counter.arc is not None}
    if not places:
        return crowd
    assert terms.circulation is not None, "only a cap on the length of cycles counts cycles"
    assert terms.circulation.longest_cycle is not None, "only a cap on the length of cycles counts cycles"
    cycles = tuple(short_cycles(dict.fromkeys(places, 1), terms.circulation.longest_cycle))
    room = {arc: int(crowd.most[:, place] @ crowd.class_size) for arc, place in _people_on(crowd).items()}
    counts = np.zeros((len(cycles), len(crowd.counters)), dtype=np.int64)
    for number, cycle in enumerate(cycles):
        counts[number, [places[arc] for arc in _arcs_of(cycle)]] = 1
    size = np.array([min(room[arc] for arc in _arcs_of(cycle)) for cycle in cycles], dtype=np.int64)
    first, many = len(crowd.class_size), len(cycles)
    return replace(
        crowd,
        least=np.concatenate([crowd.least, counts]),
        most=np.concatenate([crowd.most, counts]),
        class_size=np.concatenate([crowd.class_size, size]),
        class_heads=np.concatenate([crowd.class_heads, np.zeros((many, crowd.class_heads.shape[1]), np.int64)]),
        type_class=np.concatenate([crowd.type_class, np.arange(first, first + many)]),
        type_size=np.concatenate([crowd.type_size, size]),
        type_gain=np.concatenate([crowd.type_gain, np.zeros((many, crowd.type_gain.shape[1]), np.int64)]),
        cycles=cycles,
    )


def count_cycles(crowd: Crowd, totals: Int) -> Int:
    """The totals with as many cycles as the people who have gone by the last stage make up."""
    if not crowd.cycles:
        return totals
    counted = totals.copy()
    flow = {
        arc: int(crowd.most[: -len(crowd.cycles), place] @ totals[: -len(crowd.cycles), -1])
        for arc, place in _people_on(crowd).items()
    }
    longest = max(len(cycle) for cycle in crowd.cycles)
    times = net({arc: count for arc, count in flow.items() if count}, longest_cycle=longest).cycles
    counted[-len(crowd.cycles) :, -1] = [times.get(cycle, 0) for cycle in crowd.cycles]
    return counted


def _people_on(crowd: Crowd) -> dict[Arc, int]:
    """Arc → the number of the counter of the people on it, for the arcs whose cycles are counted."""
    parts = [row.parts for row in crowd.rows if len(row.parts) > 1 and row.parts[1][1].arc is not None]
    number = {counter: place for place, counter in enumerate(crowd.counters)}
    return {cycles.arc: number[counter] for (_, counter), (_, cycles) in parts if cycles.arc is not None}


def _arcs_of(cycle: Sequence[str]) -> Iterator[Arc]:
    return zip(cycle, (*cycle[1:], cycle[0]), strict=True)
