"""The neutral's private interviews: only the outcome leaves the room, by the id of the exchange."""

from __future__ import annotations

import csv
import io

from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.exchanges.faults import ExchangeError, no_effect
from homeward.bureau.exchanges.models import Exchange
from homeward.bureau.exchanges.offices import office_of
from homeward.bureau.exchanges.services_signing import say_all
from homeward.exchange import INTERVIEW_OUTCOMES

#: Reasons why no interview was held, as acts carry them.
REASONS_NOT_HELD = ("not_stated", "no_access", "not_fit_to_talk", "no_interpreter", "declined_to_talk")
_MOST_LINES = 100_000


def record_outcomes(exchange: Exchange, outcomes: list[tuple[str, str, str]], *, by: User) -> int:
    """Sign outcomes: (person, outcome, reason). Those that stand in the record already are not signed again. Gives how many were new."""
    acts = []
    with office_of(exchange) as office:
        state = office.state
        if office.party != state.neutral:
            raise ExchangeError(_("Outcomes of interviews are recorded by the neutral alone."))
        for number, (person, outcome, reason) in enumerate(outcomes, start=1):
            if person not in state.people:
                raise ExchangeError(
                    _("Line %(line)s: %(person)s is not in this exchange.") % {"line": number, "person": person}
                )
            if outcome not in INTERVIEW_OUTCOMES:
                words = ", ".join(INTERVIEW_OUTCOMES)
                raise ExchangeError(_("Line %(line)s: the outcome is one of %(words)s.") % {"line": number, "words": words})
            fields = {"person": person, "outcome": outcome}
            if outcome == "not_held":
                if reason not in REASONS_NOT_HELD:
                    words = ", ".join(REASONS_NOT_HELD)
                    raise ExchangeError(
                        _("Line %(line)s: an interview that was not held needs one of the reasons %(words)s.")
                        % {"line": number, "words": words}
                    )
                fields["reason"] = reason
            if state.people[person].interview != outcome:
                acts.append(("interviewed", fields))
        if acts:
            void = office.why_not(acts[0][0], **acts[0][1])
            if void is not None:
                raise no_effect(void)
        return sum(leaf != "" for leaf in say_all(exchange, by, acts))


def read_outcomes(content: bytes) -> list[tuple[str, str, str]]:
    """A CSV file with the columns person, outcome, reason. Raises `ExchangeError` with the line."""
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), strict=True)
        names = {name.strip().casefold(): name for name in reader.fieldnames or ()}
        missing = [name for name in ("person", "outcome") if name not in names]
        if missing:
            raise ExchangeError(_("Line 1: the columns %(names)s are missing.") % {"names": ", ".join(missing)})
        found: list[tuple[str, str, str]] = []
        for row in reader:
            if None in row or None in row.values() or len(found) > _MOST_LINES:
                raise ExchangeError(
                    _("Line %(line)s: another number of cells than in the heading.") % {"line": reader.line_num}
                )
            cells = {key: str(row[name]).strip() for key, name in names.items()}
            found.append((cells["person"], cells["outcome"], cells.get("reason", "")))
    except UnicodeDecodeError:
        raise ExchangeError(_("This file is not UTF-8 text; save it as CSV UTF-8.")) from None
    except csv.Error:
        raise ExchangeError(_("This is not a CSV file; save it as CSV UTF-8.")) from None
    return found
