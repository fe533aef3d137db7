"""Parts of the name in each other's columns: possible, but it has to be paid for."""

from __future__ import annotations

from homeward.matching.evidence.base import Judged, Kind
from homeward.matching.names.comparison import ARRANGEMENTS

KIND = Kind(
    "arrangement",
    tuple(ARRANGEMENTS),
    lambda pairs: Judged(pairs.arrangement),
    {
        "surname_given": (
            "Surname and given name stand in each other’s columns",
            "Прізвище та ім’я стоять у колонках одне одного",
        ),
        "given_patronymic": (
            "Given name and patronymic stand in each other’s columns",
            "Ім’я та по батькові стоять у колонках одне одного",
        ),
        "rotated_left": ("The parts of the name stand one column off", "Частини імені зсунуто на одну колонку"),
        "rotated_right": ("The parts of the name stand one column off", "Частини імені зсунуто на одну колонку"),
    },
)
