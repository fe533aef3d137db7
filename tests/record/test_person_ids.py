"""Ids of people within one exchange, and the chance that their order comes from."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.record.disclosure import (
    assign_ids,
    person_id,
    person_number,
    salted,
)
from homeward.record.entropy import seeded, shuffled


@given(st.integers(1, 4), st.lists(st.integers(0, 50), min_size=4, max_size=4), st.text(max_size=5))
def test_ids_of_all_sides_are_disjoint_without_coordination(sides: int, counts: list[int], seed: str) -> None:
    drawn = [assign_ids(counts[side], side, sides, seeded(f"{seed}{side}")) for side in range(sides)]
    everybody = [person for ids in drawn for person in ids]
    assert len(set(everybody)) == len(everybody) == sum(counts[:sides])
    for side, ids in enumerate(drawn):
        assert all(person_number(person) % sides == side for person in ids)


def test_our_own_mistakes_in_ids_and_salts_are_value_errors() -> None:
    for count, side, sides in ((-1, 0, 2), (1, 2, 2), (1, -1, 2), (1, 0, 0)):
        with pytest.raises(ValueError, match="a side has a number"):
            assign_ids(count, side, sides, os.urandom)
    for number in (0, -1, 10**9):
        with pytest.raises(ValueError, match="one to nine digits"):
            person_id(number)
    with pytest.raises(ValueError, match="16 bytes"):
        salted.make("rank", "x", b"short")
    with pytest.raises(ValueError, match="16 bytes"):
        salted.make_decoy(b"short")


def test_a_draw_that_would_favour_small_numbers_is_thrown_away() -> None:
    answers = iter([b"\xff" * 8, bytes(8), bytes(7) + b"\x01"])
    assert shuffled(["a", "b", "c"], lambda _size: next(answers)) == ["c", "b", "a"]


def test_every_place_in_the_file_is_equally_likely_to_get_each_id() -> None:
    """Chi-square over 6,000 drawn orders of four people; the limit for 9 degrees of freedom is passed once in 10^6 cases."""
    source = seeded("chi-square")
    seen = [[0] * 4 for _ in range(4)]
    for _ in range(6000):
        for place, item in enumerate(shuffled(range(4), source)):
            seen[place][item] += 1
    assert sum((count - 1500) ** 2 / 1500 for row in seen for count in row) < 45


@pytest.mark.parametrize(
    "text", ["", "p-", "p-417", "p-0000", "p-00417", "P-0417", "p-0417 ", "p-٠٤١٧", "p-1234567890", "q-0417"]
)
def test_an_id_has_one_spelling(text: str) -> None:
    with pytest.raises(ValueError, match="like p-0417"):
        person_number(text)
