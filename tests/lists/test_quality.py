"""The quality report: every finding of the table is found, every row is counted once, no name is printed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.lists import (
    FINDING_RULES,
    FINDINGS,
    DecisionBook,
    Finding,
    QualityReport,
    Question,
    Ruling,
    Severity,
    check,
    make_pair,
    proposing,
)
from homeward.matching import Evidence, Proposal
from homeward.people import PeopleFile, Person, Remark, Row
from tests.lists.made import TERMS, decide, file_of, full, person, terms

ON = date(2025, 5, 18)
BY_HAND = DecisionBook()


def proposal(left: str, right: str, probability: float) -> Proposal:
    return Proposal(
        left, right, probability, 5.0, (Evidence("surname", 9.0, "x", "y", "z"), Evidence("birth_date", -4.0, "x", "y", "z"))
    )


@pytest.fixture(autouse=True)
def _no_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The findings are told from proposals; these tests say what is proposed."""
    propose(monkeypatch)


def propose(monkeypatch: pytest.MonkeyPatch, register: Sequence[Proposal] = (), itself: Sequence[Proposal] = ()) -> None:
    monkeypatch.setattr(proposing, "match", lambda left, right, **options: list(register))
    monkeypatch.setattr(proposing, "match_self", lambda people, **options: list(itself))


def state(**fields: str) -> PeopleFile:
    return file_of(full("ua-1", 1, **fields), name="register.xlsx")


def against(monkeypatch: pytest.MonkeyPatch, entry: Person, probability: float, **fields: str) -> QualityReport:
    propose(monkeypatch, register=[proposal(entry.id, "ua-1", probability)])
    return check(file_of(entry), register=state(**fields), on=ON)


def refused(_: pytest.MonkeyPatch) -> QualityReport:
    row = Row(7, "refused", None, (Remark("nobody"),))
    return check(PeopleFile(Path("held.xlsx"), "", 1, {}, (row,)))


def remarked(_: pytest.MonkeyPatch) -> QualityReport:
    row = Row(7, "remarked", full("r7", 1), (Remark("two_digit_year"),))
    return check(PeopleFile(Path("held.xlsx"), "", 1, {}, (row,)))


def repeated(monkeypatch: pytest.MonkeyPatch, probability: float) -> QualityReport:
    propose(monkeypatch, itself=[proposal("r2", "r7", probability)])
    return check(
        PeopleFile(Path("held.xlsx"), "", 1, {}, (Row(2, "accepted", full("r2", 2)), Row(7, "accepted", full("r7", 2))))
    )


def claimed(category: str, **fields: str) -> QualityReport:
    return check(file_of(full("r2", 1, category=category, **fields), first_row=7), terms=terms(), on=ON)


LAW = TERMS.replace(b'young = "age < 25"', b'young = "age < 25"\nserious = "medical == \'seriously_wounded\'"')
UNSOUND = (
    LAW
    + b'[[terms]]\nid = "T9"\nkind = "parity"\ngroup = "serious"\nsides = ["home-UA", "home-RU"]\nover = "after every stage"\n'
)

