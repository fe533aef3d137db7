"""How an exchange begins: every party makes its keys, the terms get their signing section, every office its empty record.

1. Each party alone: `Keys.make`, and hands out the public texts (`Keys.public`), on paper, compared aloud.
2. Together: `charter_for` puts the agreed terms and everybody's public keys into one file. Its hash names the exchange.
3. Each party: `found` makes its copy of the record from these bytes, and its root brings in its officers' keys.
4. One party says `terms-proposed` with its root key; all others agree with theirs.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from homeward.office.desk import Clock, Office
from homeward.office.keys import Keys
from homeward.record import PartyKeys, Signing, Store, Verifier, attach
from homeward.record.note import prove_possession


def charter_for(terms: bytes, parties: Iterable[PartyKeys], log: Verifier, keepers: Iterable[str] = ()) -> bytes:
    """The one file that all parties sign: the agreed terms, and who signs. Raises `CharterError`."""
    ordered = tuple(sorted(parties, key=lambda party: party.code))
    return attach(terms, Signing(log, ordered, tuple(keepers)))


def found(folder: Path, keys: Keys, charter: bytes, clock: Clock) -> Office:
    """Make this party's copy of the record, and bring its officers' keys into it: each is signed in by the root."""
    Store.create(folder / "record", charter, keeps_log=keys.log is not None).close()
    office = Office.open(folder, keys.party, clock)
    for officer in keys.officers:
        fields = {
            "key": officer.verifier.text,
            "proof": prove_possession(office.store.charter.origin, officer),
            "roles": ["officer"],
        }
        office.store.write("key-added", fields, keys.root, at=clock())
    return office
