"""The workbook written by hand is read back by two independent readers as it was meant."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta

import openpyxl
import python_calamine
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet.worksheet import Worksheet

from homeward.invented.workbook import Cell, serial, workbook_bytes

#: Texts that XML can carry; the control characters that it cannot never occur in invented names.
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=20
)
cells = st.one_of(texts, st.integers(0, 10**9), st.dates(date(1900, 3, 1), date(2100, 1, 1)), st.none())


def _seen(value: Cell) -> object:
    return datetime(value.year, value.month, value.day) if isinstance(value, date) else value  # noqa: DTZ001


@given(st.lists(st.lists(cells, min_size=1, max_size=6), min_size=1, max_size=6))
def test_what_is_written_is_read_back(lines: list[list[Cell]]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_bytes("Sheet & <name>", lines))).active
    assert isinstance(sheet, Worksheet)
    assert sheet.title == "Sheet & <name>"
    for number, line in enumerate(lines, start=1):
        for place, value in enumerate(line, start=1):
            assert sheet.cell(number, place).value == _seen(value)


def test_another_reader_sees_the_same_texts_numbers_and_dates() -> None:
    content = workbook_bytes("List", [["Ім'я", 7, date(2025, 5, 16)], ["", None, "=1+1"]], merged=("A1:B1",))
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_name("List").to_python()
    assert rows == [["Ім'я", 7.0, date(2025, 5, 16)], ["", "", "=1+1"]]


def test_merged_areas_are_merged() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_bytes("x", [["a", ""]], merged=("A1:B1",)))).active
    assert isinstance(sheet, Worksheet)
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:B1"]


@given(st.dates(date(1900, 3, 1), date(2100, 1, 1)))
def test_day_numbers_are_those_of_excel(day: date) -> None:
    assert from_excel(serial(day)).date() == day
    assert serial(day + timedelta(days=1)) == serial(day) + 1
