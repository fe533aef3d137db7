"""How long a full verification takes against the bare signatures and against `sha256sum`, interleaved in one run; and the memory.

    python bench/record/verify_speed.py [ACTS] [ROUNDS]

Makes a record of ACTS acts by ten keys, one head in a hundred acts, and times in turn:

    floor   bare libsodium over the same signatures, those of the heads included, in one process per core
    full    the full verification of the file
    seal    the check of the seal: every line hashed, the tree, every signature under the heads (`verify --seal`)
    rules   the full verification without the signatures: form, order, keys, tree, heads
    sha256  the program sha256sum over the same file

Ratios are of the time on the clock, and of the processor time of this process and all that it started, which other work on the
machine disturbs less.

The memory is that of a process that does nothing but verify the file once, and of its helpers.
"""

from __future__ import annotations

import importlib
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import nacl.bindings

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.record.world import CODES, START, make_key, terms

from homeward.record import Record, envelope, parse_line, read_charter, read_record, save_record, sign_act, verify
from homeward.record.head import Head, SignedHead, cosign_head, sign_head
from homeward.record.helpers import Helper
from homeward.record.note import Signer, encode_base64url, prove_possession
from homeward.record.seal_check import check_seal_of_file
from homeward.record.tree import Frontier, leaf_hash


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
            jobs.append((signatures[0].body + head.text, make_key("NEUTRAL/log").verifier.public))
            for key, signature in zip(witnesses, signatures[1:], strict=True):
                signed = f"cosignature/v1\ntime {START}\n".encode() + head.text
                jobs.append((signature.body[8:] + signed, key.verifier.public))
            seen = (edge.size, encode_base64url(edge.root()))
    return Record(terms(), lines, b"".join(heads), b"".join(map(leaf_hash, lines))), jobs


def floor(jobs: list[tuple[bytes, bytes]]) -> None:
    """Nothing but `crypto_sign_open`, in copies of this process, each with its share of the jobs already in memory."""
    workers = os.cpu_count() or 1

    def some(number: int) -> None:
        for signed, public in jobs[number::workers]:
            nacl.bindings.crypto_sign_open(signed, public)

    helpers = [Helper(some) for _ in range(workers)]
    for number, helper in enumerate(helpers):
        helper.send(number)
    for helper in helpers:
        helper.finish()
        helper.close()


class _NoSignatures:
    """Stands in for the pool while the seal alone is checked."""

    def __init__(self) -> None:
        self.jobs: list[object] = []

    def add(self, *_: object) -> None: ...

    def add_all(self, _: object) -> None: ...

    def flush(self) -> None:
        self.jobs = []

    def finish(self) -> None: ...


def seal(path: Path) -> str:
    module = importlib.import_module("homeward.record.verify")
    real, module.signature_pool = module.signature_pool, lambda *_: nullcontext(_NoSignatures())  # type: ignore[attr-defined]
    try:
        return verify(read_record(path)).kind
    finally:
        module.signature_pool = real  # type: ignore[attr-defined]


def processor_time() -> float:
    """Seconds of processor time of this process and of all its children that have ended."""
    ours, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return ours.ru_utime + ours.ru_stime + children.ru_utime + children.ru_stime


_MEMORY = """
import resource, sys
from pathlib import Path
from homeward.record import verify_file
verdict = verify_file(Path(sys.argv[1]))
mine, helpers = (resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(f"{verdict.kind}: {mine} MB, and at most {helpers} MB in each helper, most of it shared")
"""


def main() -> None:
    acts = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    record, jobs = make_record(acts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.record"
        save_record(record, path)
        del record
        print(f"{acts} acts, {len(jobs)} signatures, {path.stat().st_size / 1e6:.1f} MB, {os.cpu_count()} cores")
        kinds: dict[str, Callable[[], object]] = {
            "floor": lambda: floor(jobs),
            "full": lambda: verify(read_record(path)).kind,
            "rules": lambda: seal(path),
            "seal": lambda: check_seal_of_file(path).kind,
            "sha256": lambda: subprocess.run(["sha256sum", path], check=True, capture_output=True),
        }
        times: dict[str, list[float]] = {name: [] for name in kinds}
        worked: dict[str, list[float]] = {name: [] for name in kinds}
        for _ in range(rounds):
            for name, run in kinds.items():
                start, before = time.perf_counter(), processor_time()
                run()
                times[name].append(time.perf_counter() - start)
                worked[name].append(processor_time() - before)
        for name, values in times.items():
            cpu = statistics.median(worked[name])
            print(f"{name:6} median {statistics.median(values):.3f} s, least {min(values):.3f} s; processor {cpu:.3f} s")
        for one, other in (("full", "floor"), ("seal", "sha256"), ("rules", "sha256")):
            ratios = [a / b for a, b in zip(times[one], times[other], strict=True)]
            least = min(times[one]) / min(times[other])
            cpu = statistics.median([a / b for a, b in zip(worked[one], worked[other], strict=True)])
            print(f"{one} / {other}: median {statistics.median(ratios):.2f}, of the least {least:.2f}; processor {cpu:.2f}")
        print(f"load {os.getloadavg()[0]:.1f}", flush=True)
        subprocess.run([sys.executable, "-c", _MEMORY, path], check=True)


if __name__ == "__main__":
    main()
