"""The closed list of deviations: what can happen otherwise than agreed, and what each does to the person it names.

A deviation is stated by one party and counts once a second party has agreed to it: a fact needs two signatures. One that
only one party states stays visible as stated. The kinds follow the enumeration of the domain research (section 8).

>>> DEVIATIONS["REFUSAL_AT_LINE"].then
'DECLINED'
>>> DEVIATIONS["LATE"].then is None
True
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from homeward.exchange.words import Sentence


@dataclass(frozen=True, slots=True)
class Deviation:
    """One kind. `then` is the state that it puts the named person in; None when it is about no single person's way."""

    kind: str
    then: str | None
    says: Sentence


_KINDS = (
    Deviation(
        "NON_DELIVERY",
        "NOT_PRESENTED",
        {"en": "a person on the manifest was not presented", "uk": "особу з маніфесту не представлено"},
    ),
    Deviation(
        "SUBSTITUTION",
        "WRONG_PERSON",
        {"en": "somebody else was presented in a person's place", "uk": "замість особи представлено когось іншого"},
    ),
    Deviation(
        "SURPLUS", None, {"en": "more people were presented than agreed", "uk": "представлено більше людей, ніж домовлено"}
    ),
    Deviation(
        "WRONG_CATEGORY",
        None,
        {"en": "a person is of another category than listed", "uk": "особа належить до іншої категорії, ніж у списку"},
    ),
    Deviation("LATE", None, {"en": "something came later than agreed", "uk": "щось відбулося пізніше, ніж домовлено"}),
    Deviation("PLACE_CHANGED", None, {"en": "the place was changed", "uk": "місце змінено"}),
    Deviation(
        "PREMATURE_PUBLICATION",
        None,
        {"en": "something was made public before the receipts", "uk": "щось оприлюднено до підписання розписок"},
    ),
    Deviation("CONDUCT", None, {"en": "conduct other than agreed", "uk": "поведінка всупереч домовленому"}),
    Deviation("DEATH_IN_TRANSIT", "DIED", {"en": "a person died on the way", "uk": "особа померла в дорозі"}),
    Deviation("ESCAPE", "ESCAPED", {"en": "a person escaped on the way", "uk": "особа втекла в дорозі"}),
    Deviation(
        "REFUSAL_AT_LINE",
        "DECLINED",
        {"en": "a person refused to cross at the line", "uk": "особа відмовилася переходити на лінії"},
    ),
    Deviation("ROUTE_LEFT", None, {"en": "the agreed route was left", "uk": "узгоджений маршрут залишено"}),
    Deviation("SILENCE", None, {"en": "a party did not answer in time", "uk": "сторона не відповіла вчасно"}),
    Deviation(
        "COUNT_MISMATCH", None, {"en": "two counts of the same people differ", "uk": "два підрахунки тих самих людей різняться"}
    ),
    Deviation(
        "REMAINS_MISIDENTIFIED",
        None,
        {"en": "remains turned out to be another person's", "uk": "рештки виявилися рештками іншої особи"},
    ),
)

DEVIATIONS: Mapping[str, Deviation] = {deviation.kind: deviation for deviation in _KINDS}
