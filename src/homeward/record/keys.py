"""The keys of one party: what kinds there are, how they are made, kept, read aloud, and proved.

| kind | name | for | how many |
|---|---|---|---|
| root | `UA/root` | speaks for the party: adds and retires its other keys; lives on paper and one offline machine | one |
| device | `UA/officer-1` | signs acts; made on the device that uses it, never copied | one per device |
| log | `ICRC/log` | signs heads for the party that runs the log | one |
| witness | `UA/witness` | cosigns heads | one |
| closing | `UA/witness-2` | cosigns the closing head with ML-DSA-44, which a quantum computer cannot forge | one |
| sealing | `UA/recipient` | opens files sealed to the party | one |

A private key is one file `PARTY.device.key`, readable by its owner alone, and never written over. It holds one line, the
`PRIVATE+KEY+…` text of a signed note, or age's own identity file for a sealing key. With a passphrase it is an armoured age
file around the same text (scrypt), so that any `age` program can open it in thirty years. The public text lies beside it as
`PARTY.device.pub`.

>>> from homeward.record.entropy import seeded
>>> key = make_key(Kind.ROOT, "UA", entropy=seeded("an example"))
>>> key.name, key.public_text
('UA/root', 'UA/root+85a1ea66+Ae0J/mhxMGmf4pPVh8ExHoSczqSn79LSh4lpuHdlFxEz')
>>> fingerprint(key.public_text)
'7060 8333 4584 6122 4845 4122'
>>> key
OwnKey(name='UA/root', kind=<Kind.ROOT: 'root'>)

The fingerprint is 24 decimal digits of the SHA-256 of the public text: 80 bits, which suffice because a forger must match a
*given* key. Digits are said the same in every language. (Terms have 40, since their drafter could search for a pair.)
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from homeward.record.entropy import Entropy, draw_bytes
from homeward.record.key_files import KeyFileError, is_locked, read_private, write_new
from homeward.record.note import (
    COSIGNATURE,
    ED25519,
    MLDSA44,
    NoteError,
    Signer,
    Verifier,
    check_name,
    check_registrable,
    encode_base64url,
    parse_signer,
    parse_verifier,
)
from homeward.record.seal import (
    HybridIdentity,
    HybridRecipient,
    SealError,
    X25519Identity,
    X25519Recipient,
    parse_identity,
    parse_recipient,
    seal,
    unseal,
)

FINGERPRINT_DIGITS = 24


class Kind(StrEnum):
    """What a key is for."""

    ROOT = "root"
    DEVICE = "device"
    LOG = "log"
    WITNESS = "witness"
    CLOSING = "closing"
    SEALING = "sealing"


#: Kind → the device part of the key's name (None: the caller names the device) and the number in the signed note.
_SIGNING: dict[Kind, tuple[str | None, int]] = {
    Kind.ROOT: ("root", ED25519),
    Kind.LOG: ("log", ED25519),
    Kind.DEVICE: (None, ED25519),
    Kind.WITNESS: ("witness", COSIGNATURE),
    Kind.CLOSING: ("witness-2", MLDSA44),
}
_SEALING_NAME = "recipient"
_RESERVED = frozenset(name for name, _ in _SIGNING.values() if name) | {_SEALING_NAME}
_SEALING_FILE = re.compile(r"# homeward sealing key ([!-~]+)\n(AGE-SECRET-KEY-[A-Z0-9-]+)\n", re.ASCII)
_CHALLENGE = re.compile(r"homeward sealing possession v1\n([!-~]+)\n([!-~]+)\n([0-9a-f]{64})\n", re.ASCII)


@dataclass(frozen=True)
class OwnKey:
    """A private key of one party. Printing the object never shows the secret."""

    name: str
    kind: Kind
    secret: Signer | HybridIdentity | X25519Identity = field(repr=False)

    @property
    def signer(self) -> Signer:
        """The key as a signer; `TypeError` for a sealing key."""
        if not isinstance(self.secret, Signer):
            raise TypeError(f"{self.name} is a sealing key: it signs nothing")
        return self.secret

    @property
    def identity(self) -> HybridIdentity | X25519Identity:
        """The key as an identity that opens sealed files; `TypeError` for a signing key."""
        if isinstance(self.secret, Signer):
            raise TypeError(f"{self.name} is a signing key: it opens nothing")
        return self.secret

    @property
    def public_text(self) -> str:
        """What is handed out: `name+id+base64`, or `age1…` for a sealing key."""
        return self.secret.verifier.text if isinstance(self.secret, Signer) else str(self.secret.recipient)

    @property
    def private_text(self) -> str:
        """What a key file holds. Whoever reads it has the key."""
        if isinstance(self.secret, Signer):
            return self.secret.text + "\n"
        return f"# homeward sealing key {self.name}\n{self.secret.private_text}\n"


def make_key(
    kind: Kind, party: str, device: str | None = None, *, post_quantum: bool = True, entropy: Entropy = os.urandom
) -> OwnKey:
    """A new key. `device` names the device of a device key, and may number a replacement: `root-2`, `witness-3`.

    `post_quantum=False` makes a sealing key of the X25519 kind, for rehearsals that must repeat. Raises `NoteError` for a name
    that a key cannot have.
    """
    usual = _SEALING_NAME if kind is Kind.SEALING else _SIGNING[kind][0]
    if kind is Kind.DEVICE and (device is None or device in _RESERVED):
        raise ValueError("a device key is named after its device, like officer-1, and not like one of the other kinds")
    name = check_name(f"{party}/{device or usual}")
    secret = draw_bytes(entropy, 32)
    if kind is Kind.SEALING:
        return OwnKey(name, kind, HybridIdentity(secret) if post_quantum else X25519Identity(secret))
    signer = Signer.from_seed(name, _SIGNING[kind][1], secret)
    check_registrable(signer.verifier)
    return OwnKey(name, kind, signer)


def fingerprint(public_text: str) -> str:
    """24 decimal digits of a public key's text, in groups of four, to be read aloud or compared with a card."""
    number = int.from_bytes(hashlib.sha256(public_text.encode("ascii")).digest(), "big") % 10**FINGERPRINT_DIGITS
    digits = f"{number:0{FINGERPRINT_DIGITS}}"
    return " ".join(digits[at : at + 4] for at in range(0, FINGERPRINT_DIGITS, 4))


