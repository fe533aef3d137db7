"""Making heads and cosigning them: the moments at which a party binds itself.

A cosigner refuses by rule, never by opinion, and says why. In order:

1. the log has signed the head, for this exchange, and every signature under it is good;
2. this store holds every line up to the head, and the root recomputed from the bytes on disk is the head's;
3. lines that came in since this key last signed are checked again, signatures included, from disk;
4. every line that this party had handed in before is in the record;
5. this key has never signed a larger head, nor another of this size, and the last one that it signed is the beginning of this.

What is about to be signed is on disk before the signature is made: in the database, and in a small file beside it that is kept
with the keys and not in the backups. After an old backup has been restored the file still knows better, and the key refuses.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from homeward.record.act import LineError, parse_line
from homeward.record.head import Head, HeadError, SignedHead, check_signature, cosign_head, parse_head, sign_head
from homeward.record.ledger import RefusedActError
from homeward.record.note import Signer
from homeward.record.pool import signature_pool
from homeward.record.quorum import find_key
from homeward.record.replay import Replay
from homeward.record.store import Store, StoreError, sync_folder
from homeward.record.tables import DamagedError, DiskRefusedError, damage_reported, transaction


class RefusedToSignError(StoreError):
    """The rules forbid this signature. The text names the rule and what to do."""


def make_head(store: Store, log: Signer) -> SignedHead:
    """Sign a head over all acts, as the log. Making it twice over the same acts gives the same head.

    Raises `RefusedToSignError`, or `StoreError` naming the damaged act.
    """
    with _damage_named(store):
        return _make_head(store, log)


def _make_head(store: Store, log: Signer) -> SignedHead:
    store.require_log()
    if not store.size:
        raise RefusedToSignError("there are no acts yet")
    if log.verifier not in store.ledger.logs(store.size):
        raise RefusedToSignError(f"{log.name} is not the key of this record's log")
    last = _last_signed(store, log)
    replay = recompute(store, store.size, _size(last))
    head = Head(store.charter.origin, store.size, replay.root_at(store.size))
    _bind(store, log, head, last, replay)
    store.keep_head(head, [sign_head(head, log)])
    signed = store.head(head.size)
    assert signed is not None, "the head has just been kept"
    return signed


def cosign(store: Store, witness: Signer, time: int, *, size: int | None = None) -> SignedHead:
    """Cosign the largest head (or the one at `size`) at `time`, seconds since 1970, after every check of this module.

    Cosigning the same head again gives the first cosignature. Raises `RefusedToSignError`, or `StoreError` naming the damage.
    """
    with _damage_named(store):
        return _cosign(store, witness, time, size)


def _cosign(store: Store, witness: Signer, time: int, size: int | None) -> SignedHead:
    signed = _head_to_cosign(store, size)
    head = signed.head
    if witness.verifier not in [key for code in store.charter.cosigners for key in store.ledger.witnesses(code, head.size)]:
        raise RefusedToSignError(f"{witness.name} is not a cosigning key that counts at act {head.size}")
    for signature in signed.signatures:
        check_signature(head, signature, find_key(signature, head, store.ledger))
    last = _last_signed(store, witness)
    replay = recompute(store, head.size, min(_size(last), head.size))
    if replay.root_at(head.size) != head.root:
        raise RefusedToSignError(
            f"the head at {head.size} is not the root of the acts here: there are two versions of this record. "
            "Compare the copies of all parties before anything else"
        )
    missing = unheard(store, head.size)
    if missing:
        raise RefusedToSignError(
            f"{len(missing)} of our own acts are not in the record (the first is act {parse_line(missing[0]).n} of "
            f"{parse_line(missing[0]).by}): hand them in again, and cosign the next head"
        )
    _bind(store, witness, head, last, replay)
    if not any(witness.verifier.accepts(signature) for signature in signed.signatures):
        store.keep_head(head, [cosign_head(head, witness, time)])
    return store.head(head.size) or signed


def recompute(store: Store, size: int, trusted: int) -> Replay:
    """Replay the first `size` lines from disk, from `trusted` on with their signatures. `StoreError` names the first fault.

    Lines before `trusted` are hashed from disk like all others, and need no second look at their form and their signatures: the
    caller compares the root over them with the one that this key signed after looking.
    """
    replay = Replay(store.charter)
    with signature_pool() as pool:
        for line, leaf in store.hashed_lines(0, size):
            index = replay.size
            try:
                if index < trusted:
                    found = replay.trust(line)
                else:
                    act, keys = replay.feed(line)
                    found = act.leaf
                    for number, key in enumerate(keys):
                        pool.add(index, key, act.text + b"\n", act.signatures[number].body)
            except (LineError, RefusedActError) as error:
                raise StoreError(f"act {index} is damaged on disk: {error}. Restore it from another party's copy") from None
            if found != leaf:
                raise StoreError(
                    f"act {index} is damaged on disk: it is not what came in. Restore it from another party's copy"
                )
        false = pool.finish()
    if replay.size != size:
        raise StoreError(f"act {replay.size} is missing on disk. Restore it from another party's copy")
    if false is not None:
        raise StoreError(f"act {false} is damaged on disk: its signature is false. Restore it from another party's copy")
    return replay


def unheard(store: Store, size: int) -> list[bytes]:
    """Our own lines that should be in a record of `size` acts and are not.

    Not counted are lines written after that head was made (they had seen as much), by a key that has been retired, or whose
    number is taken by another act of the same key: those can never come in.
    """
    lines = []
    for line in store.pending():
        act = parse_line(line)
        entry = store.ledger.keys.get(act.by)
        author = store.ledger.authors.get(act.by)
        retired = entry is not None and entry.retired is not None
        taken = author is not None and author.n >= act.n
        if act.seen[0] < size and not retired and not taken:
            lines.append(line)
    return lines


@contextmanager
def _damage_named(store: Store) -> Iterator[None]:
    try:
        with damage_reported():
            yield
    except DiskRefusedError as error:
        raise StoreError(f"{store.folder}: {error}; nothing was signed") from error
    except DamagedError as error:
        raise StoreError(
            f"{store.folder}: the database is damaged ({error}); nothing was signed. Import another copy"
        ) from None


def _head_to_cosign(store: Store, size: int | None) -> SignedHead:
    if size is None:
        row = store.database.execute("SELECT max(size) FROM head").fetchone()
        size = row[0]
    signed = store.head(size) if size is not None else None
    if signed is None:
        raise RefusedToSignError("there is no head to cosign: take in the log's delivery first")
    if signed.head.origin != store.charter.origin or not any(
        key.accepts(signature) for signature in signed.signatures for key in store.ledger.logs(signed.head.size)
    ):
        raise RefusedToSignError(f"the head at {signed.head.size} is not signed by the log of this record")
    return signed


def _bind(store: Store, key: Signer, head: Head, last: Head | None, replay: Replay) -> None:
    """Check rule 5 and write down that `key` signs `head`. From here on the key can sign nothing else of this size."""
    if last is not None:
        if last.size > head.size:
            raise RefusedToSignError(
                f"{key.name} has already signed a head at {last.size} and signs none below it. If this store is an old copy, "
                "take in another party's delivery first"
            )
        if replay.root_at(last.size) != last.root:
            raise RefusedToSignError(
                f"{key.name} signed another record at {last.size} than the one here. Compare the copies of all parties"
            )
        if last.size == head.size and last.text == head.text and _in_database(store, key, head):
            return
    try:
        with transaction(store.database):
            store.database.execute("INSERT INTO signed VALUES (?, ?, ?)", (_key_mark(key), head.size, head.text))
    except sqlite3.IntegrityError:
        # Another process has just bound the same key; only the very same head is harmless.
        if not _in_database(store, key, head):
            raise RefusedToSignError(f"{key.name} has just signed another head; look at the record again") from None
    _write_durably(_signed_path(store, key), head.text)


def _last_signed(store: Store, key: Signer) -> Head | None:
    """The largest head that this key has signed, by the database or by the file beside it."""
    texts = [text for (text,) in store.database.execute("SELECT text FROM signed WHERE key = ?", (_key_mark(key),))]
    path = _signed_path(store, key)
    if path.exists():
        texts.append(path.read_bytes())
    try:
        heads = [parse_head(text) for text in texts]
    except HeadError as error:
        raise StoreError(
            f"{path}: what {key.name} last signed cannot be read ({error}); nothing is signed until it can"
        ) from None
    if any(head.origin != store.charter.origin for head in heads):
        raise StoreError(f"{path}: this is another record's; give each record its own folder")
    return max(heads, key=lambda head: head.size, default=None)


def _in_database(store: Store, key: Signer, head: Head) -> bool:
    row = store.database.execute("SELECT text FROM signed WHERE key = ? AND size = ?", (_key_mark(key), head.size)).fetchone()
    return row is not None and bool(row[0] == head.text)


def _size(head: Head | None) -> int:
    return head.size if head is not None else 0


def _key_mark(key: Signer) -> str:
    return f"{key.name}+{key.verifier.id.hex()}"


def _signed_path(store: Store, key: Signer) -> Path:
    return store.signed_folder / _key_mark(key).replace("/", "_")


def _write_durably(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(path.parent)
