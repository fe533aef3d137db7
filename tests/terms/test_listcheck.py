"""A list against the terms: what passes, what fails, what is open, and who."""

from __future__ import annotations

from datetime import date

import pytest

from homeward.people.dates import PartialDate
from homeward.people.person import Absence, Person
from homeward.terms import check_list, load
from homeward.terms.sentences import SENTENCES
from tests.terms.material import AGREEMENTS, person, small

ON = date(2025, 5, 23)


def soldiers(count: int, start: int = 1, **values: str) -> list[Person]:
    return [
        person(f"P{number}", **{"status": "military", "medical": "well", **values}) for number in range(start, start + count)
    ]


def verdicts(terms_body: str, people: list[Person], *, final: bool = False) -> dict[str, tuple[str, tuple[str, ...], str]]:
    check = check_list(small(terms_body), "home-A", people, on=ON, final=final)
    return {result.clause: (result.verdict, result.people, result.sentence()) for result in check.results}


NEED_TEN = '[[terms]]\nid = "T"\nkind = "count"\ngroup = "soldier"\nsides = ["home-A", "home-B"]\nequals = 10\n'


def test_too_few_are_told_with_both_numbers() -> None:
    assert verdicts(NEED_TEN, soldiers(8))["T"] == ("fail", (), "too few in the group 'soldier': 8, the terms need 10")


def test_a_pool_may_be_larger_than_the_need_and_a_final_list_may_not() -> None:
    assert verdicts(NEED_TEN, soldiers(12))["T"][0] == "pass"
    verdict, people, sentence = verdicts(NEED_TEN, soldiers(12), final=True)["T"]
    assert (verdict, len(people)) == ("fail", 12)
    assert sentence == "too many in the group 'soldier': 12, the terms allow 10"


def test_a_lower_limit_in_each_stage_needs_as_many_times_more() -> None:
    body = NEED_TEN.replace("equals = 10", 'min = 5\nover = "each stage"')
    assert verdicts(body, soldiers(9))["T"][0] == "fail"
    assert verdicts(body, soldiers(10))["T"][0] == "pass"


def test_unknown_withheld_and_blank_leave_it_open_and_are_told_apart() -> None:
    open_rows = [person("U", status=Absence.UNKNOWN), person("W", status=Absence.WITHHELD), person("B")]
    verdict, people, sentence = verdicts(NEED_TEN, soldiers(8) + open_rows)["T"]
    assert (verdict, people) == ("undecided", ("U", "W", "B"))
    assert "(status: 1 unknown, 1 withheld, 1 not given)" in sentence


def test_released_dead_and_unwilling_people_are_named_by_id_and_not_counted() -> None:
    gone = [person(f"G-{state}", status="military", state=state) for state in ("released", "dead", "refused")]
    found = verdicts(NEED_TEN, soldiers(8) + gone)
    assert found["T"][0] == "fail"
    assert found["released"] == ("fail", ("G-released",), "already released: 1")
    assert found["dead"][1] == ("G-dead",)
    assert found["refused"][1] == ("G-refused",)


def test_nobody_of_a_barred_group_may_be_on_the_list() -> None:
    body = '[[terms]]\nid = "T"\nkind = "count"\ngroup = "civilian"\nmax = 0\n'
    rows = [*soldiers(2), person("C", status="civilian"), person("O")]
    check = check_list(small(body), "home-A", rows, on=ON)
    assert [(result.verdict, result.people) for result in check.of("T")] == [("fail", ("C",)), ("undecided", ("O",))]


def test_people_over_the_age_limit_are_told_with_the_reference_day() -> None:
    body = '[reference]\ndate = 2025-06-02\n[[terms]]\nid = "T"\nkind = "all"\ngroup = "young"\n'
    rows = [
        person("young", birth_date=date(1999, 6, 3)),
        person("old", birth_date=date(1999, 6, 2)),
        person("year-only-old", birth_date=PartialDate(1990)),
        person("year-only-open", birth_date=PartialDate(1999)),
    ]
    check = check_list(small(body), "home-A", rows, on=ON)
    over, open_rows = check.of("covered")
    assert (over.verdict, over.people) == ("fail", ("old", "year-only-old"))
    assert over.sentence() == "outside the agreed groups by age on the reference day (2025-06-02): 2"
    assert (open_rows.verdict, open_rows.people) == ("undecided", ("year-only-open",))
    assert "age: 1 with a part missing" in open_rows.sentence()


def test_rows_outside_every_group_are_told_with_the_fact_that_decides() -> None:
    rows = [*soldiers(10), *(person(f"C{number}", status="civilian") for number in range(14))]
    (outside,) = check_list(small(NEED_TEN), "home-A", rows, on=ON).of("covered")
    assert (outside.verdict, len(outside.people)) == ("fail", 14)
    assert outside.sentence() == "outside the agreed groups by 'status': 14"


def test_a_category_that_the_rows_own_facts_contradict_is_a_wrong_claim() -> None:
    rows = [
        person("right", status="military", category="Soldier"),
        person("wrong", status="civilian", category="soldier"),
        person("open", category="soldier"),
        person("foreign", status="civilian", category="something else"),
    ]
    wrong, unsettled = check_list(small(NEED_TEN), "home-A", rows, on=ON).of("claims")
    assert (wrong.verdict, wrong.people) == ("fail", ("wrong",))
    assert (unsettled.verdict, unsettled.people) == ("undecided", ("open",))


