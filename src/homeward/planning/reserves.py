"""Stand-ins for people who do not come, from the same class, so that no clause notices the exchange.

How many: the smallest number such that, when each of those going and of the stand-ins drops out with probability `no_show`,
more drop out than there are stand-ins with probability at most `risk`. The risk of a stage is shared equally among its
classes, so that the whole stage runs short with at most `risk`.

>>> stand_ins(5, 0.01, 0.001), stand_ins(100, 0.01, 0.001), stand_ins(300, 0.03, 0.001), stand_ins(100, 0.0, 0.001)
(2, 5, 20, 0)

Who: the people of the class who go in no stage, in the order of priorities and draw; only when there are too few of them, the
people of later stages, whose own place then has to be filled again. The same person can stand in for several stages: whoever
was not needed in the first is free for the second.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log, log1p

import numpy as np

from homeward.planning.crowd import Crowd
from homeward.planning.order import Order
from homeward.planning.people import Int
from homeward.terms.model import Reserve


@dataclass(frozen=True, slots=True)
class Reserves:
    """The stand-ins of one stage: by side, the ids in the order in which they are called, and how many are wanted."""

    called: Mapping[str, tuple[str, ...]]
    wanted: Mapping[str, int]


@lru_cache(maxsize=4096)
def stand_ins(going: int, no_show: float, risk: float) -> int:
    """How many stand-ins `going` units need. Raises `ValueError` unless 0 <= no_show < 1 and 0 < risk < 1."""
    if not 0 <= no_show < 1 or not 0 < risk < 1:
        raise ValueError("no_show is at least 0 and below 1, risk between 0 and 1")
    if no_show == 0 or going == 0:
        return 0
    enough = 1
    while _more_than(going + enough, enough, no_show) > risk:
        enough *= 2
    too_few = enough // 2 if enough > 1 else -1
    while enough - too_few > 1:
        middle = (enough + too_few) // 2
        if _more_than(going + middle, middle, no_show) > risk:
            too_few = middle
        else:
            enough = middle
    return enough


def _more_than(count: int, limit: int, chance: float) -> float:
    """Probability that more than `limit` of `count` drop out."""
    gone = np.arange(limit + 1)
    steps = np.log((count - gone[:-1]) / (gone[:-1] + 1)) + log(chance) - log1p(-chance)
    logs = count * log1p(-chance) + np.concatenate([[0.0], np.cumsum(steps)])
    return 1.0 - float(np.exp(logs).sum())


def reserves_of(reserve: Reserve, crowd: Crowd, order: Order, stage_of_unit: Int, stages: int) -> list[Reserves]:
    """The stand-ins of each stage."""
    sides = crowd.people.sides
    class_of_unit = crowd.type_class[crowd.unit_type]
    side_of_class = crowd.class_heads.argmax(axis=1)
    size_of_class = crowd.class_heads.sum(axis=1)
    idle = np.bincount(crowd.unit_type[stage_of_unit == -1], minlength=len(crowd.type_size))
    found = []
    for stage in range(stages):
        going = np.bincount(class_of_unit[stage_of_unit == stage], minlength=crowd.classes)
        later = np.bincount(crowd.unit_type[stage_of_unit > stage], minlength=len(crowd.type_size))
        cells = np.flatnonzero(going)
        choices = ((idle, stage_of_unit == -1), (later, stage_of_unit > stage))
        called: dict[str, list[str]] = {side: [] for side in sides}
        wanted = dict.fromkeys(sides, 0)
        for number in cells.tolist():
            side, heads = sides[side_of_class[number]], int(size_of_class[number])
            chance = 1.0 - (1.0 - reserve.no_show) ** heads
            need = stand_ins(int(going[number]), chance, reserve.risk / len(cells))
            wanted[side] += need * heads
            first, end = np.searchsorted(crowd.type_class, [number, number + 1]).tolist()
            units: list[int] = []
            for counts, fits in choices:
                for kind in (first + np.flatnonzero(counts[first:end])).tolist():
                    if len(units) >= need:
                        break
                    ordered = order.sorted_units(kind)
                    units += ordered[fits[ordered]].tolist()
            for unit in units[:need]:
                called[side] += order.members(unit)
        found.append(Reserves({side: tuple(ids) for side, ids in called.items()}, wanted))
    return found
