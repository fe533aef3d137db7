"""How long a full verification takes against the bare signatures, interleaved in one run; and the memory it needs.

    python bench/record/verify_speed.py [ACTS] [ROUNDS]

Makes a record of ACTS acts by ten keys, one head in a hundred acts, and times: the bare libsodium verification of the same
signatures on all cores ("floor"), the full verification, and the tree alone. Prints the median of ROUNDS and their ratio.
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nacl.bindings

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.record.world import CODES, START, make_key, terms

from homeward.record import Record, envelope, parse_line, read_charter, read_record, save_record, sign_act, verify
from homeward.record.head import Head, SignedHead, cosign_head, sign_head
from homeward.record.note import Signer, encode_base64url, prove_possession
from homeward.record.tree import Frontier, leaf_hash, root_of


def make_record(acts: int) -> tuple[Record, list[tuple[bytes, bytes]]]:
    """A good record, and (signature and message, public key) of each act for the floor."""
    charter = read_charter(terms())
    authors: dict[str, tuple[int, str]] = {}
    edge, lines, heads, jobs = Frontier(), [], [], []
    seen = (0, encode_base64url(edge.root()))

    def add(signer: Signer, kind: str, **fields: object) -> None:
        n, prev = authors.get(signer.name, (0, "-"))
        base = envelope(
            kind, at="2026-07-01T10:00:00Z", by=signer.name, exchange=charter.exchange, n=n + 1, prev=prev, seen=seen
        )
        line = sign_act({**base, **fields}, signer)
        authors[signer.name] = (n + 1, encode_base64url(leaf_hash(line)))
        edge.push(leaf_hash(line))
        lines.append(line)
        act = parse_line(line)
        jobs.append((act.signatures[0].body + act.text + b"\n", signer.verifier.public))

    officers = []
    for code in CODES[1:]:
        for number in range(5):
            officer = make_key(f"{code}/officer-{number}")
            proof = prove_possession(charter.origin, officer)
            add(make_key(f"{code}/root"), "key-added", key=officer.verifier.text, roles=["officer"], proof=proof)
            officers.append(officer)
    witnesses = [make_key(f"{code}/witness", 4) for code in CODES]
    while edge.size < acts:
        add(officers[edge.size % 10], "handed-over", person=f"p-{edge.size % 9000:04}", place="crossing-3", stage=2)
        if edge.size % 100 == 0 or edge.size == acts:
            head = Head(charter.origin, edge.size, edge.root())
            signatures = [sign_head(head, make_key("NEUTRAL/log")), *(cosign_head(head, key, START) for key in witnesses)]
            heads.append(SignedHead(head, tuple(signatures)).note)
            seen = (edge.size, encode_base64url(edge.root()))
    return Record(terms(), lines, b"".join(heads), b"".join(map(leaf_hash, lines))), jobs


def floor(jobs: list[tuple[bytes, bytes]]) -> None:
    def some(part: list[tuple[bytes, bytes]]) -> None:
        for signed, public in part:
            nacl.bindings.crypto_sign_open(signed, public)

    workers = os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as executor:
        list(executor.map(some, [jobs[at::workers] for at in range(workers)]))


def main() -> None:
    acts = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    record, jobs = make_record(acts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.record"
        save_record(record, path)
        print(f"{acts} acts, {path.stat().st_size / 1e6:.1f} MB, {os.cpu_count()} cores")
        leaves = [leaf_hash(line) for line in record.acts]
        del record
        kinds: dict[str, Callable[[], object]] = {
            "floor": lambda: floor(jobs),
            "full": lambda: verify(read_record(path)).kind,
            "root": lambda: root_of(leaves),
        }
        times: dict[str, list[float]] = {name: [] for name in kinds}
        for _ in range(rounds):
            for name, run in kinds.items():
                start = time.perf_counter()
                run()
                times[name].append(time.perf_counter() - start)
        for name, values in times.items():
            print(f"{name:6} median {statistics.median(values):.3f} s")
        ratios = [full / bare for full, bare in zip(times["full"], times["floor"], strict=True)]
        print(f"full / floor: median {statistics.median(ratios):.2f}, from {min(ratios):.2f} to {max(ratios):.2f}")
        print(
            f"peak memory of this process, the floor's copies included: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
        )


if __name__ == "__main__":
    main()