def check_public(public_text: str) -> str:
    """Give a public key's text back if it may enter the record; otherwise `KeyFileError` says why and what to do.

    Refused are damaged texts, private keys, and keys that are sound in form only: points of low or mixed order, with which a
    signature means nothing or means different things to different programs.
    """
    try:
        if public_text.startswith("age1"):
            parse_recipient(public_text)
        else:
            check_registrable(parse_verifier(public_text))
    except (NoteError, SealError) as error:
        raise KeyFileError(f"{error}") from None
    return public_text


# -- Files ---------------------------------------------------------------------------------------------------------------------


def save_key(
    folder: Path, key: OwnKey, *, passphrase: str | None = None, work_factor: int = 18, entropy: Entropy = os.urandom
) -> Path:
    """Write the private and the public file and give the private one's path. Neither is ever written over: `KeyFileError`.

    Without a passphrase whoever has the disk has the key; that is for devices whose disk is encrypted as a whole.
    """
    stem = key.name.replace("/", ".")
    path, public = folder / f"{stem}.key", folder / f"{stem}.pub"
    if public.exists():
        raise KeyFileError(f"{public.name} exists already and is not written over; choose another name or folder")
    write_new(path, key.private_text, passphrase=passphrase, work_factor=work_factor, entropy=entropy)
    write_new(public, key.public_text + "\n", private=False)
    return path


def load_key(path: Path, *, passphrase: str | None = None) -> OwnKey:
    """Read a private key file; `KeyFileError` names the file and the remedy, never what it holds."""
    text = read_private(path, passphrase=passphrase)
    try:
        return parse_private(text)
    except (NoteError, SealError) as error:
        raise KeyFileError(f"{path.name}: {error}; take the file from the backup or the paper card") from None


