"""Clocks: when each step is due under the terms, and what is overdue. A clock flags; it never orders or changes anything.

A clock of the terms is a date, or a length after or before an event ("7 days after lists"). An event counts from when it
happened; as long as it has not happened, from when it is itself due; if neither is known, the clock has no time yet. Where only
a day is known (the signature, a stage), "after" counts from the end of that day and "before" from its beginning. Clocks that
run for each person apart (capture card, notice of a detained civilian) are reckoned by `due_for_person`.

>>> from types import SimpleNamespace
>>> from homeward.terms import Clock
>>> terms = SimpleNamespace(
...     stages=(),
...     agreement=SimpleNamespace(signed=date(2018, 12, 17)),
...     clocks={
...         "lists": Clock("lists", amount=1, unit="weeks", anchor="signature"),
...         "answers": Clock("answers", amount=7, anchor="lists"),
...     },
... )
>>> view = due_times(terms, {"lists": datetime(2018, 12, 18, 12, tzinfo=UTC)})
>>> for due in view:
...     print(due.text(datetime(2018, 12, 26, tzinfo=UTC)))
lists: in time (due 2018-12-25 00:00, done 2018-12-18 12:00 UTC)
answers: OVERDUE by 12 hours (due 2018-12-25 12:00 UTC)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Protocol

from homeward.terms import Agreement, Clock, Stage

#: Clocks of the terms that run for each person, from that person's own event.
PER_PERSON: frozenset[str] = frozenset({"capture_card", "civilian_notice"})

#: The same event in other words.
_ALIASES = {"signing": "signature", "signed": "signature", "final lists": "final_reply", "final_lists": "final_reply"}


class ClockTerms(Protocol):
    """The part of `homeward.terms.Terms` that clocks read."""

    @property
    def clocks(self) -> Mapping[str, Clock]: ...
    @property
    def stages(self) -> Sequence[Stage]: ...
    @property
    def agreement(self) -> Agreement: ...


class ClockState(StrEnum):
    """Where a clock stands at a given moment."""

    NOT_STARTED = "not started"
    RUNNING = "running"
    OVERDUE = "overdue"
    IN_TIME = "in time"
    LATE = "late"


_UK = {
    ClockState.NOT_STARTED: "ще не почався",
    ClockState.RUNNING: "триває",
    ClockState.OVERDUE: "ПРОСТРОЧЕНО",
    ClockState.IN_TIME: "вчасно",
    ClockState.LATE: "із запізненням",
}


@dataclass(frozen=True, slots=True)
class Due:
    """One clock: the moment by which `id` is due (None while nothing starts it) and when it was done (None: not yet)."""

    id: str
    at: datetime | None
    done: datetime | None = None

    def state(self, now: datetime) -> ClockState:
        if self.done is not None:
            return ClockState.LATE if self.at is not None and self.done > self.at else ClockState.IN_TIME
        if self.at is None:
            return ClockState.NOT_STARTED
        return ClockState.OVERDUE if now > self.at else ClockState.RUNNING

    def overdue_by(self, now: datetime) -> timedelta:
        """How long it has been overdue; zero for every other state."""
        return now - self.at if self.at is not None and self.state(now) is ClockState.OVERDUE else timedelta(0)

    def text(self, now: datetime, language: str = "en") -> str:
        """One plain line."""
        uk, state = language == "uk", self.state(now)
        word = _UK[state] if uk else state.value
        if state is ClockState.OVERDUE:
            length = _length(self.overdue_by(now), language)
            word = f"{word} на {length}" if uk else f"OVERDUE by {length}"
        times = [f"{'строк' if uk else 'due'} {self.at:%Y-%m-%d %H:%M}"] if self.at is not None else []
        times += [f"{'виконано' if uk else 'done'} {self.done:%Y-%m-%d %H:%M}"] if self.done is not None else []
        zone = (self.at or self.done or now).tzname()
        return f"{self.id}: {word}" + (f" ({', '.join(times)} {zone})" if times else "")


def _length(span: timedelta, language: str) -> str:
    hours = int(span.total_seconds() // 3600)
    number, unit_en, unit_uk = (hours, "hours", "год") if hours < 48 else (hours // 24, "days", "діб")
    return f"{number} {unit_uk}" if language == "uk" else f"{number} {unit_en if number != 1 else unit_en[:-1]}"


def due_times(terms: ClockTerms, happened: Mapping[str, datetime], *, zone: tzinfo = UTC) -> tuple[Due, ...]:
    """Every clock of the terms that runs for the exchange as a whole, in the order of the terms.

    `happened` gives the moment (with an offset) at which a clock's own step or another event took place: "signature", "lists",
    "answers", …; for a stage the stage's id. A clock "before stage" gives one line per stage, called `names/day1`, and
    its step is reported as done under that id. `zone` is where a day begins and ends.
    """
    for event, moment in happened.items():
        if moment.tzinfo is None:
            raise ValueError(f"the moment of '{event}' needs its offset from UTC")
    found: list[Due] = []
    for clock in terms.clocks.values():
        if clock.id in PER_PERSON:
            continue
        if _event(clock.anchor) in {"stage", "every stage", "each stage"}:
            for stage in terms.stages:
                start = happened.get(stage.id) or _edge(stage.date, clock.relation, zone)
                name = f"{clock.id}/{stage.id}"
                found.append(Due(name, _shift(start, clock), happened.get(name)))
        else:
            found.append(Due(clock.id, _due(clock, terms, happened, zone, frozenset()), happened.get(clock.id)))
    return tuple(found)


def overdue(dues: Sequence[Due], now: datetime) -> tuple[Due, ...]:
    """What is overdue at `now`, the longest overdue first."""
    late = [due for due in dues if due.state(now) is ClockState.OVERDUE]
    return tuple(sorted(late, key=lambda due: (-due.overdue_by(now), due.id)))


def due_for_person(clock: Clock, event: date | datetime, *, zone: tzinfo = UTC) -> datetime:
    """When a per-person clock runs out, from that person's own event (arrival at a camp, detention)."""
    moment = event if isinstance(event, datetime) else _edge(event, clock.relation, zone)
    shifted = _shift(moment, clock)
    assert shifted is not None, "an event with a day gives a clock a time"
    return shifted


