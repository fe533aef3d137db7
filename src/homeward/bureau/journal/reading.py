"""Asking the journal: by kind, officer, subject and days. The page, its leaves and its export all ask here, so they agree.

What is asked stands in the address and holds numbers, kinds and days, nothing that could be a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import QuerySet

from homeward.bureau.access.models import User
from homeward.bureau.journal.models import Line
from homeward.bureau.journal.tags import Tag
from homeward.bureau.journal.words import ROOMS, says

#: Stands for lines of nobody: the node itself, and who did not get in.
NOBODY = "none"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. Empty means everything; what makes no sense, such as a day that is none, is named in `wrong`."""

    tag: str = ""
    actor: str = ""
    subject: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Question:
        """From the address of the page."""
        return cls(**{name: asked.get(name, "").strip() for name in cls.__slots__})

    @property
    def wrong(self) -> list[str]:
        """The parts that cannot be asked for."""
        found = []
        if self.tag and self.tag not in set(Tag) and not any(each.startswith(f"{self.tag}:") for each in Tag):
            found.append("tag")
        if self.actor and self.actor != NOBODY and not User.objects.filter(pk=_number(self.actor)).exists():
            found.append("actor")
        return found + [name for name in ("since", "until") if getattr(self, name) and _day(getattr(self, name)) is None]

    def lines(self) -> QuerySet[Line]:
        """The lines asked for, newest first. A question that is wrong has no answer."""
        lines = Line.objects.select_related("actor")
        if self.wrong:
            return lines.none()
        if self.tag:
            lines = lines.filter(tag=self.tag) if self.tag in set(Tag) else lines.filter(tag__startswith=f"{self.tag}:")
        if self.actor:
            lines = lines.filter(actor=None) if self.actor == NOBODY else lines.filter(actor_id=_number(self.actor))
        if self.subject:
            lines = lines.filter(subject=self.subject)
        since, until = _day(self.since), _day(self.until)
        if since is not None:
            lines = lines.filter(at__gte=_midnight(since))
        if until is not None:
            lines = lines.filter(at__lt=_midnight(until + timedelta(days=1)))
        return lines

    def asked(self) -> dict[str, str]:
        """What is not empty, for an address or for the line that tells of an export."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}


def kinds() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The kinds of lines with their sentences, under the app that writes them, for a menu: its code, its name, its kinds."""
    found: dict[str, list[tuple[str, str]]] = {}
    for tag in Tag:
        found.setdefault(tag.value.partition(":")[0], []).append((tag.value, says(tag.value)))
    return [(app, str(ROOMS.get(app, app)), sorted(some, key=lambda each: each[1])) for app, some in sorted(found.items())]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else -1


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
