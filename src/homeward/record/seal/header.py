"""The header of an age file: who can open it. Parsing is strict: every byte that is accepted is written back the same.

    age-encryption.org/v1
    -> X25519 XEl0dJ6y3C7KZkgmgWUicg63EyXJiwBJW8PdYJ/cYBE
    qRS0AMjdjPvZ/WT08U2KL4G+PIooA3hy38SvLpvaC1E
    --- HK2NmOBN9Dpq0Gw6xMCuhFcQlQLvZ/wQUi/2scLG75s

Each `->` stanza holds the same file key, wrapped for one recipient. The last line is an HMAC over all before it, keyed by
the file key, so that nobody without the file key can add or remove a recipient.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from homeward.record.seal.encoding import decode_base64, encode_base64
from homeward.record.seal.errors import SealError

_VERSION = b"age-encryption.org/v1\n"
_COLUMNS = 64
#: A header of more bytes than this is refused unread. A thousand hybrid recipients need about 1.6 MB.
_LIMIT = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Stanza:
    """One recipient's line: the arguments (the first names the kind) and the wrapped file key."""

    arguments: tuple[str, ...]
    body: bytes

    def text(self) -> str:
        coded = encode_base64(self.body)
        lines = [coded[i : i + _COLUMNS] for i in range(0, len(coded), _COLUMNS)]
        if len(coded) % _COLUMNS == 0:
            lines.append("")  # A stanza always ends with a short line, so that a reader knows that it ended.
        return "\n".join([f"-> {' '.join(self.arguments)}", *lines, ""])


@dataclass(frozen=True, slots=True)
class Header:
    """A parsed header. `signed` is what the HMAC covers: all up to and including the three dashes."""

    stanzas: tuple[Stanza, ...]
    signed: bytes
    mac: bytes

    def check(self, file_key: bytes) -> None:
        """Raise `SealError("HMAC failure")` unless this header was made by somebody who had `file_key`."""
        if not hmac.compare_digest(self.mac, _mac(file_key, self.signed)):
            raise SealError("HMAC failure", "the header of this sealed file was changed after sealing; ask for a new copy")


def derive(file_key: bytes, salt: bytes, info: bytes) -> bytes:
    """32 bytes of HKDF-SHA-256 (RFC 5869)."""
    return HKDF(SHA256(), 32, salt, info).derive(file_key)


def _mac(file_key: bytes, signed: bytes) -> bytes:
    return hmac.digest(derive(file_key, b"", b"header"), signed, "sha256")


def format_header(stanzas: tuple[Stanza, ...], file_key: bytes) -> bytes:
    """The header bytes, HMAC line included."""
    signed = _VERSION + "".join(stanza.text() for stanza in stanzas).encode("ascii") + b"---"
    return signed + b" " + encode_base64(_mac(file_key, signed)).encode("ascii") + b"\n"


def parse_header(file: bytes) -> tuple[Header, int]:
    """The header at the start of `file` and the offset of the payload behind it."""
    if not file.startswith(_VERSION):
        if file.startswith(b"age-encryption.org/"):
            raise _failure("it has another version of the format, or other line endings; this software reads version 1")
        raise _failure("it does not begin like a sealed file")
    stanzas: list[Stanza] = []
    at = len(_VERSION)
    while True:
        line, after = _line(file, at)
        if line.startswith("---"):
            if not stanzas:
                raise _failure("it names no recipient")
            return Header(tuple(stanzas), file[: at + 3], _parse_mac(line)), after
        if not line.startswith("-> "):
            raise _failure("a recipient's line does not begin with an arrow")
        arguments = tuple(line[3:].split(" "))
        if not all(arguments):
            raise _failure("a recipient's line has an empty word")
        body, at = _parse_body(file, after)
        stanzas.append(Stanza(arguments, body))


def _parse_mac(line: str) -> bytes:
    if not line.startswith("--- "):
        raise _failure("its last line has another form")
    mac = _decode(line[4:])
    if len(mac) != 32:
        raise _failure("its last line has another length")
    return mac


def _parse_body(file: bytes, at: int) -> tuple[bytes, int]:
    coded: list[str] = []
    while True:
        line, at = _line(file, at)
        if len(line) > _COLUMNS:
            raise _failure("a line is longer than 64 letters")
        coded.append(line)
        if len(line) < _COLUMNS:
            return _decode("".join(coded)), at


def _line(file: bytes, at: int) -> tuple[str, int]:
    end = file.find(b"\n", at, _LIMIT)
    if end < 0:
        raise _failure("it ends in the middle")
    line = file[at:end]
    if not all(32 <= letter <= 126 for letter in line):
        raise _failure("it has a letter that headers never have")
    return line.decode("ascii"), end + 1


def _decode(text: str) -> bytes:
    try:
        return decode_base64(text)
    except ValueError:
        raise _failure("its base64 is not canonical") from None


def _failure(what: str) -> SealError:
    return SealError("header failure", f"the header of this sealed file cannot be read: {what}; ask for a new copy")
