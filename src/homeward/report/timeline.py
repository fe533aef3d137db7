"""The picture of the record over time: how many acts it held, and who signed the key moments, with the days of stages shaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np
from matplotlib.axes import Axes

from homeward.report.drawing import INK, MUTED, RULE, SIDES, Picture, canvas, picture
from homeward.report.model import StageSummary, TimelineEvent
from homeward.report.words import Words, parse_time

#: A line is drawn through at most so many points, which keeps the file of a very long record small.
_POINTS = 600


def timeline_picture(
    act_times: Sequence[str],
    events: Sequence[TimelineEvent],
    stages: Sequence[StageSummary],
    parties: Mapping[str, str],
    words: Words,
) -> Picture | None:
    """`parties` are the lanes: code → name. `None` when no act has a time that can be read."""
    times = sorted(time for time in map(parse_time, act_times) if time is not None)
    if not times:
        return None
    first, last = _midnight(times[0]), _midnight(times[-1]) + timedelta(days=1)
    lanes = [*dict.fromkeys([*parties, *(event.party for event in events)])]
    lower = 0.32 * max(1, len(lanes)) + 0.3
    layout = {"sharex": True, "height_ratios": [2.6, lower]}
    with canvas(2.9 + lower, 2, 1, **layout) as (figure, (above, below)):
        _shade(above, below, stages, first, last)
        _grown(above, times, words)
        _lanes(below, lanes, events, parties)
        above.set_xlim(_x(first), _x(last))
        days = _ticks(first, last)
        below.set_xticks([_x(day) for day in days], [words.short_day(day.date()) for day in days], color=INK)
        for axes in (above, below):
            axes.set_facecolor("none")
        for day in days:
            below.axvline(_x(day), color=RULE, linewidth=0.6, zorder=0)
            above.axvline(_x(day), color=RULE, linewidth=0.6, zorder=0)
        figure.subplots_adjust(0.18, 0.09, 0.985, 0.93, hspace=0.06)
        said = (
            f"{words.moment(times[0].isoformat())} – {words.moment(times[-1].isoformat())}: "
            f"{words('acts').lower()} {words.number(len(act_times))}. "
            + " ".join(f"{stage.id}: {words.day(stage.date)}." for stage in stages)
        )
        return picture(figure, "timeline", words("timeline_chart"), said)


def _grown(axes: Axes, times: Sequence[datetime], words: Words) -> None:
    """The number of acts that had been signed at each time, as a line in steps."""
    at = np.array([_x(time) for time in times])
    counts = np.arange(1, len(at) + 1)
    keep = np.unique(np.linspace(0, len(at) - 1, min(len(at), _POINTS)).round().astype(int))
    axes.step([at[0], *at[keep]], [0, *counts[keep]], where="post", color=SIDES[0][0], linewidth=1.8)
    top = int(counts[-1])
    ticks = sorted({0, top // 2, top})
    axes.set_yticks(ticks, [words.number(tick) for tick in ticks], color=INK)
    axes.set_ylim(-top * 0.03, top * 1.08)
    axes.annotate(words("acts_axis"), (0, 1.03), xycoords="axes fraction", ha="right", color=MUTED, fontsize=10)
    axes.axhline(0, color=RULE, linewidth=0.8)


def _lanes(axes: Axes, lanes: Sequence[str], events: Sequence[TimelineEvent], parties: Mapping[str, str]) -> None:
    """One lane for each party, with a mark for each key moment that it signed."""
    for y, lane in enumerate(lanes):
        axes.axhline(y, color=RULE, linewidth=0.8, zorder=0)
        marks = [_x(time) for event in events if event.party == lane and (time := parse_time(event.at)) is not None]
        axes.plot(marks, [y] * len(marks), "|", color=INK, markersize=11, markeredgewidth=1.1)
    axes.set_yticks(range(len(lanes)), [_short(parties.get(lane, lane)) for lane in lanes], color=INK)
    axes.set_ylim(len(lanes) - 0.4, -0.6)


def _shade(above: Axes, below: Axes, stages: Sequence[StageSummary], first: datetime, last: datetime) -> None:
    """A band over each stage's day, with the stages' ids above it; a stage without a date, or outside the record, has none."""
    ids: dict[date, list[str]] = {}
    for stage in stages:
        day = parse_time(stage.date or "")
        if day is not None and first <= day < last:
            ids.setdefault(day.date(), []).append(stage.id)
    room = max(4, int(110 * timedelta(days=1) / (last - first)))
    for on, names in ids.items():
        start = datetime(on.year, on.month, on.day, tzinfo=UTC)
        for axes in (above, below):
            axes.axvspan(_x(start), _x(start + timedelta(days=1)), color="#e9eef0", linewidth=0, zorder=-1)
        text = ", ".join(names)
        above.annotate(
            text if len(text) <= room else text[: room - 1] + "…",
            (_x(start + timedelta(hours=12)), 1.03), xycoords=("data", "axes fraction"), ha="center", fontsize=10,
        )  # fmt: skip


def _ticks(first: datetime, last: datetime) -> list[datetime]:
    """Midnights for the axis: about ten, evenly spaced."""
    days = (last - first).days
    step = max(1, -(-days // 10))
    return [first + timedelta(days=day) for day in range(0, days, step)]


def _midnight(time: datetime) -> datetime:
    return time.replace(hour=0, minute=0, second=0, microsecond=0)


def _x(time: datetime) -> float:
    """Days since 1970, as matplotlib counts them."""
    return (time - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(days=1)


def _short(name: str) -> str:
    return name if len(name) <= 20 else name[:19] + "…"
