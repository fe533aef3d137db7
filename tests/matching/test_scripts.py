"""Turkish letters, and Arabic names with chains of fathers of which another list keeps a part."""

from __future__ import annotations

import pytest

from homeward.matching import explain, match
from homeward.matching.names.folding import words
from tests.matching.people import person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("İBRAHİM", "ibrahim"),
        ("IŞIK", "ışık"),
        ("Işık", "ISIK"),
        ("IĞDIR", "iğdır"),
        ("Çağrı", "CAGRI"),
        ("Şükrü", "SUKRU"),
        ("أَحْمَد", "احمد"),
        ("علي\u200f", "علي"),
        ("یوسف", "يوسف"),
    ],
)
def test_letters_of_one_name_fold_to_one_word(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize("kept", ["Ali Saleh Nasser", "Ali Saleh", "Ali Nasser", "Saleh Nasser", "Ali", "Saleh", "Nasser"])
def test_a_chain_of_fathers_that_lost_some_of_them_still_agrees(kept: str) -> None:
    written = person("a", "حسن | محمد | علي صالح ناصر | 1985-02-03")
    bars = {bar.kind: bar for bar in explain(written, person("b", f"Hassan | Mohammed | {kept} | 1985-02-03")).evidence}
    assert bars["patronymic"].bits > 2


@pytest.mark.parametrize("other", ["Bilal", "Bilal Mustafa", "Ibrahim Yusuf"])
def test_another_chain_of_fathers_speaks_against(other: str) -> None:
    written = person("a", "حسن | محمد | علي صالح ناصر | 1985-02-03")
    bars = {bar.kind: bar for bar in explain(written, person("b", f"Hassan | Mohammed | {other} | 1985-02-03")).evidence}
    assert bars["patronymic"].bits < -2


def test_a_chain_in_order_is_worth_more_than_the_same_names_out_of_order() -> None:
    written = person("a", "حسن | محمد | علي صالح ناصر")
    bits = [explain(written, person("b", f"Hassan | Mohammed | {kept}")).bits for kept in ("Ali Saleh", "Saleh Ali")]
    assert bits[0] > bits[1]


def test_a_turkish_list_typed_without_its_letters_is_matched() -> None:
    left = [
        person("t1", "Kırmızıoğlu | İbrahim | | 1983-05-07"),
        person("t2", "Güneşsever | Doğukan | | 1991-01-25"),
        person("t3", "Işıktepe | Yiğit | | 1979-12-11"),
    ]
    right = [
        person("k1", "GUNESSEVER | DOGUKAN | | 1991-01-25"),
        person("k2", "ISIKTEPE | YIGIT | | 1979-12-11"),
        person("k3", "KIRMIZIOGLU | IBRAHIM | | 1983-05-07"),
    ]
    assert {(one.left_id, one.right_id) for one in match(left, right)} == {("t1", "k3"), ("t2", "k1"), ("t3", "k2")}


@pytest.mark.parametrize("written", ["Al-Bakri", "El Bakri", "al Bakri", "Bakri"])
def test_the_article_of_an_arabic_surname_may_be_there_or_not(written: str) -> None:
    assert words("البكري") == ("بكري",)
    assert words(written) == ("bakri",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("عبد الرحمن", "عبدالرحمن"),
        ("أبو بكر", "أبوبكر"),
        ("نور الدين", "نورالدين"),
        ("Abd al-Rahman", "Abdalrahman"),
        ("Abdul Karim", "Abdulkarim"),
        ("Nur ad-Din", "Nuraldin"),
        ("Omar bin Said", "Omar Said"),
        ("عمر بن سعيد", "عمر سعيد"),
    ],
)
def test_an_arabic_name_of_several_words_is_one_name_however_it_is_spaced(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize("name", ["ألكسندر", "الكسندر", "الياس", "Al", "Ash", "An", "Ben", "الله"])
def test_names_that_only_begin_like_an_article_are_kept(name: str) -> None:
    assert len(words(name)) == 1
    assert len(words(name)[0]) == len(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("محمد", "Mehmet"),
        ("حسين", "Hüseyin"),
        ("يوسف", "Yousef"),
        ("عبد القادر", "Abdelkader"),
        ("عمر", "Ömer"),
        ("Enver", "أنور"),
    ],
)
def test_given_names_are_known_across_arabic_turkish_and_latin(one: str, other: str) -> None:
    evidence = explain(
        person("a", f"Testoğlu | {one} | | 1985-02-03"), person("b", f"Testoğlu | {other} | | 1985-02-03")
    ).evidence
    assert {bar.kind: bar.code for bar in evidence}["given_names"] in {"same", "alike"}


def test_another_given_name_is_not_explained_by_a_column_where_nothing_stands() -> None:
    bars = {
        bar.kind: bar
        for bar in explain(
            person("a", "Işıkdağ | Hasan | | 1965-04-06"), person("b", "IŞIKDAĞ | CENGİZ | | 1965-04-06")
        ).evidence
    }
    assert bars["given_names"].code == "different"
    assert "arrangement" not in bars


def test_a_given_name_in_the_fathers_column_is_found_there() -> None:
    bars = {
        bar.kind: bar
        for bar in explain(
            person("a", "Yüceyiğit | İsmail | | 1989-03-02"), person("b", "YUJEYIGHIT | | ISMAIL | 1989-03-02")
        ).evidence
    }
    assert bars["arrangement"].code == "given_patronymic"
    assert bars["given_names"].code == "same"
    assert "surname" in bars
