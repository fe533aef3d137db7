"""Loading: the examples, the rules between values, and what is accepted without a word."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from homeward.terms import TermsError, load, parse
from tests.terms.material import AGREEMENTS, HEAD, shared_terms, small

CLAUSE = '[[terms]]\nid = "T"\nkind = "count"\nequals = 10\n'


def test_the_five_examples_beside_the_repository_load_unchanged() -> None:
    files = shared_terms()
    assert {load(path).file for path in files} == {str(path) for path in files}
    assert {path.stem for path in files} >= {"may2025", "june2025", "ratio", "dixhill", "multiparty"}


def test_the_source_is_kept_byte_for_byte() -> None:
    source = (HEAD + CLAUSE).replace("\n", "\r\n").encode()
    assert parse(source).source == source


def test_a_signing_table_is_passed_over() -> None:
    assert small(CLAUSE + '[signing]\nlog = "k"\n[signing.roots]\nA = "x"\n').clauses == small(CLAUSE).clauses


def test_lines_of_clauses_are_lines_of_the_file() -> None:
    terms = small(CLAUSE)
    assert terms.source.decode().split("\n")[terms.clauses[0].line - 1] == "[[terms]]"


def test_fractions_and_texts_in_two_languages_are_read() -> None:
    terms = small(
        '[[terms]]\nid = "R"\nkind = "ratio"\nsides = ["home-A", "home-B"]\nkey = { soldier = "110/9", civilian = 1.5 }\n'
        'text = { en = "by a key", uk = "за ключем" }\n'
    )
    clause = terms.clauses[0]
    assert clause.key == {"soldier": Fraction(110, 9), "civilian": Fraction(3, 2)}
    assert (clause.text, terms.said(clause.text, "terms.R.text", "uk")) == ("by a key", "за ключем")


def test_a_deadline_of_an_all_clause_is_its_over() -> None:
    assert small('[[terms]]\nid = "T"\nkind = "all"\nby = "one"\n').clauses[0].over == "one"


def test_every_part_of_an_agreement_is_read() -> None:
    terms = small(
        CLAUSE
        + '[clocks]\nlists = "2 weeks after signature"\ncompletion = 2025-06-30\n'
        + '[[places]]\nid = "p"\nname = "bridge"\nkind = "bridge"\ngrade = "sealed"\n'
        + '[substitution]\nshortfall = "reduce-both"\nnotice_hours = 12\n'
        + "[pools.home-A]\nat_least = 30\npublished = true\n"
        + '[circulation]\nlongest_cycle = 3\n[fairness]\nbetween = "region"\n'
        + '[[considerations]]\nid = "C"\nfrom = "A"\nto = "B"\ntext = "maps"\nover = "one"\n'
        + '[[obligations]]\nid = "O"\nkind = "third-country-stay"\nby = "A"\nuntil = 2025-12-31\n'
    )
    assert (terms.clocks["lists"].hours, terms.clocks["completion"].date) == (336, date(2025, 6, 30))
    assert terms.places["p"].grade == "sealed"
    assert (terms.substitution.shortfall, terms.substitution.refused) == ("reduce-both", "reserve-same-groups")
    assert (terms.pools["home-A"].at_least, terms.circulation and terms.circulation.longest_cycle) == (30, 3)
    assert (terms.fair_between, terms.considerations[0].over, terms.obligations[0].by) == ("region", "one", "A")


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ('[[terms]]\nid = "T"\nkind = "together"\n', 1, "needs 'by'"),
        ('[[terms]]\nid = "T"\nkind = "named"\n', 1, "needs 'people'"),
        ('[[terms]]\nid = "T"\nkind = "count"\n', 1, "sets no number"),
        ('[[terms]]\nid = "T"\nkind = "parity"\nsides = ["home-A"]\n', 4, "compares two sides"),
        ('[[terms]]\nid = "T"\nkind = "parity"\nsides = ["home-A", "home-B"]\nover = "three"\n', 5, "no stage 'three'"),
        ('[[terms]]\nid = "T"\nkind = "parity"\nsides = ["home-A", "home-B"]\ngroup = "all"\ngroups = ["all"]\n', 5, "exclude each other"),
        ('[[terms]]\nid = "T"\nkind = "all"\nby = "never"\n', 4, "no stage or fact 'never'"),
        ('[[terms]]\nid = "T"\nkind = "all"\nby = "family"\n', 4, "no stage 'family'"),
        ('[[terms]]\nid = "T"\nkind = "together"\nby = "end"\n', 4, "no fact 'end'"),
        ('[[terms]]\nid = "T"\nkind = "named"\npeople = ["P1", "P1"]\n', 4, "named twice"),
        ('[[terms]]\nid = "T"\nkind = "named"\npeople = ["P1"]\nin_return = ["P1"]\n', 5, "in return for themselves"),
        ('[[terms]]\nid = "T"\nkind = "count"\nsides = ["home-A"]\nper_holder = ["A"]\nmin = 1\n', 5, "hands nobody over"),
        ('[[terms]]\nid = "T"\nkind = "count"\nper_receiver = { A = 3 }\nmin = 1\n', 5, "gives another"),
        (CLAUSE + "[agreement]\ndate = 2025-05-24\n", 14 - HEAD.count("\n"), "before the agreement"),
        (CLAUSE + "[agreement]\ndate = 2025-05-01\nlapses = 2025-04-01\n", 7, "lapses before its day"),
        (CLAUSE + "[reference]\ndate = 2025-06-01\nday = \"capture\"\n", 7, "exclude each other"),
        (CLAUSE + '[[priorities]]\ngroup = "all"\nscore = "age"\n', 5, "either a group or a score"),
        (CLAUSE + '[weights.w]\nfield = "rank"\n', 5, "has no values"),
        (CLAUSE + '[weights.w]\nfield = "age"\nprivate = 1\n', 6, "has no fixed values"),
        (CLAUSE + "[relax]\ncost = { T = 1 }\nnever = [\"T\"]\n", 6, "never given up"),
        (CLAUSE + '[blocs]\nA = ["A", "B"]\n', 6, "used before"),
        (CLAUSE + '[sides.self]\nfrom = "A"\nto = "A"\n', 7, "the same party"),
        (CLAUSE + '[fairness]\nbetween = "age"\n', 6, "differs from person to person"),
        (CLAUSE + "[groups2]\n", 5, "no key 'groups2'"),
    ],
)  # fmt: skip
def test_a_rule_between_values_is_told_at_its_line(body: str, line: int, message: str) -> None:
    with pytest.raises(TermsError) as caught:
        small(body)
    found = [problem for problem in caught.value.problems if message in problem.message]
    assert [problem.line for problem in found] == [HEAD.count("\n") + line]
    assert found[0].remedy


def test_a_file_that_is_missing_or_in_another_encoding_is_told(tmp_path: Path) -> None:
    with pytest.raises(TermsError, match="cannot be read"):
        load(tmp_path / "nowhere.toml")
    with pytest.raises(TermsError, match="line 2, column 10: the text is not in UTF-8"):
        parse('schema = "exchange-terms/1"\ntitle = "Обмін"\n'.encode("cp1251"))


def test_an_empty_file_is_told_everything_that_is_missing() -> None:
    with pytest.raises(TermsError) as caught:
        parse(b"")
    assert {problem.key for problem in caught.value.problems} == {"schema", "title", "parties", "sides", "stages", "terms"}


@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.stem)
def test_each_real_agreement_loads(path: Path) -> None:
    terms = load(path)
    assert terms.clauses
    assert {"en", "uk"} <= set(terms.translations["title"])


def test_there_are_eleven_files_of_ten_agreements() -> None:
    assert [path.stem for path in AGREEMENTS] == [
        "ankara-2024", "dayton-1995", "dix-hill-1862", "istanbul-2025-05-16", "istanbul-2025-06-02", "istanbul-2025-07-23",
        "key-2023-11", "key-2025-01", "korea-1953", "yemen-2018", "yemen-2023",
    ]  # fmt: skip


def test_the_known_figures_of_the_agreements_are_in_the_files() -> None:
    by_name = {path.stem: load(path) for path in AGREEMENTS}
    may = by_name["istanbul-2025-05-16"]
    assert [clause.equals for clause in may.clauses[:5]] == [1000, 270, 120, 307, 303]
    assert 270 + 120 + 307 + 303 == 1000
    assert {clause.equals for clause in by_name["yemen-2023"].clauses} >= {706, 181}
    assert by_name["dix-hill-1862"].weights["cartel"].values["general"] == 60
    assert by_name["key-2025-01"].clauses[2].key["ill"] == Fraction(110, 9)
    assert by_name["key-2023-11"].pools["home-Y"].at_least == 300
    assert by_name["dayton-1995"].clocks["interviews"].hours == 48
    assert [clause.over for clause in by_name["korea-1953"].clauses] == ["sick-and-wounded", "sick-and-wounded", "end"]
    ankara = by_name["ankara-2024"]
    assert ankara.clauses[4].per_receiver == {"DE": 13, "US": 3}
    assert len({member for bloc in ankara.blocs.values() for member in bloc}) == 7
