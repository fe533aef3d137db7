"""The folder: repeatable to the byte, true to the truth, and with every planted fault in it."""

from __future__ import annotations

import csv
import io
import tomllib
import zipfile
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from homeward.invented import PLANTED, SHEET_FAULTS, Exchange, Truth, build_exchange, terms_text, write_exchange, write_truth
from homeward.invented.cast import acceptable_people
from homeward.invented.tables import Layout, csv_bytes
from homeward.invented.truth import HeldRow

PEOPLE = 300
Row = dict[str, object]


@pytest.fixture(scope="module")
def exchange() -> Exchange:
    return build_exchange(people=PEOPLE, seed=5)


@pytest.fixture(scope="module")
def truth(exchange: Exchange) -> Truth:
    return exchange.truth


def _worksheet(content: bytes) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def _sheet(content: bytes) -> list[tuple[object, ...]]:
    return list(_worksheet(content).iter_rows(values_only=True))


def _rows(content: bytes, key: str) -> dict[int, Row]:
    """Excel's row number -> cells by heading, of the rows under the header, which is the row with the heading `key`."""
    lines = _sheet(content)
    header = next(i for i, line in enumerate(lines) if key in line)
    return {
        number: dict(zip((str(cell) for cell in lines[header]), line, strict=True))
        for number, line in enumerate(lines, start=1)
        if number > header + 1 and any(line)
    }


def _text(content: bytes, encoding: str = "utf-8", delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(encoding)), delimiter=delimiter))


@pytest.fixture(scope="module")
def held(exchange: Exchange) -> dict[str, dict[int, Row]]:
    return {
        "RU": _rows(exchange.files["RU/held.xlsx"], "Фамилия"),
        "UA": _rows(exchange.files["UA/held.xlsx"], "Прізвище"),
    }


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(exchange: Exchange) -> None:
    again = build_exchange(people=PEOPLE, seed=5)
    assert exchange.files == again.files
    assert exchange.truth == again.truth
    other = build_exchange(people=PEOPLE, seed=6)
    assert all(exchange.files[name] != other.files[name] for name in exchange.files if "held" in name or "register" in name)


def test_no_file_carries_the_moment_of_writing(exchange: Exchange) -> None:
    for name in ("RU/held.xlsx", "UA/held.xlsx", "UA/register.xlsx"):
        with zipfile.ZipFile(io.BytesIO(exchange.files[name])) as book:
            assert {entry.date_time for entry in book.infolist()} == {(2025, 5, 16, 12, 0, 0)}


def test_the_folder_is_laid_out_like_a_users_own(tmp_path: Path, exchange: Exchange) -> None:
    truth = write_exchange(tmp_path / "rehearsal", people=PEOPLE, seed=5)
    written = {
        str(path.relative_to(tmp_path / "rehearsal")): path.read_bytes() for path in (tmp_path / "rehearsal").rglob("*.*")
    }
    assert written == dict(exchange.files)
    assert truth == exchange.truth


def test_no_file_of_the_folder_carries_a_key_of_the_truth(exchange: Exchange) -> None:
    sheets = "\n".join(str(_sheet(content)) for name, content in exchange.files.items() if name.endswith("xlsx"))
    texts = "\n".join(
        content.decode("windows-1251" if "register" in name else "utf-8")
        for name, content in exchange.files.items()
        if not name.endswith("xlsx")
    )
    for key in exchange.truth.persons:
        assert key not in sheets
        assert key not in texts


def test_every_row_of_every_list_is_where_the_truth_says(truth: Truth, held: dict[str, dict[int, Row]]) -> None:
    for holder, heading in (("RU", "№ в списке"), ("UA", "№ у списку")):
        for row in truth.held[holder]:
            assert held[holder][row.row][heading] == row.id


