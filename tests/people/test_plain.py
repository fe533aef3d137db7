"""A person stored as plain values is the same person again."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.people import Absence, Claim, Field, PartialDate, Person, Source
from homeward.people.plain import from_plain, to_plain

_VALUES = st.one_of(
    st.text(max_size=20),
    st.integers(0, 10_000),
    st.sampled_from(Absence),
    st.builds(PartialDate, st.integers(1, 9999)),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12), st.integers(1, 28)),
)
_PEOPLE = st.builds(
    Person,
    st.text(min_size=1, max_size=8),
    st.dictionaries(st.sampled_from(Field), st.builds(Claim, st.text(max_size=20), _VALUES)),
    st.none() | st.builds(Source, st.text(max_size=8), st.text(max_size=8), st.integers(1, 10**6)),
    st.dictionaries(st.text(max_size=8), st.text(max_size=8)),
)


@given(_PEOPLE)
def test_a_person_comes_back_from_json_as_it_was(person: Person) -> None:
    assert from_plain(json.loads(json.dumps(to_plain(person)))) == person


def test_the_three_kinds_of_nothing_stay_apart() -> None:
    person = Person("r1", {Field.UNIT: Claim("н/в", Absence.UNKNOWN), Field.RANK: Claim("***", Absence.WITHHELD)})
    back = from_plain(to_plain(person))
    assert (back.value(Field.UNIT), back.value(Field.RANK), back.value(Field.SURNAME)) == (
        Absence.UNKNOWN,
        Absence.WITHHELD,
        None,
    )


def test_a_value_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="not the value of a claim"):
        from_plain({"id": "r1", "claims": {"surname": ["x", 1.5]}})
