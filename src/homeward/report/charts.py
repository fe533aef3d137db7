"""The report's pictures. Each takes counts and words and gives back a `Picture`; the same facts stand in a table beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from matplotlib.axes import Axes

from homeward.report.drawing import INK, MUTED, PAPER, SHADES, SIDES, Picture, canvas, picture
from homeward.report.model import FunnelStep, ListQuality, MatchingSummary, SideSummary, StageSummary
from homeward.report.words import Words

#: The bands of probability that officers are shown, as upper ends in percent.
BANDS: tuple[float, ...] = (50, 80, 90, 95, 99, 99.9, 100)


@dataclass(frozen=True, slots=True)
class _Face:
    """How a bar is filled."""

    color: str
    hatch: str

    def bar(self, axes: Axes, y: float, left: float, width: float, height: float = 0.6) -> None:
        """A horizontal bar with an edge that shows in print; nothing is drawn for nobody."""
        if width:
            axes.barh(
                y, width, height, left=left, color=self.color, hatch=self.hatch or None, edgecolor=INK, linewidth=0.6
            )  # fmt: skip


def _face(faces: Sequence[tuple[str, str]], index: int) -> _Face:
    return _Face(*faces[index % len(faces)])


def _short(name: str, length: int = 34) -> str:
    return name if len(name) <= length else name[: length - 1] + "…"


# -- lists ------------------------------------------------------------------------------------------------------------


def lists_picture(lists: Sequence[ListQuality], labels: Sequence[str], words: Words) -> Picture:
    """One bar per list: rows accepted, accepted with remarks, refused."""
    outcomes = ("accepted", "remarked", "refused")
    most = max([each.rows for each in lists], default=0) or 1
    with canvas(0.35 + 0.85 * len(lists)) as (figure, (axes,)):
        said = []
        for y, (each, label) in enumerate(zip(lists, labels, strict=True)):
            left = 0
            for index, count in enumerate((each.accepted, each.remarked, each.refused)):
                _face(SHADES, index).bar(axes, y, left, count, 0.42)
                left += count
            axes.text(0, y - 0.36, _short(label, 80), va="center", fontweight="bold")
            axes.text(left + most * 0.012, y, words.number(each.rows), va="center", color=INK)
            counts = ", ".join(
                f"{words(name).lower()} {words.number(getattr(each, name))}" for name in outcomes
            )  # fmt: skip
            said.append(f"{label}: {counts}.")
        axes.set(xlim=(0, most * 1.1), ylim=(len(lists) - 0.6, -0.6), xticks=[], yticks=[])
        figure.subplots_adjust(0.005, 0.02, 0.995, 0.99)
        return picture(figure, "lists", words("lists_chart"), " ".join(said))


# -- matching ---------------------------------------------------------------------------------------------------------


def band_of(probability: float) -> int:
    """The number of the band of `BANDS` that a probability between 0 and 1 falls into; a band's upper end belongs to the next."""
    return next((index for index, high in enumerate(BANDS) if probability * 100 < high), len(BANDS) - 1)


def band_names(words: Words) -> tuple[str, ...]:
    """The bands in words."""
    ends = tuple(f"{end:g}".replace(".", "," if words.language == "uk" else ".") for end in BANDS)
    between = (words("between", low=low, high=high) for low, high in pairwise(ends[:-1]))
    return (words("below", high=ends[0]), *between, words("above", low=ends[-2]))


def matching_picture(matching: Sequence[MatchingSummary], labels: Sequence[str], words: Words) -> Picture:
    """For each list how many proposals fall into each band of probability, split by the decision where it is known."""
    names = band_names(words)
    codes = decided_codes(matching)
    with canvas(3.3, 1, max(1, len(matching))) as (figure, all_axes):
        said = []
        for number, (axes, each, label) in enumerate(zip(all_axes, matching, labels, strict=True)):
            decisions = each.decisions or ("not_given" if codes else "",) * len(each.probabilities)
            counts: dict[tuple[int, str], int] = {}
            for probability, decision in zip(each.probabilities, decisions, strict=True):
                key = (band_of(probability), decision)
                counts[key] = counts.get(key, 0) + 1
            bands = [sum(count for (band, _), count in counts.items() if band == index) for index in range(len(names))]
            most = max(bands) or 1
            for y, count in enumerate(bands):
                left = 0
                for index, code in enumerate(codes or ("",)):
                    part = counts.get((y, code), 0)
                    _face(SHADES, index).bar(axes, y, left, part, 0.62)
                    left += part
                axes.text(left + most * 0.025, y, words.number(count), va="center", color=INK if count else MUTED)
            axes.set(xlim=(0, most * 1.22), ylim=(-0.7, len(names) - 0.4), xticks=[])
            axes.set_yticks(range(len(names)), names if number == 0 else [""] * len(names), color=INK)
            axes.axvline(0, color=MUTED, linewidth=0.8)
            axes.set_title(_short(label), loc="left", fontsize=11, fontweight="bold", color=INK)
            told = ", ".join(f"{name}: {words.number(count)}" for name, count in zip(names, bands, strict=True))
            said.append(f"{label}: {told}.")
        figure.subplots_adjust(0.115, 0.02, 0.995, 0.91, wspace=0.06)
        return picture(figure, "matching", words("matching_chart"), " ".join(said))


