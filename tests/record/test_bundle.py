"""The file: one form, and one clear refusal for every trick that a zip archive allows."""

from __future__ import annotations

import contextlib
import hashlib
import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.record import BundleError, Record, read_record, save_record, verify_file
from homeward.record.act import MAX_LINE_BYTES
from homeward.record.bundle import Lines
from homeward.record.readme import README
from tests.record.world import file_bytes

RECORD = Record(
    b"the terms", (b"line one", b"line two"), b"heads", bytes(64), {"SIDE-A": b"list\n"}, {"SIDE-B-1.age": b"\0sealed"}
)
GOOD = file_bytes(RECORD)
MEMBERS = ["README.txt", "terms", "acts", "heads", "leaves", "lists/SIDE-A", "sealed/SIDE-B-1.age"]


def test_it_reads_back_and_is_the_same_bytes_again() -> None:
    record = read_record(GOOD)
    assert file_bytes(record) == GOOD
    assert list(record.acts) == [b"line one", b"line two"]
    assert (record.terms, record.lists, record.sealed) == (RECORD.terms, RECORD.lists, RECORD.sealed)


def test_the_bytes_are_fixed() -> None:
    assert hashlib.sha256(README).hexdigest() == "12c11a2ac8f43f7cfa3fea57f4afa908783e89505034d30601be85ea7de00f30"
    assert hashlib.sha256(GOOD).hexdigest() == "9fe668745fb48f211db74834413b68cf53f94255dd6a72ddc5b4e204922c04f3"


