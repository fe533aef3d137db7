"""Habits of clerks and slips of the hand."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.invented.errors import ERRORS, Row, make_errors
from homeward.invented.person import FullName, generate_people
from homeward.invented.spelling import HABITS, SLIPS, write_name

NAMES = {
    "uk": FullName("Григоренко", "Володимир", "Миколайович", "Микола"),
    "ru": FullName("Григоренко", "Владимир", "Николаевич", "Николай"),
}


@pytest.mark.parametrize(
    ("habit", "written"),
    [
        ("uk", ("Григоренко", "Володимир", "Миколайович")),
        ("ru", ("Григоренко", "Владимир", "Николаевич")),
        ("ru-letters", ("Григоренко", "Володимир", "Миколайович")),
        ("ru-hard-letters", ("Грыгоренко", "Володымыр", "Мыколайовыч")),
        ("uk-2010", ("Hryhorenko", "Volodymyr", "Mykolaiovych")),
        ("ru-icao", ("Grigorenko", "Vladimir", "Nikolaevich")),
        ("uk-de", ("Hryhorenko", "Wolodymyr", "Mykolajowytsch")),
        ("ru-fr", ("Grigorenko", "Vladimir", "Nikolaïevitch")),
    ],
)
def test_one_person_as_clerks_of_different_habits_write_him(habit: str, written: tuple[str, str, str]) -> None:
    name = write_name(NAMES, "uk", HABITS[habit])
    assert (name.surname, name.given, name.patronymic) == written


def test_every_habit_writes_every_invented_person() -> None:
    for nation in ("uk", "ru"):
        for person in generate_people(60, seed=5, nation=nation, women=0.3):
            for habit in HABITS.values():
                name = write_name(person.names, nation, habit)
                assert name.surname
                assert name.given
                assert name.patronymic


words = st.one_of(st.text(max_size=20), st.from_regex(r"[А-Яа-яЁёІіЇїЄєҐґ' -]{1,20}", fullmatch=True))


@given(words, st.sampled_from(sorted(SLIPS)), st.integers(0, 2**32))
def test_a_slip_never_fails_and_never_empties_a_text(text: str, slip: str, seed: int) -> None:
    damaged = SLIPS[slip](text, Random(seed))
    assert isinstance(damaged, str)
    assert bool(damaged) == bool(text)


@given(st.from_regex(r"[А-Я][а-я]{3,12}", fullmatch=True), st.integers(0, 2**32))
def test_slips_change_the_length_as_their_names_say(word: str, seed: int) -> None:
    lengths = {"neighbour_letter": 0, "doubled_letter": 1, "dropped_letter": -1, "swapped_letters": 0, "look_alike": 0}
    for slip, change in lengths.items():
        assert len(SLIPS[slip](word, Random(seed))) == len(word) + change


def test_a_neighbour_letter_is_another_letter() -> None:
    for seed in range(50):
        damaged = SLIPS["neighbour_letter"]("Шевченко", Random(seed))
        assert sum(a != b for a, b in zip(damaged, "Шевченко", strict=True)) == 1


def test_look_alikes_are_latin_letters_among_cyrillic_ones() -> None:
    damaged = SLIPS["look_alike"]("Соловей", Random(3))
    assert damaged != "Соловей"
    assert any(char.isascii() for char in damaged)


@pytest.mark.parametrize("code", sorted(ERRORS))
def test_every_kind_of_error_can_be_made_and_says_truly_whether_it_changed_the_row(code: str) -> None:
    made = 0
    for person in generate_people(400, seed=code, nation="uk", women=0.5):
        habit = HABITS["uk" if code == "without_apostrophe" else "ru"]
        name = write_name(person.names, "uk", habit)
        cells: dict[str, str | date] = {
            "surname": name.surname,
            "given_names": name.given,
            "patronymic": name.patronymic,
            "birth_date": person.birth_date,
            "birth_place": person.birth_place.ru,
            "rank": "рядовой" if person.rank else "",
        }
        row = Row(dict(cells), person, habit, "ru")
        changed = ERRORS[code].apply(row, Random(person.key))
        made += changed
        if not changed:
            assert row.cells == cells
    assert made


def test_at_most_two_errors_that_hide_a_person_fall_on_one_row() -> None:
    rng = Random(1)
    for person in generate_people(2000, seed=1, nation="ru", women=0.5):
        name = write_name(person.names, "ru", HABITS["uk"])
        cells = {"surname": name.surname, "given_names": name.given, "patronymic": name.patronymic}
        row = Row({**cells, "birth_date": person.birth_date}, person, HABITS["uk"], "uk")
        made = make_errors(row, rng)
        assert sum(ERRORS[code].effect == "hides" for code in made) <= 2


def test_the_rates_of_the_table_are_the_rates_of_the_files() -> None:
    rng = Random(2)
    people = generate_people(4000, seed=2, nation="uk", civilians=0)
    missing = swapped = 0
    for person in people:
        name = write_name(person.names, "uk", HABITS["ru"])
        cells = {"surname": name.surname, "given_names": name.given, "patronymic": name.patronymic}
        made = make_errors(Row({**cells, "birth_date": person.birth_date}, person, HABITS["ru"], "ru"), rng)
        missing += "patronymic_missing" in made
        swapped += "columns_swapped" in made
    assert missing / len(people) == pytest.approx(ERRORS["patronymic_missing"].per_thousand / 1000, rel=0.2)
    assert swapped / len(people) == pytest.approx(ERRORS["columns_swapped"].per_thousand / 1000, rel=0.5)
