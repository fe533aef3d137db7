"""What a file really is, by its first bytes and not by its name; and whether a zip container is safe to open.

>>> kind_of(b"%PDF-1.7"), kind_of(b"  <html><table>"), kind_of(b"Surname;Given names")
('pdf', 'html', 'text')
"""

from __future__ import annotations

import io
import zipfile
import zlib

from homeward.people.errors import PeopleFileError

#: A list of 100,000 people unpacks to about 100 MB; ten times that is no list.
UNPACKED_LIMIT = 1_000 * 1024 * 1024
#: Bytes of a file that are read at all.
FILE_LIMIT = 500 * 1024 * 1024
#: Bytes of a text table that is read as columns.
TEXT_LIMIT = 8 * 1024 * 1024 * 1024

_MAGIC = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image?"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"{\\rtf", "rtf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"MZ", "program?"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3", "program"),
)


def kind_of(data: bytes) -> str:
    """`zip`, `ole` or `text`, or the code of the problem in `errors.PROBLEMS`."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            # Two letters alone may begin a text; a zero byte in the first hundred settles it.
            if not kind.endswith("?"):
                return kind
            if b"\x00" in data[2:100]:
                return kind[:-1]
    head = data[:2000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith((b"\xff\xfe<\x00", b"\xfe\xff\x00<")):
        head = head.replace(b"\x00", b"")[2:]
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<body", b"<div", b"<style")):
        return "html"
    if head.startswith(b"<?xml"):
        return "html" if b"<html" in head else "xml"
    return "text"


def kind_of_ole(data: bytes) -> str:
    """`xls`, or the code of the problem, by the names in the directory of an OLE container."""

    def has(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if has("EncryptedPackage") or has("EncryptionInfo"):
        return "encrypted"
    if has("Workbook") or has("Book"):
        return "xls"
    if has("WordDocument"):
        return "word"
    if has("PowerPoint Document"):
        return "presentation"
    return "damaged"


def kind_of_zip(data: bytes, file: str) -> str:
    """`xlsx`, `xlsb` or `ods`. Raises `PeopleFileError` for other containers, damaged ones, locked ones and bombs.

    Every part is unpacked once, in small pieces, counting: the sizes a zip claims for itself may be lies.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            names = {info.filename for info in container.infolist()}
            kind = _container_kind(names, container)
            if kind not in {"xlsx", "xlsb", "ods"}:
                raise PeopleFileError(kind, file)
            if any(info.flag_bits & 1 for info in container.infolist()):
                raise PeopleFileError("encrypted", file)
            left = UNPACKED_LIMIT
            if sum(info.file_size for info in container.infolist()) > left:
                raise PeopleFileError("bomb", file, limit=UNPACKED_LIMIT // 2**20)
            for info in container.infolist():
                if "/media/" in info.filename or info.filename.startswith("Pictures/"):
                    continue
                with container.open(info) as part:
                    while piece := part.read(1 << 20):
                        left -= len(piece)
                        if left < 0:
                            raise PeopleFileError("bomb", file, limit=UNPACKED_LIMIT // 2**20)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
        OSError,
        KeyError,
    ) as error:
        raise PeopleFileError("damaged", file) from error
    return kind


def _container_kind(names: set[str], container: zipfile.ZipFile) -> str:
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("word/") for name in names):
        return "word"
    if any(name.startswith("ppt/") for name in names):
        return "presentation"
    if any(name.endswith("Document.iwa") for name in names):
        return "numbers"
    if "mimetype" in names:
        kind = container.read("mimetype")[:100]
        if b"opendocument.spreadsheet" in kind:
            manifest = container.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
            return "encrypted" if b"encryption-data" in manifest else "ods"
        return "presentation" if b"presentation" in kind else "word" if b"opendocument" in kind else "archive"
    # Some writers name the workbook otherwise; the types file then still tells.
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        return "xlsx"
    return "archive"
