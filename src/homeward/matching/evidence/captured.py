"""When and where the person was captured: two kinds of evidence on one event."""

from __future__ import annotations

import numpy as np

from homeward.matching.evidence.base import Judged, Kind, Pairs, levels_of
from homeward.matching.places import LEVELS as PLACE_LEVELS
from homeward.matching.places import place_levels
from homeward.people.person import Field


def _day_numbers(dates: np.ndarray) -> np.ndarray:
    """Days on a calendar of equal months; near enough to tell a day, a week and a year apart."""
    return np.asarray(dates[:, 0] * 365 + dates[:, 1] * 30 + dates[:, 2], np.int64)


def _judge_day(pairs: Pairs) -> Judged:
    a, b = pairs.left.captured[pairs.i], pairs.right.captured[pairs.j]
    known, whole = (a[:, 0] > 0) & (b[:, 0] > 0), (a[:, 2] > 0) & (b[:, 2] > 0)
    gap = np.abs(_day_numbers(a) - _day_numbers(b))
    month = (a[:, 0] == b[:, 0]) & ((a[:, 1] == b[:, 1]) | (a[:, 1] == 0) | (b[:, 1] == 0))
    rules = ((0, ~known), (1, whole & (gap == 0)), (2, whole & (gap <= 7)), (3, month | (whole & (gap <= 60))), (4, known))
    return Judged(levels_of(len(pairs), *rules))


KIND_DAY = Kind(
    "captured_on",
    ("missing", "same", "same_week", "near", "different"),
    _judge_day,
    {
        "same": ("Capture: the same day", "Полон: той самий день"),
        "same_week": ("Capture: a few days apart", "Полон: різниця в кілька днів"),
        "near": ("Capture: about the same time", "Полон: приблизно той самий час"),
        "different": ("Capture: another time", "Полон: інший час"),
    },
)
KIND_PLACE = Kind(
    "captured_at",
    PLACE_LEVELS,
    lambda pairs: Judged(place_levels(pairs, Field.CAPTURED_AT)),
    {
        "same": ("Place of capture: written the same", "Місце полону: написано однаково"),
        "same_common": ("Place of capture: the same, and common in these lists", "Місце полону: те саме, часте в цих списках"),
        "same_place": ("Place of capture: two names of one place", "Місце полону: дві назви одного місця"),
        "alike": ("Place of capture: two spellings of one name", "Місце полону: два написання однієї назви"),
        "partly": ("Place of capture: may be the same", "Місце полону: можливо, те саме"),
        "different": ("Place of capture: different", "Місце полону: різне"),
    },
)
