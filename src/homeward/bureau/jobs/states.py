"""The states of a job as one table: from where to where, and what each is called. Code, pages and tests read it.

>>> sorted(MOVES[State.WAITING])
[<State.GIVEN_UP: 'given_up'>, <State.RUNNING: 'running'>]
>>> may_move(State.RUNNING, State.GIVEN_UP)
False
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    GIVEN_UP = "given_up"


#: Where a job may go from each state. A running job that was cut off stays running, and another worker takes it.
MOVES: Mapping[State, frozenset[State]] = {
    State.WAITING: frozenset({State.RUNNING, State.GIVEN_UP}),
    State.RUNNING: frozenset({State.RUNNING, State.DONE, State.FAILED}),
    State.DONE: frozenset(),
    State.FAILED: frozenset(),
    State.GIVEN_UP: frozenset(),
}

#: States from which something is still to come.
OPEN = frozenset(state for state, moves in MOVES.items() if moves)

#: Each state in words, and the tone of its mark on pages.
WORDS: Mapping[State, tuple[Promise | str, str]] = {
    State.WAITING: (_("waits for its turn"), ""),
    State.RUNNING: (_("running"), "busy"),
    State.DONE: (_("done"), "good"),
    State.FAILED: (_("failed"), "bad"),
    State.GIVEN_UP: (_("given up"), ""),
}


def may_move(old: State, new: State) -> bool:
    """Whether the table lets a job go from one state to the other."""
    return new in MOVES[old]
