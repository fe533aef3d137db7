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
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from homeward.record.act import Act, LineError
from homeward.record.bundle import BundleError, Record, read_record
from homeward.record.charter import Charter, CharterError, read
from homeward.record.head import HeadError, SignedHead, parse_heads
from homeward.record.ledger import Ledger, RefusedActError
from homeward.record.note import NoteError, decode_base64url
from homeward.record.pool import Pool, signature_pool
from homeward.record.quorum import Standing, standing
from homeward.record.replay import Replay
from homeward.record.tree import HASH_BYTES, Tree, leaf_hash
from homeward.record.verdict import Finding, KeyUse, Verdict

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
        lines = _Lines(charter, heads, record, pool)
        lines.run(record.acts, on_act, progress)
        # While the last signatures are still being checked on the other cores:
        judged = _judge_heads(heads, lines)
        lines.replay.tree()
        false = pool.finish()
    if false is not None:
        lines.report(Finding("signature", "acts", false, f"the signature of act {false} is false"), first=True)
    return _conclude(record, judged, lines)


@dataclass
class _Lines:
    """Steps 3 to 5: runs through the lines once and stops judging them at the first that is wrong."""

    charter: Charter
    heads: list[SignedHead]
    record: Record
    pool: Pool
    leaves: list[bytes] = field(default_factory=list)
    fault: Finding | None = None
    withheld: int = 0
    signatures: Counter[str] = field(default_factory=Counter)
    remarks: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.replay = Replay(self.charter)
        self._clock = _Clock(self.heads)

    @property
    def ledger(self) -> Ledger:
        return self.replay.ledger

    def run(self, acts: Iterable[bytes], on_act: Callable[[int, Act], None] | None, progress: Progress | None) -> None:
        total = len(self.record.leaves) // HASH_BYTES
        for index, line in enumerate(acts):
            if progress is not None and index % 1024 == 0:
                progress("acts", index, max(total, index))
            if line[:1] == b"#":
                self._withheld_line(index, line)
                continue
            if self.fault is not None:
                self.leaves.append(leaf_hash(line))
                continue
            try:
                act, keys = self.replay.feed(line)
            except LineError as error:
                self.report(Finding("form", "acts", index, f"act {index} is not an act: {error}"))
                self.leaves.append(leaf_hash(line))
                continue
            except RefusedActError as error:
                self.report(Finding(error.reason, "acts", index, f"act {index} may not stand here: {error}"))
                self.leaves.append(leaf_hash(line))
                continue
            self.leaves.append(act.leaf)
            for number, key in enumerate(keys):
                self.pool.add(index, (key, act.text + b"\n", act.signatures[number].body))
                self.signatures[key.name] += 1
            if self._clock.disagrees(index, act):
                self.remarks += self._clock.remarks(index, act)
            if on_act is not None:
                on_act(index, act)

    def report(self, finding: Finding, *, first: bool = False) -> None:
        """Keep a finding, if it is the first: what follows a fault may only follow from it."""
        if self.fault is None or (first and (finding.index or 0) < (self.fault.index or 0)):
            self.fault = finding

    def _withheld_line(self, index: int, line: bytes) -> None:
        leaf = withheld_leaf(line)
        if leaf is None:
            self.report(Finding("form", "acts", index, f"act {index} is neither an act nor a withheld line"))
            self.leaves.append(leaf_hash(line))
            return
        self.withheld += 1
        self.leaves.append(leaf)
        if self.fault is None:
            self.replay.pass_over(leaf)


def withheld_leaf(line: bytes) -> bytes | None:
    """The leaf hash that a withheld line `#…` stands for; None if the line has another form."""
    try:
        leaf = decode_base64url(line[1:].decode("ascii"))
    except (NoteError, UnicodeDecodeError):
        return None
    return leaf if line.startswith(b"#") and len(leaf) == HASH_BYTES else None


