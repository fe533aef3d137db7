"""Compiled code beside plain code: the same candidates survive, and every bound is what the evidence itself says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("numba", reason="numba is not installed (the extra `fast`)")

from homeward.matching import compiled, match_columns, memory
from homeward.matching.candidates import candidate_chunks
from homeward.matching.cells import Cells, Table
from homeward.matching.columns import Columns
from homeward.matching.compiled import beside, reach, sieve
from homeward.matching.compiled.sieve import survivors
from homeward.matching.evidence import birth_date, captured
from homeward.matching.evidence.base import Pairs
from homeward.matching.names.comparison import FLOOR, NameComparison
from homeward.matching.names.folding import LETTERS, Script
from homeward.matching.rounds import HOPELESS
from homeward.matching.scoring import Comparer
from homeward.matching.weights import weights
from tests.matching.test_columns import crowd

_CELLS = {
    "surname": (
        "",
        "Вигаданська",
        "Вигаданський",
        "VYHADANSKA",
        "Щупальський-Рідкович",
        "SHCHUPALSKI",
        "Тарас",
        "Я.",
        "Ridkovych",
    ),
    "given_names": ("", "Тарас", "TARAS", "Микола Іван", "NIKOLAI", "М.", "Іванович", "Олена"),
    "patronymic": ("", "Іванович", "IVANOVICH", "Миколайович", "بلال وليد", "Тарас", "І."),
    "birth_date": ("", "1987", "1987-03", "1987-03-14", "1987-01-01", "1988-03-14", "1987-11-02", "1978-03-14"),
    "birth_place": ("", "Харків", "KHARKOV", "Жнятино", "Zhniatyno", "Дніпро", "Катеринослав"),
    "rank": ("", "1", "2", "7"),
    "sex": ("", "M", "F"),
    "service_number": ("", "АВ-123456", "АВ123457"),
    "captured_on": ("", "2022-05-17", "2022-05", "2023-11-02"),
    "mother_maiden_name": ("", "Самотник", "SAMOTNYK"),
}


@st.composite
def _tables(draw: st.DrawFn) -> Table:
    count = draw(st.integers(1, 12))
    return {name: draw(st.lists(st.sampled_from(cells), min_size=count, max_size=count)) for name, cells in _CELLS.items()}


def _columns(table: Table) -> Columns:
    return Columns.of_cells(Cells.of_table(table))


@settings(max_examples=60, deadline=None)
@given(_tables(), _tables(), st.booleans())
def test_no_pair_with_hope_is_sieved_out(left: Table, right: Table, one_list: bool) -> None:
    mine = _columns(left)
    theirs = mine if one_list else _columns(right)
    comparer = Comparer.of(mine, theirs, weights())
    kept = {pair for _, i, j in survivors(comparer, HOPELESS) for pair in zip(i.tolist(), j.tolist(), strict=True)}
    for _, i, j in candidate_chunks(mine, theirs):
        hopeful = comparer.score(i, j, hopeless=HOPELESS)
        assert set(zip(hopeful.i.tolist(), hopeful.j.tolist(), strict=True)) <= kept
        assert kept <= set(zip(i.tolist(), j.tolist(), strict=True))


def test_compiled_and_plain_code_give_the_same_pairs_and_the_same_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "WORTH_LOADING", 0)
    left, right = crowd(3000, 5), crowd(3000, 6)
    fast, again = match_columns(left, right, at_least=0.01), match_columns(left, at_least=0.01)
    monkeypatch.setattr(compiled, "installed", lambda: False)
    for one, other in ((fast, match_columns(left, right, at_least=0.01)), (again, match_columns(left, at_least=0.01))):
        assert len(one) > 100
        assert (one.left_row == other.left_row).all()
        assert (one.right_row == other.right_row).all()
        assert (one.bits == other.bits).all()


def test_a_join_on_disk_gives_the_same_pairs_and_the_same_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "WORTH_LOADING", 0)
    left, right = crowd(2000, 5), crowd(2000, 6)
    nothing: Table = {"surname": ["", ""]}
    here = [match_columns(left, right, at_least=0.01), match_columns(left), match_columns(nothing, right)]
    monkeypatch.setattr(memory, "SHARE", 0)
    there = [match_columns(left, right, at_least=0.01), match_columns(left), match_columns(nothing, right)]
    for one, other in zip(here, there, strict=True):
        assert one.left_row.tolist() == other.left_row.tolist()
        assert one.right_row.tolist() == other.right_row.tolist()
        assert one.bits.tolist() == other.bits.tolist()
    assert len(here[0]) > 100


_LETTERS = [st.text(LETTERS[script], min_size=2, max_size=30) for script in (Script.LATIN, Script.CYRILLIC, Script.ARABIC)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(*_LETTERS), min_size=2, max_size=6, unique=True))
def test_no_word_is_likelier_than_its_letters_allow(words: list[str]) -> None:
    table = _columns({"surname": [*words, "вигаданенко", "wyhadanenko", "щупальський", "shchupalskyi"]})
    comparer = Comparer.of(table, table, weights())
    mine, rules, own = sieve._words(comparer.left), sieve._rules(comparer, HOPELESS), sieve._memory(1)
    every = np.arange(len(table.words.text))
    for x in every.tolist():
        y = every[table.words.length > 1]
        raw = NameComparison(comparer.left, comparer.left).words("surname", np.full(len(y), x), y)
        for other, bits in zip(y.tolist(), raw.tolist(), strict=True):
            line = int(table.words.script[other])
            reach.prepare(rules.model, rules.turned, mine.letters, x, line, line, own.reach, own.reach_float, own.work)
            most = reach.most_raw(own.reach, line, mine.letters, x, mine.letters, other, 0)
            assert bits <= max(FLOOR, most) or table.words.length[x] <= 1


_DATE = st.tuples(st.integers(1985, 1999), st.integers(0, 12), st.integers(0, 28)).map(
    lambda d: (d[0], d[1], d[2] if d[1] else 0)
)
_DATES = st.one_of(_DATE, st.just((0, 0, 0)), st.sampled_from([(1987, 1, 1), (1987, 3, 4), (1987, 4, 3), (1988, 3, 4)]))


@settings(max_examples=500, deadline=None)
@given(_DATES, _DATES)
def test_dates_have_the_same_level_in_both(a: tuple[int, int, int], b: tuple[int, int, int]) -> None:
    def packed(day: tuple[int, int, int]) -> int:
        return day[0] << 9 | day[1] << 5 | day[2]

    assert beside.birth_level(packed(a), packed(b)) == birth_date.levels(np.array([a]), np.array([b]))[0]
    one, other = ({"captured_on": ["-".join(f"{part:02}" for part in day if part)]} for day in (a, b))
    row = np.zeros(1, np.int64)
    mine, theirs = _columns(one), _columns(other)
    pairs = Pairs(mine, theirs, row, row, row, {}, {}, Comparer.of(mine, theirs, weights()).in_right)
    assert beside.captured_level(packed(a), packed(b)) == captured.KIND_DAY.judge(pairs).level[0]
