"""For what the glass may be broken, and for how many minutes: a table that the page, the check and docs read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Ground(NamedTuple):
    """Why a specially protected person has to be opened now, and for how long it stays open."""

    title: Promise | str
    minutes: int


GROUNDS: Mapping[str, Ground] = {
    "life": Ground(_("life or health is in danger"), 60),
    "handover": Ground(_("a handover is going on"), 120),
    "identity": Ground(_("somebody stands before us who may be this person"), 30),
    "family": Ground(_("a death or a release has to be told to the family"), 30),
    "order": Ground(_("an order of a court or of the head of the bureau"), 30),
}
#: A reason in fewer letters than this is none.
LEAST_REASON = 15
#: A name opens no more people than this at once.
MOST_PEOPLE = 3
