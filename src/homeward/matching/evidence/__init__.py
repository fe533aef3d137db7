"""The kinds of evidence, one file each, and the sentences they speak.

`KINDS` is the table that scoring, explanation, documentation and tests read. Weights are in `weights.json`, never here.
"""

from __future__ import annotations

from homeward.matching.evidence import (
    arrangement,
    birth_date,
    birth_place,
    captured,
    given_names,
    mother_maiden_name,
    patronymic,
    rank,
    service_number,
    sex,
    surname,
    unit,
)
from homeward.matching.evidence.base import Judged, Kind, Pairs
from homeward.matching.model import Evidence

KINDS: tuple[Kind, ...] = (
    surname.KIND, given_names.KIND, patronymic.KIND, mother_maiden_name.KIND, arrangement.KIND, birth_date.KIND,
    birth_place.KIND, service_number.KIND, rank.KIND, unit.KIND, sex.KIND, captured.KIND_DAY, captured.KIND_PLACE,
)  # fmt: skip

#: Bars that belong to the whole comparison and not to one field.
_WHOLE: dict[str, dict[str, tuple[str, str]]] = {
    "prior": {
        "prior": (
            "Before looking: how rarely two records of these lists are one person",
            "До порівняння: як рідко два записи цих списків є однією людиною",
        )
    },
    "others": {
        "rivals": (
            "Other records fit as well or nearly as well",
            "Інші записи підходять так само або майже так само",
        )
    },
    "left_out": {
        "left_out": (
            "Names of this person that the query does not say",
            "Частини імені цієї особи, яких немає в запиті",
        ),
        "no_place": (
            "A name of the query that this register does not say of this person",
            "Частина імені із запиту, якої цей реєстр про цю особу не наводить",
        ),
    },
}
_LANGUAGES = ("en", "uk")


def sentence(evidence: Evidence, language: str = "en") -> str:
    """The text of one bar. An unknown language raises `ValueError`."""
    if language not in _LANGUAGES:
        raise ValueError(f"no sentences in {language!r}; there are {', '.join(_LANGUAGES)}")
    if evidence.kind in _WHOLE:
        return _WHOLE[evidence.kind][evidence.code][_LANGUAGES.index(language)]
    kind = next(kind for kind in KINDS if kind.name == evidence.kind)
    text = kind.sentences[evidence.code][_LANGUAGES.index(language)]
    return f"{text} ({evidence.left} / {evidence.right})" if evidence.left or evidence.right else text


__all__ = ["KINDS", "Judged", "Kind", "Pairs", "sentence"]
