"""What the files do not say: which row is which person, and which faults were planted where.

The truth never goes into the folder that is written; `write_truth` saves it elsewhere for benches and tests.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from homeward.invented.person import InventedPerson
from homeward.people.atomic import write_whole


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One row of a holder's list. `person` is the true person's key, None when the row identifies nobody."""

    id: str
    file: str
    #: The row's number as Excel shows it.
    row: int
    person: str | None
    #: The row of the home register that is the same person, None when the register has none.
    register_id: str | None
    #: The spelling habit, and the codes of `errors.ERRORS` and of `planted.PLANTED` that this row has.
    habit: str
    errors: tuple[str, ...]
    planted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One row of a home register. `state` is a code of `homeward.people.CODES`."""

    id: str
    file: str
    row: int
    person: str
    state: str


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted fault: its kind, the file, and the ids of the rows that show it (none for a fault of the sheet)."""

    kind: str
    file: str
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Truth:
    """The whole truth about one written folder. The first party's people are of nation "uk", the second's "ru"."""

    seed: str
    people: int
    parties: tuple[str, str]
    persons: Mapping[str, InventedPerson]
    #: By holder.
    held: Mapping[str, tuple[HeldRow, ...]]
    #: By home party.
    registers: Mapping[str, tuple[RegisterRow, ...]]
    planted: tuple[Planted, ...]

    def other(self, party: str) -> str:
        """The other of the two parties."""
        return self.parties[1] if party == self.parties[0] else self.parties[0]

    @cached_property
    def person_of(self) -> Mapping[str, str | None]:
        """Row id (of any list or register) -> key of the true person, None for a row that identifies nobody."""
        people: dict[str, str | None] = {row.id: row.person for rows in self.held.values() for row in rows}
        people.update({row.id: row.person for rows in self.registers.values() for row in rows})
        return people

    def matches(self, holder: str) -> tuple[tuple[str, str], ...]:
        """(id in the holder's list, id in the other party's register) of every row that the register knows, repeats too."""
        return tuple((row.id, row.register_id) for row in self.held[holder] if row.register_id is not None)

    def repeats(self, holder: str) -> tuple[tuple[str, str], ...]:
        """(id, id) of rows of the holder's list that are one person, in the order of the list."""
        first: dict[str, str] = {}
        pairs = []
        for row in self.held[holder]:
            if row.person is not None:
                if row.person in first:
                    pairs.append((first[row.person], row.id))
                first.setdefault(row.person, row.id)
        return tuple(pairs)

    def counts(self) -> Mapping[str, int]:
        """How many faults of each kind were planted."""
        return dict(sorted(Counter(fault.kind for fault in self.planted).items()))


def write_truth(truth: Truth, path: str | Path) -> None:
    """Save the truth as JSON lines: one head line, then one line for each row and each planted fault."""
    lines: list[Mapping[str, object]] = [
        {"schema": "invented-truth/1", "seed": truth.seed, "people": truth.people, "parties": truth.parties}
    ]
    lines += [
        {
            "list": holder,
            "id": row.id,
            "file": row.file,
            "row": row.row,
            "person": row.person,
            "register_id": row.register_id,
            "habit": row.habit,
            "errors": row.errors,
            "planted": row.planted,
        }
        for holder, rows in truth.held.items()
        for row in rows
    ]
    lines += [
        {"register": party, "id": row.id, "file": row.file, "row": row.row, "person": row.person, "state": row.state}
        for party, rows in truth.registers.items()
        for row in rows
    ]
    lines += [{"planted": fault.kind, "file": fault.file, "rows": fault.rows} for fault in truth.planted]
    text = "".join(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in lines)
    write_whole(Path(path), text.encode())
