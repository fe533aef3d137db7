"""The quality report: what an officer reads before a list is sent, or about a list that came in. Nothing is decided here.

Every row of the file is counted once: refused (the reader could not make a person of it), remarked (something to correct or
to look at) or accepted (nothing but notes); the three add up to the rows of the file. The report names rows and ids, never
people, so that it may be printed; the remarks by row go into the officer's own copy of the file (`homeward.people.annotate`).

    people = read_people(Path("held.xlsx"))
    report = check(people, terms=terms, side="home-UA", register=read_people(Path("register.xlsx")), on=date(2025, 5, 18))
    print(report.text("uk"))
    annotate(people.path, Path("held-checked.xlsx"), report.remarks("uk"), heading="Зауваження")

>>> from pathlib import Path
>>> from homeward.people import Claim, Field
>>> lone = Person("r2", {Field.SURNAME: Claim("Коваль", "Коваль")})
>>> print(check(PeopleFile(Path("held.csv"), "", 1, {}, (Row(2, "accepted", lone),))).text())
held.csv: 1 rows = 0 accepted + 1 with remarks + 0 refused
<BLANKLINE>
STOPS SENDING
  IDENTIFIES_NOBODY: 1
    Row 2: identifies nobody; missing: given names, date of birth.
    → Add what GC III art. 17 names, or take the row out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from homeward.lists.decisions import DecisionBook
from homeward.lists.findings import FINDING_RULES, Finding, Severity, gather, shorten
from homeward.lists.proposing import propose
from homeward.lists.register_checks import check_register, check_repeats
from homeward.lists.row_checks import Numbered, check_categories, check_ids, check_namesakes, check_rows
from homeward.people import PeopleFile, Person, Progress, Row
from homeward.terms import ClauseResult, Terms, check_list, check_lists, legal_findings, legal_remarks
from homeward.terms.listview import Verdict

#: How many findings of one code the text shows one by one.
_SHOWN = 8
_SEVERITIES = {
    Severity.STOPS: ("STOPS SENDING", "НЕ НАДСИЛАТИ"),
    Severity.LOOK: ("LOOK", "ПЕРЕГЛЯНУТИ"),
    Severity.NOTE: ("NOTE", "ДО ВІДОМА"),
}
#: The verdicts in words, in English and in Ukrainian.
_VERDICTS: tuple[Mapping[str, str], Mapping[str, str]] = (
    {"head": "CLAUSE BY CLAUSE", "pass": "passes", "fail": "FAILS", "undecided": "not decided yet"},
    {"head": "ПУНКТ ЗА ПУНКТОМ", "pass": "виконано", "fail": "НЕ ВИКОНАНО", "undecided": "ще не вирішено"},
)


@dataclass(frozen=True, slots=True)
class QualityReport:
    """The report on one file. `findings` stand in the order of the table, then of the rows."""

    file: str
    rows: int
    accepted: int
    remarked: int
    refused: int
    findings: tuple[Finding, ...]
    #: With terms: the verdict on each clause, and on each general rule under a plain word ("released", "covered").
    clauses: Mapping[str, Verdict] = field(default_factory=dict)

    def __post_init__(self) -> None:
        assert self.accepted + self.remarked + self.refused == self.rows, "every row is counted exactly once"

    @property
    def stops(self) -> bool:
        """Whether anything keeps this list from being sent."""
        return any(found.severity is Severity.STOPS for found in self.findings)

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each code, in the order of the table; codes without findings are left out."""
        found = Counter(finding.code for finding in self.findings)
        return {rule.code: found[rule.code] for rule in FINDING_RULES if found[rule.code]}

    def of(self, code: str) -> tuple[Finding, ...]:
        return tuple(found for found in self.findings if found.code == code)

    def text(self, language: str = "en") -> str:
        """Plain lines, gravest first: per code how many, a few one by one, the remedy. No names."""
        at = 1 if language == "uk" else 0
        heads = (
            f"{self.file}: {self.rows} rows = {self.accepted} accepted + {self.remarked} with remarks + {self.refused} refused",
            f"{self.file}: рядків {self.rows} = прийнято {self.accepted}, зауважено {self.remarked}, відмовлено {self.refused}",
        )
        lines = [heads[at]]
        if self.clauses:
            words = _VERDICTS[at]
            lines += ["", words["head"], *(f"  {clause}: {words[verdict]}" for clause, verdict in self.clauses.items())]
        counts, known = self.counts, len(lines)
        for severity in Severity:
            rules = [rule for rule in FINDING_RULES if rule.severity is severity and rule.code in counts]
            if rules:
                lines += ["", _SEVERITIES[severity][at]]
            for rule in rules:
                found = gather(self.of(rule.code))
                lines.append(f"  {rule.code}: {counts[rule.code]}")
                lines += [f"    {finding.sentence(language)}" for finding in found[:_SHOWN]]
                if len(found) > _SHOWN:
                    more = sorted({number for finding in found[_SHOWN:] for number in finding.rows})
                    lines.append(f"    {'і ще рядки' if at else 'and rows'} {shorten(tuple(more), 30)}")
                lines.append(f"    → {found[0].remedy(language)}")
        if len(lines) == known:
            lines.append("Зауважень немає." if at else "Nothing was found.")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, object]:
        """The report as JSON-able data, without names."""
        return {
            "file": self.file, "rows": self.rows, "accepted": self.accepted, "remarked": self.remarked, "refused": self.refused,
            "stops_sending": self.stops, "clauses": dict(self.clauses), "counts": self.counts,
            "findings": [found.as_dict() for found in self.findings],
        }  # fmt: skip

    def remarks(self, language: str = "en") -> dict[int, list[str]]:
        """Row number -> sentences with remedies, for the copy of the file with a column of remarks."""
        found: dict[int, list[str]] = {}
        for finding in self.findings:
            for number in dict.fromkeys(finding.rows):
                found.setdefault(number, []).append(f"{finding.code}: {finding.sentence(language)} {finding.remedy(language)}")
        return dict(sorted(found.items()))


