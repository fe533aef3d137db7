"""The surname: the strongest part of a name, and the stronger the rarer it is."""

from __future__ import annotations

from homeward.matching.evidence._name_part import LEVELS, judge_part
from homeward.matching.evidence.base import Judged, Kind, Pairs


def _judge(pairs: Pairs) -> Judged:
    return judge_part(pairs, "surname")


KIND = Kind(
    "surname",
    LEVELS,
    _judge,
    {
        "initial": ("Surname: only an initial to compare", "Прізвище: можна порівняти лише ініціал"),
        "same": ("Surname: written the same", "Прізвище: написано однаково"),
        "alike": ("Surname: two spellings of one name", "Прізвище: два написання одного прізвища"),
        "unlike": ("Surname: may be the same name, badly spelled", "Прізвище: можливо, те саме прізвище з помилками"),
        "different": ("Surname: different names", "Прізвище: різні прізвища"),
    },
)
