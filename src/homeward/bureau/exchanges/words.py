"""Words of pages for codes of the rooms below: outcomes of interviews, states, columns of a balance, deviations."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, Promise | str]

OUTCOMES: Words = {
    "none": _("not asked yet"),
    "wishes_to_go": _("wishes to go"),
    "refuses": _("refuses"),
    "other_destination": _("another destination"),
    "undecided": _("undecided"),
    "not_held": _("no interview was held"),
}

REASONS: Words = {
    "not_stated": _("not stated"),
    "no_access": _("no access was given"),
    "not_fit_to_talk": _("not fit to talk"),
    "no_interpreter": _("no interpreter"),
    "declined_to_talk": _("did not wish to talk"),
}

EXCHANGE_STATES: Words = {
    "": _("being founded"),
    "NEW": _("terms not agreed yet"),
    "AGREED": _("running"),
    "CLOSED": _("closed"),
    "BROKEN_OFF": _("broken off"),
}

LIST_STATES: Words = {
    "NONE": _("not committed yet"),
    "COMMITTED": _("committed"),
    "LODGED": _("lodged"),
    "RELEASED": _("released"),
    "FROZEN": _("frozen"),
}

STAGE_STATES: Words = {
    "WAITING": _("waiting"),
    "PLANNED": _("planned"),
    "OPEN": _("open"),
    "CLOSED": _("closed"),
}

PERSON_STATES: Words = {
    "LISTED": _("listed"),
    "AGREED": _("agreed"),
    "SET_ASIDE": _("set aside"),
    "WITHDRAWN": _("withdrawn"),
    "STRUCK": _("no longer asked for"),
    "PLANNED": _("planned"),
    "HANDED_OVER": _("handed over"),
    "RECEIVED": _("received"),
    "RETURNED": _("returned at the line"),
    "NOT_PRESENTED": _("not presented"),
    "WRONG_PERSON": _("wrong person presented"),
    "DIED": _("died"),
    "ESCAPED": _("escaped"),
    "DECLINED": _("refused to cross"),
}

COLUMNS: Words = {
    "planned": _("planned"),
    "reserves_called": _("reserves called"),
    "received": _("received"),
    "returned": _("returned at the line"),
    "not_presented": _("not presented"),
    "wrong_person": _("wrong person presented"),
    "died": _("died"),
    "escaped": _("escaped"),
    "declined": _("refused to cross"),
    "between_columns": _("between two columns"),
}

ITEM_STATES: Words = {
    "done": _("done"),
    "ours": _("our turn"),
    "carry": _("signed, to be carried"),
    "others": _("waits for others"),
    "blocked": _("later"),
}

#: How an item's state is coloured; the word stands beside it always.
ITEM_TONES: Mapping[str, str] = {"done": "good", "ours": "busy", "carry": "warn", "others": "warn", "blocked": ""}

REASONS_TO_END: Words = {
    "terms_broken": _("the terms were broken"),
    "other_side_absent": _("the other side did not come"),
    "security": _("no safe passage"),
    "political_decision": _("a political decision"),
    "force_majeure": _("force majeure"),
}

REASONS_TO_DROP: Words = {
    "released": _("released already"),
    "dead": _("died"),
    "refuses": _("refuses to go"),
    "not_identified": _("not the person we took them for"),
    "not_held": _("not held"),
    "other": _("another reason"),
}
