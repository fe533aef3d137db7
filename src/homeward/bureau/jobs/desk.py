"""What the first page says of an officer's jobs."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.jobs.kinds import KINDS
from homeward.bureau.jobs.models import Job
from homeward.bureau.jobs.states import OPEN, State
from homeward.bureau.pages.desk import Card


def cards(user: User) -> list[Card]:
    """Jobs under way, and those that ended since the officer last looked. One alone leads to its own page."""
    mine = Job.objects.filter(by=user, kind__in=KINDS).only("pk", "state")
    running = list(mine.filter(state__in=OPEN))
    failed = list(mine.filter(state=State.FAILED.value, seen=None))
    done = list(mine.filter(state=State.DONE.value, seen=None))
    found = [
        Card(_("Jobs that failed"), len(failed), _page(failed), _("each says why, and what to do"), urgent=True),
        Card(_("Jobs under way"), len(running), _page(running), _("they go on without you")),
        Card(_("Jobs done"), len(done), _page(done), _("since you last looked")),
    ]
    return [card for card in found if card.count]


def _page(jobs: list[Job]) -> str:
    return reverse("jobs:job", args=(jobs[0].pk,)) if len(jobs) == 1 else reverse("jobs:index")
