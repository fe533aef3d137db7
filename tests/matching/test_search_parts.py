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
from homeward.matching.search_places import Costs, best_pairing, pairing

COSTS = Costs(unanswered=-8.0, without_place=-2.5, left_out=-1.0)


def told(worth: np.ndarray, tried: tuple[int, ...], places: int) -> float:
    """The bits of one pairing, reckoned word by word; -1 stands for a word that nothing answers."""
    missing = sum(place < 0 for place in tried)
    without = min(missing, max(len(tried) - places, 0))
    said = sum(worth[word, place] for word, place in enumerate(tried) if place >= 0)
    return float(said - 2.5 * without - 8.0 * (missing - without) - max(places - (len(tried) - missing), 0))


@given(
    arrays(np.float64, st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3)), elements=st.integers(-20, 20)),
    st.integers(0, 3),
)
def test_the_best_pairing_is_the_best_of_all_pairings(worth: np.ndarray, empty: int) -> None:
    width = worth.shape[2]
    places = max(width - empty, 0)
    worth[:, :, places:] = -100.0
    found = best_pairing(worth, np.full(len(worth), places), COSTS)
    for one, total in zip(worth, found.tolist(), strict=True):
        every = set(permutations([*range(width), *[-1] * len(one)], len(one)))
        assert total == pytest.approx(max(told(one, tried, places) for tried in every))
        chosen = pairing(one, places, COSTS)
        used = [place for place in chosen if place >= 0]
        assert len(used) == len(set(used)), "no place answers two words"
        assert told(one, chosen, places) == pytest.approx(total)


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
