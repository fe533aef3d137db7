"""The seal alone: is this file what all parties cosigned?

A full verification asks two things: are these the lines that the parties cosigned, and does every line keep the rules. The first
is far quicker than the second, and answers a question of its own: did this copy come through the post, the archive, or twenty
years on a shelf as it was. What is checked here:

* the file's one form, every checksum, the terms, the form of every head;
* the leaf hash of every line, the tree over them, the root of every head, the leaf file;
* the acts about keys, with their signatures, because they say who may cosign;
* every signature under every head: who has cosigned, and who is missing.

What is not: the form, the rules, and the signatures of all other acts. Nobody cosigns before checking these (`signing`), so under a
full head *every* party says that they hold. Whoever believes none of the parties runs the full verification, which believes nobody.

>>> check_seal_of_file(b"no record").kind
'unreadable'
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from homeward.record.act import LineError, parse_line
from homeward.record.bundle import BundleError, Lines, Record, read_record
from homeward.record.charter import Charter, CharterError, read
from homeward.record.conclude import Reading, conclude, jobs_under_heads, judge_heads
from homeward.record.head import HeadError, SignedHead, parse_heads
from homeward.record.ledger import KEY_ACTS, Ledger, RefusedActError
from homeward.record.note import Verifier
from homeward.record.pool import Aside
from homeward.record.tree import Tree, leaf_hash
from homeward.record.verdict import Finding, Verdict
from homeward.record.withheld import withheld_leaf

#: What stands in every act about keys, because a text has one form only.
_KEY_ACT = b'"act":"key-'
assert all(kind.startswith("key-") for kind in KEY_ACTS), "the mark finds all of them"


def check_seal_of_file(source: bytes | Path) -> Verdict:
    """`check_seal` for a file, with a file that is no record answered as `unreadable`."""
    try:
        return check_seal(read_record(source))
    except BundleError as error:
        return Verdict("unreadable", (Finding("file", "file", None, str(error)),), checked="seal")


def check_seal(record: Record) -> Verdict:
    """Check the seal of a record that was read. In the verdict `checked` is `seal`, and `signatures` counts key acts alone."""
    try:
        charter = read(record.terms)
    except CharterError as error:
        return Verdict("unreadable", (Finding("terms", "terms", None, str(error)),), checked="seal")
    try:
        heads = list(parse_heads(record.heads))
    except HeadError as error:
        finding = Finding("head", "heads", None, str(error))
        return Verdict("unreadable", (finding,), card=charter.card, origin=charter.origin, checked="seal")
    # Another core checks these signatures while the lines are hashed.
    keys, jobs = jobs_under_heads(charter, heads)
    aside = Aside(jobs)
    try:
        reading = _read(charter, heads, record.acts)
        known_good = keys if aside.all_good() else frozenset[Verifier]()
    finally:
        aside.close()
    return conclude(record, judge_heads(heads, reading.ledger, known_good), reading, "seal")


def _read(charter: Charter, heads: list[SignedHead], acts: Iterable[bytes]) -> Reading:
    reading = Reading(charter, heads, Ledger(charter), Tree())
    leaves: list[bytes] = []
    for lines, plain in acts.batches(_is_plain) if isinstance(acts, Lines) else [(list(acts), False)]:
        if plain:
            leaves += [sha256(b"\x00" + line).digest() for line in lines]
            continue
        for line in lines:
            if line[:1] == b"#" and (leaf := withheld_leaf(line)) is not None:
                reading.withheld += 1
                leaves.append(leaf)
                continue
            if reading.fault is None and _KEY_ACT in line:
                _take_key_act(reading, len(leaves), line)
            leaves.append(leaf_hash(line))
    reading.tree.extend(leaves)
    reading.ledger.size = len(leaves)
    return reading


def _is_plain(block: bytes) -> bool:
    """Whether nothing in a block of lines needs a second look: no act about keys, and no withheld line."""
    return not block.startswith(b"#") and b"\n#" not in block and _KEY_ACT not in block


def _take_key_act(reading: Reading, index: int, line: bytes) -> None:
    try:
        act = parse_line(line)
        if act.kind not in KEY_ACTS:
            return
        keys = reading.ledger.admit_key_act(act, index)
    except LineError as error:
        reading.report(Finding("form", "acts", index, f"act {index} is not an act: {error}"))
    except RefusedActError as error:
        reading.report(Finding(error.reason, "acts", index, f"act {index} may not stand here: {error}"))
    else:
        for number, key in enumerate(keys):
            reading.signatures[key.name] += 1
            if not act.check_signature(number, key):
                reading.report(Finding("signature", "acts", index, f"the signature of act {index} is false"))
