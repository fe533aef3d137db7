"""Handing in, delivering, taking in: how stores of different parties come to hold the same.

Everything passes as a parcel, by any carrier. Taking in a parcel twice does nothing the second time; what cannot be used yet,
because something before it has not arrived, waits in the store and is tried again with every later parcel.

Nothing is taken in unchecked. The order of the acts in a delivery is nobody's statement, so acts are taken in only up to a head
that the log has signed, and only if they lead to it (the log's keeper, too, gets its own acts back that way after a loss). Two
heads of the log that do not fit each other raise `SplitError`: that is not a mistake to be mended but a finding to be shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from homeward.record.act import LineError
from homeward.record.head import HeadError, SignedHead, check_signature
from homeward.record.ledger import RefusedActError
from homeward.record.parcel import Parcel, parse_parcel
from homeward.record.quorum import find_key
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
    return Parcel(store.charter.origin, outbox=tuple(store.pending()), heads=tuple(store.open_heads()))


def deliver(store: Store, start: int = 0, *, but: Collection[str] = ()) -> Parcel:
    """For another party, who holds `start` acts already: the acts and the heads from there on, and the files.

    `but` names files that it has; these are not even read.
    """
    heads = tuple(store.heads(start))
    wanted = [name for name in store.file_names() if name not in but]
    files = tuple((name, content) for name in wanted if (content := store.file(name)) is not None)
    return Parcel(store.charter.origin, (), start, tuple(store.lines(start)), heads, files)


def take_in(store: Store, parcel: Parcel) -> Report:
    """Take in whatever of a parcel can be used now, keep what cannot be used yet, and say so.

    Raises `StoreError` for another exchange's parcel, `SplitError` when the parcel shows another version of the record.
    """
    if parcel.origin != store.charter.origin:
        raise StoreError("the parcel belongs to another exchange: its terms are not the ones signed here")
    report = Report(files=dict(parcel.files))
    kept = [bytes(data) for (data,) in store.database.execute("SELECT parcel FROM waiting ORDER BY digest")]
    waiting = [replace(parcel, files=()), *map(parse_parcel, kept)]
    split: SplitError | None = None
    while True:
        before = (report.acts, report.signatures)
        _take_acts(store, waiting, report)
        rests = []
        for item in waiting:
            try:
                rests.append(_absorb(store, item, report))
            except SplitError as error:
                split = split or error
        waiting = list(dict.fromkeys(rest for rest in rests if not rest.empty))
        if before == (report.acts, report.signatures):
            break
    _keep_waiting(store, waiting, kept)
    if split is not None:
        raise split
    report.waiting = sum(len(item.outbox) + len(item.acts) + len(item.heads) for item in waiting)
    if any(item.acts or item.heads for item in waiting):
        report.needs = store.size
    return report


def _absorb(store: Store, parcel: Parcel, report: Report) -> Parcel:
    """Use what can be used; give back the rest."""
    outbox = _take_outbox(store, parcel.outbox, report) if store.keeps_log else ()
    heads = tuple([signed for signed in parcel.heads if not _take_head(store, signed, parcel, report)])
    beyond = max(0, store.size - parcel.first)
    acts = parcel.acts[beyond:]
    if beyond and (at := _first_difference(store, parcel)) is not None:
        # Whoever made the parcel put another act there, but only a head of the log says which act is number `at`.
        report.refused.append(f"act {at} in the parcel is not act {at} of the record; the rest of its acts was left out")
        acts = ()
    return Parcel(parcel.origin, outbox, parcel.first + beyond if acts else 0, acts, heads)


def _take_acts(store: Store, parcels: Sequence[Parcel], report: Report) -> None:
    """Take in the acts that lead to the largest signed head that they reach: from one parcel, or from all together."""
    heads = {signed.head.size: signed for item in parcels for signed in item.heads if signed.head.size > store.size}
    together: list[bytes] = []
    for item in sorted(parcels, key=lambda item: item.first):
        if item.first <= store.size + len(together):
            together += item.acts[store.size + len(together) - item.first :]
    runs = [list(item.acts[store.size - item.first :]) for item in parcels if item.first <= store.size]
    refused: dict[str, None] = {}
    for run in [*runs, together]:
        reached = max((size for size in heads if size <= store.size + len(run)), default=None)
        if reached is None or not run:
            continue
        new = run[: reached - store.size]
        try:
            store.extend_to(new, heads[reached])
        except (LineError, RefusedActError) as error:
            refused[f"{''.join(error.__notes__)}, as delivered, may not stand: {error}"] = None
        except StoreError as error:
            refused[str(error)] = None
        else:
            report.acts += len(new)
            break
    report.refused += [sentence for sentence in refused if sentence not in report.refused]


def _first_difference(store: Store, parcel: Parcel) -> int | None:
    """The first act that stands in the parcel and, otherwise, here."""
    pairs = zip(store.lines(parcel.first), parcel.acts, strict=False)
    return next((at for at, (ours, theirs) in enumerate(pairs, parcel.first) if ours != theirs), None)


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


def _take_head(store: Store, signed: SignedHead, parcel: Parcel, report: Report) -> bool:
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
    by_log = any(key.accepts(signature) for key in store.ledger.logs(head.size) for signature in good)
    if by_log and head.root != store.root_at(head.size):
        _keep_evidence(store, signed.note, "split")
        names = ", ".join(signature.name for signature in good)
        at = _first_difference(store, parcel) if parcel.acts else None
        raise SplitError(
            head.size if at is None else at,
            f"{names} signed a head at {head.size} over other acts than those here: there are two versions of this record",
        )
    log = head.root == store.root_at(head.size) and (by_log or store.head(head.size) is not None)
    if good and log:
        report.signatures += store.keep_head(head, good)
    elif good:
        report.refused.append(f"the head at {head.size} is not signed by the log")
    return True


def _keep_waiting(store: Store, parcels: Iterable[Parcel], before: Sequence[bytes]) -> None:
    """Let these parcels wait, and no others. Mostly none does and none did, and then nothing is written."""
    rows = sorted({hashlib.sha256(data).digest(): data for data in (parcel.data for parcel in parcels)}.items())[:MAX_WAITING]
    if [data for _, data in rows] == [*before]:
        return
    with transaction(store.database):
        store.database.execute("DELETE FROM waiting")
        store.database.executemany("INSERT INTO waiting VALUES (?, ?)", rows)


def _keep_evidence(store: Store, content: bytes, reason: str) -> None:
    with transaction(store.database):
        store.database.execute("INSERT OR IGNORE INTO refused VALUES (?, ?, ?)", (leaf_hash(content), content, reason))
