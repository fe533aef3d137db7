"""Tables that are written: read back unchanged, never executed, the same bytes for the same content."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from homeward.people import Absence, Column, Field, PartialDate, PeopleFileError, annotate, read_people, write_table
from homeward.people.writer import _body_cell, _head_cell, table_bytes
from homeward.people.xlsxfile import same_bytes
from homeward.people.xlsxrows import Plain
from tests.people.books import BONDAR, HEADER, KOVAL, csv_file, table

FORMULAS = ["=1+1", "+380 44", "-5", "@SUM(A1)", "\t=1+1", "=cmd|' /C calc'!A0", "'=1+1"]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_is_written_as_text_and_read_back(tmp_path: Path, ending: str, text: str) -> None:
    path = tmp_path / f"list.{ending}"
    write_table(path, ["Прізвище", "Примітка"], [["Коваль", text]])
    if ending == "xlsx":
        cell = load_workbook(path).worksheets[0]["B2"]
        assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, text[0] != "'")
    else:
        assert f"'{text}" in path.read_text("utf-8-sig")
    if not text.startswith("'"):
        assert read_people(path).people[0].written(Field.NOTE) == text


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_same_content_gives_the_same_bytes(tmp_path: Path, ending: str) -> None:
    paths = [tmp_path / f"{n}.{ending}" for n in (1, 2)]
    for path in paths:
        write_table(path, [Column("id", choices=("a", "b")), "when"], [["a", date(2025, 5, 1)], ["b", 3]], notes=["note"])
    assert paths[0].read_bytes() == paths[1].read_bytes()
    if ending == "xlsx":
        with zipfile.ZipFile(paths[0]) as container:
            assert {info.date_time for info in container.infolist()} == {(2020, 1, 1, 0, 0, 0)}
            assert container.read("docProps/core.xml").count(b"2020-01-01T00:00:00Z") == 2


NAMES = st.text("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", min_size=3, max_size=12).map(str.capitalize)
ANY = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Cn", "Co", "Zl", "Zp", "Zs")), max_size=20)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(NAMES, NAMES, st.dates(date(1930, 1, 1), date(2020, 1, 1)), ANY), max_size=8),
    st.sampled_from(["xlsx", "csv"]),
)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, people: list[tuple[str, str, date, str]], ending: str
) -> None:
    path = tmp_path_factory.mktemp("trip") / f"list.{ending}"
    rows = [
        [f"p-{at}", surname, given, PartialDate.from_date(born), note] for at, (surname, given, born, note) in enumerate(people)
    ]
    write_table(path, ["ID", "Прізвище", "Ім'я", "Дата народження", "Примітка"], rows)
    file = read_people(path)
    assert file.counts.total == len(people) == len(file.people)
    for person, row in zip(file.people, rows, strict=True):
        assert person.id == row[0]
        assert person.text(Field.SURNAME) == row[1]
        assert person.date(Field.BIRTH_DATE) == row[3]
        if not str(row[4]).startswith("'"):
            assert person.written(Field.NOTE) == row[4]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(ANY, NAMES, st.integers(-9, 99_999), st.sampled_from(["", "?", "Всього", "Прізвище", "ID", "1"])),
            max_size=5,
        ),
        max_size=9,
    )
)
def test_accepted_remarked_and_refused_add_up_to_the_rows_that_show_anything(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str | int]]
) -> None:
    path = tmp_path_factory.mktemp("sum") / "list.xlsx"
    write_table(path, ["ID", "Прізвище", "Ім'я", "Дата народження", "Примітка"], rows)
    try:
        file = read_people(path)
    except PeopleFileError as error:
        assert error.code == "two_headers"  # noqa: PT017
        return
    shown = [row for row in rows if any(not isinstance(cell, str) or cell.strip() for cell in row)]
    skipped = sum(remark.code == "numbering_row" for remark in file.remarks)
    counts = file.counts
    assert counts.accepted + counts.remarked + counts.refused == counts.total == len(shown) - skipped
    assert all((row.person is None) == (row.verdict == "refused") for row in file.rows)
    assert all(bool(row.remarks) == (row.verdict != "accepted") for row in file.rows)
    assert len({person.id for person in file.people}) == len(file.people)


def test_a_written_table_is_made_for_reading_filling_in_and_printing(tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    write_table(
        path,
        ["id", Column("decision", width=20, choices=("same", "different"))],
        [["p-1", None]],
        sheet_title="Review 1/2",
        notes=["Why"],
    )
    book = load_workbook(path)
    sheet = book["Review 1 2"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A2", "A1:B2", "$1:$1")
    assert sheet["A1"].font.bold
    assert sheet.data_validations.dataValidation[0].formula1 == '"same,different"'
    assert book.sheetnames == ["Review 1 2", "Notes"]


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1900, 3, 1), date(2099, 12, 31)),
    st.datetimes(datetime(1900, 3, 1), datetime(2099, 12, 31)),  # noqa: DTZ001
    st.text(max_size=12),
    st.sampled_from([*FORMULAS, " a ", "a & <b>", "_x0041_", "line\r\nline", "   ", "\ud800"]),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=4), max_size=6))
def test_rows_are_written_as_the_library_itself_would_write_them_cell_by_cell(rows: list[list[Plain]]) -> None:
    book = Workbook(write_only=True)
    sheet = cast("Worksheet", book.create_sheet("List"))
    sheet.append([_head_cell(sheet, heading) for heading in "abcd"])
    for row in rows:
        sheet.append([_body_cell(sheet, row[at] if at < len(row) else None) for at in range(4)])
    texts = []
    for data in (same_bytes(book), table_bytes(".xlsx", list("abcd"), rows)):
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            found = re.search(rb"<sheetData>.*</sheetData>", container.read("xl/worksheets/sheet1.xml"), re.DOTALL)
            assert found is not None
            texts.append((found[0], container.read("xl/styles.xml")))
    assert texts[0] == texts[1]


def test_absences_and_partial_dates_are_written_as_words_and_iso_text(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    write_table(path, ["Прізвище", "Дата народження", "Ім'я"], [["Коваль", PartialDate(1987, 3), Absence.WITHHELD]])
    person = read_people(path).people[0]
    assert (person.date(Field.BIRTH_DATE), person.value(Field.GIVEN_NAMES)) == (PartialDate(1987, 3), Absence.WITHHELD)


def test_a_table_that_cannot_be_written_leaves_the_old_one_and_no_scrap(tmp_path: Path) -> None:
    with pytest.raises(PeopleFileError) as caught:
        write_table(tmp_path / "none" / "list.csv", ["a"], [])
    assert caught.value.code == "not_writable"
    old = csv_file(tmp_path, "old")
    with pytest.raises(ValueError, match="2 cells under 1"):
        write_table(old, ["a"], [["1", "2"]])
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]
    assert old.read_text("utf-8") == "old"


def test_an_annotated_copy_keeps_cells_and_formats_and_marks_its_rows(tmp_path: Path) -> None:
    def style(sheet: object) -> None:
        sheet["A2"].font = Font(bold=True)  # type: ignore[index]
        sheet.column_dimensions["A"].width = 33  # type: ignore[attr-defined]

    source, target = table(tmp_path, [["Список"], HEADER, KOVAL, BONDAR], change=style), tmp_path / "copy.xlsx"
    annotate(source, target, {3: "=чи це вона?", 4: ["перше", "друге"]}, heading="Зауваження")
    sheet = load_workbook(target).worksheets[0]
    assert [sheet.cell(row, 5).value for row in (1, 2, 3, 4)] == [None, "Зауваження", "=чи це вона?", "перше\nдруге"]
    assert sheet["E3"].data_type == "s"
    assert sheet["E3"].fill.fgColor.rgb == "FFFFF2CC"
    assert sheet["A2"].font.bold
    assert sheet.column_dimensions["A"].width == 33
    assert [person.text(Field.SURNAME) for person in read_people(target).people] == ["Коваль", "Бондар"]


def test_an_annotated_csv_becomes_a_workbook_with_the_same_rows(tmp_path: Path) -> None:
    source, target = csv_file(tmp_path, "Прізвище;Примітка\n\nКоваль;=1+1\n"), tmp_path / "copy.xlsx"
    annotate(source, target, {3: "перевірити"}, heading="Зауваження")
    sheet = load_workbook(target).worksheets[0]
    assert [cell.value for cell in sheet[3]] == ["Коваль", "=1+1", "перевірити"]
    assert sheet["B3"].data_type == "s"
    first = target.read_bytes()
    annotate(source, target, {3: "перевірити"}, heading="Зауваження")
    assert target.read_bytes() == first


def test_a_written_file_belongs_to_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    write_table(path, ["a"], [])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
