"""The mother's maiden name, the treaty's second answer to namesakes (GC III art. 122)."""

from __future__ import annotations

from homeward.matching.evidence._name_part import LEVELS, judge_part
from homeward.matching.evidence.base import Judged, Kind, Pairs


def _judge(pairs: Pairs) -> Judged:
    return judge_part(pairs, "mother")


KIND = Kind(
    "mother_maiden_name",
    LEVELS,
    _judge,
    {
        "initial": ("Mother’s maiden name: only an initial to compare", "Дівоче прізвище матері: можна порівняти лише ініціал"),
        "same": ("Mother’s maiden name: written the same", "Дівоче прізвище матері: написано однаково"),
        "alike": ("Mother’s maiden name: two spellings of one name", "Дівоче прізвище матері: два написання одного прізвища"),
        "unlike": (
            "Mother’s maiden name: may be the same name, badly spelled",
            "Дівоче прізвище матері: можливо, те саме прізвище з помилками",
        ),
        "different": ("Mother’s maiden name: different names", "Дівоче прізвище матері: різні прізвища"),
    },
)
