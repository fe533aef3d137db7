"""Searching a register: scripts, order, beginnings, dates, ties, and bars that add up."""

from __future__ import annotations

import math

import pytest

from homeward.matching.search import MOST_ROWS, Index, build_index
from tests.matching.people import person

REGISTER = [
    person("u1", "Вигаданенко | Микола | Петрович | 1987-03-14"),
    person("u2", "Щупальський | Володимир | Іванович | 1990-11-02"),
    person("u3", "Щупальський | Олена | Іванівна | 1992-05-21"),
    person("u4", "Рідкович | Олена | Сергіївна | 1979-01-30"),
    person("u5", "Самотник | Тарас | Олегович | 1981-07-07"),
    person("u6", "Самотник | Тарас | Олегович | 1963-12-01"),
]


@pytest.fixture(scope="module")
def index() -> Index:
    return build_index(REGISTER)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Вигаданенко Микола", "u1"),
        ("микола вигаданенко", "u1"),
        ("Vyhadanenko", "u1"),
        ("ВЫГАДАНЕНКО Николай", "u1"),
        ("nikolai wyhadanenko", "u1"),
        ("Вигаданенка", "u1"),
        ("Shchupalskyi Владимир", "u2"),
        ("Щуп Олена", "u3"),
        ("рідк", "u4"),
        ("Ridk", "u4"),
        ("Самотник 1963", "u6"),
        ("тарас 07.07.1981", "u5"),
        ("Samotnyk Taras 1981-07-07", "u5"),
    ],
)
def test_a_person_is_found_by_a_name_in_any_script_order_and_length(index: Index, query: str, expected: str) -> None:
    assert index.search(query)[0].id == expected


def test_people_who_fit_equally_come_in_the_order_of_the_register_and_share_the_probability(index: Index) -> None:
    first, second = index.search("Самотник Тарас")[:2]
    assert (first.id, second.id) == ("u5", "u6")
    assert first.bits == pytest.approx(second.bits)
    assert first.probability <= 0.5


def test_the_bars_of_what_is_found_add_up_to_its_bits(index: Index) -> None:
    for found in index.search("Самотник Тарас 1963"):
        assert math.fsum(bar.bits for bar in found.evidence) == pytest.approx(found.bits, abs=1e-9)
        assert all(bar.sentence("uk") for bar in found.evidence)


def test_the_limit_is_kept_and_must_be_positive(index: Index) -> None:
    assert len(index.search("Олена", limit=1)) == 1
    with pytest.raises(ValueError, match="at least 1"):
        index.search("Олена", limit=0)


@pytest.mark.parametrize("query", ["", "   ", "1987", "?!", "\u202e\u0000", "Ж" * 100_000])
def test_a_query_without_a_name_that_is_there_finds_nobody_and_raises_nothing(index: Index, query: str) -> None:
    assert index.search(query) == []


def test_an_empty_register_finds_nobody() -> None:
    assert build_index([]).search("Вигаданенко") == []


def test_a_name_that_everybody_bears_costs_no_more_than_the_cap() -> None:
    count = MOST_ROWS + 10
    crowd = build_index({"surname": ["Шевченко"] * count, "given_names": ["Іван"] * (count - 1) + ["Нестор"]})
    assert crowd.search("Шевченко Нестор")[0].row == count - 1


@pytest.mark.parametrize(("query", "meant"), [("משה", "Moshe"), ("ג'ון", "John"), ("Жак", "Jacques")])
def test_a_name_that_no_rule_of_spelling_turns_into_another_is_known_by_the_table_of_pairs(query: str, meant: str) -> None:
    given_names = ["Masha", "Jane", "Zhanna", "Yakov", "Mosab", "Gideon", "Moshe", "John", "Jacques"]
    register = build_index({"surname": ["Testenko"] * len(given_names), "given_names": given_names})
    assert register.search(f"{query} Testenko")[0].row == given_names.index(meant)


def test_the_numbers_of_known_pairs_are_the_same_on_every_machine_and_go_both_ways() -> None:
    from homeward.matching.names.known_pairs import partners_of, table, word_number

    assert word_number("moshe") == 852964083
    first, second = table()
    assert len(first) == len(second) > 100_000
    assert word_number("משה") in partners_of("moshe")
    assert word_number("moshe") in partners_of("משה")
