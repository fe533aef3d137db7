"""The commands of an office: the ceremony, signing, parcels, heads, state, and one person shown to one family."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from homeward.invented.agreement import terms_text
from homeward.record import read_record
from homeward.record.disclosure import parse_public
from tests.cli.record_world import (
    CODES,
    agreed,
    carry,
    done,
    founded,
    full_round,
    played,
    played_record,
    record,
    rewritten,
    send,
)

# -- the ceremony


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


# -- signing


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


# -- parcels


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


# -- heads


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


# -- state


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


# -- one person


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


# -- disks and folders


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
