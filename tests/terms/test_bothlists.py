"""Clauses between sides, with all lists there."""

from __future__ import annotations

from datetime import date

from homeward.people.person import Absence, Person
from homeward.terms import check_lists
from tests.terms.material import person, small

ON = date(2025, 5, 23)
PARITY = '[[terms]]\nid = "P"\nkind = "parity"\ngroup = "soldier"\nsides = ["home-A", "home-B"]\ntolerance = {tolerance}\n'
ALL = '[[terms]]\nid = "A"\nkind = "all"\ngroup = "soldier"\nsides = ["home-A"]\n'


def rows(count: int, prefix: str, **values: str | Absence) -> list[Person]:
    return [person(f"{prefix}{number}", **{"status": "military", **values}) for number in range(count)]


def verdicts(body: str, first: list[Person], second: list[Person], *, final: bool = False) -> list[tuple[str, str, str]]:
    results = check_lists(small(body), {"home-A": first, "home-B": second}, on=ON, final=final)
    return [(result.clause, result.verdict, result.sentence()) for result in results]


def test_parity_fails_when_one_side_must_send_more_than_the_other_has() -> None:
    ((clause, verdict, sentence),) = verdicts(ALL + PARITY.format(tolerance=2), rows(10, "A"), rows(7, "B"))
    assert (clause, verdict) == ("P", "fail")
    assert sentence.endswith("'home-A' must send at least 10, 'home-B' can give at most 7")


def test_parity_passes_within_the_tolerance() -> None:
    assert verdicts(ALL + PARITY.format(tolerance=3), rows(10, "A"), rows(7, "B"))[0][1] == "pass"
    assert verdicts(PARITY.format(tolerance=0), rows(10, "A"), rows(7, "B"))[0][1] == "pass", "the larger side may send fewer"


def test_a_balance_that_ends_before_the_last_stage_binds_no_total() -> None:
    body = ALL + PARITY.format(tolerance=0) + 'over = "after every stage but the last"\n'
    assert verdicts(body, rows(10, "A"), rows(1, "B"))[0][1] == "pass"


def test_a_tolerance_in_each_stage_adds_up() -> None:
    body = ALL + PARITY.format(tolerance=2) + 'over = "each stage"\n'
    assert verdicts(body, rows(10, "A"), rows(6, "B"))[0][1] == "pass"
    assert verdicts(body, rows(10, "A"), rows(5, "B"))[0][1] == "fail"


def test_a_final_list_sends_everybody() -> None:
    assert verdicts(PARITY.format(tolerance=0), rows(10, "A"), rows(7, "B"), final=True)[0][1] == "fail"
    assert verdicts(PARITY.format(tolerance=0), rows(7, "A"), rows(7, "B"), final=True)[0][1] == "pass"


def test_what_is_not_known_leaves_parity_open() -> None:
    second = rows(7, "B") + rows(3, "U", status=Absence.WITHHELD)
    assert verdicts(ALL + PARITY.format(tolerance=0), rows(10, "A"), second)[0][1] == "undecided"


def test_an_upper_limit_of_the_other_side_counts() -> None:
    cap = '[[terms]]\nid = "C"\nkind = "count"\ngroup = "soldier"\nsides = ["home-B"]\nmax = 5\n'
    assert verdicts(ALL + cap + PARITY.format(tolerance=0), rows(10, "A"), rows(50, "B"))[0][1] == "fail"


def test_an_exact_number_in_one_stage_is_also_needed_by_the_end() -> None:
    body = '[[terms]]\nid = "D"\nkind = "count"\ngroup = "soldier"\nsides = ["home-A"]\nover = "one"\nequals = 9\n'
    assert verdicts(body + PARITY.format(tolerance=0), rows(10, "A"), rows(7, "B"))[0][1] == "fail"
    assert verdicts(body + PARITY.format(tolerance=2), rows(10, "A"), rows(7, "B"))[0][1] == "pass"


def test_a_joint_upper_limit_takes_any_lists() -> None:
    body = '[[terms]]\nid = "J"\nkind = "count"\nsides = ["home-A+home-B"]\nmax = 4\n'
    assert verdicts(body, rows(6, "A"), rows(5, "B"))[0][1:] == ("pass", "the plan takes at most 4 people; the list has 11")


def test_a_key_needs_enough_on_the_second_side() -> None:
    body = ALL + '[[terms]]\nid = "R"\nkind = "ratio"\nsides = ["home-A", "home-B"]\nkey = { soldier = 30 }\n'
    assert verdicts(body, rows(2, "A"), rows(59, "B"))[0][1] == "fail"
    assert verdicts(body, rows(2, "A"), rows(60, "B"))[0][1] == "pass"


def test_equivalents_are_weighed_not_counted() -> None:
    table = '[weights.w]\nfield = "rank"\nprivate = 1\ncolonel = 15\n'
    body = table + ALL + PARITY.format(tolerance=0) + 'weights = "w"\n'
    colonel = [person("A0", status="military", rank="colonel")]
    assert verdicts(body, colonel, rows(14, "B", rank="private"))[0][1] == "fail"
    assert verdicts(body, colonel, rows(15, "B", rank="private"))[0][1] == "pass"


def test_a_joint_lower_limit_counts_both_lists() -> None:
    body = '[[terms]]\nid = "J"\nkind = "count"\nsides = ["home-A+home-B"]\nmin = 12\n'
    assert verdicts(body, rows(6, "A"), rows(5, "B"))[0][1] == "fail"
    assert verdicts(body, rows(6, "A"), rows(6, "B"))[0][1] == "pass"


def test_a_missing_list_leaves_the_clause_open() -> None:
    (result,) = check_lists(small(PARITY.format(tolerance=0)), {"home-A": rows(3, "A")}, on=ON)
    assert (result.verdict, result.sentence()) == ("undecided", "the list of the side 'home-B' is not there yet")