class LockedKey(OwnKey):
    """A key whose file is under a passphrase: name and kind are known from the public file, the secret when first needed."""

    def __init__(self, name: str, kind: Kind, public_text: str, unlock: Callable[[], OwnKey]) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "kind", kind)
        object.__setattr__(self, "_public", public_text)
        object.__setattr__(self, "_unlock", unlock)

    @property
    def public_text(self) -> str:
        return str(vars(self)["_public"])

    @property
    def secret(self) -> Signer | HybridIdentity | X25519Identity:  # Read when it is first asked for.
        if "_secret" not in vars(self):
            found: OwnKey = vars(self)["_unlock"]()
            if found.public_text != self.public_text:
                raise KeyFileError(f"the private and the public file of {self.name} do not belong together; restore both")
            object.__setattr__(self, "_secret", found.secret)
        unlocked: Signer | HybridIdentity | X25519Identity = vars(self)["_secret"]
        return unlocked


def open_key(path: Path, ask: Callable[[], str]) -> OwnKey:
    """As `load_key`, but a file under a passphrase is opened only when the secret is needed: `ask` gives the passphrase then."""
    if not is_locked(path):
        return load_key(path)

    def unlock() -> OwnKey:
        return load_key(path, passphrase=ask())

    try:
        text = path.with_suffix(".pub").read_text("ascii").removesuffix("\n")
        if text.startswith("age1"):
            parse_recipient(text)
            return LockedKey(path.stem.replace(".", "/", 1), Kind.SEALING, text, unlock)
        verifier = parse_verifier(text)
    except (OSError, UnicodeDecodeError, NoteError, SealError):
        # Without a sound public file there is nothing to go by but the key itself.
        return unlock()
    return LockedKey(verifier.name, kind_of_public(verifier), text, unlock)


def parse_private(text: str) -> OwnKey:
    """The key in a private file's text. Raises `NoteError` or `SealError`, which do not repeat the text."""
    sealing = _SEALING_FILE.fullmatch(text)
    if sealing is not None:
        return OwnKey(check_name(sealing[1]), Kind.SEALING, parse_identity(sealing[2]))
    if not text.endswith("\n"):
        raise NoteError("a key file ends with a whole line")
    signer = parse_signer(text[:-1])
    return OwnKey(signer.name, kind_of(signer), signer)


def kind_of(signer: Signer) -> Kind:
    """What a signing key is for, from its number and its name: `UA/root` and `UA/root-2` are root keys."""
    return kind_of_public(signer.verifier)


def kind_of_public(verifier: Verifier) -> Kind:
    """As `kind_of`, from the public key."""
    number, device = verifier.kind, re.sub(r"-[0-9]+$", "", verifier.name.partition("/")[2])
    if number == COSIGNATURE:
        return Kind.WITNESS
    if number == MLDSA44:
        return Kind.CLOSING
    return Kind(device) if device in (Kind.ROOT, Kind.LOG) else Kind.DEVICE


# -- Proof that the owner of a sealing key holds it ----------------------------------------------------------------------------
# Signing keys prove possession by signing (`note.prove_possession`). A sealing key cannot sign, so it opens a challenge.


def challenge_sealing(
    origin: str, recipient: HybridRecipient | X25519Recipient, *, entropy: Entropy = os.urandom
) -> tuple[bytes, str]:
    """A sealed challenge for the owner of `recipient`, and the answer that only they can give. `origin` is the record's."""
    text = f"homeward sealing possession v1\n{origin}\n{recipient}\n{draw_bytes(entropy, 32).hex()}\n".encode("ascii")
    return seal(text, [recipient], entropy=entropy), _answer(text)


def answer_challenge(origin: str, identity: HybridIdentity | X25519Identity, sealed: bytes) -> str:
    """Mirrors `challenge_sealing`. Anything but a challenge for this record and this key is refused, so no file leaks by it."""
    try:
        text = unseal(sealed, [identity])
    except SealError as error:
        raise KeyFileError(f"the challenge does not open: {error}") from None
    match = _CHALLENGE.fullmatch(text.decode("latin-1"))
    if match is None or (match[1], match[2]) != (origin, str(identity.recipient)):
        raise KeyFileError("this is not a challenge for this record and this key; ask for a new one")
    return _answer(text)


def _answer(text: bytes) -> str:
    return encode_base64url(hashlib.sha256(text).digest())
