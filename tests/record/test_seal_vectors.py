"""The age test kit (C2SP/CCTV, 143 files): each file holds one fault, or none, and says what must happen."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections import deque
from dataclasses import dataclass
from pathlib import Path

import pytest

from homeward.record.seal import Identity, Passphrase, SealError, dearmor, parse_identity, unseal
from homeward.record.seal.header import parse_header
from homeward.record.seal.stream import open_chunks

SHARED = Path(os.environ.get("HOMEWARD_SHARED", Path(__file__).parents[2].parent / "shared"))
FOLDER = SHARED / "vectors" / "cctv" / "age" / "testdata"
FILES = sorted(path.name for path in FOLDER.glob("*")) if FOLDER.is_dir() else []

#: Files for which our answer differs from the expected word: name -> (our word, why). There are none.
DIFFERENCES: dict[str, tuple[str, str]] = {}

needs_vectors = pytest.mark.skipif(not FILES, reason="the shared age test vectors are not on this machine")


@dataclass(frozen=True)
class Vector:
    expect: str
    payload: str | None
    file_key: bytes
    identities: tuple[Identity, ...]
    armored: bool
    file: bytes


def load(name: str) -> Vector:
    head, body = (FOLDER / name).read_bytes().split(b"\n\n", 1)
    pairs = [line.split(": ", 1) for line in head.decode("utf-8").split("\n")]
    values = dict(pairs)
    identities: list[Identity] = [parse_identity(value) for key, value in pairs if key == "identity"]
    identities += [Passphrase(value) for key, value in pairs if key == "passphrase"]
    return Vector(
        expect=values["expect"],
        payload=values.get("payload"),
        file_key=bytes.fromhex(values["file key"]),
        identities=tuple(identities),
        armored=values.get("armored") == "yes",
        file=zlib.decompress(body) if values.get("compressed") == "zlib" else body,
    )


def answer(vector: Vector) -> tuple[str, bytes]:
    try:
        return "success", unseal(dearmor(vector.file) if vector.armored else vector.file, vector.identities)
    except SealError as error:
        return error.reason, b""


@needs_vectors
def test_the_whole_test_kit_is_here() -> None:
    assert len(FILES) == 143


@pytest.mark.parametrize("name", FILES)
def test_each_file_of_the_age_test_kit_gets_its_expected_answer(name: str) -> None:
    vector = load(name)
    word, plaintext = answer(vector)
    assert word == DIFFERENCES.get(name, (vector.expect,))[0]
    if word == "success":
        assert hashlib.sha256(plaintext).hexdigest() == vector.payload


@pytest.mark.parametrize("name", FILES)
def test_what_is_released_before_a_damaged_chunk_is_what_the_test_kit_expects(name: str) -> None:
    vector = load(name)
    if vector.expect != "payload failure":
        return
    file = dearmor(vector.file) if vector.armored else vector.file
    header, at = parse_header(file)
    header.check(vector.file_key)
    released = bytearray()
    chunks = open_chunks(file[at:], vector.file_key)
    with pytest.raises(SealError) as caught:
        deque(map(released.extend, chunks), maxlen=0)
    assert caught.value.reason == "payload failure"
    assert vector.payload is None or hashlib.sha256(released).hexdigest() == vector.payload


@pytest.mark.parametrize("name", FILES)
def test_a_header_that_is_read_is_written_back_byte_for_byte(name: str) -> None:
    vector = load(name)
    if vector.expect not in ("success", "no match", "payload failure"):
        return
    file = dearmor(vector.file) if vector.armored else vector.file
    header, at = parse_header(file)
    rebuilt = b"age-encryption.org/v1\n" + "".join(stanza.text() for stanza in header.stanzas).encode() + b"---"
    assert rebuilt == header.signed
    assert file[: len(rebuilt)] == rebuilt
    assert file[at - 1 : at] == b"\n"
