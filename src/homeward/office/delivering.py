"""A parcel made from what its receiver is known to hold, so that one lost on the way, or cut off before it was written, loses nothing.

`homeward.office.mail.send` goes on from where the last delivery ended, and trusts that it arrived. Here a delivery begins after the
largest head that the receiver has cosigned: by that signature it says that it has read every act up to there. What it has had
since then is sent again; taking it in twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from homeward.exchange.entries import entry_of, file_named_by
from homeward.office.desk import Office
from homeward.office.files import write_whole
from homeward.office.going import files_for
from homeward.record import deliver, hand_in, parse_line
from homeward.record.parcel import Parcel


def acknowledged(office: Office, party: str) -> int:
    """How many acts the party is known to hold: the size of the largest head that it has cosigned."""
    store = office.store
    sizes = (signed.head.size for signed in reversed(store.heads()) if party in store.standing(signed).cosigned)
    return next(sizes, 0)


def named_before(office: Office, size: int) -> frozenset[str]:
    """The files that acts before this size name: whoever holds those acts was sent these files with them."""
    named = (file_named_by(entry_of(index, parse_line(line))) for index, line in enumerate(office.store.lines(0, size)))
    return frozenset(each[0] for each in named if each is not None)


def parcel_for(office: Office, to: str, *, have: int, files: frozenset[str]) -> Parcel:
    """What `to` should have from this office, if it holds `have` acts and these files. Everybody but the neutral hands in."""
    store = office.store
    parcel = deliver(store, max(0, min(have, store.size)), but=files) if store.keeps_log else hand_in(store)
    known = {name for name, _content in parcel.files} | files
    going: Mapping[str, bytes] = files_for(office, to)
    return replace(parcel, files=(*parcel.files, *((name, going[name]) for name in sorted(going.keys() - known))))


def send_from_what_is_known(office: Office, to: str, *, whole: bool = False) -> Path:
    """Write a parcel for `to` into the outbox, whole or not at all, and give the file's path. `whole`: everything from the first act."""
    have = 0 if whole or not office.store.keeps_log else acknowledged(office, to)
    parcel = parcel_for(office, to, have=have, files=named_before(office, have))
    outbox = office.folder / "outbox"
    outbox.mkdir(mode=0o700, exist_ok=True)
    number = sum(1 for _ in outbox.glob(f"{office.party}-to-{to}-*.parcel")) + 1
    path = outbox / f"{office.party}-to-{to}-{number:04}.parcel"
    write_whole(path, parcel.data)
    return path
