"""Two pictures of matching: why one pair is proposed (a waterfall of bits), and what each threshold would let through.

Both take numbers and words and give a `Picture`; the same facts stand in a table beside it on the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from homeward.report.drawing import INK, MUTED, RULE, SHADES, Picture, canvas, picture

#: Thresholds that the table tells; the picture has every one between.
THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.99, 0.995, 0.999)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the waterfall: its sentence, and the bits that it adds or takes away."""

    sentence: str
    bits: float


@dataclass(frozen=True, slots=True)
class Threshold:
    """What a threshold lets through: how many links, how many of them are right as the probabilities say, which share that is."""

    at_least: float
    links: int
    right: float

    @property
    def precision(self) -> float:
        return self.right / self.links if self.links else 1.0


def thresholds(probabilities: Sequence[float], levels: Sequence[float] = THRESHOLDS) -> list[Threshold]:
    """What each level would let through. A calibrated probability is the share that is right among its equals, so the links
    expected to be right are the sum of their probabilities.

    >>> thresholds([0.9, 0.6, 0.99], (0.5, 0.95))[1]
    Threshold(at_least=0.95, links=1, right=0.99)
    """
    sure = np.sort(np.asarray(probabilities, float))[::-1]
    sums = np.append(0.0, np.cumsum(sure))
    counts = np.searchsorted(-sure, -np.asarray(levels, float), "right")
    return [Threshold(level, int(count), float(sums[count])) for level, count in zip(levels, counts.tolist(), strict=True)]


def waterfall_picture(bars: Sequence[Bar], total: str, title: str, description: str, axis: str) -> Picture:
    """Each bar begins where the one before it ended; the last stands for the whole. For is drawn to the right, against to the left."""
    ends = list(accumulate(bar.bits for bar in bars))
    starts = [0.0, *ends[:-1]]
    with canvas(0.75 + 0.62 * (len(bars) + 1)) as (figure, (axes,)):
        low, high = min(0.0, *ends), max(0.0, *ends)
        wide = max(high - low, 1.0)
        for y, (bar, start, end) in enumerate(zip(bars, starts, ends, strict=True)):
            colour, hatch = SHADES[0] if bar.bits >= 0 else SHADES[1]
            axes.barh(y, bar.bits, 0.42, left=start, color=colour, hatch=hatch or None, edgecolor=INK, linewidth=0.6)
            axes.text(low, y - 0.37, _fitting(bar.sentence), va="center", color=INK)
            axes.text(max(start, end) + wide * 0.01, y, f"{bar.bits:+.1f}".replace("-", "−"), va="center", color=INK)
            axes.plot([end, end], [y + 0.21, y + 0.79], color=MUTED, linewidth=0.8)
        last = len(bars)
        axes.barh(last, ends[-1] if ends else 0.0, 0.42, color=SHADES[3][0], edgecolor=INK, linewidth=0.8)
        axes.text(low, last - 0.37, total, va="center", fontweight="bold")
        axes.axvline(0, color=RULE, linewidth=0.8, zorder=0)
        axes.set(xlim=(low - wide * 0.01, high + wide * 0.09), ylim=(last + 0.5, -0.75), yticks=[], xlabel=axis)
        figure.subplots_adjust(0.01, min(0.3, 0.5 / (0.75 + 0.62 * (len(bars) + 1))), 0.99, 0.995)
        return picture(figure, "waterfall", title, description)


def _fitting(sentence: str, length: int = 110) -> str:
    return sentence if len(sentence) <= length else sentence[: length - 1] + "…"


def threshold_picture(
    probabilities: Sequence[float], title: str, description: str, *, links: str, precision: str, axis: str
) -> Picture:
    """How many links each threshold lets through, above; the share of them expected to be right, below.

    The axis is in odds, so that 0.9, 0.99 and 0.999 are as far from each other.
    """
    levels = 1.0 / (1.0 + np.exp2(-np.linspace(0.0, 12.0, 97)))
    told = thresholds(probabilities, levels.tolist())
    at = np.log2(levels / (1.0 - levels))
    ticks = [0.5, 0.8, 0.9, 0.95, 0.99, 0.995, 0.999]
    with canvas(4.6, 2, 1, sharex=True) as (figure, (above, below)):
        above.fill_between(at, [each.links for each in told], step="post", color=SHADES[1][0], edgecolor=INK, linewidth=0.8)
        above.set(ylim=(0, max(1, told[0].links) * 1.08))
        above.set_title(links, loc="left", fontsize=11, fontweight="bold", color=INK)
        shares = [100 * each.precision for each in told]
        below.plot(at, shares, color=SHADES[0][0], linewidth=2)
        below.set(ylim=(min(99.0, *shares) - 0.1, 100.05), xlabel=axis)
        below.set_title(precision, loc="left", fontsize=11, fontweight="bold", color=INK)
        below.set_xticks(np.log2(np.array(ticks) / (1 - np.array(ticks))), [f"{100 * level:g}" for level in ticks])
        for axes in (above, below):
            axes.grid(axis="y", color=RULE, linewidth=0.6)
            axes.set_axisbelow(True)
            axes.set_xlim(0, 12)
        figure.subplots_adjust(0.07, 0.11, 0.99, 0.94, hspace=0.28)
        return picture(figure, "thresholds", title, description)