def _due(
    clock: Clock, terms: ClockTerms, happened: Mapping[str, datetime], zone: tzinfo, passed: frozenset[str]
) -> datetime | None:
    """When a clock runs out. `passed` are the clocks on the way here: clocks that wait for each other have no time."""
    if clock.date is not None:
        return _edge(clock.date, "after", zone)
    anchor = _event(clock.anchor)
    moment = happened.get(anchor) or happened.get(clock.anchor)
    if moment is None and anchor == "signature":
        moment = _edge(terms.agreement.signed, clock.relation, zone)
    if moment is None and anchor in terms.clocks and anchor not in passed:
        moment = _due(terms.clocks[anchor], terms, happened, zone, passed | {clock.id})
    if moment is None:
        day = next((stage.date for stage in terms.stages if stage.id == anchor), None)
        moment = _edge(day, clock.relation, zone)
    return _shift(moment, clock)


def _event(anchor: str) -> str:
    return _ALIASES.get(anchor.casefold(), anchor)


def _edge(day: date | None, relation: str, zone: tzinfo) -> datetime | None:
    """The end of a day for what comes after it, its beginning for what comes before it."""
    if day is None:
        return None
    start = datetime.combine(day, time(0), zone)
    return start + timedelta(days=1) if relation == "after" else start


def _shift(moment: datetime | None, clock: Clock) -> datetime | None:
    if moment is None or clock.date is not None:
        return moment
    span = timedelta(hours=clock.hours)
    return moment + span if clock.relation == "after" else moment - span
