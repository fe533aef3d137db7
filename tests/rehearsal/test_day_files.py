"""The optional files of a rehearsal: read line by line, refused by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from homeward.rehearsal import RehearsalError
from homeward.rehearsal.day_files import read_incidents, read_interviews
from tests.exchange.story import small_terms

TERMS = small_terms()


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, "utf-8")


def test_a_folder_without_the_files_has_no_interviews_and_no_incidents(tmp_path: Path) -> None:
    assert read_interviews(tmp_path, TERMS) == {}
    assert read_incidents(tmp_path, TERMS) == []


def test_interviews_are_read_by_holder_and_row(tmp_path: Path) -> None:
    write(tmp_path, "interviews.csv", "party,id,outcome,reason\nA,r5,refuses,\nB,r7,not_held,No access yet\n")
    assert read_interviews(tmp_path, TERMS) == {("A", "r5"): ("refuses", ""), ("B", "r7"): ("not_held", "no_access_yet")}


def test_an_interview_not_held_always_has_a_reason(tmp_path: Path) -> None:
    write(tmp_path, "interviews.csv", "party,id,outcome\nA,r5,not_held\n")
    assert read_interviews(tmp_path, TERMS)["A", "r5"] == ("not_held", "not_stated")


def test_incidents_are_read_in_order_with_their_vehicle_and_reserve(tmp_path: Path) -> None:
    write(tmp_path, "incidents.csv", "stage,kind,party,id,vehicle,reserve\ns1,ESCAPE,A,,2,no\ns2,DEATH_IN_TRANSIT,B,r9,,\n")
    first, second = read_incidents(tmp_path, TERMS)
    assert (first.kind, first.vehicle, first.reserve, first.row) == ("ESCAPE", 2, False, "")
    assert (second.stage, second.vehicle, second.reserve, second.row) == ("s2", None, True, "r9")


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("interviews.csv", "party,id\nA,r5\n", "line 1: the columns outcome are missing"),
        ("interviews.csv", "party,id,outcome\nZ,r5,refuses\n", "line 2: party must be one of: A, B"),
        ("interviews.csv", "party,id,outcome\nA,r5,perhaps\n", "line 2: outcome must be one of: wishes_to_go"),
        ("interviews.csv", "party,id,outcome\nA,r5,refuses\nA,r5,refuses\n", "line 3: this row of the list stands here twice"),
        ("interviews.csv", "party,id,outcome\nA,r5\n", "line 2: another number of cells"),
        ("incidents.csv", "stage,kind,party\ns1,LATE,A\n", "line 2: kind must be one of: NON_DELIVERY"),
        ("incidents.csv", "stage,kind,party,vehicle\ns1,ESCAPE,A,two\n", "line 2: vehicle must be one of: a number from 1"),
        ("incidents.csv", "stage,kind,party,reserve\ns1,ESCAPE,A,maybe\n", "line 2: reserve must be one of: yes, no"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, name: str, text: str, says: str) -> None:
    write(tmp_path, name, text)
    with pytest.raises(RehearsalError, match=says):
        read_interviews(tmp_path, TERMS) if name == "interviews.csv" else read_incidents(tmp_path, TERMS)


def test_a_file_that_is_not_utf_8_is_refused_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "incidents.csv").write_bytes("stage,kind,party\nперший".encode("windows-1251"))
    with pytest.raises(RehearsalError, match="save it as CSV UTF-8"):
        read_incidents(tmp_path, TERMS)
