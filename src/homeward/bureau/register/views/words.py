"""Words that several pages of the register share."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: Parts of the list beside the states.
SHOW: Mapping[str, Promise | str] = {
    "overdue": gettext_lazy("card or notice overdue"),
    "conflicts": gettext_lazy("sources disagree"),
    "incomplete": gettext_lazy("fields missing"),
}


def group_titles() -> list[tuple[str, str]]:
    """The groups of fields in the order of the page, with their titles."""
    return [
        ("identity", _("Who")),
        ("service", _("Service")),
        ("custody", _("Captivity")),
        ("health", _("Health")),
        ("legal", _("Proceedings")),
        ("exchange", _("Exchange")),
        ("notes", _("Notes")),
    ]


def place_titles() -> Mapping[str, str]:
    """Where people are shown, in words."""
    return {
        "page": _("page of the person"),
        "list": _("list"),
        "search": _("search"),
        "duplicates": _("likely duplicates"),
        "export": _("export"),
        "import": _("import"),
        "emergency": _("break-glass"),
    }
