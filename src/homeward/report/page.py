"""Draw a `Report` as one HTML file that opens from disk: no network, no script, pictures inside it, ready to print.

The same report gives the same bytes on any machine with the same libraries. Everything that came from outside is escaped; a
content policy in the page forbids it to load anything.

>>> nothing = Report("Example", {"A": "Alpha"}, "", "", (), (), (), (), (), (), (), (), "", "incomplete")
>>> page = render(nothing)
>>> page.startswith("<!doctype html>"), "<script" in page
(True, False)
>>> "No stage has been closed yet." in page
True
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from homeward.people.atomic import replace_file
from homeward.report.agreement import blocks_of
from homeward.report.balance import balance_table, checks
from homeward.report.charts import (
    balance_picture,
    decided_codes,
    funnel_picture,
    groups_picture,
    lists_picture,
    matching_picture,
)
from homeward.report.drawing import SHADES, SIDES, legend_swatch
from homeward.report.keyfigures import as_of, first_time, key_figures, last_time
from homeward.report.model import Report
from homeward.report.planpage import plan_pictures, plan_tables
from homeward.report.rendering import Drawn, environment, style
from homeward.report.tables import (
    answers_table,
    deviations_table,
    findings_table,
    funnel_table,
    groups_of,
    list_label,
    lists_table,
    matching_table,
    party_name,
    stream_name,
    timeline_table,
)
from homeward.report.timeline import timeline_picture
from homeward.report.words import Words, known

#: The sections after the head, in their order: the key in the table of words is also the place to jump to.
SECTIONS = (
    "key_figures",
    "terms",
    "lists",
    "matching",
    "funnel",
    "plan",
    "balance",
    "deviations",
    "timeline",
    "proof",
    "verify",
)

#: Verdicts that the table of words explains.
_VERDICTS = frozenset({"complete", "incomplete", "changed", "unreadable"})


def write_report(report: Report, path: Path, *, language: str = "en") -> None:
    """Write the page to `path`, whole or not at all. `language` is `en` or `uk`. Raises `OSError`, leaving what was there."""
    replace_file(path, render(report, language=language).encode("utf-8"), mode=0o644)


def render(report: Report, *, language: str = "en") -> str:
    """The page as text."""
    words = Words(known(language))
    return (
        environment()
        .get_template("report.html")
        .render(
            t=words,
            language=words.language,
            style=style(),
            sections=SECTIONS,
            report=report,
            **_head(report, words),
            figures=key_figures(report, words),
            blocks=blocks_of(report.terms_text),
            pictures=_pictures(report, words),
            tables=_tables(report, words),
            funnels=tuple(funnel_table(report, side, words) for side in report.sides),
            checks=checks(report, words),
            as_of=as_of(report, words),
            hang=_second_column(report.verdict_text),
        )
    )


def _head(report: Report, words: Words) -> dict[str, object]:
    """What stands above the key figures."""
    acting = {code for side in report.sides for code in (*side.holder.split("+"), *side.receiver.split("+"))}
    first, last = first_time(report), last_time(report)
    digits = report.terms_digits.split()
    word = report.verdict_word
    return {
        "parties": tuple(party_name(report, code, words) for code in report.parties if code in acting or not acting),
        "others": tuple(party_name(report, code, words) for code in report.parties if acting and code not in acting),
        "period": None if first is None or last is None else (words.day(first), words.day(last)),
        "stage_days": tuple((stage.id, words.day(stage.date)) for stage in report.stages),
        "verdict": words.code("verdict", word),
        "verdict_meaning": words(f"meaning_{word}" if word in _VERDICTS else "meaning_other"),
        "verdict_good": word == "complete",
        "digits": tuple(digits),
        "digit_count": sum(map(len, digits)),
    }


def _second_column(text: str) -> int:
    """Where the second column of the verdict begins, in letters: behind the first word and its spaces."""
    found = re.match(r"\S+\s+", text)
    return min(found.end(), 24) if found else 0


def _pictures(report: Report, words: Words) -> Mapping[str, Drawn]:
    """The pictures that there is something to draw for."""
    found: dict[str, Drawn] = {}
    names = _stream_names(report, words)
    sides = tuple(legend_swatch(SIDES[index % len(SIDES)], name) for index, name in enumerate(names.values()))
    if report.lists:
        labels = [list_label(report, words, each.label) for each in report.lists]
        outcomes = (words("accepted"), words("remarked"), words("refused"))
        legend = tuple(legend_swatch(face, name) for face, name in zip(SHADES, outcomes, strict=False))
        found["lists"] = Drawn(lists_picture(report.lists, labels, words), legend)
    if report.matching:
        labels = [_fitting(list_label(report, words, each.label), each.label) for each in report.matching]
        codes = decided_codes(report.matching)
        legend = tuple(
            legend_swatch(SHADES[index % len(SHADES)], words.code("decided", code)) for index, code in enumerate(codes)
        )
        found["matching"] = Drawn(matching_picture(report.matching, labels, words), legend)
    if any(side.funnel for side in report.sides):
        fitting = [_fitting(name, name_id) for name_id, name in names.items()]
        found["funnel"] = Drawn(funnel_picture(report.sides, fitting, words))
        groups = sorted({group for side in report.sides for group in groups_of(side)})
        if groups and len(report.sides) == 2:
            found["groups"] = Drawn(groups_picture(report.sides, list(names.values()), groups, words), sides)
    if report.plan is not None:
        found |= plan_pictures(report.plan, names, words)
    if report.stages:
        found["balance"] = Drawn(balance_picture(report.stages, names, words), sides)
    parties = {code: party_name(report, code, words) for code in report.parties}
    timeline = timeline_picture(report.act_times, report.timeline, report.stages, parties, words)
    if timeline is not None:
        found["timeline"] = Drawn(timeline)
    return found


def _fitting(name: str, otherwise: str) -> str:
    """A name for the narrow place above a picture, or the list's id where it would be cut off; the tables have both."""
    return name if len(name) <= 34 else otherwise


def _tables(report: Report, words: Words) -> Mapping[str, object]:
    return {
        "lists": lists_table(report, words),
        "findings": findings_table(report, words),
        "matching": matching_table(report, words),
        "answers": answers_table(report, words),
        "balance": balance_table(report, words),
        "deviations": deviations_table(report, words),
        "timeline": timeline_table(report, words),
        **({} if report.plan is None else plan_tables(report.plan, _stream_names(report, words), words)),
    }


def _stream_names(report: Report, words: Words) -> dict[str, str]:
    return {side.id: stream_name(report, side, words) for side in report.sides}
