"""The report's tables as rows of ready text: what each shows, on which basis, and whether its sums add up. Nothing is drawn here.

The balance has a module of its own, `homeward.report.balance`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from homeward.lists import ANSWER_CODES, FINDINGS
from homeward.report.model import DeviationSummary, ListQuality, MatchingSummary, Report, SideSummary
from homeward.report.words import Words


@dataclass(frozen=True, slots=True)
class Column:
    """A heading; numbers stand to the right."""

    title: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row as text, the first one naming the row. A `group` row has one cell, the heading of the rows below it."""

    cells: tuple[str, ...]
    total: bool = False
    group: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption and the basis of its numbers. `wide` tables scroll sideways on a phone."""

    caption: str
    basis: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


#: The code of a neutral whom the terms do not name.
_UNNAMED_NEUTRAL = "NEUTRAL"


def stream_name(report: Report, side: SideSummary, words: Words) -> str:
    """Who hands over to whom, by the parties' names."""
    return f"{party_name(report, side.holder, words)} → {party_name(report, side.receiver, words)}"


def party_name(report: Report, codes: str, words: Words) -> str:
    """The name of a party, or of several written as `A+B`; a code nobody named stays a code."""
    names = (report.parties.get(code) or code for code in codes.split("+"))
    return " + ".join(words("neutral_name") if name == _UNNAMED_NEUTRAL else name for name in names)


def list_label(report: Report, words: Words, label: str) -> str:
    """The label of a list: the stream's name where the label is (or ends with) the id of one."""
    list_id = label.rsplit(": ", 1)[-1]
    for side in report.sides:
        if side.id == list_id:
            return f"{stream_name(report, side, words)} ({list_id})"
    return label or words("list")


def adds_up(missing: int, words: Words) -> str:
    """The cell of a check: yes, or by how much it does not add up."""
    return words("yes") if missing == 0 else words("no_by", number=words.number(abs(missing)))


# -- lists and matching -----------------------------------------------------------------------------------------------


def lists_table(report: Report, words: Words) -> Table:
    """Rows of each file; the three outcomes must add up to the rows."""
    rows = []
    for each in report.lists:
        missing = each.rows - each.accepted - each.remarked - each.refused
        counts = (each.rows, each.accepted, each.remarked, each.refused)
        rows.append(Row((list_label(report, words, each.label), *map(words.number, counts), adds_up(missing, words))))
    titles = ("rows", "accepted", "remarked", "refused")
    columns = (Column(words("list")), *(Column(words(title), numeric=True) for title in titles), Column(words("adds_up")))
    return Table(words("lists_table"), words("lists_basis"), columns, tuple(rows))


def findings_table(report: Report, words: Words) -> Table:
    """Findings by code in the order of the check's own table, gravest weight and meaning beside the counts per list."""
    found = {code for each in report.lists for code, count in each.findings.items() if count}
    order = [code for code in FINDINGS if code in found] + sorted(found - FINDINGS.keys())
    rows = tuple(
        Row(
            (
                words.code("finding", code),
                words.code("severity", FINDINGS[code].severity.value) if code in FINDINGS else "",
                *(words.number(each.findings.get(code, 0)) for each in report.lists),
                _first(each.meanings.get(code, "") for each in report.lists),
            )
        )
        for code in order
    )
    lists = (Column(_short_label(report, words, each), numeric=True) for each in report.lists)
    columns = (Column(words("finding")), Column(words("severity")), *lists, Column(words("to_do")))
    return Table(words("findings_table"), words("findings_basis"), columns, rows)


def _short_label(report: Report, words: Words, each: ListQuality) -> str:
    """For the head of a narrow column: the stream alone, as long as no two lists would read the same."""
    labels = [list_label(report, words, other.label).rsplit(" (", 1)[0] for other in report.lists]
    short = list_label(report, words, each.label).rsplit(" (", 1)[0]
    return short if labels.count(short) == 1 else each.label


def matching_table(report: Report, words: Words) -> Table:
    """How many proposals the machine made and what the officers decided."""
    codes = _decisions(report.matching)
    rows = tuple(
        Row(
            (
                list_label(report, words, each.label),
                words.number(len(each.probabilities)),
                *(words.number(each.decided.get(code, 0)) for code in codes),
            )
        )
        for each in report.matching
    )
    decided = (Column(words.code("decided", code), numeric=True) for code in codes)
    columns = (Column(words("list")), Column(words("proposals"), numeric=True), *decided)
    return Table(words("matching_table"), words("matching_basis"), columns, rows)


