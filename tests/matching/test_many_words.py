"""Many words at once give what each gives alone: skeletons, order, numbers, plain cells, readings by the lexicon."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.matching.candidates import packed, row_bits
from homeward.matching.cells import Cells
from homeward.matching.columns import Columns
from homeward.matching.keys import KINDS, maker
from homeward.matching.names import compiled_lexicon
from homeward.matching.names.flat import Flat, alphabetical
from homeward.matching.names.folding import LETTERS, fold, in_lower_case, words
from homeward.matching.names.letters import Words
from homeward.matching.names.lexicon import Readings, names
from homeward.matching.names.neighbours import LONGEST, SkeletonNumbers
from homeward.matching.names.skeleton import skeleton, skeletons
from homeward.matching.names.vocabulary import READ, Vocabulary
from homeward.matching.places import place_key, place_keys, place_number, place_numbers

LETTER = st.sampled_from("".join(LETTERS.values()) + "schtzkx" * 4 + "ıßé漢0-' ")
TEXTS = st.lists(st.text(LETTER, max_size=9) | st.text(max_size=5), max_size=20)


def _texts(flat: Flat) -> list[str]:
    return [
        "".join(map(chr, flat.point[first:last])) for first, last in zip(flat.start.tolist(), flat.end.tolist(), strict=True)
    ]


@given(TEXTS)
def test_skeletons_of_many_words_are_those_of_each(texts: list[str]) -> None:
    assert _texts(skeletons(texts)) == [skeleton(text) for text in texts]


@given(TEXTS)
def test_marks_of_many_words_are_counted_as_in_each_skeleton(texts: list[str]) -> None:
    some = Words.of(texts)
    for text, bits in zip(texts, some.marks.tolist(), strict=True):
        marks = [chr(ord(mark) & 255) for mark in skeleton(text)[:24]]
        for place, mark in enumerate("APFKTSLMNR"):
            assert (bits >> place & 1, bits >> place + 10 & 1) == (marks.count(mark) >= 1, marks.count(mark) >= 2)


@given(TEXTS)
def test_texts_are_put_in_the_order_of_their_code_points(texts: list[str]) -> None:
    distinct = list(dict.fromkeys(texts))
    assert [distinct[place] for place in alphabetical(distinct).tolist()] == sorted(distinct)


def test_long_texts_and_texts_with_line_breaks_are_put_in_order_too() -> None:
    texts = ["ab" * 200, "ab\n", "ab", "ab" * 199 + "a", "ab\nа"]
    assert [texts[place] for place in alphabetical(texts).tolist()] == sorted(texts)


@given(TEXTS)
def test_plain_cells_are_those_that_folding_leaves_as_they_are(texts: list[str]) -> None:
    small, plain = in_lower_case(texts)
    for text, lower, is_plain in zip(texts, small, plain.tolist(), strict=True):
        assert not is_plain or words(text) == (lower,) == (fold(text),)
    assert in_lower_case(["Коваль" * 50])[1].tolist() == [False]


@given(TEXTS)
def test_a_vocabulary_numbers_the_words_of_each_cell(texts: list[str]) -> None:
    vocabulary = Vocabulary()
    read = vocabulary.words_of(texts)
    ordered, place = vocabulary.in_order()
    assert ordered == sorted({word for text in texts for word in words(text)})
    for text, row in zip(texts, read.tolist(), strict=False):
        assert [ordered[place[number]] for number in row[:READ] if number >= 0] == list(words(text)[:READ])
        assert row[READ] == len(words(text))


@given(TEXTS)
def test_a_vocabulary_numbers_folded_texts_and_leaves_empty_ones_out(texts: list[str]) -> None:
    vocabulary = Vocabulary()
    numbers = vocabulary.folded(texts, spaces=False)[: len(texts)]
    ordered, place = vocabulary.in_order()
    assert ["" if number < 0 else ordered[place[number]] for number in numbers.tolist()] == [
        fold(text).replace(" ", "") for text in texts
    ]


@given(TEXTS)
def test_keys_and_numbers_of_many_places_are_those_of_each(texts: list[str]) -> None:
    folded = [fold(text) for text in texts]
    keys = place_keys(folded, np.ones(len(folded), bool))
    assert keys == [place_key(text) for text in folded]
    assert place_numbers(keys).tolist() == [place_number(key) for key in keys]


def test_skeletons_that_differ_in_one_lost_mark_have_that_number_in_common() -> None:
    numbers = SkeletonNumbers.of(Flat.of(["SRPK", "SRK", "SRPKN" * 4]))
    assert numbers.lost[0, 2] == numbers.whole[1]
    assert numbers.size.tolist() == [4, 3, 20, 0]
    assert numbers.whole[2] == SkeletonNumbers.of(Flat.of([("SRPKN" * 4)[:LONGEST]])).whole[0]


def _people(count: int) -> Columns:
    random = np.random.default_rng(9)

    def some(texts: list[str]) -> list[str]:
        return [texts[place] for place in random.integers(len(texts), size=count).tolist()]

    return Columns.of_cells(
        Cells.of_table(
            {
                "surname": some(["Вигаданенко", "Петрович", "Микола", "Зразків-Пробний", "VYHADANENKO", "Я", ""]),
                "given_names": some(["Микола", "Mykola", "Пробний", "Петрович", "О", ""]),
                "patronymic": some(["Петрович", "Миколаївна", "Іван", ""]),
                "birth_date": some(["1987-03-04", "1987-04-03", "1987", "1990-12-30", ""]),
                "birth_place": some(["Новий Розділ", "Lviv", ""]),
                "rank": some(["1", "2", ""]),
                "service_number": some(["АБ 123", "77", ""]),
            }
        )
    )


def test_keys_are_the_same_made_by_compiled_loops_and_by_arrays() -> None:
    pytest.importorskip("numba")
    from homeward.matching.compiled.keying import sorted_keys

    people = _people(400)
    of_kind, bits = maker(people), row_bits(400, 400)
    for kind in KINDS:
        plain = packed(of_kind(kind), bits)
        assert len(plain)
        assert sorted_keys(of_kind, kind, bits).tolist() == plain.tolist()


def _misspelled(count: int) -> list[str]:
    forms, random = names("given").forms, np.random.default_rng(5)
    out = []
    for number in random.integers(len(forms), size=count).tolist():
        form = forms[number]
        place = int(random.integers(len(form) + 1))
        out.append(form[:place] + str(random.choice(list("аиenzsк"))) + form[place + int(random.integers(2)) :])
    return [*out, *forms[::7], "漢字", "42nd", "", "я"]


def test_words_are_read_as_the_same_lines_with_compiled_code_and_without(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    text = _misspelled(600)

    def read(worth: int) -> list[Readings]:
        monkeypatch.setattr(compiled_lexicon, "WORTH_LOADING", worth)
        compiled_lexicon._compiled.cache_clear()
        return [names(role).read(text) for role in ("given", "patronymic")]

    for one, other in zip(read(10**9), read(0), strict=True):
        assert (one.line[:, 0] >= 0).sum() > 300
        assert (one.line == other.line).all()
        assert (one.meant == other.meant).all()
        assert (one.written == other.written).all()
