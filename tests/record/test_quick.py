"""The quick way to read a line and the long one say the same of every line; helpers lose no false signature."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from homeward.record import Record, Signer, Verifier, canonical, envelope, parse_line, sign_act
from homeward.record.act import Act, LineError
from homeward.record.note import encode_base64url
from homeward.record.pool import WORTH_A_PROCESS, Pool
from homeward.record.quick import read_line, read_plain
from tests.record.tampering import KINDS
from tests.record.test_tampering import make_sample
from tests.record.world import make_key, moment

OFFICER = make_key("SIDE-A/officer-1")
BASE = envelope("noted", at=moment(0), by=OFFICER.name, exchange="A" * 22)
LINE = sign_act({**BASE, "person": "p-0417", "stage": 2}, OFFICER)

VALUES = st.recursive(
    st.text(max_size=8) | st.integers() | st.booleans() | st.none() | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


def outcome(read: object, line: bytes) -> Act | str:
    try:
        return read(line)  # type: ignore[operator, no-any-return] # one of the two readers
    except LineError as error:
        return str(error)


def same(line: bytes) -> None:
    long = outcome(parse_line, line)
    assert outcome(read_line, line) == long
    assert read_plain(line) in {None, long} if isinstance(long, str) else read_plain(line) in (None, long)


def signed(text: bytes, *keys: Signer) -> bytes:
    return b"\t".join([text, *(key.sign_line(text + b"\n").encode() for key in keys or (OFFICER,))])


@given(st.binary(max_size=6), st.integers(0, len(LINE)), st.integers(0, 6))
def test_both_say_the_same_of_a_line_with_a_piece_replaced(piece: bytes, at: int, cut: int) -> None:
    same(LINE[:at] + piece + LINE[at + cut :])


@given(
    st.dictionaries(st.sampled_from([*BASE, "stage", "Big", "more"]), VALUES, max_size=4),
    st.sampled_from(["sorted", "as given"]),
)
@example({"n": True}, "sorted")
@example({"n": 2**53}, "sorted")
@example({"seen": [2**53, encode_base64url(bytes(32))]}, "sorted")
@example({"seen": [0, encode_base64url(bytes(32)), 0]}, "sorted")
@example({"seen": [True, encode_base64url(bytes(32))]}, "sorted")
@example({"seen": {"a": 1, "b": 2}}, "sorted")
@example({"n": 2, "prev": "-"}, "sorted")
@example({"at": "2026-02-30T10:00:00Z"}, "sorted")
@example({"at": "2026-W30-5T09:31:07Z"}, "sorted")
@example({"more": 18446744073709551616}, "sorted")
@example({"more": [[1]]}, "sorted")
def test_both_say_the_same_of_any_fields(fields: dict[str, object], order: str) -> None:
    import json

    try:
        text = json.dumps({**BASE, **fields}, sort_keys=order == "sorted", separators=(",", ":"), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return
    same(signed(text))


@pytest.mark.parametrize("missing", sorted(BASE))
def test_both_say_the_same_of_a_line_without_one_of_the_fields(missing: str) -> None:
    same(signed(canonical({key: value for key, value in BASE.items() if key != missing})))


@pytest.mark.parametrize(
    "text",
    [
        canonical({**BASE, "stage": 2}).replace(b'"stage":2', b'"stage":2.0'),
        canonical({**BASE, "stage": 2}).replace(b'"stage":2', b'"stage":2e0'),
        canonical({**BASE, "stage": 2}).replace(b'"stage":2', b'"stage":-0'),
        canonical({**BASE, "stage": 2}).replace(b'"stage":2', b'"stage":1,"stage":2'),
        canonical({**BASE, "stage": 2}).replace(b'"stage":2', b'"stage":NaN'),
        canonical({**BASE, "stage": 2}).replace(b'"stage":2', b'"stage":null'),
        canonical({**BASE, "stage": 2}).replace(b'"stage":2', b'"st\\u0061ge":2'),
        canonical({**BASE, "place": "x"}).replace(b'"x"', '"e\u0301"'.encode()),
        canonical({**BASE, "place": "x"}).replace(b'"x"', '"\u202e"'.encode()),
        canonical({**BASE, "place": "x"}).replace(b'"x"', b'"\x7f"'),
        canonical({**BASE, "place": "x"}).replace(b'"x"', b'"\x01"'),
        canonical({**BASE, "place": "x"}).replace(b'"x"', b"[" * 9 + b"]" * 9),
        canonical([BASE]),
        b"",
    ],
)
def test_what_may_not_be_is_refused_by_both_for_the_same_reason(text: bytes) -> None:
    assert isinstance(outcome(parse_line, signed(text)), str)
    same(signed(text))


def test_a_line_of_two_signatures_and_a_line_of_other_letters_take_the_long_way() -> None:
    two = sign_act(BASE, OFFICER, make_key("SIDE-A/root"))
    other = sign_act({**BASE, "place": "Хутір"}, OFFICER)
    for line in (two, other):
        assert read_plain(line) is None
        same(line)
    assert read_plain(LINE) == parse_line(LINE)


def test_both_say_the_same_of_every_kind_of_falsified_line(tmp_path: Path) -> None:
    from random import Random

    sample = make_sample(tmp_path)
    for kind in KINDS:
        for seed in range(10):
            for line in kind(sample, Random(f"{kind.__name__} {seed}"))[0]:
                same(line)


def jobs(false: Iterable[int], count: int = 1500) -> list[tuple[int, Verifier, bytes, bytes]]:
    body = OFFICER.sign(b"x")
    wrong = set(false)
    return [(number, OFFICER.verifier, b"y" if number in wrong else b"x", body) for number in range(count)]


@pytest.mark.parametrize("expected", [0, WORTH_A_PROCESS], ids=["threads", "processes"])
@pytest.mark.parametrize(("false", "lowest"), [((), None), ((1499,), 1499), ((0, 700), 0), ((900, 700, 256), 256)])
def test_the_lowest_false_signature_is_reported(expected: int, false: tuple[int, ...], lowest: int | None) -> None:
    pool = Pool(2, expected)
    try:
        for job in jobs(false):
            pool.add(*job)
        assert pool.finish() == lowest
    finally:
        pool.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot copy a process")
def test_a_helper_that_is_killed_is_an_error_and_never_a_good_result() -> None:
    from homeward.record.helpers import Helper

    helper = Helper(lambda _: os.kill(os.getpid(), signal.SIGKILL))  # type: ignore[func-returns-value] # it does not return
    helper.send([1])
    with pytest.raises(RuntimeError, match="ended from outside"):
        helper.finish()
    helper.close()


def test_a_long_record_with_one_false_signature_is_changed_there_with_helpers_too(tmp_path: Path) -> None:
    from homeward.record import leaf_hash, verify
    from tests.record.world import grown_world

    world = grown_world(tmp_path, rounds=1)
    good = world.record()
    # The leaf file claims to be long, so that processes are worth their while.
    long = Record(good.terms, good.acts, good.heads, good.leaves * (WORTH_A_PROCESS // 3))
    lines = list(good.acts)
    text, _, signature = lines[3].partition(b"\t")
    other = sign_act({**parse_line(lines[3]).fields, "at": moment(99)}, make_key(parse_line(lines[3]).by)).partition(b"\t")[2]
    assert other != signature
    lines[3] = text + b"\t" + other
    leaves = b"".join(map(leaf_hash, lines)) * (WORTH_A_PROCESS // 3)
    verdict = verify(Record(good.terms, lines, good.heads, leaves))
    assert verdict.kind == "changed"
    assert 3 in {finding.index for finding in verdict.findings}
    assert verify(long).kind == "changed"
