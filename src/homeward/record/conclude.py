"""From what was read to the verdict: where a record is changed, and what is missing. Steps 2, 6 and 7 of `verify`."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from homeward.record.bundle import Record
from homeward.record.charter import Charter
from homeward.record.head import HeadError, SignedHead, signed_parts
from homeward.record.ledger import Ledger
from homeward.record.note import MLDSA44, Verifier
from homeward.record.pool import Job
from homeward.record.quorum import Standing, standing
from homeward.record.tree import HASH_BYTES, Tree
from homeward.record.verdict import Checked, Finding, KeyUse, Verdict


@dataclass
class Reading:
    """What running through the lines of a record has found."""

    charter: Charter
    heads: list[SignedHead]
    ledger: Ledger
    tree: Tree
    #: The first line that breaks a rule, or the first signature that is false.
    fault: Finding | None = None
    withheld: int = 0
    signatures: Counter[str] = field(default_factory=Counter)
    remarks: list[Finding] = field(default_factory=list)

    def report(self, finding: Finding) -> None:
        """Keep a finding that was made later, if it stands before the one that is here: what follows a fault may follow from it."""
        if self.fault is None or (finding.index or 0) < (self.fault.index or 0):
            self.fault = finding

    @property
    def size(self) -> int:
        return self.tree.size

    @cached_property
    def leaves(self) -> list[bytes]:
        return self.tree.leaves()


def conclude(
    record: Record, judged: tuple[list[Standing], Finding | None], lines: Reading, checked: Checked = "all"
) -> Verdict:
    """The verdict, from what was read and what `judge_heads` said of the heads."""
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
        checked=checked,
        findings=tuple(changed or missing),
        remarks=tuple(lines.remarks),
        card=lines.charter.card,
        origin=lines.charter.origin,
        acts=lines.size,
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


def jobs_under_heads(charter: Charter, heads: Iterable[SignedHead], start: int = 0) -> tuple[frozenset[Verifier], list[Job]]:
    """Work for other cores: every Ed25519 signature under a head by a key that the charter names, as nearly all are.

    Gives these keys and the jobs, numbered by the heads from `start` on. If all are good, `judge_heads` may be told so.
    """
    keys = frozenset(entry.key for entry in Ledger(charter).keys.values() if entry.key.kind != MLDSA44)
    named = {(key.name, key.id): key for key in keys}
    jobs = []
    for number, signed in enumerate(heads, start):
        for signature in signed.signatures:
            key = named.get((signature.name, signature.id))
            if key is not None:
                _, body, message = signed_parts(signed.head, signature, key)
                # A signature of another length is false, and must not pass for one with a longer message.
                jobs.append((number, key.public, body + message if len(body) == 64 else b""))
    return keys, jobs


def judge_heads(
    heads: list[SignedHead], ledger: Ledger, known_good: Container[Verifier] = ()
) -> tuple[list[Standing], Finding | None]:
    """Step 2, with the keys that the acts have added. Heads beyond a fault in the lines are judged by the keys known there."""
    found: list[Standing] = []
    for number, signed in enumerate(heads):
        size = signed.head.size
        try:
            item = standing(signed, ledger, known_good)
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


def _locate(record: Record, heads: list[Standing], lines: Reading) -> Finding | None:
    """Step 6: do the lines lead to the heads, and if not, which line is it?"""
    tree = lines.tree
    broken = next((item for item in heads if item.head.size > tree.size or tree.root(item.head.size) != item.head.root), None)
    if broken is None and record.leaves == tree.leaf_bytes:
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


def _missing(standings: list[Standing], full: list[Standing], lines: Reading) -> Iterator[Finding]:
    """Step 7."""
    covered = full[-1].head.size if full else 0
    if not standings:
        yield Finding("no-head", "heads", None, "no head has been made yet")
    for code in standings[-1].missing if standings else ():
        reach = max((item.head.size for item in standings if code in item.cosigned), default=0)
        yield Finding("cosigner", "heads", len(standings) - 1, f"{code} has not cosigned after act {reach}")
    if covered < lines.size and standings:
        yield Finding(
            "uncovered",
            "acts",
            covered,
            f"{lines.size - covered} acts from {covered} on are under no head that all cosigned",
        )
    if lines.withheld:
        yield Finding("withheld", "acts", None, f"{lines.withheld} acts are withheld: their hashes are here, their text is not")
