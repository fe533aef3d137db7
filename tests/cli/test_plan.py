"""`homeward plan`: from terms and lists to a folder that proves, explains, checks and changes itself."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from homeward.cli import plan_writing
from tests.cli.lists_world import World, world
from tests.cli.running import homeward, refused


@pytest.fixture(scope="module")
def made() -> World:
    return world(24)


@pytest.fixture(scope="module")
def plan(made: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plans") / "plan"
    ran = homeward("plan", made.terms, *made.lists, "-o", folder, "--seed", "drawn")
    assert ran.code == 0, ran
    return folder


def said(folder: Path) -> Any:
    return json.loads((folder / "plan.json").read_text("utf-8"))


def column(path: Path, number: int) -> list[Any]:
    return [row[number] for row in load_workbook(path).worksheets[0].iter_rows(min_row=2, values_only=True)]


def test_the_folder_holds_every_promised_file_and_each_stage_as_workbook_and_json(plan: Path) -> None:
    names = {path.name for path in plan.iterdir()}
    stages = {f"stage-day{day}.{ending}" for day in (1, 2, 3) for ending in ("xlsx", "json")}
    assert names == stages | {
        "plan.json",
        "people.json",
        "terms.toml",
        "reserves.xlsx",
        "reasons.xlsx",
        "proof.txt",
        "plan.html",
    }


def test_everybody_on_the_lists_goes_once_or_stays(plan: Path, made: World) -> None:
    found = said(plan)
    going = [person for stage in found["stages"] for ids in stage["going"].values() for person in ids]
    left = [person for ids in found["left_out"].values() for person in ids]
    assert len(set(going + left)) == len(going + left) == sum(used["people"] for used in found["lists"])
    assert [sum(len(ids) for ids in stage["going"].values()) for stage in found["stages"]] == [18, 14, 16]


def test_the_stage_workbooks_name_exactly_those_who_go_each_with_a_seat_of_its_own(plan: Path) -> None:
    for stage in said(plan)["stages"]:
        path = plan / f"stage-{stage['id']}.xlsx"
        assert sorted(column(path, 0)) == sorted(person for ids in stage["going"].values() for person in ids)
        places = list(zip(column(path, 1), column(path, 2), column(path, 3), strict=True))
        assert all(vehicle and seat for _, vehicle, seat in places)
        assert len(set(places)) == len(places)


def test_the_workbooks_speak_either_language(plan: Path, made: World, tmp_path: Path) -> None:
    ran = homeward("plan", made.terms, *made.lists, "-o", tmp_path / "p", "--seed", "drawn", "--language", "uk", "--no-reasons")
    assert ran.code == 0
    for folder, heading, words in ((plan, "Sex", {"female", "male"}), (tmp_path / "p", "Стать", {"жіноча", "чоловіча"})):
        path = folder / "stage-day1.xlsx"
        headings = [cell.value for cell in load_workbook(path).worksheets[0][1]]
        assert {word for word in column(path, headings.index(heading)) if word} == words
    assert homeward("plan", "check", tmp_path / "p").code == 0


def test_reasons_cover_everybody_who_does_not_go_first_in_both_languages(plan: Path) -> None:
    found = said(plan)
    first = {person for ids in found["stages"][0]["going"].values() for person in ids}
    everybody = {person for stage in found["stages"] for ids in stage["going"].values() for person in ids}
    everybody |= {person for ids in found["left_out"].values() for person in ids}
    path = plan / "reasons.xlsx"
    assert set(column(path, 0)) == everybody - first
    assert all(
        english.endswith(".") and ukrainian.endswith(".")
        for english, ukrainian in zip(column(path, 4), column(path, 5), strict=True)
    )


def test_the_reserves_name_who_stands_in_and_in_which_order(plan: Path) -> None:
    rows = list(load_workbook(plan / "reserves.xlsx").worksheets[0].iter_rows(min_row=2, max_col=4, values_only=True))
    wanted = [
        (person, side, stage["id"], number)
        for stage in said(plan)["stages"]
        for side, ids in stage["reserves"].items()
        for number, person in enumerate(ids, start=1)
    ]
    assert rows == wanted
    assert wanted


def test_no_name_of_anybody_stands_in_any_file_of_the_plan(plan: Path, made: World) -> None:
    texts = [path.read_text("utf-8") for path in plan.iterdir() if path.suffix in {".json", ".txt"}]
    for path in plan.glob("*.xlsx"):
        texts += [str(cell) for row in load_workbook(path).worksheets[0].iter_rows(values_only=True) for cell in row if cell]
    told = "\n".join(texts).casefold()
    assert not [name for name in made.names() if len(name) > 4 and name.casefold() in told]


def test_the_proof_says_that_no_plan_is_better_and_names_what_it_was_made_from(plan: Path, made: World) -> None:
    proof = (plan / "proof.txt").read_text("utf-8")
    assert "Proven: no plan within the terms is better." in proof
    assert "Seed of the draw: drawn" in proof
    for path in (made.terms, made.held("UA"), made.held("RU")):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in proof


def test_the_same_lists_and_seed_give_the_same_plan_to_the_byte(plan: Path, made: World, tmp_path: Path) -> None:
    order = [*made.lists[2:], *made.lists[:2]]
    assert homeward("plan", "make", made.terms, *order, "-o", tmp_path / "again", "--seed", "drawn").code == 0
    for path in plan.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes(), path.name


def test_a_side_may_be_named_by_itself_or_by_the_party_that_holds_its_people(plan: Path, made: World, tmp_path: Path) -> None:
    lists = ("--list", f"home-UA={made.held('RU')}", "--list", f"home-RU={made.held('UA')}")
    ran = homeward("plan", made.terms, *lists, "-o", tmp_path / "p", "--seed", "drawn", "--no-reasons", "--json")
    assert ran.json["optimal"] is True
    assert said(tmp_path / "p") == said(plan)


def test_ids_that_stand_in_two_lists_get_their_side_before_them(tmp_path: Path) -> None:
    for holder in ("UA", "RU"):
        rows = "".join(f"{number};Вигаданий{number};Іван;1990-01-0{number};військовий\n" for number in range(1, 5))
        (tmp_path / f"{holder}.csv").write_text("id;Прізвище;Ім'я;Дата народження;Статус\n" + rows, "utf-8")
    terms = tmp_path / "terms.toml"
    terms.write_text(_two_for_two(), "utf-8")
    lists = ("--list", f"A={tmp_path / 'UA.csv'}", "--list", f"B={tmp_path / 'RU.csv'}")
    ran = homeward("plan", terms, *lists, "-o", tmp_path / "p")
    assert ran.code == 0, ran
    going = said(tmp_path / "p")["stages"][0]["going"]
    assert all(person.startswith(f"{side}:") for side, ids in going.items() for person in ids)
    assert [len(ids) for ids in going.values()] == [2, 2]
    left = said(tmp_path / "p")["left_out"]["home-A"][0]
    assert homeward("plan", "why", left, "--plan", tmp_path / "p").code == 0
    line = refused(homeward("plan", "why", left.partition(":")[2], "--plan", tmp_path / "p"), 3)
    assert f"stands in several lists; say which: {left}, {left.replace('home-A', 'home-B')}" in line


def test_people_are_left_out_by_answers_and_by_ids_and_the_reason_is_told(made: World, tmp_path: Path) -> None:
    answers = [
        {"entry": "UA-0001", "code": "DECEASED", "carries": {"date": {"absent": "unknown"}}},
        {"entry": "UA-0002", "code": "ACKNOWLEDGED_HELD"},
    ]
    table = {"schema": "homeward-answers/1", "kind": "OFFER", "answers": answers}
    (tmp_path / "answers.json").write_text(json.dumps(table))
    (tmp_path / "out.txt").write_text("# by agreement\nRU-0003\n")
    exclude = ("--exclude", f"UA={tmp_path / 'answers.json'}", "--exclude", tmp_path / "out.txt")
    folder = tmp_path / "p"
    assert homeward("plan", made.terms, *made.lists, *exclude, "-o", folder, "--seed", "x").code == 0
    assert said(folder)["excluded"] == {"RU-0003": "out.txt: left out", "UA-0001": "answers.json: DECEASED"}
    ran = homeward("plan", "why", "UA-0001", "--plan", folder)
    assert ran.out.strip() == "UA-0001 does not go: left out before the plan was made (answers.json: DECEASED)."
    (tmp_path / "out.txt").write_text("NOBODY-1\n")
    line = refused(homeward("plan", made.terms, *made.lists, *exclude, "-o", tmp_path / "q", "--seed", "x"), 3)
    assert "out.txt: the id NOBODY-1 stands in none of the lists" in line


def test_contradicting_terms_end_with_1_and_name_the_clauses_and_the_cheapest_way_out(made: World, tmp_path: Path) -> None:
    terms = tmp_path / "terms.toml"
    terms.write_text(made.terms.read_text("utf-8").replace("equals = 24", "equals = 25"), "utf-8")
    ran = homeward("plan", terms, *made.lists, "-o", tmp_path / "p", "--seed", "x")
    assert ran.code == 1
    assert ran.out.splitlines()[0].startswith("Impossible: with these people these clauses contradict each other.")
    assert "Ways out, cheapest first:" in ran.out
    assert not (tmp_path / "p").exists()
    found = homeward("plan", terms, *made.lists, "-o", tmp_path / "p", "--seed", "x", "--json")
    assert found.code == 1
    assert found.json["possible"] is False
    assert "T1" in [clause["id"] for clause in found.json["clauses"]]
    costs = [way["cost"] for way in found.json["relaxations"]]
    assert costs == sorted(costs)
    assert costs


def test_when_unknown_facts_make_terms_impossible_it_says_which_facts_of_how_many_people(tmp_path: Path) -> None:
    for party in ("A", "B"):
        rows = [f"{party}{at};Вигаданець{at};Остап;1{at}.03.1980;{'військовий' if at < 4 else ''}" for at in range(6)]
        (tmp_path / f"{party}.csv").write_text("id;Прізвище;Ім'я;Дата народження;Статус\n" + "\n".join(rows), "utf-8")
    terms = tmp_path / "terms.toml"
    wanted = '[[terms]]\nid = "T2"\nkind = "count"\nsides = ["home-A"]\ngroup = "all"\nequals = 6\n'
    terms.write_text(_two_for_two().replace("equals = 2", "max = 5") + wanted, "utf-8")
    lists = ("--list", f"A={tmp_path / 'A.csv'}", "--list", f"B={tmp_path / 'B.csv'}")
    ran = homeward("plan", terms, *lists, "-o", tmp_path / "p", "--json")
    assert ran.code == 1
    assert ran.json["not_known"] == [{"clause": "T1", "group": "soldier", "people": 4, "facts": ["status"]}]
    text = homeward("plan", terms, *lists, "-o", tmp_path / "p").out
    assert (
        "Not known of 4 people, and T1 has to hold whatever it turns out to be: are they of “soldier”? Missing: status." in text
    )


def test_why_gives_one_sentence_in_either_language_and_as_data(plan: Path) -> None:
    person = said(plan)["left_out"]["home-UA"][0]
    english, ukrainian = (
        homeward("plan", "why", person, "--plan", plan),
        homeward("plan", "why", person, "--plan", plan, "--language", "uk"),
    )
    found = homeward("plan", "why", person, "--plan", plan, "--json").json
    assert (english.out.strip(), ukrainian.out.strip()) == (found["en"], found["uk"])
    assert found["stage"] is None
    assert english.out.startswith(f"{person} does not go")
    assert "the plan knows nobody with the id p-none" in refused(homeward("plan", "why", "p-none", "--plan", plan), 3)


def test_a_sound_plan_passes_its_check_against_the_lists_and_made_again(plan: Path, made: World) -> None:
    ran = homeward("plan", "check", plan, *made.lists, "--recompute", "--json")
    assert (ran.code, ran.json["violations"]) == (0, [])


def test_the_check_finds_a_swapped_person_a_changed_workbook_and_a_changed_list(
    plan: Path, made: World, tmp_path: Path
) -> None:
    copy = tmp_path / "plan"
    copy.mkdir()
    for path in plan.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    book = load_workbook(copy / "stage-day1.xlsx")
    gone = book.worksheets[0]["A2"].value
    book.worksheets[0]["A2"].value = "p-stranger"
    book.save(copy / "stage-day1.xlsx")
    found = said(copy)
    moved = found["stages"][1]["going"]["home-UA"].pop()
    found["stages"][2]["going"]["home-UA"].append(moved)
    (copy / "plan.json").write_text(json.dumps(found), "utf-8")
    ran = homeward(
        "plan", "check", copy, "--list", f"UA={made.held('RU')}", "--list", f"RU={made.held('UA')}", "--recompute", "--json"
    )
    assert ran.code == 1
    sentences = [each["en"] for each in ran.json["violations"]]
    assert "stage-day1.xlsx names people whom plan.json does not: p-stranger" in sentences
    assert f"stage-day1.xlsx does not name people whom plan.json does: {gone}" in sentences
    assert (
        "stage-day1.xlsx називає людей, яких немає в plan.json: p-stranger"
        in homeward("plan", "check", copy, "--language", "uk").out
    )
    assert "stage day2: the plan made again has other people on side home-UA" in sentences
    assert any(each["where"] == "T4" for each in ran.json["violations"])
    assert any("have other facts on the lists" in sentence or "stand on the lists" in sentence for sentence in sentences)


def test_facts_or_terms_changed_under_a_plan_are_noticed(plan: Path, tmp_path: Path) -> None:
    for name in ("people.json", "terms.toml"):
        copy = tmp_path / name.partition(".")[0]
        copy.mkdir()
        for path in plan.iterdir():
            (copy / path.name).write_bytes(path.read_bytes())
        (copy / name).write_bytes((copy / name).read_bytes() + b"\n")
        line = refused(homeward("plan", "check", copy), 3)
        assert f"{name} is not the file that the plan was made from" in line


def test_a_refusal_on_the_day_is_replaced_from_the_reserve_or_the_shortfall_is_named(plan: Path, tmp_path: Path) -> None:
    first = said(plan)["stages"][0]["going"]["home-RU"][0]
    folder = tmp_path / "after"
    ran = homeward("plan", "replan", plan, "--stage", "day1", "--incident", f"{first}=refused", "-o", folder, "--json")
    changed = {each["person"]: each["after"] for each in ran.json["changes"]}
    assert changed[first] is None
    assert ran.code == (1 if ran.json["shortfalls"] else 0)
    check = homeward("plan", "check", folder, "--json")
    assert check.code == ran.code, check
    assert {clause["clause"] for clause in ran.json["shortfalls"]} == {each["where"] for each in check.json["violations"]}
    assert homeward("plan", "why", first, "--plan", folder).out.strip() == f"{first} does not go: refused in stage day1."
    assert set(column(folder / "changes.xlsx", 0)) == set(changed)


def test_a_changed_plan_can_be_changed_again_and_remembers_who_is_out(plan: Path, tmp_path: Path) -> None:
    one, two = said(plan)["stages"][0]["going"]["home-RU"][:2]
    later = said(plan)["stages"][1]["going"]["home-UA"][0]
    steps = [("day1", one, "refused"), ("day1", two, "absent"), ("day2", later, "dead")]
    folder = plan
    for number, (stage, person, kind) in enumerate(steps):
        target = tmp_path / f"after-{number}"
        ran = homeward("plan", "replan", folder, "--stage", stage, "--incident", f"{person}={kind}", "-o", target)
        assert ran.code in {0, 1}, ran
        folder = target
    found = said(folder)
    going = {person for stage in found["stages"] for ids in stage["going"].values() for person in ids}
    assert not going & {one, later}
    assert two not in {person for ids in found["stages"][0]["going"].values() for person in ids}
    assert [each["person"] for each in found["incidents"]] == [one, two, later]
    line = refused(homeward("plan", "replan", folder, "--stage", "day1", "--incident", f"{two}=dead", "-o", tmp_path / "x"), 64)
    assert "has been changed for stage day2 already" in line


def test_with_a_short_bus_the_last_wait_and_the_seats_are_remembered(plan: Path, tmp_path: Path) -> None:
    first, *_ = said(plan)["stages"][0]["going"]["home-RU"]
    ran = homeward("plan", "replan", plan, "--stage", "day1", "--seats", "UA=6", "-o", tmp_path / "one", "--json")
    assert ran.code in {0, 1}, ran
    going = said(tmp_path / "one")["stages"][0]["going"]["home-RU"]
    assert len(going) <= 6
    assert len(ran.json["unseated"]) == len(said(plan)["stages"][0]["going"]["home-RU"]) - len(going)
    waits = next(person for person in ran.json["unseated"] if person in said(tmp_path / "one")["left_out"]["home-RU"])
    told = homeward("plan", "why", waits, "--plan", tmp_path / "one").out
    assert "no seat left in the vehicles in stage day1" in told
    again = ("plan", "replan", tmp_path / "one", "--stage", "day1", "--incident", f"{first}=refused", "-o", tmp_path / "two")
    assert homeward(*again).code in {0, 1}
    assert len(said(tmp_path / "two")["stages"][0]["going"]["home-RU"]) <= 6
    assert said(tmp_path / "two")["seats"] == {"day1": {"home-RU": 6}}
    for wrong, words in (((), "give --incident or --seats"), (("--seats", "UA=few"), "SIDE=NUMBER"), (("--seats", "X=3"), "X")):
        line = refused(homeward("plan", "replan", plan, "--stage", "day1", *wrong, "-o", tmp_path / "x"), 64)
        assert words in line


def test_nobody_is_on_a_manifest_without_the_outcome_of_an_interview(plan: Path, made: World, tmp_path: Path) -> None:
    found = said(plan)
    going = [person for stage in found["stages"] for ids in stage["going"].values() for person in ids]
    everybody = going + [person for ids in found["left_out"].values() for person in ids]
    unwilling, unasked, excused = going[:3]
    outcome = dict.fromkeys(everybody, "wishes_to_go,") | {
        unwilling: "refuses,",
        excused: "not_held,no_neutral_reached_the_camp",
    }
    del outcome[unasked]
    file = tmp_path / "interviews.csv"
    file.write_text("id,outcome,reason\n" + "".join(f"{person},{text}\n" for person, text in outcome.items()), "utf-8")
    check = homeward("plan", "check", plan, "--interviews", file, "--json")
    assert check.code == 1
    told = {each["en"].rpartition("(")[2].rstrip(")") for each in check.json["violations"]}
    assert told == {unwilling, unasked}
    assert all("GC III 109" in each["uk"] for each in check.json["violations"])
    ran = homeward("plan", made.terms, *made.lists, "-o", tmp_path / "p", "--seed", "drawn", "--interviews", file)
    assert ran.code in {0, 1}, ran
    relaxed = tmp_path / "terms.toml"
    relaxed.write_text(made.terms.read_text("utf-8").replace("equals = ", "max = "), "utf-8")
    ran = homeward("plan", relaxed, *made.lists, "-o", tmp_path / "q", "--seed", "drawn", "--interviews", file)
    assert ran.code == 0, ran
    assert said(tmp_path / "q")["excluded"] == {
        unasked: "interviews.csv: no outcome of a private interview",
        unwilling: "interviews.csv: refuses",
    }
    assert homeward("plan", "check", tmp_path / "q", "--interviews", file).code == 0
    for text, words in (
        ("id,outcome\nx,refuses\n", "nobody on the lists"),
        ("id,outcome\nx,maybe\n", "row 2"),
        ("a\n1\n", "columns"),
    ):
        file.write_text(text, "utf-8")
        assert words in refused(homeward("plan", "check", plan, "--interviews", file), 3)


def test_the_charts_stand_beside_the_plan_and_are_drawn_anew_for_a_changed_one(plan: Path, tmp_path: Path) -> None:
    page = (plan / "plan.html").read_text("utf-8")
    assert "No: proven" in page
    people = {person for stage in said(plan)["stages"] for ids in stage["going"].values() for person in ids}
    people |= {person for ids in said(plan)["left_out"].values() for person in ids}
    assert not [person for person in people if person in page]
    first = said(plan)["stages"][0]["going"]["home-RU"][0]
    after = tmp_path / "after"
    homeward("plan", "replan", plan, "--stage", "day1", "--incident", f"{first}=dead", "-o", after)
    assert not (after / "plan.html").exists()
    ran = homeward("plan", "charts", after, "--language", "uk", "--json")
    assert ran.json == {"page": str(after / "plan.html")}
    assert "Змінено в день обміну" in (after / "plan.html").read_text("utf-8")
    assert homeward("plan", "charts", after, "-o", tmp_path / "other.html").code == 0
    assert "Changed on the day" in (tmp_path / "other.html").read_text("utf-8")


def test_the_draw_is_the_hash_that_anybody_can_recompute() -> None:
    ran = homeward("plan", "draw", "istanbul-2025", "p-1", "p-2", "p-3", "--json")
    assert [each["id"] for each in ran.json["order"]] == ["p-2", "p-3", "p-1"]
    assert ran.json["order"][2]["draw"] == hashlib.sha256(b"istanbul-2025\0p-1").hexdigest()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--seed", "x"), "no list is given for home-UA, home-RU; their sides are home-UA (held by RU, received by UA)"),
        (("--seed", "x", "--list", "XX=a.csv"), "neither a side nor a holder called XX"),
        (("--seed", "x", "--list", "a.csv"), "--list takes NAME=FILE"),
        (("--seed", "x", "--list", "UA=a.csv", "--list", "home-RU=b.csv"), "two lists are given for side home-RU"),
        ((), "the terms fix no seed for the draw"),
    ],
)
def test_a_wrong_command_line_is_told_in_one_line(args: tuple[str, ...], words: str, made: World, tmp_path: Path) -> None:
    assert words in refused(homeward("plan", made.terms, "-o", tmp_path / "p", *args), 64)


def test_nothing_is_written_over_and_a_wrong_incident_is_told(plan: Path, made: World, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in plan.iterdir()}
    assert "is there already" in refused(homeward("plan", made.terms, *made.lists, "-o", plan, "--seed", "x"), 64)
    assert {path.name: path.read_bytes() for path in plan.iterdir()} == before
    ran = homeward("plan", "replan", plan, "--stage", "day1", "--incident", "RU-0001=late", "-o", tmp_path / "p")
    assert "WHAT is one of refused, dead, misidentified, absent, unfit" in refused(ran, 64)
    ran = homeward("plan", "replan", plan, "--stage", "day9", "--incident", "RU-0001=dead", "-o", tmp_path / "p")
    assert "their stages are day1, day2, day3" in refused(ran, 64)


def test_a_folder_that_is_no_plan_is_refused_with_what_is_missing(tmp_path: Path) -> None:
    assert "is no plan as homeward writes it (terms.toml is missing)" in refused(homeward("plan", "check", tmp_path), 3)


@pytest.mark.parametrize("trouble", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_when_writing_breaks_off_no_folder_appears(
    trouble: BaseException, made: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise trouble

    monkeypatch.setattr(plan_writing, "write_reserves", broken)
    ran = homeward("plan", made.terms, *made.lists, "-o", tmp_path / "p", "--seed", "x")
    refused(ran, 130 if trouble is KeyboardInterrupt else 4)
    assert list(tmp_path.iterdir()) == []


def test_members_of_blocs_bring_lists_of_their_own_and_a_column_says_who_receives(tmp_path: Path) -> None:
    terms = Path(__file__).parents[2] / "examples" / "terms" / "ankara-2024.toml"
    sizes = {"RU": 15, "BY": 3, "US": 3, "DE": 4, "PL": 1, "SI": 1, "NO": 1}
    lists: list[str] = []
    for party, size in sizes.items():
        rows = [
            f"{party}-{at};Вигаданець{at};Остап;1{at % 9}.03.1980;{('US' if at > 9 else 'DE') if party in {'RU', 'BY'} else ''}"
            for at in range(size)
        ]
        if party == "SI":
            rows += [f"SI-9{at};Вигаданець{at};Остап;1{at}.03.2015;" for at in range(2)]
        file = tmp_path / f"{party}.csv"
        file.write_text("id;Прізвище;Ім'я;Дата народження;receiver\n" + "\n".join(rows) + "\n", "utf-8")
        lists += ["--list", f"{party}={file}"]
    ran = homeward("plan", terms, *lists, "-o", tmp_path / "p", "--seed", "x")
    assert ran.code == 0, ran
    going = said(tmp_path / "p")["stages"][0]["going"]
    assert (len(going["to-west"]), len(going["to-east"])) == (16, 10)
    assert {person.partition("-")[0] for person in going["to-east"]} == {"US", "DE", "PL", "SI", "NO"}
    assert homeward("plan", "check", tmp_path / "p", *lists, "--recompute").code == 0
    file = tmp_path / "RU.csv"
    file.write_text(file.read_text("utf-8").replace(";DE", ";FR", 1), "utf-8")
    line = refused(homeward("plan", terms, *lists, "-o", tmp_path / "q", "--seed", "x"), 3)
    assert "RU.csv: the receiver of RU-0 is no party of west; write one of US, DE, PL, SI, NO" in line


def _two_for_two() -> str:
    return """schema = "exchange-terms/1"
title = "Two for two"
[parties]
A = "First party"
B = "Second party"
[sides.home-A]
from = "B"
to = "A"
[sides.home-B]
from = "A"
to = "B"
[[stages]]
id = "day"
[groups]
soldier = "status == 'military'"
[[terms]]
id = "T1"
kind = "count"
sides = ["home-A", "home-B"]
group = "soldier"
equals = 2
[tie]
seed = "fixed"
"""
