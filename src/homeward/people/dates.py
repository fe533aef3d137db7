"""Dates of which a part may be missing: `1987`, `1987-03`, `1987-03-14`.

Lists of captives carry birth dates with the day or the month unknown, so a date here is a year with an optional month and
an optional day. The text form is ISO 8601 with reduced precision.

>>> PartialDate.from_iso("1987-03").month
3
>>> str(PartialDate(1987, 3, 14))
'1987-03-14'
>>> PartialDate(1987).age_on(date(2025, 5, 16)) is None  # 37 or 38: the year alone does not settle it
True
>>> PartialDate(1987).age_range_on(date(2025, 5, 16))
(37, 38)
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, or a year and month, or a whole date of the Gregorian calendar. Raises `ValueError` if no such day exists."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999:
            raise ValueError(f"no such year: {self.year}")
        if self.month is None:
            if self.day is not None:
                raise ValueError("a day without a month")
        elif not 1 <= self.month <= 12:
            raise ValueError(f"no such month: {self.month}")
        elif self.day is not None and not 1 <= self.day <= monthrange(self.year, self.month)[1]:
            raise ValueError(f"no such day: {self.year:04}-{self.month:02}-{self.day:02}")

    @classmethod
    def from_iso(cls, text: str) -> PartialDate:
        """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; anything else raises `ValueError`."""
        match = _ISO.fullmatch(text)
        if match is None:
            raise ValueError("a date is written YYYY-MM-DD, YYYY-MM or YYYY")
        year, month, day = match.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @classmethod
    def from_date(cls, day: date) -> PartialDate:
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        if self.month is not None:
            parts.append(f"{self.month:02}")
        if self.day is not None:
            parts.append(f"{self.day:02}")
        return "-".join(parts)

    @property
    def complete(self) -> bool:
        return self.day is not None

    def earliest(self) -> date:
        """The first day this date can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """The last day this date can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def age_range_on(self, day: date) -> tuple[int, int]:
        """The youngest and the oldest age in whole years that somebody born on this date can have on `day`."""
        return _years_between(self.latest(), day), _years_between(self.earliest(), day)

    def age_on(self, day: date) -> int | None:
        """The age in whole years on `day`, or None when the missing part of the date leaves two answers."""
        youngest, oldest = self.age_range_on(day)
        return youngest if youngest == oldest else None


def _years_between(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
