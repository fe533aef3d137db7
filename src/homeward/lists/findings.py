"""What a quality report may find in a list: one table of codes, read by the check, the report, the documentation and the tests.

A finding says which rows, how grave it is and what to do about it. It never holds a name: rows and ids stand for people.
Severities: `stops_sending` (the other side would rightly send it back), `look` (a person should look before it goes) and
`note` (worth knowing, nothing to correct).

>>> found = Finding("ALREADY_RELEASED", (12,), ("r12",), {"percent": "99 %", "other": "ua-7", "since": "2024-09-13"})
>>> found.severity.value, found.sentence()
('stops_sending', 'Row 12: person ua-7 of the register (99 %), already released (2024-09-13).')
>>> found.sentence("uk")
'Рядок 12: особа ua-7 з реєстру (99 %), уже звільнена (2024-09-13).'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Severity(StrEnum):
    """How grave a finding is, gravest first."""

    STOPS = "stops_sending"
    LOOK = "look"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class FindingRule:
    """One line of the table. Sentences are templates over the finding's details; `{at}` names the rows."""

    code: str
    severity: Severity
    en: str
    uk: str
    remedy_en: str
    remedy_uk: str
    #: The treaty article or practice that makes this worth saying.
    basis: str = ""


def _rule(code: str, severity: Severity, sentence: tuple[str, str], remedy: tuple[str, str], basis: str = "") -> FindingRule:
    return FindingRule(code, severity, *sentence, *remedy, basis)


_S, _L, _N = Severity.STOPS, Severity.LOOK, Severity.NOTE

