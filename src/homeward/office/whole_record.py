"""A whole record from a file into an office's own copy, and a whole copy out to a party that has lost something.

Both may be done at any time and any number of times: what is there already is left as it is.
"""

from __future__ import annotations

import json
from dataclasses import replace

from homeward.office.desk import Office
from homeward.office.files import write_whole
from homeward.office.mail import keep_named_files
from homeward.record import Record, Report, as_parcel, read_charter, take_in
from homeward.record.parcel import check_file_name


def take_in_record(office: Office, record: Record) -> Report:
    """Take the acts, heads and files of a record in, after every check. Raises as `homeward.office.mail.receive` does."""
    parcel = as_parcel(record, read_charter(record.terms).origin)
    files = [(f"{kind}/{name}", content) for kind in ("lists", "sealed") for name, content in getattr(record, kind).items()]
    report = take_in(office.store, replace(parcel, files=()))
    arrived = office.private / "arrived"
    arrived.mkdir(mode=0o700, exist_ok=True)
    kept = frozenset(office.store.file_names())
    for name, content in files:
        if name not in kept:
            write_whole(arrived / check_file_name(name).replace("/", "_"), content)
    keep_named_files(office)
    return report


def forget_what_was_sent(office: Office, to: str) -> None:
    """For the neutral: the next parcel to `to` holds everything from the first act on, whatever was sent before."""
    path = office.private / "sent.json"
    if path.exists():
        sent = json.loads(path.read_text("utf-8"))
        sent.pop(to, None)
        write_whole(path, json.dumps(sent, sort_keys=True).encode("utf-8"))
