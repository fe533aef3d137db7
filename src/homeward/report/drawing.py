"""From a matplotlib figure to SVG that stands inside the page: same figure, same bytes; nothing in it points outside.

Text stays text, so that it can be searched, read aloud and set in the page's own font. Every picture has a title and a description
for those who cannot see it, and its ids carry the picture's own name so that several stand in one page.

Colours are neutral and tell two sides apart in grey and to colour-blind eyes as well; the second side also has a hatch, so that
nothing is said by colour alone.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from markupsafe import Markup, escape
from matplotlib.axes import Axes
from matplotlib.figure import Figure

INK, MUTED, RULE, PAPER = "#1d2629", "#566268", "#cfd7da", "#ffffff"

#: The faces of the sides, in the order of the terms: colour and hatch.
SIDES: tuple[tuple[str, str], ...] = (("#1d6670", ""), ("#c79a5b", "////"), ("#7b6a8e", "...."), ("#8a9a8c", "xxxx"))

#: The faces of accepted, accepted with remarks, refused; and of same, different, undecided.
SHADES: tuple[tuple[str, str], ...] = (("#5f7f86", ""), ("#c3d0d2", "////"), ("#ffffff", "xxxx"), ("#e3e8ea", "...."))

#: Width of every picture in inches of 72 units; the page scales it to its own width.
WIDTH = 9.4

_FONTS = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'DejaVu Sans', sans-serif"

_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "homeward",
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": RULE,
    "axes.labelcolor": MUTED,
    "axes.linewidth": 0.8,
    "axes.grid": False,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "hatch.linewidth": 0.7,
    "hatch.color": INK,
}


@dataclass(frozen=True, slots=True)
class Picture:
    """One chart: its name within the page, its title, the same facts in words, and the drawing."""

    name: str
    title: str
    description: str
    svg: Markup


@contextmanager
def canvas(height: float, rows: int = 1, columns: int = 1, **layout: Any) -> Iterator[tuple[Figure, list[Axes]]]:
    """A figure `height` inches tall with bare axes, in the report's style and untouched by any style of the user's."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)
        figure = Figure(figsize=(WIDTH, height))
        grid = figure.subplots(rows, columns, squeeze=False, **layout)
        axes = list(grid.flat)
        for each in axes:
            each.spines[["top", "right", "left", "bottom"]].set_visible(False)
            each.tick_params(length=0)
        yield figure, axes


def picture(figure: Figure, name: str, title: str, description: str) -> Picture:
    """Write the figure as SVG for the page. Called within `canvas`."""
    stream = io.StringIO()
    figure.savefig(stream, format="svg", transparent=True, metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    return Picture(name, title, description, Markup(_fit(stream.getvalue(), name, title, description)))  # noqa: S704


def _fit(svg: str, name: str, title: str, description: str) -> str:
    """Take what belongs to a file of its own off the drawing, and give it its name, title and description."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->\n?", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", svg)
    svg = re.sub(r'xlink:href="#([^"]+)"', rf'href="#{name}-\1"', svg)
    svg = re.sub(r"\bfont-family: [^;\"]*", f"font-family: {_FONTS}", svg)
    view = re.search(r'viewBox="[^"]+"', svg)
    assert view is not None, "matplotlib always writes a viewBox"
    opening = (
        f'<svg {view[0]} role="img" aria-labelledby="{name}-title" aria-describedby="{name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
    )
    return opening + svg[svg.index(">") + 1 :].strip()


def legend_swatch(face: tuple[str, str], name: str) -> Markup:
    """A small square in a face, for the legend that stands as text above a picture."""
    colour, hatch = face
    lines = {
        "////": '<path d="M-1 5L5-1M2 14L14 2M-1 11L11-1M7 15L15 7"/>',
        "xxxx": '<path d="M0 0L12 12M6 0L12 6M0 6L6 12M12 0L0 12M6 0L0 6M12 6L6 12"/>',
        "....": '<path d="M3 3h.1M9 3h.1M6 6h.1M3 9h.1M9 9h.1" stroke-width="2" stroke-linecap="round"/>',
    }.get(hatch, "")
    return Markup(
        '<svg class="swatch" viewBox="0 0 12 12" aria-hidden="true"><rect width="12" height="12" fill="{}" stroke="{}"/>'
        '<g stroke="{}" stroke-width=".8" fill="none">{}</g></svg> {}'
    ).format(colour, INK, INK, Markup(lines), name)  # noqa: S704
