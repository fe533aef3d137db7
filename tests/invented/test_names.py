"""Names in two languages: pairs, patronymics, feminine forms, the letters of one language in the other."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.invented.given_names import FEMALE, MALE, by_ukrainian, patronymic_ru, patronymic_uk
from homeward.invented.orthography import russian_in_ukrainian, ukrainian_in_russian
from homeward.invented.places import CAPTURED, HOME
from homeward.invented.surnames import feminine, russian_surnames, ukrainian_surnames

UKRAINIAN = re.compile(r"[А-ЩЬЮЯЄІЇҐа-щьюяєіїґ' -]+")
RUSSIAN = re.compile(r"[А-Яа-яЁё -]+")


def test_there_are_sixty_male_and_forty_female_pairs_at_least() -> None:
    assert len(MALE) >= 60
    assert len(FEMALE) >= 40


def test_every_ukrainian_given_name_has_one_russian_partner_in_russian_letters() -> None:
    for pair in (*MALE, *FEMALE):
        assert UKRAINIAN.fullmatch(pair.uk), pair
        assert RUSSIAN.fullmatch(pair.ru), pair
        assert by_ukrainian(pair.uk) == pair
    for names in (MALE, FEMALE):
        assert len({pair.uk for pair in names}) == len({pair.ru for pair in names}) == len(names)


@pytest.mark.parametrize(
    ("father", "son", "daughter"),
    [
        ("Олександр", "Олександрович", "Олександрівна"),
        ("Сергій", "Сергійович", "Сергіївна"),
        ("Юрій", "Юрійович", "Юріївна"),
        ("Микола", "Миколайович", "Миколаївна"),
        ("Дмитро", "Дмитрович", "Дмитрівна"),
        ("Ігор", "Ігорович", "Ігорівна"),
        ("Василь", "Васильович", "Василівна"),
        ("Григорій", "Григорович", "Григорівна"),
        ("Ілля", "Ілліч", "Іллівна"),
        ("Яків", "Якович", "Яківна"),
        ("Лев", "Львович", "Львівна"),
        ("Микита", "Микитович", "Микитівна"),
        ("Федір", "Федорович", "Федорівна"),
        ("В'ячеслав", "В'ячеславович", "В'ячеславівна"),
    ],
)
def test_ukrainian_patronymics_follow_the_grammar(father: str, son: str, daughter: str) -> None:
    assert (patronymic_uk(father, "M"), patronymic_uk(father, "F")) == (son, daughter)


@pytest.mark.parametrize(
    ("father", "son", "daughter"),
    [
        ("Александр", "Александрович", "Александровна"),
        ("Сергей", "Сергеевич", "Сергеевна"),
        ("Юрий", "Юрьевич", "Юрьевна"),
        ("Дмитрий", "Дмитриевич", "Дмитриевна"),
        ("Георгий", "Георгиевич", "Георгиевна"),
        ("Лаврентий", "Лаврентьевич", "Лаврентьевна"),
        ("Николай", "Николаевич", "Николаевна"),
        ("Игорь", "Игоревич", "Игоревна"),
        ("Пётр", "Петрович", "Петровна"),
        ("Павел", "Павлович", "Павловна"),
        ("Лев", "Львович", "Львовна"),
        ("Илья", "Ильич", "Ильинична"),
        ("Никита", "Никитич", "Никитична"),
        ("Яков", "Яковлевич", "Яковлевна"),
        ("Михаил", "Михайлович", "Михайловна"),
    ],
)
def test_russian_patronymics_follow_the_grammar(father: str, son: str, daughter: str) -> None:
    assert (patronymic_ru(father, "M"), patronymic_ru(father, "F")) == (son, daughter)


def test_every_father_gives_patronymics_with_an_ending_of_their_language() -> None:
    for pair in MALE:
        assert re.search(r"(ович|ич|іч)$", patronymic_uk(pair.uk, "M")), pair
        assert re.search(r"[иії]вна$|івна$", patronymic_uk(pair.uk, "F")), pair
        assert re.search(r"(ович|евич|ич)$", patronymic_ru(pair.ru, "M")), pair
        assert re.search(r"(овна|евна|ична)$", patronymic_ru(pair.ru, "F")), pair


@pytest.mark.parametrize(
    ("man", "woman"),
    [
        ("Вишневський", "Вишневська"),
        ("Кропивницький", "Кропивницька"),
        ("Шевченко", "Шевченко"),
        ("Ковальчук", "Ковальчук"),
        ("Петрів", "Петрів"),
        ("Кравець", "Кравець"),
        ("Мельник", "Мельник"),
        ("Литвин", "Литвин"),
        ("Медведєв", "Медведєва"),
        ("Корольов", "Корольова"),
        ("Шишкін", "Шишкіна"),
        ("Ільїн", "Ільїна"),
        ("Иванов", "Иванова"),
        ("Соловьёв", "Соловьёва"),
        ("Кузьмин", "Кузьмина"),
        ("Покровский", "Покровская"),
        ("Гончаренко", "Гончаренко"),
    ],
)
def test_feminine_forms_of_surnames(man: str, woman: str) -> None:
    assert feminine(man) == woman


@pytest.mark.parametrize(
    ("written", "russian"),
    [
        ("Григорій", "Григорий"),
        ("Ґудзенко", "Гудзенко"),
        ("Єременко", "Еременко"),
        ("Лук'яненко", "Лукьяненко"),
        ("Ковальський", "Ковальский"),
        ("Городецький", "Городецкий"),
        ("Кравець", "Кравец"),
        ("Їжакевич", "Ижакевич"),
        ("Лисенко", "Лисенко"),
    ],
)
def test_ukrainian_words_in_russian_letters(written: str, russian: str) -> None:
    assert ukrainian_in_russian(written) == russian


def test_a_clerk_may_write_ukrainian_i_as_a_hard_vowel_but_not_in_the_adjective_ending() -> None:
    assert ukrainian_in_russian("Лисенко", hard_vowel=True) == "Лысенко"
    assert ukrainian_in_russian("Вишневський", hard_vowel=True) == "Вышневский"
    assert ukrainian_in_russian("Гриценко", hard_vowel=True) == "Грыценко"
    assert ukrainian_in_russian("Кириленко", hard_vowel=True) == "Кирыленко"


@pytest.mark.parametrize(
    ("surname", "ukrainian"),
    [
        ("Алексеев", "Алексєєв"),
        ("Медведев", "Медведєв"),
        ("Лазарев", "Лазарев"),
        ("Зайцев", "Зайцев"),
        ("Соловьёв", "Соловйов"),
        ("Королёв", "Корольов"),
        ("Грачёв", "Грачов"),
        ("Григорьев", "Григор'єв"),
        ("Васильев", "Васильєв"),
        ("Лукьянов", "Лук'янов"),
        ("Ильин", "Ільїн"),
        ("Шишкин", "Шишкін"),
        ("Быков", "Биков"),
        ("Ефимов", "Єфімов"),
        ("Эйлеров", "Ейлеров"),
        ("Покровский", "Покровський"),
        ("Высоцкий", "Висоцький"),
        ("Моисеев", "Моїсєєв"),
        ("Смирнов", "Смирнов"),
        ("Андреев", "Андреєв"),
        ("Никитин", "Нікітін"),
        ("Дмитриев", "Дмитрієв"),
    ],
)
def test_russian_surnames_in_ukrainian_letters(surname: str, ukrainian: str) -> None:
    assert russian_in_ukrainian(surname) == ukrainian


def test_every_surname_and_place_is_written_in_the_letters_of_its_language() -> None:
    for surname in (*ukrainian_surnames(), *russian_surnames()):
        for form in (surname.uk, feminine(surname.uk)):
            assert UKRAINIAN.fullmatch(form), surname
        for form in (surname.ru, feminine(surname.ru)):
            assert RUSSIAN.fullmatch(form), surname
    for places in (*HOME.values(), *CAPTURED.values()):
        for place in places:
            assert UKRAINIAN.fullmatch(place.uk)
            assert RUSSIAN.fullmatch(place.ru)
            assert place.latin.isascii()


def test_the_surnames_are_many_and_the_commonest_is_borne_by_one_or_two_in_a_hundred() -> None:
    for table in (ukrainian_surnames(), russian_surnames()):
        assert len(table) > 400
        assert sum(table.values()) == pytest.approx(1)
        assert 0.005 < max(table.values()) < 0.02


@given(st.text(min_size=1, max_size=30))
def test_any_text_can_be_written_in_the_other_language(text: str) -> None:
    assert isinstance(ukrainian_in_russian(text), str)
    assert isinstance(russian_in_ukrainian(text), str)


@given(st.from_regex(r"[А-ЩЄІЇҐ][а-щьюяєіїґ]{1,14}", fullmatch=True))
def test_a_ukrainian_word_becomes_one_of_russian_letters_only(word: str) -> None:
    for hard_vowel in (False, True):
        assert RUSSIAN.fullmatch(ukrainian_in_russian(word, hard_vowel=hard_vowel))


@given(st.from_regex(r"[А-ЩЭЮЯЁ][а-яё]{1,14}", fullmatch=True))
def test_a_russian_word_becomes_one_of_ukrainian_letters_only(word: str) -> None:
    assert UKRAINIAN.fullmatch(russian_in_ukrainian(word))
