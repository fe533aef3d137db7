"""Arrow tables: the pairs of the same cells in a file, in a table of their own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed (the extra `arrow`)")

from homeward.matching import match, match_self  # noqa: E402 - after what may skip the whole file.
from homeward.matching.arrow import ArrowError, match_arrow, people_of  # noqa: E402
from homeward.people import PeopleFileError, read_people  # noqa: E402
from tests.matching.test_lists import shared  # noqa: E402

REGISTER = pa.table(
    {
        "ID": ["u1", "u2", "u3"],
        "Прізвище": pa.array(["Вигаданенко", "Щупальський", "Рідкович"]).dictionary_encode(),
        "Ім'я": ["Микола", "Володимир", "Олена"],
        "По батькові": ["Петрович", "Іванович", None],
        "Дата народження": [date(1987, 3, 14), date(1990, 11, 2), date(1979, 1, 30)],
        "Звання": ["сержант", "солдат", "капітан"],
    }
)
ANSWER = pa.table(
    {
        "surname": ["VYHADANENKO", "ЩУПАЛЬСКИЙ"],
        "given_names": ["NIKOLAI", "ВЛАДИМИР"],
        "birth_date": ["14.03.1987", "1990-11-02"],
    }
)


def test_a_table_of_pairs_comes_back_whose_bars_add_up() -> None:
    found = match_arrow(REGISTER, ANSWER)
    assert found.column_names[:4] == ["left_id", "right_id", "probability", "bits"]
    assert list(zip(found["left_id"].to_pylist(), found["right_id"].to_pylist(), strict=True)) == [("u1", "r2"), ("u2", "r3")]
    for row in found.to_pylist():
        assert sum(row[name] for name in found.column_names[4:]) == pytest.approx(row["bits"], abs=1e-9)


def test_the_same_cells_in_a_file_give_the_same_pairs_and_scores(tmp_path: Path) -> None:
    from pyarrow import csv

    folder = shared()
    halves = []
    for name in ("dev_left.csv", "dev_right.csv"):
        lines = (folder / name).read_text("utf-8").splitlines(keepends=True)
        file = tmp_path / name
        file.write_text("".join(lines[:1200]), "utf-8")
        options = csv.ConvertOptions(column_types={"birth_date": pa.string(), "rank": pa.string()}, strings_can_be_null=True)
        halves.append((read_people(file).people, csv.read_csv(file, convert_options=options)))
    (left, left_table), (right, right_table) = halves
    for how in ({}, {"one_to_one": False, "top": 2, "at_least": 0.1}):
        wanted = [(p.left_id, p.right_id, p.probability) for p in match(left, right, **how)]  # type: ignore[arg-type]
        table = match_arrow(left_table, right_table, **how)
        found = list(zip(*(table[name].to_pylist() for name in ("left_id", "right_id", "probability")), strict=True))
        assert found == wanted != []
    wanted_self = [(p.left_id, p.right_id) for p in match_self(left, at_least=0.01)]
    table = match_arrow(left_table, at_least=0.01)
    assert list(zip(table["left_id"].to_pylist(), table["right_id"].to_pylist(), strict=True)) == wanted_self


def test_typed_dates_and_texts_of_dates_are_one() -> None:
    typed, text = people_of(REGISTER)[0], people_of(ANSWER)[0]
    assert [str(value) for _, value in sorted((f, c.value) for f, c in typed.claims.items() if f == "birth_date")] == [
        "1987-03-14"
    ]
    assert str(text.claims[next(f for f in text.claims if f == "birth_date")].value) == "1987-03-14"


def test_an_empty_table_gives_an_empty_table_and_one_without_names_is_refused() -> None:
    nobody = pa.table({"surname": pa.array([], pa.string()), "given_names": pa.array([], pa.string())})
    assert match_arrow(nobody, ANSWER).num_rows == 0
    with pytest.raises(PeopleFileError):
        match_arrow(pa.table({"shoe_size": [42, 43]}), ANSWER)


def test_without_pyarrow_one_line_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ArrowError, match=r"pip install 'homeward\[arrow\]'"):
        match_arrow(ANSWER)
