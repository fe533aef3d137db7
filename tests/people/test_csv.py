"""Text tables: encodings, separators, quotes, and the row numbers that Excel shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from homeward.people import Field, read_people
from tests.people.books import csv_file

LIST = "Прізвище;Ім'я;Дата народження\r\nЄвтушенко;Їжак;14.03.1987\r\nКовальчук;Ґанна;01.02.1990\r\n"
RUSSIAN = "Фамилия;Имя;Дата рождения\nСоловьёв;Пётр;14.03.1987\nЩукин;Юрий;01.02.1990\n"
NOISE_FREE = {"utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-u"])
def test_a_ukrainian_list_is_read_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    file = read_people(csv_file(tmp_path, LIST, encoding=encoding))
    assert [person.text(Field.SURNAME) for person in file.people] == ["Євтушенко", "Ковальчук"]
    assert bool(file.remarks) == (encoding not in NOISE_FREE)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic"])
@pytest.mark.parametrize("capitals", [False, True])
def test_a_russian_list_is_read_in_every_encoding_in_capitals_too(tmp_path: Path, encoding: str, capitals: bool) -> None:
    file = read_people(csv_file(tmp_path, RUSSIAN.upper() if capitals else RUSSIAN, encoding=encoding))
    assert [person.text(Field.SURNAME) for person in file.people] == ["Соловьёв", "Щукин"]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("line", ["\n", "\r\n", "\r"])
def test_every_separator_and_line_end_is_told(tmp_path: Path, separator: str, line: str) -> None:
    text = line.join(
        separator.join(row)
        for row in (["Surname", "Given names", "Unit"], ["Koval", "Iryna", "A-1"], ["Bondar", "Oleh", "A-2"])
    )
    file = read_people(csv_file(tmp_path, text))
    assert [person.text(Field.UNIT) for person in file.people] == ["A-1", "A-2"]


def test_commas_inside_a_heading_do_not_mislead(tmp_path: Path) -> None:
    file = read_people(csv_file(tmp_path, "Прізвище, ім'я, по батькові;Дата народження\nКоваль Ірина Петрівна;1987\n"))
    assert file.people[0].text(Field.PATRONYMIC) == "Петрівна"


def test_a_sep_line_names_the_separator_and_is_no_row(tmp_path: Path) -> None:
    file = read_people(csv_file(tmp_path, "sep=|\r\nПрізвище|Ім'я\r\nКоваль|Ірина\r\n"))
    assert (file.header_row, file.rows[0].number) == (1, 2)


def test_line_breaks_inside_quotes_and_empty_lines_keep_the_numbers_of_excel(tmp_path: Path) -> None:
    file = read_people(csv_file(tmp_path, 'Прізвище;Примітка\n"Коваль";"рядок\nще ""рядок"""\n\nБондар;x\n'))
    assert [row.number for row in file.rows] == [2, 4]
    assert file.people[0].written(Field.NOTE) == 'рядок\nще "рядок"'


def test_nul_bytes_are_left_out(tmp_path: Path) -> None:
    file = read_people(csv_file(tmp_path, "Прізвище;Ім'я\nКо\x00валь;Ірина\n"))
    assert file.people[0].text(Field.SURNAME) == "Коваль"


def test_a_quotation_mark_for_an_apostrophe_is_no_quote(tmp_path: Path) -> None:
    file = read_people(csv_file(tmp_path, "Прізвище;Ім'я\nЛук\"яненко;Ірина\n"))
    assert file.people[0].text(Field.SURNAME) == "Лукʼяненко"


def test_a_cell_of_ten_megabytes_is_cut_with_a_remark(tmp_path: Path) -> None:
    file = read_people(csv_file(tmp_path, 'Прізвище;Примітка\nКоваль;"' + "а'б- " * 2_000_000 + '"\n'))
    assert [remark.code for remark in file.rows[0].remarks] == ["cell_cut"]
    assert len(file.people[0].written(Field.NOTE)) == 32_767


def test_utf_8_with_a_few_damaged_bytes_is_read_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes((LIST + "Бондаренко;Олександр;1990\n" * 20).encode() + b"\xd0;\xd0\x9e;1990\n")
    assert "bad_bytes" in [remark.code for remark in read_people(path).remarks]
