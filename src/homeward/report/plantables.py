"""The tables of a plan: everything that its pictures show, in numbers."""

from __future__ import annotations

from collections.abc import Mapping

from homeward.planning import Account
from homeward.report.plancharts import band_name, fullest, priority_name, standings_shown
from homeward.report.tables import Column, Row, Table
from homeward.report.words import Words, known

#: Of limits, so many clauses are told, the fullest ones.
TOLD_LIMITS = 100


def plan_stages_table(account: Account, names: Mapping[str, str], words: Words) -> Table:
    """People and reserves of each stage and side, and who stays."""
    rows = []
    for at, (stage, day) in enumerate(zip(account.stages, account.dates, strict=True)):
        cells = []
        for side in account.sides:
            named, wanted = account.reserves[side][at]
            cells += [words.number(account.counts[side][at]), f"{words.number(named)} / {words.number(wanted)}"]
        rows.append(Row((stage, words.day(day), *cells)))
    stay = [cell for side in account.sides for cell in (words.number(account.counts[side][-1]), "")]
    rows.append(Row((words("plan_stay"), "", *stay), total=True))
    titles = [
        Column(f"{names.get(side, side)}: {words(key).lower()}", numeric=True)
        for side in account.sides
        for key in ("plan_going", "plan_reserves")
    ]
    columns = (Column(words("plan_stage")), Column(words("stages_on")), *titles)
    return Table(words("plan_stages_table"), words("plan_stages_basis"), columns, tuple(rows))


def plan_priorities_table(account: Account, names: Mapping[str, str], words: Words) -> Table:
    """Each level of each priority: how many of each side go in which stage, and how many stay."""
    rows = []
    for standing in standings_shown(account):
        rows.append(Row((priority_name(standing, words),), group=True))
        for band in standing.bands:
            for side in account.sides:
                counts = band.counts[side]
                cells = (*map(words.number, counts), words.number(sum(counts)))
                rows.append(Row((f"{band_name(standing, band, words)}, {names.get(side, side)}", *cells)))
    titles = (*account.stages, words("plan_stay"), words("total"))
    columns = (Column(words("plan_level")), *(Column(title, numeric=True) for title in titles))
    return Table(words("plan_priorities_table"), words("plan_priorities_basis"), columns, tuple(rows))


def plan_limits_table(account: Account, words: Words) -> Table:
    """Each limit, whom it counts when, and how much of it is used."""
    rows = []
    for use in fullest(account.uses, TOLD_LIMITS):
        when = words("plan_so_far" if use.so_far else "plan_this_stage", stage=use.stage)
        cells = (use.clause.said(known(words.language)), " + ".join(use.sides), when)
        numbers = (words.number(use.used), words.number(use.limit), words.share(use.used, use.limit))
        rows.append(Row((use.clause.id, *cells, *numbers)))
    basis = words("plan_limits_basis")
    if len(rows) < len(account.uses):
        basis += "; " + words("plan_limits_fullest", shown=words.number(len(rows)), all=words.number(len(account.uses)))
    titles = ("plan_clause", "what", "side", "plan_counted", "plan_used", "plan_limit", "plan_share")
    columns = tuple(Column(words(title), numeric=at >= 4) for at, title in enumerate(titles))
    return Table(words("plan_limits_table"), basis, columns, tuple(rows))
