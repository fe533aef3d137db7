"""Files that are not a record in its one form."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, replace

from conformance.case import BAD, Case, case, unreadable
from conformance.world import agreed, file_bytes, lodged
from homeward.record import Record


@dataclass(frozen=True)
class Member:
    """One member of a zip archive with every field of its headers at the writer's will."""

    name: bytes
    data: bytes
    flags: int = 0
    method: int = 0
    date: int = 0x0021
    version: int = 20
    extra: bytes = b""
    size: int | None = None
    in_directory: bytes | None = None
    attributes: int = 0


def zipped(members: list[Member], *, comment: bytes = b"", between: bytes = b"") -> bytes:
    body = directory = b""
    for member in members:
        size = len(member.data) if member.size is None else member.size
        common = struct.pack(
            "<HHHHLLLHH",
            member.flags, member.method, 0, member.date,
            zlib.crc32(member.data), len(member.data), size, len(member.name), len(member.extra),
        )  # fmt: skip
        place = len(body)
        body += b"PK\3\4" + struct.pack("<H", member.version) + common + member.name + member.extra + member.data + between
        directory += b"PK\1\2" + struct.pack("<HH", 20, member.version) + common
        directory += (
            struct.pack("<HHHLL", 0, 0, 0, member.attributes, place) + (member.in_directory or member.name) + member.extra
        )
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, len(members), len(members), len(directory), len(body), len(comment))
    return body + directory + end + comment


def _members(record: Record) -> list[Member]:
    """The members of a good record."""
    data = file_bytes(record)
    found, place = [], 0
    while data[place : place + 4] == b"PK\3\4":
        size, length = struct.unpack_from("<LH", data, place + 22)
        start = place + 30 + length
        found.append(Member(data[place + 30 : start], data[start : start + size]))
        place = start + size
    assert zipped(found) == data, "this module writes the archive as the program does"
    return found


def _good() -> list[Member]:
    return _members(agreed().record())


def _good_with_lists() -> list[Member]:
    """Members 5 and 6 are lists, 7 and 8 sealed files."""
    return _members(lodged().record())


def _with(at: int, **changes: object) -> bytes:
    members = _good() if at < 5 else _good_with_lists()
    return zipped([*members[:at], replace(members[at], **changes), *members[at + 1 :]])  # type: ignore[arg-type] # a test's fields


@case(BAD)
def archive_empty() -> Case:
    return unreadable(b"", "a file of no bytes")


@case(BAD)
def archive_not_a_zip() -> Case:
    return unreadable(b"%PDF-1.7\n", "another kind of file")


@case(BAD)
def archive_cut_off() -> Case:
    return unreadable(file_bytes(agreed().record())[:-100], "the last hundred bytes are missing")


@case(BAD)
def archive_more_behind() -> Case:
    return unreadable(file_bytes(agreed().record()) + b"\n", "one byte follows the end")


@case(BAD)
def archive_more_before() -> Case:
    return unreadable(b"#!" + file_bytes(agreed().record()), "two bytes stand before the first member")


@case(BAD)
def archive_more_between() -> Case:
    return unreadable(zipped(_good(), between=b"x"), "a byte stands behind each member")


@case(BAD)
def archive_comment() -> Case:
    return unreadable(zipped(_good(), comment=b"hello"), "the archive has a comment")


@case(BAD)
def archive_checksum() -> Case:
    data = bytearray(file_bytes(agreed().record()))
    data[200] ^= 1
    return unreadable(bytes(data), "a bit of README.txt is turned, and the checksum is not")


@case(BAD)
def archive_readme_changed() -> Case:
    members = _good()
    text = members[0].data.replace(b"No network is needed.", b"Send us the private key.")
    return unreadable(zipped([replace(members[0], data=text), *members[1:]]), "README.txt gives other advice")


@case(BAD)
def archive_compressed() -> Case:
    member = _good()[1]
    length = len(member.data)
    stored_block = b"\x01" + struct.pack("<HH", length, length ^ 0xFFFF) + member.data
    return unreadable(_with(1, data=stored_block, method=8, size=length), "a member says that it is compressed")


@case(BAD)
def archive_encrypted_flag() -> Case:
    return unreadable(_with(2, flags=1), "a member says that it is encrypted")


@case(BAD)
def archive_size_behind_data() -> Case:
    return unreadable(_with(2, flags=8), "a member says that its size follows its data")


@case(BAD)
def archive_date() -> Case:
    return unreadable(_with(2, date=0x5CE1), "a member has a date")


@case(BAD)
def archive_version() -> Case:
    return unreadable(_with(2, version=10), "a member needs another version of zip")


@case(BAD)
def archive_extra_field() -> Case:
    return unreadable(_with(2, extra=b"\x55\x54\x00\x00"), "a member has an extra field")


@case(BAD)
def archive_rights() -> Case:
    return unreadable(_with(2, attributes=0o755 << 16), "the directory gives a member rights")


@case(BAD)
def archive_two_names() -> Case:
    return unreadable(_with(6, in_directory=b"lists/home-C"), "the directory names a member otherwise than the member itself")


@case(BAD)
def archive_member_missing() -> Case:
    members = _good()
    return unreadable(zipped([*members[:4], *members[5:]]), "there is no member leaves")


@case(BAD)
def archive_member_order() -> Case:
    members = _good()
    return unreadable(zipped([*members[:2], members[3], members[2], *members[4:]]), "heads stand before acts")


@case(BAD)
def archive_names_unsorted() -> Case:
    members = _good_with_lists()
    return unreadable(zipped([*members[:5], members[6], members[5], *members[7:]]), "lists/home-B stands before lists/home-A")


@case(BAD)
def archive_name_twice() -> Case:
    return unreadable(_with(6, name=b"lists/HOME-a"), "two members differ only in capitals")


@case(BAD)
def archive_name_path() -> Case:
    return unreadable(_with(6, name=b"lists/../../x"), "a name leads out of the folder")


@case(BAD)
def archive_name_device() -> Case:
    return unreadable(_with(6, name=b"lists/NUL"), "a name is a device on Windows")


@case(BAD)
def archive_name_too_long() -> Case:
    return unreadable(_with(6, name=b"lists/" + b"x" * 61), "a name has 61 letters")


@case(BAD)
def archive_unknown_member() -> Case:
    return unreadable(zipped([*_good(), Member(b"notes", b"hello\n")]), "there is a member that the format does not know")


@case(BAD)
def acts_last_line_cut() -> Case:
    members = _good()
    return unreadable(_with(2, data=members[2].data[:-1]), "the last act has no newline")
