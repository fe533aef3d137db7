"""A short bus: on the day the vehicles of a side have fewer seats than people who should go. Who keeps a seat?

The last by the priorities and the draw leave first, so that the seriously wounded and ill, who come first, leave last. A family
that goes together stays together, even if that leaves a seat empty. Whoever has no seat today comes first for a later stage,
as far as the clauses leave a place there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from homeward.planning.crowd import Crowd
from homeward.planning.order import Order
from homeward.planning.people import Int
from homeward.planning.program import Line
from homeward.planning.rows import Row

#: The clause of the rows that stand for seats: none of the terms.
SEATS = ""


class Seats:
    """How many people of each side can travel in the current stage. Sides that are not named have seats enough."""

    def __init__(self, crowd: Crowd, order: Order, now: int, limits: Mapping[str, int]) -> None:
        unknown = sorted(set(limits) - set(crowd.people.sides))
        if unknown or any(count < 0 for count in limits.values()):
            raise ValueError(f"seats are given for no side of the terms ({', '.join(unknown)}), or below 0")
        self.crowd, self.order, self.now, self.limits = crowd, order, now, limits
        #: For each unit, its heads and its side; a family that travels together belongs to one side.
        self._heads = np.bincount(crowd.unit_of, minlength=len(crowd.unit_type))
        self._side = np.zeros(len(crowd.unit_type), dtype=np.int64)
        self._side[crowd.unit_of] = crowd.people.side
        self._left: dict[int, int] = {}

    def cut(self, stage_of_unit: Int) -> list[int]:
        """Take the last ones out of the current stage until the others have a seat; those who left, the first of them first."""
        gone: list[int] = []
        for side, limit in self.limits.items():
            number = self.crowd.people.sides.index(side)
            here = np.flatnonzero((stage_of_unit == self.now) & (self._side == number)).tolist()
            going = int(self._heads[here].sum())
            for unit in sorted(here, key=self.standing, reverse=True):
                if going <= limit:
                    break
                stage_of_unit[unit] = -1
                going -= int(self._heads[unit])
                gone.append(unit)
            self._left[number] = limit - going
        return sorted(gone, key=self.standing)

    def standing(self, unit: int) -> tuple[tuple[int, ...], bytes]:
        """The place of a unit in the order of the priorities and the draw, over all classes: lower goes first."""
        gains = self.crowd.type_gain[self.crowd.unit_type[unit]].tolist()
        return tuple(-gain for gain in gains), self.order.draw(unit)

    def free_for(self, unit: int) -> bool:
        """Whether a unit finds seats in the current stage."""
        left = self._left.get(int(self._side[unit]))
        return left is None or int(self._heads[unit]) <= left

    def take(self, unit: int) -> None:
        """Give a unit its seats in the current stage."""
        number = int(self._side[unit])
        if number in self._left:
            self._left[number] -= int(self._heads[unit])

    def lines(self) -> Iterator[Line]:
        """The same as inequalities over classes, beside the clauses."""
        for side, limit in self.limits.items():
            heads = self.crowd.class_heads[:, self.crowd.people.sides.index(side)]
            row = Row(SEATS, (), self.now, cumulative=False, lower=None, upper=limit)
            yield Line(row, heads, self.now, self.now - 1, None, limit)
