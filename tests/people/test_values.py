"""Dates, names and words: what the reader takes from one cell."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.people import CODES, Absence, Field, PartialDate
from homeward.people.columns import HEADINGS, field_of
from homeward.people.names import FullName, clean_name, split_full_name, take_rank
from homeward.people.readdate import read_date, serial_day
from homeward.people.values import cell_claims
from homeward.people.words import MONTHS, VOCABULARY, code_of


@pytest.mark.parametrize(
    ("cell", "iso", "remarks"),
    [
        ("14.03.1987", "1987-03-14", ()),
        ("14.03.1987 р.", "1987-03-14", ()),
        ("14/3/87", "1987-03-14", ("two_digit_year",)),
        ("14-Mar-87", "1987-03-14", ("two_digit_year",)),
        ("1.2.05", "2005-02-01", ("two_digit_year",)),
        ("1987-03-14", "1987-03-14", ()),
        ("1987-03-14T00:00:00", "1987-03-14", ()),
        ("14.03.1987 0:00:00", "1987-03-14", ()),
        ("14 березня 1987 р.", "1987-03-14", ()),
        ("14 марта 1987", "1987-03-14", ()),
        ("14 марта 1987 года", "1987-03-14", ()),
        ("March 14th, 1987", "1987-03-14", ()),
        ("March 1987", "1987-03", ()),
        ("окт 1987", "1987-10", ()),
        ("14.III.1987", "1987-03-14", ()),
        ("14.X.1987", "1987-10-14", ()),
        ("1987", "1987", ()),
        ("1987 р.н.", "1987", ()),
        ("1987 г.р.", "1987", ()),
        ("??.03.1987", "1987-03", ()),
        ("00.00.1987", "1987", ()),
        ("xx.xx.1987", "1987", ()),
        ("03.1987", "1987-03", ()),
        ("03/14/1987", "1987-03-14", ("month_first",)),
        ("14 Ağustos 1987", "1987-08-14", ()),
        ("14 آب 1987", "1987-08-14", ()),
        ("14 كانون الثاني 1987 م", "1987-01-14", ()),
        ("14 آب/أغسطس 1987", "1987-08-14", ()),
        ("١٤ أغسطس ١٩٨٧", "1987-08-14", ()),
        ("03/04/1987", "1987-04-03", ("day_first",)),
        ("03.04.1987", "1987-04-03", ()),
        ("бл. 1987", "1987", ("approximate",)),
        ("1О.О3.1987", "1987-03-10", ("letters_in_date",)),
        ("١٤.٠٣.١٩٨٧", "1987-03-14", ()),
        ("14031987", "1987-03-14", ()),
        ("19870314", "1987-03-14", ()),
        (4031987.0, "1987-03-04", ()),
        (31850.0, "1987-03-14", ("serial_date",)),
        ("31850", "1987-03-14", ("serial_date",)),
        (1987.0, "1987", ()),
        (date(1987, 3, 14), "1987-03-14", ()),
        (datetime(1987, 3, 14, 7, 30), "1987-03-14", ()),  # noqa: DTZ001
    ],
)
def test_a_date_is_read_as_lists_write_it(cell: str | float | date, iso: str, remarks: tuple[str, ...]) -> None:
    assert read_date(cell, birth=True) == (PartialDate.from_iso(iso), remarks)


@pytest.mark.parametrize(
    ("cell", "remark"),
    [
        ("31.02.1990", "impossible_date"),
        ("13.13.1990", "impossible_date"),
        ("37", "age_not_date"),
        (37.0, "age_not_date"),
        ("37 років", "age_not_date"),
        ("37 лет", "age_not_date"),
        ("2987-01-01", "implausible_year"),
        ("14.03.2087", "implausible_year"),
        ("літо 1987", "unreadable_date"),
        ("1987-1988", "unreadable_date"),
        (timedelta(hours=30), "unreadable_date"),
        (1e300, "unreadable_date"),
        (float("nan"), "unreadable_date"),
    ],
)
def test_what_is_no_date_is_unknown_and_says_why(cell: str | float, remark: str) -> None:
    value, remarks = read_date(cell, birth=True)
    assert (value, remarks[-1]) == (Absence.UNKNOWN, remark)


@given(
    st.dates(date(1930, 1, 1), date(2025, 12, 31)),
    st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%d %m %Y", "%d. %m. %Y", "%Y/%m/%d"]),
)
def test_every_day_written_in_a_clear_way_is_read_as_that_day(day: date, form: str) -> None:
    assert read_date(day.strftime(form), birth=True) == (PartialDate.from_date(day), ())


@given(
    st.dates(date(1930, 1, 1), date(2025, 12, 31)),
    st.sampled_from(sorted({w for words in MONTHS.values() for w in words.split("|")})),
)
def test_every_name_of_a_month_is_read(day: date, word: str) -> None:
    month = next(number for number, words in MONTHS.items() if word in words.split("|"))
    assert read_date(f"{min(day.day, 28)} {word.upper()} {day.year}").value == PartialDate(day.year, month, min(day.day, 28))


@given(st.dates(date(1909, 1, 1), date(2100, 12, 31)))
def test_a_day_counted_by_excel_comes_back_in_both_systems(day: date) -> None:
    assert serial_day((day - date(1899, 12, 30)).days) == day
    assert serial_day((day - date(1904, 1, 1)).days, from_1904=True) == day


@given(
    st.one_of(st.text(max_size=60), st.floats(), st.integers(), st.booleans(), st.none(), st.datetimes(), st.timedeltas()),
    st.booleans(),
)
def test_no_cell_breaks_the_reading_of_dates(cell: object, birth: bool) -> None:
    value, remarks = read_date(cell, birth=birth)  # type: ignore[arg-type]
    assert isinstance(value, PartialDate) or value is Absence.UNKNOWN
    assert isinstance(remarks, tuple)


@given(st.sampled_from([*HEADINGS, "birth_date"]), st.one_of(st.text(max_size=80), st.floats(), st.booleans(), st.datetimes()))
def test_no_cell_breaks_the_reading_of_any_column(kind: str, cell: object) -> None:
    if kind != "row_number":
        for _, claim in cell_claims(kind, cell, has_given_column=False).claims:  # type: ignore[arg-type]
            assert claim.value != ""


@pytest.mark.parametrize(
    ("written", "value", "remarks"),
    [
        ("ШЕВЧЕНКО", "Шевченко", []),
        ("  Шевченко\u00a0 ", "Шевченко", []),
        ("Шев\u200bченко", "Шевченко", ["invisible_removed"]),
        ("\u202eШевченко\u202c", "Шевченко", ["direction_marks"]),
        ("Шeвчeнкo", "Шевченко", ["mixed_letters"]),
        ("Cидоренко", "Сидоренко", ["mixed_letters"]),
        ("Kovalenkо", "Kovalenko", ["mixed_letters"]),
        ("Шевzенко", "Шевzенко", ["mixed_letters_kept"]),
        ("Шевченк0", "Шевченк0", ["digits_in_name"]),
        ("Лук'яненко", "Лукʼяненко", []),
        ("ЛУК`ЯНЕНКО", "Лукʼяненко", []),
        ("O’BRIEN", "OʼBrien", []),
        ("McDonald", "McDonald", []),
        ("MCDONALD", "McDonald", []),
        ("нечуй – левицький", "Нечуй-Левицький", []),
        ("Коваль (помер)", "Коваль", ["death_in_name"]),
        ("Коваль (дів. Бондар)", "Коваль", ["note_in_name"]),
        ("й".encode().decode() + "осип", "Йосип", []),
        ("Й".replace("Й", "И\u0306") + "осип", "Йосип", []),
        ("---", "", []),
        ("123", "", ["no_letters"]),
    ],
)
def test_a_name_is_cleaned_and_what_was_done_is_told(written: str, value: str, remarks: list[str]) -> None:
    assert clean_name(written) == (value, remarks)


@pytest.mark.parametrize(
    ("written", "parts", "remarks"),
    [
        ("Шевченко Тарас Григорович", ("Шевченко", "Тарас", "Григорович"), []),
        ("Тарас Григорович Шевченко", ("Шевченко", "Тарас", "Григорович"), []),
        ("Шевченко Тарас", ("Шевченко", "Тарас", ""), []),
        ("Тарас ШЕВЧЕНКО", ("ШЕВЧЕНКО", "Тарас", ""), []),
        ("Шевченко, Тарас", ("Шевченко", "Тарас", ""), []),
        ("Шевченко Т.Г.", ("Шевченко", "Т.", "Г."), ["initials_only"]),
        ("Т. Г. Шевченко", ("Шевченко", "Т.", "Г."), ["initials_only"]),
        ("Мамедов Али Гусейн оглы", ("Мамедов", "Али", "Гусейн оглы"), []),
        ("Нечуй Левицький Іван Семенович", ("Нечуй Левицький", "Іван", "Семенович"), ["name_split"]),
        ("Шевченко", ("Шевченко", "", ""), ["one_word_name"]),
    ],
)
def test_a_full_name_is_split_in_either_order(written: str, parts: tuple[str, str, str], remarks: list[str]) -> None:
    assert split_full_name(written) == (FullName(*parts), remarks)


def test_where_nothing_decides_the_heading_does_and_it_is_told() -> None:
    assert split_full_name("John Smith", given_first=True) == (FullName("Smith", "John", ""), ["name_order"])


@pytest.mark.parametrize(
    ("written", "name", "rank"),
    [
        ("солдат Шевченко", "Шевченко", "солдат"),
        ("Ст. лейтенант Шевченко Тарас Григорович", "Шевченко Тарас Григорович", "Ст. лейтенант"),
        ("Шевченко Тарас, сержант", "Шевченко Тарас", "сержант"),
        ("Солдат Іван Петрович", "Солдат Іван Петрович", ""),
        ("Майор", "Майор", ""),
    ],
)
def test_a_rank_beside_a_name_is_told_from_a_surname(written: str, name: str, rank: str) -> None:
    assert take_rank(written) == (name, rank)


def test_a_rank_beside_a_name_becomes_a_claim_of_its_own() -> None:
    claims = dict(cell_claims("full_name", "солдат Шевченко Тарас Григорович").claims)
    assert (claims[Field.SURNAME].value, claims[Field.RANK].value) == ("Шевченко", "private")


def test_every_word_of_every_vocabulary_gives_its_code_in_capitals_too() -> None:
    for field, codes in VOCABULARY.items():
        assert set(codes) == set(CODES[field])
        for code, words in codes.items():
            for word in words.split("|"):
                assert code_of(field, word.upper()) == code, word


def test_every_heading_is_recognised_in_capitals_and_with_dots() -> None:
    for kind, spellings in HEADINGS.items():
        for spelling in spellings.split("|"):
            assert field_of(f" {spelling.upper()}. ") == kind, spelling


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("П.І.Б.", "full_name"),
        ("ФИО", "full_name"),
        ("Прізвище, ім'я, по батькові", "full_name"),
        ("Прізвище,\nім’я та по батькові", "full_name"),
        ("Дата народж.", "birth_date"),
        ("Д.р.", "birth_date"),
        ("Дата рождения", "birth_date"),
        ("№ з/п", "row_number"),
        ("N п/п", "row_number"),
        ("№ у списку", "id"),
        ("Doğum tarihi", "birth_date"),
        ("Прiзвище", "surname"),
        ("ЗВАННЯ", "rank"),
        ("Name", "full_name_given_first"),
        ("Künye No.", "service_number"),
        ("BABA ADI", "father_name"),
        ("İsim", "given_names"),
        ("Esir Alınma Tarihi", "captured_on"),
        ("تاريخ الولاده", "birth_date"),
        ("الرُّتبة", "rank"),
        ("إسم العائلة", "surname"),
        ("الاســم الكامل", "full_name_given_first"),
    ],
)
def test_headings_are_known_as_they_are_really_written(heading: str, kind: str | None) -> None:
    assert field_of(heading) == kind
