"""What may become of a row of an import, as two tables: what the dry run says would be done, and what was done.

An action lists what an officer may choose for the row; the first is what happens when nobody chooses. Nothing that is left out is
an error: the row stands in the result with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Action(NamedTuple):
    """A kind of row: its title, the choices an officer has, and its tone on the page."""

    title: Promise | str
    choices: tuple[str, ...]
    tone: str


#: What an officer may choose for a row.
CHOICES: Mapping[str, Promise | str] = {
    "new": _("enter as a new person"),
    "add": _("add to this person"),
    "mine": _("the file corrects what was added since"),
    "theirs": _("what was added since counts; keep the file's word beside it"),
    "both": _("let both stand as a conflict"),
    "skip": _("leave out"),
    "none": _("nothing to do"),
}

ACTIONS: Mapping[str, Action] = {
    "new": Action(_("new person"), ("new", "skip"), "good"),
    "update": Action(_("adds to a person"), ("add", "skip"), "busy"),
    "same": Action(_("already in the register"), ("none",), ""),
    "conflict": Action(_("changed in the register since the file was written"), ("skip", "mine", "theirs", "both"), "warn"),
    # One officer does not decide here that two names are one person: that is the review desk's work, for two.
    "differs": Action(_("its identifier belongs to somebody of another name"), ("skip", "new"), "warn"),
    "unknown": Action(_("names a number that is not in the register"), ("none",), "bad"),
    "refused": Action(_("names nobody; see the remark"), ("none",), "bad"),
}

OUTCOMES: Mapping[str, Promise | str] = {
    "added": _("entered as a new person"),
    "updated": _("added to the person"),
    "same": _("nothing new"),
    "skipped": _("left out by the officer"),
    "left": _("left out: nobody decided about it"),
    "moved": _("left out: the person was changed after the dry run; import the row again"),
    "unknown": _("left out: no such number in the register"),
    "refused": _("refused by the reader"),
}
