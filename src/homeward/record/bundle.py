"""The file `NAME.record`: a zip archive with one possible form.

    README.txt        what this is and how to check it, a fixed text
    terms             the agreed terms, with the signing section
    acts              one line per act; a withheld act is `#` and its leaf hash in 43 characters
    heads             the full heads, one after the other, and at the end the newest if it is not full yet
    leaves            the leaf hash of every act, 32 bytes each: locates damage exactly
    lists/NAME        public list lines, in the order of their names
    sealed/NAME       sealed files, in the order of their names; left out of a public copy

Exactly these names in this order, stored without compression, without comments, extra fields, flags, times or rights, and with
nothing before, between or after them. So the same content is the same bytes at every party; a reader needs no decompression and
can be neither bombed nor told two stories by the archive's two directories. Reading is rebuilding: the headers are made again
from names, sizes and checksums, and must be the bytes that are there.

>>> import io
>>> record = Record(b"terms", Lines(b"a line\\n"), b"", b"")
>>> data = io.BytesIO()
>>> write_record(record, data)
>>> read_record(data.getvalue()).terms
b'terms'
>>> read_record(data.getvalue() + b"more")
Traceback (most recent call last):
homeward.record.bundle.BundleError: something follows the end of the archive
"""

from __future__ import annotations

import io
import os
import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from homeward.record.act import MAX_LINE_BYTES
from homeward.record.readme import README

MAX_BYTES = (1 << 32) - 1
MAX_MEMBERS = 2000
_FIXED = ("README.txt", "terms", "acts", "heads", "leaves")
_NAME = re.compile(r"(lists|sealed)/([A-Za-z0-9][A-Za-z0-9_-]{0,59})(\.age)?", re.ASCII)
#: Names that Windows gives to devices: a file with such a name cannot be unpacked there.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{name}{digit}" for name in ("com", "lpt") for digit in range(10))})

_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_CENTRAL = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_END = struct.Struct("<4sHHHHLLH")
_VERSION = 20
_DATE = 0x0021  # 1 January 1980, the first day that the format knows.
#: Small enough to stay in a core's own memory while its lines are read: half the time of a megabyte.
_BLOCK = 1 << 17


class BundleError(Exception):
    """A file that is not a record in its one form. The text says the first thing that is wrong."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of text that lie in memory or in a part of a file: iterating gives each without its newline, again and again."""

    source: bytes | Path
    offset: int = 0
    length: int | None = None

    def blocks(self) -> Iterator[bytes]:
        """The bytes, a block at a time."""
        with _open(self.source) as file:
            file.seek(self.offset)
            left = self.length
            while block := file.read(_BLOCK if left is None else min(_BLOCK, left)):
                left = None if left is None else left - len(block)
                yield block

    def __iter__(self) -> Iterator[bytes]:
        for lines, _ in self.batches(lambda _: True):
            yield from lines

    def batches(self, ask: Callable[[bytes], bool]) -> Iterator[tuple[list[bytes], bool]]:
        """Whole lines, many at a time, with the answer to a question about the block of bytes that they were cut from."""
        rest = b""
        for block in self.blocks():
            whole = rest + block
            lines = whole.split(b"\n")
            # Only the first line of a block can have begun before it, and only such a line can be too long.
            if len(lines[0]) > MAX_LINE_BYTES:
                raise BundleError(f"acts: a line is longer than {MAX_LINE_BYTES} bytes")
            rest = lines.pop()
            yield lines, ask(whole)
        if rest:
            raise BundleError("acts: the last line has no newline: it was cut off")

    def read(self) -> bytes:
        return b"".join(self.blocks())


@dataclass(frozen=True)
class Record:
    """What is in the file. `acts` is any source of lines that can be read more than once."""

    terms: bytes
    acts: Iterable[bytes]
    heads: bytes
    leaves: bytes
    lists: Mapping[str, bytes] = field(default_factory=dict)
    sealed: Mapping[str, bytes] = field(default_factory=dict, repr=False)


# ---- writing ----------------------------------------------------------------------------------------------------


