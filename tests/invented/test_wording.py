"""What the invented clerks write is what the reader of people's files understands."""

from __future__ import annotations

from pathlib import Path

import pytest

from homeward.invented import build_exchange, write_exchange
from homeward.invented.wording import HEADINGS, REGISTER_ID, SHORT_RANKS, word
from homeward.people import CODES, Field, read_people
from homeward.people.columns import field_of
from homeward.people.words import code_of

LANGUAGES = ("uk", "ru")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_heading_is_known_to_the_reader(language: str) -> None:
    for field, heading in HEADINGS[language].items():
        assert field_of(heading) == field
    assert field_of(REGISTER_ID[language]) == "id"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("field", ["sex", "medical", "mobility"])
def test_every_code_has_a_word_that_is_read_back_as_that_code(language: str, field: str) -> None:
    for code in CODES[Field(field)]:
        for sex in ("M", "F"):
            assert code_of(Field(field), word(language, field, code, sex)) == code


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_status_state_and_rank_are_read_back(language: str) -> None:
    used = {
        Field.STATUS: ("military", "civilian"),
        Field.STATE: ("missing", "believed_held", "acknowledged", "confirmed", "released", "dead"),
        Field.RANK: tuple(SHORT_RANKS[language]),
    }
    for field, codes in used.items():
        for code in codes:
            for sex in ("M", "F"):
                assert code_of(field, word(language, field.value, code, sex)) == code
    for code, short in SHORT_RANKS[language].items():
        assert code_of(Field.RANK, short) == code


def test_no_code_is_written_as_nothing() -> None:
    assert word("uk", "rank", "") == ""


def test_a_clean_exchange_is_read_without_a_single_remark(tmp_path: Path) -> None:
    truth = write_exchange(tmp_path, people=40, seed=3, dirty=False)
    for name in ("UA/held.xlsx", "RU/held.xlsx", "UA/register.xlsx", "RU/register.csv"):
        file = read_people(tmp_path / name)
        assert {row.verdict for row in file.rows} == {"accepted"}
        assert not [remark for row in file.rows for remark in row.remarks]
    assert truth.planted == ()


def test_a_dirty_exchange_is_read_row_for_row(tmp_path: Path) -> None:
    truth = write_exchange(tmp_path, people=60, seed=3)
    for holder in truth.parties:
        file = read_people(tmp_path / holder / "held.xlsx")
        read = {person.id: person.source.row for person in file.people if person.source is not None}
        for row in truth.held[holder]:
            if "nobody" not in row.planted:
                assert read[row.id] == row.row
    assert build_exchange(people=60, seed=3).truth == truth
