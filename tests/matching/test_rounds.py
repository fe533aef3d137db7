"""Two rounds: who is sure in the first leaves, who is not is looked for by every key, and no figure depends on the rounds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.matching import Settled, match, rounds
from homeward.matching.columns import Columns
from homeward.matching.keys import KINDS, NARROW, Kind
from homeward.matching.model import Progress
from homeward.matching.rounds import Hopeful, everybody, here, in_rounds
from homeward.matching.scoring import Comparer
from homeward.matching.weights import weights
from homeward.people.person import Person
from tests.matching.people import person
from tests.matching.test_spark import in_runs, told

_SYLLABLES = ("ба", "дро", "кли", "мур", "ще", "таш", "гиль", "воз")
_GIVEN = ("Микола", "Володимир", "Тарас", "Сергій", "Олег")


def two_lists(count: int, *, bare: int = 5, salt: int = 0) -> tuple[list[Person], list[Person]]:
    """So many people in each list, each with a name of their own; of every `bare`-th the right list has the name alone."""
    places = list(product(_SYLLABLES, repeat=3))
    draw = np.random.default_rng(salt).permutation(len(places))[:count].tolist()
    left, right = [], []
    for k, place in enumerate(draw):
        surname, first = "".join(places[place]).capitalize() + "енко", _GIVEN[k % len(_GIVEN)]
        known = f"Іванович | {1970 + k % 30}-{1 + k % 12:02}-{1 + k * 7 % 28:02} | Харків"
        left.append(person(f"u{k}", f"{surname} | {first} | {known}"))
        right.append(person(f"r{k}", f"{surname} | {first}" if k % bare == 0 else f"{surname} | {first} | {known}"))
    return left, right


class Heard:
    """An engine that remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int, tuple[Kind, ...]]] = []

    def __call__(self, comparer: Comparer, kinds: Sequence[Kind], progress: Progress | None) -> Hopeful:
        self.asked.append((len(comparer.left.columns), len(comparer.right.columns), tuple(kinds)))
        return here(comparer, kinds, progress)


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every list counts as long."""
    monkeypatch.setattr(rounds, "LONG", 0)


def comparer(left: list[Person], right: list[Person]) -> Comparer:
    return Comparer.of(Columns.of(left), Columns.of(right), weights())


@pytest.mark.usefixtures("long")
def test_who_is_sure_after_the_narrow_keys_is_looked_for_no_further() -> None:
    left, right = two_lists(100)
    heard = Heard()
    found = match(left, right, engine=heard)
    (first, second) = heard.asked
    assert first == (100, 100, NARROW)
    assert second[2] == KINDS
    assert 20 <= second[0] < 60, "the twenty of whom the right list has the name alone, and few others"
    assert {(p.left_id, p.right_id) for p in found} == {(f"u{k}", f"r{k}") for k in range(100)}


def test_lists_that_are_not_long_are_looked_through_once_by_every_key() -> None:
    heard = Heard()
    match(*two_lists(40), engine=heard)
    assert heard.asked == [(40, 40, KINDS)]


@pytest.mark.usefixtures("long")
def test_several_proposals_for_each_and_repeats_of_one_list_are_never_looked_for_in_rounds() -> None:
    left, right = two_lists(40)
    heard = Heard()
    found = match(left, right, one_to_one=False, top=2, at_least=0.01, engine=heard)
    assert heard.asked == [(40, 40, KINDS)]
    assert told(found) == told(match(left, right, one_to_one=False, top=2, at_least=0.01))


@pytest.mark.usefixtures("long")
@settings(max_examples=20, deadline=None)
@given(salt=st.integers(0, 50), bare=st.integers(1, 6), count=st.integers(0, 60))
def test_a_pair_has_the_bits_in_rounds_that_it_has_all_at_once(salt: int, bare: int, count: int) -> None:
    both = comparer(*two_lists(count, bare=bare, salt=salt))
    whole = {(i, j): bits for i, j, bits in zip(*(part.tolist() for part in everybody(both, None, None)), strict=True)}
    i, j, bits = in_rounds(both, None, None, None)
    assert (np.diff(i * len(both.right.columns) + j) > 0).all(), "each pair once, in order"
    assert {pair: whole[pair] for pair in zip(i.tolist(), j.tolist(), strict=True)} == dict(
        zip(zip(i.tolist(), j.tolist(), strict=True), bits.tolist(), strict=True)
    )


@pytest.mark.usefixtures("long")
@pytest.mark.parametrize("rows", [7, 1000])
def test_runs_give_in_rounds_what_this_process_gives(rows: int) -> None:
    left, right = two_lists(60, bare=3)
    expected = told(match(left, right, at_least=0.01))
    assert told(match(left, right, at_least=0.01, engine=in_runs(rows))) == expected != []


@pytest.mark.usefixtures("long")
def test_whom_officers_settled_is_not_looked_for_and_a_pair_they_refused_makes_nobody_leave() -> None:
    left, right = two_lists(30, bare=100)
    ids = [p.id for p in left], [p.id for p in right]
    settled = Settled.of(*ids, same=[("u3", "r3")], different=[("u7", "r7")])
    heard = Heard()
    found = match(left, right, settled=settled, engine=heard)
    assert {p.left_id for p in found} == {f"u{k}" for k in range(30)} - {"u3", "u7"}
    nothing = Settled.of(*ids)
    free = Heard()
    match(left, right, settled=nothing, engine=free)
    assert heard.asked[1][0] == free.asked[1][0] + 1, "u7, who would be sure, goes on; u3, who was sure already, does not"


@pytest.mark.usefixtures("long")
def test_two_who_fit_one_record_equally_well_both_stay() -> None:
    left = [person(f"u{k}", "Дроклищеенко | Тарас | Іванович | 1987-03-14 | Харків") for k in (1, 2)]
    right = [person("r1", "Дроклищеенко | Тарас | Іванович | 1987-03-14 | Харків")]
    heard = Heard()
    match(left, right, engine=heard)
    assert heard.asked[1][:2] == (2, 1)


@pytest.mark.usefixtures("long")
def test_progress_names_the_second_round() -> None:
    steps: list[str] = []
    match(*two_lists(10), progress=lambda step, done, total: steps.append(step))
    assert list(dict.fromkeys(steps)) == ["pairs", "pairs, second round"]
