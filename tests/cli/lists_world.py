"""Invented lists, registers and terms on disk for the tests of the list and plan commands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from openpyxl import load_workbook

from homeward.invented import Truth, write_exchange


@dataclass(frozen=True)
class World:
    """A folder as `homeward rehearse` takes it, and the truth about it. Nobody writes into it: it is shared."""

    folder: Path
    truth: Truth

    @property
    def terms(self) -> Path:
        return self.folder / "terms.toml"

    def held(self, holder: str) -> Path:
        return self.folder / holder / "held.xlsx"

    @property
    def lists(self) -> tuple[str, str, str, str]:
        """The options that name both lists."""
        return "--list", f"UA={self.held('UA')}", "--list", f"RU={self.held('RU')}"

    def names(self) -> set[str]:
        """Every surname of everybody, in every spelling that the truth knows."""
        return {name.surname for person in self.truth.persons.values() for name in person.names.values()}


@cache
def world(people: int = 20) -> World:
    folder = Path(mkdtemp(prefix="homeward-test-"))
    return World(folder, write_exchange(folder, people=people, seed=3))


def fill_in(sheet: Path, target: Path, truth: Truth, *, leave: int = 0) -> None:
    """Fill in a review sheet as two invented officers who know the truth and are always sure; the last `leave` rows stay empty."""
    book = load_workbook(sheet, rich_text=True)
    page = book.worksheets[0]
    column = {cell.value: cell.column for cell in page[1]}
    for row in range(2, page.max_row + 1 - leave):
        left, right = (page.cell(row, column[name]).value for name in ("Entry", "Other record"))
        same = bool(right) and truth.person_of[str(left)] == truth.person_of[str(right)]
        word = "same" if same else "different"
        cells = {"Decision 1": word, "Officer 1": "Officer A", "Decision 2": word, "Officer 2": "Officer B"}
        for name, value in cells.items():
            page.cell(row, column[name]).value = value
    book.save(target)
