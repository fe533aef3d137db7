"""From the record's lines and files to what the exchange reads: entries, public lines of lists, and who plays which part."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from homeward.exchange.state import Entry, ListedPerson, PublicLines
from homeward.record import Act, Charter
from homeward.record.act import ENVELOPE
from homeward.record.disclosure import DisclosureError, parse_public
from homeward.record.note import encode_base64url
from homeward.record.tree import Tree, leaf_hash
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


def roots_of(charter: Charter) -> set[str]:
    """The names of the root keys with which the record begins."""
    return {party.root.name for party in charter.signing.parties}


def file_named_by(entry: Entry) -> tuple[str, str] | None:
    """The file of the record that an act names, and the hash by which it names it."""
    name, fields = entry.fields.get("list"), entry.fields
    if not isinstance(name, str):
        return None
    match entry.act:
        case "list-committed":
            return f"lists/{name}", str(fields.get("root"))
        case "list-lodged":
            return f"sealed/{name}.age", str(fields.get("sealed"))
        case "answers-sent":
            return f"sealed/answers-{name}.age", str(fields.get("digest"))
        case _:
            return None


def digest_of_file(name: str, content: bytes) -> str:
    """How acts name a file: a list by the root over its lines, a sealed file by the SHA-256 of its bytes, both in base64url."""
    if name.startswith("lists/"):
        return encode_base64url(Tree(leaf_hash(line) for line in content.removesuffix(b"\n").split(b"\n")).root())
    return encode_base64url(hashlib.sha256(content).digest())