def test_named_people_must_be_on_the_list_of_their_side() -> None:
    body = '[[terms]]\nid = "T"\nkind = "named"\nsides = ["home-A", "home-B"]\npeople = ["P1", "P9"]\nin_return = ["Q1"]\n'
    terms = small(body)
    (missing,) = check_list(terms, "home-A", soldiers(3), on=ON).of("T")
    assert (missing.verdict, missing.people) == ("fail", ("P9",))
    (returned,) = check_list(terms, "home-B", [person("Q1")], on=ON).of("T")
    assert returned.verdict == "pass"
    (gone,) = check_list(terms, "home-B", [person("Q1", state="dead")], on=ON).of("T")
    assert (gone.verdict, gone.people) == ("fail", ("Q1",))


def test_named_people_without_a_side_may_be_on_another_list() -> None:
    assert verdicts('[[terms]]\nid = "T"\nkind = "named"\npeople = ["P1", "P9"]\n', soldiers(3))["T"][:2] == (
        "undecided",
        ("P9",),
    )


def test_a_family_mark_that_is_withheld_leaves_together_open() -> None:
    rows = [person("W", family=Absence.WITHHELD), person("B"), person("F", family="f1")]
    assert verdicts('[[terms]]\nid = "T"\nkind = "together"\nby = "family"\n', rows)["T"][:2] == ("undecided", ("W",))


def test_a_clause_between_two_sides_waits_for_both_lists() -> None:
    body = '[[terms]]\nid = "T"\nkind = "parity"\ngroups = ["soldier", "civilian"]\nsides = ["home-A", "home-B"]\n'
    check = check_list(small(body), "home-A", [*soldiers(2), person("R", status="retained")], on=ON)
    assert [(result.code, result.people) for result in check.of("T")] == [
        ("no group", ("R",)),
        ("needs both", ()),
        ("needs both", ()),
    ]


def test_every_holder_must_have_enough_and_an_unsaid_holder_leaves_it_open() -> None:
    ankara = next(load(path) for path in AGREEMENTS if path.stem == "ankara-2024")
    rows = [person(f"P{number}", birth_date=date(1980, 1, 1)) for number in range(8)]
    holders = {
        f"P{number}": {"holder": holder} for number, holder in enumerate(("US", "DE", "PL", "SI", "US", "US", "DE", "PL"))
    }
    (short,) = check_list(ankara, "to-east", rows, more=holders).of("M4")
    assert (short.verdict, short.sentence()) == ("fail", "too few people for NO: 0, the terms need 1")
    assert {result.verdict for result in check_list(ankara, "to-east", rows).of("M4")} == {"undecided"}


def test_a_short_pool_an_exclusion_and_a_shared_id_are_told() -> None:
    body = NEED_TEN + '[pools.home-A]\nat_least = 300\n[[exclusions]]\nid = "E"\nground = "not-identified"\n'
    found = verdicts(body, [*soldiers(10), *soldiers(1), person("M", status="military", state="missing")])
    assert found["pool"][2] == "the list must hold at least 300 and holds 12"
    assert found["E"][:2] == ("fail", ("M",))
    assert found["same id"][1] == ("P1",)


def test_living_people_do_not_belong_on_a_list_of_remains() -> None:
    june = next(load(path) for path in AGREEMENTS if path.stem == "istanbul-2025-06-02")
    check = check_list(june, "remains-UA", [person("D", state="dead"), person("L", state="confirmed")])
    assert [(result.clause, result.people) for result in check.fails] == [("alive", ("L",))]


def test_without_any_day_ages_are_open_and_it_is_said() -> None:
    korea = next(load(path) for path in AGREEMENTS if path.stem == "key-2023-11")
    check = check_list(korea, "home-X", [person("P1", birth_date=date(2010, 1, 1), sex="M")])
    assert check.of("reference day")[0].verdict == "undecided"


def test_remarks_are_gathered_by_person() -> None:
    rows = [*soldiers(10), person("C", status="civilian", state="released")]
    check = check_list(small(NEED_TEN), "home-A", rows, on=ON)
    assert {one: [result.clause for result in results] for one, results in check.by_person().items()} == {"C": ["released"]}
    assert not check.within_terms


def test_the_order_of_rows_changes_no_verdict() -> None:
    rows = [*soldiers(9), person("U", status=Absence.UNKNOWN), person("C", status="civilian", category="soldier")]
    terms = small(NEED_TEN)
    one = check_list(terms, "home-A", rows, on=ON).results
    two = check_list(terms, "home-A", rows[::-1], on=ON).results
    assert [(a.clause, a.verdict, sorted(a.people), a.values) for a in one] == [
        (a.clause, a.verdict, sorted(a.people), a.values) for a in two
    ]


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_can_be_said_in_both_languages(code: str) -> None:
    from string import Formatter

    english, ukrainian = SENTENCES[code]
    fields = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (english, ukrainian)]
    assert fields[0] == fields[1]
    assert english != ukrainian


def test_no_sentence_names_a_person() -> None:
    rows = [person("P1", surname="Вигаданий", given_names="Юнак", status="civilian", state="released", category="soldier")]
    check = check_list(small(NEED_TEN), "home-A", rows, on=ON)
    said = " ".join(result.sentence(language) for result in check.results for language in ("en", "uk"))
    assert "Вигаданий" not in said
    assert "Юнак" not in said
