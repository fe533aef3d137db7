"""`homeward search`: one query, or a line at a time after one load; nothing is read ahead of the answer."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from tests.cli.running import homeward, refused

REGISTER = """id;Прізвище;Ім'я;По батькові;Дата народження
u1;Вигаданець;Остап;Юрійович;13.03.1987
u2;Неіснуйко;Петро;Іванович;01.02.1990
u3;Самотник;Ігор;Олегович;07.07.1981
u4;Самотник;Ігор;Петрович;07.07.1961
"""


@pytest.fixture
def register(tmp_path: Path) -> Path:
    file = tmp_path / "register.csv"
    file.write_text(REGISTER, "utf-8")
    return file


@pytest.mark.parametrize(
    ("query", "first"),
    [
        (("Вигаданець",), "u1"), (("vyhadanets", "ostap"), "u1"), (("неісн",), "u2"), (("Samotnyk Ihor 1961",), "u4"),
        (("07.07.1981", "Самотник"), "u3"),
    ],
)  # fmt: skip
def test_a_person_is_found_by_name_in_any_script_with_or_without_a_date(
    register: Path, query: tuple[str, ...], first: str
) -> None:
    ran = homeward("search", register, *query, "--json")
    assert ran.code == 0
    assert ran.json["found"][0]["id"] == first
    assert homeward("search", register, *query).out.startswith(f"{first}\t")


def test_the_limit_is_kept_and_nobody_is_said_in_the_readers_language(register: Path) -> None:
    assert len(homeward("search", register, "Самотник", "--limit", "1", "--json").json["found"]) == 1
    assert homeward("search", register, "Щ1", "--language", "uk").out.strip() == "Нікого не знайдено."
    assert homeward("search", register, "1950").out.strip() == "Nobody found."


def test_lines_of_the_input_are_queries_and_empty_lines_are_none(register: Path) -> None:
    with mock.patch.object(sys, "stdin", io.StringIO("виг\n\nPetro\n")):
        ran = homeward("search", register, "--json")
    assert ran.code == 0
    assert [json.loads(line)["found"][0]["id"] for line in ran.out.splitlines()] == ["u1", "u2"]


def test_each_line_is_answered_before_the_next_is_written(register: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "homeward", "search", str(register), "--json"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    with program:
        assert program.stdin is not None
        assert program.stdout is not None
        for asked, expected in (("вигад", "u1"), ("вигада", "u1"), ("неіс", "u2")):
            program.stdin.write(asked + "\n")
            program.stdin.flush()
            assert json.loads(program.stdout.readline())["found"][0]["id"] == expected
        program.stdin.close()
    assert program.returncode == 0


def test_a_register_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    assert "no.csv" in refused(homeward("search", tmp_path / "no.csv", "Коваль"), 3)