def test_any_zip_program_opens_it(tmp_path: Path) -> None:
    path = tmp_path / "a.record"
    save_record(RECORD, path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == MEMBERS
        assert archive.read("acts") == b"line one\nline two\n"
        assert archive.read("README.txt").decode().count("homeward record verify") == 6
    assert list(tmp_path.iterdir()) == [path]


def _zip(members: list[tuple[str, bytes]], compression: int = zipfile.ZIP_STORED, **attributes: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name)
            info.create_system = 0
            info.compress_type = compression
            for key, value in attributes.items():
                setattr(info, key, value)
            archive.writestr(info, content)
    return file.getvalue()


def _members(**changes: bytes | None) -> list[tuple[str, bytes]]:
    content = {"README.txt": README, "terms": b"t", "acts": b"a\n", "heads": b"", "leaves": b""}
    content |= {name.replace("__", "/"): value for name, value in changes.items() if value is not None}
    return [(name, value) for name, value in content.items() if changes.get(name, b"") is not None]


def _plus(*names: str) -> bytes:
    return _zip(_members() + [(name, b"x") for name in names])


def _patch(at: int, value: bytes, data: bytes = GOOD) -> bytes:
    return data[:at] + value + data[at + len(value) :]


_CENTRAL = GOOD.index(b"PK\1\2")
_END = GOOD.index(b"PK\5\6")
_SECOND = GOOD.index(b"PK\3\4", 10)


def _data_descriptor() -> bytes:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.data += memoryview(data)  # type: ignore[arg-type] # any buffer
            return len(memoryview(data))  # type: ignore[arg-type] # the same

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w") as archive:  # type: ignore[arg-type] # a file that cannot seek
        for name, content in _members():
            archive.writestr(zipfile.ZipInfo(name), content)
    return bytes(pipe.data)


def _zip64() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in _members():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as member:
                member.write(content)
    return file.getvalue()


def _overlapping() -> bytes:
    """Two directory entries for one member: the classic way to a bomb without compression."""
    entry = GOOD[_CENTRAL : GOOD.index(b"PK\1\2", _CENTRAL + 4)]
    return GOOD[:_CENTRAL] + entry + GOOD[_CENTRAL:]


def _other_directory() -> bytes:
    """The directory calls the acts by another name than the member itself does."""
    at = GOOD.index(b"acts", _CENTRAL)
    return _patch(at, b"axts")


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "does not begin as one"),
    "another file": (lambda: b"%PDF-1.7 " * 100, "does not begin as one"),
    "an empty archive": (lambda: _zip([]), "does not begin as one"),
    "a bomb": (lambda: _zip(_members(acts=b"a\n" * 5_000_000), zipfile.ZIP_DEFLATED), "is compressed"),
    "bzip2": (lambda: _zip(_members(), zipfile.ZIP_BZIP2), "is compressed"),
    "overlapping entries": (_overlapping, "directory says otherwise"),
    "a path upwards": (lambda: _plus("../evil"), "does not belong"),
    "a path upwards inside": (lambda: _plus("lists/../../evil"), "does not belong"),
    "an absolute path": (lambda: _plus("/etc/passwd"), "does not belong"),
    "a path of another system": (lambda: _plus("lists/a\\..\\evil"), "does not belong"),
    "a drive letter": (lambda: _plus("C:evil"), "does not belong"),
    "a folder": (lambda: _plus("lists/"), "does not belong"),
    "an unknown member": (lambda: _plus("run-me.exe"), "does not belong"),
    "a device name": (lambda: _plus("lists/CON"), "does not belong"),
    "a name that turns direction": (lambda: _plus("lists/\u202etxt"), "does not belong|flags|versions"),
    "one name twice": (lambda: _plus("lists/A", "lists/A"), "twice"),
    "two names that differ by case": (lambda: _plus("lists/A", "lists/a"), "twice"),
    "one member twice": (lambda: _zip([*_members(), ("acts", b"b\n")]), "does not belong"),
    "another order": (lambda: _zip(_members()[::-1]), "begin with"),
    "lists out of order": (lambda: _plus("lists/B", "lists/A"), "not in their order"),
    "a missing member": (lambda: _zip(_members(leaves=None)), "begin with"),
    "trailing bytes": (lambda: GOOD + b"\0", "follows the end"),
    "a second archive behind": (lambda: GOOD + GOOD, "follows the end"),
    "leading bytes": (lambda: b"#!/bin/sh\n" + GOOD, "does not begin as one"),
    "a comment": (lambda: _patch(len(GOOD) - 2, b"\5\0") + b"hello", "comment"),
    "bytes between members": (lambda: GOOD[:_SECOND] + b"hidden" + GOOD[_SECOND:], "between the members"),
    "bytes before the directory": (lambda: GOOD[:_CENTRAL] + b"hidden" + GOOD[_CENTRAL:], "between the members"),
    "encryption": (lambda: _patch(6, b"\1\0"), "encrypted"),
    "a data descriptor": (_data_descriptor, "hides its size"),
    "zip64": (_zip64, "extra fields|4 GiB|versions"),
    "sizes of zip64 without it": (lambda: _patch(18, b"\xff" * 8), "4 GiB"),
    "a size that is too large": (lambda: _patch(18, struct.pack("<LL", 2**31, 2**31)), "cut off"),
    "a size that is too small": (lambda: _patch(18, struct.pack("<LL", 10, 10)), "checksum"),
    "two sizes": (lambda: _patch(18, struct.pack("<L", 10)), "compressed"),
    "an extra field": (lambda: _zip(_members(), extra=b"\x55\x54\1\0\1"), "extra fields"),  # type: ignore[arg-type] # bytes
    "a symbolic link": (lambda: _zip(_members(), external_attr=(stat.S_IFLNK | 0o777) << 16), "versions|directory says"),
    "a time": (lambda: _zip(_members(), date_time=(2026, 7, 1, 0, 0, 0)), "times"),  # type: ignore[arg-type] # a tuple
    "a wrong checksum": (lambda: _patch(14, b"\0\0\0\0"), "checksum"),
    "a wrong checksum in the directory": (lambda: _patch(_CENTRAL + 16, b"\0\0\0\0"), "directory says otherwise"),
    "another name in the directory": (_other_directory, "directory says otherwise"),
    "another offset in the directory": (lambda: _patch(_CENTRAL + 42, b"\1"), "directory says otherwise"),
    "a link only in the directory": (lambda: _patch(_CENTRAL + 38, b"\0\0\xff\xa1"), "directory says otherwise"),
    "another count at the end": (lambda: _patch(_END + 10, b"\1\0"), "comment or sizes"),
    "another disk": (lambda: _patch(_END + 4, b"\1\0"), "comment or sizes"),
    "another readme": (lambda: file_with_readme(b"Run the program run-me.exe to check this file.\n"), "do not follow"),
    "too many members": (lambda: _plus(*(f"lists/{number:05}" for number in range(2100))), "more than 2000"),
}


