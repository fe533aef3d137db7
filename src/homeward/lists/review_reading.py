"""Reading a filled review sheet: every mistake an officer can make is one line that names the row and the remedy.

The rows may come back in another order, with more columns, with words in another language. What may not happen: a row missing,
a row twice, a record changed, a word that is not one of the three, one officer on both sides. A row that is not finished, or
whose officers are unsure or disagree, is no mistake: it stays undecided, with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from homeward.lists._files import SheetRow, read_sheet
from homeward.lists.decisions import Decision, Question, Ruling, same_officer
from homeward.lists.errors import ListError, ListProblemsError
from homeward.lists.pairs import Pair
from homeward.lists.review import check_of, shown_text, side_by_side
from homeward.lists.review_words import HEADINGS, fold, offered, read_ruling
from homeward.people.xlsxfile import safe_text

_HEADING_TO_KEY = {fold(heading).casefold(): key for key, headings in HEADINGS.items() for heading in headings}
_REQUIRED = ("pair", "left_id", "left", "right_id", "right", "decision_1", "officer_1", "decision_2", "officer_2", "check")
_NOT_FINISHED = ("not both officers have decided", "ще не обидві посадові особи вирішили")


@dataclass(frozen=True, slots=True)
class Undecided:
    """A pair that stays open: its row on the sheet and why."""

    pair: Pair
    row: int
    why_en: str
    why_uk: str

    def why(self, language: str = "en") -> str:
        return self.why_uk if language == "uk" else self.why_en


@dataclass(frozen=True, slots=True)
class ReviewResult:
    """What a filled sheet says. `decisions` holds every pair on which two officers wrote a word, settled or not."""

    decisions: tuple[Decision, ...]
    undecided: tuple[Undecided, ...]

    @property
    def settled(self) -> tuple[Decision, ...]:
        return tuple(decision for decision in self.decisions if decision.outcome is not None)


def read_review(path: Path, pairs: Sequence[Pair], *, day: str) -> ReviewResult:
    """The two officers' words on exactly these pairs, as the sheet was written for them. `day` goes into each decision.

    Raises `ListProblemsError` with every mistake of the sheet, `ListError` when it is no review sheet, `PeopleFileError`
    when it is no spreadsheet. What is
    settled and what is undecided are together the pairs asked.
    """
    rows = read_sheet(path, _HEADING_TO_KEY, _REQUIRED)
    asked = {pair.id: pair for pair in pairs}
    written_at = {pair.id: number for number, pair in enumerate(pairs, start=2)}
    seen: dict[str, int] = {}
    problems: list[ListError] = []
    decisions: list[Decision] = []
    undecided: list[Undecided] = []
    for row in rows:
        try:
            pair = _pair_of(path.name, row, asked, seen)
            outcome = _read_row(path.name, row, pair, day)
        except ListProblemsError as error:
            problems += error.problems
            continue
        except ListError as error:
            problems.append(error)
            continue
        if isinstance(outcome, Decision):
            decisions.append(outcome)
        why = (outcome.why_open("en"), outcome.why_open("uk")) if isinstance(outcome, Decision) else _NOT_FINISHED
        if any(why):
            undecided.append(Undecided(pair, row.number, *why))
    problems += [
        ListError(
            path.name, f"{pair_id} (row {written_at[pair_id]} when the sheet was written) is missing", remedy="put the row back"
        )
        for pair_id in asked
        if pair_id not in seen
    ]
    if problems:
        raise ListProblemsError(tuple(problems))
    order = {pair.id: number for number, pair in enumerate(pairs)}
    return ReviewResult(
        tuple(sorted(decisions, key=lambda decision: order[decision.pair_id])),
        tuple(sorted(undecided, key=lambda entry: order[entry.pair.id])),
    )


def _pair_of(file: str, row: SheetRow, asked: dict[str, Pair], seen: dict[str, int]) -> Pair:
    pair_id = row.cells.get("pair", "")
    pair = asked.get(pair_id)
    if pair is None:
        raise ListError(
            file,
            "this is none of the pairs that were asked",
            row=row.number,
            remedy="take the row out or restore its first cell",
        )
    if pair_id in seen:
        raise ListError(file, f"{pair_id} stands in row {seen[pair_id]} already", row=row.number, remedy="leave one of the two")
    seen[pair_id] = row.number
    changed = [
        HEADINGS[key][0]
        for key, expected in (
            ("left_id", [pair.left.id]),
            ("right_id", [pair.right_id]),
            ("left", _shown(pair, 0)),
            ("right", _shown(pair, 1)),
        )
        if _squeeze(row.cells.get(key, "")) not in {_squeeze(safe_text(text)) for text in expected}
    ]
    if row.cells.get("check", "") != check_of(pair, *side_by_side(pair)):
        changed = changed or [HEADINGS["check"][0]]
    if changed:
        raise ListError(
            file,
            f"{pair_id} was changed in {', '.join(changed)}, or the records have changed since",
            row=row.number,
            remedy="only the four decision cells may be filled; ask for a new sheet",
        )
    return pair


def _shown(pair: Pair, side: int) -> list[str]:
    person = (pair.left, pair.right)[side]
    return [shown_text(person, language) for language in ("en", "uk")]


def _squeeze(text: str) -> str:
    """Spreadsheet programs change line ends and spaces on their own; letters they leave alone.

    A workbook writes the text `_x0041_` with one more escape, which readers take away again.
    """
    return " ".join(text.replace("_x005F_", "_").split())


def _read_row(file: str, row: SheetRow, pair: Pair, day: str) -> Decision | None:
    """The decision in a row, or None while it is not finished. Raises `ListProblemsError` with every mistake in it."""
    problems: list[ListError] = []
    rulings: list[Ruling | None] = []
    officers: list[str] = []
    for which in ("1", "2"):
        word, officer = row.cells.get(f"decision_{which}", ""), row.cells.get(f"officer_{which}", "")
        ruling = read_ruling(word) if word else None
        allowed = ", ".join(offered("en"))
        if word and ruling is None:
            problems.append(
                ListError(file, f"Decision {which} is not one of the allowed words", row=row.number, remedy=f"write {allowed}")
            )
        if word and not any(letter.isalnum() for letter in officer):
            problems.append(
                ListError(file, f"Decision {which} has no officer", row=row.number, remedy=f"fill in Officer {which}")
            )
        if ruling is Ruling.SAME and pair.question is Question.NOBODY:
            problems.append(
                ListError(
                    file,
                    f"Decision {which} says 'same', but there is no second record",
                    row=row.number,
                    remedy="add the pair by hand",
                )
            )
        rulings.append(ruling)
        officers.append(officer)
    if all(rulings) and any(letter.isalnum() for letter in officers[0]) and same_officer(*officers):
        problems.append(
            ListError(file, "one officer stands in both places", row=row.number, remedy="a second officer must decide")
        )
    if problems:
        raise ListProblemsError(tuple(problems))
    first, second = rulings
    if first is None or second is None:
        return None
    return Decision(
        pair.id, pair.question, pair.left.id, pair.right_id, pair.fingerprint, first, officers[0], second, officers[1], day
    )  # fmt: skip
