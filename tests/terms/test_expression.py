"""Conditions: the grammar, the three answers, and input that means harm."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.terms import Expression, ExpressionError

COMPARISONS = st.sampled_from(
    [
        "age <= 25",
        "18 <= age < 60",
        "sex == 'F'",
        "medical in ('sick', 'well')",
        "status != 'civilian'",
        "rank >= 'captain'",
        "true",
    ]
)
SOURCES = st.recursive(
    COMPARISONS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" and ", " or "]), inner).map(lambda parts: f"({parts[0]}){parts[1]}({parts[2]})"),
        inner.map(lambda one: f"not ({one})"),
    ),
    max_leaves=6,
)
KNOWN: dict[str, list[str | int]] = {
    "age": [17, 25, 26, 60],
    "sex": ["F", "M"],
    "medical": ["well", "sick", "seriously_ill"],
    "status": ["military", "civilian"],
    "rank": ["private", "general"],
}


@given(SOURCES, st.fixed_dictionaries({name: st.sampled_from([None, *values]) for name, values in KNOWN.items()}))
@settings(max_examples=150, deadline=None)
def test_an_answer_stands_whatever_the_unknown_facts_turn_out_to_be(source: str, facts: dict[str, str | int | None]) -> None:
    expression = Expression(source)
    answer = expression.holds(facts)
    open_names = [name for name, value in facts.items() if value is None]
    completions = product(*(KNOWN[name] for name in open_names))
    answers = {expression.holds({**facts, **dict(zip(open_names, values, strict=True))}) for values in completions}
    assert None not in answers, "with every fact known there is always an answer"
    if answer is not None:
        assert answers == {answer}


@given(st.text(alphabet="ageinotrd<>=!()'\", 0123456789_.", max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_is_either_read_or_refused_with_a_position_inside_it(source: str) -> None:
    refused: ExpressionError | None = None
    try:
        Expression(source)
    except ExpressionError as error:
        refused = error
    assert refused is None or (1 <= refused.position <= len(source) + 1 and refused.remedy)


@pytest.mark.parametrize(
    ("source", "position", "message"),
    [
        ("age <= ", 7, "a fact or a value is expected"),
        ("age = 25", 5, "'=' has no meaning here"),
        ("age <= 'old'", 8, "age is a number"),
        ("sex == 1", 8, "sex is text"),
        ("sex == F", 8, "stands where a plain value belongs"),
        ("agee <= 25", 1, "there is no fact 'agee'"),
        ("status == 'militry'", 11, "status is never 'militry'"),
        ("(age <= 25", 11, "is not closed"),
        ("age <= 25)", 10, "does not belong here"),
        ("sex in 'F'", 5, "'in' needs a list"),
        ("sex < 'M'", 5, "sex has no order"),
        ("captured_on < '2022-02-30'", 15, "is not a day"),
        ("25 <= 30", 7, "is compared with a plain value"),
        ("sex == 'F", 8, "a text is opened and not closed"),
        ("__import__('os').system('x')", 17, "'.' has no meaning here"),
        ("__import__('os')", 11, "a comparison is expected"),
        ("age.real <= 25", 4, "'.' has no meaning here"),
        ("", 1, "a fact or a value is expected"),
    ],
)
def test_a_wrong_condition_is_refused_at_its_position(source: str, position: int, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        Expression(source)
    assert caught.value.position == position
    assert message in caught.value.message


@pytest.mark.parametrize(
    "source",
    ["(" * 5_000 + "true" + ")" * 5_000, "not " * 400 + "true", "(" * 60 + "true" + ")" * 60, "age <= 1 or " * 500 + "true"],
)
def test_pathological_input_is_refused(source: str) -> None:
    with pytest.raises(ExpressionError, match=r"longer than|nested deeper"):
        Expression(source)


def test_a_range_of_ages_decides_where_all_of_it_agrees() -> None:
    young = Expression("age <= 25")
    assert young.holds({"age": None, "age_from": 24, "age_to": 25}) is True
    assert young.holds({"age": None, "age_from": 25, "age_to": 26}) is None
    assert young.holds({"age": None, "age_from": 26, "age_to": 27}) is False
    assert Expression("age == 25").holds({"age": None, "age_from": 26, "age_to": 27}) is False


def test_a_date_with_a_missing_part_decides_where_all_of_it_agrees() -> None:
    early = Expression("captured_on < '2022-05-20'")
    assert early.holds({"captured_on": "2022-04"}) is True
    assert early.holds({"captured_on": "2022-05"}) is None
    assert early.holds({"captured_on": "2022-05-20"}) is False


def test_the_names_of_the_facts_asked_are_told() -> None:
    assert Expression("sex == 'F' or not family in ('x',)").fields == {"sex", "family"}
    assert Expression("age <= 25", on=date(2025, 6, 2)).fields == {
        "age@2025-06-02", "age@2025-06-02_from", "age@2025-06-02_to",
    }  # fmt: skip


def test_equal_texts_on_equal_days_are_equal() -> None:
    assert Expression("age <= 25") == Expression("age <= 25")
    assert Expression("age <= 25") != Expression("age <= 25", on="capture")
    assert len({Expression("true"), Expression("true"), Expression("false")}) == 2


def test_boundaries_are_as_written() -> None:
    assert [Expression("age < 25").holds({"age": age}) for age in (24, 25, 26)] == [True, False, False]
    assert [Expression("age <= 25").holds({"age": age}) for age in (24, 25, 26)] == [True, True, False]
    assert [Expression("25 > age").holds({"age": age}) for age in (24, 25)] == [True, False]
