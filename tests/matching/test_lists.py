"""Matching whole lists: order, one-to-one, duplicates, competition, bad input, and floors on the development data."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from homeward.matching import Proposal, match, match_self
from homeward.matching.candidates import candidate_pairs
from homeward.matching.columns import Columns
from homeward.people.person import Claim, Field, Person
from tests.matching.people import person, read_csv

LEFT = [
    person("u1", "Вигаданенко | Микола | Петрович | 1987-03-14 | Харків | nco"),
    person("u2", "Щупальський | Володимир | Іванович | 1990-11-02 | Жнятино | private"),
    person("u3", "Щупальський | Володимир | Іванович | 1992-05-21 | Жнятино | private"),
    person("u4", "Рідкович | Олена | Сергіївна | 1979-01-30 | Полтава | captain"),
    person("u5", "Самотник | Тарас | Олегович | 1981-07-07 | Суми | major"),
]
RIGHT = [
    person("r1", "ЩУПАЛЬСКИЙ | ВЛАДИМИР | ИВАНОВИЧ | 1992-05-21 | |"),
    person("r2", "VYHADANENKO | NIKOLAI | | 1987-03-14 | Kharkov | nco"),
    person("r3", "ЕЛЕНА | РЕДКОВИЧ | СЕРГЕЕВНА | 1979-01-30 | ПОЛТАВА |"),
    person("r4", "ЩУПАЛЬСКИЙ | ВЛАДИМИР | | 1990-02-11 | Жнятино |"),
]
TRUE = {("u1", "r2"), ("u3", "r1"), ("u4", "r3"), ("u2", "r4")}


def pairs(found: list[Proposal]) -> set[tuple[str, str]]:
    return {(one.left_id, one.right_id) for one in found}


def shared() -> Path:
    import os

    root = Path(os.environ.get("HOMEWARD_SHARED", Path(__file__).parents[3] / "shared"))
    if not (root / "names" / "dev_left.csv").is_file():
        pytest.skip("the development lists are not on this machine (HOMEWARD_SHARED)")
    return root / "names"


def test_every_person_of_a_small_list_finds_its_record() -> None:
    assert pairs(match(LEFT, RIGHT)) == TRUE


def test_the_result_does_not_depend_on_the_order_of_rows() -> None:
    def table(found: list[Proposal]) -> dict[tuple[str, str], tuple[float, tuple[str, ...]]]:
        return {(p.left_id, p.right_id): (round(p.bits, 9), tuple(bar.code for bar in p.evidence)) for p in found}

    expected = table(match(LEFT, RIGHT))
    for seed in range(3):
        left, right = LEFT.copy(), RIGHT.copy()
        random.Random(seed).shuffle(left)
        random.Random(seed + 9).shuffle(right)
        assert table(match(left, right)) == expected


def test_one_to_one_uses_each_record_once_and_candidates_may_repeat() -> None:
    found = match(LEFT, RIGHT, at_least=0.0)
    assert len({p.left_id for p in found}) == len({p.right_id for p in found}) == len(found)
    wide = match(LEFT, RIGHT, one_to_one=False, at_least=0.0, top=3)
    assert {p.right_id for p in wide if p.left_id == "u2"} >= {"r1", "r4"}
    assert pairs(match(LEFT, RIGHT, one_to_one=False, at_least=0.0, top=1)) >= TRUE


def test_two_equal_candidates_share_the_probability() -> None:
    right = [
        person("r1", "ВЫГАДАНЕНКО | НИКОЛАЙ | ПЕТРОВИЧ | 1987-03-14"),
        person("r2", "ВЫГАДАНЕНКО | НИКОЛАЙ | ПЕТРОВИЧ | 1987-03-14"),
    ]
    found = match(LEFT, right, one_to_one=False, at_least=0.1, top=2)
    assert [p.right_id for p in found] == ["r1", "r2"]
    assert all(0.4 < p.probability <= 0.5 for p in found)
    assert {"others"} <= {bar.kind for bar in found[0].evidence}


def test_a_repeat_under_another_spelling_is_found_inside_one_list() -> None:
    people = [*LEFT, person("u6", "VYHADANENKO | MYKOLA | | 1987-03-14 | Kharkiv |")]
    assert pairs(match_self(people)) == {("u1", "u6")}


def test_namesakes_with_different_birth_dates_are_no_repeats() -> None:
    assert pairs(match_self(LEFT)) == set()


def test_the_left_of_a_repeat_stands_first_in_the_list() -> None:
    people = [
        person("z", "Вигаданенко | Микола | Петрович | 1987-03-14"),
        person("a", "Вигаданенко | Микола | Петрович | 1987-03-14"),
    ]
    assert pairs(match_self(people)) == {("z", "a")}


def test_empty_lists_and_people_without_names_give_no_proposal_and_no_error() -> None:
    nobody = [person(f"n{k}") for k in range(5)]
    assert match([], []) == match([], RIGHT) == match(LEFT, []) == []
    assert match(nobody, nobody) == []
    assert match_self(nobody) == []
    assert pairs(match([*LEFT, *nobody], [*RIGHT, *nobody])) == TRUE


def test_a_cell_of_ten_megabytes_and_strange_signs_do_no_harm() -> None:
    huge = person("h", "Я" * 10_000_000 + " | " + "\u202e\ufeff\x00" * 100 + " | 😀 | 1987-03-14")
    assert pairs(match([*LEFT, huge], [*RIGHT, huge], at_least=0.9)) >= {("u1", "r2"), ("u4", "r3")}


def test_a_thousand_equal_names_never_meet_each_other_all_at_once() -> None:
    crowd = Columns.of([person(f"c{k}", "Шевченко | Іван | Іванович") for k in range(1000)])
    assert len(candidate_pairs(crowd, crowd)[0]) < 50_000


def test_a_frequent_name_is_still_found_by_its_birth_date() -> None:
    def crowd(mark: str) -> list[Person]:
        return [
            person(f"{mark}{k}", f"Шевченко | Іван | Іванович | {1960 + k % 40}-{1 + k % 12:02}-{1 + k * 7 % 28:02}")
            for k in range(600)
        ]

    pairs_of = candidate_pairs(Columns.of(crowd("a")), Columns.of(crowd("b")))
    assert set(zip(range(600), range(600), strict=True)) <= set(zip(*(side.tolist() for side in pairs_of), strict=True))


def test_progress_tells_counts_and_no_names() -> None:
    heard: list[tuple[str, int, int]] = []
    match(LEFT, RIGHT, progress=lambda step, done, total: heard.append((step, done, total)))
    assert {step for step, _, _ in heard} == {"pairs"}
    assert heard[-1][1] == heard[-1][2]


@pytest.mark.parametrize("bad", [-0.1, 1.1])
def test_a_probability_outside_its_range_is_an_error_of_ours(bad: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        match(LEFT, RIGHT, at_least=bad)


def test_stated_absence_is_read_as_silence() -> None:
    from homeward.people.person import Absence

    quiet = Person("q", dict(LEFT[0].claims) | {Field.BIRTH_DATE: Claim("невідомо", Absence.UNKNOWN)})
    found = match([quiet], RIGHT, at_least=0.0)
    assert all(bar.kind != "birth_date" for p in found for bar in p.evidence)


def test_floors_on_a_sample_of_the_development_lists() -> None:
    import csv

    folder = shared()
    with (folder / "dev_truth.csv").open(encoding="utf-8", newline="") as file:
        partner = {row["id_left"]: row["id_right"] for row in csv.DictReader(file)}
    left, right = read_csv(folder / "dev_left.csv"), read_csv(folder / "dev_right.csv")
    left = left[3::8]
    partners = set(partner.values())
    wanted = {partner[p.id] for p in left if p.id in partner}
    strangers = [p for p in right if p.id not in partners]
    right = [p for p in right if p.id in wanted] + strangers[::8]
    truth = {(p.id, partner[p.id]) for p in left if p.id in partner}
    found = match(left, right)
    good = len(pairs(found) & truth)
    assert good / len(found) > 0.995, "precision"
    assert good / len(truth) > 0.985, "recall"
    sure = [p for p in found if p.probability >= 0.99]
    assert len(pairs(sure) & truth) / len(sure) > 0.995, "of the pairs shown as 99 % sure"
    assert abs(sum(p.probability for p in found) - good) / len(found) < 0.01, "said and true agree on the whole"