def check(
    people_file: PeopleFile,
    *,
    terms: Terms | None = None,
    side: str | None = None,
    register: PeopleFile | Sequence[Person] | None = None,
    others: Mapping[str, PeopleFile | Sequence[Person]] | None = None,
    known: DecisionBook | None = None,
    on: date | None = None,
    progress: Progress | None = None,
) -> QualityReport:
    """Check a list as it was read.

    `terms` and `side` (one of its sides' ids) add the clauses and legal remarks; without a side only the terms' own legal
    remarks. `register` is the checking party's own: the holder's books of released, dead and refusing,
    or the home side's register. `others` are the lists of other sides, by side: with them the clauses between
    sides are judged too. `known` are decisions already taken. `on` is the day on which ages are reckoned where the
    terms fix none. Raises `ValueError` for a side that the terms do not have.
    """
    if terms is not None:
        for named in (*([] if side is None else [side]), *(others or ())):
            if named not in terms.sides:
                raise ValueError(f"the terms have no side '{named}'; their sides are {', '.join(terms.sides)}")
    decisions = known or DecisionBook()
    read = [(row.number, row.person) for row in people_file.rows if row.person is not None and row.verdict != "refused"]
    once = list({person.id: (number, person) for number, person in reversed(read)}.values())[::-1]
    findings = [finding for row in people_file.rows for finding in _reader_findings(row)]
    findings += check_ids(read)
    findings += check_rows(read, on=on)
    proposed = propose([person for _, person in once], _people(register), progress=progress)
    findings += check_repeats(once, proposed, decisions)
    findings += check_namesakes(once, proposed)
    if register is not None:
        findings += check_register(once, proposed, decisions)
    findings += check_categories(once, terms, side=side, on=on)
    results: list[ClauseResult] = []
    if terms is not None:
        if side is not None:
            other_people = {name: _people(file) for name, file in (others or {}).items()}
            results = _clause_results(once, terms, side, other_people, on)
        findings += _terms_findings(once, terms, side, results, on)
    return _report(people_file, findings, _verdicts(results))


def _people(given: PeopleFile | Sequence[Person] | None) -> Sequence[Person]:
    return given.people if isinstance(given, PeopleFile) else given or ()


def _report(people_file: PeopleFile, findings: Iterable[Finding], clauses: Mapping[str, Verdict]) -> QualityReport:
    order = {rule.code: number for number, rule in enumerate(FINDING_RULES)}
    ordered = sorted(findings, key=lambda found: (order[found.code], found.rows, found.ids))
    touched = {number for found in ordered if found.severity is not Severity.NOTE for number in found.rows}
    refused = {row.number for row in people_file.rows if row.verdict == "refused"}
    remarked = sum(row.number in touched for row in people_file.rows if row.number not in refused)
    rows = len(people_file.rows)
    return QualityReport(
        people_file.path.name, rows, rows - len(refused) - remarked, remarked, len(refused), tuple(ordered), clauses
    )


