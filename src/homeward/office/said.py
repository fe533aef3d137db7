"""What this office has already said: acts of its own in the record, and those still in its outbox.

A command that is run again after a power cut asks here first, so that nothing is signed twice. What was said and had no effect, an
assent that came into the log before what it agrees to, say, may be said again and is not counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from homeward.exchange import Entry
from homeward.exchange.entries import entry_of
from homeward.office.desk import Office
from homeward.record import parse_line


def own_entries(office: Office, act: str) -> Iterator[Entry]:
    """This office's acts of one kind, in the order in which it signed them; those in the outbox count from 0 again."""
    mark, by = f'"act":"{act}"'.encode("ascii"), f'"by":"{office.party}/'.encode("ascii")
    void = {each.index for each in office.state.void}
    said = ((index, line) for index, line in enumerate(office.store.lines()) if index not in void)
    for index, line in chain(said, enumerate(office.store.pending())):
        # Most lines are other acts: looking at the bytes first spares reading them.
        if mark in line and by in line:
            entry = entry_of(index, parse_line(line))
            if entry.act == act and entry.party == office.party:
                yield entry


def said(office: Office, act: str, /, **fields: object) -> Entry | None:
    """The last act of this kind that this office signed with these fields among its own; None if there is none."""
    found = None
    for entry in own_entries(office, act):
        if all(entry.fields.get(name) == value for name, value in fields.items()):
            found = entry
    return found
