"""Options that several commands share, and what they turn into."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from homeward.people import PeopleFile, Progress

LANGUAGE = click.option(
    "--language", type=click.Choice(["en", "uk"]), default="en", show_default=True, help="Language of the text."
)
QUIET = click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
MAPPING = click.option(
    "--mapping", type=click.Path(path_type=Path), help='A TOML file that says what headings mean: "heading" = "field".'
)
SHEET = click.option("--sheet", help="Which sheet of the workbook, where several hold a list.")
DAY = click.option("--on", "day", metavar="YYYY-MM-DD", help="The day on which ages and days held are reckoned.")


def day_of(text: str | None, option: str = "--on") -> date | None:
    """The day that an option names."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"{option} takes a day such as 2025-05-16, not {text!r}") from None


def read_list(file: Path, mapping: Path | None, sheet: str | None, progress: Progress) -> PeopleFile:
    """Read a list with its mapping file, if any."""
    from homeward.people import read_mapping, read_people

    return read_people(file, mapping=read_mapping(mapping) if mapping else None, sheet=sheet, progress=progress)


def pairs_of(values: tuple[str, ...], what: str) -> dict[str, Path]:
    """`NAME=FILE` options as a table. `what` names the option in the error."""
    found: dict[str, Path] = {}
    for value in values:
        name, sign, path = value.partition("=")
        if not sign or not name or not path:
            raise click.UsageError(f"{what} takes NAME=FILE, not {value!r}")
        if name in found:
            raise click.UsageError(f"{what} names {name} twice")
        found[name] = Path(path)
    return found
