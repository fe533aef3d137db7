"""All weights in one place: `weights.json`, learned by `bench/matching/learn_weights.py` and read once.

For kinds with levels the file gives the bits of each level beside an example; for parts of the name it gives a curve from
raw bits (log2 T(b | a) / f(b)) to bits, as points joined by straight lines. Nothing to compare is always 0 bits: missing is
no mismatch.

>>> table = weights()
>>> table.level_bits("birth_date", ("missing", "same"))[0]
0.0
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

#: Raw bits from which two words count as agreeing, however badly.
AGREE = -8.0

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    levels: Mapping[str, Mapping[str, float]]
    curves: Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]]
    #: For each part of the name, what its rarity (bits) adds where the names agree.
    rarity: Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]]
    #: log2 odds that a record has its partner in the other list at all, before looking; `unseen` is part of it.
    overlap: float
    #: Bits by which weights are too careful on lists that they were not learned from, as counted on such lists.
    unseen: float
    #: In lists longer than so many people the weights are too careful by so many bits more for each doubling, as counted on such lists.
    long_lists: tuple[int, float]
    #: What replaces the above for two rows of one list.
    inside: Mapping[str, Mapping[str, float]]
    inside_overlap: float
    version: str

    def level_bits(self, kind: str, levels: Sequence[str]) -> list[float]:
        table = self.levels.get(kind, {})
        return [0.0 if number == 0 else table[level] for number, level in enumerate(levels)]

    def name_bits(self, kind: str, raw: Floats, rarity: Floats) -> Floats:
        """The bits of one part of the name: its curve, and what a common name takes away where the names agree at all."""
        at, bits = self.rarity[kind]
        return np.asarray(self.curve_bits(kind, raw) + np.where(raw >= AGREE, np.interp(rarity, at, bits), 0.0))

    def prior(self, people: int) -> float:
        """log2 odds, before looking, that one given pair is one person when the longer of two lists has so many people."""
        beyond, bits = self.long_lists
        return self.overlap - float(np.log2(people)) + bits * max(0.0, float(np.log2(people / beyond)))

    def inside_one_list(self) -> Weights:
        """The weights for repeats inside one list, where a namesake explains two birth dates better than an error does."""
        levels = {kind: {**table, **self.inside.get(kind, {})} for kind, table in self.levels.items()}
        return replace(self, levels=levels, overlap=self.inside_overlap, long_lists=(1, 0.0))

    def curve_bits(self, kind: str, raw: Floats) -> Floats:
        """The bits for raw bits of one part of the name; flat beyond the first and the last point."""
        at, bits = self.curves[kind]
        return np.asarray(np.interp(raw, at, bits))


def parse(source: str) -> Weights:
    data = json.loads(source)
    levels = {kind: {level: float(row["bits"]) for level, row in table.items()} for kind, table in data["levels"].items()}
    curves, rarity = (
        {kind: (tuple(float(x) for x, _ in points), tuple(float(y) for _, y in points)) for kind, points in data[table].items()}
        for table in ("curves", "rarity")
    )
    inside = {
        kind: {level: float(row["bits"]) for level, row in table.items()} for kind, table in data["inside_one_list"].items()
    }
    return Weights(
        levels,
        curves,
        rarity,
        float(data["overlap"]) + float(data["unseen"]),
        float(data["unseen"]),
        (int(data["long_lists"]["from"]), float(data["long_lists"]["bits_per_doubling"])),
        inside,
        float(data["overlap_inside_one_list"]),
        str(data["version"]),
    )


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The shipped weights."""
    return parse((files("homeward.matching") / "weights.json").read_text(encoding="utf-8"))
