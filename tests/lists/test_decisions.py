"""The book of decisions: nothing is lost, the last one counts, two people always."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.lists import DecisionBook, ListError, Question, Ruling, make_pair, read_decisions, write_decisions
from tests.lists.made import decide, full

PAIR = make_pair(Question.REGISTER, full("r2", 0), full("ua-0", 0))
SAME, DIFFERENT, UNSURE = Ruling.SAME, Ruling.DIFFERENT, Ruling.UNSURE


def test_an_undone_decision_stays_in_the_book_and_no_longer_counts() -> None:
    book = DecisionBook((decide(PAIR, SAME),)).undo(PAIR.id, ("Officer C", "Officer D"), "2025-05-20")
    assert [entry.outcome for entry in book.entries] == [SAME, Ruling.UNDONE]
    assert not book.settled(PAIR.id, PAIR.fingerprint)
    assert book.counterparts("r2") == ()
    assert book.entries[1].why_open("en") == "the decision was undone"
    again = book.add([decide(PAIR, DIFFERENT)])
    assert again.outcome(Question.REGISTER, "r2", "ua-0") is DIFFERENT
    assert len(again.entries) == 3


@pytest.mark.parametrize("officers", [("Officer C", "officer c."), ("Officer C", ""), ("", "")])
def test_undoing_needs_two_people(officers: tuple[str, str]) -> None:
    with pytest.raises(ListError, match="needs two different officers") as refusal:
        DecisionBook((decide(PAIR, SAME),)).undo(PAIR.id, officers, "2025-05-20")
    assert "Officer C" not in str(refusal.value)


def test_there_is_nothing_to_undo_twice() -> None:
    book = DecisionBook((decide(PAIR, SAME),)).undo(PAIR.id, ("Officer C", "Officer D"), "2025-05-20")
    with pytest.raises(ListError, match=f"no decision on {PAIR.id} to undo"):
        book.undo(PAIR.id, ("Officer C", "Officer D"), "2025-05-20")


def test_reading_the_same_sheet_again_adds_nothing_and_brings_back_nothing_undone() -> None:
    book = DecisionBook().add([decide(PAIR, SAME)])
    assert book.add([decide(PAIR, SAME)]) == book
    undone = book.undo(PAIR.id, ("Officer C", "Officer D"), "2025-05-20")
    assert undone.add([decide(PAIR, SAME)]).counterparts("r2") == ()


def test_a_repeat_is_decided_whichever_way_round_it_is_asked() -> None:
    pair = make_pair(Question.REPEAT, full("r2", 0), full("r3", 0))
    book = DecisionBook((decide(pair, DIFFERENT),))
    assert book.outcome(Question.REPEAT, "r3", "r2") is DIFFERENT
    assert book.kept_apart() == (("r2", "r3"),)
    assert book.repeats() == ()


@given(st.sampled_from([SAME, DIFFERENT, UNSURE]), st.sampled_from([SAME, DIFFERENT, UNSURE]))
def test_a_pair_is_settled_only_by_two_equal_words_that_are_sure(first: Ruling, second: Ruling) -> None:
    decision = decide(PAIR, first, second)
    settled = first is second and first is not UNSURE
    assert (decision.outcome is not None) is settled
    assert bool(decision.why_open("uk")) is not settled
    assert DecisionBook((decision,)).settled(PAIR.id, PAIR.fingerprint) is settled


def test_the_book_goes_through_its_file_and_comes_back_the_same(tmp_path: Path) -> None:
    book = DecisionBook((decide(PAIR, SAME, UNSURE), decide(PAIR, SAME))).undo(PAIR.id, ("C", "D"), "2025-05-20")
    path = tmp_path / "decisions.jsonl"
    write_decisions(path, book)
    assert read_decisions(path) == book


@pytest.mark.parametrize(
    ("line", "text"),
    [(1, "{}"), (2, "not json"), (2, "{}"), (2, "[]"), (2, '{"first":"same"}')],
)
def test_a_damaged_book_names_its_line(tmp_path: Path, line: int, text: str) -> None:
    path = tmp_path / "decisions.jsonl"
    write_decisions(path, DecisionBook((decide(PAIR, SAME),)))
    lines = path.read_text("utf-8").splitlines()
    lines[line - 1] = text
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(ListError, match=rf"decisions\.jsonl, row {line}: "):
        read_decisions(path)


def test_one_officer_under_two_spellings_in_the_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    write_decisions(path, DecisionBook((decide(PAIR, SAME),)))
    path.write_text(path.read_text("utf-8").replace("Officer B", "officer  a"), "utf-8")
    with pytest.raises(ListError, match="row 2"):
        read_decisions(path)


def test_an_empty_file_is_no_book(tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_bytes(b"")
    with pytest.raises(ListError, match="is empty"):
        read_decisions(tmp_path / "d.jsonl")
