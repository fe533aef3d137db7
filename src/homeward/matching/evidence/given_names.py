"""The given names, also when one list translates them (Микола, Николай)."""

from __future__ import annotations

from homeward.matching.evidence._name_part import LEVELS, judge_part
from homeward.matching.evidence.base import Judged, Kind, Pairs


def _judge(pairs: Pairs) -> Judged:
    return judge_part(pairs, "given")


KIND = Kind(
    "given_names",
    LEVELS,
    _judge,
    {
        "initial": ("Given name: only an initial to compare", "Ім’я: можна порівняти лише ініціал"),
        "same": ("Given name: written the same", "Ім’я: написано однаково"),
        "alike": ("Given name: two spellings of one name", "Ім’я: два написання одного імені"),
        "unlike": ("Given name: may be the same name, badly spelled", "Ім’я: можливо, те саме ім’я з помилками"),
        "different": ("Given name: different names", "Ім’я: різні імена"),
    },
)
