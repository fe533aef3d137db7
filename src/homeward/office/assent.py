"""Finding the act that an office is asked to agree to."""

from __future__ import annotations

from homeward.exchange.state import Proposal
from homeward.office.desk import Office


def proposal_at(office: Office, wanted: str) -> Proposal | None:
    """The proposal with this leaf hash, or with this number of the act in the record."""
    proposals = office.state.proposals
    if wanted in proposals:
        return proposals[wanted]
    found = [each for each in proposals.values() if wanted.isdigit() and each.entry.index == int(wanted)]
    return found[0] if found else None