def _reader_findings(row: Row) -> Iterable[Finding]:
    """What the reader itself said about a row."""
    ids = (row.person.id,) if row.person is not None else (f"r{row.number}",)
    said = {language: [remark.text(language) for remark in row.remarks] for language in ("en", "uk")}
    if row.verdict == "refused":
        details = {f"reason_{language}": " ".join(texts).rstrip(". ") or "–" for language, texts in said.items()}
        return [Finding("ROW_REFUSED", (row.number,), ids, details)]
    findings = []
    for remark, en, uk in zip(row.remarks, said["en"], said["uk"], strict=True):
        if remark.code in _IMPOSSIBLE:
            details = {"problem_en": en.rstrip("."), "problem_uk": uk.rstrip(".")}
            findings.append(Finding("DATE_IMPOSSIBLE", (row.number,), ids, details))
        elif remark.code != "captured_before_birth":  # The check of dates says so itself.
            findings.append(Finding("READER_REMARK", (row.number,), ids, {"remark_en": en, "remark_uk": uk}))
    return findings


#: Remarks of the reader that are more than a remark: the date cannot be.
_IMPOSSIBLE = frozenset({"impossible_date", "unreadable_date", "implausible_year"})


_OF_VERDICT: Mapping[str, str] = {"fail": "CLAUSE_FAILED", "undecided": "CLAUSE_UNDECIDED"}
#: What the check of one list says of a clause that only both lists can decide.
_NEEDS_BOTH = frozenset({"needs both", "joined"})


def _clause_results(
    rows: Numbered, terms: Terms, side: str, others: Mapping[str, Sequence[Person]], on: date | None
) -> list[ClauseResult]:
    """Every clause and general rule judged for this list; clauses between sides by all lists, where others are given."""
    people = [person for _, person in rows]
    alone = check_list(terms, side, people, on=on).results
    both = check_lists(terms, {side: people, **others}, on=on) if others else ()
    concerned = [result for result in both if side in _sides_of(terms, result.clause)]
    judged = {result.clause for result in concerned}
    kept = [result for result in alone if not (result.clause in judged and result.code in _NEEDS_BOTH)]
    return [*kept, *concerned]


def _sides_of(terms: Terms, clause: str) -> tuple[str, ...]:
    return next(terms.sides_of(one) for one in terms.clauses if one.id == clause)


def _verdicts(results: Sequence[ClauseResult]) -> dict[str, Verdict]:
    """The gravest verdict on each clause, in the order of the terms, then of the general rules."""
    grave: tuple[Verdict, ...] = ("pass", "undecided", "fail")
    found: dict[str, Verdict] = {}
    for result in results:
        found[result.clause] = max(result.verdict, found.get(result.clause, "pass"), key=grave.index)
    return found


def _terms_findings(
    rows: Numbered, terms: Terms, side: str | None, results: Sequence[ClauseResult], on: date | None
) -> Iterable[Finding]:
    """Clauses that the list does not meet, and what the law says about the terms."""
    number = {person.id: number for number, person in rows}
    people = [person for _, person in rows]

    def about(code: str, people: tuple[str, ...], sentence: Callable[[str], str], **details: str) -> Finding:
        lines = tuple(number[entry_id] for entry_id in people)
        told = {f"sentence_{language}": sentence(language) for language in ("en", "uk")}
        told |= {"where_en": "", "where_uk": ""}
        if lines:
            told |= {"where_en": f" (rows {shorten(lines)})", "where_uk": f" (рядки {shorten(lines)})"}
        return Finding(code, lines, people, {**details, **told})

    findings = [
        about(_OF_VERDICT[result.verdict], result.people, result.sentence, clause=result.clause)
        for result in results
        if result.verdict != "pass"
    ]
    legal = [*legal_remarks(terms), *(legal_findings(terms, side, people, on=on) if side is not None else ())]
    for remark in legal:
        code = "LEGAL_REFUSAL" if remark.severity == "refusal" else "LEGAL_REMARK"
        findings.append(about(code, remark.people, remark.sentence))
    return findings
