"""The keys of one office, as they lie in its folder: a root, two officers' devices, a witness, a sealing key; the neutral's log key.

In a real exchange the root lies on paper and every officer's key on that officer's own device (docs/keys.md). One folder with
all of them is for rehearsals, and for an office of one machine that has chosen so.

Keys may lie under a passphrase. Each is opened when it is first needed, so reading a record asks for nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

from homeward.record import PartyKeys
from homeward.record.entropy import Entropy
from homeward.record.key_files import KeyFileError
from homeward.record.keys import Kind, OwnKey, make_key, open_key, save_key
from homeward.record.note import Signer
from homeward.record.seal import HybridIdentity, X25519Identity

#: The devices that sign acts; two, because grave acts need two people.
DEVICES = ("officer-1", "officer-2")


#: The passphrase of an office, or a function that asks for it when it is needed.
Passphrase = str | Callable[[], str]


def _asked_once(passphrase: Passphrase | None) -> Callable[[], str]:
    @cache
    def ask() -> str:
        if passphrase is None:
            raise KeyFileError("the keys of this office are protected by a passphrase; give it")
        return passphrase if isinstance(passphrase, str) else passphrase()

    return ask


@dataclass(frozen=True)
class Keys:
    """All private keys of one party. Printing the object never shows a secret."""

    party: str
    own: tuple[OwnKey, ...]

    @classmethod
    def make(
        cls,
        folder: Path,
        party: str,
        *,
        log: bool = False,
        post_quantum: bool = True,
        passphrase: str | None = None,
        work_factor: int = 18,
        entropy: Entropy = os.urandom,
    ) -> Self:
        """Make and store the keys of a new office; nothing is written over. `log` for the party that keeps the log.

        With a `passphrase` every private file is under it (age's scrypt, 2^`work_factor` rounds).
        """
        kinds = [(Kind.ROOT, None), *((Kind.DEVICE, device) for device in DEVICES), (Kind.WITNESS, None), (Kind.SEALING, None)]
        if log:
            kinds.append((Kind.LOG, None))
        if post_quantum:
            kinds.append((Kind.CLOSING, None))
        keys = cls(
            party, tuple(make_key(kind, party, device, post_quantum=post_quantum, entropy=entropy) for kind, device in kinds)
        )
        for key in keys.own:
            save_key(folder, key, passphrase=passphrase, work_factor=work_factor)
        return keys

    @classmethod
    def open(cls, folder: Path, party: str, *, passphrase: Passphrase | None = None) -> Self:
        """Load every key file of the folder. Raises `KeyFileError`, for keys under a passphrase when they are first needed.

        `passphrase` is the words themselves, or a function that asks for them; it is called at most once.
        """
        ask = _asked_once(passphrase)
        return cls(party, tuple(open_key(path, ask) for path in sorted(folder.glob("*.key"))))

    def _one(self, kind: Kind) -> OwnKey | None:
        return next((key for key in self.own if key.kind is kind), None)

    def _needed(self, kind: Kind) -> OwnKey:
        key = self._one(kind)
        assert key is not None, f"an office without a {kind.value} key"
        return key

    @property
    def root(self) -> Signer:
        return self._needed(Kind.ROOT).signer

    @property
    def officers(self) -> list[Signer]:
        return [key.signer for key in self.own if key.kind is Kind.DEVICE]

    @property
    def witness(self) -> Signer:
        return self._needed(Kind.WITNESS).signer

    @property
    def closing(self) -> Signer | None:
        key = self._one(Kind.CLOSING)
        return key.signer if key is not None else None

    @property
    def log(self) -> Signer | None:
        key = self._one(Kind.LOG)
        return key.signer if key is not None else None

    @property
    def sealing(self) -> HybridIdentity | X25519Identity:
        return self._needed(Kind.SEALING).identity

    @property
    def public(self) -> PartyKeys:
        """What the party hands out at the ceremony, for the charter."""
        closing = self.closing
        return PartyKeys(
            self.party,
            self.root.verifier,
            self.witness.verifier,
            closing.verifier if closing is not None else None,
            str(self.sealing.recipient),
        )
