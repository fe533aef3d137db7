"""`homeward record list`: from two spreadsheets to two answered, frozen lists, by commands and files alone."""

from __future__ import annotations

import atexit
import errno
import shutil
import tempfile
from functools import cache
from pathlib import Path

import pytest

from homeward.invented import write_exchange
from homeward.lists import Answer, write_answers
from homeward.people import Field, read_people
from tests.cli.record_world import agreed, carry, done, full_round, record, send

HOLDERS = {"home-UA": "RU", "home-RU": "UA"}
RECEIVERS = {"home-UA": "UA", "home-RU": "RU"}


@cache
def _invented() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="homeward-lists-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    write_exchange(folder, people=12, seed="lists")
    return folder


def committed(target: Path) -> Path:
    folder = agreed(target)
    for list_id, holder in HOLDERS.items():
        done("list", "commit", folder / holder, list_id, _invented() / holder / "held.xlsx", "--on", "2025-05-23")
    full_round(folder)
    return folder


def released(target: Path) -> Path:
    folder = committed(target)
    for list_id in HOLDERS:
        done("list", "lodge", folder / "NEUTRAL", list_id)
    done("list", "release", folder / "NEUTRAL")
    full_round(folder)
    return folder


def test_lists_go_from_two_spreadsheets_to_a_freeze_by_files_alone(tmp_path: Path):
    folder = released(tmp_path)
    for list_id, receiver in RECEIVERS.items():
        table = tmp_path / f"{list_id}.xlsx"
        done("list", "open", folder / receiver, list_id, "-o", table)
        ids = [person.id for person in read_people(table).people]
        write_answers(tmp_path / f"{list_id}.json", [Answer(each, "ACKNOWLEDGED_HELD") for each in ids], "OFFER")
        done("list", "answer", folder / receiver, list_id, tmp_path / f"{list_id}.json")
    full_round(folder)
    for list_id, holder in HOLDERS.items():
        carry(folder, RECEIVERS[list_id], "NEUTRAL")
        carry(folder, RECEIVERS[list_id], holder)
        done("list", "open-answers", folder / holder, list_id, "-o", tmp_path / "answers.json")
        done("add", folder / holder, "list-frozen", f"list={list_id}")
    full_round(folder)
    for list_id, receiver in RECEIVERS.items():
        waiting = record("state", folder / receiver, "--json").json["to_agree"]
        mine = next(each for each in waiting if list_id in each["says"])
        done("agree", folder / receiver, str(mine["act"]))
    full_round(folder)
    state = done("state", folder / "NEUTRAL", "--json").json
    assert {each["id"]: each["state"] for each in state["lists"]} == {"home-UA": "FROZEN", "home-RU": "FROZEN"}
    assert state["no_effect"] == []
    done("export", folder / "UA", "-o", tmp_path / "now.record")
    assert record("verify", tmp_path / "now.record").code == 2


def test_what_is_opened_is_what_was_committed(tmp_path: Path):
    folder = released(tmp_path)
    done("list", "open", folder / "UA", "home-UA", "-o", tmp_path / "theirs.csv")
    sent, received = (
        sorted(str(person.value(Field.SURNAME)) for person in read_people(path).people)
        for path in (_invented() / "RU" / "held.xlsx", tmp_path / "theirs.csv")
    )
    assert received == sent
    assert len(set(sent)) > 5


def test_files_go_along_until_an_act_says_that_they_arrived(tmp_path: Path):
    folder = agreed(tmp_path)
    done("list", "commit", folder / "UA", "home-RU", _invented() / "UA" / "held.xlsx")
    lost = send(folder, "UA", "NEUTRAL")
    lost.unlink()
    carry(folder, "UA", "NEUTRAL")
    full_round(folder)
    done("list", "lodge", folder / "NEUTRAL", "home-RU")
    full_round(folder)
    assert b"-share-" not in send(folder, "UA", "NEUTRAL").read_bytes()


@pytest.mark.parametrize("moment", ["own_lists.write_whole", "desk.Office.say", "committing.put"])
def test_a_commitment_that_was_cut_off_is_finished_with_the_same_list(
    moment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder, held = agreed(tmp_path), _invented() / "UA" / "held.xlsx"

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "disk")

    with monkeypatch.context() as patch:
        patch.setattr(f"homeward.office.{moment}", full)
        assert record("list", "commit", folder / "UA", "home-RU", held).code == 4
    done("list", "commit", folder / "UA", "home-RU", held)
    assert record("list", "commit", folder / "UA", "home-RU", held).code == 1
    assert len(done("state", folder / "UA", "--json").json["waiting_to_be_handed_in"]) == 1
    done("list", "commit", folder / "RU", "home-UA", _invented() / "RU" / "held.xlsx")
    full_round(folder)
    for list_id in HOLDERS:
        done("list", "lodge", folder / "NEUTRAL", list_id)
    done("list", "release", folder / "NEUTRAL")


def test_a_step_out_of_turn_or_by_another_party_is_refused(tmp_path: Path):
    folder = committed(tmp_path)
    held = _invented() / "UA" / "held.xlsx"
    assert record("list", "commit", folder / "UA", "home-RU", held).code == 1, "committed already"
    assert record("list", "commit", folder / "UA", "home-UA", held).code == 1, "the other side's list"
    assert record("list", "commit", folder / "UA", "home-XX", held).code == 64
    assert record("list", "lodge", folder / "UA", "home-UA").code == 1, "no keeper"
    assert record("list", "release", folder / "NEUTRAL").code == 1, "not lodged"
    assert record("list", "open", folder / "UA", "home-UA", "-o", tmp_path / "x.csv").code == 1, "not released"
    assert record("list", "open", folder / "UA", "home-UA", "-o", tmp_path / "x.txt").code == 64
    assert not (tmp_path / "x.csv").exists()


def test_answers_that_do_not_cover_every_name_are_refused(tmp_path: Path):
    folder = released(tmp_path)
    done("list", "open", folder / "UA", "home-UA", "-o", tmp_path / "theirs.csv")
    first = read_people(tmp_path / "theirs.csv").people[0].id
    write_answers(tmp_path / "answers.json", [Answer(first, "ACKNOWLEDGED_HELD")], "OFFER")
    ran = record("list", "answer", folder / "UA", "home-UA", tmp_path / "answers.json")
    assert ran.code == 1
    assert "every name gets exactly one" in ran.err