def test_every_row_of_both_registers_is_where_the_truth_says(exchange: Exchange, truth: Truth) -> None:
    ours = _rows(exchange.files["UA/register.xlsx"], "Прізвище")
    assert len(ours) == len(truth.registers["UA"])
    for row in truth.registers["UA"]:
        assert ours[row.row]["№ у реєстрі"] == row.id
    theirs = _text(exchange.files["RU/register.csv"], "windows-1251", ";")
    assert len(theirs) == len(truth.registers["RU"])
    for row in truth.registers["RU"]:
        line = theirs[row.row - 2]
        name = truth.persons[row.person].names["ru"]
        assert line["№ в реестре"] == row.id
        assert line["Имя"] == name.given


def test_a_row_without_errors_says_what_is_true(truth: Truth, held: dict[str, dict[int, Row]]) -> None:
    checked = 0
    for row in truth.held["RU"]:
        if row.errors or row.planted or row.habit != "ru" or row.person is None:
            continue
        person, cells = truth.persons[row.person], held["RU"][row.row]
        name = person.names["ru"]
        assert (cells["Фамилия"], cells["Имя"], cells["Отчество"]) == (name.surname, name.given, name.patronymic)
        assert _day(cells["Дата рождения"]) == person.birth_date
        assert _day(cells["Дата пленения"]) == person.captured_on
        checked += 1
    assert checked > 20


def _day(cell: object) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    assert isinstance(cell, str)
    return datetime.strptime(cell, "%d.%m.%Y" if "." in cell else "%Y-%m-%d").date()  # noqa: DTZ007


def test_matches_point_from_a_list_to_the_same_person_in_the_register(truth: Truth) -> None:
    for holder in truth.parties:
        matches = truth.matches(holder)
        assert len(matches) > PEOPLE
        home = {row.id: row.person for row in truth.registers[truth.other(holder)]}
        rows = {row.id: row.person for row in truth.held[holder]}
        assert all(rows[left] == home[right] for left, right in matches)


def test_there_are_enough_acceptable_people_of_both_kinds_for_the_terms(truth: Truth) -> None:
    soldiers, civilians = acceptable_people(PEOPLE)
    assert soldiers + civilians >= 1.15 * PEOPLE
    for rows in truth.held.values():
        able = {row.person for row in rows if row.person and row.register_id and not row.planted}
        kinds = Counter(truth.persons[key].status for key in able)
        assert kinds["military"] >= soldiers
        assert kinds["civilian"] >= civilians


def test_a_register_is_about_two_and_a_quarter_times_the_people_and_has_every_state(truth: Truth) -> None:
    for rows in truth.registers.values():
        assert 2 * PEOPLE <= len(rows) <= 2.5 * PEOPLE
        assert {row.state for row in rows} == {"missing", "believed_held", "acknowledged", "confirmed", "released", "dead"}


@pytest.mark.parametrize("kind", sorted(PLANTED))
def test_each_kind_of_fault_is_planted_in_each_list_as_often_as_the_table_says(truth: Truth, kind: str) -> None:
    for holder in truth.parties:
        faults = [fault for fault in truth.planted if fault.kind == kind and fault.file.startswith(holder)]
        assert len(faults) == PLANTED[kind].how_many(PEOPLE)


@pytest.mark.parametrize("kind", sorted(SHEET_FAULTS))
def test_each_fault_of_a_sheet_is_planted(truth: Truth, kind: str) -> None:
    assert any(fault.kind == kind and not fault.rows for fault in truth.planted)


def _planted(truth: Truth, holder: str, kind: str) -> list[HeldRow]:
    rows = [row for row in truth.held[holder] if kind in row.planted]
    assert rows
    return rows


def test_repeats_are_two_rows_for_one_person_by_clerks_of_different_habits(truth: Truth) -> None:
    by_id = {row.id: row for rows in truth.held.values() for row in rows}
    for holder in truth.parties:
        pairs = truth.repeats(holder)
        assert len(pairs) == PLANTED["repeat"].how_many(PEOPLE)
        for left, right in pairs:
            assert by_id[left].person == by_id[right].person
            assert by_id[left].habit != by_id[right].habit


