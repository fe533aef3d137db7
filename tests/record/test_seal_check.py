"""The check of the seal: quick, and sure of what it says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

import homeward.record.pool as pool_module
from homeward.record import Record, parse_line, save_record, sign_act, verify, withhold
from homeward.record.bundle import read_record
from homeward.record.seal_check import check_seal, check_seal_of_file
from tests.record.tampering import KINDS, Sample
from tests.record.test_tampering import make_sample
from tests.record.world import make_key


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return make_sample(tmp_path_factory.mktemp("seal"))


@pytest.fixture(params=["in memory", "from a file"])
def given(request: pytest.FixtureRequest, tmp_path: Path):
    """Lines in memory are read one by one, those of a file by the block."""

    def give(record: Record) -> Record:
        if request.param == "in memory":
            return record
        save_record(record, tmp_path / "one.record")
        return read_record(tmp_path / "one.record")

    return give


def test_a_good_record_has_a_good_seal_and_says_what_was_not_checked(sample: Sample, given) -> None:
    record = sample.with_lines(list(sample.lines))
    whole, seal = verify(record), check_seal(given(record))
    assert (seal.kind, seal.checked, whole.checked) == ("unchanged", "seal", "all")
    same = ("acts", "heads", "full_heads", "last_full", "cosigned", "reach", "card", "origin", "withheld", "sealed", "lists")
    assert {name: getattr(seal, name) for name in same} == {name: getattr(whole, name) for name in same}
    assert 0 < seal.signatures < whole.signatures


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_falsified_line_breaks_the_seal_and_is_named(kind, sample: Sample, given) -> None:
    for seed in range(4):
        lines, place = kind(sample, Random(f"seal {kind.__name__} {seed}"))
        if place == len(sample.lines):
            # An act behind the last head is under no seal; the full verification judges it.
            continue
        verdict = check_seal(given(sample.with_lines(lines)))
        assert (verdict.kind, verdict.index) == ("changed", place)


def test_withheld_lines_are_counted_and_keep_the_seal(sample: Sample, given) -> None:
    record = withhold(sample.with_lines(list(sample.lines)), {7, 9})
    verdict = check_seal(given(record))
    assert (verdict.kind, verdict.withheld) == ("incomplete", 2)


def test_a_head_with_a_false_signature_is_found_with_helpers_and_without(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = sample.with_lines(list(sample.lines))
    at = record.heads.rindex(b"\xe2\x80\x94 SIDE-B/witness ") + 40
    swapped = b"A" if record.heads[at : at + 1] != b"A" else b"B"
    false = replace(record, heads=record.heads[:at] + swapped + record.heads[at + 1 :])
    for worth in (1, 1 << 30):
        monkeypatch.setattr(pool_module, "_WORTH_ONE_COPY", worth)
        assert check_seal(record).kind == "unchanged"
        verdict = check_seal(false)
        assert (verdict.kind, verdict.findings[0].place) == ("changed", "heads")
        assert verdict.findings == verify(false).findings


def test_a_signature_of_another_length_cannot_borrow_from_the_message(sample: Sample) -> None:
    record = sample.with_lines(list(sample.lines))
    start = record.heads.rindex(b"\xe2\x80\x94 SIDE-B/witness ")
    end = record.heads.index(b"\n", start)
    cut = replace(record, heads=record.heads[:end].removesuffix(b"==")[:-4] + record.heads[end:])
    assert check_seal(cut).kind == verify(cut).kind != "unchanged"


def test_a_key_act_with_a_false_signature_breaks_the_seal(sample: Sample) -> None:
    lines = list(sample.lines)
    at = next(number for number, line in enumerate(lines) if b'"act":"key-added"' in line)
    act = parse_line(lines[at])
    other = sign_act({**act.fields, "at": "2020-01-01T00:00:00Z"}, make_key(act.by)).partition(b"\t")[2]
    lines[at] = act.text + b"\t" + other
    record = replace(sample.with_lines(lines), heads=b"", leaves=b"")
    verdict = check_seal(record)
    assert (verdict.kind, verdict.findings[0].code, verdict.index) == ("changed", "signature", at)


def test_what_is_no_record_is_unreadable(sample: Sample) -> None:
    record = sample.with_lines(list(sample.lines))
    assert check_seal_of_file(b"").kind == "unreadable"
    assert check_seal(replace(record, terms=b"x")).kind == "unreadable"
    assert check_seal(replace(record, heads=b"x")).kind == "unreadable"
