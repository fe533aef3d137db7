"""Checking a record: no network, no configuration, nothing written.

In order, and the first thing that is wrong is what the verdict names:

1. the terms end with a signing section: who may sign, and whose record this is;
2. every head is well formed, for these terms, in order of size, and all but the last cosigned by all parties;
3. every line is an act in its one form, or a withheld line `#` and its hash;
4. every act keeps the rules: exchange, key, count, previous act, what its author had seen (`ledger`);
5. every signature is good;
6. the root over the lines is the root of every head; the leaf file, once a head vouches for it, says which line is not;
7. what is missing: cosigners, acts under no full head, withheld lines.

The room above gives `on_act`, which is called with every act that kept the rules, in order, and judges what the acts mean.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from homeward.record.act import Act, LineError
from homeward.record.bundle import BundleError, Record, read_record
from homeward.record.charter import Charter, CharterError, read
from homeward.record.conclude import Reading, conclude, jobs_under_heads, judge_heads
from homeward.record.head import HeadError, SignedHead, parse_heads
from homeward.record.lane import Lane
from homeward.record.ledger import RefusedActError
from homeward.record.pool import Pool, signature_pool
from homeward.record.replay import Replay
from homeward.record.tree import HASH_BYTES, leaf_hash
from homeward.record.verdict import Finding, Verdict
from homeward.record.withheld import withheld_leaf

#: Stands for no bound: texts of times begin with a digit.
_NO_TIME_IS_LATER = "~"
#: From this number on, a job is a signature under a head; no record has as many acts.
_HEADS = 1 << 40
#: An act's own time is only remarked upon when it is further than this from the cosigners' times, in seconds.
CLOCK_TOLERANCE = 3600


class Progress(Protocol):
    """Told now and then how far the check has come: counts only."""

    def __call__(self, step: str, done: int, total: int) -> None: ...


def verify_file(
    source: bytes | Path,
    *,
    progress: Progress | None = None,
    workers: int | None = None,
    on_act: Callable[[int, Act], None] | None = None,
) -> Verdict:
    """`verify` for a file, with a file that is no record answered as `unreadable`."""
    try:
        return verify(read_record(source), progress=progress, workers=workers, on_act=on_act)
    except BundleError as error:
        return Verdict("unreadable", (Finding("file", "file", None, str(error)),))


def verify(
    record: Record,
    *,
    progress: Progress | None = None,
    workers: int | None = None,
    on_act: Callable[[int, Act], None] | None = None,
) -> Verdict:
    """Check a record that was read. Pure: the same record gives the same verdict, at any time and on any machine."""
    try:
        charter = read(record.terms)
    except CharterError as error:
        return Verdict("unreadable", (Finding("terms", "terms", None, str(error)),))
    try:
        heads = list(parse_heads(record.heads))
    except HeadError as error:
        return Verdict("unreadable", (Finding("head", "heads", None, str(error)),), card=charter.card, origin=charter.origin)
    with signature_pool(workers, len(record.leaves) // HASH_BYTES) as pool:
        # First of all the signatures under heads, so that the other cores have work before the first acts are read.
        keys, jobs = jobs_under_heads(charter, heads, _HEADS)
        pool.add_all(jobs)
        lines = _Lines(charter, heads, record, pool)
        lines.run(record.acts, on_act, progress)
        # While the last signatures are still being checked, the heads are judged as if these were good.
        reading = lines.reading()
        judged = judge_heads(heads, reading.ledger, keys)
        false = pool.finish()
    if false is not None:
        # The lowest number is false, so nothing is known of those under heads: each is asked for itself.
        judged = judge_heads(heads, reading.ledger)
    if false is not None and false < _HEADS:
        reading.report(Finding("signature", "acts", false, f"the signature of act {false} is false"))
    return conclude(record, judged, reading)


@dataclass
class _Lines:
    """Steps 3 to 5: runs through the lines once and stops judging them at the first that is wrong."""

    charter: Charter
    heads: list[SignedHead]
    record: Record
    pool: Pool
    fault: Finding | None = None
    withheld: int = 0
    signatures: Counter[str] = field(default_factory=Counter)
    remarks: list[Finding] = field(default_factory=list)
    #: The leaf hashes from the line at fault on.
    _after: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.replay = Replay(self.charter)
        self._lane = Lane(self.replay.ledger)
        self._clock = _Clock(self.heads, self.remarks)

    def run(self, acts: Iterable[bytes], on_act: Callable[[int, Act], None] | None, progress: Progress | None) -> None:
        lines = iter(acts) if progress is None else _told(acts, progress, len(self.record.leaves) // HASH_BYTES)
        while self.fault is None:
            # The short way for all that is plain; the long way for one line that is not; and on.
            line = self._lane.run(lines, self.replay.new, self.pool, self._clock, on_act)
            if line is None:
                break
            self._long_way(line, on_act)
        self.signatures.update(self._lane.signatures)
        # Of the lines behind a fault only the hashes count.
        for line in lines:
            self._after.append(self._counted(line) if line[:1] == b"#" else leaf_hash(line))

    def reading(self) -> Reading:
        """What was found, with the tree over all lines, whether or not they keep the rules."""
        tree = self.replay.tree()
        tree.extend(self._after)
        ledger = self.replay.ledger
        return Reading(self.charter, self.heads, ledger, tree, self.fault, self.withheld, self.signatures, self.remarks)

    def _long_way(self, line: bytes, on_act: Callable[[int, Act], None] | None) -> None:
        index = self.replay.size
        if line[:1] == b"#":
            leaf = withheld_leaf(line)
            if leaf is not None:
                self.withheld += 1
                self.replay.pass_over(leaf)
                return
            self.fault = Finding("form", "acts", index, f"act {index} is neither an act nor a withheld line")
            self._after.append(leaf_hash(line))
            return
        try:
            act, keys = self.replay.feed(line)
        except LineError as error:
            self.fault = Finding("form", "acts", index, f"act {index} is not an act: {error}")
        except RefusedActError as error:
            self.fault = Finding(error.reason, "acts", index, f"act {index} may not stand here: {error}")
        else:
            for number, key in enumerate(keys):
                self.pool.add(index, key, act.text + b"\n", act.signatures[number].body)
                self.signatures[key.name] += 1
            self._clock.look(index, act.at, act.seen[0])
            if on_act is not None:
                on_act(index, act)
            return
        self._after.append(leaf_hash(line))

    def _counted(self, line: bytes) -> bytes:
        """The leaf of a withheld line behind a fault."""
        leaf = withheld_leaf(line)
        self.withheld += leaf is not None
        return leaf or leaf_hash(line)


def _told(acts: Iterable[bytes], progress: Progress, total: int) -> Iterator[bytes]:
    """The lines, with a word to `progress` now and then."""
    for index, line in enumerate(acts):
        if index % 1024 == 0:
            progress("acts", index, max(total, index))
        yield line


class _Clock:
    """Acts whose own time cannot be right, judged by the cosigners' clocks. Remarks only: clocks order nothing."""

    def __init__(self, heads: Iterable[SignedHead], remarks: list[Finding]) -> None:
        self._remarks = remarks
        # In a good record the sizes rise already; in another one the remarks must not depend on how it is read.
        timed = sorted((signed.head.size, times) for signed in heads if (times := list(_times(signed))))
        self._sizes = [size for size, _ in timed]
        self._earliest = [_iso(min(times) - CLOCK_TOLERANCE) for _, times in timed]
        self._latest = [_iso(max(times) + CLOCK_TOLERANCE) for _, times in timed]

    def bounds(self, index: int, seen: int) -> tuple[str, str, int]:
        """The earliest and the latest time that need no remark, and the number of the first act for which that may change."""
        before, covering = bisect_right(self._sizes, seen), bisect_right(self._sizes, index)
        earliest = self._earliest[before - 1] if before else ""
        if covering == len(self._sizes):
            return earliest, _NO_TIME_IS_LATER, sys.maxsize
        return earliest, self._latest[covering], self._sizes[covering]

    def look(self, index: int, at: str, seen: int) -> None:
        """Remark upon an act whose time lies outside of the bounds."""
        earliest, latest, _ = self.bounds(index, seen)
        if at < earliest:
            text = f"act {index} says {at}, but its author had seen a head that was cosigned later"
            self._remarks.append(Finding("before", "acts", index, text))
        if at > latest:
            self._remarks.append(Finding("after", "acts", index, f"act {index} says {at}, but it was cosigned before that"))


def _times(signed: SignedHead) -> Iterator[int]:
    for signature in signed.signatures:
        if len(signature.body) > 64:
            yield int.from_bytes(signature.body[:8])


def _iso(seconds: int) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError, OSError):
        # A cosigner's time that fits no calendar; the head itself is refused for it.
        return ""
