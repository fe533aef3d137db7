"""What passes between parties by file: lines handed in, lines delivered, heads and their cosignatures, list files.

    homeward parcel 1
    homeward/<hash of the terms>
    outbox <how many>             lines that a party hands in to the log, in any order
    acts <first index> <how many> lines as the log has them
    heads <how many>              signed heads, full or not
    files <how many>              each led by a line `file <name> <bytes>`, each followed by a newline
    end <SHA-256 of all bytes before this line, hexadecimal>

All five parts are always there, and may be empty. The hash is no protection against anybody, it only shows a file cut off or
damaged on the way; what is inside is checked by whoever takes it in. Importing a parcel twice does nothing the second time.

>>> parcel = Parcel("homeward/" + "A" * 43, outbox=(b"a line",))
>>> parse_parcel(parcel.data) == parcel
True
>>> parse_parcel(parcel.data[:-10])
Traceback (most recent call last):
homeward.record.parcel.ParcelError: the file is cut off or damaged; ask for it again
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from homeward.record.head import HeadError, SignedHead, parse_heads

_FIRST_LINE = b"homeward parcel 1"
_END = re.compile(rb"end [0-9a-f]{64}\n")
_END_BYTES = 69
_NUMBER = rb"(0|[1-9][0-9]{0,9})"
_FILE_NAME = re.compile(r"(?:lists|sealed)/[A-Za-z0-9][A-Za-z0-9_-]{0,59}(?:\.age)?", re.ASCII)


class ParcelError(Exception):
    """A file that is not a parcel, or not a whole one."""


@dataclass(frozen=True)
class Parcel:
    """The content of one file. Lines have no newline; `files` are (name, bytes)."""

    origin: str
    outbox: tuple[bytes, ...] = ()
    first: int = 0
    acts: tuple[bytes, ...] = ()
    heads: tuple[SignedHead, ...] = ()
    files: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)

    @property
    def empty(self) -> bool:
        return not (self.outbox or self.acts or self.heads or self.files)

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        parts = [_FIRST_LINE + b"\n" + self.origin.encode("ascii") + b"\n"]
        parts.append(b"outbox %d\n" % len(self.outbox))
        parts += [line + b"\n" for line in self.outbox]
        parts.append(b"acts %d %d\n" % (self.first, len(self.acts)))
        parts += [line + b"\n" for line in self.acts]
        notes = [signed.note for signed in self.heads]
        parts.append(b"heads %d\n" % len(notes))
        parts += notes
        parts.append(b"files %d\n" % len(self.files))
        for name, content in self.files:
            parts += [b"file %s %d\n" % (name.encode("ascii"), len(content)), content, b"\n"]
        body = b"".join(parts)
        return body + f"end {hashlib.sha256(body).hexdigest()}\n".encode("ascii")


def check_file_name(name: str) -> str:
    """Give the name back if a list or sealed file may have it; raise `ParcelError` if not."""
    if _FILE_NAME.fullmatch(name) is None:
        raise ParcelError(
            "a file in a parcel is named lists/NAME or sealed/NAME, with letters, digits, hyphens, and .age at most"
        )
    return name


def parse_parcel(data: bytes) -> Parcel:
    """Read a parcel; mirrors `Parcel.data`. Raises `ParcelError`."""
    if not data.startswith(_FIRST_LINE + b"\n"):
        raise ParcelError("this is not a Homeward parcel")
    body, end = data[:-_END_BYTES], data[-_END_BYTES:]
    if _END.fullmatch(end) is None or hashlib.sha256(body).hexdigest().encode("ascii") != end[4:-1]:
        raise ParcelError("the file is cut off or damaged; ask for it again")
    reader = _Reader(body)
    reader.line(re.escape(_FIRST_LINE))
    origin = reader.line(rb"(homeward/[A-Za-z0-9_-]{43})")[0].decode("ascii")
    (outbox_count,) = reader.numbers(rb"outbox " + _NUMBER)
    outbox = reader.lines(outbox_count)
    first, acts_count = reader.numbers(rb"acts " + _NUMBER + rb" " + _NUMBER)
    acts = reader.lines(acts_count)
    (heads_count,) = reader.numbers(rb"heads " + _NUMBER)
    heads = reader.heads(heads_count)
    (files_count,) = reader.numbers(rb"files " + _NUMBER)
    files = tuple([reader.file() for _ in range(files_count)])
    parcel = Parcel(origin, outbox, first, acts, heads, files)
    if reader.rest or parcel.data != data:
        raise ParcelError("the parcel is not in its one form: something is in it that does not belong there")
    return parcel


class _Reader:
    """Takes a parcel's body apart from the front."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 0

    @property
    def rest(self) -> bytes:
        return self._body[self._at :]

    def line(self, pattern: bytes) -> tuple[bytes, ...]:
        end = self._body.find(b"\n", self._at)
        match = re.fullmatch(pattern, self._body[self._at : end]) if end >= 0 else None
        if match is None:
            raise ParcelError("the parcel's parts are not outbox, acts, heads and files in this order")
        self._at = end + 1
        return match.groups()

    def numbers(self, pattern: bytes) -> list[int]:
        return [int(text) for text in self.line(pattern)]

    def lines(self, count: int) -> tuple[bytes, ...]:
        found = []
        for _ in range(count):
            end = self._body.find(b"\n", self._at)
            if end < 0:
                raise ParcelError("the parcel holds fewer lines than it says")
            found.append(self._body[self._at : end])
            self._at = end + 1
        return tuple(found)

    def heads(self, count: int) -> tuple[SignedHead, ...]:
        # The heads end where the line that begins the next part stands; no line of a head begins with this word.
        end = self._body.find(b"\nfiles ", self._at - 1) + 1
        if end == 0:
            raise ParcelError("the parcel's parts are not outbox, acts, heads and files in this order")
        try:
            found = tuple(parse_heads(self._body[self._at : end]))
        except HeadError as error:
            raise ParcelError(f"a head in the parcel: {error}") from None
        if len(found) != count:
            raise ParcelError("the parcel holds another number of heads than it says")
        self._at = end
        return found

    def file(self) -> tuple[str, bytes]:
        name, size = self.line(rb"file ([A-Za-z0-9_./-]+) " + _NUMBER)
        start, end = self._at, self._at + int(size)
        if self._body[end : end + 1] != b"\n":
            raise ParcelError("a file in the parcel is shorter than the parcel says")
        self._at = end + 1
        return check_file_name(name.decode("ascii")), self._body[start:end]
