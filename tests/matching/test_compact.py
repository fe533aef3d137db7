"""Lists that are kept compact, with the join and what is read once on disk, give the pairs and numbers of all others."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.cli.match_lists import Compared, pairs_csv, read_long
from homeward.matching import compiled, match_lists, memory
from homeward.matching.cells import Table
from homeward.matching.choosing import assign
from homeward.matching.columns import Columns
from homeward.matching.compact import compact
from homeward.matching.scoring import Comparer
from homeward.matching.weights import weights
from homeward.people.packed import PackedTexts
from tests.matching.test_columns import crowd


def _written(table: Table, path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table)
        writer.writerows(zip(*table.values(), strict=True))
    return path


def _read(path: Path) -> Columns:
    return read_long(path, None, frozenset(), lambda *_: None).columns


@pytest.mark.parametrize("numba", [False, True])
def test_lists_too_long_for_memory_are_packed_and_give_the_file_that_others_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, numba: bool
) -> None:
    if numba:
        pytest.importorskip("numba", reason="numba is not installed (the extra `fast`)")
    monkeypatch.setattr(compiled, "WORTH_LOADING", 0 if numba else 10**9)
    one = dict(crowd(300, 5)) | {"birth_place": ["Харків", "", "Жнятино"] * 100}
    other = {name: list(cells)[250::-1] for name, cells in one.items()} | {"birth_place": ["KHARKOV"] * 251}
    files = [_written(table, tmp_path / f"{side}.csv") for side, table in (("left", one), ("right", other))]
    found = []
    for share in (1.0, 0.0):
        monkeypatch.setattr(memory, "SHARE", share)
        left, right = map(_read, files)
        assert isinstance(left.words.text, PackedTexts) is (share == 0.0)
        proposed = match_lists(left, right, at_least=0.1)
        assert isinstance(proposed.left_id, PackedTexts)
        found.append(b"".join(pairs_csv([Compared("a", "b", proposed, 0, 0)])))
    assert found[0] == found[1]
    assert found[0].count(b"\n") > 100


def test_a_compact_list_has_the_columns_of_the_list(tmp_path: Path) -> None:
    whole = _read(_written(crowd(200, 7), tmp_path / "list.csv"))
    small = compact(whole)
    assert list(small.words.text) == list(whole.words.text)
    assert list(small.text) == list(whole.text)
    for role, words in whole.names.items():
        assert np.array_equal(small.names[role], words)
    for field, texts in whole.texts.items():
        assert np.array_equal(small.texts[field], texts)
    for name in ("birth", "captured", "rank", "sex"):
        assert np.array_equal(getattr(small, name), getattr(whole, name))


def test_a_word_has_its_number_in_the_other_list_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("homeward.matching.scoring._WORDS", 7)
    left, right = (_read(_written(crowd(6, seed), tmp_path / f"{seed}.csv")) for seed in (8, 9))
    number = {word: place for place, word in enumerate(right.words.text)}
    expected = [number.get(word, -2) for word in left.words.text]
    assert 0 < sum(place >= 0 for place in expected) < len(expected)
    assert Comparer.of(left, right, weights()).in_right.tolist() == [*expected, -2]


_PAIRS = st.lists(st.tuples(st.integers(0, 15), st.integers(0, 15)), max_size=60, unique=True)


@given(_PAIRS, st.data(), st.sampled_from([0, 1, 30]))
def test_each_record_is_taken_once_the_best_pairs_first(pairs: list[tuple[int, int]], data: st.DataObject, rounds: int) -> None:
    bits = data.draw(st.lists(st.sampled_from([-1.0, 2.5, 3.0, 8.0]), min_size=len(pairs), max_size=len(pairs)))
    taken: list[int] = []
    for place in sorted(range(len(pairs)), key=lambda place: (-bits[place], pairs[place])):
        if all(pairs[place][side] != pairs[other][side] for other in taken for side in (0, 1)):
            taken.append(place)
    i, j = np.array(pairs, np.int64).reshape(-1, 2).T
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("homeward.matching.choosing._ROUNDS", rounds)
        assert assign(i, j, np.array(bits)).tolist() == sorted(taken)
