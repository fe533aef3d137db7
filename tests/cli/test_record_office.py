"""Founding an office: the ceremony, its keys and its folder, and disks that fill up."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from homeward.invented.agreement import terms_text
from tests.cli.record_world import (
    CODES,
    agreed,
    done,
    founded,
    full_round,
    played_record,
    record,
)


def test_all_parties_see_the_same_digits_of_the_terms(tmp_path: Path):
    folder = founded(tmp_path)
    cards = {done("new", "office", folder / code, folder / "signed.toml", "--json").json["card"] for code in CODES}
    assert len(cards) == 1
    assert len(cards.pop().replace(" ", "")) == 40


def test_making_an_office_again_adds_nothing(tmp_path: Path):
    folder = founded(tmp_path)
    before = done("state", folder / "RU", "--json").json["waiting_to_be_handed_in"]
    done("new", "office", folder / "RU", folder / "signed.toml")
    assert done("state", folder / "RU", "--json").json["waiting_to_be_handed_in"] == before
    assert len(before) == 2


def test_keys_are_never_written_over(tmp_path: Path):
    done("new", "keys", tmp_path / "UA", "--party", "UA")
    before = {path: path.read_bytes() for path in (tmp_path / "UA").rglob("*") if path.is_file()}
    ran = record("new", "keys", tmp_path / "UA", "--party", "UA")
    assert ran.code == 3
    assert "not written over" in ran.err
    assert {path: path.read_bytes() for path in (tmp_path / "UA").rglob("*") if path.is_file()} == before


def test_private_keys_are_readable_by_their_owner_alone_and_never_printed(tmp_path: Path):
    ran = done("new", "keys", tmp_path / "UA", "--party", "UA")
    for path in (tmp_path / "UA" / "keys").glob("*.key"):
        assert path.stat().st_mode & 0o077 == 0
        assert path.read_text("ascii").splitlines()[-1] not in ran.out
    assert "PRIVATE" not in (tmp_path / "UA" / "UA.public").read_text("ascii")


def test_a_charter_needs_every_party_once_and_one_log(tmp_path: Path):
    folder = founded(tmp_path)
    public = {code: ["--public", str(folder / code / f"{code}.public")] for code in CODES}
    terms, out = folder / "terms.toml", tmp_path / "out.toml"
    for publics, says in (
        (public["UA"] + public["NEUTRAL"], "RU are missing"),
        (public["UA"] + public["RU"], "one party keeps the log"),
        (public["UA"] + public["UA"] + public["RU"] + public["NEUTRAL"], "UA is there twice"),
    ):
        ran = record("new", "charter", terms, *publics, "-o", out)
        assert ran.code == 3
        assert says in ran.err
    ran = record("new", "charter", terms, *public["UA"], *public["RU"], *public["NEUTRAL"], "--keeper", "MOON", "-o", out)
    assert "MOON is not among the parties" in ran.err
    assert not out.exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [("party UA", "party RU"), ("UA/root+", "UA/root+0"), ("homeward public", "homeward private"), ("witness ", "")],
)
def test_an_altered_file_of_public_keys_is_refused_with_its_name(old: str, new: str, tmp_path: Path):
    folder = founded(tmp_path)
    path = folder / "UA" / "UA.public"
    path.write_text(path.read_text("ascii").replace(old, new, 1), "ascii")
    publics = [part for code in CODES for part in ("--public", folder / code / f"{code}.public")]
    ran = record("new", "charter", folder / "terms.toml", *publics, "-o", tmp_path / "out.toml")
    assert ran.code == 3
    assert "UA.public" in ran.err
    assert not (tmp_path / "out.toml").exists()


def test_an_office_refuses_terms_that_do_not_hold_its_own_keys(tmp_path: Path):
    folder = founded(tmp_path)
    done("new", "keys", tmp_path / "other", "--party", "UA")
    ran = record("new", "office", tmp_path / "other", folder / "signed.toml")
    assert ran.code == 3
    assert "sign nothing" in ran.err
    assert not (tmp_path / "other" / "record").exists()


def test_an_office_keeps_to_one_exchange(tmp_path: Path):
    folder = founded(tmp_path)
    (folder / "others.toml").write_text(terms_text(14), "utf-8")
    publics = [part for code in CODES for part in ("--public", folder / code / f"{code}.public")]
    done("new", "charter", folder / "others.toml", *publics, "-o", folder / "other-signed.toml")
    ran = record("new", "office", folder / "UA", folder / "other-signed.toml")
    assert ran.code == 3
    assert "another exchange" in ran.err


def test_a_new_device_signs_after_the_old_one_was_retired(tmp_path: Path):
    folder = agreed(tmp_path)
    done("new", "device", folder / "UA", "--name", "officer-3")
    done("add", folder / "UA", "key-retired", "key=UA/officer-1")
    full_round(folder)
    ran = done("add", folder / "UA", "broken-off", "reason=TEST", "--json")
    assert ran.json["signed_by"] == ["UA/officer-2", "UA/officer-3"]
    for reserved in ("root", "log", "Officer"):
        assert record("new", "device", folder / "UA", "--name", reserved).code == 64


def test_an_office_works_without_its_root_except_where_the_root_must_sign(tmp_path: Path):
    folder = founded(tmp_path)
    full_round(folder)
    for code in ("RU", "UA"):
        (folder / code / "keys" / f"{code}.root.key").rename(tmp_path / f"{code}.root.key")
    ran = record("agree", folder / "RU", "2")
    assert ran.code == 3
    assert "needs the root key of RU" in ran.err
    assert record("new", "device", folder / "UA", "--name", "officer-3").code == 3
    assert record("add", folder / "UA", "key-retired", "key=UA/officer-1").code == 3
    (tmp_path / "RU.root.key").rename(folder / "RU" / "keys" / "RU.root.key")
    for code in ("RU", "NEUTRAL"):
        done("agree", folder / code, "2")
    full_round(folder)
    done("add", folder / "UA", "broken-off", "reason=TEST")
    (folder / "UA" / "keys" / "UA.witness.key").unlink()
    ran = record("cosign", folder / "UA")
    assert ran.code == 3
    assert "needs the witness key of UA" in ran.err


def limited(size: int, *args: str | Path) -> subprocess.CompletedProcess[str]:
    """Run `homeward record ARGS` where no file may grow beyond `size` bytes: as on a disk that fills up."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    command = [sys.executable, "-m", "homeward", "record", *map(str, args)]
    return subprocess.run(command, preexec_fn=limit, capture_output=True, text=True, check=False)


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path):
    folder = agreed(tmp_path)
    before = sorted(path.name for path in tmp_path.iterdir())
    ran = limited(4096, "redact", played_record(), "-o", tmp_path / "public.record")
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (4, "", 1), ran
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    ran = limited(2000, "new", "keys", tmp_path / "new", "--party", "UA")
    assert ran.returncode == 4, ran
    assert [path for path in (tmp_path / "new").rglob("*") if path.is_file()] == []
    people = json.dumps([["home-UA", [f"p-{number:05}" for number in range(9000)]]])
    grave = ("add", folder / "UA", "stage-planned", "stage=day1", f"going={people}", "reserves=[]", "--anyway")
    for size in (20_000, 60_000):
        ran = limited(size, *grave)
        assert ran.returncode == 4, ran
        assert ran.stderr.count("\n") == 1
        assert "nothing half-written" in ran.stderr
        assert done("state", folder / "UA", "--json").json["waiting_to_be_handed_in"] == []
    done(*grave)


def test_a_folder_that_is_no_office_is_named_with_the_remedy(tmp_path: Path):
    ran = record("state", tmp_path)
    assert ran.code == 3
    assert "homeward record new keys" in ran.err
    done("new", "keys", tmp_path / "UA", "--party", "UA")
    ran = record("state", tmp_path / "UA")
    assert ran.code == 3
    assert "homeward record new office" in ran.err


def test_a_damaged_database_is_named_with_the_remedy(tmp_path: Path):
    folder = agreed(tmp_path)
    database = folder / "UA" / "record" / "record.sqlite"
    for leftover in database.parent.glob("record.sqlite-*"):
        leftover.unlink()
    database.write_bytes(os.urandom(database.stat().st_size))
    ran = record("state", folder / "UA")
    assert ran.code == 3
    assert "damaged" in ran.err
    assert ran.err.count("\n") == 1
