"""The report's words: one table, every key in every language. No key may be missing in one of them (a test holds that).

Words that other rooms own are not repeated here: what an answer code means comes from `homeward.lists`, what a deviation means
and what the terms say comes with the report itself, in its language.

>>> words = Words("uk")
>>> words("received")
'Прийнято'
>>> words.number(12345)
'12\u202f345'
>>> words.code("column", "not_presented"), words.code("column", "a new one")
('Не представлено', 'a new one')
>>> words.day("2025-05-23"), Words("en").moment("2025-05-23T09:02:11Z")
('23\xa0травня\xa02025', '23\xa0May\xa02025, 09:02\xa0UTC')
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from homeward.exchange.words import Sentence
from homeward.report._table_of_words import TABLE

#: Months as they stand after the number of the day.
_MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ),
    "uk": (
        "січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада", "грудня",
    ),
}  # fmt: skip

#: Between groups of three digits, and between a number and its unit: narrow, and never broken over two lines.
_THIN = "\u202f"


def known(language: str) -> str:
    """The language itself if the report speaks it, English otherwise."""
    return language if language in _MONTHS else "en"


@dataclass(frozen=True, slots=True)
class Words:
    """The table read in one language; every other language reads as English."""

    language: str

    def __call__(self, key: str, /, **values: object) -> str:
        """The words for a key of the table, with their placeholders filled in. Raises `KeyError` for a key that is not there."""
        sentence: Sentence = TABLE[key]
        text = sentence[known(self.language)]
        return text.format(**values) if values else text

    def code(self, kind: str, code: str) -> str:
        """The words for a code of another room (`step_`, `column_`, `decided_` …), or the code itself where it is new to us."""
        key = f"{kind}_{code}"
        return self(key) if key in TABLE else code

    def number(self, number: int) -> str:
        """A whole number with thin spaces between groups of three."""
        return f"{number:,}".replace(",", _THIN)

    def share(self, part: int, whole: int) -> str:
        """A part of a whole in percent; the last percent is never rounded up to all, nor the first one down to none."""
        if whole <= 0:
            return "–"
        percent = round(100 * part / whole)
        percent = min(percent, 99) if part < whole else percent
        percent = max(percent, 1) if part else percent
        return f"{percent}{_THIN}%"

    def day(self, day: str | date | None) -> str:
        """A date in words; `None` is told as not known, and a text that is no date stays as it was written."""
        if day is None or day == "":
            return self("date_unknown")
        if isinstance(day, str):
            try:
                day = date.fromisoformat(day[:10])
            except ValueError:
                return str(day)
        return f"{day.day}\xa0{_MONTHS[known(self.language)][day.month - 1]}\xa0{day.year}"

    def short_day(self, day: date) -> str:
        """A date for an axis: the day and the month."""
        if known(self.language) == "uk":
            return f"{day:%d.%m}"
        return f"{day.day}\xa0{_MONTHS['en'][day.month - 1][:3]}"

    def moment(self, at: str) -> str:
        """A time of the record in words, in UTC as it stands there."""
        time = parse_time(at)
        return at if time is None else f"{self.day(time.date())}, {time:%H:%M}\xa0UTC"


def parse_time(at: str) -> datetime | None:
    """The time of an act (`2025-05-23T09:02:11Z`) in UTC, or `None` for a text that is no time."""
    try:
        time = datetime.fromisoformat(at)
    except ValueError:
        return None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
