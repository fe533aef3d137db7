"""An invented exchange from its files to its answers: real reading, real matching, real workbooks, two invented officers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from homeward.invented import Truth, invented_decisions, write_exchange
from homeward.lists import (
    Answer,
    DecisionBook,
    ListKind,
    NameList,
    Proposed,
    QualityReport,
    check,
    check_answers,
    derive_answers,
    diff,
    freeze,
    open_pairs,
    propose,
    read_review,
    write_review,
)
from homeward.people import Field, PeopleFile, annotate, read_people
from homeward.terms import load

DAY = "2025-05-18"


@dataclass(frozen=True)
class Way:
    truth: Truth
    held: PeopleFile
    register: PeopleFile
    report: QualityReport
    proposed: Proposed
    book: DecisionBook
    answers: dict[str, Answer]


@pytest.fixture(scope="module")
def way(tmp_path_factory: pytest.TempPathFactory) -> Way:
    folder = tmp_path_factory.mktemp("exchange")
    truth = write_exchange(folder, people=150, seed="lists")
    held = read_people(folder / truth.held["RU"][0].file)
    register = read_people(folder / truth.registers["UA"][0].file)
    report = check(held, terms=load(folder / "terms.toml"), side="home-UA", register=register, on=date(2025, 5, 18))
    proposed = propose(held.people, register.people)
    pairs = proposed.pairs()
    filled = {}
    for pair in pairs:
        one, other = invented_decisions(truth, [(pair.left.id, pair.right_id)])[0] if pair.right else ("different", "different")
        filled[pair.id] = (one, "Officer A", other, "Officer B")
    sheet = folder / "review.xlsx"
    write_review(sheet, pairs, language="uk", filled=filled)
    result = read_review(sheet, pairs, day=DAY)
    assert len(result.settled) + len(result.undecided) == len(pairs)
    book = DecisionBook().add(result.decisions)
    answers = derive_answers(held.people, register.people, book, pairs)
    return Way(truth, held, register, report, proposed, book, {answer.entry_id: answer for answer in answers})


def test_every_row_is_counted_and_every_entry_answered_once(way: Way) -> None:
    report = way.report
    assert report.accepted + report.remarked + report.refused == report.rows == len(way.held.rows)
    assert report.accepted > report.rows / 2
    ids = [person.id for person in way.held.people]
    assert check_answers([way.answers[entry_id] for entry_id in ids], ids) == []
    assert len(way.answers) == len(ids)


@pytest.mark.parametrize(
    ("planted", "codes"),
    [
        ("released", {"ALREADY_RELEASED", "MAYBE_OUT", "REPEAT"}),
        ("dead", {"DEAD", "MAYBE_OUT", "REPEAT"}),
        ("civilian_as_soldier", {"CIVILIAN_AS_SOLDIER"}),
        ("nobody", {"ROW_REFUSED", "IDENTIFIES_NOBODY"}),
        ("wrong_category", {"WRONG_CATEGORY"}),
        ("impossible_date", {"DATE_IMPOSSIBLE"}),
        ("unknown_person", {"NOT_IN_REGISTER"}),
        ("repeat", {"REPEAT", "POSSIBLE_REPEAT"}),
    ],
)
def test_nearly_all_planted_faults_are_found(way: Way, planted: str, codes: set[str]) -> None:
    rows = {row.row for row in way.truth.held["RU"] if planted in row.planted}
    assert rows
    found = {number for finding in way.report.findings if finding.code in codes for number in finding.rows}
    assert len(rows & found) >= 0.8 * len(rows), sorted(rows - found)


def test_what_the_answers_say_is_true(way: Way) -> None:
    state = {row.id: row.state for row in way.truth.registers["UA"]}
    expected = {"released": "ALREADY_RELEASED", "dead": "DECEASED", "refused": "REFUSES_TRANSFER"}
    first: set[str] = set()
    wrong = 0
    for row in way.truth.held["RU"]:
        answer = way.answers.get(row.id)
        if answer is None or answer.code in {"UNDER_INQUIRY", "INSUFFICIENT_DATA"}:
            continue
        if row.register_id is None:
            assert answer.code in {"NOT_HELD", "DUPLICATE_OF"}
        elif answer.code == "NOT_HELD":
            wrong += 1  # The machine found nobody and these officers believe it; others would search by hand.
        elif row.register_id in first:
            assert answer.code == "DUPLICATE_OF"
        else:
            first.add(row.register_id)
            usual = {"ACKNOWLEDGED_HELD", "DISPUTED_STATUS"}
            assert answer.code in ({expected[state[row.register_id]]} if state[row.register_id] in expected else usual)
    assert wrong <= 0.02 * len(way.answers)


def test_a_settled_sheet_leaves_nothing_but_the_open_pairs_to_ask(way: Way) -> None:
    pairs = way.proposed.pairs()
    still_open = open_pairs(pairs, way.book)
    assert {pair.id for pair in still_open} == {entry.pair_id for entry in way.book.entries if entry.outcome is None}


def test_nothing_printed_holds_a_surname_of_the_list(way: Way) -> None:
    printed = way.report.text("en") + way.report.text("uk") + str(way.report.as_dict())
    surnames = {person.text(Field.SURNAME) or "" for person in way.held.people}
    assert not [name for name in surnames if len(name) > 5 and name in printed]


def test_the_remarks_stand_beside_their_rows_in_a_copy_that_reads_the_same(way: Way, tmp_path: Path) -> None:
    copy = tmp_path / "held-checked.xlsx"
    annotate(way.held.path, copy, way.report.remarks("uk"), heading="Зауваження")
    again = read_people(copy)
    assert [row.number for row in again.rows] == [row.number for row in way.held.rows]
    remarked = {row.number for row in again.rows if row.person is not None and row.person.other.get("Зауваження")}
    assert remarked == {number for number in way.report.remarks() if number in {row.number for row in again.rows if row.person}}


def test_a_real_list_freezes_and_a_row_taken_out_is_told(way: Way) -> None:
    people = way.held.people
    before = NameList(ListKind.OFFER, 1, "RU", "home-UA", people)
    after = NameList(ListKind.OFFER, 2, "RU", "home-UA", people[1:])
    assert freeze(before).count == len(people)
    assert diff(before, after).removed == (people[0].id,)