def save_record(record: Record, path: Path) -> None:
    """Write the file beside its place and move it there whole."""
    beside = path.with_name(f"{path.name}.new")
    try:
        with beside.open("wb") as file:
            write_record(record, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_record(record: Record, file: BinaryIO) -> None:
    """Write the archive to a file that can seek. Raises `BundleError` if the content cannot be a record."""
    members: list[tuple[str, Iterable[bytes]]] = [
        ("README.txt", [README]),
        ("terms", [record.terms]),
        ("acts", (line + b"\n" for line in record.acts)),
        ("heads", [record.heads]),
        ("leaves", [record.leaves]),
    ]
    members += [(f"lists/{name}", [content]) for name, content in sorted(record.lists.items())]
    members += [(f"sealed/{name}", [content]) for name, content in sorted(record.sealed.items())]
    _check_names([name for name, _ in members])
    entries = []
    for name, parts in members:
        offset = file.tell()
        file.write(_local(name, 0, 0))
        crc = size = 0
        for part in parts:
            file.write(part)
            crc, size = zlib.crc32(part, crc), size + len(part)
        end = file.tell()
        if end > MAX_BYTES:
            raise BundleError("the record is larger than 4 GiB, which this format does not hold")
        file.seek(offset)
        file.write(_local(name, crc, size))
        file.seek(end)
        entries.append((name, crc, size, offset))
    file.write(_directory(entries, file.tell()))


def _local(name: str, crc: int, size: int) -> bytes:
    encoded = name.encode("ascii")
    return _LOCAL.pack(b"PK\3\4", _VERSION, 0, 0, 0, _DATE, crc, size, size, len(encoded), 0) + encoded


def _directory(entries: list[tuple[str, int, int, int]], start: int) -> bytes:
    parts = []
    for name, crc, size, offset in entries:
        encoded = name.encode("ascii")
        head = (b"PK\1\2", _VERSION, _VERSION, 0, 0, 0, _DATE, crc, size, size, len(encoded), 0, 0, 0, 0, 0, offset)
        parts.append(_CENTRAL.pack(*head) + encoded)
    central = b"".join(parts)
    return central + _END.pack(b"PK\5\6", 0, 0, len(entries), len(entries), len(central), start, 0)


def _check_names(names: list[str]) -> None:
    if tuple(names[: len(_FIXED)]) != _FIXED:
        raise BundleError(f"the archive must begin with {', '.join(_FIXED)}, in this order")
    rest = names[len(_FIXED) :]
    for name in rest:
        match = _NAME.fullmatch(name)
        if match is None or match[2].lower() in _DEVICES:
            raise BundleError("the archive holds a name that does not belong into a record")
    if len({name.lower() for name in rest}) != len(rest):
        raise BundleError("the archive holds one name twice")
    if rest != sorted(rest):
        raise BundleError("the names in the archive are not in their order")
    if len(names) > MAX_MEMBERS:
        raise BundleError(f"the archive holds more than {MAX_MEMBERS} files")


# ---- reading ----------------------------------------------------------------------------------------------------


def read_record(source: bytes | Path) -> Record:
    """Read a record file; mirrors `write_record`. The acts stay on disk. Raises `BundleError`, or `OSError` for the disk."""
    with _open(source) as file:
        total = file.seek(0, os.SEEK_END)
        if total > MAX_BYTES:
            raise BundleError("the file is larger than 4 GiB: it is not a record")
        file.seek(0)
        entries = _read_members(file, total)
        start = file.tell()
        _check_directory(file.read(), entries, start)
        content = {name: (offset + _LOCAL.size + len(name), size) for name, _, size, offset in entries}

        def load(name: str) -> bytes:
            offset, size = content[name]
            file.seek(offset)
            return file.read(size)

        if load("README.txt") != README:
            raise BundleError("README.txt is not the text of this format: do not follow what it says")
        parts = {
            kind: {name[len(kind) + 1 :]: load(name) for name in content if name.startswith(f"{kind}/")}
            for kind in ("lists", "sealed")
        }
        acts = Lines(source, *content["acts"])
        return Record(load("terms"), acts, load("heads"), load("leaves"), parts["lists"], parts["sealed"])


def _read_members(file: BinaryIO, total: int) -> list[tuple[str, int, int, int]]:
    """Read the members one after the other, checking each header byte for byte, and each checksum."""
    entries: list[tuple[str, int, int, int]] = []
    while True:
        offset = file.tell()
        head = file.read(_LOCAL.size)
        if head[:4] != b"PK\3\4":
            if entries and head and head[:4] not in {b"PK\1\2", b"PK\5\6"}:
                raise BundleError("something lies between the members of the archive")
            break
        if len(entries) >= MAX_MEMBERS:
            raise BundleError(f"the archive holds more than {MAX_MEMBERS} files")
        if len(head) < _LOCAL.size:
            raise BundleError("the archive is cut off")
        _, _, flags, method, _, _, crc, packed, size, name_length, extra = _LOCAL.unpack(head)
        raw_name = file.read(name_length)
        _explain(flags, method, packed, size, extra)
        try:
            name = raw_name.decode("ascii")
        except UnicodeDecodeError:
            raise BundleError("the archive holds a name that does not belong into a record") from None
        if head + raw_name != _local(name, crc, size):
            raise BundleError(
                f"the entry for member {len(entries) + 1} has times, versions or rights that a record does not have"
            )
        _check_crc(file, min(size, total), crc, len(entries) + 1)
        entries.append((name, crc, size, offset))
    file.seek(offset)
    if not entries:
        raise BundleError("this is not a record: it does not begin as one")
    _check_names([name for name, _, _, _ in entries])
    return entries


def _explain(flags: int, method: int, packed: int, size: int, extra: int) -> None:
    """Say in words what a header has that a record's never has."""
    if flags & 1:
        raise BundleError("a member of the archive is encrypted; a record's members never are")
    if flags & 8:
        raise BundleError("a member of the archive hides its size behind its data; a record's members never do")
    if method != 0 or packed != size:
        raise BundleError("a member of the archive is compressed; a record's members never are")
    if size == MAX_BYTES:
        raise BundleError("a member of the archive claims more than 4 GiB")
    if extra:
        raise BundleError("a member of the archive has extra fields; a record's members have none")


def _check_crc(file: BinaryIO, size: int, crc: int, number: int) -> None:
    left, found = size, 0
    while left:
        block = file.read(min(_BLOCK, left))
        if not block:
            raise BundleError("the archive is cut off")
        found, left = zlib.crc32(block, found), left - len(block)
    if found != crc:
        raise BundleError(
            f"member {number} of the archive was damaged on the way: its checksum is wrong; ask for the file again"
        )


def _check_directory(found: bytes, entries: list[tuple[str, int, int, int]], start: int) -> None:
    expected = _directory(entries, start)
    if found == expected:
        return
    if found.startswith(expected):
        raise BundleError("something follows the end of the archive")
    if expected.startswith(found):
        raise BundleError("the archive is cut off")
    central = len(expected) - _END.size
    if found[:central] == expected[:central]:
        raise BundleError("the end of the archive has a comment or sizes that a record does not have")
    raise BundleError("the archive's directory says otherwise than its members: two programs would read two different records")


def _open(source: bytes | Path) -> BinaryIO:
    return source.open("rb") if isinstance(source, Path) else io.BytesIO(source)
