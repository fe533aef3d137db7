"""The two invented officers."""

from __future__ import annotations

import pytest

from homeward.invented import Truth, build_exchange, invented_decisions


@pytest.fixture(scope="module")
def truth() -> Truth:
    return build_exchange(people=400, seed=9).truth


def test_true_pairs_are_the_same_and_others_are_different_but_for_a_careful_unsure(truth: Truth) -> None:
    pairs = list(truth.matches("RU"))
    shifted = [(left, pairs[i - 1][1]) for i, (left, _) in enumerate(pairs)]
    own = dict(pairs)
    for proposals, word in ((pairs, "same"), ([p for p in shifted if own[p[0]] != p[1]], "different")):
        decisions = invented_decisions(truth, proposals)
        assert {word} <= {w for pair in decisions for w in pair} <= {word, "unsure"}
        assert not any(pair == ("unsure", "unsure") for pair in decisions)
        unsure = sum("unsure" in pair for pair in decisions)
        assert 0 < unsure < 0.03 * len(decisions)


def test_repeats_within_a_list_are_the_same(truth: Truth) -> None:
    decisions = invented_decisions(truth, truth.repeats("UA"))
    assert decisions
    assert all("same" in pair for pair in decisions)


def test_a_row_that_identifies_nobody_leaves_both_unsure(truth: Truth) -> None:
    nobody = next(row.id for row in truth.held["RU"] if row.person is None)
    register = truth.registers["UA"][0].id
    assert invented_decisions(truth, [(nobody, register)]) == [("unsure", "unsure")]


def test_a_decision_depends_on_the_pair_alone(truth: Truth) -> None:
    pairs = list(truth.matches("UA"))[:300]
    assert invented_decisions(truth, pairs)[::-1] == invented_decisions(truth, pairs[::-1])
    assert invented_decisions(truth, [(right, left) for left, right in pairs]) == invented_decisions(truth, pairs)


def test_an_id_of_no_file_is_our_own_mistake(truth: Truth) -> None:
    with pytest.raises(KeyError):
        invented_decisions(truth, [("RU-0001", "XX-1")])
