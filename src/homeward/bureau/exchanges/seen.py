"""What pages need from the acts one by one, read once and read on: receipts, when steps were done, who wrote how much.

The fold (`Office.state`) says where everything stands; these few facts are not in it. The record only grows, so only new acts are read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from homeward.bureau.exchanges.offices import Desk
from homeward.exchange import Entry
from homeward.exchange.entries import entry_of
from homeward.record import parse_line

#: An act that ends a step → the clock of the terms that it stops, once every list has it.
_STEPS = {"list-committed": "lists", "answers-sent": "answers", "list-frozen": "final_reply"}

#: Bytes that a line must hold to be read at all: most acts are about one person on the day.
_MARKS = tuple(f'"act":"{act}"'.encode() for act in (*_STEPS, "receipt", "stage-opened", "refused", "claimed"))


@dataclass
class Seen:
    """Read so far up to act `next`."""

    next: int = 0
    #: (party, list, what) of every receipt.
    receipts: set[tuple[str, str, str]] = field(default_factory=set)
    #: Step → list → when.
    steps: dict[str, dict[str, datetime]] = field(default_factory=dict)
    stages: dict[str, datetime] = field(default_factory=dict)
    #: Person → the act by which the receiver did not accept who was presented.
    refusals: dict[str, Entry] = field(default_factory=dict)
    #: The acts that say that somebody is missing from a list.
    claims: list[Entry] = field(default_factory=list)

    def happened(self, lists: int) -> dict[str, datetime]:
        """When each step that a clock may wait for was done, by the authors' clocks; the last of `lists` lists ends a step."""
        done = {_STEPS[act]: max(times.values()) for act, times in self.steps.items() if len(times) >= lists}
        return {**done, **self.stages}


def seen(desk: Desk) -> Seen:
    """Everything seen in this office's record up to now."""
    found = desk.kept.setdefault("seen", (None, Seen()))[1]
    assert isinstance(found, Seen)
    store = desk.office.store
    for line in store.lines(found.next):
        if any(mark in line for mark in _MARKS):
            _take(found, line)
        found.next += 1
    return found


def _take(found: Seen, line: bytes) -> None:
    entry = entry_of(found.next, parse_line(line))
    moment = datetime.fromisoformat(entry.at).astimezone(UTC)
    if entry.act in _STEPS:
        found.steps.setdefault(entry.act, {}).setdefault(str(entry.fields.get("list")), moment)
    elif entry.act == "stage-opened":
        found.stages.setdefault(str(entry.fields.get("stage")), moment)
    elif entry.act == "refused":
        found.refusals[str(entry.fields.get("person"))] = entry
    elif entry.act == "claimed":
        found.claims.append(entry)
    elif entry.act == "receipt":
        found.receipts.add((entry.party, str(entry.fields.get("list")), str(entry.fields.get("what"))))
