"""The terms that the package carries and their scaled copies are terms that the terms room accepts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from homeward.invented import terms_text
from homeward.terms import parse

SHARED = Path(os.environ.get("HOMEWARD_SHARED", Path(__file__).parents[2].parent / "shared"))


def test_the_packaged_terms_say_the_same_as_the_shared_example() -> None:
    example = SHARED / "terms" / "may2025.toml"
    if not example.exists():
        pytest.skip("the shared examples are not here (set HOMEWARD_SHARED)")
    assert terms_text() == example.read_text(encoding="utf-8")


@pytest.mark.parametrize("people", [10, 33, 270, 1000, 20000])
def test_terms_of_every_size_are_accepted_with_the_same_clauses(people: int) -> None:
    whole, scaled = parse(terms_text().encode()), parse(terms_text(people).encode())
    assert [clause.id for clause in scaled.clauses] == [clause.id for clause in whole.clauses]
    assert next(clause.equals for clause in scaled.clauses if clause.id == "T1") == people


def test_terms_between_other_parties_are_accepted() -> None:
    terms = parse(terms_text(100, ("AA", "BB")).encode())
    assert set(terms.parties) == {"AA", "BB"}
    assert terms.sides["home-AA"].holder == "BB"
