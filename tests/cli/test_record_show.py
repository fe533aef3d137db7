"""`homeward record show` and `redact`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from homeward.record import parse_line, read_record, verify_file
from tests.cli.record_world import done, played_record, record, rewritten


def lines_of(*args: str | Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in done("show", *args, "--json").out.splitlines()]


def number_of(kind: str) -> int:
    return next(number for number, line in enumerate(read_record(played_record()).acts) if parse_line(line).kind == kind)


def test_every_act_is_one_line_with_number_time_signer_and_sentence():
    shown = done("show", played_record()).out.splitlines()
    acts = [parse_line(line) for line in read_record(played_record()).acts]
    assert len(shown) == len(acts)
    for number, (line, act) in enumerate(zip(shown, acts, strict=True)):
        assert line.split()[:3] == [str(number), act.at, act.by]


def test_an_act_is_shown_as_the_sentence_that_was_signed():
    number = number_of("handed-over")
    (found,) = lines_of(played_record(), str(number))
    fields = found["fields"]
    assert isinstance(fields, dict)
    assert found["says"] == f"We handed over {fields['person']} in stage {fields['stage']}."
    ukrainian = done("show", played_record(), str(number), "--language", "uk").out
    assert f"Ми передали {fields['person']} на етапі {fields['stage']}." in ukrainian


def test_an_assent_says_to_what():
    line = done("show", played_record(), "--act", "agreed").out.splitlines()[0]
    assert f"We agree to act {number_of('terms-proposed')}: We propose these terms, byte for byte." in line


def test_acts_can_be_chosen_by_place_kind_and_person():
    assert [each["index"] for each in lines_of(played_record(), "--from", "3", "--to", "6")] == [3, 4, 5, 6]
    received = lines_of(played_record(), "--act", "received")
    assert {each["act"] for each in received} == {"received"}
    person = str(received[0]["fields"]["person"])  # type: ignore[index]
    about = lines_of(played_record(), "--person", person)
    assert {"answered", "interviewed", "stage-planned", "handed-over", "received"} <= {each["act"] for each in about}
    other = "p-9999"
    assert record("show", played_record(), "--person", other).code == 2


def test_showing_says_that_nothing_was_checked():
    assert "not checked" in done("show", played_record(), "0").err


def test_what_cannot_be_read_is_passed_over_in_silence(tmp_path: Path):
    acts = list(read_record(played_record()).acts)
    acts[5] = b"no act at all"
    forged = rewritten(played_record(), tmp_path / "forged.record", acts=tuple(acts))
    shown = [each["index"] for each in lines_of(forged)]
    assert shown == [number for number in range(len(acts)) if number != 5]


def test_no_name_of_anybody_is_shown():
    shown = done("show", played_record()).out
    opened = list(played_record().parent.glob("private/*.opened"))
    assert opened
    names = {word for word in ("surname", "birth_date", "given_names") if word in shown}
    assert names == set()


# -- redact


def test_chosen_acts_are_withheld_and_the_copy_still_leads_to_the_same_heads(tmp_path: Path):
    number = number_of("received")
    public = tmp_path / "public.record"
    ran = done("redact", played_record(), "-o", public, "--acts", f"{number},{number + 2}-{number + 3}", "--json")
    assert ran.json["withheld"] == 3
    verdict = verify_file(public)
    assert (verdict.kind, verdict.withheld) == ("incomplete", 3)
    assert verdict.last_full == verify_file(played_record()).last_full
    assert read_record(public).sealed == {}
    assert "withheld" in done("show", public, str(number)).out
    assert lines_of(public, str(number)) == [
        {"index": number, "withheld": True, "leaf": lines_of(played_record(), str(number))[0]["leaf"]}
    ]


def test_all_acts_but_those_about_keys_are_withheld(tmp_path: Path):
    public = tmp_path / "public.record"
    done("redact", played_record(), "-o", public, "--all-acts")
    left = {parse_line(line).kind for line in read_record(public).acts if not line.startswith(b"#")}
    assert left == {"key-added"}


def test_without_a_choice_only_sealed_files_are_left_out(tmp_path: Path):
    public = tmp_path / "public.record"
    done("redact", played_record(), "-o", public)
    assert tuple(read_record(public).acts) == tuple(read_record(played_record()).acts)
    assert read_record(public).sealed == {}
    assert record("verify", public).code == 0


def test_numbers_that_are_no_acts_are_refused(tmp_path: Path):
    size = len(tuple(read_record(played_record()).acts))
    for wrong in ("x", "3-2", "1,,2", f"{size}", "-1"):
        ran = record("redact", played_record(), "-o", tmp_path / "public.record", f"--acts={wrong}")
        assert ran.code == 64, wrong
    assert record("redact", played_record(), "-o", tmp_path / "p.record", "--acts", "1", "--all-acts").code == 64
    assert list(tmp_path.iterdir()) == []


def test_a_changed_record_is_not_copied(tmp_path: Path):
    acts = list(read_record(played_record()).acts)
    acts[40] = acts[40].replace(b"2025", b"2024", 1)
    forged = rewritten(played_record(), tmp_path / "forged.record", acts=tuple(acts))
    assert record("redact", forged, "-o", tmp_path / "public.record").code == 1
    assert not (tmp_path / "public.record").exists()


def test_the_record_itself_is_never_written_over(tmp_path: Path):
    mine = Path(shutil.copy(played_record(), tmp_path / "mine.record"))
    before = mine.read_bytes()
    assert record("redact", mine, "-o", mine, "--all-acts").code == 64
    assert mine.read_bytes() == before


def test_a_folder_that_is_not_there_and_a_folder_in_the_place_are_exit_code_4(tmp_path: Path):
    (tmp_path / "folder").mkdir()
    for place in (tmp_path / "missing" / "public.record", tmp_path / "folder"):
        ran = record("redact", played_record(), "-o", place)
        assert ran.code == 4
        assert ran.err.count("\n") == 1
    assert [path.name for path in tmp_path.rglob("*")] == ["folder"]
