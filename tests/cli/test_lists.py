"""`homeward list`: checked before it is sent, compared, frozen, answered, and on time."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from openpyxl import load_workbook

from homeward.invented.surnames import ukrainian_surnames
from tests.cli.lists_world import World, fill_in, world
from tests.cli.running import homeward, refused

HEADER = "id;Прізвище;Ім'я;По батькові;Дата народження;Звання;Статус;Особистий номер\n"


@pytest.fixture(scope="module")
def made() -> World:
    return world(24)


def clean(path: Path, rows: int = 4, *, heading: str = HEADER) -> Path:
    surnames = ("Вигаданець", "Неіснуйко", "Прикладенко", "Зразківський", "Удаваний")
    lines = [f"u-{at};{surnames[at]};Остап;Юрійович;1{at}.03.198{at};солдат;військовий;АБ-10000{at}\n" for at in range(rows)]
    path.write_text(heading + "".join(lines), "utf-8")
    return path


# Before a list is sent.


def test_the_report_has_counts_first_then_the_word_then_what_stops_sending(made: World, tmp_path: Path) -> None:
    register = made.folder / "RU" / "register.csv"
    ran = homeward("list", "check", made.held("UA"), "--register", register, "-o", tmp_path / "c.xlsx")
    assert ran.code == 1
    first, second, *_ = ran.out.splitlines()
    total, accepted, remarked, rejected = (int(word) for word in first.replace("held.xlsx:", "").split() if word.isdigit())
    assert accepted + remarked + rejected == total
    assert second.startswith("DO NOT SEND. ")
    assert ran.out.index("STOPS SENDING") < ran.out.index("\nLOOK") < ran.out.index("\nNOTE")
    assert ran.out.rstrip().endswith(f"Copy with remarks: {tmp_path / 'c.xlsx'}")


@pytest.mark.parametrize("language", ["en", "uk"])
def test_no_name_is_printed_in_a_report_or_in_json(made: World, language: str, tmp_path: Path) -> None:
    register = made.folder / "RU" / "register.csv"
    options = ("--register", register, "--terms", made.terms, "--language", language, "--no-copy")
    told = homeward("list", "check", made.held("UA"), *options).out
    told += homeward("list", "check", made.held("UA"), *options, "--json").out
    assert not [name for name in made.names() if len(name) > 4 and name.casefold() in told.casefold()]


def test_the_copy_has_remarks_beside_the_rows_and_the_list_itself_stays_as_it_was(made: World, tmp_path: Path) -> None:
    before = made.held("UA").read_bytes()
    assert homeward("list", "check", made.held("UA"), "-o", tmp_path / "copy.xlsx").code == 1
    assert made.held("UA").read_bytes() == before
    ran = homeward("list", "check", made.held("UA"), "--no-copy", "--json")
    rows = {row for finding in ran.json["findings"] for row in finding["rows"]}
    page = load_workbook(tmp_path / "copy.xlsx").worksheets[0]
    assert {row for row in rows if page.cell(row, page.max_column).value} == rows


def test_a_clean_list_ends_with_0_and_says_that_nothing_keeps_it(tmp_path: Path) -> None:
    ran = homeward("list", "check", clean(tmp_path / "l.csv"), "--no-copy")
    assert ran.code == 0, ran
    assert ran.out.splitlines()[1].startswith("Nothing keeps it from being sent. 0 stop it")


def test_without_a_side_the_sides_are_explained_and_only_categories_are_checked(made: World, tmp_path: Path) -> None:
    file = clean(tmp_path / "names.csv")
    ran = homeward("list", "check", file, "--terms", made.terms, "--no-copy")
    told = "Which side this list is for is not said, so only categories were checked. Say so with --side: "
    assert f"{told}home-UA (held by RU), home-RU (held by UA)." in ran.out
    found = homeward("list", "check", file, "--terms", made.terms, "--no-copy", "--json").json
    assert found["side"] is None
    assert not {"CLAUSE_FAILED", "CLAUSE_UNDECIDED"} & set(found["counts"])


def test_the_side_is_told_by_the_option_the_holder_or_the_name_of_the_file(made: World, tmp_path: Path) -> None:
    def side(*args: object) -> str:
        return str(homeward("list", "check", *args, "--terms", made.terms, "--no-copy", "--json").json["side"])

    assert side(made.held("UA")) == "home-RU"
    assert side(clean(tmp_path / "held-RU.csv")) == "home-UA"
    assert side(clean(tmp_path / "home-RU.csv")) == "home-RU"
    assert side(clean(tmp_path / "l.csv"), "--side", "RU") == side(tmp_path / "l.csv", "--side", "home-UA") == "home-UA"
    line = refused(homeward("list", "check", tmp_path / "l.csv", "--terms", made.terms, "--side", "X"), 64)
    assert "their sides are home-UA (held by RU, received by UA) and home-RU" in line


def test_a_list_that_breaks_a_clause_is_told_with_the_clause(made: World, tmp_path: Path) -> None:
    ran = homeward("list", "check", clean(tmp_path / "l.csv"), "--terms", made.terms, "--side", "UA", "--no-copy", "--json")
    assert ran.json["counts"]["CLAUSE_FAILED"] >= 1


AGREED = """schema = "exchange-terms/1"
title = "Soldiers of 25 and under"
[parties]
UA = "First party"
RU = "Second party"
[reference]
date = 2025-06-02
[sides.home-UA]
from = "RU"
to = "UA"
[[stages]]
id = "s1"
[groups]
covered = "status == 'military' and age <= 25"
[[terms]]
id = "T1"
kind = "all"
group = "covered"
"""


def test_the_counterparts_list_is_told_how_many_were_released_are_civilians_and_are_over_the_age_limit(tmp_path: Path) -> None:
    kinds = ["released"] * 7 + ["civilian"] * 14 + ["old"] * 31 + ["covered"] * 28
    surnames = sorted({surname.uk for surname in ukrainian_surnames()}, key=lambda name: sha256(name.encode()).digest())
    rows = []
    for at, (kind, surname) in enumerate(zip(kinds, surnames[::5], strict=False)):
        year, status = (1988 if kind == "old" else 2003), ("цивільний" if kind == "civilian" else "військовий")
        rows.append((f"{surname};Остап;Юрійович;{at % 27 + 1:02}.0{at % 9 + 1}.{year};солдат;{status};АБ-1{at:05}", kind))
    theirs, ours, terms = tmp_path / "theirs.csv", tmp_path / "ours.csv", tmp_path / "terms.toml"
    theirs.write_text(HEADER + "".join(f"r-{at};{row}\n" for at, (row, _) in enumerate(rows)), "utf-8")
    known = "".join(f"u-{at};{row};{'звільнено' if kind == 'released' else ''}\n" for at, (row, kind) in enumerate(rows))
    ours.write_text(HEADER.rstrip() + ";Стан\n" + known, "utf-8")
    terms.write_text(AGREED, "utf-8")
    options = ("--terms", terms, "--side", "home-UA", "--register", ours, "--no-copy")
    ran = homeward("list", "check", theirs, *options)
    assert ran.code == 1
    assert "ALREADY_RELEASED: 7" in ran.out
    assert "outside the agreed groups by 'status': 14 (rows 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 (+2))" in ran.out
    assert "outside the agreed groups by age on the reference day (2025-06-02): 31 (rows 23, 24, " in ran.out
    assert "\n  T1: passes\n  covered: FAILS\n" in ran.out
    by_code: dict[str, list[list[int]]] = {}
    for finding in homeward("list", "check", theirs, *options, "--json").json["findings"]:
        by_code.setdefault(finding["code"], []).append(finding["rows"])
    lines = {kind: [at + 2 for at, (_, other) in enumerate(rows) if other == kind] for kind in set(kinds)}
    assert sorted(row for found in by_code["ALREADY_RELEASED"] for row in found) == lines["released"]
    assert lines["civilian"] in by_code["CLAUSE_FAILED"]
    assert lines["old"] in by_code["CLAUSE_FAILED"]


def test_clauses_between_the_sides_are_judged_when_the_other_list_is_given(tmp_path: Path) -> None:
    terms = tmp_path / "terms.toml"
    both = '[sides.home-RU]\nfrom = "UA"\nto = "RU"\n[[stages]]'
    parity = '[[terms]]\nid = "T2"\nkind = "parity"\nsides = ["home-UA", "home-RU"]\n'
    terms.write_text(AGREED.replace("[[stages]]", both) + parity + '[[terms]]\nid = "T3"\nkind = "all"\n', "utf-8")
    ours, theirs = clean(tmp_path / "ours.csv", 5), clean(tmp_path / "theirs.csv", 3)
    command = ("list", "check", ours, "--terms", terms, "--side", "home-UA", "--no-copy", "--json")
    assert homeward(*command).json["clauses"]["T2"] == "undecided"
    ran = homeward(*command, "--other", f"home-RU={theirs}")
    assert ran.json["clauses"]["T2"] == "fail"
    assert homeward(*command, "--other", f"UA={clean(tmp_path / 'more.csv', 5)}").json["clauses"]["T2"] == "pass"
    assert "is given already" in refused(homeward(*command[:-1], "--other", f"home-UA={theirs}"), 64)
    assert "give the terms with --terms" in refused(homeward("list", "check", ours, "--other", f"UA={theirs}"), 64)


def test_the_copy_never_replaces_the_list(tmp_path: Path) -> None:
    file = clean(tmp_path / "l.csv")
    assert "is an .xlsx file" in refused(homeward("list", "check", file, "-o", file), 64)


def test_a_chosen_sheet_and_a_mapping_serve_the_copy_too(made: World, tmp_path: Path) -> None:
    book = load_workbook(made.held("UA"))
    book.copy_worksheet(book.worksheets[0]).title = "Second"
    book.save(tmp_path / "two.xlsx")
    first = book.worksheets[0].title
    assert "Several sheets hold a list" in refused(homeward("list", "check", tmp_path / "two.xlsx"), 3)
    ran = homeward("list", "check", tmp_path / "two.xlsx", "--sheet", "Second", "-o", tmp_path / "c.xlsx")
    assert ran.code == 1, ran
    copy = load_workbook(tmp_path / "c.xlsx")
    assert copy["Second"].max_column == copy[first].max_column + 1


# Versions.


def test_the_same_list_has_no_differences_and_another_ends_with_1(tmp_path: Path) -> None:
    old, new = clean(tmp_path / "old.csv"), clean(tmp_path / "new.csv", 5)
    same = homeward("list", "diff", old, old)
    assert (same.code, same.out) == (
        0,
        "old.csv → old.csv: 0 added, 0 removed, 0 changed, 4 unchanged (entries paired by id).\n",
    )
    new.write_text(new.read_text("utf-8").replace("u-1;", "u-9;").replace("11.03.1981", "12.03.1981"), "utf-8")
    text = new.read_text("utf-8").replace("військовий;АБ-100002", "цивільний;АБ-100002")
    new.write_text(text, "utf-8")
    ran = homeward("list", "diff", old, new, "--json")
    assert ran.code == 1
    assert (ran.json["added"], ran.json["removed"]) == (["u-9", "u-4"], ["u-1"])
    assert [(change["new_id"], change["fields"]) for change in ran.json["changed"]] == [("u-2", ["status"])]
    assert "Прикладенко" not in homeward("list", "diff", old, new).out


def test_a_frozen_list_knows_every_letter_and_no_order_of_rows(tmp_path: Path) -> None:
    file, frozen = clean(tmp_path / "l.csv"), tmp_path / "l.frozen.json"
    assert homeward("list", "freeze", file, "-o", frozen, "--party", "RU", "--side", "home-UA").code == 0
    found = json.loads(frozen.read_text("utf-8"))
    assert (found["count"], found["party"], found["kind"], len(found["digest"])) == (4, "RU", "FINAL", 64)
    head, *rows = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text(head + "".join(rows[::-1]), "utf-8")
    assert homeward("list", "freeze", file, "--against", frozen, "--json").json["same"] is True
    file.write_text(head + "".join(rows).replace("Остап", "Остaп", 1), "utf-8")
    ran = homeward("list", "freeze", file, "--against", frozen)
    assert (ran.code, ran.out.splitlines()[0]) == (1, "CHANGED: 4 entries")


def test_rows_that_name_nobody_are_told_when_a_list_is_frozen(tmp_path: Path) -> None:
    file = clean(tmp_path / "l.csv")
    file.write_text(file.read_text("utf-8") + "u-8;;;;1990;;;\n", "utf-8")
    ran = homeward("list", "freeze", file, "-o", tmp_path / "f.json")
    assert ran.out.splitlines()[0] == "4 entries; rows that name nobody are not part of it: 6"
    assert "give -o to freeze the list, or --against" in refused(homeward("list", "freeze", file), 64)
    (tmp_path / "f.json").write_text("{}")
    assert "is not a file of the kind" in refused(homeward("list", "freeze", file, "--against", tmp_path / "f.json"), 3)


# Answers.


def test_a_list_is_answered_in_two_calls_with_two_officers_between(made: World, tmp_path: Path) -> None:
    ask = ("list", "answer", made.held("UA"), "--register", made.folder / "RU" / "register.csv", "--on", "2025-05-18")
    sheet = tmp_path / "review.xlsx"
    asked = homeward(*ask, "-o", sheet)
    assert asked.code == 2
    assert "give it to the same command with --review" in asked.out
    assert "officers may have worked on it" in refused(homeward(*ask, "-o", sheet), 64)

    nothing = homeward(*ask, "--review", sheet, "-o", tmp_path / "none.json", "--json")
    assert nothing.code == 2
    assert set(nothing.json["counts"]) <= {"UNDER_INQUIRY", "INSUFFICIENT_DATA"}

    fill_in(sheet, tmp_path / "filled.xlsx", made.truth, leave=3)
    some = homeward(*ask, "--review", tmp_path / "filled.xlsx", "-o", tmp_path / "some.xlsx", "--json")
    assert (some.code, len(some.json["undecided"])) == (2, 3)

    fill_in(sheet, tmp_path / "filled.xlsx", made.truth)
    book = tmp_path / "decisions.jsonl"
    all_ = homeward(*ask, "--review", tmp_path / "filled.xlsx", "-o", tmp_path / "answers.json", "--book", book, "--json")
    assert all_.code == 0, all_
    assert all_.json["undecided"] == []
    found = json.loads((tmp_path / "answers.json").read_text("utf-8"))["answers"]
    assert len(found) == all_.json["answers"] == len({each["entry"] for each in found})
    held = {row.id: row for row in made.truth.held["UA"]}
    acknowledged = [each["entry"] for each in found if each["code"] == "ACKNOWLEDGED_HELD"]
    assert acknowledged
    assert all(held[entry].register_id for entry in acknowledged)
    assert [each["entry"] for each in found if each["code"] == "DUPLICATE_OF"]

    again = homeward(*ask, "--known", book, "-o", tmp_path / "again.xlsx", "--json")
    assert (again.code, again.json["pairs"]) == (0, 0)
    denied = [{**each, "code": "ACKNOWLEDGED_HELD"} for each in found if each["code"] == "NOT_HELD"]
    earlier = {
        "schema": "homeward-answers/1",
        "kind": "OFFER",
        "answers": [{k: v for k, v in d.items() if k != "detail"} for d in denied],
    }
    (tmp_path / "earlier.json").write_text(json.dumps(earlier), "utf-8")
    alarm = homeward(
        *ask, "--review", tmp_path / "filled.xlsx", "-o", tmp_path / "a.xlsx", "--earlier", tmp_path / "earlier.json", "--json"
    )
    assert alarm.code == (1 if denied else 0)
    assert alarm.json["contradictions"] == [each["entry"] for each in denied]


def test_mistakes_on_the_review_sheet_are_all_told_with_their_rows(made: World, tmp_path: Path) -> None:
    ask = ("list", "answer", made.held("UA"), "--register", made.folder / "RU" / "register.csv")
    assert homeward(*ask, "-o", tmp_path / "r.xlsx").code == 2
    fill_in(tmp_path / "r.xlsx", tmp_path / "f.xlsx", made.truth)
    book = load_workbook(tmp_path / "f.xlsx", rich_text=True)
    page = book.worksheets[0]
    column = {cell.value: cell.column for cell in page[1]}
    page.cell(3, column["Officer 2"]).value = "officer a"
    page.cell(5, column["Decision 1"]).value = "sme"
    book.save(tmp_path / "f.xlsx")
    ran = homeward(*ask, "--review", tmp_path / "f.xlsx", "-o", tmp_path / "a.json")
    assert ran.code == 3
    assert [line.partition(":")[0] for line in ran.err.splitlines()] == ["f.xlsx, row 3", "f.xlsx, row 5"]
    assert not (tmp_path / "a.json").exists()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("-o", "review.csv"), "a review sheet is an .xlsx file"),
        (("-o", "answers.csv", "--review", "r.xlsx"), "answers are written as .xlsx or .json"),
        (("-o", "r.xlsx", "--review", "r.xlsx"), "the answers would replace the review sheet"),
        (("-o", "r.xlsx", "--book", "b.jsonl"), "give it with --review"),
        (("-o", "r.xlsx", "--due", "soon"), "--due takes a day such as 2025-05-16"),
    ],
)
def test_wrong_options_of_an_answer_are_told_before_any_work(
    args: tuple[str, ...], words: str, made: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = homeward("list", "answer", made.held("UA"), "--register", made.folder / "RU" / "register.csv", *args)
    assert words in refused(ran, 64)
    assert list(tmp_path.iterdir()) == []


# Clocks.


def test_what_is_overdue_comes_first_and_ends_with_1(tmp_path: Path) -> None:
    terms = tmp_path / "terms.toml"
    terms.write_text(
        (world(24).terms.read_text("utf-8").partition("[clocks]")[0])
        + '\n[clocks]\nlists = "5 days after signature"\nanswers = "7 days after lists"\n',
        "utf-8",
    )
    happened = ("--happened", "signature=2025-05-10T00:00Z", "--happened", "lists=2025-05-12T12:00Z")
    ran = homeward("list", "overdue", terms, *happened, "--now", "2025-05-21T12:00+00:00")
    assert ran.code == 1, ran
    assert ran.out.splitlines() == [
        "answers: OVERDUE by 2 days (due 2025-05-19 12:00 UTC)",
        "lists: in time (due 2025-05-15 00:00, done 2025-05-12 12:00 UTC)",
    ]
    early = homeward("list", "overdue", terms, *happened, "--now", "2025-05-13T00:00Z", "--json")
    assert (early.code, early.json["overdue"]) == (0, [])
    assert "takes a moment with its offset" in refused(homeward("list", "overdue", terms, "--happened", "lists=2025-05-12"), 64)
    assert "no clock or event called x" in refused(homeward("list", "overdue", terms, "--happened", "x=2025-05-12T00:00Z"), 64)