#: The whole table, in the order in which a report shows it.
FINDING_RULES: tuple[FindingRule, ...] = (
    _rule(
        "ROW_REFUSED", _S,
        ("{at}: could not be read as a person. {reason}.", "{at}: не вдалося прочитати як особу. {reason}."),
        ("Correct the row or take it out.", "Виправте рядок або вилучіть його."),
    ),
    _rule(
        "IDENTIFIES_NOBODY", _S,
        ("{at}: identifies nobody; missing: {missing}.", "{at}: нікого не визначає; бракує: {missing}."),
        ("Add what GC III art. 17 names, or take the row out.", "Додайте дані за ст. 17 ЖК III або вилучіть рядок."),
        "GC III 17, 122(4)",
    ),
    _rule(
        "SAME_ID", _S,
        ("{at}: one and the same id.", "{at}: той самий ідентифікатор."),
        ("Give every row its own id.", "Дайте кожному рядку власний ідентифікатор."),
    ),
    _rule(
        "REPEAT", _S,
        ("{at}: one person listed twice ({percent}; {reasons}).", "{at}: ту саму особу записано двічі ({percent}; {reasons})."),
        ("Let two officers decide on the review sheet; then keep one row.",
         "Нехай двоє вирішать на аркуші звірки; тоді лишіть один рядок."),
        "Yemen 2018: 2,171 repeats among 9,147 names",
    ),
    _rule(
        "POSSIBLE_REPEAT", _L,
        ("{at}: perhaps one person listed twice ({percent}; {reasons}).",
         "{at}: можливо, ту саму особу записано двічі ({percent}; {reasons})."),
        ("Let two officers decide on the review sheet.", "Нехай двоє вирішать на аркуші звірки."),
    ),
    _rule(
        "NAMESAKE", _L,
        ("{at}: the same name and different birth dates.", "{at}: однакове ім'я й різні дати народження."),
        ("Keep them apart: add the father's first name or the mother's maiden name to each.",
         "Не змішуйте: додайте до кожного ім'я батька або дівоче прізвище матері."),
        "GC III 122(4)",
    ),
    _rule(
        "ALREADY_RELEASED", _S,
        ("{at}: person {other} of the register ({percent}), already released ({since}).",
         "{at}: особа {other} з реєстру ({percent}), уже звільнена ({since})."),
        ("Take the row out, or say why the person is held again.", "Вилучіть рядок або поясніть, чому особу знову утримують."),
        "Yemen 2018: 1,144 already released",
    ),
    _rule(
        "DEAD", _S,
        ("{at}: person {other} of the register ({percent}), recorded as dead ({since}).",
         "{at}: особа {other} з реєстру ({percent}), записана як померла ({since})."),
        ("Ask for proof of life, or move the row to a list of remains.", "Запитайте доказ життя або перенесіть до списку тіл."),
        "GC III 120",
    ),
    _rule(
        "REFUSED_TRANSFER", _L,
        ("{at}: person {other} of the register ({percent}), recorded as refusing transfer ({since}).",
         "{at}: особа {other} з реєстру ({percent}); записано відмову від передання ({since})."),
        ("Have the refusal confirmed in a private interview with a neutral.",
         "Підтвердьте відмову в приватній розмові з нейтральною стороною."),
        "GC III 109(3)",
    ),
    _rule(
        "MAYBE_OUT", _L,
        ("{at}: perhaps person {other} of the register ({percent}), recorded there as {state} ({since}).",
         "{at}: можливо, особа {other} з реєстру ({percent}); її стан там: {state} ({since})."),
        ("Let two officers decide on the review sheet.", "Нехай двоє вирішать на аркуші звірки."),
    ),
    _rule(
        "CIVILIAN_AS_SOLDIER", _S,
        ("{at}: listed as a soldier; person {other} of the register ({percent}) is a civilian.",
         "{at}: записано військовим; особа {other} з реєстру ({percent}) – цивільна."),
        ("Correct the status, or move the row to the civilians' list.",
         "Виправте статус або перенесіть рядок до списку цивільних."),
        "GC III 4; GC IV 4",
    ),
    _rule(
        "SOLDIER_AS_CIVILIAN", _S,
        ("{at}: listed as a civilian; person {other} of the register ({percent}) is a soldier.",
         "{at}: записано цивільною особою; особа {other} з реєстру ({percent}) – військова."),
        ("Correct the status, or move the row to the soldiers' list.",
         "Виправте статус або перенесіть рядок до списку військових."),
        "GC III 4; GC IV 4",
    ),
    _rule(
        "NOT_IN_REGISTER", _L,
        ("{at}: not found in the register.", "{at}: у реєстрі не знайдено."),
        ("Search by hand; a denial needs two officers.", "Пошукайте вручну; заперечення потребує двох посадових осіб."),
    ),
    _rule(
        "WRONG_CATEGORY", _S,
        ("{at}: the category claimed means {category}, and the facts in the row say otherwise.",
         "{at}: заявлена категорія означає {category}, але дані рядка цьому суперечать."),
        ("Correct the category or the fact.", "Виправте категорію або дані."),
    ),
    _rule(
        "AGE_OUTSIDE", _S,
        ("{at}: the category claimed means {category}; the age on {day} ({age}) is outside it.",
         "{at}: заявлена категорія означає {category}; вік на {day} ({age}) поза її межами."),
        ("Take the row out of the category, or prove the birth date.",
         "Вилучіть рядок із категорії або доведіть дату народження."),
    ),
    _rule(
        "CATEGORY_UNPROVEN", _L,
        ("{at}: the category claimed means {category}, and a fact that decides it is not known.",
         "{at}: заявлена категорія означає {category}, але вирішальний факт невідомий."),
        ("Add the missing fact.", "Додайте відсутній факт."),
    ),
    _rule(
        "CATEGORY_NOT_IN_TERMS", _L,
        ("{at}: the category claimed is neither a group of the terms nor a word known here.",
         "{at}: заявленої категорії немає ні серед груп умов, ні серед відомих слів."),
        ("Use the group names of the terms.", "Уживайте назви груп з умов."),
    ),
    _rule(
        "DATE_IMPOSSIBLE", _S,
        ("{at}: {problem}.", "{at}: {problem}."),
        ("Look at the source and correct the date.", "Звірте з джерелом і виправте дату."),
    ),
    _rule(
        "DATE_DOUBTFUL", _L,
        ("{at}: {problem}.", "{at}: {problem}."),
        ("Look at the source; leave it if it is right.", "Звірте з джерелом; якщо правильно, лишіть."),
    ),
    _rule(
        "UNDER_AGE", _L,
        ("{at}: under 18 on {day}.", "{at}: на {day} менше 18 років."),
        ("Children are released first and on their own track.", "Дітей звільняють першими й окремо."),
        "GC IV 24, 50; AP I 77",
    ),
    _rule(
        "MISSING_DATA", _L,
        ("{at}: missing: {missing}.", "{at}: бракує: {missing}."),
        ("Fill in what the source has; write 'unknown' where it has nothing.",
         "Заповніть, що є в джерелі; де нічого немає, напишіть «невідомо»."),
        "GC III 17, 122(4); GC IV 138",
    ),
    _rule(
        "MISSING_MORE", _N,
        ("{at}: the treaties also name: {missing}.", "{at}: конвенції називають також: {missing}."),
        ("Fill in what the source has.", "Заповніть, що є в джерелі."),
        "GC III 122(4); GC IV 138",
    ),
    _rule(
        "READER_REMARK", _L,
        ("{at}: {remark}", "{at}: {remark}"),
        ("Look at the cell and correct it if it is wrong.", "Перевірте клітинку й виправте, якщо є помилка."),
    ),
    _rule(
        "CLAUSE_FAILED", _S,
        ("Terms, {clause}: {sentence}{where}", "Умови, {clause}: {sentence}{where}"),
        ("Change the list, or agree on a change of the terms.", "Змініть список або погодьте зміну умов."),
    ),
    _rule(
        "CLAUSE_UNDECIDED", _L,
        ("Terms, {clause}, not decided yet: {sentence}{where}", "Умови, {clause}, ще не перевірено: {sentence}{where}"),
        ("Add the facts or the other list that the clause asks about.", "Додайте факти або інший список, про які йдеться."),
    ),
    _rule(
        "LEGAL_REFUSAL", _S,
        ("{sentence}{where}", "{sentence}{where}"),
        ("The terms must change before a list is sent under them.", "Умови слід змінити, перш ніж надсилати список."),
    ),
    _rule(
        "LEGAL_REMARK", _L,
        ("{sentence}{where}", "{sentence}{where}"),
        ("Have a lawyer look at the clause.", "Нехай пункт перегляне юрист."),
    ),
    _rule(
        "SERIOUS_CASES", _N,
        ("{at}: seriously wounded or seriously ill; no count or ratio may hold them back.",
         "{at}: тяжкопоранені або тяжкохворі; жодна кількість чи пропорція не може їх затримати."),
        ("Send them first once fit to travel; ask each of them.",
         "Відправте їх першими, щойно дозволить стан; запитайте кожного."),
        "GC III 109(1), 109(3), 110",
    ),
)  # fmt: skip

