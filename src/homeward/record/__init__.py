"""Signed lines, the tree over them, heads that all parties cosign, and the portable `.record` file.

This room does not know what an exchange is: it carries acts, it does not interpret them. The whole path, with two sides and a
neutral that keeps the log:

>>> from pathlib import Path
>>> from tempfile import mkdtemp
>>> def key(name, kind, seed):
...     return Signer.from_seed(name, kind, bytes([seed]) * 32)
>>> roots = {code: key(f"{code}/root", ED25519, seed) for seed, code in enumerate(("NEUTRAL", "SIDE-A", "SIDE-B"), 10)}
>>> witnesses = {code: key(f"{code}/witness", COSIGNATURE, seed) for seed, code in enumerate(roots, 20)}
>>> log = key("NEUTRAL/log", ED25519, 30)

Everybody agrees on one file of terms, which ends with everybody's keys, and opens a store of their own:

>>> parties = tuple(PartyKeys(code, roots[code].verifier, witnesses[code].verifier) for code in roots)
>>> terms = attach(b'title = "An example"\\n', Signing(log.verifier, parties))
>>> folder = Path(mkdtemp())
>>> stores = {code: Store.create(folder / code, terms, keeps_log=code == "NEUTRAL") for code in roots}

Each side writes acts into its outbox and hands them in by file; the log puts them in order and signs a head:

>>> for code, store in stores.items():
...     _ = store.write("terms-accepted", {}, roots[code], at="2026-07-01T10:00:00Z")
>>> neutral = stores["NEUTRAL"]
>>> [take_in(neutral, parse_parcel(hand_in(store).data)).acts for store in stores.values()]
[1, 1, 1]
>>> make_head(neutral, log).head.size
3

The log delivers; each party checks everything on its own disk, cosigns, and hands its cosignature in; the log delivers again:

>>> for code, store in stores.items():
...     if store is not neutral:
...         _ = take_in(store, deliver(neutral, store.size))
...     _ = cosign(store, witnesses[code], 1782900060)
>>> for store in stores.values():
...     _ = take_in(neutral, hand_in(store))
>>> for code in ("SIDE-A", "SIDE-B"):
...     _ = take_in(stores[code], deliver(neutral, stores[code].size))

Now each party exports the same bytes, and anybody can check them:

>>> for code, store in stores.items():
...     save_record(to_record(store), folder / f"{code}.record")
>>> len({(folder / f"{code}.record").read_bytes() for code in stores})
1
>>> verdict = verify_file(folder / "SIDE-A.record")
>>> verdict.kind, verdict.acts, verdict.last_full, sorted(verdict.cosigned)
('unchanged', 3, 3, ['NEUTRAL', 'SIDE-A', 'SIDE-B'])
>>> damaged = (folder / "SIDE-A.record").read_bytes().replace(b"terms-accepted", b"terms-rejected")
>>> verify_file(damaged).findings[0].text
'member 3 of the archive was damaged on the way: its checksum is wrong; ask for the file again'
"""

from homeward.record.act import Act, LineError, canonical, envelope, parse_canonical, parse_line, sign_act
from homeward.record.bundle import BundleError, Record, read_record, save_record, write_record
from homeward.record.charter import Charter, CharterError, PartyKeys, Signing, attach
from homeward.record.charter import read as read_charter
from homeward.record.compare import Comparison, compare
from homeward.record.export import as_parcel, to_record, withhold
from homeward.record.head import Head, HeadError, SignedHead, parse_heads
from homeward.record.ledger import Ledger, RefusedActError
from homeward.record.note import (
    COSIGNATURE,
    ED25519,
    MLDSA44,
    NoteError,
    Signer,
    Verifier,
    parse_signer,
    parse_verifier,
    prove_possession,
)
from homeward.record.parcel import Parcel, ParcelError, parse_parcel
from homeward.record.post import Report, SplitError, deliver, hand_in, take_in
from homeward.record.quorum import Standing, standing
from homeward.record.signing import RefusedToSignError, cosign, make_head, recompute
from homeward.record.store import Store, StoreError
from homeward.record.tree import ProofError, Tree, check_consistency, check_inclusion, leaf_hash
from homeward.record.verdict import EXIT_CODES, Finding, KeyUse, Verdict
from homeward.record.verify import verify, verify_file

__all__ = [
    "COSIGNATURE",
    "ED25519",
    "EXIT_CODES",
    "MLDSA44",
    "Act",
    "BundleError",
    "Charter",
    "CharterError",
    "Comparison",
    "Finding",
    "Head",
    "HeadError",
    "KeyUse",
    "Ledger",
    "LineError",
    "NoteError",
    "Parcel",
    "ParcelError",
    "PartyKeys",
    "ProofError",
    "Record",
    "RefusedActError",
    "RefusedToSignError",
    "Report",
    "SignedHead",
    "Signer",
    "Signing",
    "SplitError",
    "Standing",
    "Store",
    "StoreError",
    "Tree",
    "Verdict",
    "Verifier",
    "as_parcel",
    "attach",
    "canonical",
    "check_consistency",
    "check_inclusion",
    "compare",
    "cosign",
    "deliver",
    "envelope",
    "hand_in",
    "leaf_hash",
    "make_head",
    "parse_canonical",
    "parse_heads",
    "parse_line",
    "parse_parcel",
    "parse_signer",
    "parse_verifier",
    "prove_possession",
    "read_charter",
    "read_record",
    "recompute",
    "save_record",
    "sign_act",
    "standing",
    "take_in",
    "to_record",
    "verify",
    "verify_file",
    "withhold",
    "write_record",
]