def decided_codes(matching: Sequence[MatchingSummary]) -> tuple[str, ...]:
    """The decisions that any proposal carries, the usual ones first; none at all when no list carries any."""
    usual = ("same", "different", "undecided", "not_given")
    found = {code for each in matching for code in each.decisions}
    if found and any(each.probabilities and not each.decisions for each in matching):
        found.add("not_given")
    return tuple(code for code in usual if code in found) + tuple(sorted(found.difference(usual)))


# -- from listed to home ----------------------------------------------------------------------------------------------


def funnel_picture(sides: Sequence[SideSummary], names: Sequence[str], words: Words) -> Picture:
    """How many people reached each step: two sides back to back, any other number of them one below the other."""
    steps = list(dict.fromkeys(step.step for side in sides for step in side.funnel))
    said = " ".join(f"{name}: {_told(side.funnel, words)}." for side, name in zip(sides, names, strict=True))
    counts = [_counts(side, None) for side in sides]
    if len(sides) == 2:
        with canvas(0.55 + 0.56 * len(steps)) as (figure, (axes,)):
            _mirrored(axes, steps, counts, words, shares=True)
            most = max([*counts[0].values(), *counts[1].values(), 1])
            axes.text(-most * 0.2, -0.85, _short(names[0], 44), ha="right", fontweight="bold")
            axes.text(most * 0.2, -0.85, _short(names[1], 44), ha="left", fontweight="bold")
            axes.set_ylim(len(steps) - 0.5, -1.25)
            figure.subplots_adjust(0.005, 0.01, 0.995, 0.995)
            return picture(figure, "funnel", words("funnel_chart"), said)
    with canvas(max(1, len(sides)) * (0.5 + 0.42 * len(steps)), max(1, len(sides))) as (figure, all_axes):
        for index, (axes, count, name) in enumerate(zip(all_axes, counts, names, strict=False)):
            most = max([*count.values(), 1])
            for y, step in enumerate(steps):
                number = count.get(step, 0)
                _face(SIDES, index).bar(axes, y, 0, number)
                share = words.share(number, count.get("listed", 0))
                axes.text(number + most * 0.015, y, f"{words.number(number)} · {share}", va="center")
            axes.set(xlim=(0, most * 1.18), ylim=(len(steps) - 0.5, -0.6), xticks=[])
            axes.set_yticks(range(len(steps)), [words.code("step", step) for step in steps], color=INK)
            axes.set_title(name, loc="left", fontsize=11, fontweight="bold")
        figure.subplots_adjust(0.16, 0.02, 0.995, 0.95, hspace=0.3)
        return picture(figure, "funnel", words("funnel_chart"), said)


