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
from math import exp, lgamma, log, log1p

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


def stand_ins(going: int, no_show: float, risk: float) -> int:
    """How many stand-ins `going` units need. Raises `ValueError` unless 0 <= no_show < 1 and 0 < risk < 1."""
    if not 0 <= no_show < 1 or not 0 < risk < 1:
        raise ValueError("no_show is at least 0 and below 1, risk between 0 and 1")
    if no_show == 0 or going == 0:
        return 0
    number = 0
    while _more_than(going + number, number, no_show) > risk:
        number += 1
    return number


def _more_than(count: int, limit: int, chance: float) -> float:
    """Probability that more than `limit` of `count` drop out."""
    up_to = sum(
        exp(
            lgamma(count + 1)
            - lgamma(gone + 1)
            - lgamma(count - gone + 1)
            + gone * log(chance)
            + (count - gone) * log1p(-chance)
        )
        for gone in range(limit + 1)
    )
    return 1.0 - up_to


def reserves_of(reserve: Reserve, crowd: Crowd, order: Order, stage_of_unit: Int, stages: int) -> list[Reserves]:
    """The stand-ins of each stage."""
    sides = crowd.people.sides
    class_of_unit = crowd.type_class[crowd.unit_type]
    side_of_class = crowd.class_heads.argmax(axis=1)
    size_of_class = crowd.class_heads.sum(axis=1)
    found = []
    for stage in range(stages):
        going = np.bincount(class_of_unit[stage_of_unit == stage], minlength=crowd.classes)
        cells = np.flatnonzero(going)
        called: dict[str, list[str]] = {side: [] for side in sides}
        wanted = dict.fromkeys(sides, 0)
        for number in cells.tolist():
            side, heads = sides[side_of_class[number]], int(size_of_class[number])
            chance = 1.0 - (1.0 - reserve.no_show) ** heads
            need = stand_ins(int(going[number]), chance, reserve.risk / len(cells))
            wanted[side] += need * heads
            for unit in waiting(crowd, order, stage_of_unit, class_number=number, stage=stage, most=need):
                called[side] += order.members(unit)
        found.append(Reserves({side: tuple(ids) for side, ids in called.items()}, wanted))
    return found


def waiting(crowd: Crowd, order: Order, stage_of_unit: Int, *, class_number: int, stage: int, most: int) -> list[int]:
    """Up to `most` units of a class that could step into a stage: those who go nowhere first, then those who go later."""
    kinds = range(*np.searchsorted(crowd.type_class, [class_number, class_number + 1]).tolist())
    found: list[int] = []
    for later in (False, True):
        for kind in kinds:
            if len(found) >= most:
                return found[:most]
            units = order.units(kind)
            fits = stage_of_unit[units] > stage if later else stage_of_unit[units] == -1
            if fits.any():
                ordered = order.sorted_units(kind)
                now = stage_of_unit[ordered]
                found += ordered[now > stage if later else now == -1].tolist()
    return found[:most]
