"""The facts of a row: ages on the reference day, unknown and withheld told apart."""

from __future__ import annotations

from datetime import date

from homeward.people.dates import PartialDate
from homeward.people.person import Absence
from homeward.terms import absences_of, facts_of, facts_under, groups_of, parse
from tests.terms.material import HEAD, person, small


def test_age_is_reckoned_on_the_reference_day() -> None:
    row = person("P1", birth_date=date(1999, 6, 2))
    assert facts_of(row, date(2025, 6, 1))["age"] == 25
    assert facts_of(row, date(2025, 6, 2))["age"] == 26
    assert facts_of(row, None)["age"] is None


def test_a_missing_part_of_a_birth_date_leaves_a_range() -> None:
    facts = facts_of(person("P1", birth_date=PartialDate(1999)), date(2025, 6, 2))
    assert (facts["age"], facts["age_from"], facts["age_to"]) == (None, 25, 26)


def test_days_held_count_from_capture() -> None:
    assert facts_of(person("P1", captured_on=date(2025, 5, 2)), date(2025, 6, 2))["days_held"] == 31


def test_unknown_withheld_and_silent_are_one_to_a_condition_and_three_in_the_report() -> None:
    row = person("P1", medical=Absence.WITHHELD, sex=Absence.UNKNOWN, birth_date=PartialDate(1999))
    facts = facts_of(row, date(2025, 6, 2))
    assert facts["medical"] is None
    assert facts["sex"] is None
    assert facts["rank"] is None
    assert absences_of(row, ["age", "medical", "rank", "sex"]) == {
        "age": "partial", "medical": Absence.WITHHELD, "rank": None, "sex": Absence.UNKNOWN,
    }  # fmt: skip


def test_more_facts_are_added_and_the_side_gives_the_parties() -> None:
    facts = facts_under(small('[[terms]]\nid = "T"\nkind = "all"\n'), person("P1"), "home-A", on=date(2025, 5, 23))
    assert (facts["holder"], facts["receiver"]) == ("B", "A")


def test_a_group_may_reckon_ages_on_a_day_of_its_own() -> None:
    body = '[groups.then]\nwhere = "age <= 25"\non = 2025-01-01\n[groups.taken]\nwhere = "age <= 25"\non = "capture"\n'
    terms = parse((HEAD + body + '[[terms]]\nid = "T"\nkind = "all"\n').encode())
    row = person("P1", birth_date=date(1999, 3, 1), captured_on=date(2022, 4, 1))
    answers = groups_of(terms, facts_under(terms, row, "home-A", on=date(2025, 5, 23)))
    assert (answers["young"], answers["then"], answers["taken"]) == (False, True, True)


def test_the_day_of_capture_may_be_the_reference_day_of_all_groups() -> None:
    terms = small('[reference]\nday = "capture"\n[[terms]]\nid = "T"\nkind = "all"\n')
    row = person("P1", birth_date=date(1999, 3, 1), captured_on=date(2022, 4, 1))
    assert groups_of(terms, facts_under(terms, row, "home-A", on=date(2025, 5, 23)))["young"] is True
