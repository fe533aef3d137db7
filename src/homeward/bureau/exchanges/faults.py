"""What can go wrong with an exchange without being our own bug, and the one text that a page shows for it.

The rooms below have an error class each for the world's lies and mistakes; their texts name files, rows, acts and ids, never people.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from homeward.bureau.pages import spoken
from homeward.exchange import REASONS, Void
from homeward.lists import ListError, ListProblemsError
from homeward.office.beginning import OfficeError
from homeward.office.claiming import ClaimError
from homeward.office.hands import HandsError
from homeward.office.public_keys import PublicKeysError
from homeward.office.stages import PlanDiffersError
from homeward.people import PeopleFileError
from homeward.planning import PoolError
from homeward.record import BundleError, CharterError, LineError, RefusedToSignError, StoreError
from homeward.record.disclosure import DisclosureError
from homeward.record.key_files import KeyFileError
from homeward.record.note import NoteError
from homeward.record.parcel import ParcelError
from homeward.record.seal import SealError
from homeward.record.shares import LodgingError
from homeward.terms import TermsError

#: Errors of the rooms whose text is fit for a page.
ROOM_FAULTS: tuple[type[Exception], ...] = (
    BundleError, CharterError, ClaimError, DisclosureError, HandsError, KeyFileError, LineError, ListError, ListProblemsError, LodgingError,
    NoteError, OfficeError, ParcelError, PeopleFileError, PlanDiffersError, PoolError, PublicKeysError, RefusedToSignError,
    SealError, StoreError, TermsError,
)  # fmt: skip


class ExchangeError(Exception):
    """Something an officer can put right. The text is translated, says what to do, and names nobody."""


class NoEffectError(ExchangeError):
    """An act that would change nothing if it were signed now, and so is not signed."""


def no_effect(void: Void) -> NoEffectError:
    """The error for an act that would have no effect."""
    reason = spoken.told(REASONS[void.reason], detail=void.detail)
    return NoEffectError(_("Not signed, because it would have no effect now: %(reason)s.") % {"reason": reason})


@contextmanager
def told() -> Iterator[None]:
    """Turn every fault of the rooms below into an `ExchangeError`; a full or closed disk is told as such."""
    try:
        yield
    except ROOM_FAULTS as error:
        raise ExchangeError(_sentence(str(error))) from error
    except (sqlite3.OperationalError, OSError) as error:
        raise ExchangeError(
            _("The disk of this node refused the work (%(kind)s); nothing half-written was left. Tell the administrator.")
            % {"kind": getattr(error, "sqlite_errorname", None) or getattr(error, "strerror", None) or type(error).__name__}
        ) from error


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
