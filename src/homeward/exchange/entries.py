"""From the record's lines and files to what the exchange reads: entries, public lines of lists, and who plays which part."""

from __future__ import annotations

from collections.abc import Mapping

from homeward.exchange.state import Entry, ListedPerson, PublicLines
from homeward.record import Act, Charter
from homeward.record.act import ENVELOPE
from homeward.record.disclosure import DisclosureError, parse_public
from homeward.record.note import encode_base64url
from homeward.terms import Terms

_ENVELOPE = frozenset(ENVELOPE)


def entry_of(index: int, act: Act) -> Entry:
    """A line of the record as the exchange reads it."""
    fields = {name: value for name, value in act.fields.items() if name not in _ENVELOPE}
    return Entry(index, encode_base64url(act.leaf), act.kind, act.by, act.party, act.at, len(act.signatures), fields)


def public_lines(lists: Mapping[str, bytes]) -> tuple[dict[str, PublicLines], dict[str, str]]:
    """The public lines of every list by the list's id, with roots computed from the bytes; and what cannot be read, with reasons."""
    found: dict[str, PublicLines] = {}
    faults: dict[str, str] = {}
    for name, content in lists.items():
        try:
            public = parse_public(content)
        except DisclosureError as error:
            faults[name] = str(error)
            continue
        people = tuple(ListedPerson(line.person, frozenset(line.category)) for line in public.people)
        found[name] = PublicLines(
            encode_base64url(public.root), public.draw_digest, public.header.side, public.header.holder, people
        )
    return found, faults


def roles_of(terms: Terms, charter: Charter) -> tuple[str, tuple[str, ...]]:
    """The neutral signs without being a party to the terms; it keeps lodged lists unless the charter names the keepers."""
    others = [party.code for party in charter.signing.parties if party.code not in terms.parties]
    neutral = others[0] if others else charter.signing.log.party
    return neutral, charter.signing.keepers or (neutral,)
