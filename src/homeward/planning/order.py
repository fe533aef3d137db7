"""Who comes before whom within a class: higher priorities first, then the public draw.

A family draws the lowest draw of its members.
"""

from __future__ import annotations

import numpy as np

from homeward.planning.crowd import Crowd
from homeward.planning.draw import draw
from homeward.planning.highs import Float
from homeward.planning.people import Int


class Order:
    """The order of the units of one crowd under one seed. Draws are made only where they decide."""

    def __init__(self, crowd: Crowd, seed: str) -> None:
        self.crowd, self.seed = crowd, seed
        self._by_type = np.argsort(crowd.unit_type, kind="stable")
        self._start = np.concatenate([[0], np.cumsum(crowd.type_size)])
        # Without families every person is a unit of the same number, and there is nothing to sort.
        self._alone = len(crowd.unit_type) == len(crowd.people)
        if not self._alone:
            self._person = np.argsort(crowd.unit_of, kind="stable")
            self._person_start = np.searchsorted(crowd.unit_of[self._person], np.arange(len(crowd.unit_type) + 1))
        self._sorted: dict[int, Int] = {}

    def units(self, kind: int) -> Int:
        """The units of one type, in no particular order."""
        return self._by_type[self._start[kind] : self._start[kind + 1]]

    def members(self, unit: int) -> list[str]:
        """The ids of one unit, in alphabetical order."""
        if self._alone:
            return [self.crowd.people.ids[unit]]
        rows = self._person[self._person_start[unit] : self._person_start[unit + 1]].tolist()
        return sorted(self.crowd.people.ids[row] for row in rows)

    def draw(self, unit: int) -> bytes:
        """The draw of a unit."""
        return min(draw(self.seed, person) for person in self.members(unit))

    def sorted_units(self, kind: int) -> Int:
        """The units of one type, lowest draw first."""
        if kind not in self._sorted:
            units = self.units(kind).tolist()
            ordered = sorted(units, key=lambda unit: (self.draw(unit), self.members(unit))) if len(units) > 1 else units
            self._sorted[kind] = np.array(ordered, dtype=np.int64)
        return self._sorted[kind]

    def fractions(self, kinds: Int) -> list[Float]:
        """For each of these types, the draws of its units as fractions of 1, in ascending order."""
        return [
            np.array([int.from_bytes(self.draw(unit)[:8]) / 2**64 for unit in self.sorted_units(kind).tolist()])
            for kind in kinds.tolist()
        ]

    def stages(self, taken: Int) -> Int:
        """The stage of each unit (-1 for none), from how many of each type have gone by the end of each stage."""
        size = self.crowd.type_size
        first = np.full(len(size), -1, dtype=np.int64)
        for stage in reversed(range(taken.shape[1])):
            first = np.where(taken[:, stage] == size, stage, first)
        stage_of = first[self.crowd.unit_type]
        split = ((taken > 0) & (taken < size[:, None])).any(axis=1)
        for kind in np.flatnonzero(split).tolist():
            units = self.sorted_units(kind)
            stage_of[units] = -1
            for stage in reversed(range(taken.shape[1])):
                stage_of[units[: taken[kind, stage]]] = stage
        return stage_of