def groups_picture(
    sides: Sequence[SideSummary], names: Sequence[str], groups: Sequence[str], words: Words, columns: int = 3
) -> Picture:
    """The funnel of two sides for each group of the terms, as small pictures on a scale of their own."""
    steps = list(dict.fromkeys(step.step for side in sides for step in side.funnel))
    columns = max(2, min(columns, len(groups)))
    rows = -(-len(groups) // columns)
    with canvas(rows * (0.42 + 0.26 * len(steps)), rows, columns) as (figure, all_axes):
        said = []
        for axes, group in zip(all_axes, groups, strict=False):
            counts = [_counts(side, group) for side in sides]
            _mirrored(axes, steps, counts, words, shares=False, labels=all_axes.index(axes) % columns == 0)
            axes.set_title(_short(group, 28), loc="center", fontsize=11, fontweight="bold", color=INK)
            axes.set_ylim(len(steps) - 0.5, -0.7)
            for side, name in zip(sides, names, strict=True):
                said.append(f"{group}, {name}: {_told(side.funnel, words, group)}.")
        for axes in all_axes[len(groups) :]:
            axes.set_visible(False)
        figure.subplots_adjust(0.13, 0.01, 0.995, 1 - 0.3 / (rows * (0.42 + 0.26 * len(steps))), wspace=0.08, hspace=0.3)
        return picture(figure, "groups", words("funnel_groups_chart"), " ".join(said))


def _mirrored(
    axes: Axes,
    steps: Sequence[str],
    counts: Sequence[Mapping[str, int]],
    words: Words,
    *,
    shares: bool,
    labels: bool = True,
) -> None:
    """Two sides back to back: the first to the left, the second to the right, the names of the steps between or beside them."""
    most = max([*counts[0].values(), *counts[1].values(), 1])
    gutter = most * (0.2 if shares else 0.0)
    size = 11 if shares else 9.5
    for y, step in enumerate(steps):
        for index, sign in ((0, -1), (1, 1)):
            number = counts[index].get(step, 0)
            _face(SIDES, index).bar(axes, y, sign * gutter, sign * number, 0.62)
            text = words.number(number)
            if shares and step != "listed":
                text += f" · {words.share(number, counts[index].get('listed', 0))}"
            place = sign * (gutter + number + most * (0.02 if shares else 0.05))
            axes.text(place, y, text, ha="right" if sign < 0 else "left", va="center", fontsize=size)
        if shares:
            axes.text(0, y, words.code("step", step), ha="center", va="center", color=INK)
    reach = gutter + most * (1.36 if shares else 1.45)
    axes.set(xlim=(-reach, reach), xticks=[], yticks=[])
    if not shares:
        axes.axvline(0, color=PAPER, linewidth=1.4)
        if labels:
            axes.set_yticks(range(len(steps)), [words.code("step", step) for step in steps], fontsize=9.5, color=INK)


def _counts(side: SideSummary, group: str | None) -> dict[str, int]:
    return {step.step: step.count if group is None else step.by_group.get(group, 0) for step in side.funnel}


def _told(funnel: Sequence[FunnelStep], words: Words, group: str | None = None) -> str:
    return ", ".join(
        f"{words.code('step', step.step).lower()} {words.number(step.count if group is None else step.by_group.get(group, 0))}"
        for step in funnel
    )


# -- balance ----------------------------------------------------------------------------------------------------------

#: With more stages than this the numbers would run into each other; the table has them.
_NUMBERED_STAGES = 10


def balance_picture(stages: Sequence[StageSummary], sides: Mapping[str, str], words: Words) -> Picture:
    """After each stage, for each side: everybody received so far as a bar, who is missing from the plan as an outline on it."""
    ids = [*sides, *sorted({side for stage in stages for side in stage.balance} - sides.keys())]
    planned = {side: list(accumulate(stage.balance.get(side, {}).get("planned", 0) for stage in stages)) for side in ids}
    wide = 0.8 / max(1, len(ids))
    with canvas(3.6) as (figure, (axes,)):
        most = max([count for counts in planned.values() for count in counts] + [1])
        said = []
        for index, side in enumerate(ids):
            face = _face(SIDES, index)
            for at, stage in enumerate(stages):
                x = at - 0.4 + wide * (index + 0.5)
                count, due = stage.received_so_far.get(side, 0), planned[side][at]
                axes.bar(x, count, wide * 0.84, color=face.color, hatch=face.hatch or None, edgecolor=INK, linewidth=0.6)
                if due > count:
                    axes.bar(
                        x,
                        due - count,
                        wide * 0.84,
                        bottom=count,
                        color="none",
                        edgecolor=INK,
                        linewidth=0.8,
                        linestyle=(0, (3, 2)),
                    )
                text = words.number(count) if count == due else words("of", part=words.number(count), all=words.number(due))
                if len(stages) <= _NUMBERED_STAGES:
                    axes.text(x, max(count, due) + most * 0.02, text, ha="center", va="bottom")
                said.append(
                    f"{stage.id}, {sides.get(side, side)}: {words('received_so_far').lower()} {words.number(count)}, "
                    f"{words('planned_so_far').lower()} {words.number(due)}."
                )
        axes.set(ylim=(0, most * 1.12), xlim=(-0.55, max(1, len(stages)) - 0.45), yticks=[])
        labels = [f"{_short(stage.id, 14)}\n{words.day(stage.date)}" for stage in stages]
        axes.set_xticks(range(len(stages)), labels if len(stages) <= _NUMBERED_STAGES else [stage.id for stage in stages])
        axes.tick_params(axis="x", colors=INK, pad=6, rotation=0 if len(stages) <= _NUMBERED_STAGES else 90)
        axes.axhline(0, color=MUTED, linewidth=0.8)
        axes.set_facecolor("none")
        figure.subplots_adjust(0.005, 0.16 if len(stages) <= _NUMBERED_STAGES else 0.3, 0.995, 0.99)
        return picture(figure, "balance", words("balance_chart"), " ".join(said))


__all__ = [
    "BANDS",
    "balance_picture",
    "band_names",
    "band_of",
    "decided_codes",
    "funnel_picture",
    "groups_picture",
    "lists_picture",
    "matching_picture",
]
