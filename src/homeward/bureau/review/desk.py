"""What the first page says of the review desk."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from homeward.bureau.access.models import User
from homeward.bureau.access.permissions import Permission
from homeward.bureau.access.policy import may
from homeward.bureau.pages.desk import Card
from homeward.bureau.review.seeing import newest_runs_of, part_of, proposals_of


def cards(user: User) -> list[Card]:
    """Pairs that wait for this officer's word, and pairs on which officers disagree, in the newest run of every list."""
    if not may(user, Permission.REVIEW_PROPOSAL_READ):
        return []
    runs = newest_runs_of(user)
    found = [(run, part, part_of(user, proposals_of(user, run), part).count()) for run in runs for part in ("mine", "disagree")]
    titles = {"mine": _("Pairs wait for your word"), "disagree": _("Pairs on which officers disagree")}
    return [
        Card(
            titles[part],
            count,
            f"{reverse('review:queue', args=(run.pk,))}?part={part}",
            note=f"{run.exchange} · {run.list_id}" if run.exchange else run.list_id,
        )
        for run, part, count in found
        if count and (part == "disagree" or may(user, Permission.REVIEW_PROPOSAL_DECIDE))
    ]
