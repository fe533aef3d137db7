"""Headers, rows and sheets: what the reader finds in the tables that offices really send."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from homeward.people import Absence, Field, PartialDate, PeopleFile, PeopleFileError, read_mapping, read_people
from tests.people.books import BONDAR, HEADER, KOVAL, csv_file, sheets, table, with_cell, with_part


def codes(file: PeopleFile, row: int) -> list[str]:
    return [remark.code for remark in next(r for r in file.rows if r.number == row).remarks]


def notes(file: PeopleFile) -> list[str]:
    return [remark.code for remark in file.remarks]


def surnames(file: PeopleFile) -> list[str | None]:
    return [person.text(Field.SURNAME) for person in file.people]


def test_a_plain_list_is_accepted_with_its_values_and_its_rows_numbers(tmp_path: Path) -> None:
    file = read_people(table(tmp_path, [HEADER, KOVAL, BONDAR]))
    assert file.counts == (2, 0, 0, 2)
    assert [row.number for row in file.rows] == [2, 3]
    assert file.people[0].date(Field.BIRTH_DATE) == PartialDate(1987, 3, 14)
    assert file.people[0].source is not None
    assert file.people[0].source.row == 2
    assert file.columns[Field.SURNAME] == "Прізвище"


def test_titles_merged_cells_empty_rows_and_empty_columns_above_the_header_are_passed_over(tmp_path: Path) -> None:
    rows = [["", "Список № 4"], [], ["", "станом на 1 травня"], [], ["", *HEADER], [], ["", *KOVAL]]
    file = read_people(table(tmp_path, rows, change=lambda s: s.merge_cells("B1:E1")))
    assert file.header_row == 5
    assert [row.number for row in file.rows] == [7]


def test_a_row_that_numbers_the_columns_is_not_a_person_and_is_mentioned(tmp_path: Path) -> None:
    file = read_people(table(tmp_path, [HEADER, [1, 2, 3, 4], KOVAL]))
    assert (file.counts.total, notes(file)) == (1, ["numbering_row"])


def test_a_page_header_repeated_in_the_middle_is_a_refused_row(tmp_path: Path) -> None:
    file = read_people(table(tmp_path, [HEADER, KOVAL, HEADER, BONDAR]))
    assert file.counts == (2, 0, 1, 3)
    assert codes(file, 3) == ["repeated_header"]


def test_two_header_rows_with_different_columns_are_one_error_that_names_both_rows(tmp_path: Path) -> None:
    other = ["ПІБ", "Звання", "Дата полону", "Стать"]
    with pytest.raises(PeopleFileError, match="Rows 1 and 4 both claim") as caught:
        read_people(table(tmp_path, [HEADER, KOVAL, [], other, ["Бондар Олег Іванович", "солдат", "2023", "ч"]]))
    assert caught.value.code == "two_headers"


def test_a_header_in_two_languages_is_one_header(tmp_path: Path) -> None:
    file = read_people(table(tmp_path, [HEADER, ["Surname", "Given names", "Patronymic", "Date of birth"], KOVAL]))
    assert codes(file, 2) == ["repeated_header"]
    assert surnames(file) == ["Коваль"]


@pytest.mark.parametrize("word", ["Всього", "Итого:", "Total", "Усього: 2", "РАЗОМ 2"])
def test_a_total_is_refused_as_a_total(tmp_path: Path, word: str) -> None:
    file = read_people(table(tmp_path, [HEADER, KOVAL, [word, None, None, 2]]))
    assert codes(file, 3) == ["total_row"]


def test_a_signature_under_the_list_is_refused_as_one(tmp_path: Path) -> None:
    file = read_people(table(tmp_path, [HEADER, KOVAL, [], ["Начальник відділу", "________"]]))
    assert codes(file, 4) == ["footer_row"]


def test_a_title_merged_across_the_table_is_refused_as_one(tmp_path: Path) -> None:
    file = read_people(table(tmp_path, [HEADER, ["Перший загін"], KOVAL], change=lambda s: s.merge_cells("A2:D2")))
    assert codes(file, 2) == ["section_row"]


def test_the_only_sheet_with_a_header_is_chosen(tmp_path: Path) -> None:
    file = read_people(sheets(tmp_path, Вступ=[["Пояснення"]], Список=[HEADER, KOVAL], Довідник=[["Код", "Назва"]]))
    assert file.sheet == "Список"


def test_two_lists_in_one_workbook_are_an_error_that_names_them_until_one_is_chosen(tmp_path: Path) -> None:
    path = sheets(tmp_path, А=[HEADER, KOVAL], Б=[HEADER, BONDAR])
    with pytest.raises(PeopleFileError, match=r'"А", "Б".*`sheet`'):
        read_people(path)
    assert surnames(read_people(path, sheet="Б")) == ["Бондар"]


def test_a_sheet_that_is_not_there_is_an_error_that_lists_the_sheets(tmp_path: Path) -> None:
    with pytest.raises(PeopleFileError, match='The sheets are: "А", "Б"'):
        read_people(sheets(tmp_path, А=[HEADER], Б=[HEADER]), sheet="В")


def test_a_hidden_list_beside_a_visible_one_is_left_and_mentioned(tmp_path: Path) -> None:
    file = read_people(sheets(tmp_path, Список=[HEADER, KOVAL], hidden=[HEADER, BONDAR]))
    assert (surnames(file), notes(file)) == (["Коваль"], ["hidden_sheet_left"])


def test_the_only_list_is_read_even_when_hidden_with_a_remark(tmp_path: Path) -> None:
    file = read_people(sheets(tmp_path, Лист=[["x"]], hidden=[HEADER, KOVAL]))
    assert notes(file) == ["hidden_sheet_read"]


def test_hidden_rows_and_columns_are_read_and_mentioned(tmp_path: Path) -> None:
    def hide(sheet: object) -> None:
        sheet.row_dimensions[3].hidden = True  # type: ignore[attr-defined]
        sheet.column_dimensions["C"].hidden = True  # type: ignore[attr-defined]

    file = read_people(table(tmp_path, [HEADER, KOVAL, BONDAR], change=hide))
    assert codes(file, 3) == ["hidden_row"]
    assert codes(file, 2) == []
    assert file.remarks[0].text() == "Hidden columns were read: C."


def test_a_unit_merged_over_rows_holds_for_each_of_them(tmp_path: Path) -> None:
    rows = [[*HEADER, "Військова частина"], [*KOVAL, "А1234"], BONDAR]
    file = read_people(table(tmp_path, rows, change=lambda s: s.merge_cells("E2:E3")))
    assert [person.text(Field.UNIT) for person in file.people] == ["А1234", "А1234"]
    assert codes(file, 3) == ["merged_value"]


def test_a_name_merged_over_rows_is_one_person_and_never_two(tmp_path: Path) -> None:
    rows = [["ПІБ", "Примітка"], ["Коваль Ірина Петрівна", "перша"], [None, "друга"]]
    file = read_people(table(tmp_path, rows, change=lambda s: s.merge_cells("A2:A3")))
    assert file.counts == (1, 0, 1, 2)
    assert codes(file, 3) == ["nobody"]


def test_a_header_of_two_rows_with_merged_groups_is_read_together(tmp_path: Path) -> None:
    rows = [
        ["№", "ПІБ", "Дата", None, "Звання"],
        [None, None, "народження", "полону", None],
        [1, "Коваль Ірина Петрівна", "1987", "2023", "солдат"],
    ]

    def merge(sheet: object) -> None:
        for area in ("A1:A2", "B1:B2", "C1:D1", "E1:E2"):
            sheet.merge_cells(area)  # type: ignore[attr-defined]

    file = read_people(table(tmp_path, rows, change=merge))
    person = file.people[0]
    assert file.header_row == 2
    assert (person.date(Field.BIRTH_DATE), person.date(Field.CAPTURED_ON)) == (PartialDate(1987), PartialDate(2023))
    assert person.text(Field.RANK) == "private"


def test_a_running_number_is_no_identifier_and_is_kept(tmp_path: Path) -> None:
    file = read_people(table(tmp_path, [["№ з/п", *HEADER], [17, *KOVAL]]))
    assert (file.people[0].id, dict(file.people[0].other)) == ("r2", {"№ з/п": "17"})


def test_rows_numbered_ahead_with_nothing_else_are_blank(tmp_path: Path) -> None:
    file = read_people(table(tmp_path, [["№", *HEADER], [1, *KOVAL], [2], [3]]))
    assert file.counts.total == 1


def test_the_second_of_two_equal_identifiers_is_refused_and_names_the_first_row(tmp_path: Path) -> None:
    file = read_people(table(tmp_path, [["ID", *HEADER], ["a1", *KOVAL], ["a1", *BONDAR]]))
    assert file.rows[1].person is None
    assert file.rows[1].remarks[0].text() == "Identifier: the same identifier already stands in row 2."


def test_an_identifier_in_letters_of_another_script_is_remarked(tmp_path: Path) -> None:
    file = read_people(table(tmp_path, [["ID", *HEADER], ["A-1", *KOVAL], ["А-1", *BONDAR]]))
    assert codes(file, 3) == ["id_lookalike"]


def test_an_empty_identifier_gets_a_stand_in_that_no_other_row_has(tmp_path: Path) -> None:
    file = read_people(table(tmp_path, [["ID", *HEADER], [None, *KOVAL], ["r2", *BONDAR]]))
    assert [person.id for person in file.people] == ["r2.", "r2"]
    assert codes(file, 2) == ["no_id"]


def test_unknown_columns_are_kept_and_mentioned_once(tmp_path: Path) -> None:
    file = read_people(table(tmp_path, [[*HEADER, "Позивний"], [*KOVAL, "Сокіл"], [*BONDAR, "Вуж"]]))
    assert [person.other["Позивний"] for person in file.people] == ["Сокіл", "Вуж"]
    assert [remark.text() for remark in file.remarks] == ["Columns that no table knows were kept as written: Позивний."]


def test_a_column_without_a_heading_is_kept_under_its_letter(tmp_path: Path) -> None:
    file = read_people(table(tmp_path, [HEADER, [*KOVAL, "хтось"]]))
    assert file.people[0].other == {"column E": "хтось"}


def test_the_first_of_two_columns_of_one_field_is_read_and_the_other_kept(tmp_path: Path) -> None:
    file = read_people(table(tmp_path, [["Прізвище (укр)", "Прізвище (рос)"], ["Коваль", "Ковальова"]]))
    assert (surnames(file), dict(file.people[0].other)) == (["Коваль"], {"Прізвище (рос)": "Ковальова"})
    assert notes(file) == ["column_repeated"]


def test_an_error_cell_is_unknown_with_a_remark(tmp_path: Path) -> None:
    path = with_cell(table(tmp_path, [HEADER, KOVAL]), "D2", '<c r="D2" t="e"><v>#N/A</v></c>')
    file = read_people(path)
    claim = file.people[0].claims[Field.BIRTH_DATE]
    assert (claim.written, claim.value, codes(file, 2)) == ("#N/A", Absence.UNKNOWN, ["error_cell"])


def test_a_formula_without_a_stored_value_is_unknown_with_a_remark_and_one_with_a_value_is_read(tmp_path: Path) -> None:
    path = table(tmp_path, [HEADER, KOVAL, BONDAR])
    with_cell(path, "B2", '<c r="B2"><f>A1&amp;"x"</f></c>')
    with_cell(path, "B3", '<c r="B3" t="str"><f>A1</f><v>Олег</v></c>')
    file = read_people(path)
    assert file.people[0].claims[Field.GIVEN_NAMES].written == '=A1&"x"'
    assert codes(file, 2) == ["formula_without_value"]
    assert file.people[1].text(Field.GIVEN_NAMES) == "Олег"


def test_true_in_place_of_a_name_is_not_a_name(tmp_path: Path) -> None:
    file = read_people(table(tmp_path, [HEADER, [True, *KOVAL[1:]]]))
    assert file.people[0].value(Field.SURNAME) is Absence.UNKNOWN
    assert codes(file, 2) == ["boolean_cell"]


def test_a_workbook_that_counts_from_1904_gives_the_day_that_excel_shows(tmp_path: Path) -> None:
    path = table(tmp_path, [HEADER, [*KOVAL[:3], 30388]])
    with_part(path, "xl/workbook.xml", lambda data: data.replace(b"<workbookPr", b'<workbookPr date1904="1"'))
    file = read_people(path)
    assert file.people[0].date(Field.BIRTH_DATE) == PartialDate(1987, 3, 14)
    assert codes(file, 2) == ["serial_date"]


def test_unknown_withheld_and_silence_are_three_things(tmp_path: Path) -> None:
    file = read_people(table(tmp_path, [HEADER, ["Коваль", "невідомо", "не розголошується", None]]))
    person = file.people[0]
    assert person.value(Field.GIVEN_NAMES) is Absence.UNKNOWN
    assert person.value(Field.PATRONYMIC) is Absence.WITHHELD
    assert person.value(Field.BIRTH_DATE) is None
    assert file.counts.accepted == 1


@pytest.mark.parametrize(
    "row", [["", "", "", "1990"], ["невідомо", "?", "", "1990"], ["—", "", "", "1990"], ["123", "", "", "1990"]]
)
def test_a_row_that_names_nobody_is_refused(tmp_path: Path, row: list[str]) -> None:
    file = read_people(table(tmp_path, [HEADER, KOVAL, row]))
    assert codes(file, 3)[0] == "nobody"


def test_a_service_number_alone_names_somebody(tmp_path: Path) -> None:
    file = read_people(table(tmp_path, [[*HEADER, "Особистий номер"], ["", "", "", "", "АБ-123456"]]))
    assert file.counts.accepted == 1


def test_the_mapping_wins_over_the_table_and_names_what_it_does_not_find(tmp_path: Path) -> None:
    path = table(tmp_path, [["Хто", "Стан"], ["Коваль Ірина Петрівна", "тяжке поранення"]])
    file = read_people(path, mapping={"хто": "full_name", "Стан": "medical", "Коли": "captured_on"})
    assert file.people[0].text(Field.GIVEN_NAMES) == "Ірина"
    assert file.people[0].text(Field.MEDICAL) == "seriously_wounded"
    assert file.remarks[0].text() == "The mapping names headings that the file does not have: Коли."


def test_a_mapping_file_is_read_and_its_mistakes_are_named(tmp_path: Path) -> None:
    good = tmp_path / "map.toml"
    good.write_text('"Кого шукаємо" = "full_name"\n"Код" = "id"\n', "utf-8")
    assert dict(read_mapping(good)) == {"Кого шукаємо": "full_name", "Код": "id"}
    for text, code in (
        ('"Код" = "idd"', "mapping_value"),
        ('"Код" = 1', "mapping_value"),
        ('"Код" =', "mapping_file"),
        ('"Код" = "id"\n"КОД " = "surname"', "mapping_twice"),
        ("", "empty_file"),
    ):
        good.write_text(text, "utf-8")
        with pytest.raises(PeopleFileError) as caught:
            read_mapping(good)
        assert caught.value.code == code


def test_progress_counts_rows_and_says_no_names(tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    read_people(table(tmp_path, [HEADER, KOVAL]), progress=lambda step, done, total: steps.append((step, done, total)))
    assert steps[-1] == ("reading rows", 1, 1)


def test_no_remark_error_or_refusal_repeats_a_name(tmp_path: Path) -> None:
    rows = [
        ["ID", *HEADER, "Стать"],
        ["1", "Ковaль7", "Ірина (померла)", "Петрівна", "31.02.1990", "Зірка"],
        ["1", *KOVAL, "ч"],
    ]
    file = read_people(csv_file(tmp_path, "\n".join(";".join(row) for row in rows)))
    told = " ".join(remark.text(language) for row in file.rows for remark in row.remarks for language in ("en", "uk"))
    assert len(file.rows[0].remarks) >= 5
    assert not any(word in told for word in ("Ков", "Ірин", "Петрів", "Зірка"))


def test_an_open_document_sheet_is_read_like_any_other(tmp_path: Path) -> None:
    def row(cells: list[str]) -> str:
        inside = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
        )
        return f"<table:table-row>{inside}</table:table-row>"

    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Список">{row(HEADER)}{row(KOVAL)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "list.ods"
    with zipfile.ZipFile(path, "w") as container:
        container.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        container.writestr("content.xml", content)
        container.writestr("META-INF/manifest.xml", "<manifest/>")
    file = read_people(path)
    assert (file.sheet, surnames(file), file.rows[0].number) == ("Список", ["Коваль"], 2)
