"""One signed act against one sigstore bundle, each read from text and verified; one process, interleaved.

    pip install sigstore
    python bench/record/sigstore_bundles.py [ACTS] [ROUNDS]

No network: the bench is its own sigstore. It makes a certificate authority as Fulcio is one, a certificate log that signs the
timestamp embedded in each certificate (SCT), a transparency log as Rekor is one, with its tree, checkpoint and promise (SET), and a
trusted root that names the three. Every bundle is version 0.3 with a hashedrekord entry and its own short-lived certificate; what
verifies it is `sigstore.verify.Verifier`, as published, for one signer's name.
"""

from __future__ import annotations

import json
import os
import statistics
import struct
import sys
import tempfile
import time
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier
from sigstore.models import Bundle, TrustedRoot
from sigstore.verify import Verifier
from sigstore.verify.policy import Identity

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.record.world import make_key, moment

from homeward.record import envelope, sign_act
from homeward.record.quick import read_line
from homeward.record.tree import Tree, leaf_hash

START = datetime(2026, 7, 1, 10, tzinfo=UTC)
SHA256 = ec.ECDSA(hashes.SHA256())
SCT_LIST = ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2")
ORIGIN = "rekor.bench.invalid - 1"


def b64(data: bytes) -> str:
    return b64encode(data).decode()


