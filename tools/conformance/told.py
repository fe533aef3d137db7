"""A record whose act 6 has other fields than an honest author writes."""

from __future__ import annotations

from conformance.case import Case, changed
from conformance.world import begun, sign
from homeward.record import canonical


def fields(says: str, code: str, *names: str, act: str = "receipt", **changes: object) -> Case:
    """A record whose act 6 has these fields in its envelope, signed and cosigned as if nothing were wrong."""
    draft = begun()
    author = names[0] if names else "A/officer-1"
    text = canonical({**draft.envelope(act, author, **changes), "count": 1})
    draft.put(sign(text, *(names or (author,))))
    draft.head()
    return changed(draft.record(), says, code, 6)
