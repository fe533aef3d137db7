"""The clock of a rehearsal: it starts on a given day and moves on by itself, a second for each act, so that a run repeats.

>>> clock = RehearsalClock(date(2025, 5, 16))
>>> clock(), clock()
('2025-05-16T08:00:00Z', '2025-05-16T08:00:01Z')
>>> clock.move_to(date(2025, 5, 23), 6)
>>> clock()
'2025-05-23T06:00:00Z'
>>> clock.move_to(date(2025, 5, 1), 6)  # never back
>>> clock()
'2025-05-23T06:00:01Z'
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta


class RehearsalClock:
    """Callable: the time of the next act, in UTC."""

    def __init__(self, start: date) -> None:
        self._now = datetime.combine(start, time(8), UTC)

    def __call__(self) -> str:
        text = self._now.strftime("%Y-%m-%dT%H:%M:%SZ")
        self._now += timedelta(seconds=1)
        return text

    def move_to(self, day: date, hour: int) -> None:
        """Go on to this hour of this day, unless it is past already."""
        self._now = max(self._now, datetime.combine(day, time(hour), UTC))

    @property
    def today(self) -> date:
        return self._now.date()