#: For every code, a report in which it is found at row 7 (or for the list as a whole).
CASES: dict[str, Callable[[pytest.MonkeyPatch], QualityReport]] = {
    "ROW_REFUSED": refused,
    "READER_REMARK": remarked,
    "IDENTIFIES_NOBODY": lambda _: check(file_of(person("r2", surname="Абаенко"), first_row=7)),
    "MISSING_DATA": lambda _: check(file_of(full("r2", 1, birth_date="1987-03"), first_row=7)),
    "MISSING_MORE": lambda _: check(file_of(full("r2", 1, rank=""), first_row=7)),
    "SAME_ID": lambda _: check(file_of(full("x", 1), full("x", 2), first_row=6)),
    "REPEAT": lambda monkeypatch: repeated(monkeypatch, 0.99),
    "POSSIBLE_REPEAT": lambda monkeypatch: repeated(monkeypatch, 0.6),
    "NAMESAKE": lambda _: check(file_of(full("r2", 1), full("r3", 1, birth_date="1999-01-01"), first_row=6)),
    "ALREADY_RELEASED": lambda m: against(m, full("r7", 1), 0.99, state="released", state_since="2024-09-13"),
    "DEAD": lambda m: against(m, full("r7", 1), 0.99, state="dead", state_since="withheld"),
    "REFUSED_TRANSFER": lambda m: against(m, full("r7", 1), 0.99, state="refused"),
    "MAYBE_OUT": lambda m: against(m, full("r7", 1), 0.7, state="released"),
    "CIVILIAN_AS_SOLDIER": lambda m: against(m, full("r7", 1), 0.99, status="civilian"),
    "SOLDIER_AS_CIVILIAN": lambda m: against(m, full("r7", 1, status="civilian"), 0.99),
    "NOT_IN_REGISTER": lambda _: check(file_of(full("r7", 1)), register=state()),
    "WRONG_CATEGORY": lambda _: claimed("woman", sex="M"),
    "AGE_OUTSIDE": lambda _: claimed("Young", birth_date="2000-05-23"),
    "CATEGORY_UNPROVEN": lambda _: claimed("young", birth_date="2000"),
    "CATEGORY_NOT_IN_TERMS": lambda _: claimed("aged"),
    "DATE_IMPOSSIBLE": lambda _: check(file_of(full("r2", 1, birth_date="2031-01-01"), first_row=7), on=ON),
    "DATE_DOUBTFUL": lambda _: check(file_of(full("r2", 1, birth_date="1887-03-14"), first_row=7), on=ON),
    "UNDER_AGE": lambda _: check(file_of(full("r2", 1, birth_date="2008-01-01"), first_row=7), on=ON),
    "SERIOUS_CASES": lambda _: check(file_of(full("r2", 1, medical="seriously_ill"), first_row=7)),
    "CLAUSE_FAILED": lambda _: check(file_of(full("r2", 1)), terms=terms(), side="home-UA", on=ON),
    "CLAUSE_UNDECIDED": lambda _: check(
        file_of(full("r2", 1), full("r3", 2, status="unknown")), terms=terms(), side="home-UA", on=ON
    ),
    "LEGAL_REFUSAL": lambda _: check(file_of(full("r2", 1)), terms=terms(UNSOUND), on=ON),
    "LEGAL_REMARK": lambda _: check(file_of(full("r2", 1)), terms=terms(), on=ON),
}


def test_every_code_of_the_table_has_a_case_here() -> None:
    assert set(CASES) == set(FINDINGS)


