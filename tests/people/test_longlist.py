"""A file read as columns holds the people that `read_people` finds in it, whatever is odd about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from homeward.people import Field, PeopleFileError, Person, csvfile, longlist, read_people
from homeward.people.longlist import may_be_of_the_page, read_columns, reads_as_itself
from homeward.people.packed import PackedTexts
from homeward.people.values import cell_claims

ALL = frozenset(Field) - {Field.ID}


def persons(path: Path, fields: frozenset[Field] = ALL, mapping: dict[str, str] | None = None) -> list[Person]:
    """What `read_columns` found, put together again; every second person is read whole, too, and has to agree."""
    bare = read_columns(path, fields, mapping=mapping)
    some = list(bare.ids)[::2]
    found = read_columns(path, fields, mapping=mapping, whole=some)
    assert list(found.ids) == list(bare.ids)
    assert sorted(found.people) == sorted(some)
    read = {person.id: person for person in read_people(path, mapping=mapping).people}
    assert all(found.people[name] == read[name] for name in some)
    out = []
    for row, name in enumerate(found.ids):
        places = {field: column.at[row] for field, column in found.fields.items()}
        claims = {field: found.fields[field].claims[place] for field, place in places.items() if place >= 0}
        out.append(Person(name, claims))
    return out


def told_by(reading: Callable[[], object]) -> str:
    """What a file is refused with, or "" when it is read."""
    try:
        reading()
    except PeopleFileError as error:
        return str(error)
    return ""


def agrees(path: Path, fields: frozenset[Field] = ALL, mapping: dict[str, str] | None = None) -> None:
    refused = told_by(lambda: read_people(path, mapping=mapping))
    assert told_by(lambda: read_columns(path, fields, mapping=mapping)) == refused
    if refused:
        return
    read = read_people(path, mapping=mapping).people
    wanted = [Person(one.id, {field: claim for field, claim in one.claims.items() if field in fields}) for one in read]
    assert persons(path, fields, mapping) == wanted


ODD = (
    "id;ПІБ;Звання;Дата народження;Примітка\n",
    "1;2;3;4;5\n",
    "u1;Коваль Ірина Петрівна;солдат;14.03.1987;\n",
    ";Бондар Петро;;31.02.1990;без номера\n",
    "r4;Той, хто зветься r4;полковник;1990;\n",
    "u1;Інша Особа;солдат;;двічі той самий номер\n",
    "u3;ст. солдат Вигаданець Остап;;невідомо;\n",
    "u4;не надано;солдат;1987-03;\n",
    ";;;;\n",
    "u5;;солдат;1.1.1987;нікого\n",
    "id;ПІБ;Звання;Дата народження;Примітка\n",
    "Всього: 7;;;;\n",
    "u6;Разом Іван;солдат;01/02/1987;\n",
    "u7;Ім'я Прізвище;;; у клітинці слово заголовка\n",
    "ПІБ;u8;;;\n",
    "u9;Довгий Рядок;солдат;1987;а;б;в;г\n",
    "u10\n",
    "'=u11;'=Сумнівний Ілько;;2087;\n",
    "Начальник;Підписний;;;\n",
    "u\u200e12;Невидимий Знак;рядовий запасу;1987;\n",
)


@pytest.mark.parametrize("quoted", [False, True])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_oddity_of_a_text_table_is_read_as_the_reader_of_registers_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quoted: bool, encoding: str, ends: str
) -> None:
    monkeypatch.setattr(csvfile, "_PIECE", 90)
    monkeypatch.setattr(csvfile, "_ROWS", 3)
    path = tmp_path / "list.csv"
    text = "".join(ODD).replace("\u200e", "" if encoding == "cp1251" else "\u200e")
    if quoted:
        text += '"u13";"Лапка ""Друга""";солдат;1987;"дві\nстрічки"\n'
    path.write_bytes(text.replace("\n", ends).encode(encoding))
    agrees(path)
    agrees(path, frozenset({Field.GIVEN_NAMES, Field.BIRTH_DATE}))
    assert len(persons(path)) > 8


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(ODD), max_size=12), st.integers(1, 4), st.booleans(), st.sampled_from(["", "ПІБ", "Примітка"]))
def test_any_rows_in_any_order_and_any_blocks_are_the_same_people(
    tmp_path_factory: pytest.TempPathFactory, rows: list[str], at_once: int, with_id: bool, mapped: str
) -> None:
    path = tmp_path_factory.mktemp("odd") / "list.csv"
    head = ODD[0] if with_id else ODD[0].replace("id;", "№;")
    path.write_text(head + "".join(rows), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csvfile, "_PIECE", 60 * at_once)
        patch.setattr(longlist, "_ROWS", at_once)
        agrees(path, mapping={mapped: "surname"} if mapped else None)


def test_a_workbook_with_merged_cells_numbers_dates_and_formulas_is_the_same_people(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Surname", "Given names", "Unit", "Date of birth", "Rank", "Service number"],
        ["Kovalenko", "Ivan", "A-17", date(1987, 3, 14), 1, 42],
        ["Bondar", "Petro", None, 31850, True, 42.0],
        ["Vyhadanets", "Ostap", None, datetime.fromisoformat("1987-03-14T10:30"), 1.0, "42"],
        ["Of the second company", None, None, None, None, None],
        [None, None, None, None, None, 77],
        ["Kovalenko", "=A1", "#N/A", "1987", "", ""],
    ):
        sheet.append(row)
    sheet.merge_cells("C2:C4")
    sheet.merge_cells("A5:F5")
    path = tmp_path / "list.xlsx"
    book.save(path)
    agrees(path)
    assert len(persons(path)) == 5


@pytest.mark.parametrize(
    "text", ["", "a;b\n1;2\n", 'ПІБ;Звання\n"Коваль;солдат\n', "ПІБ;Звання\nКоваль;солдат\nЗвання;ПІБ\n", "%PDF-1.7", "ПІБ\n"]
)
def test_what_the_reader_refuses_is_refused_in_the_same_words(tmp_path: Path, text: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, "utf-8")
    agrees(path)
    agrees(tmp_path / "none.csv")


@given(st.text(max_size=12))
def test_what_is_taken_for_itself_says_what_is_written(text: str) -> None:
    for identifier in (text, "".join(filter(str.isalnum, text)) + "7", f"u{len(text)}"):
        if reads_as_itself(identifier):
            assert [claim.value for _, claim in cell_claims("id", identifier).claims] == [identifier]


def test_a_heading_or_a_total_is_looked_at_whatever_stands_around_it() -> None:
    for cell in ("ПІБ", "п. і. б.", "Surname (2)", "Всього: 25", "Signed", "«Прізвище»", "№"):
        assert may_be_of_the_page(cell, {})
    for other in ("Коваль", "u17", "", None, 42, "ПІБ 7"):
        assert not may_be_of_the_page(other, {})


@given(st.lists(st.text(max_size=3)))
def test_packed_texts_are_the_texts(texts: list[str]) -> None:
    packed = PackedTexts.of(texts)
    assert list(packed) == texts
    assert [packed[row] for row in range(-len(texts), len(texts))] == texts * 2
    assert list(packed[1:]) == texts[1:]
    assert list(PackedTexts.joined([packed, packed[:2]])) == texts + texts[:2]
    assert packed.repeated().tolist() == [row for row, text in enumerate(texts) if text in texts[:row]]
