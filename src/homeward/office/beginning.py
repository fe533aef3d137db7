"""Making and opening an office's folder by commands that may be cut off at any moment and run again.

`make_keys` writes all keys of a party or none. `begin` makes the party's copy of the record from the signed terms; run again
after a power cut, it does what was left to do and nothing twice. `open_office` finds out from the folder whose office it is.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection
from itertools import count
from pathlib import Path

from homeward.office.desk import Clock, Office
from homeward.office.files import write_whole
from homeward.office.keys import Keys, Passphrase
from homeward.office.public_keys import HandedOut
from homeward.record import Store, parse_line, read_charter
from homeward.record.keys import Kind, OwnKey, make_key, save_key
from homeward.record.note import Signer, prove_possession
from homeward.record.store import DATABASE


class OfficeError(Exception):
    """A folder that is not, or not yet, the office that is needed. The text says what to do."""


def make_keys(folder: Path, party: str, *, log: bool = False, passphrase: str | None = None, work_factor: int = 18) -> Keys:
    """Make the keys of a new office in `folder/keys`, all or none, and the file `folder/PARTY.public` to be handed out."""
    place = folder / "keys"
    if place.exists():
        raise OfficeError(f"{place}: there are keys already, and they are not written over; choose another folder")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".keys-", dir=folder))
    try:
        keys = Keys.make(beside, party, log=log, passphrase=passphrase, work_factor=work_factor)
        write_whole(folder / f"{party}.public", HandedOut.of(keys).text.encode("ascii"), private=False)
        beside.rename(place)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return keys


def open_keys(folder: Path, *, passphrase: Passphrase | None = None) -> Keys:
    """The keys in an office's folder, whoever's they are. Raises `OfficeError`, or `KeyFileError` for a key that cannot be read."""
    place = folder / "keys"
    parties = sorted({path.name.partition(".")[0] for path in place.glob("*.key")})
    if not parties:
        raise OfficeError(
            f"{place}: there are no keys here; make them first (homeward record new keys), or name another folder"
        )
    if len(parties) > 1:
        raise OfficeError(f"{place}: keys of {' and '.join(parties)} lie together; an office is of one party")
    return Keys.open(place, parties[0], passphrase=passphrase)


def need(keys: Keys, *kinds: Kind) -> None:
    """Raise `OfficeError` if a key of one of these kinds is not here: it may lie on paper, or on another machine of the party."""
    for kind in kinds:
        if not any(key.kind is kind for key in keys.own):
            raise OfficeError(
                f"this needs the {kind.value} key of {keys.party}, which is not in this folder; "
                "do it on the machine that has the key, or bring the key back from its card"
            )


def begin(folder: Path, charter: bytes, clock: Clock, *, passphrase: Passphrase | None = None) -> Office:
    """Make the party's copy of the record in `folder`, or finish making it. The charter must hold this office's own keys."""
    keys = open_keys(folder, passphrase=passphrase)
    need(keys, Kind.ROOT, Kind.WITNESS, Kind.SEALING, Kind.DEVICE)
    mine = HandedOut.of(keys)
    signing = read_charter(charter).signing
    if mine.keys not in signing.parties:
        raise OfficeError(f"the signed terms do not hold the keys of {keys.party} that lie in {folder / 'keys'}; sign nothing")
    if (mine.log is not None) != (signing.log.party == keys.party) or (mine.log is not None and mine.log != signing.log):
        raise OfficeError(f"the signed terms name another log key than the one in {folder / 'keys'}; sign nothing")
    if not (folder / "record" / DATABASE).exists():
        Store.create(folder / "record", charter, keeps_log=keys.log is not None).close()
    office = Office(folder, keys.party, keys, Store.open(folder / "record"), clock)
    if office.store.charter.terms != charter:
        office.close()
        raise OfficeError(f"{folder / 'record'}: there is the record of another exchange; choose another folder")
    try:
        for officer in keys.officers:
            add_key(office, officer)
    except BaseException:
        office.close()
        raise
    return office


def add_key(office: Office, officer: Signer) -> bool:
    """Let the root sign an officer's key in, unless that was done before. Gives whether it was done now."""
    text = officer.verifier.text
    waiting = [parse_line(line) for line in office.store.pending()]
    if officer.name in office.store.ledger.keys or any(act.fields.get("key") == text for act in waiting):
        return False
    proof = prove_possession(office.store.charter.origin, officer)
    fields = {"key": text, "proof": proof, "roles": ["officer"]}
    office.store.write("key-added", fields, office.keys.root, at=office.clock())
    return True


