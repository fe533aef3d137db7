"""What every page of this room is rendered with: the templates, the style, and a picture with its legend."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from homeward.report.drawing import Picture


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture with the legend that stands as text above it."""

    picture: Picture
    legend: tuple[Markup, ...] = ()


def environment() -> Environment:
    """The templates; everything that they are given is escaped, and a name that is not there is an error."""
    return Environment(
        loader=PackageLoader("homeward.report", "template"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def style() -> Markup:
    """The style sheet, to stand inside the page."""
    text = files("homeward.report").joinpath("template", "report.css").read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704 - our own file, not the world's.