def der(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


class Sigstore:
    """A certificate authority, a certificate log and a transparency log in one hand."""

    def __init__(self) -> None:
        self.ca_key, self.ct_key, self.rekor_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
        name = x509.Name(
            [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "bench"), x509.NameAttribute(NameOID.COMMON_NAME, "root")]
        )
        self.name = name
        builder = x509.CertificateBuilder(
            name, name, self.ca_key.public_key(), 1, START - timedelta(days=1), START + timedelta(days=9)
        )
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        builder = builder.add_extension(_usage(signs_certificates=True), critical=True)
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(self.ca_key.public_key()), critical=False)
        self.ca = builder.sign(self.ca_key, hashes.SHA256())

    def certificate(self, key: ec.EllipticCurvePublicKey, serial: int) -> x509.Certificate:
        """A certificate for ten minutes, with a timestamp of the certificate log in it."""
        builder = x509.CertificateBuilder(self.name, x509.Name([]), key, serial, START, START + timedelta(minutes=10))
        extensions: list[tuple[x509.ExtensionType, bool]] = [
            (_usage(signs_certificates=False), True),
            (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]), False),
            (x509.SubjectKeyIdentifier.from_public_key(key), False),
            (x509.AuthorityKeyIdentifier.from_issuer_public_key(self.ca_key.public_key()), False),
            (x509.SubjectAlternativeName([x509.RFC822Name("officer@bench.invalid")]), True),
        ]
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical)
        before = builder.sign(self.ca_key, hashes.SHA256()).tbs_certificate_bytes
        stamp = int(START.timestamp() * 1000)
        issuer = sha256(der(self.ca_key.public_key())).digest()
        entry = struct.pack("!BBQH", 0, 0, stamp, 1) + issuer + len(before).to_bytes(3) + before + b"\0\0"
        signature = self.ct_key.sign(entry, SHA256)
        sct = (
            struct.pack("!B32sQHBBH", 0, sha256(der(self.ct_key.public_key())).digest(), stamp, 0, 4, 3, len(signature))
            + signature
        )
        listed = len(sct).to_bytes(2) + sct
        listed = len(listed).to_bytes(2) + listed
        value = b"\x04" + (bytes([len(listed)]) if len(listed) < 128 else b"\x81" + bytes([len(listed)])) + listed
        return builder.add_extension(x509.UnrecognizedExtension(SCT_LIST, value), critical=False).sign(
            self.ca_key, hashes.SHA256()
        )

    def bundles(self, texts: list[bytes]) -> list[str]:
        """A bundle for each text, all in one log."""
        parts, tree = [], Tree()
        for number, text in enumerate(texts, 2):
            key = ec.generate_private_key(ec.SECP256R1())
            certificate, signature = self.certificate(key.public_key(), number), key.sign(text, SHA256)
            pem = certificate.public_bytes(serialization.Encoding.PEM)
            body = json.dumps(
                {
                    "apiVersion": "0.0.1",
                    "kind": "hashedrekord",
                    "spec": {
                        "data": {"hash": {"algorithm": "sha256", "value": sha256(text).hexdigest()}},
                        "signature": {"content": b64(signature), "publicKey": {"content": b64(pem)}},
                    },
                },
                separators=(",", ":"),
            ).encode()
            parts.append((text, certificate, signature, body))
            tree.extend([leaf_hash(body)])
        log_id = sha256(der(self.rekor_key.public_key())).digest()
        note = f"{ORIGIN}\n{tree.size}\n{b64(tree.root())}\n"
        checkpoint = f"{note}\n\u2014 rekor.bench.invalid {b64(log_id[:4] + self.rekor_key.sign(note.encode(), SHA256))}\n"
        return [self._bundle(part, index, tree=tree, log_id=log_id, checkpoint=checkpoint) for index, part in enumerate(parts)]

    def _bundle(
        self,
        part: tuple[bytes, x509.Certificate, bytes, bytes],
        index: int,
        *,
        tree: Tree,
        log_id: bytes,
        checkpoint: str,
    ) -> str:
        text, certificate, signature, body = part
        moment = int(START.timestamp()) + 60
        promised = {"body": b64(body), "integratedTime": moment, "logID": log_id.hex(), "logIndex": index}
        promise = self.rekor_key.sign(json.dumps(promised, separators=(",", ":"), sort_keys=True).encode(), SHA256)
        entry = {
            "logIndex": str(index),
            "logId": {"keyId": b64(log_id)},
            "kindVersion": {"kind": "hashedrekord", "version": "0.0.1"},
            "integratedTime": str(moment),
            "inclusionPromise": {"signedEntryTimestamp": b64(promise)},
            "inclusionProof": {
                "logIndex": str(index),
                "rootHash": b64(tree.root()),
                "treeSize": str(tree.size),
                "hashes": [b64(each) for each in tree.prove_inclusion(index, tree.size)],
                "checkpoint": {"envelope": checkpoint},
            },
            "canonicalizedBody": b64(body),
        }
        return json.dumps({
            "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
            "verificationMaterial": {
                "certificate": {"rawBytes": b64(certificate.public_bytes(serialization.Encoding.DER))},
                "tlogEntries": [entry],
            },
            "messageSignature": {
                "messageDigest": {"algorithm": "SHA2_256", "digest": b64(sha256(text).digest())},
                "signature": b64(signature),
            },
        })  # fmt: skip

    def trusted_root(self) -> TrustedRoot:
        span = {"start": (START - timedelta(days=1)).isoformat(), "end": (START + timedelta(days=9)).isoformat()}

        def log(key: ec.EllipticCurvePublicKey) -> dict[str, object]:
            public = {"rawBytes": b64(der(key)), "keyDetails": "PKIX_ECDSA_P256_SHA_256", "validFor": span}
            key_id = {"keyId": b64(sha256(der(key)).digest())}
            return {"baseUrl": "https://bench.invalid", "hashAlgorithm": "SHA2_256", "publicKey": public, "logId": key_id}

        root = b64(self.ca.public_bytes(serialization.Encoding.DER))
        authority = {
            "subject": {"organization": "bench", "commonName": "root"},
            "uri": "https://bench.invalid",
            "certChain": {"certificates": [{"rawBytes": root}]},
            "validFor": span,
        }
        data = {
            "mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
            "tlogs": [log(self.rekor_key.public_key())],
            "ctlogs": [log(self.ct_key.public_key())],
            "certificateAuthorities": [authority],
            "timestampAuthorities": [],
        }
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(data, file)
            file.flush()
            return TrustedRoot.from_file(file.name)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def main() -> None:
    acts = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 9
    signer = make_key("SIDE-A/officer-1")
    base = envelope("handed-over", at=moment(0), by=signer.name, exchange="A" * 22, n=2, prev="A" * 43)
    lines = [
        sign_act({**base, "person": f"p-{number:04}", "place": "crossing-3", "stage": 2}, signer) for number in range(acts)
    ]
    texts = [read_line(line).text for line in lines]
    sigstore = Sigstore()
    bundles, verifier, policy = (
        sigstore.bundles(texts),
        Verifier(trusted_root=sigstore.trusted_root()),
        Identity(identity="officer@bench.invalid"),
    )

    def ours() -> None:
        for line in lines:
            assert read_line(line).check_signature(0, signer.verifier)

    def theirs() -> None:
        for text, bundle in zip(texts, bundles, strict=True):
            verifier.verify_artifact(text, Bundle.from_json(bundle), policy)

    def refuses() -> bool:
        try:
            verifier.verify_artifact(texts[1], Bundle.from_json(bundles[0]), policy)
        except Exception:
            return True
        return False

    assert refuses(), "the bundle of one act must not pass for another"
    times: dict[str, list[float]] = {"ours": [], "sigstore": []}
    for _ in range(rounds):
        for name, way in (("ours", ours), ("sigstore", theirs)):
            start = time.process_time()
            way()
            times[name].append(time.process_time() - start)
    for name, found in times.items():
        print(f"{name:9} median {statistics.median(found) / acts * 1e6:7.1f} µs an act, processor time")
    ratios = [theirs / ours for ours, theirs in zip(times["ours"], times["sigstore"], strict=True)]
    print(f"ours is {statistics.median(ratios):.1f} times as fast (median of {rounds} rounds; load {os.getloadavg()[0]:.1f})")


if __name__ == "__main__":
    main()
