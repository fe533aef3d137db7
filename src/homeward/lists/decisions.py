"""Who is who is decided by two people, and every decision is kept: an append-only book in which the last entry counts.

A machine only proposes a pair. A pair is settled when two different officers gave the same word, same or different. Two words
that differ, or "unsure", leave it open, with the reason. A decision can be undone: that is one more entry, and both are kept. A
settled pair is not asked again unless what the officers saw has changed (`fingerprint`); until it is decided anew, the old decision
stands.

>>> first = Decision(
...     "pair-1", Question.REGISTER, "r12", "ua-7", "f0", Ruling.SAME, "Officer A", Ruling.SAME, "Officer B", "2025-05-18"
... )
>>> book = DecisionBook((first,))
>>> book.counterparts("r12"), book.undo("pair-1", ("Officer B", "Officer C"), "2025-05-19").counterparts("r12")
(('ua-7',), ())
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from homeward.lists._files import canonical
from homeward.lists.errors import ListError
from homeward.people.atomic import write_whole

SCHEMA = "homeward-decisions/1"


class Ruling(StrEnum):
    """One officer's word on one pair."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    #: Not a word on the sheet: the entry that takes an earlier decision back.
    UNDONE = "undone"


class Question(StrEnum):
    """What a pair asks: is this entry that person of the register; is it the same as another entry; is it really nobody."""

    REGISTER = "register"
    REPEAT = "repeat"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Decision:
    """Two officers' words on one pair. `right_id` is "" for `NOBODY`; `day` is ISO text as the caller gave it."""

    pair_id: str
    question: Question
    left_id: str
    right_id: str
    fingerprint: str
    first: Ruling
    first_officer: str
    second: Ruling
    second_officer: str
    day: str

    def __post_init__(self) -> None:
        assert not same_officer(self.first_officer, self.second_officer), "a decision needs two people"

    @property
    def outcome(self) -> Ruling | None:
        """`SAME` or `DIFFERENT` when both say so, `UNDONE` for an entry that takes one back, else None: still open."""
        return self.first if self.first == self.second and self.first is not Ruling.UNSURE else None

    def why_open(self, language: str = "en") -> str:
        """Why the pair is still open, or "" when it is settled."""
        if self.outcome is Ruling.UNDONE:
            return "рішення скасовано" if language == "uk" else "the decision was undone"
        if self.outcome is not None:
            return ""
        if Ruling.UNSURE in (self.first, self.second):
            return "щонайменше одна посадова особа не певна" if language == "uk" else "at least one officer is unsure"
        return "посадові особи не згодні між собою" if language == "uk" else "the two officers disagree"


def same_officer(one: str, other: str) -> bool:
    """Whether two cells name one officer: letters and digits alike, whatever the case, spaces and dots.

    >>> same_officer("O. Kovalenko", "o kovalenko")
    True
    """
    return _officer(one) == _officer(other)


