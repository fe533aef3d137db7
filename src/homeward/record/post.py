"""Handing in, delivering, taking in: how stores of different parties come to hold the same.

Everything passes as a parcel, by any carrier. Taking in a parcel twice does nothing the second time; what cannot be used yet,
because something before it has not arrived, waits in the store and is tried again with every later parcel. Nothing is taken in
unchecked, and two versions of the same place raise `SplitError`: that is not a mistake to be mended but a finding to be shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from homeward.record.act import LineError
from homeward.record.head import HeadError, SignedHead, check_signature
from homeward.record.ledger import RefusedActError
from homeward.record.parcel import Parcel, parse_parcel
from homeward.record.quorum import find_key, standing
from homeward.record.store import Store, StoreError
from homeward.record.tables import transaction
from homeward.record.tree import leaf_hash

#: More unusable parcels than this are somebody filling the disk; the oldest need not be kept, they can be asked for again.
MAX_WAITING = 64


class SplitError(StoreError):
    """Two versions of one record, both signed. `index` is the first act that differs, or the size of the head that does."""

    def __init__(self, index: int, message: str) -> None:
        super().__init__(message)
        self.index = index


@dataclass
class Report:
    """What taking in a parcel did. `refused` are sentences; `files` are for the room above to check and keep."""

    acts: int = 0
    signatures: int = 0
    refused: list[str] = field(default_factory=list)
    #: Lines and heads that wait for something before them.
    waiting: int = 0
    #: The first act that is needed before what waits can be used, if the gap is known.
    needs: int | None = None
    files: dict[str, bytes] = field(default_factory=dict, repr=False)


def hand_in(store: Store) -> Parcel:
    """For the log's keeper: our lines that are not yet in the record, and the heads since the last full one."""
    return Parcel(store.charter.origin, outbox=tuple(store.pending()), heads=_open_heads(store))


def deliver(store: Store, start: int = 0) -> Parcel:
    """For another party, who holds `start` acts already: the acts from there on, the heads from there on, and the files."""
    heads = tuple(signed for signed in store.heads() if signed.head.size >= start)
    return Parcel(store.charter.origin, (), start, tuple(store.lines(start)), heads, tuple(store.files().items()))


def take_in(store: Store, parcel: Parcel) -> Report:
    """Take in whatever of a parcel can be used now, keep what cannot be used yet, and say so.

    Raises `StoreError` for another exchange's parcel, `SplitError` when the parcel shows another version of the record.
    """
    if parcel.origin != store.charter.origin:
        raise StoreError("the parcel belongs to another exchange: its terms are not the ones signed here")
    report = Report(files=dict(parcel.files))
    waiting = [replace(parcel, files=())]
    waiting += [parse_parcel(data) for (data,) in store.database.execute("SELECT parcel FROM waiting ORDER BY digest")]
    while True:
        before = (report.acts, report.signatures)
        waiting = [rest for item in waiting if not (rest := _absorb(store, item, report)).empty]
        if before == (report.acts, report.signatures):
            break
    _keep_waiting(store, waiting)
    report.waiting = sum(len(item.outbox) + len(item.acts) + len(item.heads) for item in waiting)
    if any(item.acts or item.heads for item in waiting):
        report.needs = store.size
    return report


def _absorb(store: Store, parcel: Parcel, report: Report) -> Parcel:
    """Use what can be used; give back the rest."""
    acts = _take_acts(store, parcel, report)
    outbox = _take_outbox(store, parcel.outbox, report) if store.keeps_log else ()
    heads = tuple([signed for signed in parcel.heads if not _take_head(store, signed, report)])
    return Parcel(parcel.origin, outbox, parcel.first if acts else 0, acts, heads)


def _take_acts(store: Store, parcel: Parcel, report: Report) -> tuple[bytes, ...]:
    if parcel.first > store.size:
        return parcel.acts
    for index, (ours, theirs) in enumerate(zip(store.lines(parcel.first), parcel.acts, strict=False), parcel.first):
        if ours != theirs:
            _keep_evidence(store, theirs, "split")
            raise SplitError(index, f"act {index} here is not act {index} in the parcel: there are two versions of this record")
    new = parcel.acts[store.size - parcel.first :]
    if new and store.keeps_log:
        report.refused.append("the parcel delivers acts to the party that keeps the log; only its own order counts")
        return ()
    if new:
        added, fault = store.extend(new)
        report.acts += added
        if fault is not None:
            report.refused.append(f"act {store.size}, as delivered by the log, may not stand: {fault}")
    return ()


def _take_outbox(store: Store, lines: Iterable[bytes], report: Report) -> tuple[bytes, ...]:
    """For the log's keeper: append what may stand now. Gives the lines that came early."""
    rest = [line for line in lines if store.index_of(line) is None]
    early = []
    while rest:
        added, fault = store.extend(rest)
        report.acts += added
        if fault is None:
            break
        line, rest = rest[added], rest[added + 1 :]
        if store.index_of(line) is not None:
            continue
        # A key that is not known yet may be added by an act that is still on its way.
        if isinstance(fault, RefusedActError) and fault.reason in {"early", "key"}:
            early.append(line)
            continue
        if isinstance(fault, RefusedActError):
            store.keep_refused(line, fault)
        report.refused.append(_sentence(line, fault))
    return tuple(early)


def _sentence(line: bytes, fault: LineError | RefusedActError) -> str:
    return f"a line handed in (its hash begins {leaf_hash(line).hex()[:8]}) was refused: {fault}"


def _take_head(store: Store, signed: SignedHead, report: Report) -> bool:
    """Keep the good signatures under a head. False if its acts are not here yet."""
    head = signed.head
    if head.size > store.size:
        return False
    if head.origin != store.charter.origin:
        report.refused.append(f"the head at {head.size} belongs to another exchange")
        return True
    good = []
    for signature in signed.signatures:
        try:
            check_signature(head, signature, find_key(signature, head, store.ledger))
            good.append(signature)
        except HeadError as error:
            report.refused.append(str(error))
    if good and head.root != store.root_at(head.size):
        _keep_evidence(store, signed.note, "split")
        names = ", ".join(signature.name for signature in good)
        raise SplitError(
            head.size,
            f"{names} signed a head at {head.size} over other acts than those here: there are two versions of this record",
        )
    log = store.head(head.size) is not None or any(
        key.accepts(signature) for key in store.ledger.logs(head.size) for signature in good
    )
    if good and log:
        report.signatures += store.keep_head(head, good)
    elif good:
        report.refused.append(f"the head at {head.size} is not signed by the log")
    return True


def _open_heads(store: Store) -> tuple[SignedHead, ...]:
    """The last full head and those after it."""
    heads = store.heads()
    full = [number for number, signed in enumerate(heads) if standing(signed, store.ledger).full]
    return tuple(heads[full[-1] if full else 0 :])


def _keep_waiting(store: Store, parcels: Iterable[Parcel]) -> None:
    rows = {hashlib.sha256(data).digest(): data for data in (parcel.data for parcel in parcels)}
    with transaction(store.database):
        store.database.execute("DELETE FROM waiting")
        store.database.executemany("INSERT INTO waiting VALUES (?, ?)", sorted(rows.items())[:MAX_WAITING])


def _keep_evidence(store: Store, content: bytes, reason: str) -> None:
    with transaction(store.database):
        store.database.execute("INSERT OR IGNORE INTO refused VALUES (?, ?, ?)", (leaf_hash(content), content, reason))
