"""`homeward search`: look up a person in a long register by a few words in any script, whole or begun.

Without a query it stays and answers line by line: the register is read once, and every line is answered before the next is read, so
that another program can ask while somebody types.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from homeward.cli.options import LANGUAGE, MAPPING, QUIET, read_list
from homeward.cli.outcome import finish, json_option
from homeward.cli.progress import steps_on_terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from homeward.matching.search import Found
    from homeward.people import Person


_NOBODY = {"en": "Nobody found.", "uk": "Нікого не знайдено."}
_READY = {
    "en": "{people:,} people. A name, whole or begun, and a year if you know it; an empty input (Ctrl-D) ends.",
    "uk": "Людей: {people:,}. Ім’я, повне або початок, і рік, якщо відомий; порожній ввід (Ctrl-D) завершує.",
}


@click.command("search")
@click.argument("register", type=click.Path(path_type=Path))
@click.argument("query", nargs=-1)
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="How many people to show.")
@MAPPING
@LANGUAGE
@QUIET
@json_option
def search_command(
    register: Path,
    query: tuple[str, ...],
    *,
    limit: int,
    mapping: Path | None,
    language: str,
    quiet: bool,
    as_json: bool,
) -> None:
    """Find people of REGISTER by a few words: a name in any script and order, and a year or a birth date.

    The last letters of a name may be missing. Without QUERY, each line of the standard input is a query, answered before the
    next is read; the register is read only once. A machine only proposes: two people decide.
    """
    from homeward.matching.search import build_index

    with steps_on_terminal(quiet=quiet or as_json) as steps:
        people = read_list(register, mapping, None, steps).people
        index = build_index(people)
    if query:
        found = index.search(" ".join(query), limit=limit)
        finish({"found": _rows(found, people)}, _text(found, people, language), as_json=as_json)
    asked_by_hand = sys.stdin.isatty() and not as_json
    if asked_by_hand:
        click.echo(_READY[language].format(people=len(people)), err=True)
    while line := _next_line(prompt=asked_by_hand):
        if line.strip():
            found = index.search(line, limit=limit)
            rows = json.dumps({"found": _rows(found, people)}, ensure_ascii=False)
            click.echo(rows if as_json else _text(found, people, language) + "\n")


def _next_line(*, prompt: bool) -> str:
    """The next line with its end, or "" when there is none; nothing beyond it is read."""
    if prompt:
        click.echo("? ", nl=False, err=True)
    return sys.stdin.readline()


def _rows(found: Sequence[Found], people: Sequence[Person]) -> list[dict[str, Any]]:
    return [
        {
            "id": each.id,
            "probability": round(each.probability, 6),
            "bits": round(each.bits, 3),
            "written": _written(people[each.row]),
        }
        for each in found
    ]


def _text(found: Sequence[Found], people: Sequence[Person], language: str) -> str:
    if not found:
        return _NOBODY[language]
    return "\n".join(f"{each.id}\t{each.probability:.4f}\t{_written(people[each.row])}" for each in found)


def _written(person: Person) -> str:
    """The name and the birth date as the register has them, on one line."""
    from homeward.people import Field

    fields = (Field.SURNAME, Field.GIVEN_NAMES, Field.PATRONYMIC, Field.BIRTH_DATE)
    cells = (" ".join(person.written(field).split())[:80] for field in fields)
    return " ".join(cell for cell in cells if cell)
