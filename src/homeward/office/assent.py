"""Before an office agrees to another's act: what it is about, and whether the assent would count."""

from __future__ import annotations

from homeward.exchange import ACTS, Entry, Void
from homeward.exchange.state import Proposal
from homeward.office.desk import Office


def proposal_at(office: Office, wanted: str) -> Proposal | None:
    """The proposal with this leaf hash, or with this number of the act in the record."""
    proposals = office.state.proposals
    if wanted in proposals:
        return proposals[wanted]
    found = [each for each in proposals.values() if wanted.isdigit() and each.entry.index == int(wanted)]
    return found[0] if found else None


def why_not_agree(office: Office, proposal: Proposal) -> Void | None:
    """Why this office's assent, signed now, would have no effect; None when it would count."""
    form = ACTS[proposal.entry.act]
    root = form.name == "terms-proposed"
    signer = office.keys.root if root else office.keys.officers[0]
    hands = 1 if root else min(form.hands, len(office.keys.officers))
    fields = {"of": proposal.entry.leaf}
    entry = Entry(office.state.acts, "", "agreed", signer.name, office.party, office.clock(), hands, fields)
    return office._read().fold.check(entry)
