"""How much memory it takes to check a million acts.

    python bench/record/memory.py [ACTS]

Signing a million acts takes minutes, so these lines carry the right key and a signature of zeros, and the check of signatures, which
keeps nothing, is left out. All that a verification holds in memory is held: the leaves, the tree, the ledger, the heads.
"""

from __future__ import annotations

import importlib
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.record.world import CODES, START, make_key, terms

from homeward.record import Record, read_charter, read_record, save_record, verify
from homeward.record.head import Head, SignedHead, cosign_head, sign_head
from homeward.record.note import encode_base64, encode_base64url
from homeward.record.tree import Frontier, leaf_hash


class _NoSignatures:
    def __init__(self) -> None:
        self.jobs: list[object] = []

    def add(self, *_: object) -> None: ...

    def add_all(self, _: object) -> None: ...

    def flush(self) -> None:
        self.jobs = []

    def finish(self) -> None: ...


def write(path: Path, acts: int) -> None:
    charter, roots = read_charter(terms()), [make_key(f"{code}/root") for code in CODES]
    codes = [encode_base64(key.verifier.id + bytes(64)) for key in roots]
    last, edge, leaves, heads = ["-"] * len(roots), Frontier(), bytearray(), []
    witnesses = [make_key(f"{code}/witness", 4) for code in CODES]

    def lines() -> Iterator[bytes]:
        seen = f'[0,"{encode_base64url(edge.root())}"]'
        for number in range(acts):
            at = number % len(roots)
            envelope = (
                f'"at":"2026-07-01T10:00:00Z","by":"{roots[at].name}","in":"{charter.exchange}","n":{number // len(roots) + 1}'
            )
            own = f'"person":"p-{number % 9000:04}","place":"crossing-3","prev":"{last[at]}","seen":{seen},"stage":2'
            line = f'{{"act":"handed-over",{envelope},{own}}}\t\u2014 {roots[at].name} {codes[at]}'.encode()
            leaf = leaf_hash(line)
            last[at] = encode_base64url(leaf)
            edge.push(leaf)
            leaves.extend(leaf)
            yield line
            if edge.size % 1000 == 0 or edge.size == acts:
                head = Head(charter.origin, edge.size, edge.root())
                made = [sign_head(head, make_key("NEUTRAL/log")), *(cosign_head(head, key, START) for key in witnesses)]
                heads.append(SignedHead(head, tuple(made)).note)
                seen = f'[{edge.size},"{encode_base64url(head.root)}"]'

    # A generator is used up by one reading, so the lines are laid down in a file first.
    plain = path.with_suffix(".acts")
    with plain.open("wb") as file:
        for line in lines():
            file.write(line + b"\n")
    with plain.open("rb") as file:
        save_record(Record(terms(), (line[:-1] for line in file), b"".join(heads), bytes(leaves)), path)


def main() -> None:
    acts = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.record"
        write(path, acts)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        module = importlib.import_module("homeward.record.verify")
        module.signature_pool = lambda *_: nullcontext(_NoSignatures())  # type: ignore[attr-defined]
        start = time.perf_counter()
        kind = verify(read_record(path)).kind
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        seconds = time.perf_counter() - start
        print(
            f"{acts} acts, {path.stat().st_size / 1e6:.0f} MB: {kind} in {seconds:.0f} s, peak {peak} MB ({before} MB before)"
        )


if __name__ == "__main__":
    main()
