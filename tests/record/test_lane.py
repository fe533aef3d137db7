"""The short way through the lines and the long one give the same verdict on every record."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

import homeward.record.lane as lane_module
from homeward.record import (
    Act,
    Record,
    Signer,
    Verdict,
    canonical,
    envelope,
    leaf_hash,
    parse_line,
    prove_possession,
    sign_act,
    verify,
    withhold,
)
from homeward.record.charter import read
from homeward.record.note import encode_base64url
from tests.record.tampering import KINDS, Sample
from tests.record.test_tampering import make_sample
from tests.record.world import make_key, moment, terms


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return make_sample(tmp_path_factory.mktemp("lane"))


def both(record: Record, monkeypatch: pytest.MonkeyPatch) -> Verdict:
    """The verdict, which must be the same by either way, down to the acts that were told of."""
    told: list[list[tuple[int, Act]]] = [[], []]
    short = verify(record, workers=1, on_act=lambda index, act: told[0].append((index, act)))
    with monkeypatch.context() as patch:
        patch.setattr(lane_module, "HERE", False)
        long = verify(record, workers=1, on_act=lambda index, act: told[1].append((index, act)))
    assert short == long
    assert told[0] == told[1]
    return short


def test_of_a_good_record(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    record = sample.with_lines(list(sample.lines))
    assert both(record, monkeypatch).kind == "unchanged"
    assert both(withhold(record), monkeypatch).kind == "incomplete"
    assert both(withhold(record, {7, 9}), monkeypatch).kind == "incomplete"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_of_every_kind_of_falsified_record(kind, sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(12):
        lines, _ = kind(sample, Random(f"lane {kind.__name__} {seed}"))
        record = sample.with_lines(lines)
        both(record, monkeypatch)
        both(replace(record, leaves=b"".join(map(leaf_hash, lines))), monkeypatch)


OFFICER = make_key("SIDE-A/root")
CHARTER = read(terms())
BASE = envelope("noted", at=moment(0), by=OFFICER.name, exchange=CHARTER.exchange)


def signed(text: bytes) -> bytes:
    return text + b"\t" + OFFICER.sign_line(text + b"\n").encode()


LINES = {
    "true for the number one": canonical({**BASE, "n": 1}).replace(b'"n":1', b'"n":true'),
    "a fraction for the number one": canonical({**BASE, "n": 1}).replace(b'"n":1', b'"n":1.0'),
    "false for the size zero": canonical(BASE).replace(b'"seen":[0,', b'"seen":[false,'),
    "a third entry in seen": canonical(BASE).replace(b'"]', b'",1]'),
    "nothing seen": canonical({**BASE, "seen": []}),
    "a table for the author": canonical({**BASE, "by": {"a": 1}}),
    "a list for the kind": canonical({**BASE, "act": ["noted"]}),
    "an act of no kind": canonical({**BASE, "act": "Noted"}),
    "a key that no field may have": canonical(BASE).replace(b'{"act"', b'{"Act":1,"act"'),
    "the thirtieth of February": canonical({**BASE, "at": "2026-02-30T10:00:00Z"}),
    "a second too many": canonical({**BASE, "at": "2026-02-28T10:00:60Z"}),
    "no time": canonical({**BASE, "at": ""}),
    "a number beyond 2^53": canonical(BASE).replace(b'"n":1', b'"more":9007199254740993,"n":1'),
    "a null": canonical(BASE).replace(b'"n":1', b'"more":null,"n":1'),
    "a list in a list": canonical({**BASE, "more": [["x"]]}),
    "the delete character": canonical({**BASE, "more": "x"}).replace(b'"x"', b'"\x7f"'),
    "an escape": canonical({**BASE, "more": "x"}).replace(b'"x"', b'"\\u0078"'),
    "another exchange": canonical({**BASE, "in": "B" * 21 + "A"}),
    "the second act": canonical({**BASE, "n": 2}),
    "something before": canonical({**BASE, "prev": "A" * 43}),
    "another root seen": canonical({**BASE, "seen": [0, "A" * 43]}),
    "more seen than there is": canonical({**BASE, "seen": [1, "A" * 43]}),
    "nobody's key": canonical({**BASE, "by": "SIDE-C/root"}),
    "a key of the log": canonical({**BASE, "by": "NEUTRAL/log"}),
    "no other field": canonical(BASE),
    "letters beyond ASCII": canonical({**BASE, "more": "Хутір"}),
}


@pytest.mark.parametrize("name", LINES)
def test_of_a_first_line_with(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for line in (signed(LINES[name]), signed(LINES[name])[:-2] + b"==", signed(LINES[name]) + b" ", LINES[name]):
        both(Record(terms(), [line, line], b"", b""), monkeypatch)


def test_of_an_author_who_goes_on_repeats_itself_or_signs_after_its_key_was_retired(monkeypatch: pytest.MonkeyPatch) -> None:
    def following(line: bytes, by: Signer, kind: str = "noted", **fields: object) -> bytes:
        own = {"n": parse_line(line).n + 1, "prev": encode_base64url(leaf_hash(line))}
        return sign_act({**BASE, "act": kind, "by": by.name, **own, **fields}, by)

    def of(lines: list[bytes]) -> Record:
        return Record(terms(), lines, b"", b"".join(map(leaf_hash, lines)))

    first = sign_act(BASE, OFFICER)
    second = following(first, OFFICER)
    assert both(of([first, second]), monkeypatch).kind == "incomplete"
    assert both(of([first, first]), monkeypatch).findings[0].code == "again"
    assert both(of([first, second, second]), monkeypatch).findings[0].code == "again"
    new = make_key("SIDE-A/officer-9")
    proof = prove_possession(CHARTER.origin, new)
    added = following(second, OFFICER, "key-added", key=new.verifier.text, roles=["officer"], proof=proof)
    by_new = sign_act({**BASE, "by": new.name}, new)
    retired = following(added, OFFICER, "key-retired", key=new.name)
    lines = [first, second, added, by_new, retired, following(by_new, new)]
    assert both(of(lines[:5]), monkeypatch).kind == "incomplete"
    verdict = both(of(lines), monkeypatch)
    assert (verdict.findings[0].code, verdict.index) == ("key", 5)


def test_of_a_record_whose_heads_do_not_rise(sample: Sample, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    record = sample.with_lines(list(sample.lines))
    notes = [note for note in record.heads.split(b"homeward/") if note]
    turned = b"".join(b"homeward/" + note for note in reversed(notes))
    assert both(replace(record, heads=turned), monkeypatch).kind == "changed"
