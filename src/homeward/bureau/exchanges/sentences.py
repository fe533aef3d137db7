"""What an act says, in the reader's language: the sentence that is read before signing, and again in the timeline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from homeward.bureau.exchanges.words import OUTCOMES
from homeward.bureau.pages import spoken
from homeward.bureau.pages.spoken import language
from homeward.exchange import ACTS, DEVIATIONS, REASONS_FOR, Entry, signing_view
from homeward.exchange.entries import entry_of
from homeward.exchange.state import Proposal
from homeward.lists import ANSWER_CODES
from homeward.office.desk import Office
from homeward.record import parse_line
from homeward.record.keys import fingerprint


def sentence(act: str, fields: Mapping[str, object], proposals: Mapping[str, Proposal]) -> str:
    """The act in words. An assent says to what."""
    try:
        if act == "agreed":
            proposal = proposals.get(str(fields.get("of")))
            if proposal is not None:
                said = sentence(proposal.entry.act, proposal.entry.fields, proposals)
                return _("We agree to act %(index)s: %(says)s") % {"index": proposal.entry.index, "says": said}
        if act == "key-added":
            key = str(fields["key"])
            return _("The key %(key)s signs from now on (%(digits)s).") % {
                "key": key.partition("+")[0],
                "digits": fingerprint(key),
            }
        if act in {"key-retired", "key-distrusted"}:
            return _("The key %(key)s no longer signs.") % {"key": fields["key"]}
        # Asked first, because it refuses what is not well formed.
        signing_view(act, fields, language())
        said = spoken.told(ACTS[act].says, **_in_words(act, fields))
        about = _about(act, fields)
        return f"{said.removesuffix('.')} ({about})." if about else said
    except (ValueError, KeyError, TypeError):
        return _("An act of a kind that this version does not know: %(act)s.") % {"act": act}


def _in_words(act: str, fields: Mapping[str, object]) -> dict[str, object]:
    """The fields with the codes of closed lists in words; a code of another program stays as it is."""
    found = dict(fields)
    if "reason" in fields:
        found["reason"] = reason_in_words(act, str(fields["reason"]))
    if act == "deviation":
        found["kind"] = spoken.told(DEVIATIONS[str(fields["kind"])].says)
    if act == "interviewed":
        found["outcome"] = str(OUTCOMES.get(str(fields["outcome"]), fields["outcome"]))
    rule = ANSWER_CODES.get(str(fields.get("code"))) if act == "answered" else None
    if rule is not None:
        found["code"] = f"{rule.code} ({spoken.told(rule.offer).removesuffix('.')})"
    return found


def reason_in_words(act: str, code: str) -> str:
    """What a reason says; a code that no list of ours knows is shown as it is."""
    said = REASONS_FOR.get(act, {}).get(code)
    return spoken.told(said) if said is not None else code


def _about(act: str, fields: Mapping[str, object]) -> str:
    """Whom and what a deviation is about, which its sentence alone does not say."""
    if act != "deviation":
        return ""
    parts = [str(fields[name]) for name in ("stage", "list", "person", "count") if name in fields]
    return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the timeline. `index` is None for an act that is still in this office's outbox."""

    index: int | None
    at: str
    party: str
    signers: tuple[str, ...]
    act: str
    says: str
    leaf: str


def told(office: Office, start: int, end: int) -> list[Told]:
    """Acts `start` to before `end` of the record, in order."""
    return [_told(office, index, line) for index, line in enumerate(office.store.lines(start, end), start=start)]


def told_pending(office: Office) -> list[Told]:
    """Acts of this office that are signed and still have to be carried to the log."""
    return [_told(office, None, line) for line in office.store.pending()]


def told_of(office: Office, person: str) -> list[Told]:
    """Every act that names a person by id, newest first, those in the outbox before all others."""
    # Most acts are about others: looking at the bytes first spares reading them.
    mark = f'"{person}"'.encode("ascii")
    found = [_told(office, index, line) for index, line in enumerate(office.store.lines()) if mark in line]
    return [*(_told(office, None, line) for line in office.store.pending() if mark in line), *reversed(found)]


def _told(office: Office, index: int | None, line: bytes) -> Told:
    act = parse_line(line)
    entry = entry_of(index or 0, act)
    signers = tuple(signature.name for signature in act.signatures)
    says = sentence(entry.act, entry.fields, office.state.proposals)
    return Told(index, entry.at, entry.party, signers, entry.act, says, entry.leaf)


def pending_entries(office: Office) -> Iterable[Entry]:
    """What waits in the outbox, as the exchange reads it."""
    return (entry_of(0, parse_line(line)) for line in office.store.pending())
