"""Parcels between offices: twice, in the wrong order, by halves, and a copy that is filled again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from homeward.record import read_record
from tests.cli.record_world import (
    CODES,
    agreed,
    carry,
    done,
    founded,
    played,
    played_record,
    record,
    rewritten,
    send,
)


def test_a_parcel_may_be_taken_in_twice(tmp_path: Path):
    folder = founded(tmp_path)
    parcel = send(folder, "UA", "NEUTRAL")
    assert done("receive", folder / "NEUTRAL", parcel, "--json").json["parcels"][0]["acts"] == 3
    again = done("receive", folder / "NEUTRAL", parcel, parcel, "--json").json
    assert [each["acts"] for each in again["parcels"]] == [0, 0]
    assert again["acts"] == 3


def test_deliveries_may_come_in_the_wrong_order(tmp_path: Path):
    folder = founded(tmp_path)
    carry(folder, "UA", "NEUTRAL")
    done("head", folder / "NEUTRAL")
    first = send(folder, "NEUTRAL", "RU")
    carry(folder, "RU", "NEUTRAL")
    done("head", folder / "NEUTRAL")
    second = send(folder, "NEUTRAL", "RU")
    late = record("receive", folder / "RU", second, "--json")
    assert (late.code, late.json["acts"], late.json["parcels"][0]["needs"]) == (2, 0, 0)
    assert done("receive", folder / "RU", first, "--json").json["acts"] == 7


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.7, 0.999])
def test_half_a_parcel_changes_nothing(share: float, tmp_path: Path):
    folder = founded(tmp_path)
    parcel = send(folder, "UA", "NEUTRAL")
    half = tmp_path / "half.parcel"
    half.write_bytes(parcel.read_bytes()[: int(parcel.stat().st_size * share)])
    ran = record("receive", folder / "NEUTRAL", half)
    assert ran.code == 3
    assert ran.err.count("\n") == 1
    assert done("receive", folder / "NEUTRAL", parcel, "--json").json["parcels"][0]["acts"] == 3


def test_a_parcel_of_another_exchange_and_a_missing_one_are_refused(tmp_path: Path):
    folder = agreed(tmp_path)
    foreign = next((played() / "UA" / "outbox").glob("*.parcel"))
    assert record("receive", folder / "NEUTRAL", foreign).code == 3
    assert record("receive", folder / "NEUTRAL", tmp_path / "missing.parcel").code == 3
    assert record("receive", folder / "NEUTRAL", tmp_path).code == 3
    assert record("import", folder / "RU", played_record()).code == 3


def test_a_party_that_lost_its_parcels_is_sent_the_whole(tmp_path: Path):
    folder = agreed(tmp_path)
    shutil.rmtree(folder / "RU" / "record")
    done("new", "office", folder / "RU", folder / "signed.toml")
    assert record("receive", folder / "RU", send(folder, "NEUTRAL", "RU"), "--json").json["acts"] == 0
    whole = send(folder, "NEUTRAL", "RU", "--whole")
    assert done("receive", folder / "RU", whole, "--json").json["acts"] == 9


def test_an_empty_copy_is_filled_from_a_record_file(tmp_path: Path):
    folder = agreed(tmp_path)
    done("export", folder / "UA", "-o", tmp_path / "ua.record")
    shutil.rmtree(folder / "RU" / "record")
    done("new", "office", folder / "RU", folder / "signed.toml")
    for expected in (9, 0):
        ran = done("import", folder / "RU", tmp_path / "ua.record", "--json").json
        assert (ran["acts"], ran["parcels"][0]["acts"]) == (9, expected)
    done("export", folder / "RU", "-o", tmp_path / "ru.record")
    assert (tmp_path / "ru.record").read_bytes() == (tmp_path / "ua.record").read_bytes()


def test_lists_and_sealed_files_come_back_with_a_record(tmp_path: Path):
    office = Path(shutil.copytree(played() / "RU", tmp_path / "RU"))
    shutil.rmtree(office / "record")
    (tmp_path / "signed.toml").write_bytes(read_record(played_record()).terms)
    done("new", "office", office, tmp_path / "signed.toml")
    done("import", office, played_record("UA"))
    done("export", office, "-o", tmp_path / "again.record")
    assert (tmp_path / "again.record").read_bytes() == played_record("RU").read_bytes()


def test_a_record_with_withheld_acts_or_a_changed_one_fills_no_copy(tmp_path: Path):
    folder = agreed(tmp_path)
    done("export", folder / "UA", "-o", tmp_path / "ua.record")
    done("redact", tmp_path / "ua.record", "-o", tmp_path / "public.record", "--acts", "7")
    acts = list(read_record(tmp_path / "ua.record").acts)
    acts[7], acts[8] = acts[8], acts[7]
    forged = rewritten(tmp_path / "ua.record", tmp_path / "forged.record", acts=tuple(acts))
    shutil.rmtree(folder / "RU" / "record")
    done("new", "office", folder / "RU", folder / "signed.toml")
    assert record("import", folder / "RU", tmp_path / "public.record").code == 3
    ran = record("import", folder / "RU", forged, "--json")
    assert ran.code == 1
    assert record("state", folder / "RU", "--json").json["acts"] == 0
    # What the forger's file left behind is refused once more, and harms nothing.
    assert record("import", folder / "RU", tmp_path / "ua.record", "--json").json["acts"] == 9
    assert done("import", folder / "RU", tmp_path / "ua.record", "--json").json["acts"] == 9


def test_all_parties_export_the_same_bytes(tmp_path: Path):
    folder = agreed(tmp_path)
    done("add", folder / "UA", "broken-off", "reason=TEST")
    carry(folder, "UA", "NEUTRAL")
    done("head", folder / "NEUTRAL")
    for code in CODES:
        done("export", folder / code, "--settled", "-o", tmp_path / f"{code}.record")
    assert len({(tmp_path / f"{code}.record").read_bytes() for code in CODES}) == 1