class _Clock:
    """Acts whose own time cannot be right, judged by the cosigners' clocks. Remarks only: clocks order nothing."""

    def __init__(self, heads: Iterable[SignedHead]) -> None:
        timed = [(signed.head.size, times) for signed in heads if (times := list(_times(signed)))]
        self._sizes = [size for size, _ in timed]
        self._first = self._sizes[0] if timed else sys.maxsize
        self._earliest = [_iso(min(times) - CLOCK_TOLERANCE) for _, times in timed]
        self._latest = [_iso(max(times) + CLOCK_TOLERANCE) for _, times in timed]

    def disagrees(self, index: int, act: Act) -> bool:
        """Is there anything to remark? The short question, for every act."""
        at, seen, covering = act.fields["at"], act.fields["seen"][0], bisect_right(self._sizes, index)
        after = covering < len(self._sizes) and at > self._latest[covering]
        before = seen >= self._first and at < self._earliest[bisect_right(self._sizes, seen) - 1]
        return bool(after or before)

    def remarks(self, index: int, act: Act) -> Iterator[Finding]:
        seen = bisect_right(self._sizes, act.seen[0])
        if seen and act.at < self._earliest[seen - 1]:
            text = f"act {index} says {act.at}, but its author had seen a head that was cosigned later"
            yield Finding("before", "acts", index, text)
        covering = bisect_right(self._sizes, index)
        if covering < len(self._sizes) and act.at > self._latest[covering]:
            yield Finding("after", "acts", index, f"act {index} says {act.at}, but it was cosigned before that")


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


def _conclude(record: Record, judged: tuple[list[Standing], Finding | None], lines: _Lines) -> Verdict:
    standings, head_fault = judged
    full = [item for item in standings if item.full]
    changed = [finding for finding in (_locate(record, standings, lines), lines.fault, head_fault) if finding is not None]
    if len(changed) > 1:
        # The line that differs from what was cosigned says more than the rule that it happens to break.
        changed = _most_telling(changed)
    missing = [] if changed else list(_missing(standings, full, lines))
    last = full[-1] if full else None
    reach = {
        code: max((item.head.size for item in standings if code in item.cosigned), default=0)
        for code in lines.charter.cosigners
    }
    return Verdict(
        kind="changed" if changed else "incomplete" if missing else "unchanged",
        findings=tuple(changed or missing),
        remarks=tuple(lines.remarks),
        card=lines.charter.card,
        origin=lines.charter.origin,
        acts=len(lines.leaves),
        withheld=lines.withheld,
        signatures=lines.signatures.total(),
        keys=tuple(
            KeyUse(name, entry.key.party, entry.roles, entry.added, entry.retired, entry.doubted_from, lines.signatures[name])
            for name, entry in sorted(lines.ledger.keys.items())
        ),
        heads=len(lines.heads),
        full_heads=len(full),
        last_full=last.head.size if last else 0,
        cosigned=dict(last.cosigned) if last else {},
        reach=reach,
        sealed=last is not None and last.sealed,
        lists=tuple(sorted(record.lists)),
        sealed_files=tuple(sorted(record.sealed)),
    )


def _judge_heads(heads: list[SignedHead], lines: _Lines) -> tuple[list[Standing], Finding | None]:
    """Step 2, with the keys that the acts have added. Heads beyond a fault in the lines are judged by the keys known there."""
    found: list[Standing] = []
    for number, signed in enumerate(heads):
        size = signed.head.size
        try:
            item = standing(signed, lines.ledger)
            _check_sequence(found, size)
        except HeadError as error:
            return found, Finding("head", "heads", number, f"head {number + 1} of the file: {error}")
        found.append(item)
    return found, None


def _check_sequence(before: list[Standing], size: int) -> None:
    if before and size <= before[-1].head.size:
        raise HeadError(f"the head at {size} stands after one at {before[-1].head.size}")
    if before and not before[-1].full:
        raise HeadError(f"the head at {before[-1].head.size} is not full and not the last")


