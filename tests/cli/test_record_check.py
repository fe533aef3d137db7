"""`homeward record verify` and `compare`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from homeward.record import read_record
from tests.cli.record_world import agreed, carry, done, played, played_record, record, rewritten, send
from tests.record.world import file_bytes, grown_world


def test_a_whole_record_is_complete_in_both_languages():
    english, ukrainian = record("verify", played_record()), record("verify", played_record(), "--language", "uk")
    assert (english.code, ukrainian.code) == (0, 0)
    assert english.out.splitlines()[-1].split(maxsplit=1) == ["verdict", "COMPLETE AND UNCHANGED"]
    assert ukrainian.out.splitlines()[-1].split(maxsplit=1) == ["висновок", "ПОВНИЙ І НЕЗМІНЕНИЙ"]
    assert english.err == ""


def test_the_verdict_as_json_says_the_same_as_the_exit_code():
    ran = record("verify", played_record(), "--json")
    assert (ran.code, ran.json["exit_code"], ran.json["verdict"]) == (0, 0, "complete")
    assert ran.json["record"]["acts"] == len(tuple(read_record(played_record()).acts))


def test_the_digits_of_the_card_are_compared():
    card = record("verify", played_record(), "--json").json["record"]["card"]
    same = record("verify", played_record(), "--card", card)
    assert same.code == 0
    assert "digits of the terms are the same" in same.out
    wrong = str((int(card[0]) + 1) % 10) + card[1:]
    differs = record("verify", played_record(), "--card", wrong.replace(" ", ""))
    assert differs.code == 1
    assert "THE DIGITS DIFFER" in differs.out


def test_the_seal_alone_says_what_was_asked_and_what_was_not(tmp_path: Path):
    card = record("verify", played_record(), "--json").json["record"]["card"]
    whole = record("verify", played_record(), "--seal", "--card", card)
    assert whole.code == 0
    assert "SEAL WHOLE" in whole.out
    assert "were not judged" in whole.out
    assert "digits of the terms are the same" in whole.out
    assert record("verify", played_record(), "--seal", "--json").json["record"]["checked"] == "seal"
    acts = list(read_record(played_record()).acts)
    index = next(number for number, line in enumerate(acts) if b'"act":"received"' in line)
    acts[index] = acts[index].replace(b'"act":"received"', b'"act":"refused"')
    broken = record("verify", rewritten(played_record(), tmp_path / "forged.record", acts=tuple(acts)), "--seal")
    assert broken.code == 1
    assert f"SEAL BROKEN: act {index} differs from what all parties cosigned" in broken.out
    (tmp_path / "no.record").write_bytes(b"")
    assert record("verify", tmp_path / "no.record", "--seal").code == 3
    wrong = str((int(card[0]) + 1) % 10) + card[1:]
    assert record("verify", played_record(), "--seal", "--card", wrong.replace(" ", "")).code == 1


@pytest.mark.parametrize("digits", ["4821 0937", "x" * 40, "٤" * 40])
def test_digits_that_are_not_forty_are_refused_before_anything_is_read(digits: str, tmp_path: Path):
    ran = record("verify", tmp_path / "missing.record", "--card", digits)
    assert ran.code == 64
    assert "40 digits" in ran.err


def test_a_changed_act_is_named_by_its_number(tmp_path: Path):
    acts = list(read_record(played_record()).acts)
    index = next(number for number, line in enumerate(acts) if b'"act":"received"' in line)
    acts[index] = acts[index].replace(b'"act":"received"', b'"act":"refused"')
    ran = record("verify", rewritten(played_record(), tmp_path / "forged.record", acts=tuple(acts)))
    assert ran.code == 1
    assert f"CHANGED: act {index} differs from what all parties cosigned" in ran.out


def test_a_record_whose_exchange_goes_on_is_incomplete(tmp_path: Path):
    folder = agreed(tmp_path)
    done("export", folder / "RU", "-o", tmp_path / "now.record")
    ran = record("verify", tmp_path / "now.record")
    assert ran.code == 2
    assert "INCOMPLETE: unchanged so far" in ran.out


def test_a_record_without_a_cosigner_names_who_is_missing(tmp_path: Path):
    folder = agreed(tmp_path)
    done("add", folder / "UA", "broken-off", "reason=TEST")
    carry(folder, "UA", "NEUTRAL")
    done("head", folder / "NEUTRAL")
    done("export", folder / "NEUTRAL", "-o", tmp_path / "open.record")
    ran = record("verify", tmp_path / "open.record")
    assert ran.code == 2
    assert "UA has not cosigned after act 9" in ran.out or "RU has not cosigned after act 9" in ran.out


@pytest.mark.parametrize("share", [0.0, 0.001, 0.2, 0.5, 0.9, 0.9999])
def test_a_record_cut_off_anywhere_is_unreadable_in_one_line(share: float, tmp_path: Path):
    data = played_record().read_bytes()
    (tmp_path / "cut.record").write_bytes(data[: int(len(data) * share)])
    ran = record("verify", tmp_path / "cut.record")
    assert ran.code == 3
    assert ran.out.count("\n") == 1
    assert "UNREADABLE" in ran.out


def test_a_missing_file_and_a_folder_are_unreadable_in_one_line(tmp_path: Path):
    for path in (tmp_path / "missing.record", tmp_path):
        for command in (
            ["verify", path],
            ["show", path],
            ["compare", path, path],
            ["redact", path, "-o", tmp_path / "x.record"],
        ):
            ran = record(*command)
            assert ran.code == 3, command
            assert ran.err.count("\n") == 1
            assert str(path) in ran.err
    assert not (tmp_path / "x.record").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_the_right_to_read_is_unreadable(tmp_path: Path):
    path = tmp_path / "closed.record"
    shutil.copy(played_record(), path)
    path.chmod(0)
    assert record("verify", path).code == 3


def test_an_error_with_json_is_json(tmp_path: Path):
    ran = record("verify", tmp_path / "missing.record", "--json")
    assert ran.code == 3
    assert ran.json["error"]["code"] == 3
    assert ran.err == ""


def test_verify_opens_no_socket_and_writes_no_file(tmp_path: Path):
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    trace = tmp_path / "trace"
    command = [sys.executable, "-B", "-m", "homeward", "record", "verify", str(played_record())]
    calls = "%network,%file,write,pwrite64,writev,ftruncate,fallocate,memfd_create,sendfile,copy_file_range,io_uring_setup"
    ran = subprocess.run(
        ["strace", "-f", "-qq", "-y", "-e", f"trace={calls}", "-o", trace, *command],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    if b"PTRACE" in ran.stderr or not trace.exists() or not trace.read_text("utf-8", "replace"):
        pytest.skip("strace may not trace here")
    assert ran.returncode == 0, ran.stderr
    lines = trace.read_text("utf-8", "replace").splitlines()
    assert any(played_record().name in line for line in lines), "the trace saw the record being opened"
    assert [
        line for line in lines if re.search(r"\b(socket|socketpair|connect|bind|sendto|sendmsg|io_uring_setup)\(", line)
    ] == []
    opened = [line for line in lines if re.search(r"\b(open|openat|openat2|creat)\(", line)]
    writing = [line for line in opened if re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_TMPFILE|\bcreat\(", line)]
    assert [line for line in writing if "/dev/null" not in line] == []
    changing = r"\b(mkdir|mkdirat|rename|renameat|renameat2|unlink|unlinkat|link|linkat|symlink|symlinkat|truncate|chmod|fchmodat|mknod)\("
    assert [line for line in lines if re.search(changing, line)] == []
    written = [line for line in lines if re.search(r"\b(write|pwrite64|writev|ftruncate|fallocate|copy_file_range)\(", line)]
    assert [line for line in written if not re.search(r"\((1|2)<|eventfd|pipe:", line)] == []


# -- compare


def test_copies_of_all_parties_are_the_same():
    ran = record("compare", played_record("UA"), played_record("RU"))
    assert (ran.code, ran.out) == (0, f"both copies are the same: {len(tuple(read_record(played_record()).acts))} acts\n")


def test_a_redacted_copy_is_the_same_record(tmp_path: Path):
    done("redact", played_record(), "-o", tmp_path / "public.record", "--all-acts")
    assert record("compare", played_record(), tmp_path / "public.record").code == 0


def test_a_copy_that_ends_earlier_is_the_beginning(tmp_path: Path):
    folder = agreed(tmp_path)
    done("export", folder / "RU", "-o", tmp_path / "early.record")
    done("add", folder / "UA", "broken-off", "reason=TEST")
    carry(folder, "UA", "NEUTRAL")
    done("head", folder / "NEUTRAL")
    done("export", folder / "NEUTRAL", "-o", tmp_path / "late.record")
    for one, other in (("early", "late"), ("late", "early")):
        ran = record("compare", tmp_path / f"{one}.record", tmp_path / f"{other}.record")
        assert ran.code == 2
        assert "the first 9 acts are the same; late.record has 1 more. early.record is its beginning" in ran.out


def test_records_of_two_exchanges_are_told_apart(tmp_path: Path):
    folder = agreed(tmp_path)
    done("export", folder / "RU", "-o", tmp_path / "other.record")
    ran = record("compare", played_record(), tmp_path / "other.record")
    assert ran.code == 1
    assert "two different exchanges" in ran.out


def test_two_versions_name_the_first_different_act_and_who_signed_both(tmp_path: Path):
    for name, acts in (("one", 3), ("two", 4)):
        world = grown_world(tmp_path / name, rounds=2, acts=acts)
        (tmp_path / f"{name}.record").write_bytes(file_bytes(world.record()))
    ran = record("compare", tmp_path / "one.record", tmp_path / "two.record")
    assert ran.code == 1
    found = record("compare", tmp_path / "one.record", tmp_path / "two.record", "--json").json
    one, two = (list(read_record(tmp_path / f"{name}.record").acts) for name in ("one", "two"))
    assert found["index"] == next(number for number, pair in enumerate(zip(one, two, strict=False)) if pair[0] != pair[1])
    assert f"TWO VERSIONS: act {found['index']} is another one in each copy" in ran.out
    assert found["signed_both"] == ["NEUTRAL/log", "NEUTRAL/witness", "SIDE-A/witness", "SIDE-B/witness"]
    assert "signed both versions: NEUTRAL/log, NEUTRAL/witness, SIDE-A/witness, SIDE-B/witness" in ran.out
    assert "ДВІ ВЕРСІЇ" in record("compare", tmp_path / "one.record", tmp_path / "two.record", "--language", "uk").out


def test_a_forged_copy_accuses_nobody(tmp_path: Path):
    acts = list(read_record(played_record()).acts)
    acts[50] = acts[50].replace(b'"n":', b'"n":1')
    forged = rewritten(played_record(), tmp_path / "forged.record", acts=tuple(acts))
    ran = record("compare", played_record(), forged, "--json")
    assert ran.code == 1
    assert ran.json["second"]["signed_by"] is None
    assert ran.json["signed_both"] is None
    assert ran.json["index"] == 50


def test_a_record_whose_last_line_breaks_off_is_named(tmp_path: Path):
    data = bytearray(played_record().read_bytes())
    acts = b"\n".join(read_record(played_record()).acts) + b"\n"
    at = data.index(acts)
    changed = acts[:-1] + b" "
    data[at : at + len(acts)] = changed
    old, new = (zlib.crc32(part).to_bytes(4, "little") for part in (acts, changed))
    path = tmp_path / "broken.record"
    path.write_bytes(bytes(data).replace(old, new))
    for command in (
        ["verify", path],
        ["show", path],
        ["compare", played_record(), path],
        ["redact", path, "-o", tmp_path / "x"],
    ):
        ran = record(*command)
        assert ran.code == 3, command
        assert "no newline" in ran.out + ran.err
    assert not (tmp_path / "x").exists()


def test_a_copy_whose_terms_cannot_be_read_is_unreadable_for_compare_too(tmp_path: Path):
    path = rewritten(played_record(), tmp_path / "other.record", terms=b"nothing\n")
    ran = record("compare", played_record(), path)
    assert ran.code == 3
    assert "does not pass verification itself" in ran.out


def test_every_office_that_was_played_still_opens():
    for code in ("UA", "RU", "NEUTRAL"):
        assert record("state", played() / code).out.startswith(f"exchange   CLOSED ({code})")


def test_an_unknown_party_is_named_with_those_that_there_are(tmp_path: Path):
    folder = agreed(tmp_path)
    ran = record("send", folder / "UA", "MOON")
    assert ran.code == 64
    assert "NEUTRAL, RU" in ran.err
    assert send(folder, "UA", "NEUTRAL").exists()
