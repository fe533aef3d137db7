"""The faults that are planted in the lists on purpose, as a table: each kind, how many, and what an officer should find.

The kinds are those of real lists. Yemen 2018: of 9,147 names 2,171 were repeats and 1,144 already released (domain research,
section 1.1); Ukraine 2023 to 2025: people already exchanged, civilians among soldiers, wrong names and dates (section 3.2).

>>> PLANTED["repeat"].how_many(1000), PLANTED["dead"].how_many(20)
(40, 1)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from homeward.invented.chance import share


@dataclass(frozen=True, slots=True)
class PlantedKind:
    code: str
    #: Rows (pairs of people, for namesakes) for a thousand people going on each side; never fewer than one.
    per_thousand: int
    meaning: str

    def how_many(self, people: int) -> int:
        return share(people, self.per_thousand, at_least=1)


_KINDS = (
    PlantedKind("repeat", 40, "a second row for the same person, under another spelling"),
    PlantedKind("released", 20, "a person who has been released already"),
    PlantedKind("dead", 10, "a person who is dead"),
    PlantedKind("civilian_as_soldier", 14, "a civilian listed as a soldier"),
    PlantedKind("namesake", 10, "a person with the name of somebody else, born near the same day"),
    PlantedKind("nobody", 8, "a row that identifies nobody"),
    PlantedKind("wrong_category", 12, "a person in good health claimed as seriously wounded or ill"),
    PlantedKind("impossible_date", 12, "a birth date that no calendar has, or of another millennium"),
    PlantedKind("unknown_person", 15, "a person whom the home register does not know"),
)

#: Faults of rows, by their code.
PLANTED: Mapping[str, PlantedKind] = {kind.code: kind for kind in _KINDS}

#: Faults of a whole sheet, by their code.
SHEET_FAULTS: Mapping[str, str] = {
    "title_rows": "titles stand above the header",
    "merged_cells": "cells are merged above the header",
    "numbering_row": "a row under the header numbers the columns",
    "total_row": "a total stands under the last person",
    "mixed_dates": "some dates are text, some are dates, some are bare day numbers",
}
