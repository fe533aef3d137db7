"""One person shown to one family from the command line."""

from __future__ import annotations

import json
from pathlib import Path

from homeward.record import read_record
from homeward.record.disclosure import parse_public
from tests.cli.record_world import (
    done,
    played,
    played_record,
    record,
)


def a_person(list_id: str = "home-UA") -> str:
    return parse_public(read_record(played_record()).lists[list_id]).people[0].person


def test_one_person_is_shown_to_one_family_and_checked_against_the_record(tmp_path: Path):
    person, shown = a_person(), tmp_path / "family.txt"
    done("disclose", played() / "UA", "home-UA", person, "--fields", "surname,birth_date", "-o", shown)
    ran = done("check-disclosure", shown, played_record(), "--json").json
    assert (ran["person"], ran["list"], sorted(ran["fields"])) == (person, "home-UA", ["birth_date", "surname"])
    assert shown.stat().st_mode & 0o077 == 0


def test_the_public_copy_is_enough_to_check_a_shown_person(tmp_path: Path):
    done("disclose", played() / "UA", "home-UA", a_person(), "--fields", "surname", "-o", tmp_path / "family.txt")
    done("redact", played_record(), "-o", tmp_path / "public.record")
    assert record("check-disclosure", tmp_path / "family.txt", tmp_path / "public.record").code == 0
    done("redact", played_record(), "-o", tmp_path / "bare.record", "--all-acts")
    assert record("check-disclosure", tmp_path / "family.txt", tmp_path / "bare.record").code == 2


def test_an_altered_disclosure_proves_nothing(tmp_path: Path):
    shown = tmp_path / "family.txt"
    done("disclose", played() / "UA", "home-UA", a_person(), "--fields", "surname", "-o", shown)
    found = json.loads(shown.read_text("utf-8"))
    found["line"]["person"] = "p-9999"
    shown.write_text(json.dumps(found, sort_keys=True, separators=(",", ":")), "utf-8")
    assert record("check-disclosure", shown, played_record()).code == 1
    shown.write_bytes(b"")
    assert record("check-disclosure", shown, played_record()).code == 1


def test_a_person_list_or_field_that_is_not_there_is_named(tmp_path: Path):
    out = tmp_path / "family.txt"
    for args, word in (
        (("home-UA", "p-99999"), "p-99999"),
        (("home-XX", a_person()), "home-XX"),
        (("../../etc", a_person()), "etc"),
    ):
        ran = record("disclose", played() / "UA", *args, "--fields", "surname", "-o", out)
        assert ran.code == 3
        assert word in ran.err
    assert record("disclose", played() / "UA", "home-UA", a_person(), "--fields", "shoe_size", "-o", out).code == 3
    assert record("disclose", played() / "NEUTRAL", "home-UA", a_person(), "--fields", "surname", "-o", out).code == 3
    assert not out.exists()
