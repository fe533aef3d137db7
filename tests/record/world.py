"""A small invented exchange for the tests: two sides and a neutral that keeps the log, with keys from fixed seeds."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from homeward.record import (
    COSIGNATURE,
    ED25519,
    MLDSA44,
    PartyKeys,
    Record,
    Signer,
    Signing,
    Store,
    attach,
    cosign,
    deliver,
    hand_in,
    make_head,
    parse_parcel,
    prove_possession,
    read_charter,
    take_in,
    to_record,
    write_record,
)

CODES = ("NEUTRAL", "SIDE-A", "SIDE-B")
LOG_KEEPER = "NEUTRAL"
#: 1 July 2026, 10:00 UTC: the first time of every test record.
START = 1_782_900_000


#: Where many small stores are made and thrown away: in memory if the machine has such a place, for the sake of the disk.
SCRATCH = "/dev/shm" if Path("/dev/shm").is_dir() else None


def make_key(name: str, kind: int = ED25519, salt: str = "") -> Signer:
    """The key of this name that every test run has."""
    return Signer.from_seed(name, kind, hashlib.sha256(f"{name} {kind} {salt}".encode()).digest())


def moment(second: int) -> str:
    """`second` seconds after ten o'clock, as acts write it (within one day)."""
    return f"2026-07-01T{10 + second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"


def terms(title: str = "An example", *, closing: bool = False) -> bytes:
    parties = tuple(
        PartyKeys(
            code,
            make_key(f"{code}/root").verifier,
            make_key(f"{code}/witness", COSIGNATURE).verifier,
            make_key(f"{code}/closing", MLDSA44).verifier if closing else None,
        )
        for code in CODES
    )
    return attach(f'title = "{title}"\n'.encode(), Signing(make_key(f"{LOG_KEEPER}/log").verifier, parties, ("NEUTRAL",)))


@dataclass
class World:
    """Three stores in one folder, and the moves between them."""

    folder: Path
    terms: bytes = field(default_factory=terms)
    clock: int = 0

    def __post_init__(self) -> None:
        self.charter = read_charter(self.terms)
        self.stores = {
            code: Store.create(
                self.folder / code, self.terms, keeps_log=code == LOG_KEEPER, signed=self.folder / f"{code}-signed"
            )
            for code in CODES
        }
        self.log_key = make_key(f"{LOG_KEEPER}/log")

    @property
    def log(self) -> Store:
        return self.stores[LOG_KEEPER]

    def reopen(self, code: str) -> Store:
        self.stores[code].close()
        self.stores[code] = Store.open(self.folder / code, signed=self.folder / f"{code}-signed")
        return self.stores[code]

    def write(self, name: str, kind: str = "noted", *others: str, **fields: Any) -> bytes:
        """An act by the key `name`, with further signers `others`, into its party's outbox."""
        self.clock += 1
        keys = [make_key(item) for item in (name, *others)]
        return self.stores[name.partition("/")[0]].write(kind, fields, *keys, at=moment(self.clock))

    def add_key(self, name: str, *roles: str, kind: int = ED25519) -> bytes:
        """`key-added`, signed by the party's root."""
        signer = make_key(name, kind)
        proof = prove_possession(self.charter.origin, signer)
        fields = {"key": signer.verifier.text, "roles": list(roles or ("officer",)), "proof": proof}
        return self.write(f"{name.partition('/')[0]}/root", "key-added", **fields)

    def hand_in(self, *codes: str) -> None:
        for code in codes or CODES:
            take_in(self.log, parse_parcel(hand_in(self.stores[code]).data))

    def deliver(self, *codes: str) -> None:
        for code in codes or CODES:
            if code != LOG_KEEPER:
                take_in(self.stores[code], parse_parcel(deliver(self.log, self.stores[code].size).data))

    def cosign(self, *codes: str, kind: int = COSIGNATURE) -> None:
        device = "witness" if kind == COSIGNATURE else "closing"
        for number, code in enumerate(codes or CODES):
            cosign(self.stores[code], make_key(f"{code}/{device}", kind), START + self.clock + number)

    def full_round(self) -> int:
        """Hand in, make a head, deliver, cosign, and bring everybody's cosignature to everybody. Gives the head's size."""
        self.hand_in()
        size = make_head(self.log, self.log_key).head.size
        self.deliver()
        self.cosign()
        self.hand_in()
        self.deliver()
        return size

    def record(self, code: str = LOG_KEEPER) -> Record:
        return to_record(self.stores[code])


def grown_world(folder: Path, *, rounds: int = 3, acts: int = 4) -> World:
    """A world with an officer per side and `rounds` full heads, `acts` acts per side before each."""
    world = World(folder)
    for code in CODES:
        world.write(f"{code}/root", "terms-accepted")
    for code in CODES[1:]:
        world.add_key(f"{code}/officer-1")
    world.full_round()
    for _ in range(rounds - 1):
        for number in range(acts):
            for code in CODES[1:]:
                others = (f"{code}/root",) if number % 3 == 2 else ()
                world.write(f"{code}/officer-1", "handed-over", *others, person=f"p-{number:04}", stage=number)
        world.full_round()
    return world


def file_bytes(record: Record) -> bytes:
    """The bytes of the record file."""
    file = io.BytesIO()
    write_record(record, file)
    return file.getvalue()
