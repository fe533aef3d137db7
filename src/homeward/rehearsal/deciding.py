"""Matching and deciding in a rehearsal: the machine proposes, two officers of each home side decide on a sheet.

The receiver of a list matches it with its own register, and the list with itself. All pairs go on one sheet per party,
`FOLDER/UA/review.xlsx`. As long as a sheet is not filled in, the rehearsal waits for people (`WaitingError`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from homeward.lists import (
    Answer,
    DecisionBook,
    Pair,
    Question,
    derive_answers,
    propose,
    read_review,
    write_review,
)
from homeward.people import Person, Progress, one_step
from homeward.rehearsal.errors import WaitingError

#: Pairs less probable than this are not shown to officers: below it, nearly all are namesakes of namesakes.
SHOWN_FROM = 0.2


@dataclass(frozen=True, slots=True)
class Asked:
    """What one receiver asks its two officers about one list."""

    list_id: str
    receiver: str
    entries: Sequence[Person]
    register: Sequence[Person]
    pairs: tuple[Pair, ...]

    @property
    def probabilities(self) -> tuple[float, ...]:
        """How sure the machine was, for every pair with the register that it proposed."""
        return tuple(
            pair.probability for pair in self.pairs if pair.probability is not None and pair.question is Question.REGISTER
        )


def ask(list_id: str, receiver: str, entries: Sequence[Person], register: Sequence[Person], progress: Progress) -> Asked:
    """Match a received list with the receiver's register and with itself."""
    matching = one_step(progress, f"matching {list_id} with the register of {receiver}")
    proposed = propose(entries, register, at_least=SHOWN_FROM, progress=matching)
    return Asked(list_id, receiver, entries, register, tuple(proposed.pairs()))


def sheet_of(folder: Path, party: str) -> Path:
    """Where a party's review sheet lies."""
    return folder / party / "review.xlsx"


def write_sheets(waiting: WaitingError, language: str = "en") -> None:
    """Write the sheets for two officers to fill in."""
    for sheet, pairs in waiting.asked.items():
        write_review(sheet, pairs, language=language)


@dataclass(frozen=True, slots=True)
class Decided:
    """What two officers said, and the one answer for every name that follows from it."""

    answers: tuple[Answer, ...]
    #: same, different, and undecided: how many pairs of each.
    counts: dict[str, int]
    #: The same for each pair with the register that the machine proposed, in the order of `Asked.probabilities`.
    rulings: tuple[str, ...]


def decide(folder: Path, asked: Asked, *, day: str) -> Decided:
    """Read the filled sheet and derive the answers. Raises `ListError` for a sheet that does not fit, with its row."""
    result = read_review(sheet_of(folder, asked.receiver), asked.pairs, day=day)
    book = DecisionBook().add(result.decisions)
    answers = derive_answers(asked.entries, asked.register, book, asked.pairs)
    counts = Counter(decision.outcome.value for decision in result.settled if decision.outcome is not None)
    counts["undecided"] = len(result.undecided)
    outcomes = {decision.pair_id: decision.outcome.value for decision in result.settled if decision.outcome is not None}
    rulings = tuple(
        outcomes.get(pair.id, "undecided")
        for pair in asked.pairs
        if pair.probability is not None and pair.question is Question.REGISTER
    )
    return Decided(tuple(answers), dict(counts), rulings)


def filled(folder: Path, asked: Asked) -> bool:
    """Whether the sheet is there and officers have written into it."""
    path = sheet_of(folder, asked.receiver)
    if not path.exists():
        return not asked.pairs
    result = read_review(path, asked.pairs, day="")
    return not asked.pairs or bool(result.decisions)
