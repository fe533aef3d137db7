"""Every kind of falsification is found, and found at its line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from homeward.record import leaf_hash, verify
from tests.record.tampering import KINDS, Kind, Sample, put_in_an_act_with_the_real_key
from tests.record.world import World, grown_world, terms

SEEDS = 50


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return make_sample(tmp_path_factory.mktemp("tampering"))


def make_sample(folder: Path) -> Sample:
    record = grown_world(folder / "one").record()
    other = World(folder / "other", terms("Another example"))
    for code in ("SIDE-A", "SIDE-B"):
        other.write(f"{code}/root", "terms-accepted")
        other.add_key(f"{code}/officer-1")
    other.full_round()
    record = replace(record, acts=tuple(record.acts))
    return Sample(record, tuple(record.acts), tuple(other.record().acts))


def test_there_are_at_least_20_kinds_and_the_sample_is_good(sample: Sample) -> None:
    assert len(KINDS) >= 20
    assert verify(sample.record).kind == "unchanged"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.__name__))
def test_it_is_detected_and_located_at_the_very_line(sample: Sample, kind: Kind) -> None:
    for seed in range(SEEDS):
        lines, place = kind(sample, Random(f"{kind.__name__} {seed}"))
        verdict = verify(sample.with_lines(lines), workers=1)
        assert (verdict.kind, verdict.index) == ("changed", place), (seed, verdict.findings)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.__name__))
def test_it_is_detected_when_the_leaf_file_is_made_to_fit(sample: Sample, kind: Kind) -> None:
    for seed in range(SEEDS // 3):
        lines, place = kind(sample, Random(f"{kind.__name__} {seed}"))
        record = replace(sample.with_lines(lines), leaves=b"".join(leaf_hash(line) for line in lines))
        verdict = verify(record, workers=1)
        # A true act by its true author after all others is no falsification: it is just not cosigned yet.
        genuine = kind is put_in_an_act_with_the_real_key and place == len(sample.lines)
        assert verdict.kind == ("incomplete" if genuine else "changed"), (seed, verdict.findings)
