"""Every explanation adds up to its score, and a bar that is taken away moves the score by exactly itself: for every kind of bar."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.matching import Proposal, explain, match, match_columns
from homeward.matching.evidence import KINDS
from homeward.matching.model import probability
from tests.matching.people import person

#: For each kind two records of which it has something to say.
CASES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "surname": ({"surname": "Вигаданенко"}, {"surname": "VYHADANENKO"}),
    "given_names": ({"given_names": "Микола"}, {"given_names": "NIKOLAI"}),
    "patronymic": ({"patronymic": "Петрович"}, {"patronymic": "IVANOVYCH"}),
    "mother_maiden_name": ({"mother_maiden_name": "Щербина"}, {"mother_maiden_name": "Shcherbyna"}),
    "arrangement": (
        {"surname": "Вигаданенко", "given_names": "Микола", "patronymic": "Петрович"},
        {"surname": "Микола", "given_names": "Вигаданенко", "patronymic": "Петрович"},
    ),
    "birth_date": ({"birth_date": "1987-03-14"}, {"birth_date": "1987-03-17"}),
    "birth_place": ({"birth_place": "Катеринослав"}, {"birth_place": "Dnipropetrovsk"}),
    "service_number": ({"service_number": "123456"}, {"service_number": "123465"}),
    "rank": ({"rank": "nco"}, {"rank": "colonel"}),
    "unit": ({"unit": "36 окрема бригада"}, {"unit": "36th Brigade"}),
    "sex": ({"sex": "M"}, {"sex": "F"}),
    "captured_on": ({"captured_on": "2022-05-17"}, {"captured_on": "2022-05-20"}),
    "captured_at": ({"captured_at": "Бахмут"}, {"captured_at": "Артемовск"}),
}


def holds(found: Proposal) -> None:
    """The two laws, to a millionth of a bit."""
    assert math.isclose(math.fsum(bar.bits for bar in found.evidence), found.bits, abs_tol=1e-6)
    assert math.isclose(found.probability, probability(found.bits), abs_tol=1e-12)
    for kind in {bar.kind for bar in found.evidence}:
        taken = math.fsum(bar.bits for bar in found.evidence if bar.kind == kind)
        assert math.isclose(found.bits - found.without(kind).bits, taken, abs_tol=1e-6)


def test_there_is_a_case_for_every_kind() -> None:
    assert set(CASES) == {kind.name for kind in KINDS}


@pytest.mark.parametrize("kind", list(CASES))
def test_a_bar_of_each_kind_adds_up_and_moves_the_score_by_itself(kind: str) -> None:
    left, right = CASES[kind]
    found = explain(person("a", **left), person("b", **right))
    assert {"prior", kind} <= {bar.kind for bar in found.evidence}
    holds(found)


_SOME = st.dictionaries(st.sampled_from(sorted(CASES)), st.sampled_from([0, 1]))


def _cells(chosen: dict[str, int], side: int) -> dict[str, str]:
    cells: dict[str, str] = {}
    for kind, swapped in chosen.items():
        cells |= CASES[kind][side ^ swapped]
    return cells


@settings(max_examples=80, deadline=None)
@given(_SOME, _SOME)
def test_any_mixture_of_kinds_adds_up(mine: dict[str, int], theirs: dict[str, int]) -> None:
    holds(explain(person("a", **_cells(mine, 0)), person("b", **_cells(theirs, 1))))


@settings(max_examples=25, deadline=None)
@given(st.lists(_SOME, min_size=1, max_size=5), st.lists(_SOME, min_size=1, max_size=5))
def test_whole_lists_add_up_with_what_rivals_take_as_persons_and_as_columns(
    left: list[dict[str, int]], right: list[dict[str, int]]
) -> None:
    mine = [person(f"a{k}", **_cells(chosen, 0)) for k, chosen in enumerate(left)]
    theirs = [person(f"b{k}", **_cells(chosen, 1)) for k, chosen in enumerate(right)]
    found = match(mine, theirs, one_to_one=False, top=5, at_least=0.0)
    for each in found:
        holds(each)
    columns = [
        {"id": [f"{mark}{k}" for k in range(len(some))]}
        | {name: [cells.get(name, "") for cells in some] for name in {field for one in some for field in one}}
        for mark, some in (
            ("a", [_cells(chosen, 0) for chosen in left]),
            ("b", [_cells(chosen, 1) for chosen in right]),
        )
    ]
    table = match_columns(columns[0], columns[1], one_to_one=False, top=5, at_least=0.0)
    for row in range(len(table)):
        assert math.isclose(sum(bits[row] for bits in table.evidence.values()), table.bits[row], abs_tol=1e-6)
    assert list(zip(table.left_id, table.right_id, strict=True)) == [(each.left_id, each.right_id) for each in found]
    for row, each in enumerate(found):
        assert math.isclose(each.bits, table.bits[row], abs_tol=1e-6)


def test_rivals_are_a_bar_that_adds_up_too() -> None:
    twins = [person(f"b{k}", "Вигаданенко | Микола | Петрович | 1987-03-14") for k in range(3)]
    found = match([person("a", "Вигаданенко | Микола | Петрович | 1987-03-14")], twins, one_to_one=False, top=3, at_least=0.01)
    assert len(found) == 3
    for each in found:
        assert "others" in {bar.kind for bar in each.evidence}
        holds(each)
