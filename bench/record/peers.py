"""One signed act at a time, against other ways to sign a statement; and the tree against pymerkle. One process, interleaved.

    pip install securesystemslib joserfc pymerkle
    python bench/record/peers.py [ACTS] [LEAVES] [ROUNDS]

Ours: the line read (form, canonical bytes), its leaf hash, its signature. DSSE: the envelope read from JSON and its signature checked
(securesystemslib). JWS: the compact form read and its signature checked (joserfc). All are Ed25519 over the same act.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jws
from joserfc.jwk import OKPKey
from pymerkle import InmemoryTree
from securesystemslib.dsse import Envelope
from securesystemslib.signer import CryptoSigner

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.record.world import make_key, moment

from homeward.record import envelope, leaf_hash, sign_act
from homeward.record.quick import read_line
from homeward.record.tree import root_of


def act_ways(count: int) -> dict[str, Callable[[], object]]:
    signer = make_key("SIDE-A/officer-1")
    base = envelope("handed-over", at=moment(0), by=signer.name, exchange="A" * 22, n=2, prev="A" * 43)
    lines = [
        sign_act({**base, "person": f"p-{number:04}", "place": "crossing-3", "stage": 2}, signer) for number in range(count)
    ]
    private = Ed25519PrivateKey.from_private_bytes(signer.seed)
    sslib = CryptoSigner(private)
    envelopes = []
    for line in lines:
        made = Envelope(read_line(line).text, "application/x-act", {})
        made.sign(sslib)
        envelopes.append(json.dumps(made.to_dict()))
    jwk = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", **_numbers(private)})
    tokens = [jws.serialize_compact({"alg": "EdDSA"}, read_line(line).text, jwk, algorithms=["EdDSA"]) for line in lines]

    def ours() -> None:
        for line in lines:
            act = read_line(line)
            assert act.check_signature(0, signer.verifier)

    def dsse() -> None:
        for text in envelopes:
            Envelope.from_dict(json.loads(text)).verify([sslib.public_key], 1)

    def joserfc() -> None:
        for token in tokens:
            jws.deserialize_compact(token, jwk, algorithms=["EdDSA"])

    return {"ours": ours, "DSSE, securesystemslib": dsse, "JWS, joserfc": joserfc}


def _numbers(private: Ed25519PrivateKey) -> dict[str, str]:
    def coded(data: bytes) -> str:
        return urlsafe_b64encode(data).rstrip(b"=").decode()

    return {"d": coded(private.private_bytes_raw()), "x": coded(private.public_key().public_bytes_raw())}


def tree_ways(leaves: int) -> dict[str, Callable[[], object]]:
    data = [b"x" * 310 + b"%010d" % number for number in range(leaves)]

    def pymerkle() -> bytes:
        tree = InmemoryTree(algorithm="sha256")
        for item in data:
            tree.append_entry(item)
        return bytes(tree.get_state())

    def ours() -> bytes:
        return root_of(map(leaf_hash, data))

    assert ours() == pymerkle(), "both make the tree of RFC 9162"
    return {"pymerkle": pymerkle, "our tree": ours}


def compare(ways: dict[str, Callable[[], object]], rounds: int) -> None:
    """Time each way in turn; the ratio is to the first of them."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            times[name].append(time.perf_counter() - start)
    first = next(iter(times.values()))
    for name, found in times.items():
        ratio = statistics.median(one / other for one, other in zip(found, first, strict=True))
        print(f"{name:25} median {statistics.median(found):.3f} s, {ratio:.2f} of the first")


def main() -> None:
    acts, leaves, rounds = [int(text) for text in [*sys.argv[1:], *("2000", "1000000", "7")[len(sys.argv) - 1 :]]]
    compare(act_ways(acts), rounds)
    compare(tree_ways(leaves), rounds)
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
