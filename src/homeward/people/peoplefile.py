"""What reading a file of people gives back.

>>> file = PeopleFile(Path("list.csv"), "", 1, {Field.SURNAME: "Surname"}, (Row(2, "refused", None, (Remark("nobody"),)),), ())
>>> file.counts, file.people
(Counts(accepted=0, remarked=0, refused=1, total=1), ())
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from homeward.people.person import Field, Person
from homeward.people.remarks import Remark

Verdict = Literal["accepted", "remarked", "refused"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table. `number` is the one that Excel shows; `person` is None if and only if the row is refused.

    A refused row has at least one remark, and the first says why.
    """

    number: int
    verdict: Verdict
    person: Person | None
    remarks: tuple[Remark, ...] = ()


class Counts(NamedTuple):
    """How many rows were accepted, accepted with remarks, refused, and how many rows there are; the three add up to the last."""

    accepted: int
    remarked: int
    refused: int
    total: int


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """A file that was read. `sheet` is "" for text files; `columns` says under which heading each field was found."""

    path: Path
    sheet: str
    header_row: int
    columns: Mapping[Field, str]
    rows: tuple[Row, ...]
    #: Remarks on the file as a whole.
    remarks: tuple[Remark, ...] = ()

    @property
    def people(self) -> tuple[Person, ...]:
        """The people of all rows that were not refused, in the order of the file."""
        return tuple(row.person for row in self.rows if row.person is not None)

    @property
    def counts(self) -> Counts:
        by = {"accepted": 0, "remarked": 0, "refused": 0}
        for row in self.rows:
            by[row.verdict] += 1
        return Counts(by["accepted"], by["remarked"], by["refused"], len(self.rows))