@pytest.mark.parametrize("code", CASES)
def test_every_finding_is_found_at_its_row_and_reads_without_a_gap(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    report = CASES[code](monkeypatch)
    found = report.of(code)
    assert found, report.text()
    assert report.stops or FINDINGS[code].severity is not Severity.STOPS
    for language in ("en", "uk"):
        text = report.text(language)
        assert code in text
        assert "{" not in text
        assert all(finding.remedy(language) for finding in found)
    if not code.startswith(("CLAUSE", "LEGAL", "ALREADY", "DEAD", "REFUSED", "MAYBE", "CIVILIAN", "SOLDIER", "NOT_IN")):
        assert 7 in found[0].rows
        assert code in report.remarks()[7][0] or code in " ".join(report.remarks()[7])
    json.dumps(report.as_dict(), allow_nan=False)


@pytest.mark.parametrize("code", CASES)
def test_no_report_prints_a_name_or_a_birth_date(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    report = CASES[code](monkeypatch)
    printed = " ".join([report.text("en"), report.text("uk"), json.dumps(report.as_dict(), ensure_ascii=False)])
    for hidden in ("енко", "Остап", "Юрійович", "2031-01", "1887-03", "2008-01", "1987-03"):
        assert hidden not in printed


def test_a_holder_checks_its_own_list_without_the_other_sides_register(monkeypatch: pytest.MonkeyPatch) -> None:
    propose(monkeypatch, itself=[proposal("r2", "r3", 0.99)])
    held = file_of(full("r2", 2), full("r3", 3))
    report = check(held, terms=terms(), side="home-UA", on=ON)
    assert "REPEAT" in report.counts
    assert "NOT_IN_REGISTER" not in report.counts
    propose(monkeypatch, register=[proposal("r2", "b-1", 0.99)])
    books = file_of(full("b-1", 2, state="released", state_since="2024-09-13"), name="our-releases.csv")
    assert "ALREADY_RELEASED" in check(held, register=books).counts


def test_a_clean_list_says_so() -> None:
    report = check(file_of(full("r2", 1), full("r3", 2)), on=ON)
    assert (report.accepted, report.remarked, report.refused, report.stops) == (2, 0, 0, False)
    assert "Nothing was found." in report.text()
    assert report.remarks() == {}


def test_severities_stand_gravest_first_in_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    text = check(file_of(full("x", 1), full("x", 2, medical="seriously_ill", birth_date="1987")), on=ON).text()
    assert text.index("STOPS SENDING") < text.index("LOOK") < text.index("NOTE")
    assert "→" in text


def test_many_findings_of_one_code_are_told_by_number_not_one_by_one() -> None:
    report = check(file_of(*(full(f"r{number}", number, rank="") for number in range(2, 60))))
    lines = report.text().splitlines()
    assert "  MISSING_MORE: 58" in lines
    assert len(lines) < 20


def test_a_pair_that_two_officers_called_different_is_no_repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = (full("r2", 2), full("r3", 2))
    propose(monkeypatch, itself=[proposal("r2", "r3", 0.99)])
    pair = make_pair(Question.REPEAT, *entries)
    assert check(file_of(*entries)).of("REPEAT")
    assert not check(file_of(*entries), known=DecisionBook((decide(pair, Ruling.DIFFERENT),))).findings


def test_a_repeat_that_two_officers_decided_is_told_as_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = (full("r2", 2), full("r3", 3))
    known = DecisionBook((decide(make_pair(Question.REPEAT, *entries), Ruling.SAME),))
    (found,) = check(file_of(*entries), known=known).of("REPEAT")
    assert "by decision of two officers" in found.sentence()
    assert "за рішенням" in found.sentence("uk")


def test_a_decided_counterpart_goes_before_a_proposal(monkeypatch: pytest.MonkeyPatch) -> None:
    entry, home, gone = full("r2", 2), full("ua-0", 0), full("ua-1", 1, state="released")
    propose(monkeypatch, register=[proposal("r2", "ua-0", 0.99)])
    known = DecisionBook((decide(make_pair(Question.REGISTER, entry, gone), Ruling.SAME),))
    assert not check(file_of(entry), register=[home, gone]).findings
    (found,) = check(file_of(entry), register=[home, gone], known=known).findings
    assert (found.code, found.details["other"]) == ("ALREADY_RELEASED", "ua-1")


def test_a_proposal_that_was_ruled_out_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    entry, gone = full("r2", 2), full("ua-1", 1, state="released")
    propose(monkeypatch, register=[proposal("r2", "ua-1", 0.99)])
    known = DecisionBook((decide(make_pair(Question.REGISTER, entry, gone), Ruling.DIFFERENT),))
    assert [found.code for found in check(file_of(entry), register=[gone], known=known).findings] == ["NOT_IN_REGISTER"]


def test_the_reasons_are_kinds_of_evidence_and_not_names(monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = repeated(monkeypatch, 0.99).of("REPEAT")
    assert found.details["reasons_en"] == "for: surname; against: date of birth"


def test_a_pair_proposed_as_one_person_is_no_pair_of_namesakes(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = (full("r2", 2), full("r3", 2, birth_date="1972-01-01"))
    propose(monkeypatch, itself=[proposal("r2", "r3", 0.8)])
    assert [found.code for found in check(file_of(*entries)).findings] == ["POSSIBLE_REPEAT"]


def test_a_birth_date_of_which_a_part_is_missing_makes_no_namesake() -> None:
    entries = (full("r2", 2, birth_date="1972-03-03"), full("r3", 2, birth_date="1972"))
    assert "NAMESAKE" not in check(file_of(*entries)).counts


def test_a_thousand_rows_of_one_name_are_one_finding() -> None:
    rows = [full(f"r{number}", 2, birth_date=f"{1960 + number % 40}-01-01") for number in range(1000)]
    assert len(check(file_of(*rows)).of("NAMESAKE")) == 1


def test_unknown_and_withheld_are_not_missing() -> None:
    assert not check(file_of(full("r2", 1, rank="unknown", birth_date="withheld"))).findings


def test_a_civilian_needs_what_the_fourth_convention_names() -> None:
    (found,) = check(file_of(full("r2", 1, status="civilian"))).of("MISSING_MORE")
    assert found.details["missing_en"] == "place of birth, nationality"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"birth_date": "1987-03-14", "captured_on": "1986-01"}, "DATE_IMPOSSIBLE"),
        ({"birth_date": "1987-03-14", "captured_on": "2026-01-01"}, "DATE_IMPOSSIBLE"),
        ({"birth_date": "2019-03-14", "captured_on": "2024-01-01"}, "DATE_DOUBTFUL"),
        ({"birth_date": "2024", "captured_on": "2024-01-01"}, "DATE_DOUBTFUL"),
        ({"birth_date": "2007-05-19", "captured_on": "2025-01-01"}, "UNDER_AGE"),
    ],
)
def test_dates_are_held_against_each_other(fields: dict[str, str], code: str) -> None:
    assert code in check(file_of(full("r2", 1, **fields)), on=ON).counts


