"""Who may sign: the `[signing]` section that ends the agreed terms.

The terms are one file that all parties accept byte for byte. This room reads only its end, line by line, so that a verifier
in any language needs no TOML; the rest may be any text. The section is strict: these lines, in this order, nothing after them.

    [signing]
    format = "homeward-signing/1"
    log = "ICRC/log+…"                      the key that signs heads, kind 0x01
    quorum = "all"                          a head counts when every party that has a witness has cosigned it
    keepers = ["ICRC", "TR"]                optional: who keeps the halves of sealed lists

    [signing.party.ICRC]                    parties in the order of their codes
    root = "ICRC/root+…"                    kind 0x01: speaks for the party, adds and retires its keys
    witness = "ICRC/witness+…"              optional, kind 0x04: cosigns heads; a party without one is not in the quorum
    closing = "ICRC/witness-2+…"            optional, kind 0x06: cosigns the closing head with ML-DSA-44
    recipient = "age1pq1…"                  optional: where sealed files for this party go

The hash of the whole file names the exchange: all 43 characters of it in the origin line of every head, the first 22 in the
field `in` of every act, and 40 decimal digits of it to be read aloud. Heads carry the whole hash because whoever drafts the
terms could otherwise search for two texts with the same beginning of a hash.

>>> from homeward.record.note import COSIGNATURE, ED25519, Signer
>>> def public(name, kind, seed):
...     return Signer.from_seed(name, kind, bytes([seed]) * 32).verifier
>>> signing = Signing(
...     public("N/log", ED25519, 1),
...     tuple(
...         PartyKeys(code, public(f"{code}/root", ED25519, seed), public(f"{code}/witness", COSIGNATURE, seed + 1))
...         for code, seed in (("A", 2), ("B", 4), ("N", 6))
...     ),
... )
>>> terms = attach(b'title = "An example"\\n', signing)
>>> charter = read(terms)
>>> charter.signing == signing, charter.origin, charter.exchange
(True, 'homeward/GGri9QIynFqAafXpHuxB7Ecnt4iAyR6cQBmgi0xd2oc', 'GGri9QIynFqAafXpHuxB7A')
>>> charter.card
'4513 9594 2406 7501 7494 0157 3648 9958 8694 6951'
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cached_property

from homeward.record.act import FORBIDDEN
from homeward.record.note import (
    COSIGNATURE,
    ED25519,
    MLDSA44,
    NoteError,
    Verifier,
    check_registrable,
    encode_base64url,
    parse_verifier,
)

FORMAT = "homeward-signing/1"
MAX_TERMS_BYTES = 4 << 20

_HEADING = "[signing]"
_PARTY_HEADING = re.compile(r"\[signing\.party\.([A-Za-z][A-Za-z0-9_-]{0,31})\]", re.ASCII)
_TEXT_LINE = re.compile(r'([a-z]+) = "([A-Za-z0-9+/=_ -]*)"', re.ASCII)
_KEEPERS_LINE = re.compile(r'keepers = \[("[A-Za-z0-9_-]+"(?:, "[A-Za-z0-9_-]+")*)\]', re.ASCII)
_RECIPIENT = re.compile(r"age1[a-z0-9]{10,4000}", re.ASCII)
#: The lines of a party's part, in order, with the kind of key each must hold.
_PARTY_KEYS = {"root": ED25519, "witness": COSIGNATURE, "closing": MLDSA44}


class CharterError(Exception):
    """The terms do not end with a signing section in its one form. The text names the line."""


@dataclass(frozen=True, slots=True)
class PartyKeys:
    """One party's keys. A party without a witness signs acts but is not asked to cosign heads."""

    code: str
    root: Verifier
    witness: Verifier | None = None
    closing: Verifier | None = None
    recipient: str | None = None


@dataclass(frozen=True, slots=True)
class Signing:
    """What the signing section says."""

    log: Verifier
    parties: tuple[PartyKeys, ...]
    keepers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Charter:
    """The terms as this room knows them: their bytes, their hash, and who may sign."""

    terms: bytes
    signing: Signing

    @cached_property
    def digest(self) -> bytes:
        """SHA-256 of all bytes of the terms."""
        return hashlib.sha256(self.terms).digest()

    @property
    def origin(self) -> str:
        """The first line of every head: `homeward/` and the whole hash."""
        return f"homeward/{encode_base64url(self.digest)}"

    @property
    def exchange(self) -> str:
        """The field `in` of every act: the first half of the hash, 22 characters."""
        return encode_base64url(self.digest[:16])

    @property
    def card(self) -> str:
        """40 decimal digits of the hash, in groups of four, to compare aloud."""
        digits = f"{int.from_bytes(self.digest) % 10**40:040}"
        return " ".join(digits[at : at + 4] for at in range(0, 40, 4))

    @property
    def cosigners(self) -> tuple[str, ...]:
        """The codes of the parties that must all cosign a head."""
        return tuple(party.code for party in self.signing.parties if party.witness is not None)


def attach(terms: bytes, signing: Signing) -> bytes:
    """The terms with the signing section at their end; mirrors `read`. Raises `CharterError` if they would not be readable."""
    body = terms if terms.endswith(b"\n") or not terms else terms + b"\n"
    whole = body + (b"\n" if body else b"") + _section(signing).encode("ascii")
    if read(whole).signing != signing:
        raise CharterError(
            "the signing section does not read back as it was given: the parties must be in the order of their codes"
        )
    try:
        tomllib.loads(whole.decode("utf-8"))
    except ValueError as error:
        raise CharterError(f"the terms are not a TOML file: {error}") from None
    return whole


