"""The verifier that is one file: plain signatures against official vectors, the same verdict, the same bytes, no trace."""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import nacl.bindings
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.exchange.verdict import judge_file
from homeward.record import read_record
from homeward.record.note import verify_ed25519
from homeward.record.plain import ed25519, mldsa44
from tests.cli.record_world import agreed, done, played_record, record, rewritten
from tests.record.vectors import load, needs_vectors

ROOT = Path(__file__).parents[2]
CONFORMANCE = ROOT / "conformance"


# -- signatures in plain Python


@needs_vectors
def test_plain_ed25519_decides_the_914_edge_cases_as_libsodium_does():
    vectors = load("cctv/ed25519/ed25519vectors.json")
    accepted = 0
    for vector in vectors:
        public, message, signature = bytes.fromhex(vector["key"]), vector["msg"].encode(), bytes.fromhex(vector["sig"])
        flags = set(vector["flags"] or ())
        expected = not flags & {"low_order_A", "low_order_R", "low_order_residue", "reencoded_k"}
        assert ed25519.verify(public, message, signature) == expected == verify_ed25519(public, message, signature)
        assert ed25519.is_valid_point(public) == nacl.bindings.crypto_core_ed25519_is_valid_point(public), vector["number"]
        accepted += expected
    assert (len(vectors), accepted) == (914, 43)


@needs_vectors
def test_plain_ed25519_answers_wycheproof_as_expected():
    groups = load("wycheproof/testvectors_v1/ed25519_test.json")["testGroups"]
    answers = [
        (ed25519.verify(bytes.fromhex(group["publicKey"]["pk"]), bytes.fromhex(test["msg"]), bytes.fromhex(test["sig"])), test)
        for group in groups
        for test in group["tests"]
    ]
    assert [test["tcId"] for answer, test in answers if answer != (test["result"] == "valid")] == []
    assert len(answers) == 151


