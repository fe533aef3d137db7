"""Proposals that nobody can sign any more with any effect: why not, and which act overtook them. The rules themselves are asked."""

from __future__ import annotations

from dataclasses import dataclass

from homeward.bureau.exchanges.offices import Desk
from homeward.bureau.pages import spoken
from homeward.exchange import REASONS
from homeward.exchange.state import Proposal


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Why, in words, and the number of the act that settled the same thing otherwise; None where no single act did."""

    why: str
    act: int | None


def overtaken(desk: Desk, proposal: Proposal) -> Overtaken | None:
    """Why this open proposal can no longer count, or None while it may."""
    found = desk.office.overtaken(proposal.entry.leaf)
    if found is None:
        return None
    void, act = found
    return Overtaken(spoken.told(REASONS[void.reason], detail=void.detail), act)


def still_open(desk: Desk) -> list[Proposal]:
    """The proposals that wait for somebody and may still count."""
    waiting = (each for each in desk.office.state.proposals.values() if each.settled is None)
    return [each for each in waiting if overtaken(desk, each) is None]
