"""The pictures of a plan: people by stage, who goes when by priority, and how much of each limit is used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes

from homeward.planning import Account, Band, Standing, Use
from homeward.planning.words import priority
from homeward.report.drawing import INK, MUTED, PAPER, RULE, SHADES, SIDES, Picture, canvas, picture
from homeward.report.words import Words, known

#: Of limits, so many are drawn, the fullest ones; the table has more.
DRAWN_LIMITS = 18
#: A part of a bar narrower than this share of it has no room for its number; the table has it.
_ROOM = 0.055
#: The faces of the first stage and of the last, between which the others lie.
_FIRST, _LAST = (0x1D, 0x66, 0x70), (0xC3, 0xD9, 0xDC)


def stage_faces(stages: int) -> tuple[tuple[str, str], ...]:
    """A face for each stage, dark for early, and a hatched one for those who stay."""
    faces = []
    for at in range(stages):
        share = at / max(stages - 1, 1)
        mixed = [round(first + (last - first) * share) for first, last in zip(_FIRST, _LAST, strict=True)]
        faces.append(("#" + "".join(f"{part:02x}" for part in mixed), ""))
    return (*faces, SHADES[2])


def standings_shown(account: Account) -> tuple[Standing, ...]:
    """The priorities that say something of their own: none of everybody, and none of the same people as one before it."""
    shown: list[Standing] = []
    for standing in account.standings:
        if standing.name != "all" and all(standing.bands != other.bands for other in shown):
            shown.append(standing)
    return tuple(shown)


def band_name(standing: Standing, band: Band, words: Words) -> str:
    """The level of a priority in words."""
    if band.kind == "score":
        low, high = words.number(band.low), words.number(band.high)
        return low if low == high else words("plan_from_to", low=low, high=high)
    if band.kind == "not known":
        return words("plan_not_known")
    return words("plan_all") if standing.name == "all" else words("plan_members")


def priority_name(standing: Standing, words: Words) -> str:
    """The name of a priority, beginning with a capital."""
    name = priority(standing.name, "uk" if known(words.language) == "uk" else "en")
    return name[:1].upper() + name[1:]


def plan_stages_picture(account: Account, names: Mapping[str, str], words: Words) -> Picture:
    """For each stage and then for those who stay: a bar for each side."""
    columns = [*account.stages, words("plan_stay")]
    wide = 0.8 / max(1, len(account.sides))
    most = max([count for counts in account.counts.values() for count in counts] + [1])
    with canvas(3.2) as (figure, (axes,)):
        said = []
        for index, side in enumerate(account.sides):
            colour, hatch = SIDES[index % len(SIDES)]
            for at, count in enumerate(account.counts[side]):
                x = at - 0.4 + wide * (index + 0.5)
                axes.bar(x, count, wide * 0.84, color=colour, hatch=hatch or None, edgecolor=INK, linewidth=0.6)
                if len(columns) * len(account.sides) <= 24:
                    axes.text(x, count + most * 0.02, words.number(count), ha="center", va="bottom")
                said.append(f"{columns[at]}, {names.get(side, side)}: {words.number(count)}.")
        axes.set(ylim=(0, most * 1.12), xlim=(-0.55, len(columns) - 0.45), yticks=[])
        many = len(columns) > 10
        labels = [
            *(f"{stage}\n{words.day(day)}" for stage, day in zip(account.stages, account.dates, strict=True)),
            columns[-1],
        ]
        axes.set_xticks(range(len(columns)), columns if many else labels)
        axes.tick_params(axis="x", colors=INK, pad=6, rotation=90 if many else 0)
        axes.axhline(0, color=MUTED, linewidth=0.8)
        axes.axvline(len(columns) - 1.5, color=RULE, linewidth=1.0)
        figure.subplots_adjust(0.005, 0.32 if many else 0.18, 0.995, 0.99)
        return picture(figure, "plan-stages", words("plan_stages_chart"), " ".join(said))


def plan_priorities_picture(account: Account, names: Mapping[str, str], words: Words) -> Picture:
    """For each level of each priority, side by side: a bar of everybody there, cut by stage."""
    faces = stage_faces(len(account.stages))
    rows = [
        (standing, band, side)
        for standing in standings_shown(account)
        for band in standing.bands
        for side in account.sides
        if sum(band.counts[side])
    ]
    heads = len({standing.name for standing, _, _ in rows})
    with canvas(0.4 + 0.33 * max(len(rows), 1) + 0.4 * heads) as (figure, (axes,)):
        said, y, before = [], 0.0, ""
        for standing, band, side in rows:
            if standing.name != before:
                axes.text(-0.5, y + 0.05, priority_name(standing, words), va="center", fontweight="bold")
                before, y = standing.name, y + 1.0
            counts = band.counts[side]
            axes.text(-0.005, y, f"{band_name(standing, band, words)}, {side}", ha="right", va="center", fontsize=10)
            _parts(axes, y, counts, faces, words)
            axes.text(1.01, y, words.number(sum(counts)), va="center", fontsize=10)
            told = ", ".join(
                f"{name} {words.number(count)}"
                for name, count in zip((*account.stages, words("plan_stay")), counts, strict=True)
                if count
            )
            said.append(
                f"{priority_name(standing, words)}, {band_name(standing, band, words)}, {names.get(side, side)}: {told}."
            )
            y += 0.82
        axes.set(xlim=(-0.5, 1.1), ylim=(max(y, 1.0) - 0.3, -0.6), xticks=[], yticks=[])
        figure.subplots_adjust(0.005, 0.005, 0.995, 0.995)
        return picture(figure, "plan-priorities", words("plan_priorities_chart"), " ".join(said))


def _parts(axes: Axes, y: float, counts: Sequence[int], faces: Sequence[tuple[str, str]], words: Words) -> None:
    """A bar of length 1 cut into the shares of these counts, each with its number where there is room."""
    whole, left = sum(counts), 0.0
    for at, count in enumerate(counts):
        share = count / whole
        if not count:
            continue
        colour, hatch = faces[at]
        axes.barh(y, share, 0.6, left=left, color=colour, hatch=hatch or None, edgecolor=INK, linewidth=0.6)
        if share >= _ROOM:
            dark = not hatch and at * 2 < len(counts) - 1
            box = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.8} if hatch else None
            text = words.number(count)
            axes.text(
                left + share / 2, y, text, ha="center", va="center", fontsize=9.5, color=PAPER if dark else INK, bbox=box
            )  # fmt: skip
        left += share


def fullest(uses: Sequence[Use], most: int) -> list[Use]:
    """The fullest limits, each clause with its sides kept together by what is fullest in it; then as in the terms."""
    rows: dict[tuple[str, tuple[str, ...]], list[Use]] = {}
    for use in uses:
        rows.setdefault((use.clause.id, use.sides), []).append(use)
    order = sorted(rows, key=lambda key: -max(use.used / use.limit for use in rows[key]))
    chosen = set(order[:most])
    return [use for key, row in rows.items() if key in chosen for use in row]


def plan_limits_picture(account: Account, words: Words) -> Picture:
    """A grid of limits by stages: each cell is filled as far as the limit is used, with both numbers in it."""
    uses = fullest(account.uses, DRAWN_LIMITS)
    rows = list(dict.fromkeys((use.clause.id, use.sides) for use in uses))
    with canvas(0.5 + 0.4 * max(len(rows), 1)) as (figure, (axes,)):
        said = []
        for use in uses:
            y, x = rows.index((use.clause.id, use.sides)), account.stages.index(use.stage)
            share = min(use.used / use.limit, 1.0)
            full = use.used >= use.limit
            axes.barh(y, 0.94, 0.72, left=x + 0.03, color=PAPER, edgecolor=RULE, linewidth=0.8)
            axes.barh(y, 0.94 * share, 0.72, left=x + 0.03, color=SHADES[1][0], edgecolor=INK if full else RULE, linewidth=0.8)
            text = words("of", part=words.number(use.used), all=words.number(use.limit))
            axes.text(x + 0.5, y, text, ha="center", va="center", fontsize=9.5, fontweight="bold" if full else "normal")
            when = words("plan_so_far" if use.so_far else "plan_this_stage", stage=use.stage)
            said.append(f"{use.clause.id}, {' + '.join(use.sides)}, {when}: {text}.")
        for y, (clause, sides) in enumerate(rows):
            label = f"{clause}, {' + '.join(sides)}"
            axes.text(-0.02, y, label if len(label) <= 34 else label[:33] + "…", ha="right", va="center", fontsize=10)
        wide = len(account.stages)
        for x, stage in enumerate(account.stages):
            axes.text(x + 0.5, -0.72, stage if len(stage) <= 16 else stage[:15] + "…", ha="center", va="center", color=MUTED)
        axes.set(xlim=(-wide * 0.42, wide), ylim=(max(len(rows), 1) - 0.5, -1.0), xticks=[], yticks=[])
        figure.subplots_adjust(0.005, 0.005, 0.995, 0.995)
        return picture(figure, "plan-limits", words("plan_limits_chart"), " ".join(said))
