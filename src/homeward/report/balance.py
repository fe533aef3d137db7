"""The balance by double entry: everybody planned or called from the reserve stands in one column of outcomes, and it is shown to add up.

>>> stage = StageSummary("day1", None, {"home": {"planned": 3, "reserves_called": 1, "received": 3, "died": 1}}, {"home": 3})
>>> [(row.people, row.outcomes, row.missing) for row in balance_rows((stage,))]  # the stage, then all stages
[(4, 4, 0), (4, 4, 0)]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from homeward.exchange.rules import COLUMNS
from homeward.report.model import Report, StageSummary
from homeward.report.tables import Column, Row, Table, adds_up, stream_name
from homeward.report.words import Words

#: Columns of a balance that are no outcomes: who was planned, and who was called from the reserve.
_ENTERED = ("planned", "reserves_called")


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One side in one stage (`None`: in all stages) by double entry. `missing` is 0 when everybody stands in one column."""

    stage: StageSummary | None
    side: str
    counts: Mapping[str, int]

    @property
    def people(self) -> int:
        return sum(self.counts.get(name, 0) for name in _ENTERED)

    @property
    def outcomes(self) -> int:
        return sum(count for name, count in self.counts.items() if name not in _ENTERED)

    @property
    def missing(self) -> int:
        return self.people - self.outcomes


def balance_rows(stages: Iterable[StageSummary], order: Sequence[str] = ()) -> tuple[BalanceRow, ...]:
    """A row per stage and side, then one per side for all stages together. Sides stand in the `order` of the report."""
    rows: list[BalanceRow] = []
    totals: dict[str, dict[str, int]] = {}
    for stage in stages:
        for side in sorted(stage.balance, key=lambda side: (order.index(side) if side in order else len(order), side)):
            counts = stage.balance[side]
            rows.append(BalanceRow(stage, side, counts))
            total = totals.setdefault(side, {})
            for name, count in counts.items():
                total[name] = total.get(name, 0) + count
    return (*rows, *(BalanceRow(None, side, total) for side, total in totals.items()))


def balance_table(report: Report, words: Words) -> Table:
    """The double entry with its check. Columns that nobody stands in anywhere are left out, except the received."""
    entries = balance_rows(report.stages, [side.id for side in report.sides])
    used = {name for entry in entries for name, count in entry.counts.items() if count} - {*_ENTERED}
    known = [*dict.fromkeys(COLUMNS.values()), "between_columns"]
    names = ["received", *(name for name in known if name in used and name != "received"), *sorted(used - {*known})]
    sides = {side.id: stream_name(report, side, words) for side in report.sides}
    rows: list[Row] = []
    stage: StageSummary | None = None
    for number, entry in enumerate(entries):
        if number == 0 or entry.stage is not stage:
            stage = entry.stage
            heading = words("all_stages") if stage is None else f"{stage.id}, {words.day(stage.date)}"
            rows.append(Row((heading,), group=True))
        cells = (
            sides.get(entry.side, entry.side),
            *(words.number(entry.counts.get(name, 0)) for name in _ENTERED),
            words.number(entry.people),
            *(words.number(entry.counts.get(name, 0)) for name in names),
            words.number(entry.outcomes),
            adds_up(entry.missing, words),
        )
        rows.append(Row(cells, total=stage is None))
    numbers = [words("planned"), words("plus_reserves"), words("equals_people")]
    numbers += [words.code("column", name) for name in names] + [words("sum_of_outcomes")]
    columns = (
        Column(words("side")),
        *(Column(title, numeric=True) for title in numbers),
        Column(words("adds_up")),
    )
    stages = ", ".join(stage.id for stage in report.stages)
    return Table(words("balance_table"), words("balance_basis", stages=stages), columns, tuple(rows))


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the numbers against each other, in a sentence."""

    good: bool
    text: str


def checks(report: Report, words: Words) -> tuple[Check, ...]:
    """Every row adds up; and for each side the balance receives as many people as the way from listed to home does."""
    rows = balance_rows(report.stages)
    bad = sum(1 for row in rows if row.missing)
    number = words.number(len(rows))
    text = words("balance_bad", bad=words.number(bad), rows=number) if bad else words("balance_ok", rows=number)
    return (Check(not bad, text), *_across(report, words))


def _across(report: Report, words: Words) -> Iterable[Check]:
    totals = {row.side: row.counts.get("received", 0) for row in balance_rows(report.stages) if row.stage is None}
    for side in report.sides:
        ways = [step.count for step in side.funnel if step.step == "received"]
        if side.id in totals and ways:
            good = ways[0] == totals[side.id]
            numbers = {"balance": words.number(totals[side.id]), "way": words.number(ways[0])}
            yield Check(good, words("across_ok" if good else "across_bad", side=stream_name(report, side, words), **numbers))
