"""The parts of a search: pairing the words of a query with the places of a name, and the filter by letters."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from homeward.matching.names.letter_filter import LetterFilter
from homeward.matching.names.letters import Words
from homeward.matching.search_places import best_pairing, pairing

_COST = {"unanswered": -8.0, "left_out": -1.0}


def by_trying_all(worth: np.ndarray, places: int) -> float:
    """The best pairing by trying every one of them; -1 stands for a word that nothing answers."""
    words, width = worth.shape
    best = -np.inf
    for tried in set(permutations([*range(width), *[-1] * words], words)):
        used = sum(place >= 0 for place in tried)
        total = sum(_COST["unanswered"] if place < 0 else worth[word, place] for word, place in enumerate(tried))
        best = max(best, total + _COST["left_out"] * max(places - used, 0))
    return float(best)


@given(arrays(np.float64, st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3)), elements=st.integers(-20, 20)))
def test_the_best_pairing_is_the_best_of_all_pairings(worth: np.ndarray) -> None:
    places = np.full(len(worth), worth.shape[2])
    found = best_pairing(worth, places, **_COST)
    for one, total in zip(worth, found.tolist(), strict=True):
        assert total == pytest.approx(by_trying_all(one, worth.shape[2]))
        chosen = pairing(one, worth.shape[2], **_COST)
        used = [place for place in chosen if place >= 0]
        assert len(used) == len(set(used)), "no place answers two words"
        said = sum(_COST["unanswered"] if place < 0 else one[word, place] for word, place in enumerate(chosen))
        assert said + _COST["left_out"] * (worth.shape[2] - len(used)) == pytest.approx(total)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("ג'יימס", "james"),
        ("דין", "dean"),
        ("יוסף", "yosef"),
        ("محمد", "mohammed"),
        ("Джеймс", "james"),
        ("Щербак", "szczerbak"),
    ],
)
def test_the_letters_find_words_whose_consonants_differ(word: str, meant: str) -> None:
    from homeward.matching.names.folding import words

    some = sorted(["james", "dean", "yosef", "mohammed", "szczerbak", "koval", "petrenko", "ivanov", "olena", "taras"])
    (folded,) = words(word)
    assert some.index(meant) in LetterFilter(Words.of(some)).best(folded, 2).tolist()


def test_a_word_of_no_table_and_an_empty_list_give_nothing() -> None:
    assert LetterFilter(Words.of(())).best("коваль", 5).tolist() == []
    assert LetterFilter(Words.of(("koval",))).best("北京", 5).tolist() == []


def test_what_was_computed_before_changes_nothing() -> None:
    some = Words.of(sorted({f"{a}{b}{c}enko" for a in "bdkmp" for b in "aeou" for c in "lnrst"}))
    fresh, used = LetterFilter(some), LetterFilter(some)
    for word in ("балтенко", "delenko", "كمال"):
        used.best(word, 7)
    assert fresh.best("марченко", 7).tolist() == used.best("марченко", 7).tolist()