def _officer(name: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", name).casefold() if letter.isalnum())


@dataclass(frozen=True)
class DecisionBook:
    """All decisions, oldest first. Nothing is removed; for each pair the last entry counts."""

    entries: tuple[Decision, ...] = ()

    def add(self, decisions: Iterable[Decision]) -> DecisionBook:
        """The book with these behind what it held.

        One that is in the book already, letter for letter, adds nothing: reading an old sheet again does not bring back what was
        undone since.
        """
        return DecisionBook(tuple(dict.fromkeys((*self.entries, *decisions))))

    def undo(self, pair_id: str, officers: tuple[str, str], day: str) -> DecisionBook:
        """Take the last decision on a pair back, by two officers. Raises `ListError` when there is nothing to take back."""
        last = self._last.get(pair_id)
        if last is None or last.outcome is Ruling.UNDONE:
            raise ListError("decisions", f"there is no decision on {pair_id} to undo")
        if same_officer(*officers) or not all(_officer(name) for name in officers):
            raise ListError("decisions", f"undoing {pair_id} needs two different officers", remedy="name both")
        back = Decision(
            last.pair_id, last.question, last.left_id, last.right_id, last.fingerprint,
            Ruling.UNDONE, officers[0], Ruling.UNDONE, officers[1], day,
        )  # fmt: skip
        return DecisionBook((*self.entries, back))

    def last(self, pair_id: str) -> Decision | None:
        """The entry that counts for a pair, or None."""
        return self._last.get(pair_id)

    def settled(self, pair_id: str, fingerprint: str) -> bool:
        """Whether two officers settled this pair on exactly this evidence."""
        last = self._last.get(pair_id)
        return last is not None and last.outcome in {Ruling.SAME, Ruling.DIFFERENT} and last.fingerprint == fingerprint

    def counterparts(self, entry_id: str) -> tuple[str, ...]:
        """The people of the register that two officers said this entry is, oldest first; more than one is a contradiction."""
        return tuple(self._same.get(entry_id, ()))

    def repeats(self) -> tuple[tuple[str, str], ...]:
        """Pairs of entries that two officers said are one person."""
        return self._repeats(Ruling.SAME)

    def kept_apart(self) -> tuple[tuple[str, str], ...]:
        """Pairs of entries that two officers said are two people."""
        return self._repeats(Ruling.DIFFERENT)

    def _repeats(self, outcome: Ruling) -> tuple[tuple[str, str], ...]:
        return tuple(
            (decision.left_id, decision.right_id)
            for decision in self._last.values()
            if decision.question is Question.REPEAT and decision.outcome is outcome
        )

    def outcome(self, question: Question, left_id: str, right_id: str = "") -> Ruling | None:
        """What two officers said of a pair, whichever way round a repeat is asked; None while it is open or was never asked."""
        return self._outcomes.get((question, left_id, right_id))

    @cached_property
    def _last(self) -> dict[str, Decision]:
        return {decision.pair_id: decision for decision in self.entries}

    @cached_property
    def _same(self) -> dict[str, list[str]]:
        same: dict[str, list[str]] = {}
        for decision in self._last.values():
            if decision.question is Question.REGISTER and decision.outcome is Ruling.SAME:
                same.setdefault(decision.left_id, []).append(decision.right_id)
        return same

    @cached_property
    def _outcomes(self) -> dict[tuple[Question, str, str], Ruling]:
        outcomes: dict[tuple[Question, str, str], Ruling] = {}
        for decision in self._last.values():
            if decision.outcome in {Ruling.SAME, Ruling.DIFFERENT}:
                outcomes[decision.question, decision.left_id, decision.right_id] = decision.outcome
                if decision.question is Question.REPEAT:
                    outcomes[decision.question, decision.right_id, decision.left_id] = decision.outcome
        return outcomes


def write_decisions(path: Path, book: DecisionBook) -> None:
    """Write the book as JSON lines, a header first. It holds officers' names: it is a party's own file and goes nowhere."""
    lines = [canonical({"schema": SCHEMA}), *(canonical(asdict(decision)) for decision in book.entries)]
    write_whole(path, b"\n".join(lines) + b"\n")


def read_decisions(path: Path) -> DecisionBook:
    """Read what `write_decisions` wrote. Raises `ListError` with the line."""
    try:
        lines = path.read_bytes().decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ListError(path.name, "cannot be read as a book of decisions") from error
    entries: list[Decision] = []
    for number, line in enumerate(lines, start=1):
        try:
            found = json.loads(line)
            if number == 1:
                if found != {"schema": SCHEMA}:
                    raise ListError(path.name, f"is not a file of the kind {SCHEMA}", row=1)
                continue
            rulings = {key: Ruling(found.pop(key)) for key in ("first", "second")}
            entries.append(Decision(question=Question(found.pop("question")), **rulings, **found))
        except (ValueError, TypeError, KeyError, AttributeError, AssertionError) as error:
            raise ListError(
                path.name, "is not a decision as this program writes it", row=number, remedy="restore the file"
            ) from error
    if not lines:
        raise ListError(path.name, "is empty", remedy="restore the file")
    return DecisionBook(tuple(entries))