def _locate(record: Record, heads: list[Standing], lines: _Lines) -> Finding | None:
    """Step 6: do the lines lead to the heads, and if not, which line is it?"""
    tree = lines.replay.tree() if lines.replay.size == len(lines.leaves) else Tree(lines.leaves)
    broken = next((item for item in heads if item.head.size > tree.size or tree.root(item.head.size) != item.head.root), None)
    if broken is None and record.leaves == b"".join(lines.leaves):
        return None
    stored = [record.leaves[at : at + HASH_BYTES] for at in range(0, len(record.leaves), HASH_BYTES)]
    if broken is None:
        covered = heads[-1].head.size if heads else 0
        at = _first_difference(stored, lines.leaves)
        if at >= covered and lines.fault is not None:
            return None
        text = f"the leaf file differs at act {at}; the acts themselves are what was signed. Ask for the file again"
        return Finding("leaves", "leaves", at, text)
    known = Tree(leaf for leaf in stored if len(leaf) == HASH_BYTES)
    vouched = [item for item in heads if item.head.size <= known.size and known.root(item.head.size) == item.head.root]
    if vouched and broken.head.size <= vouched[-1].head.size:
        end = vouched[-1].head.size
        at = _first_difference(stored[:end], lines.leaves[:end])
        sizes = [item.head.size for item in heads]
        return _describe(at, _signed_by(heads[bisect_left(sizes, at + 1)]), stored[:end], lines.leaves)
    if broken.head.size > tree.size:
        return Finding(
            "cut-off", "acts", tree.size, f"act {tree.size} and those after it are missing, which {_signed_by(broken)}"
        )
    before = max((item.head.size for item in heads if item.head.size < broken.head.size), default=0)
    text = f"the acts from {before} to {broken.head.size - 1} are not those that {_signed_by(broken)}"
    return Finding("root", "acts", before, text)


def _signed_by(item: Standing) -> str:
    if item.full:
        return f"all parties cosigned at {item.head.size}"
    return f"{' and '.join(['the log', *sorted(item.cosigned)])} signed at {item.head.size}"


def _describe(at: int, signed: str, stored: list[bytes], leaves: list[bytes]) -> Finding:
    """Say what happened at the first line that differs, by what stands around it."""
    here = leaves[at] if at < len(leaves) else None
    following = leaves[at + 1] if at + 1 < len(leaves) else None
    if here is None:
        return Finding("cut-off", "acts", at, f"act {at} and those after it are missing, which {signed}")
    if following == stored[at]:
        return Finding("inserted", "acts", at, f"line {at} was put in: it is not among the acts that {signed}")
    if at + 1 < len(stored) and here == stored[at + 1]:
        return Finding("missing", "acts", at, f"act {at} is missing, which {signed}")
    if here in stored:
        return Finding("moved", "acts", at, f"at {at} stands act {stored.index(here)}: the order is not the one that {signed}")
    return Finding("differs", "acts", at, f"act {at} differs from what {signed}")


def _first_difference(left: list[bytes], right: list[bytes]) -> int:
    pairs = zip(left, right, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(left), len(right)))


def _most_telling(findings: list[Finding]) -> list[Finding]:
    """The first by place in the record; a vague finding (a whole stretch of acts) gives way to an exact one within it."""
    vague = [finding for finding in findings if finding.code == "root"]
    exact = [finding for finding in findings if finding.place in {"acts", "leaves"} and finding.code != "root"]
    heads = [finding for finding in findings if finding.place == "heads"]
    return [*sorted(exact, key=lambda finding: finding.index or 0), *vague, *heads]


def _missing(standings: list[Standing], full: list[Standing], lines: _Lines) -> Iterator[Finding]:
    """Step 7."""
    covered = full[-1].head.size if full else 0
    if not standings:
        yield Finding("no-head", "heads", None, "no head has been made yet")
    for code in standings[-1].missing if standings else ():
        reach = max((item.head.size for item in standings if code in item.cosigned), default=0)
        yield Finding("cosigner", "heads", len(standings) - 1, f"{code} has not cosigned after act {reach}")
    if covered < len(lines.leaves) and standings:
        yield Finding(
            "uncovered",
            "acts",
            covered,
            f"{len(lines.leaves) - covered} acts from {covered} on are under no head that all cosigned",
        )
    if lines.withheld:
        yield Finding("withheld", "acts", None, f"{lines.withheld} acts are withheld: their hashes are here, their text is not")
