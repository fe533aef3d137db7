"""The demo: an invented exchange, put into a folder as a user would, and rehearsed like any other.

Everybody in it is invented. The two officers of each side are invented too: they fill in the review sheets that the rehearsal
leaves, knowing the truth about the invented people, and are now and then unsure. Then the same rehearsal runs again, to its end.
"""

from __future__ import annotations

import csv
from pathlib import Path

from openpyxl import load_workbook

from homeward.invented import Truth, invented_decisions, write_exchange
from homeward.lists.review_words import HEADINGS
from homeward.people import Progress
from homeward.rehearsal.errors import RehearsalError, WaitingError
from homeward.rehearsal.run import Result, rehearse

#: The seed of the demo when none is given, so that a newcomer sees what the README shows.
DEFAULT_SEED = "2025"

_OFFICERS = ("Officer A", "Officer B")


def demo(folder: Path, *, people: int = 1000, seed: str | None = None, language: str = "en", progress: Progress) -> Result:
    """Invent an exchange of `people` for `people`, write it into `folder`, and rehearse it there. `folder` must be new or empty."""
    if folder.exists() and any(folder.iterdir()) and not (folder / "INVENTED.txt").exists():
        raise RehearsalError(f"{folder}: this folder is not empty and holds no demo; choose another with -o")
    folder.mkdir(parents=True, exist_ok=True)
    progress("inventing people and lists", 0, 0)
    (folder / "INVENTED.txt").write_text("Everybody in these files is invented by Homeward's generator.\n", "utf-8")
    truth = write_exchange(folder, people=people, seed=seed or DEFAULT_SEED)
    for sheet in folder.glob("*/review.xlsx"):
        sheet.unlink()
    output = folder / "rehearsal"
    try:
        return rehearse(folder, output, seed=seed, language=language, invented=True, progress=progress)
    except WaitingError as waiting:
        progress("two invented officers of each side decide", 0, 0)
        ids = _ids(folder)
        for sheet in waiting.sheets:
            _fill_in(sheet, truth, ids)
    return rehearse(folder, output, seed=seed, language=language, invented=True, progress=progress)


def _ids(folder: Path) -> dict[str, str]:
    """Id of the exchange → id of the row in its holder's list."""
    found = {}
    for path in sorted(folder.glob("*/ids.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found.update({row["person"]: row["row"] for row in csv.DictReader(file)})
    return found


def _fill_in(sheet: Path, truth: Truth, ids: dict[str, str]) -> None:
    """Write the invented officers' decisions into a review sheet, as two people would."""
    book = load_workbook(sheet, rich_text=True)
    page = book.worksheets[0]
    place = {str(cell.value): number for number, cell in enumerate(page[1], start=1)}
    columns = {key: place[title] for key, titles in HEADINGS.items() for title in titles if title in place}
    asked = []
    for row in range(2, page.max_row + 1):
        left, right = (str(page.cell(row, columns[name]).value or "") for name in ("left_id", "right_id"))
        asked.append((row, ids.get(left, left), ids.get(right, right)))
    with_somebody = [(left, right) for _, left, right in asked if right]
    words = iter(invented_decisions(truth, with_somebody))
    known = {row.id: row.register_id is not None for rows in truth.held.values() for row in rows}
    for row, left, right in asked:
        # A name for which the machine found nobody: the officers know whether their register has this person after all.
        first, second = next(words) if right else (("unsure",) * 2 if known.get(left) else ("different",) * 2)
        page.cell(row, columns["decision_1"]).value = first
        page.cell(row, columns["decision_2"]).value = second
        page.cell(row, columns["officer_1"]).value, page.cell(row, columns["officer_2"]).value = _OFFICERS
    book.save(sheet)