def new_device(office: Office, device: str, *, passphrase: str | None = None, work_factor: int = 18) -> Signer:
    """Make the key of one more device in this office's folder, and sign it in. With a `passphrase` its file is under it."""
    need(office.keys, Kind.ROOT)
    key = make_key(Kind.DEVICE, office.party, device)
    save_key(office.folder / "keys", key, passphrase=passphrase, work_factor=work_factor)
    add_key(office, key.signer)
    return key.signer


def new_root(office: Office, *, passphrase: str | None = None, work_factor: int = 18) -> tuple[Signer, str]:
    """Make a new root key in this office's folder, and bring it in. Gives the key, and the act by which it was done.

    Where the root in force is here, it signs the new one in (`key-added`); retire the old one afterwards. Where it is lost, two
    officers propose the new one (`key-proposed`), which counts once every other party's root has accepted it. Cut off and run again,
    it finishes with the key that was made.
    """
    act = "key-added" if any(key.kind is Kind.ROOT for key in office.keys.own) else "key-proposed"
    hands = [office.keys.root] if act == "key-added" else office.keys.officers[:2]
    if len(hands) < (1 if act == "key-added" else 2):
        raise OfficeError(f"without its root, {office.party} needs the keys of two officers in this folder")
    said = {str(parse_line(line).fields.get("key")) for line in office.store.pending()}
    said |= {proposal.key.text for proposal in office.store.ledger.book.proposals.values()}
    key = _unused_root(office, said, passphrase)
    if key is None:
        taken = {name.partition("/")[2] for name in office.store.ledger.keys if name.startswith(f"{office.party}/")}
        taken |= {path.stem.partition(".")[2] for path in (office.folder / "keys").glob("*.key")}
        name = next(name for name in (f"root-{number}" for number in count(2)) if name not in taken)
        key = make_key(Kind.ROOT, office.party, name)
        save_key(office.folder / "keys", key, passphrase=passphrase, work_factor=work_factor)
    if key.public_text not in said:
        fields = {"key": key.public_text, "proof": prove_possession(office.store.charter.origin, key.signer), "roles": ["root"]}
        office.store.write(act, fields, *hands, at=office.clock())
    return key.signer, act


def _unused_root(office: Office, said: Collection[str], passphrase: str | None) -> OwnKey | None:
    """A root key that was made here and that the record does not know yet; first one that was brought in and waits."""
    found = [
        key
        for key in open_keys(office.folder, passphrase=passphrase).own
        if key.kind is Kind.ROOT and key.name not in office.store.ledger.keys
    ]
    return min(found, key=lambda key: (key.public_text not in said, key.name), default=None)


def open_office(folder: Path, clock: Clock, *, passphrase: Passphrase | None = None) -> Office:
    """Open an office with the keys that still count: a retired device's key may lie in the folder and signs nothing.

    `passphrase`, or a function that asks for it, is needed only where a key under a passphrase signs or opens something.
    """
    keys = open_keys(folder, passphrase=passphrase)
    if not (folder / "record" / DATABASE).exists():
        raise OfficeError(f"{folder}: there is no record here yet; make it from the signed terms (homeward record new office)")
    store = Store.open(folder / "record")
    known = store.ledger.keys
    # A new root that does not count yet signs nothing; a device's key may be in its first act's outbox.
    counting = [
        key for key in keys.own if (known[key.name].retired is None if key.name in known else key.kind is not Kind.ROOT)
    ]
    return Office(folder, keys.party, Keys(keys.party, tuple(counting)), store, clock)
