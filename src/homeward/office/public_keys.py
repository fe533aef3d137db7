"""What a party hands out at the ceremony: one small file `UA.public` with the public texts of its keys.

    homeward public keys 1
    party UA
    root UA/root+…
    witness UA/witness+…
    closing UA/witness-2+…        where the party has one
    recipient age1pq1…
    log ICRC/log+…                for the party that keeps the log, nobody else

The file proves nothing by itself. Whoever takes it reads the 24 digits of each key aloud with its owner, and all parties read the
40 digits of the terms that are made from these files.

>>> from homeward.record.entropy import seeded
>>> from homeward.record.keys import Kind, make_key
>>> own = tuple(make_key(kind, "N", entropy=seeded(kind)) for kind in Kind if kind is not Kind.DEVICE)
>>> handed = HandedOut.of(Keys("N", own))
>>> parse_public_keys(handed.text, "N.public") == handed
True
>>> parse_public_keys(handed.text.replace("party N", "party M"), "N.public")
Traceback (most recent call last):
homeward.office.public_keys.PublicKeysError: N.public: line 3: this key belongs to N, and the file says that it is of M; ...
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from homeward.office.keys import Keys
from homeward.record import PartyKeys, Verifier
from homeward.record.key_files import KeyFileError
from homeward.record.keys import check_public
from homeward.record.note import NoteError, parse_verifier

_FIRST = "homeward public keys 1"
_NAMES = ("root", "witness", "closing", "recipient", "log")
_NEEDED = frozenset({"root", "witness", "recipient"})
_MOST_BYTES = 64 * 1024


class PublicKeysError(Exception):
    """A file of public keys that cannot be used. The text names the file, the line, and what to do."""


@dataclass(frozen=True, slots=True)
class HandedOut:
    """The public keys of one party, and of the log where this party keeps it."""

    keys: PartyKeys
    log: Verifier | None = None

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """What an office with these private keys hands out."""
        return cls(keys.public, keys.log.verifier if keys.log is not None else None)

    @property
    def texts(self) -> dict[str, str]:
        """What each key is for, and its public text, in the order of the file."""
        keys = self.keys
        found = {
            "root": keys.root.text,
            "witness": keys.witness.text if keys.witness is not None else None,
            "closing": keys.closing.text if keys.closing is not None else None,
            "recipient": keys.recipient,
            "log": self.log.text if self.log is not None else None,
        }
        return {name: text for name, text in found.items() if text is not None}

    @property
    def text(self) -> str:
        """The file."""
        return "".join(f"{line}\n" for line in (_FIRST, f"party {self.keys.code}", *map(" ".join, self.texts.items())))


def read_public_keys(path: Path) -> HandedOut:
    """Read a party's file; `PublicKeysError`, or `OSError` for the disk."""
    with path.open("rb") as file:
        data = file.read(_MOST_BYTES + 1)
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError:
        text = ""
    if len(data) > _MOST_BYTES:
        text = ""
    return parse_public_keys(text, path.name)


def parse_public_keys(text: str, file: str) -> HandedOut:
    """Mirrors `HandedOut.text`. `file` is for the error."""
    lines = text.split("\n")
    if lines[0] != _FIRST or lines[-1] or len(lines) < 3 or not lines[1].startswith("party "):
        raise PublicKeysError(f"{file}: this is not a whole file of public keys; ask its party for it again")
    code = lines[1].removeprefix("party ")
    found: dict[str, str] = {}
    for number, line in enumerate(lines[2:-1], start=3):
        name, _, public = line.partition(" ")
        if name not in _NAMES or list(_NAMES).index(name) < len(found) or name in found:
            raise PublicKeysError(f"{file}: line {number}: the keys are {', '.join(_NAMES)}, in this order, each once")
        try:
            check_public(public)
        except KeyFileError as error:
            raise PublicKeysError(f"{file}: line {number}: {error}; ask its party for the file again") from None
        if public.startswith("age1") != (name == "recipient"):
            raise PublicKeysError(f"{file}: line {number}: this is no {name} key; ask its party for the file again")
        owner = code if name == "recipient" else public.partition("/")[0]
        if owner != code:
            raise PublicKeysError(
                f"{file}: line {number}: this key belongs to {owner}, and the file says that it is of {code}; "
                "ask its party for it again"
            )
        found[name] = public
    missing = sorted(_NEEDED - found.keys())
    if missing:
        raise PublicKeysError(f"{file}: the {missing[0]} key is missing; ask its party for it again")
    return _handed_out(code, found, file)


def _handed_out(code: str, found: dict[str, str], file: str) -> HandedOut:
    try:
        keys = {name: parse_verifier(public) for name, public in found.items() if name != "recipient"}
    except NoteError as error:
        raise PublicKeysError(f"{file}: {error}; ask its party for it again") from None
    party = PartyKeys(code, keys["root"], keys["witness"], keys.get("closing"), found["recipient"])
    return HandedOut(party, keys.get("log"))