def _section(signing: Signing) -> str:
    lines = [_HEADING, f'format = "{FORMAT}"', f'log = "{signing.log.text}"', 'quorum = "all"']
    if signing.keepers:
        quoted = ", ".join([f'"{code}"' for code in signing.keepers])
        lines.append(f"keepers = [{quoted}]")
    for party in signing.parties:
        lines += ["", f"[signing.party.{party.code}]", f'root = "{party.root.text}"']
        if party.witness is not None:
            lines.append(f'witness = "{party.witness.text}"')
        if party.closing is not None:
            lines.append(f'closing = "{party.closing.text}"')
        if party.recipient is not None:
            lines.append(f'recipient = "{party.recipient}"')
    return "".join(f"{line}\n" for line in lines)


def read(terms: bytes) -> Charter:
    """Read who may sign from the end of the terms. Raises `CharterError` with the line that is wrong."""
    if len(terms) > MAX_TERMS_BYTES:
        raise CharterError(f"the terms are longer than {MAX_TERMS_BYTES} bytes")
    try:
        text = terms.decode("utf-8")
    except UnicodeDecodeError:
        raise CharterError("the terms are not UTF-8 text") from None
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if FORBIDDEN.search(line.replace("\t", " ")):
            raise CharterError(
                f"line {number} of the terms holds a control character, another kind of line end, "
                "or a mark that turns the direction of writing"
            )
    if lines.count(_HEADING) != 1 or lines[-1]:
        raise CharterError(f"the terms must hold the line {_HEADING} exactly once, and end with its section and a newline")
    start = lines.index(_HEADING) + 1
    return Charter(terms, _Reader(lines[start:-1], start + 1).signing())


class _Reader:
    """Takes the lines of the section one by one; `number` is the line of the file, for the error text."""

    def __init__(self, lines: list[str], number: int) -> None:
        self._lines = lines
        self._number = number
        self._at = 0

    def signing(self) -> Signing:
        if self._text("format") != FORMAT:
            self._refuse(f'format must be "{FORMAT}"')
        log = self._key("log", ED25519)
        if self._text("quorum") != "all":
            self._refuse('quorum must be "all": with any smaller one a dishonest party can split the record')
        keepers = self._keepers()
        parties = []
        while self._at < len(self._lines):
            parties.append(self._party())
        signing = Signing(log, tuple(parties), keepers)
        self._check(signing)
        return signing

    def _party(self) -> PartyKeys:
        self._expect(self._next() == "", "an empty line stands before each party")
        heading = _PARTY_HEADING.fullmatch(self._next())
        if heading is None:
            raise self._error("a party's part begins with [signing.party.CODE]")
        code = heading[1]
        keys: dict[str, Verifier] = {}
        for name, kind in _PARTY_KEYS.items():
            if name == "root" or self._peek(name):
                keys[name] = self._key(name, kind)
                self._expect(keys[name].party == code, f"the name of this key must begin with {code}/")
        recipient = self._text("recipient") if self._peek("recipient") else None
        self._expect(recipient is None or bool(_RECIPIENT.fullmatch(recipient)), "recipient must be an age recipient, age1…")
        return PartyKeys(code, keys["root"], keys.get("witness"), keys.get("closing"), recipient)

    def _check(self, signing: Signing) -> None:
        codes = [party.code for party in signing.parties]
        self._expect(codes == sorted(set(codes)), "the parties must stand in the order of their codes, each once")
        self._expect(signing.log.party in codes, "the log's party is not among the parties")
        self._expect(set(signing.keepers) <= set(codes), "a keeper is not among the parties")
        self._expect(len(set(signing.keepers)) == len(signing.keepers), "a keeper is named twice")
        self._expect(
            sum(party.witness is not None for party in signing.parties) >= 2, "at least two parties must have a witness"
        )
        keys = [signing.log] + [
            key for party in signing.parties for key in (party.root, party.witness, party.closing) if key is not None
        ]
        self._expect(len({key.public for key in keys}) == len(keys), "one key is used in two places; each use needs its own")
        self._expect(len({key.name for key in keys}) == len(keys), "two keys have the same name")

    def _keepers(self) -> tuple[str, ...]:
        if not self._peek("keepers"):
            return ()
        match = _KEEPERS_LINE.fullmatch(self._next())
        if match is None:
            raise self._error('keepers is written keepers = ["A", "B"]')
        return tuple(code.strip('"') for code in match[1].split(", "))

    def _key(self, name: str, kind: int) -> Verifier:
        try:
            key = check_registrable(parse_verifier(self._text(name)))
        except NoteError as error:
            raise self._error(str(error)) from None
        self._expect(key.kind == kind, f"{name} must be a key of kind {kind}")
        return key

    def _text(self, name: str) -> str:
        match = _TEXT_LINE.fullmatch(self._next())
        if match is None or match[1] != name:
            raise self._error(f'here the line {name} = "…" is expected')
        return match[2]

    def _peek(self, name: str) -> bool:
        return self._at < len(self._lines) and self._lines[self._at].startswith(f"{name} ")

    def _next(self) -> str:
        self._at += 1
        if self._at > len(self._lines):
            raise self._error("the signing section is cut off")
        return self._lines[self._at - 1]

    def _expect(self, holds: bool, message: str) -> None:
        if not holds:
            raise self._error(message)

    def _refuse(self, message: str) -> None:
        raise self._error(message)

    def _error(self, message: str) -> CharterError:
        return CharterError(f"line {self._number + self._at - 1} of the terms: {message}")
