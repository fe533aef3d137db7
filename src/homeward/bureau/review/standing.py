"""What the words of officers on one pair add up to: a table of moves, and a fold over the words, oldest first.

A pair is settled by two officers who say the same, same or different. The second does not see the first's word before giving his
own (`Standing.hidden_from`). Two words that differ, or an unsure one, leave it open with both shown; whoever speaks next begins a
new round, and two are needed again. A word that nobody has answered can be taken back by who gave it; a settled pair is opened
again by two: one asks, another agrees. Nothing is ever removed: every one of these is a word more.

>>> words = [Word(1, Said.SAME, "2026-11-22"), Word(2, Said.SAME, "2026-11-22")]
>>> standing(words[:1]).state, standing(words).state
(<State.WAITING: 'waiting'>, <State.SETTLED: 'settled'>)
>>> refusal(standing(words[:1]), 1, Said.DIFFERENT)
<Refusal.OWN_WORD: 'own_word'>
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from homeward.lists import Ruling


class State(StrEnum):
    """Where a pair stands."""

    OPEN = "open"
    WAITING = "waiting"
    DISAGREE = "disagree"
    SETTLED = "settled"
    UNDOING = "undoing"


class Said(StrEnum):
    """What an officer can say. The first three are words on the pair (`Ruling`), the others are about words given before."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    TAKEN_BACK = "taken_back"
    UNDO_ASKED = "undo_asked"
    UNDO_DROPPED = "undo_dropped"
    UNDONE = "undone"


RULINGS: Mapping[Said, Ruling] = {
    Said.SAME: Ruling.SAME,
    Said.DIFFERENT: Ruling.DIFFERENT,
    Said.UNSURE: Ruling.UNSURE,
}


class Refusal(StrEnum):
    """Why a word is not taken."""

    OWN_WORD = "own_word"
    NOT_YOURS = "not_yours"
    SETTLED = "settled"
    NOT_SETTLED = "not_settled"
    TWO_PEOPLE = "two_people"
    UNDO_RUNNING = "undo_running"


@dataclass(frozen=True, slots=True)
class Word:
    """One row: which officer (by number) said what, on which day (ISO text)."""

    officer: int
    said: Said
    day: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a pair stands. `first` is the word that waits for a second; `both` are the last two that met, for all to see."""

    state: State = State.OPEN
    first: Word | None = None
    both: tuple[Word, Word] | None = None
    asked: Word | None = None

    def hidden_from(self, officer: int) -> bool:
        """Whether there is a word that this officer must not see before giving his own."""
        return self.state is State.WAITING and self.first is not None and self.first.officer != officer


def refusal(now: Standing, officer: int, said: Said) -> Refusal | None:
    """Why this officer may not say that now, or None when the word would be taken."""
    mine = (now.first is not None and now.first.officer == officer) or (now.asked is not None and now.asked.officer == officer)
    match now.state:
        case State.OPEN | State.DISAGREE:
            return None if said in RULINGS else Refusal.NOT_SETTLED
        case State.WAITING if said in RULINGS:
            return Refusal.OWN_WORD if mine else None
        case State.WAITING:
            return (None if mine else Refusal.NOT_YOURS) if said is Said.TAKEN_BACK else Refusal.NOT_SETTLED
        case State.SETTLED:
            return None if said is Said.UNDO_ASKED else Refusal.SETTLED
        case _ if said is Said.UNDONE:
            return Refusal.TWO_PEOPLE if mine else None
        case _:
            return None if said is Said.UNDO_DROPPED else Refusal.UNDO_RUNNING


def after(now: Standing, word: Word) -> Standing:
    """Where the pair stands after one more word, which must be one that is not refused."""
    assert refusal(now, word.officer, word.said) is None, "a word that is refused is not stored"
    match word.said:
        case Said.TAKEN_BACK:
            return replace(now, state=State.DISAGREE if now.both is not None else State.OPEN, first=None)
        case Said.UNDO_ASKED:
            return replace(now, state=State.UNDOING, asked=word)
        case Said.UNDO_DROPPED:
            return replace(now, state=State.SETTLED, asked=None)
        case Said.UNDONE:
            return Standing()
    if now.first is None:
        return Standing(State.WAITING, first=word, both=now.both)
    agree = now.first.said == word.said and word.said is not Said.UNSURE
    return Standing(State.SETTLED if agree else State.DISAGREE, both=(now.first, word))


def standing(words: Iterable[Word]) -> Standing:
    """Where a pair stands after these words, oldest first."""
    now = Standing()
    for word in words:
        now = after(now, word)
    return now


def rounds(words: Iterable[Word]) -> list[tuple[int, Word, Word]]:
    """Every two words that met, in order: two rulings, or an undoing asked for and agreed to; one entry of the book each.

    The number is the second word's place among the words.
    """
    met: list[tuple[int, Word, Word]] = []
    now = Standing()
    for place, word in enumerate(words):
        if word.said in RULINGS and now.first is not None:
            met.append((place, now.first, word))
        elif word.said is Said.UNDONE and now.asked is not None:
            met.append((place, now.asked, word))
        now = after(now, word)
    return met