FINDINGS: Mapping[str, FindingRule] = {rule.code: rule for rule in FINDING_RULES}
assert len(FINDINGS) == len(FINDING_RULES), "a finding code stands twice in the table"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: `rows` are row numbers as the spreadsheet counts them, `ids` the entries' ids, in the same order.

    `details` fill the rule's sentence. They may hold codes, numbers, dates of the register's state and other ids; never a
    name and never a birth date.
    """

    code: str
    rows: tuple[int, ...] = ()
    ids: tuple[str, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        assert self.code in FINDINGS, f"no such finding: {self.code}"

    @property
    def rule(self) -> FindingRule:
        return FINDINGS[self.code]

    @property
    def severity(self) -> Severity:
        return self.rule.severity

    def sentence(self, language: str = "en") -> str:
        """The finding in the reader's language (`en` or `uk`), without a name."""
        local = {key.removesuffix(f"_{language}"): text for key, text in self.details.items() if key.endswith(f"_{language}")}
        template = self.rule.uk if language == "uk" else self.rule.en
        return template.format(**{**self.details, **local, "at": self._at(language)})

    def _at(self, language: str) -> str:
        one, many = ("Рядок", "Рядки") if language == "uk" else ("Row", "Rows")
        return f"{one if len(self.rows) == 1 else many} {shorten(self.rows)}"

    def remedy(self, language: str = "en") -> str:
        return self.rule.remedy_uk if language == "uk" else self.rule.remedy_en

    def as_dict(self) -> dict[str, object]:
        return {
            "code": self.code,
            "severity": self.severity.value,
            "rows": list(self.rows),
            "ids": list(self.ids),
            "details": dict(self.details),
        }


def gather(findings: Iterable[Finding]) -> list[Finding]:
    """Findings that say the same of single rows, as one finding about all of these rows; for reading, not for counting.

    >>> [one.sentence() for one in gather(Finding("NOT_IN_REGISTER", (row,), (f"r{row}",)) for row in (4, 9))]
    ['Rows 4, 9: not found in the register.']
    """
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for number, found in enumerate(findings):
        own = number if len(found.rows) != 1 else -1
        alike.setdefault((found.code, own, *sorted(found.details.items())), []).append(found)
    return [
        replace(
            group[0], rows=tuple(row for one in group for row in one.rows), ids=tuple(name for one in group for name in one.ids)
        )
        for group in alike.values()
    ]


def shorten(items: tuple[int, ...], most: int = 12) -> str:
    """A few of many, with the number left out.

    >>> shorten((1, 2, 3), most=2)
    '1, 2 (+1)'
    """
    shown = ", ".join(str(item) for item in items[:most])
    return shown if len(items) <= most else f"{shown} (+{len(items) - most})"
