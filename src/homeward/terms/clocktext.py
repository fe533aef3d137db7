"""Time limits as they are written: "7 days after signature", "24 hours before stage", or a date.

>>> read_clock("names", "24 hours before stage").hours
24
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal, cast

from homeward.terms.model import Clock
from homeward.terms.schema import ANCHORS

_CLOCK = re.compile(r"([1-9][0-9]{0,3}) (hour|day|week)s? (after|before) (" + "|".join(ANCHORS) + ")")


def read_clock(name: str, written: str | date) -> Clock:
    """Read one clock. Raises `ValueError` for text of another form."""
    if isinstance(written, date):
        return Clock(name, date=written)
    match = _CLOCK.fullmatch(written)
    if match is None:
        raise ValueError("a clock is written like '7 days after signature'")
    amount, unit, relation, anchor = match.groups()
    return Clock(
        name,
        amount=int(amount),
        unit=cast('Literal["hours", "days", "weeks"]', unit + "s"),
        relation=cast('Literal["after", "before"]', relation),
        anchor=anchor,
    )
