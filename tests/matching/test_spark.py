"""Comparing in runs, in this process and on Spark: the same pairs and the same scores as all at once."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.matching import compiled, match, match_columns, match_self
from homeward.matching.columns import Columns
from homeward.matching.engines.spark import EngineError, spark
from homeward.matching.evidence.base import Floats, Ints
from homeward.matching.keys import Kind
from homeward.matching.model import Progress, Proposal
from homeward.matching.ranges import RightIndex, Rule, compare, counted, crowded_keys, cut, suspects, together
from homeward.matching.rounds import HOPELESS, Engine
from homeward.matching.scoring import Comparer
from homeward.people.person import Person
from tests.matching.people import person
from tests.matching.test_columns import crowd as many
from tests.matching.test_lists import LEFT, RIGHT


def in_runs(rows: int) -> Engine:
    """The engine of runs without Spark: everything passes through the same functions, in this process."""

    def engine(comparer: Comparer, kinds: Sequence[Kind], progress: Progress | None) -> tuple[Ints, Ints, Floats]:
        left, right = comparer.left.columns, comparer.right.columns
        tables, runs = cut(left, rows=rows)
        index = RightIndex.of(right, kinds)
        rule = Rule(comparer.weights, comparer.prior, HOPELESS, left is right)
        suspected = together([suspects(tables, run, index, len(runs)) for run in runs], index)
        crowded = crowded_keys(suspected, [counted(tables, run, suspected, index) for run in runs], index)
        nothing = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
        # In another order than that of the list: runs may come back in any.
        found = [compare(tables, run, index, crowded, rule) for run in reversed(runs)]
        i, j, bits = (np.concatenate(part) for part in zip(nothing, *found, strict=True))
        return i, j, bits

    return engine


def told(found: list[Proposal]) -> list[tuple[str, str, float, tuple[tuple[str, float, str], ...]]]:
    return [(p.left_id, p.right_id, p.bits, tuple((bar.kind, bar.bits, bar.code) for bar in p.evidence)) for p in found]


def crowd(mark: str, count: int) -> list[Person]:
    """Namesakes by the hundred, so that some keys are too crowded to be used, among them people who are found all the same."""
    given_names = ("Іван", "Тарас", "Олег")
    return [
        person(
            f"{mark}{k}", f"Шевченко | {given_names[k % 3]} | Іванович | {1960 + k % 40}-{1 + k % 12:02}-{1 + k * 7 % 28:02}"
        )
        for k in range(count)
    ]


@pytest.mark.parametrize("rows", [1, 2, 5, 100])
def test_runs_of_any_length_give_what_all_at_once_gives(rows: int) -> None:
    for one_to_one, top in ((True, 1), (False, 3)):
        how = {"one_to_one": one_to_one, "top": top, "at_least": 0.01}
        assert told(match(LEFT, RIGHT, engine=in_runs(rows), **how)) == told(match(LEFT, RIGHT, **how))
    people = [*LEFT, person("u6", "VYHADANENKO | MYKOLA | | 1987-03-14 | Kharkiv |")]
    assert told(match_self(people, engine=in_runs(rows))) == told(match_self(people)) != []


def test_a_key_that_is_crowded_only_over_all_runs_together_is_left_out_of_each() -> None:
    left, right = crowd("a", 300), crowd("b", 300)
    tables, runs = cut(Columns.of(left), rows=7)
    index = RightIndex.of(Columns.of(right))
    suspected = together([suspects(tables, run, index, len(runs)) for run in runs], index)
    crowded = crowded_keys(suspected, [counted(tables, run, suspected, index) for run in runs], index)
    assert any(len(kind) for kind in crowded), "the crowd is big enough to show the case"
    assert all(len(kind) <= len(wide) for kind, wide in zip(crowded, suspected, strict=True))
    assert told(match(left, right, engine=in_runs(7))) == told(match(left, right))


_CELL = st.sampled_from(["", "Вигаданенко", "VYHADANENKO", "Микола", "NIKOLAI", "Петрович", "1987-03-14", "1987", "Харків"])


@pytest.mark.parametrize("worker", ["with numba", "without numba", "with a numba that finds no folder"])
def test_every_worker_gives_what_all_at_once_gives(worker: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if worker != "without numba":
        pytest.importorskip("numba", reason="numba is not installed (the extra `fast`)")
    left, right = many(500, 5), many(500, 6)
    whole, again = match_columns(left, right, at_least=0.01), match_columns(left, at_least=0.01)
    assert len(whole) > 50
    monkeypatch.setattr(compiled, "WORTH_LOADING", 0)
    if worker == "without numba":
        monkeypatch.setattr(compiled, "installed", lambda: False)
    if worker == "with a numba that finds no folder":
        monkeypatch.setitem(sys.modules, "homeward.matching.compiled.sieve", None)
    one, other = (
        match_columns(left, right, at_least=0.01, engine=in_runs(130)),
        match_columns(left, at_least=0.01, engine=in_runs(130)),
    )
    for found, wanted in ((one, whole), (other, again)):
        assert found.left_row.tolist() == wanted.left_row.tolist()
        assert found.right_row.tolist() == wanted.right_row.tolist()
        assert found.bits.tolist() == wanted.bits.tolist()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(*[_CELL] * 5), max_size=6), st.lists(st.tuples(*[_CELL] * 5), max_size=6), st.integers(1, 4))
def test_whatever_the_lists_runs_give_what_all_at_once_gives(
    left: list[tuple[str, ...]], right: list[tuple[str, ...]], rows: int
) -> None:
    one = [person(f"a{k}", " | ".join(cells)) for k, cells in enumerate(left)]
    other = [person(f"b{k}", " | ".join(cells)) for k, cells in enumerate(right)]
    assert told(match(one, other, at_least=0.0, engine=in_runs(rows))) == told(match(one, other, at_least=0.0))
    assert told(match_self(one, at_least=0.0, engine=in_runs(rows))) == told(match_self(one, at_least=0.0))


@pytest.fixture
def engine(java: None) -> Engine:
    return spark("local[2]", rows=100)


def test_spark_gives_the_same_pairs_and_the_same_scores_as_this_process(engine: Engine) -> None:
    left, right = [*LEFT, *crowd("a", 250)], [*RIGHT, *crowd("b", 250)]
    heard: list[tuple[str, int, int]] = []
    found = match(left, right, engine=engine, progress=lambda step, done, total: heard.append((step, done, total)))
    assert told(found) == told(match(left, right))
    assert {"u1", "u2"} <= {p.left_id for p in found}
    assert heard[-1] == ("pairs", len(left), len(left))


def test_spark_takes_columns_one_list_and_empty_lists(engine: Engine) -> None:
    table = {"id": ["u1", "u2"], "surname": ["Щерботенко", "SHCHERBOTENKO"], "birth_date": ["1987-03-14", "1987-03-14"]}
    one, other = match_columns(table, engine=engine), match_columns(table)
    assert (one.left_id, one.right_id, one.bits.tolist()) == (other.left_id, other.right_id, other.bits.tolist())
    assert match([], RIGHT, engine=engine) == match(LEFT, [], engine=engine) == []


def test_without_pyspark_one_line_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(EngineError, match=r"pip install 'homeward\[spark\]'"):
        match(LEFT, RIGHT, engine=spark())


def test_every_column_of_a_list_is_either_cut_into_runs_or_kept_whole_for_all_of_them() -> None:
    from dataclasses import fields

    from homeward.matching.ranges import LeftTables, Run

    cut_up = {"ids", "names", "birth", "captured", "texts", "rank", "sex"}
    kept = {"words", "initial", "masculine", "fatherly", "text", "derived"}
    assert cut_up < {field.name for field in fields(Columns)} <= cut_up | kept, (
        "a new column must be cut in Run or kept in LeftTables"
    )
    assert {field.name for field in fields(Run)} == cut_up - {"ids"} | {"first"}
    assert {field.name for field in fields(LeftTables)} == {"columns", "rows"}