@pytest.mark.parametrize(("born", "found"), [("2000-05-24", False), ("2000-05-23", True), ("2000-05", None)])
def test_the_age_counts_on_the_reference_day_of_the_terms(born: str, found: bool | None) -> None:
    counts = claimed("young", birth_date=born).counts
    assert ("AGE_OUTSIDE" in counts, "CATEGORY_UNPROVEN" in counts) == ((False, True) if found is None else (found, False))


def test_the_age_counts_on_the_day_of_capture_where_the_group_says_so() -> None:
    source = TERMS.replace(b'young = "age < 25"', b'young = { where = "age < 25", on = "capture" }')
    row = full("r2", 1, category="young", birth_date="1998-01-01", captured_on="2022-05-20")
    assert "AGE_OUTSIDE" not in check(file_of(row), terms=terms(source), on=ON).counts
    late = full("r2", 1, category="young", birth_date="1998-01-01", captured_on="2024-05-20")
    (found,) = check(file_of(late), terms=terms(source), on=ON).of("AGE_OUTSIDE")
    assert found.details["age"] == "26"


def test_a_side_that_the_terms_do_not_have_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="home-UA, home-RU"):
        check(file_of(full("r2", 1)), terms=terms(), side="home-XX")


def test_the_table_has_a_sentence_and_a_remedy_in_both_languages() -> None:
    for rule in FINDING_RULES:
        assert rule.en
        assert rule.remedy_en
        assert any("а" <= letter <= "я" for letter in rule.remedy_uk)


def test_an_unknown_finding_is_our_own_mistake() -> None:
    with pytest.raises(AssertionError):
        Finding("NO_SUCH_CODE")


verdicts = st.lists(st.sampled_from(["accepted", "remarked", "refused"]), max_size=25)


@given(verdicts, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_accepted_remarked_and_refused_add_up_to_the_rows(given_verdicts: list[str], random: object) -> None:
    rows = []
    for number, verdict in enumerate(given_verdicts, start=5):
        row = full(f"r{number}", number, rank="" if number % 3 == 0 else "private")
        rows.append(
            Row(number, "refused", None, (Remark("nobody"),))
            if verdict == "refused"
            else Row(number, "accepted", row)
            if verdict == "accepted"
            else Row(number, "remarked", row, (Remark("two_digit_year"),))
        )
    report = check(PeopleFile(Path("held.xlsx"), "", 1, {}, tuple(rows)), terms=terms(), side="home-UA", on=ON)
    assert report.accepted + report.remarked + report.refused == report.rows == len(rows)
    assert report.refused == given_verdicts.count("refused")
    marked = set(report.remarks())
    assert {row.number for row in rows if row.verdict != "accepted"} <= marked
