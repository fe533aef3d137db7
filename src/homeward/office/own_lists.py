"""A list from the holder's file to the receiver's desk: committed, lodged, released, opened.

The holder binds itself to a list before it has seen the other side's (`commit`). The sealed list and one share of its key go to
every keeper; a keeper says that it keeps them (`lodge`). When all lists are lodged and all parties have cosigned all
commitments, the keepers join their shares, open every list to its commitment, and only then say `lists-released` (`release`);
each receiver is handed its list, sealed, and checks it once more against the public lines (`open_received`).

With one keeper, the neutral can read a list as soon as it is lodged. The charter says how many keepers there are, the verdict
prints it, and docs/cannot-prove.md says what it means.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date

from homeward.exchange import REASONS, as_table
from homeward.exchange.entries import digest_of_file
from homeward.exchange.words import say
from homeward.office.desk import Office
from homeward.office.files import write_whole
from homeward.office.mail import arrived
from homeward.office.people_on_record import to_fields, to_person
from homeward.office.said import said
from homeward.people import Person
from homeward.record.disclosure import (
    Entry,
    ListHeader,
    OpenedList,
    PublicList,
    assign_ids,
    commit_list,
    open_list,
    parse_public,
)
from homeward.record.entropy import Entropy
from homeward.record.note import encode_base64url
from homeward.record.seal import parse_recipient, seal, unseal
from homeward.record.shares import Lodged, LodgingError, open_lodged, open_share, parse_lodging
from homeward.record.shares import lodge as lodge_with
from homeward.terms import facts_under, groups_of


def commit(office: Office, list_id: str, people: Sequence[Person], *, on: date | None, entropy: Entropy) -> dict[str, bytes]:
    """Bind this office to its list of people. Gives the files that go to the neutral with the act: lines, sealed list, shares.

    Every person gets an id that tells nothing; which row is which id stays in `private/` of this office alone.
    """
    terms, store = office.terms, office.store
    lists = sorted(terms.sides)
    ids = assign_ids(len(people), lists.index(list_id), len(lists), entropy)
    entries = []
    for person_id, person in zip(ids, people, strict=True):
        facts = facts_under(terms, person, list_id, on=on)
        groups = tuple(name for name, belongs in groups_of(terms, facts).items() if belongs and name != "all")
        entries.append(Entry(person_id, groups, to_fields(person)))
    public, plaintext = commit_list(entries, header=ListHeader("offer", list_id, office.party), entropy=entropy)
    lodged = lodge_with_keepers(office, plaintext, entropy)
    write_whole(office.private / f"{list_id}.opened", plaintext)
    rows = {person_id: person.id for person_id, person in zip(ids, people, strict=True)}
    write_whole(office.private / f"{list_id}.rows.json", json.dumps(rows, sort_keys=True).encode("utf-8"))
    lines = public.to_bytes()
    store.keep_file(f"lists/{list_id}", lines)
    say_committed(office, list_id, public)
    return files_for_keepers(list_id, lines, lodged)


def lodge_with_keepers(office: Office, plaintext: bytes, entropy: Entropy) -> Lodged:
    """Seal an opened list to a fresh key, with a share of it for every keeper that the charter names."""
    recipients = {
        party.code: parse_recipient(party.recipient)
        for party in office.store.charter.signing.parties
        if party.code in office.keepers and party.recipient is not None
    }
    return lodge_with(plaintext, recipients, one_keeper=len(recipients) == 1, entropy=entropy)


def say_committed(office: Office, list_id: str, public: PublicList) -> str:
    """Sign the commitment to a list as its public lines have it."""
    return office.say(
        "list-committed",
        list=list_id,
        root=public.root_text,
        count=public.count,
        categories=as_table(public.categories),
        draw=public.draw_digest,
    )


def files_for_keepers(list_id: str, lines: bytes, lodged: Lodged) -> dict[str, bytes]:
    """What goes to the keepers with a commitment: the public lines, the sealed list, the lodging, every keeper's share."""
    files = {f"lists/{list_id}": lines, f"sealed/{list_id}.age": lodged.sealed_list}
    files[f"sealed/{list_id}-lodging"] = lodged.lodging.to_bytes()
    return files | {f"sealed/{list_id}-share-{keeper}.age": share for keeper, share in lodged.sealed_shares.items()}


def lodge(office: Office, list_id: str) -> None:
    """A keeper says that it keeps the sealed list, after seeing that its own share is the one that was lodged."""
    lodging = parse_lodging(needed(office, f"sealed/{list_id}-lodging"))
    open_share(lodging, office.party, needed(office, f"sealed/{list_id}-share-{office.party}.age"), office.keys.sealing)
    sealed = needed(office, f"sealed/{list_id}.age")
    root = digest_of_file(f"lists/{list_id}", needed(office, f"lists/{list_id}"))
    fields = {"list": list_id, "root": root, "sealed": digest_of_file(f"sealed/{list_id}.age", sealed)}
    # The file first: an act that says "it is kept here" must not be on disk without it. Run again, nothing is said twice.
    office.store.keep_file(f"sealed/{list_id}.age", sealed)
    if said(office, "list-lodged", **fields) is None:
        office.say("list-lodged", **fields)


