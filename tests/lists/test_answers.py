"""Answers: the table of sixteen, what each must carry, the law of a set of answers, alarms, files."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from homeward.lists import (
    ANSWER_CODES,
    CARRIED,
    NOT_FOR_EXCHANGE_REASONS,
    Answer,
    ListError,
    ListProblemsError,
    available,
    carry_over,
    check_answers,
    close_unanswered,
    contradictions,
    counts,
    read_answer_sheet,
    read_answers,
    write_answer_sheet,
    write_answers,
)
from homeward.people import Absence

#: One sound answer of every code, for a list of the entries "e1" and "e2".
SOUND: dict[str, Answer] = {
    answer.code: answer
    for answer in (
        Answer("e2", "ACKNOWLEDGED_HELD"),
        Answer("e2", "ACKNOWLEDGED_NOT_FOR_EXCHANGE", carries={"reason": "convicted"}),
        Answer("e2", "HELD_BY_ALLY_OR_OTHER", carries={"holder": "B2"}),
        Answer("e2", "NOT_HELD", "not_held"),
        Answer("e2", "PREVIOUSLY_ACKNOWLEDGED_NOW_DENIED", carries={"earlier": "answers 1"}),
        Answer("e2", "DECEASED", carries={"date": "2024-03", "place": Absence.WITHHELD}),
        Answer("e2", "ALREADY_RELEASED", carries={"date": "2024-09-13", "operation": "op-57"}),
        Answer("e2", "DUPLICATE_OF", carries={"other": "e1"}),
        Answer("e2", "INSUFFICIENT_DATA", carries={"missing": "birth_date"}),
        Answer("e2", "DISPUTED_STATUS", carries={"status": "civilian"}),
        Answer("e2", "REFUSES_TRANSFER", carries={"witness": Absence.UNKNOWN}),
        Answer("e2", "MEDICALLY_UNFIT", "recovered", {"review": "2025-06-01"}),
        Answer("e2", "LEGAL_HOLD", carries={"basis": "GC III 119"}),
        Answer("e2", "NATIONALITY_UNCONFIRMED"),
        Answer("e2", "UNDER_INQUIRY", carries={"until": "2025-05-25"}),
        Answer("e2", "NO_ANSWER", carries={"due": "2025-05-18"}),
    )
}
FIRST = Answer("e1", "ACKNOWLEDGED_HELD")


def reasons(problems: list[ListError]) -> str:
    return " | ".join(map(str, problems))


def test_every_code_has_a_sound_example_here() -> None:
    assert set(SOUND) == set(ANSWER_CODES)


@pytest.mark.parametrize("code", ANSWER_CODES)
def test_every_code_has_a_meaning_in_both_directions_and_languages(code: str) -> None:
    rule = ANSWER_CODES[code]
    meanings = [rule.meaning(kind, language) for kind in ("OFFER", "REQUEST") for language in ("en", "uk")]
    assert all(meanings)
    assert all(any("а" <= letter <= "я" for letter in text) for text in meanings[1::2])
    assert {*rule.carries, *rule.may_carry} <= set(CARRIED)


@pytest.mark.parametrize("code", ANSWER_CODES)
def test_a_sound_answer_of_every_code_passes(code: str) -> None:
    assert not check_answers([FIRST, SOUND[code]], ["e1", "e2"])


@pytest.mark.parametrize(("code", "key"), [(code, key) for code, rule in ANSWER_CODES.items() for key in rule.carries])
def test_an_answer_without_what_its_code_must_carry_is_refused(code: str, key: str) -> None:
    sound = SOUND[code]
    bare = Answer("e2", code, sound.detail, {name: value for name, value in sound.carries.items() if name != key})
    assert f"{code} must carry '{key}'" in reasons(check_answers([FIRST, bare], ["e1", "e2"]))


@pytest.mark.parametrize("code", ANSWER_CODES)
def test_an_answer_that_carries_what_its_code_does_not_is_refused(code: str) -> None:
    sound, rule = SOUND[code], ANSWER_CODES[code]
    stray = next(key for key in CARRIED if key not in (*rule.carries, *rule.may_carry))
    more = Answer("e2", code, sound.detail, {**sound.carries, stray: "2025-01-01"})
    assert f"does not carry '{stray}'" in reasons(check_answers([FIRST, more], ["e1", "e2"]))


@pytest.mark.parametrize("code", ["NOT_HELD", "MEDICALLY_UNFIT"])
def test_a_code_of_two_words_needs_to_say_which(code: str) -> None:
    assert "needs one of the details" in " ".join(Answer("e2", code, "perhaps", SOUND[code].carries).problems())


def test_a_code_of_one_word_takes_no_detail() -> None:
    assert Answer("e1", "ACKNOWLEDGED_HELD", "surely").problems() == ["ACKNOWLEDGED_HELD has no details"]


def test_an_unknown_code_is_refused() -> None:
    assert Answer("e1", "PERHAPS").problems() == ["the code is none of the sixteen"]


def test_only_an_acknowledged_person_is_available_for_the_plan() -> None:
    assert [code for code, rule in ANSWER_CODES.items() if rule.available] == ["ACKNOWLEDGED_HELD"]
    assert available([FIRST, SOUND["LEGAL_HOLD"]]) == ("e1",)


def test_only_release_repetition_and_a_death_that_the_holder_reports_end_the_talk() -> None:
    def final(kind: str) -> list[str]:
        return [code for code, rule in ANSWER_CODES.items() if rule.final(kind)]

    assert final("REQUEST") == ["DECEASED", "ALREADY_RELEASED", "DUPLICATE_OF"]
    assert final("OFFER") == ["ALREADY_RELEASED", "DUPLICATE_OF"]  # Whoever is offered alive is not dead for good.


def test_a_disciplinary_punishment_is_no_ground() -> None:
    assert not any("discip" in reason for reason in NOT_FOR_EXCHANGE_REASONS)
    refused = Answer("e1", "ACKNOWLEDGED_NOT_FOR_EXCHANGE", carries={"reason": "disciplinary punishment"})
    assert "GC III 115" in refused.problems()[0]


@pytest.mark.parametrize("bad", ["2025-02-30", "yesterday", "18.05.2025"])
def test_a_day_that_is_no_day_is_refused(bad: str) -> None:
    assert "must be a date" in Answer("e1", "DECEASED", carries={"date": bad}).problems()[0]


def test_an_empty_value_is_told_apart_from_unknown_and_withheld() -> None:
    assert Answer("e1", "DECEASED", carries={"date": ""}).problems()
    assert not Answer("e1", "DECEASED", carries={"date": Absence.UNKNOWN}).problems()


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([Answer("e2", "DUPLICATE_OF", carries={"other": "e2"}), FIRST], "duplicate of itself"),
        ([Answer("e2", "DUPLICATE_OF", carries={"other": "e9"}), FIRST], "not on the list"),
        ([Answer("e2", "DUPLICATE_OF", carries={"other": Absence.UNKNOWN}), FIRST], "must name the other entry"),
        (
            [Answer("e2", "DUPLICATE_OF", carries={"other": "e1"}), Answer("e1", "DUPLICATE_OF", carries={"other": "e2"})],
            "itself a duplicate",
        ),
        ([FIRST], "the entry e2 has no answer"),
        ([FIRST, FIRST, SOUND["LEGAL_HOLD"]], "the entry e1 has 2 answers"),
        ([FIRST, SOUND["LEGAL_HOLD"], Answer("e3", "ACKNOWLEDGED_HELD")], "entry e3 is not on the list"),
    ],
)
def test_a_set_of_answers_that_breaks_the_law_is_told_why(answers: list[Answer], said: str) -> None:
    assert said in reasons(check_answers(answers, ["e1", "e2"]))


@given(st.lists(st.sampled_from(sorted(ANSWER_CODES)), max_size=40))
def test_counts_by_code_add_up_to_the_answers(codes: list[str]) -> None:
    found = counts([Answer(f"e{number}", code) for number, code in enumerate(codes)])
    assert list(found) == list(ANSWER_CODES)
    assert sum(found.values()) == len(codes)


@pytest.mark.parametrize("code", ANSWER_CODES)
def test_a_denial_after_an_acknowledgement_is_an_alarm_and_after_anything_else_is_not(code: str) -> None:
    alarms = contradictions([SOUND[code]], [Answer("e2", "NOT_HELD", "not_held")], reference="answers 1")
    assert bool(alarms) is ANSWER_CODES[code].acknowledges
    for alarm in alarms:
        assert "e2" in alarm.sentence("en")
        assert code in alarm.sentence("uk")


def test_a_new_answer_other_than_a_denial_is_no_alarm() -> None:
    now = [answer for code, answer in SOUND.items() if code not in {"NOT_HELD", "PREVIOUSLY_ACKNOWLEDGED_NOW_DENIED"}]
    assert not contradictions([Answer("e2", "ACKNOWLEDGED_HELD")], now, reference="answers 1")


def test_earlier_answers_follow_an_entry_to_its_new_id_and_leave_with_it() -> None:
    earlier = [FIRST, SOUND["DUPLICATE_OF"], Answer("e3", "LEGAL_HOLD", carries={"basis": "x"})]
    moved = carry_over(earlier, {"e1": "n7", "e2": "n8"})
    assert [answer.entry_id for answer in moved] == ["n7", "n8"]
    assert moved[1].carries == {"other": "n7"}


def test_silence_becomes_no_answer_only_after_the_clock_ran_out() -> None:
    due = date(2025, 5, 18)
    assert close_unanswered([FIRST], ["e1", "e2"], due=due, on=due) == [FIRST]
    closed = close_unanswered([FIRST], ["e1", "e2"], due=due, on=date(2025, 5, 19))
    assert closed == [FIRST, Answer("e2", "NO_ANSWER", carries={"due": "2025-05-18"})]
    assert not check_answers(closed, ["e1", "e2"])


ALL = [Answer("e1", "ACKNOWLEDGED_HELD"), *(Answer(f"x-{code}", code, a.detail, a.carries) for code, a in SOUND.items())]


def test_answers_go_through_json_and_come_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    write_answers(path, ALL, "OFFER")
    assert read_answers(path) == (ALL, "OFFER")
    first = path.read_bytes()
    write_answers(path, ALL, "OFFER")
    assert path.read_bytes() == first


@pytest.mark.parametrize("language", ["en", "uk"])
def test_answers_go_through_a_workbook_and_come_back_the_same(tmp_path: Path, language: str) -> None:
    path = tmp_path / "answers.xlsx"
    write_answer_sheet(path, ALL, "REQUEST", language=language)
    assert read_answer_sheet(path) == ALL


def test_a_day_that_the_spreadsheet_made_a_date_of_is_still_that_day(tmp_path: Path) -> None:
    path = tmp_path / "answers.xlsx"
    write_answer_sheet(path, [SOUND["DECEASED"]], "OFFER")
    book = load_workbook(path)
    sheet = book.worksheets[0]
    place = next(cell.column for cell in sheet[1] if cell.value == "date")
    sheet.cell(2, place).value = datetime(2024, 3, 9)  # noqa: DTZ001 - a spreadsheet knows no offsets.
    book.save(path)
    assert read_answer_sheet(path)[0].carries["date"] == "2024-03-09"


def test_a_workbook_of_answers_with_a_wrong_code_names_the_row_and_the_sixteen(tmp_path: Path) -> None:
    path = tmp_path / "answers.xlsx"
    write_answer_sheet(path, [FIRST, Answer("e2", "NOT_HELD", "not_held")], "OFFER")
    book = load_workbook(path)
    book.worksheets[0]["B3"] = "NOT HERE"
    book.save(path)
    with pytest.raises(ListProblemsError, match=r"answers\.xlsx, row 3: the code is none of the sixteen; use one of ACK"):
        read_answer_sheet(path)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"\xff\xfe", b'{"schema":"other"}', b'{"schema":"homeward-answers/1","kind":"OFFER"}', b"[" * 100_000]
    + [
        json.dumps({"schema": "homeward-answers/1", "kind": "OFFER", "answers": answers}).encode()
        for answers in (
            [1],
            [{}],
            [{"entry": 1, "code": "NO_ANSWER"}],
            [{"entry": "e1", "code": "ACKNOWLEDGED_HELD", "carries": 3}],
        )
    ],
)
def test_a_file_that_holds_no_answers_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "answers.json"
    path.write_bytes(content)
    with pytest.raises(ListError) as refusal:
        read_answers(path)
    assert "answers.json" in str(refusal.value)
    assert "\n" not in str(refusal.value)
