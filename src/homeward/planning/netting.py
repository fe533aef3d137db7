"""Several parties at once: everybody hands over as many as they receive, around cycles of parties.

An arc says how many people one party could hand over to another. The largest exchange in which no party gives more than it
gets is a circulation; the linear program of a circulation is whole by itself. Parties may want short cycles only, because in a
short cycle fewer have to trust; then cycles of at most `longest_cycle` parties are counted one by one, and the cap costs people:

>>> arcs = {("A", "B"): 5, ("B", "C"): 4, ("C", "A"): 3, ("B", "A"): 1}
>>> net(arcs).total, net(arcs, longest_cycle=2).total
(11, 2)
>>> net(arcs).cycles
{('A', 'B'): 1, ('A', 'B', 'C'): 3}

With `limits` a party hands over at most so many; with a limit of 1 for everybody this is the clearing problem of kidney exchange
(`homeward.planning.shortcycles`); beyond cycles of three, long cycles are forbidden as they turn up instead of listing the short ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor

import highspy
import numpy as np

from homeward.planning.highs import INFINITY, Float, highs_lp, solver
from homeward.planning.shortcycles import best_cycles, cycle_table

#: Up to this length all cycles are listed; there are too many longer ones.
_TABLED = 3

Arc = tuple[str, str]
Cycle = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Netting:
    """How many people go along each arc; the same as cycles; and the bound that proves that there are no more."""

    flow: Mapping[Arc, int]
    cycles: Mapping[Cycle, int]
    bound: float

    @property
    def total(self) -> int:
        """How many people go."""
        return sum(self.flow.values())

    @property
    def optimal(self) -> bool:
        """No circulation within the same rules moves more people."""
        return self.total >= floor(self.bound + 1e-6)


def net(arcs: Mapping[Arc, int], *, longest_cycle: int | None = None, limits: Mapping[str, int] | None = None) -> Netting:
    """The circulation with most people. Raises `ValueError` for an arc from a party to itself or a capacity below 0."""
    if any(giver == receiver for giver, receiver in arcs) or any(capacity < 0 for capacity in arcs.values()):
        raise ValueError("an arc joins two parties and has a capacity of at least 0")
    if longest_cycle is not None and longest_cycle < 2:
        raise ValueError("a cycle has at least two parties")
    used = {arc: capacity for arc, capacity in sorted(arcs.items()) if capacity > 0}
    bounded = dict(limits or {})
    parties = sorted({party for arc in used for party in arc})
    if longest_cycle is None or longest_cycle >= len(parties):
        return _circulation(used, parties, bounded)
    if all(bounded.get(party, 2) == 1 for party in parties) and longest_cycle <= _TABLED:
        return _one_each_short(used, parties, longest_cycle)
    if all(bounded.get(party, 2) <= 1 for party in parties):
        return _one_each(used, parties, bounded, longest_cycle)
    return _by_cycles(used, parties, bounded, longest_cycle)


def _circulation(arcs: Mapping[Arc, int], parties: Sequence[str], limits: Mapping[str, int]) -> Netting:
    highs = _arc_program(arcs, parties, limits)
    highs.run()
    values = np.array(highs.getSolution().col_value)
    flow = {arc: round(value) for arc, value in zip(arcs, values.tolist(), strict=True) if round(value)}
    return Netting(flow, _cycles_of(flow), highs.getObjectiveValue())


def _arc_program(arcs: Mapping[Arc, int], parties: Sequence[str], limits: Mapping[str, int]) -> highspy.Highs:
    """Most people along arcs, each party giving what it gets and no more than its limit."""
    number = {party: place for place, party in enumerate(parties)}
    many, count = len(parties), len(arcs)
    givers = np.array([number[giver] for giver, _ in arcs], dtype=np.int64)
    receivers = np.array([number[receiver] for _, receiver in arcs], dtype=np.int64)
    columns = np.arange(count)
    lp = highs_lp(
        np.array([float(capacity) for capacity in arcs.values()]),
        np.ones(count),
        np.concatenate([np.zeros(many), np.full(many, -INFINITY)]),
        np.concatenate([np.zeros(many), np.array([float(limits.get(party, INFINITY)) for party in parties])]),
        rows=np.concatenate([givers, receivers, many + givers]),
        columns=np.concatenate([columns, columns, columns]),
        values=np.concatenate([np.ones(count), -np.ones(count), np.ones(count)]),
    )
    return solver(lp)


def _one_each_short(arcs: Mapping[Arc, int], parties: Sequence[str], longest: int) -> Netting:
    """Every party gives at most one person, in cycles so short that all of them can be listed."""
    number = {party: place for place, party in enumerate(parties)}
    table = cycle_table([(number[giver], number[receiver]) for giver, receiver in arcs], len(parties), longest=longest)
    chosen, bound = best_cycles(table, len(parties))
    cycles = {tuple(parties[party] for party in cycle): 1 for cycle in sorted(chosen)}
    flow = {arc: 1 for cycle in cycles for arc in zip(cycle, (*cycle[1:], cycle[0]), strict=True)}
    return Netting(dict(sorted(flow.items())), cycles, float(bound))


def _one_each(arcs: Mapping[Arc, int], parties: Sequence[str], limits: Mapping[str, int], longest: int) -> Netting:
    """Every party gives at most one person: whole arcs, and a row against each long cycle that turns up."""
    highs = _arc_program(dict.fromkeys(arcs, 1), parties, limits)
    place = {arc: number for number, arc in enumerate(arcs)}
    columns = np.arange(len(arcs), dtype=np.int32)
    highs.changeColsIntegrality(len(columns), columns, np.full(len(columns), int(highspy.HighsVarType.kInteger), np.uint8))
    while True:
        highs.run()
        values = np.array(highs.getSolution().col_value)
        flow = {arc: 1 for arc, value in zip(arcs, values.tolist(), strict=True) if value > 0.5}
        cycles = _cycles_of(flow)
        long = [cycle for cycle in cycles if len(cycle) > longest]
        if not long:
            return Netting(flow, cycles, float(highs.getInfo().mip_dual_bound))
        for cycle in long:
            for start in range(len(cycle)):
                # A path of `longest` arcs that does not close is part of a longer cycle; not all of its arcs can be used.
                path = [cycle[(start + step) % len(cycle)] for step in range(longest + 1)]
                steps = [place[arc] for arc in pairwise(path)]
                highs.addRow(-INFINITY, float(longest - 1), len(steps), np.array(steps, dtype=np.int32), np.ones(len(steps)))


def _by_cycles(arcs: Mapping[Arc, int], parties: Sequence[str], limits: Mapping[str, int], longest: int) -> Netting:
    """One column for each cycle of at most `longest` parties; the linear bound, then whole numbers."""
    cycles = short_cycles(arcs, longest)
    row = {arc: number for number, arc in enumerate(arcs)}
    party_row = {party: len(row) + number for number, party in enumerate(parties)}
    rows: list[int] = []
    columns: list[int] = []
    for number, cycle in enumerate(cycles):
        steps = list(zip(cycle, (*cycle[1:], cycle[0]), strict=True))
        entries = [row[arc] for arc in steps] + [party_row[party] for party in cycle]
        rows += entries
        columns += [number] * len(entries)
    most = [float(capacity) for capacity in arcs.values()] + [float(limits.get(party, INFINITY)) for party in parties]
    lengths: Float = np.array([float(len(cycle)) for cycle in cycles])
    lp = highs_lp(
        np.full(len(cycles), INFINITY),
        lengths,
        np.full(len(most), -INFINITY),
        np.array(most),
        rows=np.array(rows, np.int64),
        columns=np.array(columns, np.int64),
        values=np.ones(len(rows)),
    )
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(cycles)
    highs = solver(lp)
    highs.run()
    values = np.rint(np.array(highs.getSolution().col_value)).astype(int).tolist()
    taken = {cycle: times for cycle, times in zip(cycles, values, strict=True) if times}
    flow: dict[Arc, int] = {}
    for cycle, times in taken.items():
        for arc in zip(cycle, (*cycle[1:], cycle[0]), strict=True):
            flow[arc] = flow.get(arc, 0) + times
    bound = float(highs.getInfo().mip_dual_bound) if cycles else 0.0
    return Netting(dict(sorted(flow.items())), taken, bound)


def short_cycles(arcs: Mapping[Arc, int], longest: int) -> list[Cycle]:
    """Every simple cycle of at most `longest` parties, starting at its first party in alphabetical order."""
    after: dict[str, list[str]] = {}
    for giver, receiver in sorted(arcs):
        after.setdefault(giver, []).append(receiver)
    found: list[Cycle] = []

    def walk(path: list[str]) -> None:
        for party in after.get(path[-1], ()):
            if party == path[0] and len(path) > 1:
                found.append(tuple(path))
            elif party > path[0] and party not in path and len(path) < longest:
                walk([*path, party])

    for start in sorted(after):
        walk([start])
    return found


def _cycles_of(flow: Mapping[Arc, int]) -> dict[Cycle, int]:
    """Take a circulation apart into cycles, shortest first where arcs run both ways."""
    left = dict(flow)
    found: dict[Cycle, int] = {}

    def take(cycle: Cycle) -> None:
        arcs = list(zip(cycle, (*cycle[1:], cycle[0]), strict=True))
        times = min(left[arc] for arc in arcs)
        first = cycle.index(min(cycle))
        key = cycle[first:] + cycle[:first]
        found[key] = found.get(key, 0) + times
        for arc in arcs:
            left[arc] -= times
            if not left[arc]:
                del left[arc]

    for giver, receiver in sorted(flow):
        if giver < receiver and left.get((giver, receiver)) and left.get((receiver, giver)):
            take((giver, receiver))
    while left:
        path = [min(left)[0]]
        while path[-1] not in path[:-1]:
            path.append(min(receiver for giver, receiver in left if giver == path[-1]))
        take(tuple(path[path.index(path[-1]) : -1]))
    return dict(sorted(found.items()))
