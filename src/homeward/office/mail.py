"""What an office sends and receives: files in its outbox and inbox, carried by anybody in any way.

A party hands in to the neutral, who keeps the log: its new lines, its cosignatures, and files such as a list's public lines. The
neutral appends, makes a head, and delivers to each party what that party has not been sent yet. Every file may be taken in
twice, late, or out of order. A file of a list is kept in the record only once an act names it by its hash; until then it waits
in `private/arrived`, where the steps that need it look.

Names of files say who, to whom and which number: `UA-to-ICRC-0003.parcel`. They hold no names of people.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from homeward.exchange.entries import digest_of_file
from homeward.office.desk import Office
from homeward.office.files import write_whole
from homeward.record import Parcel, Report, cosign, deliver, hand_in, make_head, parse_parcel, take_in
from homeward.record.parcel import check_file_name

#: What was already sent to whom: for each party the number of acts, and the names of files.
_SENT = "sent.json"


def send(office: Office, to: str, files: Mapping[str, bytes] | None = None) -> Path:
    """Write what `to` should have from this office into the outbox, and give the file's path.

    The neutral delivers the log from where its last delivery to `to` ended; everybody else hands in. `files` go along.
    That a delivery was made is noted after its file is on the disk: cut off in between, the next one holds the same once more.
    """
    extra = tuple((check_file_name(name), content) for name, content in sorted((files or {}).items()))
    delivers = office.party == office.neutral
    parcel = _delivery(office, to) if delivers else hand_in(office.store)
    number = sum(1 for _ in _folder(office, "outbox").glob(f"{office.party}-to-{to}-*.parcel")) + 1
    path = _folder(office, "outbox") / f"{office.party}-to-{to}-{number:04}.parcel"
    write_whole(path, replace(parcel, files=(*parcel.files, *extra)).data)
    if delivers:
        _note_sent(office, to, parcel)
    return path


def receive(office: Office, path: Path) -> Report:
    """Take in a parcel that arrived: lines, heads and signatures after every check; files as far as acts name them.

    Raises `ParcelError`, `StoreError`, or `SplitError` when it shows another version of the record.
    """
    report = take_in(office.store, parse_parcel(path.read_bytes()))
    arrived = _folder(office, "private", "arrived")
    for name, content in report.files.items():
        check_file_name(name)
        write_whole(arrived / name.replace("/", "_"), content)
    keep_named_files(office)
    return report


def keep_named_files(office: Office) -> None:
    """Move files that arrived into the record once an act names exactly these bytes."""
    for path in sorted(_folder(office, "private", "arrived").iterdir()):
        name = path.name.replace("_", "/", 1)
        named = office.named_files.get(name)
        if named is not None:
            content = path.read_bytes()
            if named == digest_of_file(name, content):
                office.store.keep_file(name, content)
                path.unlink()


def arrived(office: Office, name: str) -> bytes | None:
    """A file that came in a parcel, whether or not an act names it yet."""
    kept = office.store.file(name)
    if kept is not None:
        return kept
    path = _folder(office, "private", "arrived") / name.replace("/", "_")
    return path.read_bytes() if path.exists() else None


def head_and_cosign(office: Office) -> None:
    """For the neutral: make a head over all acts, and cosign it."""
    assert office.keys.log is not None, "only the neutral keeps the log"
    make_head(office.store, office.keys.log)
    cosign_now(office)


def cosign_now(office: Office) -> None:
    """Cosign the newest head, with the closing key too when the exchange is closed. Raises `RefusedToSignError` by rule."""
    moment = datetime.fromisoformat(office.clock())
    cosign(office.store, office.keys.witness, int(moment.timestamp()))
    if office.keys.closing is not None and office.state.state in {"CLOSED", "BROKEN_OFF"}:
        cosign(office.store, office.keys.closing, int(moment.timestamp()))


def _delivery(office: Office, to: str) -> Parcel:
    """What comes after the last delivery to `to` that is on the disk."""
    start, had = _sent(office).get(to, (0, []))
    return deliver(office.store, start, but=frozenset(had))


def _note_sent(office: Office, to: str, parcel: Parcel) -> None:
    sent = _sent(office)
    _, had = sent.get(to, (0, []))
    sent[to] = (office.store.size, sorted({*had, *(name for name, _content in parcel.files)}))
    write_whole(_folder(office, "private") / _SENT, json.dumps(sent, sort_keys=True).encode("utf-8"))


def _sent(office: Office) -> dict[str, tuple[int, list[str]]]:
    """What was sent: for each party the number of acts, and the names of files."""
    path = _folder(office, "private") / _SENT
    found = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return {party: (size, names) for party, (size, names) in found.items()}


def _folder(office: Office, *parts: str) -> Path:
    path = office.folder
    for part in parts:
        path /= part
        path.mkdir(mode=0o700, exist_ok=True)
    return path
