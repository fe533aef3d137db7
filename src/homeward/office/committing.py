"""Committing to a list by a command that may be cut off at any moment and run again.

A commitment is four things: the opened list in `private/`, its public lines in the record's files, the act, and the sealed files
that go to the keepers. They come to disk one after the other. Whatever is there when the command runs again is kept, because other
salts would be another list; what is missing is made from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from homeward.exchange.entries import entry_of
from homeward.office.desk import Office
from homeward.office.going import files_for, put
from homeward.office.own_lists import commit, files_for_keepers, lodge_with_keepers, say_committed
from homeward.people import Person
from homeward.record import parse_line
from homeward.record.disclosure import open_list, parse_public
from homeward.record.entropy import Entropy


def is_begun(office: Office, list_id: str) -> bool:
    """Whether this office has fixed its list, though perhaps not all of the commitment came to disk."""
    return f"lists/{list_id}" in office.store.file_names()


def is_done(office: Office, list_id: str) -> bool:
    """Whether nothing of the commitment is missing here."""
    lodged = office.state.lists[list_id].lodged
    waiting = [keeper for keeper in office.keepers if keeper != office.party and keeper not in lodged]
    return _is_said(office, list_id) and all(f"sealed/{list_id}.age" in files_for(office, keeper) for keeper in waiting)


def commit_or_finish(office: Office, list_id: str, people: Sequence[Person], *, on: date | None, entropy: Entropy) -> int:
    """Commit to the list, or finish a commitment that was begun, to the list as it was given then. Gives how many people."""
    begun = is_begun(office, list_id)
    files = _finish(office, list_id, entropy) if begun else commit(office, list_id, people, on=on, entropy=entropy)
    put(office, {office.neutral, *office.keepers}, files)
    return parse_public(files[f"lists/{list_id}"]).count


def _finish(office: Office, list_id: str, entropy: Entropy) -> dict[str, bytes]:
    """The act if it was not said, and the sealed files anew: they hide the same list under other keys."""
    lines = office.store.file(f"lists/{list_id}")
    assert lines is not None, "a commitment is finished where its lines are here"
    public, plaintext = parse_public(lines), (office.private / f"{list_id}.opened").read_bytes()
    open_list(public, plaintext)
    lodged = lodge_with_keepers(office, plaintext, entropy)
    if not _is_said(office, list_id):
        say_committed(office, list_id, public)
    return files_for_keepers(list_id, lines, lodged)


def _is_said(office: Office, list_id: str) -> bool:
    waiting = (entry_of(0, parse_line(line)) for line in office.store.pending())
    said = any(entry.act == "list-committed" and entry.fields.get("list") == list_id for entry in waiting)
    return said or office.state.lists[list_id].committed_at is not None
