"""Heads, cosigning them, and what the state of an office says is missing."""

from __future__ import annotations

import shutil
from pathlib import Path

from homeward.invented.agreement import terms_text
from tests.cli.record_world import (
    CODES,
    agreed,
    carry,
    done,
    founded,
    full_round,
    played,
    record,
)


def test_only_the_keeper_of_the_log_makes_heads(tmp_path: Path):
    folder = agreed(tmp_path)
    ran = record("head", folder / "UA")
    assert ran.code == 64
    assert "kept by NEUTRAL" in ran.err


def test_a_party_whose_act_was_dropped_does_not_cosign(tmp_path: Path):
    folder = agreed(tmp_path)
    done("add", folder / "UA", "broken-off", "reason=TEST")
    done("add", folder / "RU", "broken-off", "reason=OTHER")
    carry(folder, "RU", "NEUTRAL")
    done("head", folder / "NEUTRAL")
    carry(folder, "NEUTRAL", "UA")
    ran = record("cosign", folder / "UA")
    assert ran.code == 1
    assert ran.err.startswith("not signed: 1 of our own acts are not in the record")
    assert ran.err.count("\n") == 1


def test_cosigning_twice_gives_the_same_cosignature(tmp_path: Path):
    folder = agreed(tmp_path)
    done("export", folder / "UA", "-o", tmp_path / "before.record")
    assert done("cosign", folder / "UA", "--json").json == {
        "head": 9, "cosigned": ["NEUTRAL", "RU", "UA"], "missing": [], "full": True,
    }  # fmt: skip
    done("export", folder / "UA", "-o", tmp_path / "after.record")
    assert (tmp_path / "after.record").read_bytes() == (tmp_path / "before.record").read_bytes()


def test_the_neutral_is_told_that_acts_are_under_no_head(tmp_path: Path):
    folder = founded(tmp_path)
    carry(folder, "UA", "NEUTRAL")
    ran = done("send", folder / "NEUTRAL", "RU")
    assert "5 acts are under no head yet" in ran.out


def test_the_state_of_a_finished_exchange_waits_for_nobody():
    ran = done("state", played() / "UA", "--json").json
    assert (ran["exchange"], ran["to_agree"], ran["heads"]["missing"]) == ("CLOSED", [], [])
    assert {each["state"] for each in ran["stages"]} == {"CLOSED"}
    assert {each["state"] for each in ran["lists"]} == {"FROZEN"}


def test_the_state_names_who_has_not_agreed(tmp_path: Path):
    folder = founded(tmp_path)
    full_round(folder)
    ran = record("state", folder / "UA")
    assert ran.code == 2
    assert "We propose these terms, byte for byte. Not yet: NEUTRAL, RU" in ran.out


def test_a_clock_of_the_terms_that_has_run_out_is_named(tmp_path: Path):
    folder = founded(tmp_path)
    clocks = '\n[clocks]\nlists = "2 days after signature"\n'
    source = terms_text(12).replace("\n[parties]", "\n[agreement]\ndate = 2025-05-01\n\n[parties]", 1) + clocks
    (tmp_path / "clocked.toml").write_text(source, "utf-8")
    for code in CODES:
        shutil.rmtree(folder / code / "record")
    publics = [part for code in CODES for part in ("--public", folder / code / f"{code}.public")]
    done("new", "charter", tmp_path / "clocked.toml", *publics, "-o", tmp_path / "clocked-signed.toml")
    done("new", "office", folder / "UA", tmp_path / "clocked-signed.toml")
    ran = record("state", folder / "UA")
    assert ran.code == 2
    assert "lists: OVERDUE by" in ran.out
