"""What was said about a pair, as one officer may see it, and what that officer can say now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from homeward.bureau.access.models import User
from homeward.bureau.review.models import Pair
from homeward.bureau.review.standing import Said, State, Word, refusal, rounds, standing


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word in a pair's history. `said` is None for a word that this officer must not see yet."""

    officer: str
    said: Said | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a pair stands, for one officer: what was said, and what the officer can say now."""

    state: State
    mine: Said | None
    both: tuple[SpokenWord, SpokenWord] | None
    asked_by_me: bool
    history: tuple[SpokenWord, ...]
    can_say: bool
    can_take_back: bool


def desk_of(user: User, pair: Pair) -> Desk:
    """The words on a pair that the officer may see. The word that waits for a second is shown to nobody but who gave it."""
    rows = list(pair.words.select_related("officer"))
    words = [Word(row.officer_id, Said(row.said), row.at.date().isoformat()) for row in rows]
    now = standing(words)
    hidden = len(rows) - 1 if now.hidden_from(user.pk) else None
    history = tuple(
        SpokenWord(row.officer.username, None if place == hidden else Said(row.said), row.at) for place, row in enumerate(rows)
    )
    both = None
    if now.both is not None:
        # Between the two words of a round there is no other.
        place = rounds(words)[-1][0]
        both = (history[place - 1], history[place])
    return Desk(
        state=now.state,
        mine=now.first.said if now.first is not None and now.first.officer == user.pk else None,
        both=both,
        asked_by_me=now.asked is not None and now.asked.officer == user.pk,
        history=history,
        can_say=refusal(now, user.pk, Said.SAME) is None,
        can_take_back=refusal(now, user.pk, Said.TAKEN_BACK) is None,
    )