def test_released_and_dead_people_have_that_state_in_the_register_with_a_day(exchange: Exchange, truth: Truth) -> None:
    states = {row.id: row for row in truth.registers["UA"]}
    cells = _rows(exchange.files["UA/register.xlsx"], "Прізвище")
    for state in ("released", "dead"):
        for row in _planted(truth, "RU", state):
            assert row.register_id is not None
            assert states[row.register_id].state == state
            assert isinstance(cells[states[row.register_id].row]["Стан від"], datetime)


def test_civilians_as_soldiers_are_soldiers_in_the_list_and_civilians_in_truth(
    truth: Truth, held: dict[str, dict[int, Row]]
) -> None:
    for row in _planted(truth, "RU", "civilian_as_soldier"):
        assert row.person is not None
        assert truth.persons[row.person].status == "civilian"
        assert str(held["RU"][row.row]["Статус"]).startswith("военнослужащ")


def test_namesakes_are_two_people_of_one_name_born_near_each_other(truth: Truth) -> None:
    for holder in truth.parties:
        everybody = Counter(
            (person.nation, person.names["uk"], person.names["ru"].surname)
            for person in truth.persons.values()
        )  # fmt: skip
        for row in _planted(truth, holder, "namesake"):
            assert row.person is not None
            person = truth.persons[row.person]
            doubles = [
                other
                for other in truth.persons.values()
                if other.key != person.key
                and other.names == person.names
                and abs((other.birth_date - person.birth_date).days) <= 400
            ]
            assert doubles
            assert everybody[person.nation, person.names["uk"], person.names["ru"].surname] >= 2
            assert all(double.birth_date != person.birth_date for double in doubles)


def test_rows_that_identify_nobody_have_no_surname_and_no_birth_date(truth: Truth, held: dict[str, dict[int, Row]]) -> None:
    for row in _planted(truth, "UA", "nobody"):
        cells = held["UA"][row.row]
        assert row.person is None
        assert len(str(cells["Прізвище"] or "")) <= 2
        assert not cells["Дата народження"]
        assert not cells["Особистий номер"]


def test_a_wrong_category_claims_a_healthy_person_as_serious(truth: Truth, held: dict[str, dict[int, Row]]) -> None:
    for row in _planted(truth, "UA", "wrong_category"):
        cells = held["UA"][row.row]
        assert cells["Категорія"] == "тяжкопоранені та тяжкохворі"
        assert str(cells["Стан здоров'я"]).startswith("здоров")


def test_impossible_dates_are_no_days_of_a_life(truth: Truth, held: dict[str, dict[int, Row]]) -> None:
    for row in _planted(truth, "RU", "impossible_date"):
        written = str(held["RU"][row.row]["Дата рождения"])
        day, month, year = (int(part) for part in written.split("."))
        try:
            born = date(year, month, day)
        except ValueError:
            continue
        assert born.year < 1100


def test_unknown_people_are_in_no_register(truth: Truth) -> None:
    for holder in truth.parties:
        known = {row.person for row in truth.registers[truth.other(holder)]}
        for row in _planted(truth, holder, "unknown_person"):
            assert row.register_id is None
            assert row.person not in known


def test_titles_stand_merged_above_the_header_and_the_ukrainian_list_numbers_its_columns(exchange: Exchange) -> None:
    for holder in ("UA", "RU"):
        sheet = _worksheet(exchange.files[f"{holder}/held.xlsx"])
        assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:Q1", "A2:Q2"}
    lines = _sheet(exchange.files["UA/held.xlsx"])
    assert list(lines[4]) == list(range(1, 18))
    assert str(lines[-1][0]) == f"Всього: {len(exchange.truth.held['UA'])}"


def test_dates_of_one_list_are_texts_dates_and_bare_day_numbers(held: dict[str, dict[int, Row]]) -> None:
    kinds = {type(row["Дата народження"]) for row in held["UA"].values()}
    assert kinds >= {str, datetime, int}


