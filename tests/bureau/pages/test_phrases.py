"""Sentences of the rooms below in Russian, Turkish and Arabic: none is missing, none is spare, and lists written with them are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest
from django.utils import translation

from homeward import lists
from homeward.bureau.pages.phrases import CARRIED, LANGUAGES, PHRASES
from homeward.bureau.pages.spoken import carried_title, field_name, remark_text, told
from homeward.exchange import ACTS, DEVIATIONS, REASONS, REASONS_FOR
from homeward.lists.answer_codes import ANSWER_CODES
from homeward.people import CODES, FIELD_NAMES, REMARKS, Absence, Field, Remark
from homeward.people.columns import field_of
from homeward.people.words import absence_of, code_of
from homeward.terms.conditionwords import VALUE_WORDS


def _sentences(table: Mapping[str, Mapping[str, str]]) -> list[str]:
    return [sentence["en"] for sentence in table.values()]


def _english() -> Iterator[str]:
    yield from (names[0] for names in FIELD_NAMES.values())
    yield from (words[0] for words in VALUE_WORDS.values())
    yield from (row[1] for row in REMARKS.values())
    yield from (rule.offer[0] for rule in ANSWER_CODES.values())
    yield from (form.says["en"] for form in ACTS.values())
    yield from (each.says["en"] for each in DEVIATIONS.values())
    for reasons in REASONS_FOR.values():
        yield from _sentences(reasons)
    yield from _sentences(REASONS)


def test_every_sentence_of_the_tables_below_stands_in_three_more_languages_and_no_other_does() -> None:
    assert set(_english()) == set(PHRASES)


@pytest.mark.parametrize("english", sorted(PHRASES))
def test_a_sentence_keeps_its_placeholders_and_its_full_stop(english: str) -> None:
    for sentence in PHRASES[english]:
        assert sentence.strip() == sentence != ""
        assert sorted(re.findall(r"{\w+}", sentence)) == sorted(re.findall(r"{\w+}", english))
        assert sentence.endswith(".") == english.endswith(".")


@pytest.mark.parametrize("language", ["en", "uk", *LANGUAGES])
def test_a_list_written_with_the_words_of_the_pages_is_read_again(language: str) -> None:
    with translation.override(language):
        assert [field for field in Field if field_of(field_name(field)) != field] == []
        wrong = [(field, code) for field in CODES for code in CODES[field] if code_of(field, told(VALUE_WORDS[code])) != code]
        assert wrong == []
        assert absence_of(translation.gettext("unknown")) is Absence.UNKNOWN
        assert absence_of(translation.gettext("withheld")) is Absence.WITHHELD


def test_a_sentence_is_told_in_the_language_of_the_page_and_an_unknown_one_in_english() -> None:
    told_in = {}
    for language in ("en", "uk", "ru", "tr", "ar"):
        with translation.override(language):
            told_in[language] = told(ACTS["stage-opened"].says, stage="1")
            assert told(("a sentence of nobody", "нічиє речення")) == (
                "нічиє речення" if language == "uk" else "a sentence of nobody"
            )
    assert told_in == {
        "en": "GO for stage 1.",
        "uk": "Дозвіл на етап 1.",
        "ru": "Разрешение на этап 1.",
        "tr": "1 aşaması için hareket izni.",
        "ar": "الإذن بانطلاق المرحلة 1.",
    }


def test_what_an_answer_carries_is_named_in_every_language() -> None:
    assert set(CARRIED) == set(lists.CARRIED)
    titles = {}
    for language in ("en", "uk", "ru", "tr", "ar"):
        with translation.override(language):
            titles[language] = carried_title("missing")
            assert carried_title("of_another_program") == "of_another_program"
    assert titles == {"en": "missing", "uk": "чого бракує", "ru": "чего не хватает", "tr": "eksik olan", "ar": "ما ينقص"}


def test_a_remark_names_its_field_and_its_details() -> None:
    remark = Remark("duplicate_id", Field.ID, (("row", "7"),))
    with translation.override("tr"):
        assert remark_text(remark) == "Tanımlayıcı: aynı tanımlayıcı 7 numaralı satırda zaten var."
    with translation.override("uk"):
        assert remark_text(remark) == remark.text("uk")
    with translation.override("ru"):
        assert remark_text(Remark("hidden_sheet_read")) == "Лист скрыт; он прочитан."
