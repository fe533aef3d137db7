"""What competition takes from a pair, against counting all ways to pair the records off."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.matching import compiled
from homeward.matching.competition import ROUNDS, lost

BITS = st.floats(-12, 25)


@st.composite
def without_circles(draw: st.DrawFn) -> tuple[list[tuple[int, int]], list[float]]:
    """Pairs of records that make no circle, and bits of each."""
    # Records join one by one, each with one pair to somebody of the other list who is there already.
    sides, place, pairs = [0], [0], []
    for _ in range(draw(st.integers(1, ROUNDS))):
        partner = draw(st.integers(0, len(sides) - 1))
        side = 1 - sides[partner]
        number = sum(1 for one in sides if one == side)
        pairs.append((number, place[partner]) if side == 0 else (place[partner], number))
        sides.append(side)
        place.append(number)
    return pairs, draw(st.lists(BITS, min_size=len(pairs), max_size=len(pairs)))


def counted(pairs: list[tuple[int, int]], bits: list[float]) -> list[float]:
    """The bits of each pair among all ways in which nobody is taken twice."""
    having, without = [0.0] * len(pairs), [0.0] * len(pairs)
    for size in range(len(pairs) + 1):
        for some in combinations(range(len(pairs)), size):
            if len({pairs[k][0] for k in some}) < size or len({pairs[k][1] for k in some}) < size:
                continue
            weight = 2.0 ** sum(bits[k] for k in some)
            for k in range(len(pairs)):
                (having if k in some else without)[k] += weight
    return [float(np.log2(a / b)) for a, b in zip(having, without, strict=True)]


@settings(max_examples=150, deadline=None)
@given(without_circles())
def test_where_candidates_make_no_circle_it_is_what_counting_all_ways_gives(
    story: tuple[list[tuple[int, int]], list[float]],
) -> None:
    pairs, bits = story
    i, j = (np.array([pair[side] for pair in pairs]) for side in (0, 1))
    found = np.array(bits) + lost(i, j, np.array(bits))
    np.testing.assert_allclose(found, counted(pairs, bits), atol=1e-6)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), BITS), min_size=1, max_size=15, unique_by=lambda x: x[:2]))
def test_competition_never_gives_and_the_order_of_pairs_changes_nothing(story: list[tuple[int, int, float]]) -> None:
    i, j, bits = (np.array(column) for column in zip(*story, strict=True))
    taken = lost(i, j, bits)
    assert (taken <= 0).all()
    np.testing.assert_allclose(lost(i[::-1], j[::-1], bits[::-1])[::-1], taken, atol=1e-6)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), BITS), min_size=1, max_size=15, unique_by=lambda x: x[:2]))
def test_after_an_odd_number_of_rounds_nobody_is_thought_surer_than_in_the_end(story: list[tuple[int, int, float]]) -> None:
    i, j, bits = (np.array(column) for column in zip(*story, strict=True))
    one, three, all_of_them = (lost(i, j, bits, rounds=rounds) for rounds in (1, 3, ROUNDS))
    assert (one <= three + 1e-6).all()
    assert (three <= all_of_them + 1e-6).all()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), BITS), max_size=15, unique_by=lambda x: x[:2]))
def test_the_compiled_loop_gives_the_same_numbers_to_the_last_bit(story: list[tuple[int, int, float]]) -> None:
    pytest.importorskip("numba", reason="numba is not installed (the extra `fast`)")
    i, j, bits = (np.array([pair[k] for pair in story], kind) for k, kind in enumerate((np.int64, np.int64, np.float64)))
    expected = lost(i, j, bits)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "WORTH_LOADING", 0)
        assert lost(i, j, bits).tolist() == expected.tolist()


def test_a_pair_with_no_rival_loses_nothing_and_no_pair_is_no_error() -> None:
    nothing = np.zeros(0, np.int64)
    assert lost(np.array([3]), np.array([5]), np.array([7.5])).tolist() == [0.0]
    assert len(lost(nothing, nothing, np.zeros(0))) == 0


def test_a_rival_with_a_surer_partner_of_his_own_takes_next_to_nothing() -> None:
    i, j, bits = np.array([0, 1, 1]), np.array([0, 0, 1]), np.array([10.0, 10.0, 20.0])
    assert lost(i[:2], j[:2], bits[:2])[0] < -9.9
    assert lost(i, j, bits)[0] > -0.01
