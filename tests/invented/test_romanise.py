"""Romanisation: the published tables, by the examples printed beside them and by well-known spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.invented.given_names import FEMALE, MALE
from homeward.invented.romanise import SCHEMES, romanise, scheme_for


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        # The examples of the resolution itself.
        ("Алушта", "Alushta"),
        ("Борщагівка", "Borshchahivka"),
        ("Вишгород", "Vyshhorod"),
        ("Гадяч", "Hadiach"),
        ("Згорани", "Zghorany"),
        ("Ґалаґан", "Galagan"),
        ("Єнакієве", "Yenakiieve"),
        ("Гаєвич", "Haievych"),
        ("Житомир", "Zhytomyr"),
        ("Їжакевич", "Yizhakevych"),
        ("Кадиївка", "Kadyivka"),
        ("Йосипівка", "Yosypivka"),
        ("Стрий", "Stryi"),
        ("Олексій", "Oleksii"),
        ("Юрій", "Yurii"),
        ("Крюківка", "Kriukivka"),
        ("Яготин", "Yahotyn"),
        ("Костянтин", "Kostiantyn"),
        ("Знам'янка", "Znamianka"),
        ("Русь", "Rus"),
        ("Щербухи", "Shcherbukhy"),
    ],
)
def test_the_official_ukrainian_table_of_2010(word: str, latin: str) -> None:
    assert romanise(word, "uk-2010") == latin


@pytest.mark.parametrize(
    ("word", "scheme", "latin"),
    [
        ("Гаєвич", "uk-2007", "Gaievych"),
        ("Юрій", "uk-2007", "Iurii"),
        ("Ярослав", "uk-2007", "Iaroslav"),
        ("Юрий", "ru-1997", "Yuriy"),
        ("Елена", "ru-1997", "Yelena"),
        ("Андреев", "ru-1997", "Andreyev"),
        ("Юрий", "ru-icao", "Iurii"),
        ("Елена", "ru-icao", "Elena"),
        ("Подъячев", "ru-icao", "Podieiachev"),
        ("Щербаков", "ru-icao", "Shcherbakov"),
        ("Цветков", "ru-icao", "Tsvetkov"),
        ("Ельцин", "ru-de", "Jelzin"),
        ("Горбачёв", "ru-de", "Gorbatschow"),
        ("Жуков", "ru-de", "Schukow"),
        ("Дмитрий", "ru-de", "Dmitri"),
        ("Шевченко", "uk-de", "Schewtschenko"),
        ("Зеленський", "uk-de", "Selensky"),
        ("Пушкин", "ru-fr", "Pouchkine"),
        ("Жуков", "ru-fr", "Joukov"),
        ("Васильев", "ru-fr", "Vassiliev"),
        ("Алексеев", "ru-fr", "Alekseïev"),
        ("Васильев", "ru-1997", "Vasilyev"),
        ("Высоцкий", "ru-pl", "Wysocki"),
        ("Шевченко", "uk-fr", "Chevtchenko"),
        ("Шевченко", "uk-pl", "Szewczenko"),
        ("Левицький", "uk-pl", "Lewycky"),
        ("Михайло", "uk-pl", "Mychajło"),
        ("Михайло", "uk-pl-plain", "Mychajlo"),
        ("Щербаков", "ru-pl", "Szczerbakow"),
        ("Жуков", "ru-pl-plain", "Zukow"),
    ],
)
def test_known_spellings_by_the_other_schemes(word: str, scheme: str, latin: str) -> None:
    assert romanise(word, scheme) == latin


def test_a_habit_picks_the_table_of_the_language() -> None:
    assert scheme_for("de", "uk") == "uk-de"
    assert romanise("Юрій", "de") == romanise("Юрій", "uk-de")
    assert romanise("Олег", "de", "uk") == "Oleh"
    assert romanise("Олег", "de", "ru") == "Oleg"
    with pytest.raises(ValueError, match="no such scheme"):
        scheme_for("klingon", "uk")


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_no_cyrillic_letter_of_a_name_is_left(scheme: str) -> None:
    for pair in (*MALE, *FEMALE):
        name = pair.uk if SCHEMES[scheme].language == "uk" else pair.ru
        latin = romanise(name, scheme)
        assert latin
        assert not any("\u0400" <= char <= "\u04ff" for char in latin), latin
        assert latin[0].isupper()


@given(st.text(max_size=30), st.sampled_from([*SCHEMES, "uk-pl-plain", "ru-pl-plain"]))
def test_any_text_is_romanised_without_a_crash(text: str, scheme: str) -> None:
    assert isinstance(romanise(text, scheme), str)


@given(st.from_regex(r"[А-Я][а-я]{2,12}", fullmatch=True), st.sampled_from(sorted(SCHEMES)))
def test_a_word_in_capitals_is_romanised_in_capitals(word: str, scheme: str) -> None:
    assert romanise(word.upper(), scheme) == romanise(word, scheme).upper()