def _decisions(matching: Sequence[MatchingSummary]) -> list[str]:
    usual = ["same", "different", "undecided"]
    return usual + sorted({code for each in matching for code in each.decided} - {*usual})


# -- from listed to home ----------------------------------------------------------------------------------------------


def groups_of(side: SideSummary) -> tuple[str, ...]:
    """The groups that any step of a side counts, in order."""
    return tuple(sorted({group for step in side.funnel for group in step.by_group}))


def funnel_table(report: Report, side: SideSummary, words: Words) -> Table:
    """People of each group at each step of one side."""
    rows = [Row((words("group_all"), *(words.number(step.count) for step in side.funnel)), total=True)]
    rows += [Row((group, *(words.number(step.by_group.get(group, 0)) for step in side.funnel))) for group in groups_of(side)]
    steps = (Column(words.code("step", step.step), numeric=True) for step in side.funnel)
    caption = words("funnel_table", side=stream_name(report, side, words))
    return Table(caption, words("funnel_basis", list=side.id), (Column(words("group")), *steps), tuple(rows))


def answers_table(report: Report, words: Words) -> Table:
    """Answers by code, with their meaning, and a total for each side."""
    found = {code for side in report.sides for code, count in side.answers.items() if count}
    order = [code for code in ANSWER_CODES if code in found] + sorted(found - ANSWER_CODES.keys())
    rows = [
        Row(
            (
                code,
                ANSWER_CODES[code].meaning("OFFER", words.language) if code in ANSWER_CODES else "",
                *(words.number(side.answers.get(code, 0)) for side in report.sides),
            )
        )
        for code in order
    ]
    open_now = [max(0, _listed(side) - sum(side.answers.values())) for side in report.sides]
    if any(open_now) and rows:
        rows.append(Row((words("unanswered"), "", *map(words.number, open_now))))
    rows.append(
        Row(
            (
                words("total"),
                "",
                *(
                    words.number(sum(side.answers.values()) + number)
                    for side, number in zip(report.sides, open_now, strict=True)
                ),
            ),
            total=True,
        )
    )
    sides = (Column(stream_name(report, side, words), numeric=True) for side in report.sides)
    columns = (Column(words("answer")), Column(words("meaning")), *sides)
    return Table(words("answers_table"), words("answers_basis"), columns, tuple(rows))


def _listed(side: SideSummary) -> int:
    return next((step.count for step in side.funnel if step.step == "listed"), 0)


# -- deviations and timeline ------------------------------------------------------------------------------------------


def deviations_table(report: Report, words: Words) -> Table:
    """Every deviation on the record, with both signatures and the reserve."""

    def row(each: DeviationSummary) -> Row:
        meaning = each.meaning[:1].upper() + each.meaning[1:]
        return Row(
            (
                words.number(each.act),
                each.stage or words("not_said"),
                meaning or each.kind,
                each.person or words("not_said"),
                party_name(report, each.by, words),
                party_name(report, each.agreed_by, words) if each.agreed_by else words("nobody_yet"),
                each.reserve or words("no_reserve"),
            )
        )

    titles = ("act", "stage", "what", "person", "stated_by", "agreed_by", "reserve")
    columns = tuple(Column(words(title), numeric=title == "act") for title in titles)
    return Table(words("deviations_table"), words("deviations_table_basis"), columns, tuple(map(row, report.deviations)))


#: As many key moments are shown as fit on about two printed pages.
MOMENTS = 60


def timeline_table(report: Report, words: Words) -> Table:
    """The key moments; of very many, the first and the last, with a row that says how many are left out between."""
    events = report.timeline
    rows = [
        Row((words.number(each.act), words.moment(each.at), party_name(report, each.party, words), each.text))
        for each in events
    ]
    if len(rows) > MOMENTS:
        left_out = Row(("…", "", "", words("left_out", number=words.number(len(rows) - MOMENTS))))
        rows = [*rows[: MOMENTS // 2], left_out, *rows[len(rows) - MOMENTS // 2 :]]
    titles = ("act", "time", "signed_by", "moment")
    columns = tuple(Column(words(title), numeric=title == "act") for title in titles)
    return Table(words("timeline_table"), words("timeline_basis"), columns, tuple(rows))


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")