@needs_vectors
def test_plain_ml_dsa_44_answers_wycheproof_as_expected():
    groups = load("wycheproof/testvectors_v1/mldsa_44_verify_test.json")["testGroups"]
    tests = [(bytes.fromhex(group["publicKey"]), test) for group in groups for test in group["tests"] if "ctx" not in test]
    wrong = [
        test["tcId"]
        for public, test in tests
        if mldsa44.verify(public, bytes.fromhex(test["msg"]), bytes.fromhex(test["sig"])) != (test["result"] == "valid")
    ]
    assert wrong == []
    assert len(tests) == 172, "the 8 others have a context, which heads never have"


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80), st.integers(0, 511), st.integers(0, 639))
@settings(max_examples=60, deadline=None)
def test_plain_ed25519_accepts_what_libsodium_signs_and_no_flipped_bit(seed: bytes, message: bytes, bit: int, other: int):
    public, secret = nacl.bindings.crypto_sign_seed_keypair(seed)
    signature = nacl.bindings.crypto_sign(message, secret)[:64]
    assert ed25519.verify(public, message, signature)
    flipped = bytearray(signature)
    flipped[bit // 8] ^= 1 << bit % 8
    assert not ed25519.verify(public, message, bytes(flipped))
    assert not ed25519.verify(public, message + bytes([other % 256]), signature)


@given(st.binary(min_size=32, max_size=32))
@settings(max_examples=60, deadline=None)
def test_plain_python_and_libsodium_agree_on_which_points_are_sound(data: bytes):
    assert ed25519.is_valid_point(data) == nacl.bindings.crypto_core_ed25519_is_valid_point(data)


def test_wrong_lengths_are_false():
    assert not ed25519.verify(bytes(31), b"", bytes(64))
    assert not ed25519.verify(bytes(32), b"", bytes(63))
    assert not ed25519.is_valid_point(bytes(33))
    assert not mldsa44.verify(bytes(1312), b"", bytes(2419))
    assert not mldsa44.verify(bytes(1311), b"", bytes(2420))


# -- the file


def make(target: Path, hash_seed: str) -> Path:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    command = [sys.executable, str(ROOT / "tools" / "make-verifier"), "-o", str(target)]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return target


@cache
def verifier() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="homeward-verifier-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return make(folder / "homeward-verify.pyz", "1")


def alone(*args: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the file by a Python that sees nothing installed."""
    return subprocess.run(
        [sys.executable, "-I", "-S", verifier(), *args], cwd="/", capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_two_builds_are_the_same_bytes(tmp_path: Path):
    assert make(tmp_path / "again.pyz", "2").read_bytes() == verifier().read_bytes()


def test_the_file_holds_sources_alone_and_no_more_than_judging_needs():
    with zipfile.ZipFile(verifier()) as archive:
        names = archive.namelist()
    assert all(name.endswith(".py") or name == "LICENSE" for name in names)
    rooms = {name.split("/")[1] for name in names if name.startswith("homeward/") and name.count("/") > 1}
    assert rooms == {"exchange", "lists", "people", "record", "terms"}
    assert [name for name in names if name.startswith("homeward/lists/")] == [
        "homeward/lists/__init__.py", "homeward/lists/answer_codes.py",
    ]  # fmt: skip


def test_it_says_what_the_command_says_of_a_whole_record():
    for more in ([], ["--language", "uk"], ["--json"]):
        ran, expected = alone(played_record(), *more), record("verify", played_record(), *more)
        assert (ran.returncode, ran.stdout, ran.stderr) == (0, expected.out, "")


def _variants(folder: Path) -> list[Path]:
    """A dozen damaged, cut, unfinished or forged records."""
    whole = read_record(played_record())
    acts, heads = tuple(whole.acts), whole.heads
    number = next(number for number, line in enumerate(acts) if b'"act":"handed-over"' in line)
    signature = acts[number][:-8] + (b"AAAAAAA=" if not acts[number].endswith(b"AAAAAAA=") else b"BBBBBBB=")
    last = heads.rstrip(b"\n").rfind(b" ") + 200
    parts = {
        "edited": {"acts": (*acts[:number], acts[number].replace(b"p-0", b"p-1"), *acts[number + 1 :])},
        "dropped": {"acts": (*acts[:number], *acts[number + 1 :])},
        "doubled": {"acts": (*acts[:number], acts[number], *acts[number:])},
        "swapped": {"acts": (*acts[:number], acts[number + 1], acts[number], *acts[number + 2 :])},
        "signature": {"acts": (*acts[:number], signature, *acts[number + 1 :])},
        "no line": {"acts": (*acts[:number], b"x", *acts[number + 1 :])},
        "short": {"acts": acts[:number]},
        "closing": {"heads": heads[:last] + (b"A" if heads[last : last + 1] != b"A" else b"B") + heads[last + 1 :]},
        "no heads": {"heads": b""},
        "leaves": {"leaves": whole.leaves[:-1] + bytes([whole.leaves[-1] ^ 1])},
        "terms": {"terms": whole.terms.replace(b"12 for 12", b"13 for 12", 1)},
    }
    paths = [rewritten(played_record(), folder / f"{name}.record", **change) for name, change in parts.items()]
    done("export", agreed(folder) / "UA", "-o", folder / "unfinished.record")
    done("redact", played_record(), "-o", folder / "public.record", "--acts", str(number))
    (folder / "cut.record").write_bytes(played_record().read_bytes()[:-5])
    return [*paths, *(folder / f"{name}.record" for name in ("unfinished", "public", "cut"))]


#: Run by the Python that sees nothing installed: the answer about every file whose name comes in, one after the other.
_ASK = """
import json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from homeward.exchange.verdict import judge_file
for name in json.load(sys.stdin):
    print(json.dumps(judge_file(Path(name)).as_json(), sort_keys=True, default=str))
"""


def asked(paths: list[Path]) -> list[dict[str, object]]:
    """What the one file says about each record, all in one process."""
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _ASK, verifier()],
        input=json.dumps([str(path) for path in paths]), capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_it_says_what_the_command_says_of_every_damaged_record(tmp_path: Path):
    paths = _variants(tmp_path)
    for path, answer in zip(paths, asked(paths), strict=True):
        assert answer == record("verify", path, "--json").json, path.name
    ran = alone(paths[0])
    assert (ran.returncode, ran.stdout) == (1, record("verify", paths[0]).out)


@pytest.mark.skipif(not CONFORMANCE.is_dir(), reason="the conformance corpus is not here")
def test_it_says_what_the_conformance_corpus_expects():
    expected = json.loads((CONFORMANCE / "expected.json").read_text("utf-8"))
    paths = sorted(path for folder in ("good", "bad") for path in (CONFORMANCE / folder).glob("*.record"))
    assert len(paths) > 200
    for path, answer in zip(paths, asked(paths), strict=True):
        wanted = expected[path.relative_to(CONFORMANCE).as_posix()]
        assert answer["verdict"] == wanted["exchange"], path.name
        assert answer == json.loads(json.dumps(judge_file(path).as_json(), default=str)), path.name


def test_the_card_and_a_wrong_command_line(tmp_path: Path):
    card = record("verify", played_record(), "--json").json["record"]["card"]
    assert alone(played_record(), "--card", card).returncode == 0
    assert alone(played_record(), "--card", "0" * 40).returncode == 1
    assert alone(played_record(), "--card", "12").returncode == 64
    assert alone().returncode == 64
    for path in (tmp_path, tmp_path / "missing.record"):
        ran = alone(path)
        assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (3, "", 1)


def test_it_opens_no_socket_and_writes_no_file(tmp_path: Path):
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    trace = tmp_path / "trace"
    command = [
        "strace",
        "-f",
        "-qq",
        "-e",
        "trace=%network,%file",
        "-o",
        trace,
        sys.executable,
        "-I",
        "-S",
        verifier(),
        played_record(),
    ]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    if b"PTRACE" in ran.stderr or not trace.exists():
        pytest.skip("strace may not trace here")
    assert ran.returncode == 0
    text = trace.read_text("utf-8", "replace")
    assert played_record().name in text
    forbidden = (
        r"\b(socket|connect|bind|sendto)\(|O_WRONLY|O_RDWR|O_CREAT|\b(creat|mkdir|rename|renameat2?|unlink|unlinkat|truncate)\("
    )
    assert [line for line in text.splitlines() if re.search(forbidden, line)] == []
