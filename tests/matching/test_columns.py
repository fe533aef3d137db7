"""Columns in, pairs out: the same as persons; chunks and compiled code change nothing."""

from __future__ import annotations

import numpy as np
import pytest

from homeward.matching import match, match_columns, match_self, memory
from homeward.matching.candidates import candidate_chunks, candidate_pairs
from homeward.matching.cells import Cells, Table
from homeward.matching.columns import Columns
from homeward.matching.names import spelling
from homeward.matching.names.compiled import compiled_forward
from homeward.matching.names.folding import Script
from homeward.matching.names.letters import Words
from homeward.people.person import Field, Person
from tests.matching.test_lists import LEFT, RIGHT

SURNAMES = ("Вигаданенко", "Щупальський", "Рідкович", "Самотник", "Дзвінченко", "Небувальський")
GIVEN = ("Микола", "Володимир", "Олена", "Тарас", "Сергій")


def table(people: list[Person]) -> Table:
    fields = [field for field in Field if field is not Field.ID]
    return {"id": [one.id for one in people]} | {
        field.value: [one.written(field) or None for one in people] for field in fields
    }


def crowd(count: int, salt: int) -> Table:
    draw = np.random.default_rng(salt)
    return {
        "surname": [SURNAMES[k] for k in draw.integers(len(SURNAMES), size=count)],
        "given_names": [GIVEN[k] for k in draw.integers(len(GIVEN), size=count)],
        "birth_date": [f"19{70 + k % 30}-{1 + k % 12:02}-{1 + k % 28:02}" for k in draw.integers(10_000, size=count)],
    }


def test_columns_give_what_persons_give() -> None:
    found = match_columns(table(LEFT), table(RIGHT), at_least=0.1)
    expected = match(LEFT, RIGHT, at_least=0.1)
    assert list(zip(found.left_id, found.right_id, strict=True)) == [(one.left_id, one.right_id) for one in expected]
    assert found.bits == pytest.approx([one.bits for one in expected], abs=1e-9)
    assert found.probability == pytest.approx([one.probability for one in expected], abs=1e-9)


def test_the_evidence_of_columns_adds_up_to_their_bits() -> None:
    found = match_columns(crowd(60, 1), crowd(60, 2), one_to_one=False, top=3, at_least=0.0)
    assert len(found)
    assert found.bits == pytest.approx(np.sum(list(found.evidence.values()), axis=0), abs=1e-6)


def test_one_table_alone_is_searched_for_repeats() -> None:
    again = Person("u9", dict(LEFT[0].claims))
    people = [*LEFT, again]
    found = match_columns(table(people))
    assert [(a, b) for a, b in zip(found.left_id, found.right_id, strict=True)] == [("u1", "u9")]
    assert found.bits == pytest.approx([one.bits for one in match_self(people)], abs=1e-9)


def test_rows_without_ids_are_numbered() -> None:
    one = {"surname": ["Щупальський"], "birth_date": ["1987-03"]}
    assert match_columns(one, one, at_least=0.0).left_id == ["r1"]


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="one length"):
        match_columns({"surname": ["Вигаданий"], "given_names": []}, {})


def test_empty_tables_give_no_pairs() -> None:
    assert len(match_columns({}, {})) == len(match_columns({})) == len(match_columns({"surname": []}, crowd(5, 1))) == 0


def test_the_size_of_a_chunk_changes_no_candidate() -> None:
    from homeward.matching.cells import Cells

    left, right = (Columns.of_cells(Cells.of_table(crowd(300, salt))) for salt in (3, 4))
    i, j = candidate_pairs(left, right)
    small = list(candidate_chunks(left, right, chunk=100))
    assert len(small) > 50
    assert (np.concatenate([part[1] for part in small]) == i).all()
    assert (np.concatenate([part[2] for part in small]) == j).all()
    assert len(set(zip(i.tolist(), j.tolist(), strict=True))) == len(i)


def test_compiled_and_plain_sums_are_the_same_numbers() -> None:
    kernel = compiled_forward()
    if kernel is None:
        pytest.skip("numba is not installed")
    a = Words.of(("щупальський", "вигаданенко", "я", "дзвінченко"))
    b = Words.of(("shchupalskyi", "wyhadanenko", "ja", "dzvinchenko", "nebuvalska"))
    left, right = (side.ravel() for side in np.meshgrid(np.arange(4), np.arange(5)))
    tables = spelling.table(Script.CYRILLIC, Script.LATIN)
    assert tables is not None
    nothing = np.zeros(len(left), np.float32)
    plain = spelling._forward(tables, a, b, left, right, enough=nothing)
    arrays = (tables.sub, tables.ins, tables.dele, tables.move, a.placed, a.length, b.plain, b.length)
    compiled = np.log2(np.maximum(kernel(*arrays, left, right, nothing), np.float32(spelling.SMALLEST)))
    assert compiled == pytest.approx(plain, abs=1e-9)


def test_pairs_given_up_on_the_way_are_only_those_below_the_bound() -> None:
    a = Words.of(tuple(name.lower() for name in SURNAMES))
    left, right = (side.ravel() for side in np.meshgrid(np.arange(len(SURNAMES)), np.arange(len(SURNAMES))))
    whole = spelling.log2_spelling_pairs(a, a, left, right)
    bound = -20.0
    quick = spelling.log2_spelling_pairs(a, a, left, right, worst=bound)
    assert (quick[whole >= bound] == whole[whole >= bound]).all()
    assert (quick[whole < bound] < bound).all()


def test_a_join_on_disk_gives_the_same_candidates_without_numba_too(monkeypatch: pytest.MonkeyPatch) -> None:
    left, right = (Columns.of_cells(Cells.of_table(crowd(300, salt))) for salt in (5, 6))
    here = [candidate_pairs(left, right), candidate_pairs(left, left)]
    monkeypatch.setattr(memory, "SHARE", 0)
    there = [candidate_pairs(left, right), candidate_pairs(left, left)]
    for one, other in zip(here, there, strict=True):
        assert [rows.tolist() for rows in one] == [rows.tolist() for rows in other]
        assert len(one[0]) > 100
