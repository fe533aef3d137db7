"""The patronymic or the father's first name: when it is omitted it says nothing, when it is another one it says much."""

from __future__ import annotations

from homeward.matching.evidence._name_part import LEVELS, judge_part
from homeward.matching.evidence.base import Judged, Kind, Pairs


def _judge(pairs: Pairs) -> Judged:
    return judge_part(pairs, "patronymic")


KIND = Kind(
    "patronymic",
    LEVELS,
    _judge,
    {
        "initial": ("Patronymic: only an initial to compare", "По батькові: можна порівняти лише ініціал"),
        "same": ("Patronymic: written the same", "По батькові: написано однаково"),
        "alike": ("Patronymic: two spellings of one name", "По батькові: два написання одного імені"),
        "unlike": ("Patronymic: may be the same name, badly spelled", "По батькові: можливо, те саме ім’я з помилками"),
        "different": ("Patronymic: different names", "По батькові: різні імена"),
    },
)
