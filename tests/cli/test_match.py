"""`homeward match`: pairs with a probability, by ids, without names; what was decided; groups; the page; Spark."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from homeward.lists import Decision, DecisionBook, Question, Ruling, make_pair, write_decisions
from homeward.matching import match
from homeward.people import read_people
from homeward.people.writer import csv_safe
from tests.cli.lists_world import World, world
from tests.cli.running import homeward, refused

HEADER = "id;Прізвище;Ім'я;По батькові;Дата народження\n"
OURS = (
    HEADER + "u1;Вигаданець;Остап;Юрійович;13.03.1987\nu2;Неіснуйко;Петро;Іванович;01.02.1990\nu3;Самотник;Ігор;;07.07.1981\n"
)
THEIRS = HEADER + "t1;ВЫДУМАННЫЙ;ОЛЕГ;;02.02.1970\nt2;VYHADANETS;OSTAP;;1987-03-13\nt3;НЕИСНУЙКО;ПЁТР;ИВАНОВИЧ;01.02.1990\n"
FAMILIES = HEADER + "f1;Вигаданець;Остап;Юрійович;13.03.1987\nf2;Самотник;Ігор;Олегович;07.07.1981\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    made = (tmp_path / "ours.csv", tmp_path / "theirs.csv", tmp_path / "families.csv")
    for file, text in zip(made, (OURS, THEIRS, FAMILIES), strict=True):
        file.write_text(text, "utf-8")
    return made


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def proposed(*args: object) -> list[tuple[str, str]]:
    ran = homeward("match", *args, "--json")
    assert ran.code == 0, ran
    return [(each["left_id"], each["right_id"]) for each in ran.json["proposals"]]


def true_share(made: World, rows: list[dict[str, str]]) -> float:
    held = {row.id: row.register_id for row in made.truth.held["UA"]}
    return sum(held[row["left_id"]] == row["right_id"] for row in rows) / len(rows)


def test_the_csv_begins_with_both_ids_and_the_probability_and_most_pairs_are_true(tmp_path: Path) -> None:
    made, output = world(24), tmp_path / "pairs.csv"
    ran = homeward("match", made.held("UA"), made.folder / "RU" / "register.csv", "-o", output, "--json")
    assert ran.code == 0
    assert output.read_text("utf-8").startswith("left_id,right_id,probability,")
    rows = rows_of(output)
    assert len(rows) == ran.json["pairs"]
    assert true_share(made, rows) >= 0.9
    assert all(0.5 <= float(row["probability"]) <= 1 for row in rows)
    told = output.read_text("utf-8").casefold()
    assert not [name for name in made.names() if len(name) > 4 and name.casefold() in told]


def test_without_an_id_column_the_ids_are_row_numbers(tmp_path: Path) -> None:
    file = tmp_path / "l.csv"
    row = "Вигаданець;Остап;Юрійович;13.03.1987\n"
    file.write_text(
        "Прізвище;Ім'я;По батькові;Дата народження\n" + row + "Неіснуйко;Петро;Іванович;01.02.1990\n" + row, "utf-8"
    )
    assert proposed("--self", file) == [("r2", "r4")]


def test_an_id_that_a_spreadsheet_would_run_is_written_as_text(tmp_path: Path) -> None:
    file = tmp_path / "l.csv"
    row = ";Вигаданець;Остап;Юрійович;13.03.1987\n"
    file.write_text(f"id;Прізвище;Ім'я;По батькові;Дата народження\n=1+1{row}b{row}", "utf-8")
    assert homeward("match", "--self", file, "-o", tmp_path / "p.csv").code == 0
    assert (tmp_path / "p.csv").read_text("utf-8").splitlines()[1].startswith("'=1+1,b,")


def test_options_that_make_no_sense_are_refused_in_one_line(files: tuple[Path, Path, Path]) -> None:
    ours, theirs, families = files
    assert "give two files, or one file with --self" in refused(homeward("match", "a.csv"), 64)
    assert "--at-least" in refused(homeward("match", "a.csv", "b.csv", "--at-least", "2"), 64)
    assert "give it with --report" in refused(homeward("match", ours, theirs, "--pair", "u1:t2"), 64)
    assert "goes with --groups" in refused(homeward("match", ours, theirs, "--may-repeat", "ours.csv"), 64)
    assert "--engine spark" in refused(homeward("match", ours, theirs, "--spark-master", "local[2]"), 64)
    assert "named twice" in refused(homeward("match", ours, theirs, ours), 64)
    wrong = homeward("match", ours, families, "--groups", "g.csv", "--may-repeat", "no.csv")
    assert "--may-repeat names one of the lists: ours.csv, families.csv" in refused(wrong, 64)
    wrong = homeward("match", ours, theirs, "--report", "r.html", "--pair", "u1:nobody")
    assert "--pair takes LEFT:RIGHT" in refused(wrong, 64)


ODD = """\
звіт
id;ПІБ;Дата народження;Звання;Особистий номер;Примітка;Місце народження
1;2;3;4;5;6;7
u1;Вигаданець Остап Юрійович;13.03.1987;солдат;АВ-123456;;Харків
;сержант Неіснуйко Петро Іванович;1.2.90;;;без номера;
u3;"Самотник ""Тихий"" Ігор";31.02.1981;полковник;;"дві
стрічки";Жнятино
u1;Двійник Номера;1990;;;;
;;;;;;
u4;не надано;невідомо;не надано;АВ-123457;;
id;ПІБ;Дата народження;Звання;Особистий номер;Примітка;Місце народження
=u5;Нечуй - Левицький Микола;1987-03;підполковник запасу;;;Дніпро
Всього: 5;;;;;;
Начальник;Підписний;;;;;
"""
OTHER = """\
Surname,Given names,Patronymic,Date of birth,Rank,Service number,Place of birth
VYHADANETS,OSTAP,,1987-03-13,private,AB123456,KHARKOV
НЕИСНУЙКО,ПЁТР,И.,1990-02-01,старший сержант,,
САМОТНИК,IHOR,,1981-03-31,WITHHELD,,Zhniatyno
LEVYTSKYI,NIKOLAI,,1987,colonel,,Катеринослав
unknown,unknown,,,,АВ123457,
"""


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1251"])
@pytest.mark.parametrize("how", [(), ("--top", "3", "--at-least", "0")])
def test_the_file_is_the_one_that_persons_would_give_whatever_is_odd_about_the_lists(
    tmp_path: Path, encoding: str, how: tuple[str, ...]
) -> None:
    left, right, output = tmp_path / "l.csv", tmp_path / "r.csv", tmp_path / "p.csv"
    left.write_bytes(ODD.encode(encoding))
    right.write_text(OTHER, "utf-8")
    assert homeward("match", left, right, "-o", output, *how).code == 0
    options: dict[str, Any] = {"one_to_one": False, "top": 3, "at_least": 0.0} if how else {}
    wanted = match(read_people(left).people, read_people(right).people, **options)
    assert len(wanted) >= 3
    assert output.read_text("utf-8").splitlines()[1:] == [
        f"{csv_safe(each.left_id)},{csv_safe(each.right_id)},{each.probability:.6f},{each.bits:.3f},"
        + " ".join(f"{bar.kind}:{bar.code}:{bar.bits:+.2f}" for bar in each.evidence)
        for each in wanted
    ]


def test_top_keeps_candidates_and_without_it_each_record_is_taken_once(files: tuple[Path, Path, Path]) -> None:
    ours, theirs, _ = files
    assert proposed(ours, theirs) == [("u1", "t2"), ("u2", "t3")]
    many = proposed(ours, theirs, "--top", "3", "--at-least", "0")
    assert many.count(("u1", "t2")) == 1
    assert max(sum(left == one for left, _ in many) for one in ("u1", "u2", "u3")) <= 3


def book_of(path: Path, files: tuple[Path, ...], pair: tuple[str, str], word: Ruling) -> Path:
    question = Question.REGISTER if len(files) == 2 else Question.REPEAT
    people = {person.id: person for file in files for person in read_people(file).people}
    asked = make_pair(question, people[pair[0]], people[pair[1]])
    decision = Decision(asked.id, question, *pair, asked.fingerprint, word, "Officer A", word, "Officer B", "2025-05-18")
    write_decisions(path, DecisionBook((decision,)))
    return path


@pytest.mark.parametrize("word", [Ruling.SAME, Ruling.DIFFERENT])
def test_a_decided_pair_is_not_proposed_again_until_a_record_changes(
    files: tuple[Path, Path, Path], tmp_path: Path, word: Ruling
) -> None:
    ours, theirs, _ = files
    book = book_of(tmp_path / "book.jsonl", (ours, theirs), ("u1", "t2"), word)
    assert proposed(ours, theirs, "--decided", book) == [("u2", "t3")]
    assert proposed(theirs, ours, "--decided", book) == [("t3", "u2")], "whichever list is on the left"
    ran = homeward("match", ours, theirs, "--decided", book, "--json")
    assert (ran.json["settled_before"], ran.json["decisions_out_of_date"]) == (1, 0)
    theirs.write_text(THEIRS.replace("1987-03-13", "1987-03-14"), "utf-8")
    ran = homeward("match", ours, theirs, "--decided", book, "--json")
    assert (ran.json["settled_before"], ran.json["decisions_out_of_date"]) == (0, 1)
    assert ("u1", "t2") in [(each["left_id"], each["right_id"]) for each in ran.json["proposals"]]


def test_a_pair_decided_to_be_two_people_is_no_rival_of_the_right_one(tmp_path: Path) -> None:
    left, right = tmp_path / "l.csv", tmp_path / "r.csv"
    left.write_text(HEADER + "u1;Вигаданець;Остап;Юрійович;13.03.1987\n", "utf-8")
    twins = "Вигаданець;Остап;Юрійович;13.03.1987\n"
    right.write_text(HEADER + f"t1;{twins}t2;{twins}", "utf-8")
    first = homeward("match", left, right, "--at-least", "0.1", "--json").json["proposals"]
    assert first[0]["probability"] <= 0.5
    book = book_of(tmp_path / "book.jsonl", (left, right), ("u1", first[0]["right_id"]), Ruling.DIFFERENT)
    then = homeward("match", left, right, "--at-least", "0.1", "--decided", book, "--json").json["proposals"]
    assert then[0]["right_id"] != first[0]["right_id"]
    assert then[0]["probability"] > 0.99


def test_a_decided_repeat_is_not_proposed_again(tmp_path: Path) -> None:
    file, row = tmp_path / "l.csv", "Вигаданець;Остап;Юрійович;13.03.1987\n"
    file.write_text(HEADER + f"a;{row}b;{row}c;{row}", "utf-8")
    book = book_of(tmp_path / "book.jsonl", (file,), ("a", "c"), Ruling.DIFFERENT)
    assert proposed("--self", file) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert proposed("--self", file, "--decided", book) == [("a", "b"), ("b", "c")]


def test_a_book_that_is_none_is_refused_with_its_name(files: tuple[Path, Path, Path]) -> None:
    ours, theirs, families = files
    assert "families.csv" in refused(homeward("match", ours, theirs, "--decided", families), 3)


def test_of_several_lists_every_two_are_compared_and_groups_are_written(files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    output, groups = tmp_path / "p.csv", tmp_path / "g.csv"
    ran = homeward("match", *files, "-o", output, "--groups", groups, "--json")
    assert ran.code == 0
    rows = rows_of(output)
    assert list(rows[0])[:3] == ["left_id", "right_id", "probability"]
    found = {(row["left_list"], row["left_id"], row["right_list"], row["right_id"]) for row in rows}
    assert {("ours.csv", "u1", "theirs.csv", "t2"), ("theirs.csv", "t2", "families.csv", "f1")} <= found
    by_group: dict[str, set[str]] = {}
    for row in rows_of(groups):
        by_group.setdefault(row["group"], set()).add(f"{row['list']}:{row['id']}")
    assert {"ours.csv:u1", "theirs.csv:t2", "families.csv:f1"} in by_group.values()
    assert ran.json["groups"] == len(by_group)
    turned = tmp_path / "g2.csv"
    homeward("match", *reversed(files), "--groups", turned)
    assert turned.read_bytes() == groups.read_bytes()


def test_repeats_inside_one_list_make_groups(tmp_path: Path) -> None:
    file, row = tmp_path / "l.csv", "Вигаданець;Остап;Юрійович;13.03.1987\n"
    file.write_text(HEADER + f"a;{row}x;Інша;Особа;;01.01.1970\nb;{row}c;{row}", "utf-8")
    homeward("match", "--self", file, "--groups", tmp_path / "g.csv")
    assert [row["id"] for row in rows_of(tmp_path / "g.csv")] == ["a", "b", "c"]


def test_the_page_has_names_only_for_the_pair_that_was_asked_for(files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    ours, theirs, _ = files
    page = tmp_path / "r.html"
    assert homeward("match", ours, theirs, "--report", page).code == 0
    assert "Вигаданець" not in page.read_text("utf-8")
    assert homeward("match", ours, theirs, "--report", page, "--pair", "u1:t2", "--language", "uk").code == 0
    told = page.read_text("utf-8")
    assert "Прізвище: два написання одного прізвища (Вигаданець / VYHADANETS)" in told
    assert "Неіснуйко" not in told
    assert homeward("match", ours, theirs, "--report", page, "--pair", "u3:t1").code == 0, "a pair that is not proposed"
    assert "Surname: different names" in page.read_text("utf-8")


def test_on_spark_the_same_pairs_are_written(files: tuple[Path, Path, Path], tmp_path: Path, java: None) -> None:
    ours, theirs, _ = files
    here, there = tmp_path / "here.csv", tmp_path / "there.csv"
    assert homeward("match", ours, theirs, "-o", here).code == 0
    assert homeward("match", ours, theirs, "-o", there, "--engine", "spark", "--spark-master", "local[2]").code == 0
    assert here.read_bytes() == there.read_bytes()
    assert len(rows_of(here)) == 2


def test_a_missing_engine_is_one_line_with_the_extra(files: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    assert "homeward[spark]" in refused(homeward("match", *files[:2], "--engine", "spark"), 3)


def private(step: str, *args: Any) -> Any:
    return homeward("match", "private", step, *args)


def test_three_files_tell_which_people_another_register_has(files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    pytest.importorskip("private_set_intersection", reason="openmined-psi is not installed (the extra `private`)")
    ours, theirs, families = files
    request, secret, answer, shared = (tmp_path / name for name in ("q", "s", "a", "shared.csv"))
    assert private("request", ours, "-o", request, "--secret", secret).code == 0
    assert private("answer", theirs, request, "-o", answer).code == 0
    ran = private("result", ours, answer, "--secret", secret, "--json")
    assert [each["id"] for each in ran.json["found"]] == ["u1", "u2"]
    assert private("result", ours, answer, "--secret", secret, "-o", shared).code == 0
    assert shared.read_text("utf-8").splitlines()[:2] == ["id,kinds", "u1,date_surname_given"]
    assert "is not a file of the kind" in refused(private("result", ours, request, "--secret", secret), 3)
    assert "at most 1" in refused(private("answer", theirs, request, "-o", answer, "--at-most", "1"), 3)
    assert "two files" in refused(private("request", ours, "-o", secret, "--secret", secret), 64)
    answer.write_bytes(answer.read_bytes()[:-1])
    assert "changed or cut off" in refused(private("result", ours, answer, "--secret", secret), 3)
    assert "no such file" in refused(private("answer", families, tmp_path / "nothing", "-o", answer), 3)


def test_the_secret_may_be_read_by_its_owner_alone(files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    pytest.importorskip("private_set_intersection", reason="openmined-psi is not installed (the extra `private`)")
    assert private("request", files[0], "-o", tmp_path / "q", "--secret", tmp_path / "s").code == 0
    assert (tmp_path / "s").stat().st_mode & 0o077 == 0
