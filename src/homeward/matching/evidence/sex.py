"""The sex, where both lists name it. A contradiction weighs much, yet cells are mistyped."""

from __future__ import annotations

from homeward.matching.evidence.base import Judged, Kind, Pairs, levels_of


def _judge(pairs: Pairs) -> Judged:
    a, b = pairs.left.sex[pairs.i], pairs.right.sex[pairs.j]
    return Judged(levels_of(len(pairs), (0, (a < 0) | (b < 0)), (1, a == b), (2, a != b)))


KIND = Kind(
    "sex",
    ("missing", "same", "different"),
    _judge,
    {"same": ("Sex: the same", "Стать: однакова"), "different": ("Sex: different", "Стать: різна")},
)
