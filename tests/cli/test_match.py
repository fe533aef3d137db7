"""`homeward match`: pairs with a probability, by ids, without names."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.cli.lists_world import world
from tests.cli.running import homeward, refused


def test_the_csv_begins_with_both_ids_and_the_probability_and_most_pairs_are_true(tmp_path: Path) -> None:
    made, output = world(24), tmp_path / "pairs.csv"
    ran = homeward("match", made.held("UA"), made.folder / "RU" / "register.csv", "-o", output, "--json")
    assert ran.code == 0
    with output.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][:3] == ["left_id", "right_id", "probability"]
    assert len(rows) - 1 == ran.json["pairs"]
    held = {row.id: row.register_id for row in made.truth.held["UA"]}
    right = sum(held[row[0]] == row[1] for row in rows[1:])
    assert right >= 0.9 * (len(rows) - 1)
    assert all(0.5 <= float(row[2]) <= 1 for row in rows[1:])
    told = output.read_text("utf-8").casefold()
    assert not [name for name in made.names() if len(name) > 4 and name.casefold() in told]


def test_without_an_id_column_the_ids_are_row_numbers(tmp_path: Path) -> None:
    file = tmp_path / "l.csv"
    row = "Вигаданець;Остап;Юрійович;13.03.1987\n"
    file.write_text(
        "Прізвище;Ім'я;По батькові;Дата народження\n" + row + "Неіснуйко;Петро;Іванович;01.02.1990\n" + row, "utf-8"
    )
    ran = homeward("match", "--self", file, "--json")
    assert [(each["left_id"], each["right_id"]) for each in ran.json["proposals"]] == [("r2", "r4")]


def test_an_id_that_a_spreadsheet_would_run_is_written_as_text(tmp_path: Path) -> None:
    file = tmp_path / "l.csv"
    row = ";Вигаданець;Остап;Юрійович;13.03.1987\n"
    file.write_text(f"id;Прізвище;Ім'я;По батькові;Дата народження\n=1+1{row}b{row}", "utf-8")
    assert homeward("match", "--self", file, "-o", tmp_path / "p.csv").code == 0
    assert (tmp_path / "p.csv").read_text("utf-8").splitlines()[1].startswith("'=1+1,b,")


def test_one_file_needs_self_and_limits_are_checked(tmp_path: Path) -> None:
    assert "give two files, or one file with --self" in refused(homeward("match", "a.csv"), 64)
    assert "--at-least" in refused(homeward("match", "a.csv", "b.csv", "--at-least", "2"), 64)