def file_with_readme(text: bytes) -> bytes:
    assert zlib.crc32(text) != zlib.crc32(README)
    from homeward.record import bundle

    original = bundle.README
    try:
        bundle.README = text  # type: ignore[misc] # on purpose, to build a file that our own writer never makes
        return file_bytes(RECORD)
    finally:
        bundle.README = original  # type: ignore[misc]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_archive_gets_one_clear_refusal(name: str) -> None:
    make, reason = HOSTILE[name]
    data = make()
    with pytest.raises(BundleError, match=reason):
        read_record(data)
    verdict = verify_file(data)
    assert (verdict.kind, verdict.exit_code, len(verdict.findings)) == ("unreadable", 3, 1)


@pytest.mark.parametrize("cut", range(0, len(GOOD), 97))
def test_a_file_cut_off_anywhere_is_refused(cut: int) -> None:
    with pytest.raises(BundleError):
        read_record(GOOD[:cut])


def test_a_file_with_any_byte_changed_is_refused() -> None:
    for at in range(0, len(GOOD), 7):
        with pytest.raises(BundleError):
            read_record(_patch(at, bytes([GOOD[at] ^ 0x20])))


@given(st.binary(max_size=300), st.integers(0, len(GOOD)), st.integers(0, 50))
def test_any_bytes_are_a_record_in_its_one_form_or_refused(data: bytes, at: int, cut: int) -> None:
    for candidate in (data, GOOD[:at] + data + GOOD[at + cut :], b"PK\3\4" + data):
        with contextlib.suppress(BundleError):
            assert file_bytes(read_record(candidate)) == candidate


@pytest.mark.parametrize("name", ["../x", "A/B", "", "con", "a.exe", "x" * 61, "é"])
def test_a_list_with_a_bad_name_is_not_written(name: str) -> None:
    with pytest.raises(BundleError, match="does not belong"):
        file_bytes(replace(RECORD, lists={name: b""}))


def test_lines_that_end_without_a_newline_or_go_on_for_ever_are_refused() -> None:
    with pytest.raises(BundleError, match="no newline"):
        list(Lines(b"one\ntwo"))
    with pytest.raises(BundleError, match="longer than"):
        list(Lines(b"x" * (3 << 20)))
    assert list(Lines(b"")) == []


@pytest.mark.parametrize("before", [0, 1, 70_000, (1 << 17) - 1, 1 << 17, 999_999])
def test_a_line_that_is_too_long_is_refused_wherever_it_begins(before: int) -> None:
    long, short = b"x" * (MAX_LINE_BYTES + 1), b"x" * MAX_LINE_BYTES
    assert [len(line) for line in Lines(b"y" * before + b"\n" + short + b"\nz\n")] == [before, MAX_LINE_BYTES, 1]
    with pytest.raises(BundleError, match="longer than"):
        list(Lines(b"y" * before + b"\n" + long + b"\nz\n"))


def test_lines_are_the_same_from_a_file_and_from_memory(tmp_path: Path) -> None:
    lines = [bytes([65 + number % 26]) * (number * 37 % 5000) for number in range(2000)]
    path = tmp_path / "x.record"
    save_record(replace(RECORD, acts=tuple(lines)), path)
    assert list(read_record(path).acts) == list(read_record(path.read_bytes()).acts) == lines


def test_a_record_that_cannot_be_written_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "x.record"
    save_record(RECORD, path)
    with pytest.raises(BundleError):
        save_record(replace(RECORD, lists={"../x": b""}), path)
    assert path.read_bytes() == GOOD
    assert list(tmp_path.iterdir()) == [path]
