"""Taking ticks from tablets, each once, however often and in whatever order they come.

    results = tick(manifest, [NewTick(key, "p-0417", "received")], by=user)

A tick is answered for only when it is on the disk. Sent again under the same key it changes nothing and is answered the same way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import connection, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from homeward.bureau.access.models import User
from homeward.bureau.handover.counting import standings
from homeward.bureau.handover.models import Departure, Line, Manifest, Tick, Vehicle
from homeward.bureau.handover.outcomes import outcome_of
from homeward.bureau.handover.standing import Standing
from homeward.bureau.handover.together import Together
from homeward.bureau.journal.services import write_many
from homeward.bureau.journal.tags import Tag
from homeward.exchange.acts import Role

#: A tablet that was long out of reach sends its ticks in parts of this size.
MOST_TICKS = 200


@dataclass(frozen=True, slots=True)
class NewTick:
    """A tick as a tablet sends it. With `takes_back` it takes that tick back, and `outcome` is empty."""

    key: UUID
    person: str
    outcome: str = ""
    takes_back: UUID | None = None
    ticked_at: datetime | None = None


class Verdict(StrEnum):
    """What became of a tick. Only `TAKEN` has changed or confirmed anything; all others are final, too, and must be looked at."""

    TAKEN = "taken"
    DEPARTED = "departed"
    NOBODY = "nobody"
    NO_OUTCOME = "no_outcome"
    OTHER_CONTENT = "other_content"


VERDICTS: Mapping[Verdict, Promise | str] = {
    Verdict.TAKEN: gettext_lazy("taken"),
    Verdict.DEPARTED: gettext_lazy("The vehicle had left already, so this was not taken. State a deviation if it is true."),
    Verdict.NOBODY: gettext_lazy("Nobody of this number is on this manifest."),
    Verdict.NO_OUTCOME: gettext_lazy("This desk cannot say that of this person."),
    Verdict.OTHER_CONTENT: gettext_lazy("The tablet has used this tick's number for something else before; tick again."),
}


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one tick."""

    tick: NewTick
    verdict: Verdict


def tick(manifest: Manifest, ticks: Sequence[NewTick], *, by: User) -> list[Result]:
    """Take ticks: when this returns, they are on the disk. One result for each, in order."""
    return take(manifest, ticks, by=by).results


def take(manifest: Manifest, ticks: Sequence[NewTick], *, by: User) -> Taken:
    """Take ticks, and tell where their people stand afterwards.

    What tablets send at the same moment is written in one transaction, all or none of it.
    """
    assert len(ticks) <= MOST_TICKS, "a tablet sends its ticks in parts"
    return _together.write(_Brought(manifest, tuple(ticks), by))


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of each tick, and for everybody named in them the role of the desk and where the person stands."""

    results: list[Result]
    people: dict[str, tuple[Role, Standing]]


@dataclass(frozen=True, slots=True)
class _Brought:
    """What one tablet sent in one request."""

    manifest: Manifest
    ticks: tuple[NewTick, ...]
    by: User


class _Batch:
    """The ticks of one transaction, judged one after the other, with the same few questions to the database as for a single one."""

    def __init__(self, group: Sequence[_Brought]) -> None:
        every = [tick for each in group for tick in each.ticks]
        wanted = {"manifest__in": {each.manifest.pk for each in group}, "person__in": {tick.person for tick in every}}
        found = Line.objects.filter(**wanted).select_related("vehicle").defer("about").order_by()
        self.lines = {(line.manifest_id, line.person): line for line in found}
        vehicles = {line.vehicle_id for line in self.lines.values()}
        if connection.features.has_select_for_update:
            # A departure takes the same lock, so that no tick slips in behind it. SQLite lets one transaction write at a time anyhow.
            list(Vehicle.objects.select_for_update().filter(pk__in=vehicles).order_by("pk").values_list("pk"))
        self.departed = set(Departure.objects.filter(vehicle__in=vehicles).values_list("vehicle_id", flat=True))
        self.known = {row.key: row for row in Tick.objects.filter(key__in=[tick.key for tick in every]).order_by()}
        self.rows: list[Tick] = []

    def judge(self, each: _Brought, tick: NewTick) -> Result:
        """What becomes of one tick; a new one joins the rows to be written, and those that are known."""
        line = self.lines.get((each.manifest.pk, tick.person))
        verdict, is_new = _judge(tick, line, self.known.get(tick.key), line is not None and line.vehicle_id in self.departed)
        if is_new and line is not None:
            row = Tick(
                key=tick.key, line=line, outcome=tick.outcome, takes_back=tick.takes_back, ticked_at=tick.ticked_at, by=each.by
            )
            self.known[tick.key] = row
            self.rows.append(row)
        return Result(tick, verdict)

    def people(self, each: _Brought, now: Mapping[int, Standing]) -> dict[str, tuple[Role, Standing]]:
        """Everybody whom a tablet's ticks named and the manifest has."""
        named = (self.lines.get((each.manifest.pk, tick.person)) for tick in each.ticks)
        return {line.person: (Role(line.vehicle.role), now[line.pk]) for line in named if line is not None}


def _write_all(group: Sequence[_Brought]) -> list[Taken]:
    with transaction.atomic():
        batch = _Batch(group)
        judged = [[batch.judge(each, tick) for tick in each.ticks] for each in group]
        if batch.rows:
            Tick.objects.bulk_create(batch.rows)
            _tell(batch.rows)
        now = standings(batch.lines.values())
    return [Taken(results, batch.people(each, now)) for each, results in zip(group, judged, strict=True)]


_together: Together[_Brought, Taken] = Together(_write_all)


def _tell(rows: Sequence[Tick]) -> None:
    """Put every tick into the journal."""
    lines: dict[tuple[Tag, User], list[str]] = {}
    for row in rows:
        tag = Tag.HANDOVER_TICK_MADE if row.takes_back is None else Tag.HANDOVER_TICK_UNDONE
        lines.setdefault((tag, row.by), []).append(f"manifest:{row.line.manifest_id}/{row.line.person}")
    for (tag, by), subjects in lines.items():
        write_many(tag, subjects, by=by, counts={"ticks": len(subjects)})


def _judge(each: NewTick, line: Line | None, known: Tick | None, departed: bool) -> tuple[Verdict, bool]:
    """What becomes of a tick, and whether it is a new row."""
    if known is not None:
        here = line.pk if line is not None else None
        same = (known.line_id, known.outcome, known.takes_back) == (here, each.outcome, each.takes_back)
        return (Verdict.TAKEN if same else Verdict.OTHER_CONTENT), False
    if line is None:
        return Verdict.NOBODY, False
    if departed:
        return Verdict.DEPARTED, False
    if each.takes_back is None and outcome_of(Role(line.vehicle.role), each.outcome) is None:
        return Verdict.NO_OUTCOME, False
    if each.takes_back is not None and each.outcome:
        return Verdict.NO_OUTCOME, False
    return Verdict.TAKEN, True
