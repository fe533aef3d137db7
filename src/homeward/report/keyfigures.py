"""The few numbers at the head of the report, each with what it is made of and what it is counted on."""

from __future__ import annotations

from dataclasses import dataclass

from homeward.report.model import Report, SideSummary
from homeward.report.tables import stream_name
from homeward.report.words import Words, parse_time


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number, its parts (label, number), and its basis."""

    title: str
    number: str
    parts: tuple[tuple[str, str], ...]
    basis: str


def reached(side: SideSummary, step: str) -> int:
    """How many people of a side got as far as a step; 0 for a step that the side does not count."""
    return sum(each.count for each in side.funnel if each.step == step)


def last_time(report: Report) -> str | None:
    """The latest time of any act, or `None` when no act has a time that can be read."""
    return max((at for at in report.act_times if parse_time(at) is not None), key=_order, default=None)


def first_time(report: Report) -> str | None:
    """The earliest time of any act."""
    return min((at for at in report.act_times if parse_time(at) is not None), key=_order, default=None)


def _order(at: str) -> float:
    time = parse_time(at)
    return 0.0 if time is None else time.timestamp()


def as_of(report: Report, words: Words) -> str:
    """Up to which act and time the report's numbers go."""
    if not report.act_times:
        return words("as_of_nothing")
    last = last_time(report)
    moment = words("date_unknown") if last is None else words.moment(last)
    return words("as_of", acts=words.number(len(report.act_times)), moment=moment)


def key_figures(report: Report, words: Words) -> tuple[KeyFigure, ...]:
    """Handed over, received, deviations, acts, rows on lists."""
    return (
        *(_people(report, step, words) for step in ("handed_over", "received")),
        _deviations(report, words),
        _acts(report, words),
        _rows(report, words),
    )


def _people(report: Report, step: str, words: Words) -> KeyFigure:
    counts = [(stream_name(report, side, words), reached(side, step)) for side in report.sides]
    parts = tuple((name, words.number(count)) for name, count in counts)
    basis = words("people_basis", stages=words.number(len(report.stages)))
    return KeyFigure(words(step), words.number(sum(count for _, count in counts)), parts, basis)


def _deviations(report: Report, words: Words) -> KeyFigure:
    agreed = sum(1 for each in report.deviations if each.agreed_by)
    reserves = sum(1 for each in report.deviations if each.reserve)
    parts = ((words("deviations_agreed"), words.number(agreed)), (words("deviations_reserves"), words.number(reserves)))
    return KeyFigure(words("deviations"), words.number(len(report.deviations)), parts, words("deviations_basis"))


def _acts(report: Report, words: Words) -> KeyFigure:
    parts = tuple(
        (words(key), words("date_unknown") if at is None else words.day(at))
        for key, at in (("acts_first", first_time(report)), ("acts_last", last_time(report)))
    )
    return KeyFigure(words("acts"), words.number(len(report.act_times)), parts, words("acts_basis"))


def _rows(report: Report, words: Words) -> KeyFigure:
    counts = {name: sum(getattr(each, name) for each in report.lists) for name in ("accepted", "remarked", "refused")}
    parts = tuple((words(name), words.number(count)) for name, count in counts.items())
    rows = sum(each.rows for each in report.lists)
    return KeyFigure(words("rows_on_lists"), words.number(rows), parts, words("rows_basis"))
