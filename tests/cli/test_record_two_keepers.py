"""Two keepers, each with a share, release both lists in one room: by commands and files alone."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from homeward.invented import write_exchange
from homeward.invented.agreement import terms_text
from homeward.people import read_people
from tests.cli.record_world import carry, done, full_round, record

CODES = ("NEUTRAL", "RU", "TR", "UA")
OTHERS = ("UA", "RU", "TR")
HOLDERS = {"home-UA": "RU", "home-RU": "UA"}


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four offices; both lists are committed, and lodged with the neutral and with TR. Tests take a copy."""
    folder = tmp_path_factory.mktemp("offices")
    write_exchange(folder / "invented", people=12, seed="two keepers")
    (folder / "terms.toml").write_text(terms_text(12), "utf-8")
    for code in CODES:
        done("new", "keys", folder / code, "--party", code, *(["--log"] if code == "NEUTRAL" else []))
    publics = [part for code in CODES for part in ("--public", folder / code / f"{code}.public")]
    keepers = ["--keeper", "NEUTRAL", "--keeper", "TR"]
    done("new", "charter", folder / "terms.toml", *publics, *keepers, "-o", folder / "signed.toml")
    for code in CODES:
        done("new", "office", folder / code, folder / "signed.toml")
    done("add", folder / "UA", "terms-proposed")
    full_round(folder, OTHERS)
    act = record("state", folder / "RU", "--json").json["to_agree"][0]["act"]
    for code in ("RU", "NEUTRAL"):
        done("agree", folder / code, str(act))
    full_round(folder, OTHERS)
    for list_id, holder in HOLDERS.items():
        done("list", "commit", folder / holder, list_id, folder / "invented" / holder / "held.xlsx", "--on", "2025-05-23")
    full_round(folder, OTHERS)
    for holder in HOLDERS.values():
        carry(folder, holder, "TR")
    for list_id in HOLDERS:
        for keeper in ("NEUTRAL", "TR"):
            done("list", "lodge", folder / keeper, list_id)
    full_round(folder, OTHERS)
    return folder


@pytest.mark.parametrize(("moment", "state"), [("log_own", "LODGED"), ("put", "RELEASED")])
def test_two_keepers_release_together_or_not_at_all_and_a_release_cut_off_is_finished(
    moment: str, state: str, offices: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = Path(shutil.copytree(offices, tmp_path / "offices"))
    alone = record("list", "release", folder / "NEUTRAL")
    assert (alone.code, "NEUTRAL, TR" in alone.err) == (1, True)
    assert record("list", "release", folder / "NEUTRAL", folder / "UA").code == 1, "UA keeps nothing"
    assert record("list", "open", folder / "UA", "home-UA", "-o", tmp_path / "x.xlsx").code == 1, "not released"

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "disk")

    with monkeypatch.context() as patch:
        patch.setattr(f"homeward.cli.record_lists.{moment}", full)
        assert record("list", "release", folder / "NEUTRAL", folder / "TR").code == 4
    # The acts were said and go out with the next round; the lists were handed to nobody. If the assent came into the log first, it
    # had no effect, and is said again.
    full_round(folder, OTHERS)
    assert {each["state"] for each in record("state", folder / "NEUTRAL", "--json").json["lists"]} == {state}
    done("list", "release", folder / "NEUTRAL", folder / "TR")
    full_round(folder, OTHERS)
    assert {each["state"] for each in record("state", folder / "NEUTRAL", "--json").json["lists"]} == {"RELEASED"}
    acts = done("export", folder / "UA", "-o", tmp_path / "now.record", "--json").json["acts"]
    done("list", "release", folder / "NEUTRAL", folder / "TR")
    full_round(folder, OTHERS)
    assert done("export", folder / "UA", "-o", tmp_path / "now.record", "--json").json["acts"] == acts, "nothing is said twice"
    for list_id, holder in HOLDERS.items():
        receiver = "UA" if holder == "RU" else "RU"
        done("list", "open", folder / receiver, list_id, "-o", tmp_path / f"{list_id}.xlsx")
        sent = len(read_people(folder / "invented" / holder / "held.xlsx").people)
        assert len(read_people(tmp_path / f"{list_id}.xlsx").people) == sent > 5
    assert record("verify", tmp_path / "now.record").code == 2