def release(keepers: Sequence[Office], entropy: Entropy) -> dict[str, dict[str, bytes]]:
    """The keepers, in one room, on one machine: join their shares, open every list to its commitment, and release all or none.

    Gives for each receiver the files that it is handed. Raises `LodgingError` or `DisclosureError`, and then nothing is released.
    Cut off and run again, it says what was not said yet and hands the same lists over, sealed anew.
    """
    first = keepers[0]
    shares = {
        list_id: {keeper.party: own_share(keeper, list_id) for keeper in keepers} for list_id in sorted(first.terms.sides)
    }
    plaintexts, draw = open_all(first, shares)
    leaf = say_released(first, draw)
    for keeper in keepers[1:]:
        if said(keeper, "agreed", of=leaf) is None:
            keeper.agree(leaf, "lists-released")
    return sealed_for_receivers(first, plaintexts, entropy)


def open_all(office: Office, shares: Mapping[str, Mapping[str, bytes]]) -> tuple[dict[str, bytes], object]:
    """Open every lodged list to its commitment with these shares (list → keeper → share): the lists, and the field `draw` of the
    act that releases them. Raises `LodgingError` or `DisclosureError`.
    """
    plaintexts: dict[str, bytes] = {}
    opened: dict[str, OpenedList] = {}
    for list_id in sorted(office.terms.sides):
        lodging = parse_lodging(needed(office, f"sealed/{list_id}-lodging"))
        plaintexts[list_id] = open_lodged(lodging, needed(office, f"sealed/{list_id}.age"), shares[list_id])
        opened[list_id] = open_list(parse_public(needed(office, f"lists/{list_id}")), plaintexts[list_id])
    return plaintexts, as_table({list_id: each.draw_disclosure for list_id, each in opened.items()})


def sealed_for_receivers(office: Office, plaintexts: Mapping[str, bytes], entropy: Entropy) -> dict[str, dict[str, bytes]]:
    """For each receiver the files that it is handed: its lists, sealed to it."""
    handed: dict[str, dict[str, bytes]] = {}
    for party in office.store.charter.signing.parties:
        for list_id, each in office.state.lists.items():
            if party.code in each.receivers and party.recipient is not None:
                sealed = seal(plaintexts[list_id], [parse_recipient(party.recipient)], entropy=entropy)
                handed.setdefault(party.code, {})[f"sealed/{list_id}-for-{party.code}.age"] = sealed
    return handed


def say_released(first: Office, draw: object) -> str:
    """The leaf of the first keeper's `lists-released`, said now unless it was said before."""
    before = said(first, "lists-released", draw=draw)
    if before is not None:
        return before.leaf
    # A keeper hands nothing over on its own judgement: both commitments and all lodgings must stand in the record first.
    void = first.why_not("lists-released", draw=draw)
    if void is not None:
        raise LodgingError(
            f"the lists may not be released yet: {say(REASONS[void.reason], 'en', detail=void.detail)}; nothing was handed over"
        )
    return first.say("lists-released", draw=draw)


def open_received(office: Office, list_id: str) -> None:
    """The receiver opens the released list for itself, sees that it is what was committed, and signs a receipt for it, once."""
    sealed = needed(office, f"sealed/{list_id}-for-{office.party}.age")
    plaintext = unseal(sealed, [office.keys.sealing])
    public = parse_public(needed(office, f"lists/{list_id}"))
    office.opened[list_id] = open_list(public, plaintext)
    write_whole(office.private / f"{list_id}.opened", plaintext)
    receipt = {"list": list_id, "what": "list", "digest": encode_base64url(public.root), "count": public.count}
    if said(office, "receipt", **receipt) is None:
        office.say("receipt", **receipt)


def people_of(office: Office, list_id: str) -> list[Person]:
    """The people of a list that this office may read, its own or one released to it, under their ids of the exchange."""
    opened = office.opened.get(list_id)
    if opened is None:
        public = parse_public(needed(office, f"lists/{list_id}"))
        opened = office.opened[list_id] = open_list(public, (office.private / f"{list_id}.opened").read_bytes())
    return [to_person(line.person, opened.people[line.person].fields) for line in opened.public.people]


def rows_of(office: Office, list_id: str) -> Mapping[str, str]:
    """Id in the exchange → id of the row in the office's own file. Only the holder has it."""
    found = json.loads((office.private / f"{list_id}.rows.json").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def own_share(keeper: Office, list_id: str) -> bytes:
    """A keeper's share of a list's key, opened, after seeing that it is the one that was lodged."""
    lodging = parse_lodging(needed(keeper, f"sealed/{list_id}-lodging"))
    sealed = needed(keeper, f"sealed/{list_id}-share-{keeper.party}.age")
    return open_share(lodging, keeper.party, sealed, keeper.keys.sealing)


def needed(office: Office, name: str) -> bytes:
    """A file that a step cannot do without. Raises `LodgingError`."""
    content = arrived(office, name)
    if content is None:
        raise LodgingError(f"the file {name} has not arrived here; ask its sender for it again")
    return content
