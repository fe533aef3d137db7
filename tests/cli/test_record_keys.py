"""Keys under a passphrase, on paper, and back from paper."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from homeward.cli import cli
from homeward.cli.record_offices import PASSPHRASE_FILE
from homeward.invented.agreement import terms_text
from homeward.record import read_record, verify
from homeward.record.key_files import is_locked
from tests.cli.record_world import CODES, agreed, done, full_round, record

WORDS = "nine careful herons"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The passphrase's many rounds are tested elsewhere; here they would only take time."""
    import homeward.office.keys as module

    real = module.save_key
    monkeypatch.setattr(module, "save_key", lambda folder, key, **more: real(folder, key, **{**more, "work_factor": 2}))


def offices(folder: Path) -> Path:
    """Three offices; UA's keys lie under a passphrase."""
    (folder / "words").write_text(f"{WORDS}\n", "utf-8")
    (folder / "terms.toml").write_text(terms_text(12), "utf-8")
    for code in CODES:
        log = ["--log"] if code == "NEUTRAL" else []
        done("new", "keys", folder / code, "--party", code, *log, *(["--passphrase"] if code == "UA" else []))
    publics = [part for code in CODES for part in ("--public", folder / code / f"{code}.public")]
    done("new", "charter", folder / "terms.toml", *publics, "-o", folder / "signed.toml")
    return folder


def test_an_office_whose_keys_lie_under_a_passphrase_signs_with_it_and_not_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(PASSPHRASE_FILE, str(tmp_path / "words"))
    folder = offices(tmp_path)
    assert all(is_locked(path) for path in (folder / "UA" / "keys").glob("*.key"))
    assert not any(is_locked(path) for path in (folder / "RU" / "keys").glob("*.key"))
    done("new", "office", folder / "UA", folder / "signed.toml")
    (folder / "words").write_text("nine careless herons\n", "utf-8")
    assert record("add", folder / "UA", "terms-proposed").code == 3
    monkeypatch.delenv(PASSPHRASE_FILE)
    ran = record("add", folder / "UA", "terms-proposed")
    assert (ran.code, PASSPHRASE_FILE in ran.err) == (3, True)
    assert len(done("state", folder / "UA", "--json").json["waiting_to_be_handed_in"]) == 2, "reading asks for nothing"
    monkeypatch.setenv(PASSPHRASE_FILE, str(tmp_path / "words"))
    (folder / "words").write_text(f"{WORDS}\n", "utf-8")
    done("add", folder / "UA", "terms-proposed")
    assert len(done("state", folder / "UA", "--json").json["waiting_to_be_handed_in"]) == 3


def test_a_card_is_printed_with_the_keys_and_brings_the_key_back(tmp_path: Path):
    place = tmp_path / "UA-root.txt"
    made = done("new", "keys", tmp_path / "UA", "--party", "UA", "--card", place, "--json").json
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    key = tmp_path / "UA" / "keys" / "UA.root.key"
    before = key.read_bytes()
    key.unlink()
    key.with_suffix(".pub").unlink()
    words = " ".join(
        word
        for _, word in sorted((int(at), word) for at, word in re.findall(r"([ \d]\d) ([a-z]+)(?: {2}|\n)", place.read_text()))
    )
    assert len(words.split()) == 27
    command = ["record", "new", "from-card", str(tmp_path / "UA"), "--key", "UA/root"]
    wrong = CliRunner().invoke(cli, [*command, "--digits", "0000 " * 6], input=f"{words}\n\n")
    assert wrong.exit_code == 3
    assert not key.exists()
    right = CliRunner().invoke(cli, [*command, "--digits", made["fingerprints"]["root"]], input=f"{words}\n\n")
    assert right.exit_code == 0, right.output
    assert key.read_bytes() == before
    assert words.split()[3] not in right.output


def test_a_card_as_pdf_is_one_page_and_is_not_written_over(tmp_path: Path):
    pdfium = pytest.importorskip("pypdfium2", reason="reading a PDF needs pypdfium2")
    pytest.importorskip("reportlab", reason="printing needs the extra print")
    done("new", "keys", tmp_path / "UA", "--party", "UA")
    done("new", "card", tmp_path / "UA", "-o", tmp_path / "card.pdf")
    assert len(pdfium.PdfDocument((tmp_path / "card.pdf").read_bytes())) == 1
    assert record("new", "card", tmp_path / "UA", "-o", tmp_path / "card.pdf").code == 64
    assert record("new", "card", tmp_path / "UA", "-o", tmp_path / "card.png").code == 64
    assert record("new", "card", tmp_path / "UA", "--key", "officer-9", "-o", tmp_path / "other.pdf").code == 64
    assert record("new", "card", tmp_path / "UA", "-o", tmp_path / "none" / "card.pdf").code == 4


def test_a_root_is_changed_by_the_old_one_and_retired_by_it(tmp_path: Path):
    folder = agreed(tmp_path)
    made = done("new", "root", folder / "UA", "--card", tmp_path / "card.txt", "--json").json
    assert (made["act"], made["key"]) == ("key-added", "UA/root-2")
    assert done("new", "root", folder / "UA", "--json").json["leaf"] == made["leaf"], "run again, it makes no third root"
    assert made["fingerprint"] in (tmp_path / "card.txt").read_text()
    full_round(folder)
    done("add", folder / "UA", "key-retired", "key=UA/root")
    full_round(folder)
    ran = done("new", "device", folder / "UA", "--name", "officer-3")
    assert "UA/officer-3" in ran.out
    full_round(folder)
    done("export", folder / "RU", "-o", tmp_path / "now.record")
    verdict = verify(read_record(tmp_path / "now.record"))
    assert verdict.kind == "unchanged"
    assert [use.name for use in verdict.keys if use.party == "UA" and "root" in use.roles and use.retired is None] == [
        "UA/root-2"
    ]


def test_a_lost_root_is_replaced_by_two_officers_and_all_other_parties(tmp_path: Path):
    folder = agreed(tmp_path)
    for path in (folder / "UA" / "keys").glob("UA.root.*"):
        path.unlink()
    made = done("new", "root", folder / "UA", "--json").json
    assert (made["act"], made["key"]) == ("key-proposed", "UA/root-2")
    assert record("new", "root", folder / "UA", "--json").json["leaf"] == made["leaf"]
    full_round(folder)
    assert record("new", "device", folder / "UA", "--name", "officer-3").code != 0, "it does not count yet"
    for code in ("RU", "NEUTRAL"):
        waits = record("state", folder / code, "--json").json["new_roots"]
        assert [(each["party"], each["digits"], each["leaf"]) for each in waits] == [("UA", made["fingerprint"], made["leaf"])]
        done("add", folder / code, "key-accepted", f"of={made['leaf']}")
    assert record("add", folder / "UA", "key-accepted", f"of={made['leaf']}").code != 0
    assert record("add", folder / "RU", "key-accepted", f"of={'A' * 43}").code == 1
    full_round(folder)
    done("new", "device", folder / "UA", "--name", "officer-3")
    full_round(folder)
    assert record("state", folder / "RU", "--json").json["new_roots"] == []
    done("export", folder / "RU", "-o", tmp_path / "now.record")
    verdict = verify(read_record(tmp_path / "now.record"))
    assert verdict.kind == "unchanged"
    assert {use.name for use in verdict.keys if use.party == "UA" and use.retired is None} >= {"UA/root-2", "UA/officer-3"}
    shown = done("show", tmp_path / "now.record", "--act", "key-accepted").out
    assert "accept the new root" in shown
