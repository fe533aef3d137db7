"""The law: each rule is found where it is broken and not where it is kept."""

from __future__ import annotations

from datetime import date
from string import Formatter

import pytest

from homeward.people.person import Absence
from homeward.terms import legal_findings, legal_remarks, load, manifest_findings
from homeward.terms.lawtable import LAWS
from tests.terms.material import AGREEMENTS, person, small

KEPT = """[[exclusions]]
id = "E1"
ground = "refusal"
[clocks]
interviews = "48 hours before stage"
capture_card = "7 days after arrival"
civilian_notice = "2 weeks after detention"
[[obligations]]
id = "O1"
kind = "no-reprisals"
[[obligations]]
id = "O2"
kind = "no-active-service"
"""
ALL_SERIOUS = '[[terms]]\nid = "S"\nkind = "all"\ngroup = "serious"\n'
PARITY = '[[terms]]\nid = "T"\nkind = "parity"\ngroup = "{group}"\nsides = ["home-A", "home-B"]\n'


def rules(body: str) -> dict[str, tuple[str, ...]]:
    return {remark.rule: remark.clauses for remark in legal_remarks(small(body))}


def test_terms_that_keep_every_rule_get_no_remark() -> None:
    assert rules(ALL_SERIOUS + KEPT) == {}


@pytest.mark.parametrize(
    ("body", "rule", "clauses"),
    [
        (PARITY.format(group="serious") + KEPT, "man for man", ("T",)),
        ('[[terms]]\nid = "T"\nkind = "count"\ngroup = "serious"\nmax = 5\n' + KEPT, "man for man", ("T",)),
        (PARITY.format(group="soldier") + KEPT, "held back by numbers", ("T",)),
        (PARITY.format(group="soldier") + KEPT, "not first", ()),
        (ALL_SERIOUS + PARITY.format(group="all") + KEPT, "civilians with soldiers", ("T",)),
        (ALL_SERIOUS + PARITY.format(group="civilian") + KEPT, "civilians balanced", ("T",)),
        (ALL_SERIOUS + KEPT + '[[exclusions]]\nid = "E2"\nground = "disciplinary"\n', "disciplinary", ("E2",)),
        (ALL_SERIOUS + KEPT + '[[exclusions]]\nid = "E2"\nground = "legal-hold"\n', "kept for trial", ("E2",)),
        (ALL_SERIOUS + KEPT + '[[exclusions]]\nid = "E2"\nground = "other"\ngroup = "serious"\n', "serious kept out", ("E2",)),
        (ALL_SERIOUS + KEPT.replace("refusal", "dead"), "no way to refuse", ()),
        (ALL_SERIOUS + KEPT.replace('interviews = "48 hours before stage"\n', ""), "no interview", ()),
        (ALL_SERIOUS + KEPT.replace("48 hours", "24 hours"), "late interview", ()),
        (ALL_SERIOUS + KEPT.replace("7 days", "8 days"), "late card", ()),
        (ALL_SERIOUS + KEPT.replace("2 weeks", "15 days"), "late civilian notice", ()),
        (ALL_SERIOUS + KEPT.replace("no-reprisals", "visits"), "reprisals", ()),
        (ALL_SERIOUS + KEPT.replace("no-active-service", "visits"), "service", ()),
        (ALL_SERIOUS + KEPT + "[pools.home-A]\nat_least = 3\npublished = true\n", "published", ("home-A",)),
    ],
)
def test_each_rule_about_terms_is_found_where_it_is_broken(body: str, rule: str, clauses: tuple[str, ...]) -> None:
    assert rules(body)[rule] == clauses


def test_a_clause_that_sends_all_the_seriously_wounded_settles_the_numbers() -> None:
    found = rules(ALL_SERIOUS + PARITY.format(group="soldier") + KEPT)
    assert "held back by numbers" not in found
    assert "not first" not in found


def test_putting_them_first_settles_the_order_but_not_the_numbers() -> None:
    found = rules(PARITY.format(group="soldier") + KEPT + '[[priorities]]\ngroup = "serious"\n')
    assert "not first" not in found
    assert found["held back by numbers"] == ("T",)


def test_a_group_that_rules_them_out_is_not_held_against_the_terms() -> None:
    body = "[groups.fit]\nwhere = \"medical == 'well' and status == 'military'\"\n" + PARITY.format(group="fit") + KEPT
    assert rules(body) == {}


def test_each_rule_about_people_is_found_with_their_ids() -> None:
    terms = small(
        '[[terms]]\nid = "T"\nkind = "count"\ngroup = "young"\nequals = 5\n'
        '[[terms]]\nid = "X"\nkind = "count"\ngroup = "civilian"\nmax = 0\n' + PARITY.format(group="all").replace('"T"', '"P"')
    )
    old = date(1960, 1, 1)
    people = [
        person("outside", status="military", medical="seriously_ill", birth_date=old),
        person("barred", status="civilian", medical="seriously_wounded", birth_date=old),
        person("unwilling", status="military", state="refused", birth_date=old),
        person("nurse", status="retained", birth_date=old),
        person("late", status="military", state="believed_held", captured_on=date(2025, 5, 1), birth_date=old),
        person("in-time", status="military", state="believed_held", captured_on=date(2025, 5, 16), birth_date=old),
        person("late-civilian", status="civilian", state="missing", captured_on=date(2025, 5, 1), birth_date=old),
    ]
    found = {remark.rule: remark.people for remark in legal_findings(terms, "home-A", people, on=date(2025, 5, 23))}
    assert found == {
        "serious outside": ("outside",),
        "serious barred": ("barred",),
        "civilians counted": ("barred", "late-civilian"),
        "against their will": ("unwilling",),
        "retained staff": ("nurse",),
        "not notified": ("late",),
        "civilians not notified": ("late-civilian",),
    }


def test_what_is_withheld_and_what_is_published_is_put_to_the_harm_test() -> None:
    published = small(ALL_SERIOUS + "[pools.home-A]\nat_least = 2\npublished = true\n" + KEPT)
    kept_back = person("kept-back", status="civilian", birth_date=Absence.WITHHELD)
    people = [kept_back, person("open", status="civilian"), person("unknown", status="civilian", birth_date=Absence.UNKNOWN)]
    found = {remark.rule: remark for remark in legal_findings(published, "home-A", people)}
    assert found["withheld"].people == ("kept-back",)
    assert found["harm test"].people == ("kept-back", "open", "unknown")
    assert found["harm test"].clauses == ("home-A",)
    assert [found[rule].severity for rule in ("withheld", "harm test")] == ["remark", "remark"]
    assert {remark.rule for remark in legal_findings(published, "home-B", people)} == {"withheld"}


def test_nobody_is_on_a_manifest_without_an_outcome() -> None:
    (remark,) = manifest_findings(["P1", "P2", "P3"], {"P1": "WISHES_TO_GO", "P3": " "})
    assert (remark.severity, remark.people) == ("refusal", ("P2", "P3"))
    assert manifest_findings(["P1"], {"P1": "no neutral reached the camp"}) == ()


@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.stem)
def test_every_remark_on_a_real_agreement_is_said_with_its_article(path: object) -> None:
    for remark in legal_remarks(load(str(path))):
        for language in ("en", "uk"):
            assert remark.sentence(language).startswith(remark.article)
            assert all(clause in remark.sentence(language) for clause in remark.clauses)


@pytest.mark.parametrize("rule", LAWS)
def test_both_languages_of_a_rule_say_the_same_fields(rule: str) -> None:
    fields = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (LAWS[rule].en, LAWS[rule].uk)]
    assert fields[0] == fields[1]
