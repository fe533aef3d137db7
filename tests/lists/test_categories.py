"""What lists call categories, and what the words claim."""

from __future__ import annotations

from collections import Counter

import pytest

from homeward.invented.wording import CATEGORIES
from homeward.lists import check
from homeward.lists.categories import CATEGORY_WORDS, claim_of
from homeward.terms import Expression
from tests.lists.made import file_of, full, terms


def test_no_word_claims_two_things() -> None:
    words = Counter(word for words in CATEGORY_WORDS.values() for word in words)
    assert [word for word, count in words.items() if count > 1] == []
    assert all(word == word.casefold() and word == " ".join(word.split()) for word in words)


@pytest.mark.parametrize("word", [word for language in CATEGORIES.values() for word in language.values()])
def test_the_words_of_invented_lists_are_known(word: str) -> None:
    assert claim_of(word.upper(), {}) is not None


def test_a_group_of_the_terms_goes_before_a_word() -> None:
    group = Expression("rank == 'private'")
    assert claim_of(" Soldier ", {"soldier": group}) == group
    assert claim_of("soldier", {}) != group


def test_an_unknown_word_claims_nothing() -> None:
    assert claim_of("герої", {}) is None


@pytest.mark.parametrize(
    ("category", "medical", "code"),
    [
        ("тяжелораненые и тяжелобольные", "well", "WRONG_CATEGORY"),
        ("Тяжкопоранені та тяжкохворі", "seriously_ill", None),
        ("seriously wounded", "unknown", "CATEGORY_UNPROVEN"),
        ("цивільна особа", "well", "WRONG_CATEGORY"),
        ("военнопленный", "well", None),
    ],
)
def test_a_claimed_category_is_held_against_the_facts_of_the_row(category: str, medical: str, code: str | None) -> None:
    counts = check(file_of(full("r2", 1, category=category, medical=medical)), terms=terms()).counts
    found = {name for name in counts if "CATEGORY" in name}
    assert found == ({code} if code else set())