def test_each_row_of_each_list_has_one_interview_and_a_few_refuse(exchange: Exchange, truth: Truth) -> None:
    lines = _text(exchange.files["interviews.csv"])
    assert list(lines[0]) == ["party", "id", "outcome", "reason"]
    for holder in truth.parties:
        mine = {line["id"]: line for line in lines if line["party"] == holder}
        assert set(mine) == {row.id for row in truth.held[holder]}
        refusals = [line for line in mine.values() if line["outcome"] == "refuses"]
        assert 1 <= len(refusals) <= 0.02 * PEOPLE
        assert all(bool(line["reason"]) == (line["outcome"] == "not_held") for line in mine.values())


def test_incidents_name_stages_of_the_terms_and_leave_the_person_open(exchange: Exchange) -> None:
    lines = _text(exchange.files["incidents.csv"])
    stages = {stage["id"] for stage in tomllib.loads(exchange.files["terms.toml"].decode())["stages"]}
    assert {line["kind"] for line in lines} == {"REFUSAL_AT_LINE", "DEATH_IN_TRANSIT", "NON_DELIVERY", "SUBSTITUTION"}
    assert {line["stage"] for line in lines} <= stages
    assert list(lines[0]) == ["stage", "kind", "party", "id", "vehicle", "reserve", "note"]
    assert all(line["id"] == "" and line["party"] in {"UA", "RU"} for line in lines)


@pytest.mark.parametrize("people", [10, 37, 300, 1000, 20000])
def test_scaled_terms_add_up(people: int) -> None:
    terms = tomllib.loads(terms_text(people))
    counts = {clause["id"]: clause.get("equals") for clause in terms["terms"]}
    assert counts["T1"] == people
    assert counts["T2"] + counts["T3"] + counts["T4"] + counts["T5"] == people
    assert all(counts[clause] > 0 for clause in ("T2", "T3", "T4", "T5"))


def test_a_clean_exchange_has_no_error_and_no_fault() -> None:
    clean = build_exchange(people=50, seed=1, dirty=False)
    assert clean.truth.planted == ()
    assert all(not row.errors and not row.planted and row.register_id for rows in clean.truth.held.values() for row in rows)
    assert "Фамилия" in _sheet(clean.files["RU/held.xlsx"])[0]


def test_other_parties_and_other_terms_are_written_as_given() -> None:
    exchange = build_exchange(people=20, seed=1, parties=("AA", "BB"))
    assert "AA/held.xlsx" in exchange.files
    terms = tomllib.loads(exchange.files["terms.toml"].decode())
    assert terms["parties"] == {"AA": "AA", "BB": "BB"}
    assert terms["sides"]["home-AA"] == {"from": "BB", "to": "AA"}
    own = build_exchange(people=20, seed=1, terms='schema = "exchange-terms/1"\n')
    assert own.files["terms.toml"] == b'schema = "exchange-terms/1"\n'
    assert _text(own.files["incidents.csv"]) == []


def test_fewer_than_ten_people_or_one_party_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 10"):
        build_exchange(people=9, seed=1)
    with pytest.raises(ValueError, match="two different codes"):
        build_exchange(people=20, seed=1, parties=("UA", "UA"))


def test_the_truth_can_be_saved_elsewhere(tmp_path: Path, truth: Truth) -> None:
    write_truth(truth, tmp_path / "truth.jsonl")
    lines = (tmp_path / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    rows = sum(len(rows) for rows in (*truth.held.values(), *truth.registers.values()))
    assert len(lines) == 1 + rows + len(truth.planted)


def test_a_text_table_that_its_encoding_cannot_hold_is_an_error_not_a_question_mark() -> None:
    with pytest.raises(UnicodeEncodeError):
        csv_bytes(Layout("", ["ż"], []), encoding="windows-1251")
