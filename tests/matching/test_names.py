"""Names in several alphabets, languages and columns."""

from __future__ import annotations

import pytest

from homeward.matching import explain
from homeward.matching.names.folding import words
from homeward.matching.names.lexicon import names
from homeward.matching.names.skeleton import skeleton
from homeward.matching.names.spelling import log2_spelling
from tests.matching.people import person


def bits(kind: str, left: str, right: str) -> float:
    return sum(bar.bits for bar in explain(person("a", left), person("b", right)).evidence if bar.kind == kind)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Щербаченко", "SHCHERBACHENKO"),
        ("Щербаченко", "SHCHERBACENKO"),
        ("Щербаченко", "SZCZERBACZENKO"),
        ("Григорівський", "HRYHORIVSKYI"),
        ("Григоривский", "GRIGORIVSKIY"),
        ("Жовтобрюх", "ZHOVTOBRIUKH"),
        ("Жовтобрюх", "ЖОВТОБРЮХ"),
        ("Їжакевич", "YIZHAKEVYCH"),
        ("Євтушенчук", "ЕВТУШЕНЧУК"),
        ("Лук’яненко", "Лукьяненко"),
        ("Цьомка", "TSIOMKA"),
        ("Гайдамака", "Haidamaka"),
        ("Скляренко", "Склеренко"),
        ("Peтренкевич", "Петренкевич"),
        ("Yıldızoğlu", "YILDIZOGLU"),
        ("Кузнецовська", "Кузнецовський"),
        ("Іваненкова", "ІВАНЕНКОВ"),
        ("Нечуй-Вигаданий", "ВЫГАДАННЫЙ"),
    ],
)
def test_two_spellings_of_one_surname_speak_for_the_pair(left: str, right: str) -> None:
    assert bits("surname", f"{left} | Іван", f"{right} | Іван") > 2


@pytest.mark.parametrize(("left", "right"), [("Щербаченко", "ВАСИЛЬЧУК"), ("Гайдамака", "PETRENKO"), ("Коваль", "Бондар")])
def test_another_surname_speaks_against_the_pair(left: str, right: str) -> None:
    assert bits("surname", f"{left} | Іван", f"{right} | Іван") < -2


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Володимир", "ВЛАДИМИР"),
        ("Володимир", "VLADIMIR"),
        ("Микола", "НИКОЛАЙ"),
        ("Микола", "NIKOLAI"),
        ("Олександр", "АЛЕКСАНДР"),
        ("Олександр", "ALEXANDER"),
        ("Олена", "ЕЛЕНА"),
        ("Ганна", "Анна"),
        ("Михайло", "MIKHAIL"),
        ("Уладзімір", "Владимир"),
        ("Григорій", "GREGORY"),
        ("Mykola", "НИКОЛАЙ"),
        ("Миколла", "НИКОЛАЙ"),
    ],
)
def test_a_translated_given_name_speaks_for_the_pair(left: str, right: str) -> None:
    assert bits("given_names", f"Тестенко | {left}", f"ТЕСТЕНКО | {right}") > 0


@pytest.mark.parametrize(("left", "right"), [("Володимир", "СЕРГЕЙ"), ("Микола", "MYKHAILO"), ("Олена", "Ольга")])
def test_another_given_name_speaks_against_the_pair(left: str, right: str) -> None:
    assert bits("given_names", f"Тестенко | {left}", f"ТЕСТЕНКО | {right}") < -1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Володимирович", "ВЛАДИМИРОВИЧ"),
        ("Миколайович", "NIKOLAEVICH"),
        ("Миколаївна", "НИКОЛАЕВНА"),
        ("Сергійович", "SERHIIOVYCH"),
    ],
)
def test_a_translated_patronymic_speaks_for_the_pair(left: str, right: str) -> None:
    assert bits("patronymic", f"Тестенко | Іван | {left}", f"ТЕСТЕНКО | ИВАН | {right}") > 1


def test_an_omitted_patronymic_says_nothing_and_a_contradicted_one_says_much_against() -> None:
    assert bits("patronymic", "Тестенко | Іван | Петрович", "ТЕСТЕНКО | ИВАН") == 0
    assert bits("patronymic", "Тестенко | Іван | Петрович", "ТЕСТЕНКО | ИВАН | ФЁДОРОВИЧ") < -4


def test_an_initial_says_less_than_the_whole_name_and_a_wrong_one_speaks_against() -> None:
    whole = bits("given_names", "Тестенко | Богдан", "ТЕСТЕНКО | BOHDAN")
    initial = bits("given_names", "Тестенко | Богдан", "ТЕСТЕНКО | B")
    wrong = bits("given_names", "Тестенко | Богдан", "ТЕСТЕНКО | S")
    assert whole > initial > wrong


@pytest.mark.parametrize(
    ("right", "code"),
    [
        ("ИВАН | ВЫГАДАНОВ | ПЕТРОВИЧ", "surname_given"),
        ("ВЫГАДАНОВ | ПЕТРОВИЧ | ИВАН", "given_patronymic"),
        ("ИВАН | ПЕТРОВИЧ | ВЫГАДАНОВ", "rotated_right"),
    ],
)
def test_parts_in_the_wrong_column_are_found_and_paid_for(right: str, code: str) -> None:
    found = explain(person("a", "Вигаданов | Іван | Петрович"), person("b", right))
    (bar,) = [bar for bar in found.evidence if bar.kind == "arrangement"]
    assert bar.code == code
    assert bar.bits < 0
    assert sum(b.bits for b in found.evidence if b.kind in {"surname", "given_names", "patronymic"}) > 15


def test_a_whole_name_in_one_cell_is_taken_apart() -> None:
    assert explain(person("a", "Вигаданов | Іван | Петрович"), person("b", "Вигаданов Иван Петрович")).bits > 8
    assert explain(person("a", "Вигаданов | Іван | Петрович"), person("b", "Иван Петрович Вигаданов")).bits > 8


def test_hebrew_and_arabic_letters_are_compared_with_latin_ones() -> None:
    assert log2_spelling(["cohen"], ["כהן"])[0] > log2_spelling(["cohen"], ["לוי"])[0] + 8
    assert log2_spelling(["mahmoud"], ["محمود"])[0] > log2_spelling(["mahmoud"], ["سعيد"])[0] + 8


def test_the_spelling_model_is_a_probability_over_the_words_of_one_letter_and_two() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    short = list(letters) + [a + b for a in letters for b in letters]
    total = float((2.0 ** log2_spelling(["ли"], short)).sum())
    assert 0.3 < total <= 1.0001


def test_right_to_left_controls_and_zero_width_signs_vanish() -> None:
    assert words("\u202eКоваль\u200b\u200f") == ("коваль",)


def test_every_word_of_the_lexicon_is_read_as_its_own_line() -> None:
    table = names("given")
    first = [table.forms[k] for k in sorted({int(line): k for k, line in reversed(list(enumerate(table.line_of)))}.values())]
    read = table.read(first)
    assert [int(line) for line in read.line[:, 0]] == list(range(len(first)))


def test_skeletons_of_one_name_agree_across_scripts() -> None:
    assert skeleton("шевченківський") == skeleton("shevchenkivskyi") == skeleton("schewtschenkiwskyj")
