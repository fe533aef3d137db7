"""The birth place: the same name in any spelling or language, or another place. Places are renamed and misread often."""

from __future__ import annotations

from homeward.matching.evidence.base import Judged, Kind
from homeward.matching.places import LEVELS, place_levels
from homeward.people.person import Field

KIND = Kind(
    "birth_place",
    LEVELS,
    lambda pairs: Judged(place_levels(pairs, Field.BIRTH_PLACE)),
    {
        "same": ("Birth place: written the same", "Місце народження: написано однаково"),
        "same_common": ("Birth place: the same, and common in these lists", "Місце народження: те саме, часте в цих списках"),
        "same_place": ("Birth place: two names of one place", "Місце народження: дві назви одного місця"),
        "alike": ("Birth place: two spellings of one name", "Місце народження: два написання однієї назви"),
        "partly": ("Birth place: may be the same", "Місце народження: можливо, те саме"),
        "different": ("Birth place: different", "Місце народження: різне"),
    },
)
