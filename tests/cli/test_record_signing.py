"""Signing acts in an office: the sentence that is shown, two officers, agreeing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.record_world import (
    agreed,
    done,
    founded,
    full_round,
    record,
)


def test_the_sentence_is_shown_before_signing(tmp_path: Path):
    folder = agreed(tmp_path)
    ran = done("add", folder / "UA", "broken-off", "reason=WEATHER", "--language", "uk")
    assert ran.out.splitlines()[0] == "UA: Ми припиняємо обмін: WEATHER."


def test_an_act_without_effect_is_not_signed_unless_asked_twice(tmp_path: Path):
    folder = agreed(tmp_path)
    act = ("add", folder / "UA", "received", "person=p-0001", "stage=day1")
    ran = record(*act)
    assert ran.code == 1
    assert "p-0001 is not in this exchange" in ran.err
    assert done("state", folder / "UA", "--json").json["waiting_to_be_handed_in"] == []
    ran = done(*act, "--anyway", "--json")
    assert ran.json["no_effect"] == "p-0001 is not in this exchange"
    assert len(done("state", folder / "UA", "--json").json["waiting_to_be_handed_in"]) == 1


def test_a_dry_run_signs_nothing(tmp_path: Path):
    folder = agreed(tmp_path)
    assert "nothing was signed" in done("add", folder / "UA", "broken-off", "reason=TEST", "--dry-run").out
    assert record("add", folder / "UA", "closed", "--dry-run").code == 1
    assert done("state", folder / "UA", "--json").json["waiting_to_be_handed_in"] == []


def test_the_same_act_is_not_signed_twice_by_mistake(tmp_path: Path):
    folder = agreed(tmp_path)
    done("add", folder / "UA", "broken-off", "reason=TEST")
    assert done("state", folder / "UA", "--json").json["waiting_to_be_handed_in"] == ["We break off the exchange: TEST."]
    ran = record("add", folder / "UA", "broken-off", "reason=TEST")
    assert ran.code == 1
    assert "in the outbox already" in ran.err


def test_a_grave_act_is_signed_by_two_officers(tmp_path: Path):
    folder = agreed(tmp_path)
    ran = done("add", folder / "UA", "broken-off", "reason=TEST", "--json")
    assert ran.json["signed_by"] == ["UA/officer-1", "UA/officer-2"]
    for path in (folder / "RU" / "keys").glob("RU.officer-2.*"):
        path.unlink()
    ran = record("add", folder / "RU", "broken-off", "reason=TEST")
    assert ran.code == 1
    assert "2 officers" in ran.err


@pytest.mark.parametrize(
    "values",
    [
        ("broken",),
        ("broken-off",),
        ("broken-off", "reason"),
        ("broken-off", "reason=A", "reason=B"),
        ("broken-off", "colour=red"),
        ("broken-off", "reason=має бути кодом"),
        ("received", "person=Ivan", "stage=day1"),
        ("stage-planned", "stage=day1", "going=[", "reserves=[]"),
        ("agreed", "of=x"),
        ("key-retired",),
        ("key-distrusted", "key=UA/officer-1", "from=soon"),
    ],
)
def test_an_act_that_is_not_well_formed_is_a_wrong_command_line(values: tuple[str, ...], tmp_path: Path):
    folder = agreed(tmp_path)
    assert record("add", folder / "UA", *values).code == 64
    assert done("state", folder / "UA", "--json").json["waiting_to_be_handed_in"] == []


def test_an_act_is_agreed_to_by_number_or_hash_and_only_once(tmp_path: Path):
    folder = founded(tmp_path)
    full_round(folder)
    (proposal,) = record("state", folder / "RU", "--json").json["to_agree"]
    assert proposal["missing"] == ["NEUTRAL", "RU"]
    done("agree", folder / "RU", proposal["leaf"])
    done("agree", folder / "NEUTRAL", str(proposal["act"]))
    assert record("agree", folder / "UA", str(proposal["act"])).code == 1, "its author has agreed by proposing"
    assert record("agree", folder / "RU", "999").code == 1
    assert record("agree", folder / "RU", str(proposal["act"])).code == 1, "it is in the outbox"
    full_round(folder)
    assert done("state", folder / "RU", "--json").json["exchange"] == "AGREED"
    assert record("agree", folder / "RU", str(proposal["act"])).code == 1, "it is settled"
